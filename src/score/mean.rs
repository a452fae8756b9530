//! Means of answers on a scale.

use crate::base::Answers;

use super::distribution::quantile;
use super::interval::around;
use super::terms::Terms;

/// By how much the effective number of answers may be off.
const SLACK: f64 = 1e-9;

/// The mean answer of one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    value: f64,
    squares: f64,
    answers: f64,
    scale: (f64, f64),
}

impl Mean {
    /// Makes the mean of answers; `None` when there are none, or all weigh nothing.
    pub fn of(answers: &Answers) -> Option<Self> {
        let shares = answers.shares()?;
        let parts = || answers.scale().map(f64::from).zip(&shares);
        let scale = (f64::from(answers.least), f64::from(answers.most()));
        let value: f64 = parts().map(|(answer, share)| answer * share).sum();
        Some(Self {
            value: value.clamp(scale.0, scale.1),
            squares: parts()
                .map(|(answer, share)| share * (answer - value).powi(2))
                .sum(),
            answers: answers.effective(),
            scale,
        })
    }

    /// Returns the mean, on the scale of the answers.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Returns the number of effective answers.
    pub fn answers(&self) -> f64 {
        self.answers
    }

    /// Returns how far apart the ends of the scale are.
    pub(super) fn width(&self) -> f64 {
        self.scale.1 - self.scale.0
    }

    /// Returns the variance of one answer, by n - 1; `None` with fewer than 2 effective answers.
    pub fn variance(&self) -> Option<f64> {
        let is_enough = self.answers >= 2.0 - SLACK;
        is_enough.then(|| self.squares * self.answers / self.freedom())
    }

    /// Returns the degrees of freedom of the variance.
    pub(super) fn freedom(&self) -> f64 {
        self.answers - 1.0
    }

    /// Returns the standard error of the mean.
    ///
    /// `None` with fewer than 2 effective answers, or when all are the same: then nothing tells how far the answers of others would
    /// be from them. When everyone answered there are no others, and it is 0.
    pub fn standard_error(&self, terms: &Terms) -> Option<f64> {
        let error = (self.variance()? / self.answers).sqrt();
        let factor = terms.factor(self.answers);
        (error > 0.0 || factor <= 0.0).then_some(error * factor)
    }

    /// Returns the least and the greatest mean that the answers allow, by the t interval (Student 1908, Biometrika 6:1). It holds the mean and
    /// stays on the scale; `None` where there is no standard error.
    pub fn interval(&self, terms: &Terms) -> Option<(f64, f64)> {
        let error = self.standard_error(terms)?;
        let width = quantile(terms.confidence, self.freedom()) * error;
        let ends = (self.value - width, self.value + width);
        Some(around(self.value, ends, self.scale))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Weights;

    fn mean(least: i32, counts: &[u64]) -> Mean {
        let answers = Answers {
            least,
            counts: counts.into(),
            weights: None,
        };
        Mean::of(&answers).unwrap()
    }

    /// From `SciPy` 1.17: `ttest_1samp([1, 2, 2, 3, 4, 4, 4, 4, 4, 5, 5, 5], 0).confidence_interval()`.
    #[test]
    fn the_t_interval_agrees_with_scipy() {
        let mean = mean(1, &[1, 2, 1, 5, 3]);
        let (low, high) = mean.interval(&Terms::default()).unwrap();
        assert!((mean.value() - 43.0 / 12.0).abs() < 1e-12);
        assert!((low - 2.750_127_2).abs() < 5e-7, "{low}");
        assert!((high - 4.416_539_5).abs() < 5e-7, "{high}");
    }

    #[test]
    fn one_answer_or_answers_all_alike_have_no_interval() {
        let terms = Terms::default();
        for counts in [[1, 0], [0, 1], [30, 0]] {
            assert_eq!(mean(1, &counts).interval(&terms), None, "{counts:?}");
        }
        let census = Terms {
            population: Some(30),
            ..terms
        };
        assert_eq!(mean(1, &[0, 30]).interval(&census), Some((2.0, 2.0)));
        assert_eq!(mean(1, &[0, 1]).interval(&census), None);
    }

    #[test]
    fn the_interval_stays_on_the_scale() {
        let found = mean(1, &[1, 0, 0, 0, 0, 0, 1]).interval(&Terms::default());
        assert_eq!(found, Some((1.0, 7.0)));
    }

    #[test]
    fn answers_that_weigh_nothing_have_no_mean() {
        let nothing = Answers {
            weights: Some(Weights {
                sums: vec![0.0, 0.0],
                squares: 0.0,
            }),
            ..Answers::new(0, 1)
        };
        assert_eq!(Mean::of(&nothing), None);
        assert_eq!(Mean::of(&Answers::new(0, 1)), None);
    }
}
