//! The answers to one question of a survey.

use std::ops::RangeInclusive;

use super::count::to_number;

/// The answers of one group to one question: how often each answer of the scale was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    /// The least answer of the scale.
    pub least: i32,
    /// How often each answer was given, from the least.
    pub counts: Vec<u64>,
    /// What the answers weigh; `None` when all weigh the same.
    pub weights: Option<Weights>,
}

/// What the answers weigh, where they are weighted.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    /// The sum of the weights of each answer, from the least.
    pub sums: Vec<f64>,
    /// The sum of the squared weights of all answers.
    pub squares: f64,
}

impl Answers {
    /// Makes an empty one for a scale.
    pub fn new(least: i32, most: i32) -> Self {
        let length = usize::try_from(i64::from(most) - i64::from(least) + 1);
        Self {
            least,
            counts: vec![0; length.unwrap_or_default()],
            weights: None,
        }
    }

    /// Returns the greatest answer of the scale.
    pub fn most(&self) -> i32 {
        let above = i32::try_from(self.counts.len()).unwrap_or(i32::MAX) - 1;
        self.least.saturating_add(above)
    }

    /// Returns all answers of the scale, in the order of the counts.
    pub fn scale(&self) -> RangeInclusive<i32> {
        self.least..=self.most()
    }

    /// Returns the number of answers.
    pub fn total(&self) -> u64 {
        self.counts.iter().copied().fold(0, u64::saturating_add)
    }

    /// Returns what each answer weighs in all, from the least: the counts themselves when nothing is weighted.
    pub fn masses(&self) -> Vec<f64> {
        match &self.weights {
            Some(weights) => weights.sums.clone(),
            None => self.counts.iter().copied().map(to_number).collect(),
        }
    }

    /// Returns how many answers of equal weight tell as much: (sum w)^2 / sum w^2 (Kish 1965, Survey Sampling, 11.7).
    ///
    /// It is at least 1 and at most the number of answers, which it is when nothing is weighted; 0 when there are no answers, or all
    /// weigh nothing.
    pub fn effective(&self) -> f64 {
        let total = to_number(self.total());
        let Some(weights) = &self.weights else {
            return total;
        };
        let sum: f64 = weights.sums.iter().sum();
        if !is_mass(sum) {
            return 0.0;
        }
        // The root before the ratio: squares of weights overflow and underflow where weights do not.
        (sum / weights.squares.sqrt()).powi(2).max(1.0).min(total)
    }

    /// Returns the share of each answer, 0 to 1, from the least; `None` when there are no answers, or all weigh nothing.
    pub fn shares(&self) -> Option<Vec<f64>> {
        let mut shares = self.masses();
        let sum: f64 = shares.iter().sum();
        for share in &mut shares {
            *share /= sum;
        }
        is_mass(sum).then_some(shares)
    }

    /// Adds the answers of others to the same question, on the same scale. Those that have no weights weigh 1 each.
    pub fn add(&mut self, others: &Self) {
        debug_assert_eq!(self.scale(), others.scale());
        if self.weights.is_some() || others.weights.is_some() {
            let (mut weights, more) = (self.to_weights(), others.to_weights());
            for (sum, more) in weights.sums.iter_mut().zip(more.sums) {
                *sum += more;
            }
            weights.squares += more.squares;
            self.weights = Some(weights);
        }
        for (count, more) in self.counts.iter_mut().zip(&others.counts) {
            *count = count.saturating_add(*more);
        }
    }

    fn to_weights(&self) -> Weights {
        self.weights.clone().unwrap_or_else(|| Weights {
            sums: self.masses(),
            squares: to_number(self.total()),
        })
    }
}

/// Says whether there is something to divide by.
fn is_mass(sum: f64) -> bool {
    sum > 0.0 && sum.is_finite()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(counts: &[u64], weights: Option<(&[f64], f64)>) -> Answers {
        Answers {
            least: 0,
            counts: counts.into(),
            weights: weights.map(|(sums, squares)| Weights {
                sums: sums.into(),
                squares,
            }),
        }
    }

    fn is_close(left: f64, right: f64) -> bool {
        (left - right).abs() < 1e-12
    }

    #[test]
    fn the_scale_goes_from_the_least_answer_to_the_greatest() {
        let of = |least, most| Answers::new(least, most).scale().collect::<Vec<_>>();
        assert_eq!(of(-1, 1), [-1, 0, 1]);
        assert_eq!(of(i32::MAX, i32::MAX), [i32::MAX]);
        assert_eq!(of(2, 1), [0; 0]);
        assert_eq!(Answers::new(1, 7).most(), 7);
    }

    /// Weights 1, 1 and 2: (1 + 1 + 2)^2 / (1 + 1 + 4).
    #[test]
    fn weighted_answers_tell_as_much_as_fewer() {
        let weighted = answers(&[2, 1], Some((&[2.0, 2.0], 6.0)));
        assert!(is_close(weighted.effective(), 16.0 / 6.0));
        assert_eq!(weighted.shares(), Some(vec![0.5, 0.5]));
        assert!(is_close(answers(&[2, 1], None).effective(), 3.0));
    }

    #[test]
    fn weights_that_are_all_the_same_tell_as_much_as_none() {
        for weight in [1e-200, 1e-9, 1.0 / 3.0, 1e9] {
            let sums = [3.0 * weight, 7.0 * weight];
            let weighted = answers(&[3, 7], Some((&sums, 10.0 * weight * weight)));
            assert!(is_close(weighted.effective(), 10.0), "{weight}");
            assert!(is_close(weighted.shares().unwrap()[1], 0.7), "{weight}");
        }
        // Squares that overflow tell as little as possible.
        let huge = answers(&[3, 7], Some((&[3e200, 7e200], f64::INFINITY)));
        assert!(is_close(huge.effective(), 1.0));
    }

    #[test]
    fn no_answers_and_answers_that_weigh_nothing_have_no_shares() {
        let zero: &[f64] = &[0.0, 0.0];
        let endless: &[f64] = &[1.0, f64::INFINITY];
        for nothing in [
            answers(&[0, 0], None),
            answers(&[], None),
            answers(&[2, 1], Some((zero, 0.0))),
            answers(&[0, 0], Some((zero, 0.0))),
            answers(&[2, 1], Some((endless, f64::INFINITY))),
        ] {
            assert_eq!(nothing.shares(), None);
            assert!(is_close(nothing.effective(), 0.0));
        }
    }

    #[test]
    fn parts_add_up_to_the_whole() {
        let mut whole = Answers::new(0, 1);
        whole.add(&answers(&[1, 2], None));
        whole.add(&answers(&[3, 4], None));
        assert_eq!(whole, answers(&[4, 6], None));
        whole.add(&answers(&[1, 0], Some((&[0.5, 0.0], 0.25))));
        assert_eq!(whole, answers(&[5, 6], Some((&[4.5, 6.0], 10.25))));
        whole.add(&answers(&[0, 1], None));
        assert_eq!(whole, answers(&[5, 7], Some((&[4.5, 7.0], 11.25))));
    }
}
