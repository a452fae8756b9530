//! Sums of weights that do not depend on the order of the answers: in whole numbers, of which the lower ones count a tiny unit.

/// Units of a fraction.
const UNITS: f64 = 1e24;

/// The greatest weight and the greatest square that are added: all sums stay far below the greatest whole number.
const MOST: f64 = 1e15;
const MOST_SQUARE: f64 = 1e27;

/// A sum that is exact to 24 places.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    whole: i128,
    fraction: i128,
}

impl Sum {
    /// Adds a number that is not negative, or takes it away.
    #[allow(clippy::cast_possible_truncation, reason = "at most 1e27 and 1e24")]
    fn add(&mut self, number: f64, sign: i64) {
        let sign = i128::from(sign);
        self.whole += sign * number.trunc() as i128;
        self.fraction += sign * (number.fract() * UNITS).round() as i128;
    }

    fn merge(&mut self, other: Self) {
        self.whole += other.whole;
        self.fraction += other.fraction;
    }

    #[allow(
        clippy::cast_precision_loss,
        reason = "a sum is given with the precision of f64"
    )]
    fn total(self) -> f64 {
        self.whole as f64 + self.fraction as f64 / UNITS
    }
}

/// What the answers of a group weigh.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    /// For each answer.
    sums: Vec<Sum>,
    /// Of all squared weights.
    squares: Sum,
}

impl Weights {
    /// Makes the weights of no answers.
    pub(super) fn new(answers: usize) -> Self {
        Self {
            sums: vec![Sum::default(); answers],
            squares: Sum::default(),
        }
    }

    /// Adds a weight and its square, or takes them away; says whether it can.
    pub(super) fn add(&mut self, answer: usize, weight: f64, square: f64, sign: i64) -> bool {
        let Some(sum) = self.sums.get_mut(answer) else {
            return false;
        };
        if weight > MOST || square > MOST_SQUARE {
            return false;
        }
        sum.add(weight, sign);
        self.squares.add(square, sign);
        true
    }

    /// Adds other weights.
    pub(super) fn merge(&mut self, other: &Self) {
        let length = self.sums.len().max(other.sums.len());
        self.sums.resize(length, Sum::default());
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            sum.merge(*other);
        }
        self.squares.merge(other.squares);
    }

    /// Returns the weight of each answer, and the sum of all squared weights.
    pub(super) fn totals(&self) -> (Vec<f64>, f64) {
        let sums = self.sums.iter().map(|sum| sum.total());
        (sums.collect(), self.squares.total())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_do_not_depend_on_the_order_nor_on_the_size_of_weights() {
        for unit in [1e-9, 1.0, 1e6] {
            let weights: Vec<f64> = (1..=1000).map(|n| f64::from(n) * 0.37 * unit).collect();
            let sum = |weights: &mut dyn Iterator<Item = &f64>| {
                let mut all = Weights::new(1);
                for weight in weights {
                    assert!(all.add(0, *weight, weight * weight, 1));
                }
                all.totals()
            };
            let forward = sum(&mut weights.iter());
            assert_eq!(forward, sum(&mut weights.iter().rev()));
            let expected: f64 = weights.iter().map(|weight| weight * weight).sum();
            assert!(
                (forward.1 / expected - 1.0).abs() < 1e-5,
                "{unit}: {forward:?}"
            );
        }
        let mut none = Weights::new(1);
        assert!(none.add(0, 0.1, 0.01, 1) && none.add(0, 0.1, 0.01, -1));
        assert_eq!(none.totals(), (vec![0.0], 0.0));
        assert!(!none.add(0, 1e16, 1.0, 1), "too great");
    }
}
