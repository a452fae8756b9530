//! Sums of weights that do not depend on the order of the answers: in whole numbers of a tiny unit.

/// Units of a weight: a weight has 12 places.
const UNITS: f64 = 1e12;

/// Units of a squared weight.
const SQUARE_UNITS: f64 = 1e18;

/// The greatest sum that is added: all sums stay far below the greatest whole number.
const MOST: f64 = 1e15;

/// What the answers of a group weigh.
#[derive(Debug, Clone, Default)]
pub(super) struct Weights {
    /// For each answer.
    sums: Vec<i128>,
    /// Of all squared weights.
    squares: i128,
}

impl Weights {
    /// Makes the weights of no answers.
    pub(super) fn new(answers: usize) -> Self {
        Self {
            sums: vec![0; answers],
            squares: 0,
        }
    }

    /// Adds a weight and its square, or takes them away; says whether it can.
    pub(super) fn add(&mut self, answer: usize, weight: f64, square: f64, sign: i64) -> bool {
        let Some(sum) = self.sums.get_mut(answer) else {
            return false;
        };
        if weight > MOST || square > MOST {
            return false;
        }
        *sum += i128::from(sign) * units(weight, UNITS);
        self.squares += i128::from(sign) * units(square, SQUARE_UNITS);
        true
    }

    /// Adds other weights.
    pub(super) fn merge(&mut self, other: &Self) {
        self.sums.resize(self.sums.len().max(other.sums.len()), 0);
        for (sum, other) in self.sums.iter_mut().zip(&other.sums) {
            *sum += other;
        }
        self.squares += other.squares;
    }

    /// Returns the weight of each answer, and the sum of all squared weights.
    #[allow(
        clippy::cast_precision_loss,
        reason = "a sum is given with the precision of f64"
    )]
    pub(super) fn totals(&self) -> (Vec<f64>, f64) {
        let sums = self.sums.iter().map(|sum| *sum as f64 / UNITS);
        (sums.collect(), self.squares as f64 / SQUARE_UNITS)
    }
}

#[allow(clippy::cast_possible_truncation, reason = "at most 1e33")]
fn units(value: f64, units: f64) -> i128 {
    (value * units).round() as i128
}
