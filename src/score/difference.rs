//! Whether the scores of two groups differ, by how much, and whether they are as good as equal.

use crate::base::proportion::newcombe;

use super::distribution::{NORMAL, quantile, tail};
use super::interval::{around, bisect};
use super::mean::Mean;
use super::net::Split;
use super::share::Share;
use super::terms::{Method, Terms};

/// No p value of a greater normal quantile is more than 0.
const GREATEST: f64 = 40.0;

/// The score of one group less that of another, with its sign.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    /// The difference of the scores as they are.
    pub value: f64,
    /// The least difference that the answers allow.
    pub low: f64,
    /// The greatest difference that the answers allow.
    pub high: f64,
    /// How often chance alone makes so great a difference, in either direction: less than 1 - confidence exactly when the interval
    /// leaves out 0.
    pub p: f64,
    sampling: Sampling,
}

/// How far chance moves a difference.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Sampling {
    /// As t does with a standard error around a centre.
    Student {
        centre: f64,
        error: f64,
        freedom: f64,
    },
    /// As two shares do, each with its number of answers.
    Shares((f64, f64), (f64, f64)),
}

impl Difference {
    /// Compares two net scores by the adjusted Wald method (Rocks 2016, The American Statistician 70:365), or as they are when the method
    /// is Wald.
    pub fn of_nets(first: &Split, second: &Split, terms: &Terms) -> Self {
        let side = |split: &Split| {
            let factor = terms.factor(split.answers());
            let split = match terms.method {
                Method::Score | Method::AdjustedWald => split.adjusted(factor),
                Method::Wald => *split,
            };
            (split.net(), factor * split.standard_error())
        };
        let sampling = Sampling::normal(side(first), side(second));
        Self::new(first.net() - second.net(), 2.0, sampling, terms)
    }

    /// Compares two shares by the interval of Newcombe (1998, Statistics in Medicine 17:873, method 10), with the p value at
    /// which it just touches 0; by the Wald interval when that is the method.
    pub fn of_shares(first: &Share, second: &Share, terms: &Terms) -> Self {
        let side = |share: &Share| {
            let factor = terms.factor(share.answers());
            match terms.method {
                Method::Score | Method::AdjustedWald => share.answers() / (factor * factor),
                Method::Wald => factor * share.standard_error(),
            }
        };
        let (left, right) = ((first.value(), side(first)), (second.value(), side(second)));
        let sampling = match terms.method {
            Method::Score | Method::AdjustedWald => Sampling::Shares(left, right),
            Method::Wald => Sampling::normal(left, right),
        };
        Self::new(first.value() - second.value(), 1.0, sampling, terms)
    }

    /// Compares two means on one scale by the t test of Welch (1947, Biometrika 34:28), with the degrees of freedom of Satterthwaite
    /// (1946, Biometrics Bulletin 2:110).
    ///
    /// `None` when a group has fewer than 2 effective answers, or when the answers of each group are all the same: then nothing tells
    /// how far the answers of others would be from them.
    pub fn of_means(first: &Mean, second: &Mean, terms: &Terms) -> Option<Self> {
        let square = |mean: &Mean| -> Option<f64> {
            let factor = terms.factor(mean.answers());
            Some(factor * factor * mean.variance()? / mean.answers())
        };
        let (left, right) = (square(first)?, square(second)?);
        let error = (left + right).sqrt();
        let is_census =
            [first, second].map(|mean| terms.factor(mean.answers()) <= 0.0) == [true; 2];
        let freedom = if error > 0.0 {
            // Of the shares of the squared error, which neither overflow nor underflow.
            let part =
                |square: f64, mean: &Mean| (square / (left + right)).powi(2) / mean.freedom();
            1.0 / (part(left, first) + part(right, second))
        } else if is_census {
            NORMAL
        } else {
            return None;
        };
        let value = first.value() - second.value();
        let sampling = Sampling::Student {
            centre: value,
            error,
            freedom,
        };
        let width = first.width().max(second.width());
        Some(Self::new(value, width, sampling, terms))
    }

    fn new(value: f64, most: f64, sampling: Sampling, terms: &Terms) -> Self {
        let (low, high) = around(value, sampling.interval(terms.confidence), (-most, most));
        let mut difference = Self {
            value,
            low,
            high,
            p: 1.0,
            sampling,
        };
        let either = difference.above(0.0).min(difference.below(0.0));
        difference.p = (2.0 * either).min(1.0);
        difference
    }

    /// Returns the p value that the scores are further apart than `within`, by two one-sided tests (Schuirmann 1987,
    /// Journal of Pharmacokinetics and Biopharmaceutics 15:657): the greater of theirs.
    ///
    /// The scores are equivalent at 5 per cent exactly when the interval of 90 per cent confidence lies between -`within` and
    /// `within`.
    pub fn equivalence(&self, within: f64) -> f64 {
        self.above(-within).max(self.below(within))
    }

    /// Returns the p value that the true difference is no more than `at`. The intervals hold the value, so it speaks for nothing that
    /// the value itself is not above.
    fn above(&self, at: f64) -> f64 {
        let p = self.sampling.above(at);
        if self.value > at { p } else { p.max(0.5) }
    }

    /// Returns the p value that the true difference is no less than `at`.
    fn below(&self, at: f64) -> f64 {
        let mirrored = Self {
            value: -self.value,
            sampling: self.sampling.mirrored(),
            ..*self
        };
        mirrored.above(-at)
    }
}

impl Sampling {
    /// Makes it of two scores, each with its standard error.
    fn normal(first: (f64, f64), second: (f64, f64)) -> Self {
        Self::Student {
            centre: first.0 - second.0,
            error: first.1.hypot(second.1),
            freedom: NORMAL,
        }
    }

    /// Returns the same of the second group less the first.
    fn mirrored(self) -> Self {
        match self {
            Self::Student {
                centre,
                error,
                freedom,
            } => Self::Student {
                centre: -centre,
                error,
                freedom,
            },
            Self::Shares(first, second) => Self::Shares(second, first),
        }
    }

    fn interval(self, confidence: f64) -> (f64, f64) {
        match self {
            Self::Student {
                centre,
                error,
                freedom,
            } => {
                let width = quantile(confidence, freedom) * error;
                (centre - width, centre + width)
            }
            Self::Shares(first, second) => newcombe(first, second, quantile(confidence, NORMAL)),
        }
    }

    /// Returns how often chance alone makes so great a difference when the true one is `at`.
    fn above(self, at: f64) -> f64 {
        match self {
            Self::Student {
                centre,
                error,
                freedom,
            } => {
                if error > 0.0 {
                    tail((centre - at) / error, freedom)
                } else if centre > at {
                    0.0
                } else {
                    1.0
                }
            }
            Self::Shares(first, second) => {
                let ends = |z| newcombe(first, second, z);
                if first.0 - second.0 > at {
                    tail(bisect(0.0, GREATEST, |z| ends(z).0 >= at), NORMAL)
                } else {
                    1.0 - tail(bisect(0.0, GREATEST, |z| ends(z).1 <= at), NORMAL)
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Answers;

    fn wald() -> Terms {
        Terms {
            method: Method::Wald,
            ..Terms::default()
        }
    }

    fn mean(counts: &[u64]) -> Mean {
        let answers = Answers {
            least: 1,
            counts: counts.into(),
            weights: None,
        };
        Mean::of(&answers).unwrap()
    }

    fn is_close(found: &Difference, value: f64, ends: (f64, f64), p: f64) -> bool {
        let slack = |left: f64, right: f64| (left - right).abs() < 5e-6;
        slack(found.value, value)
            && slack(found.low, ends.0)
            && slack(found.high, ends.1)
            && slack(found.p, p)
    }

    /// From the formula in Python with `SciPy` 1.17.
    #[test]
    fn nets_differ_by_the_adjusted_shares_and_the_value_is_not_adjusted() {
        let first = Split::new(100.0, 200.0, 200.0).unwrap();
        let second = Split::new(150.0, 150.0, 200.0).unwrap();
        let found = Difference::of_nets(&first, &second, &Terms::default());
        let expected = (0.001_744_8, 0.197_062_4);
        assert!(is_close(&found, 0.1, expected, 0.046_045), "{found:?}");
    }

    /// Newcombe 1998, Statistics in Medicine 17:873, table II. The p values by solving for z with `brentq` of `SciPy` 1.17.
    #[test]
    fn shares_differ_by_the_published_interval() {
        let of = |part: f64, all, other: f64, all_others, terms| {
            let (first, second) = (Share::new(part, all), Share::new(other, all_others));
            Difference::of_shares(&first.unwrap(), &second.unwrap(), &terms)
        };
        let found = of(56.0, 70.0, 48.0, 80.0, Terms::default());
        assert!(
            is_close(&found, 0.2, (0.052_431, 0.333_873), 0.008_133),
            "{found:?}"
        );
        let found = of(10.0, 10.0, 0.0, 10.0, Terms::default());
        assert!((found.low - 0.6075).abs() < 5e-5 && (found.high - 1.0).abs() < 1e-12);
        // From statsmodels 0.15: `confint_proportions_2indep`, `test_proportions_2indep`, `method="wald"`.
        let found = of(56.0, 70.0, 48.0, 80.0, wald());
        assert!(
            is_close(&found, 0.2, (0.057_505, 0.342_495), 0.005_943),
            "{found:?}"
        );
    }

    /// From `SciPy` 1.17, `ttest_ind(first, second, equal_var=False)`, and statsmodels 0.15, `ttost_ind(-1.5, 1.5, "unequal")`.
    #[test]
    fn means_differ_by_the_test_of_welch() {
        let (first, second) = (mean(&[1, 2, 1, 5, 3]), mean(&[2, 3, 2, 2, 1]));
        let found = Difference::of_means(&first, &second, &Terms::default()).unwrap();
        let expected = (-0.304_114, 2.070_781);
        assert!(
            is_close(&found, 0.883_333, expected, 0.136_039),
            "{found:?}"
        );
        assert!((found.equivalence(1.5) - 0.145_396).abs() < 5e-6);
    }

    #[test]
    fn the_sign_of_the_difference_is_kept() {
        let (worse, better) = (mean(&[5, 3, 2, 1, 1]), mean(&[1, 1, 2, 3, 5]));
        let found = Difference::of_means(&worse, &better, &Terms::default()).unwrap();
        assert!(found.value < -1.0 && found.high < 0.0);
    }

    #[test]
    fn each_group_has_its_own_number_of_answers() {
        let of = |answers: f64| Share::new(0.5 * answers, answers).unwrap();
        let ends = |first, second| {
            let found = Difference::of_shares(&of(first), &of(second), &wald());
            found.high - found.low
        };
        let z = Terms::default().z();
        let expected = 2.0 * z * (0.25_f64 / 100.0 + 0.25 / 400.0).sqrt();
        assert!((ends(100.0, 400.0) - expected).abs() < 1e-12);
    }

    #[test]
    fn means_without_variance_are_not_compared_unless_everyone_answered() {
        let of = |first: &[u64], second: &[u64], population| {
            let terms = Terms {
                population,
                ..Terms::default()
            };
            Difference::of_means(&mean(first), &mean(second), &terms)
        };
        assert_eq!(of(&[0, 5], &[5, 0], None), None);
        assert_eq!(of(&[0, 1], &[3, 3], None), None, "one answer");
        assert!(of(&[0, 5], &[3, 2], None).is_some());
        let census = of(&[0, 5], &[5, 0], Some(5)).unwrap();
        assert!(is_close(&census, 1.0, (1.0, 1.0), 0.0), "{census:?}");
        let census = of(&[0, 5], &[0, 5], Some(5)).unwrap();
        assert!(is_close(&census, 0.0, (0.0, 0.0), 1.0), "{census:?}");
    }

    /// Rocks's adjustment can turn the sign when one group is tiny; the value and the interval must not tell two stories.
    #[test]
    fn a_sign_that_only_the_adjustment_turns_is_no_difference() {
        let few = Split::new(0.0, 1.0, 1.0).unwrap();
        let many = Split::new(3e14, 1e14, 6e14).unwrap();
        let terms = Terms {
            confidence: 0.1,
            ..Terms::default()
        };
        let found = Difference::of_nets(&few, &many, &terms);
        assert!(
            found.value > 0.0 && found.low < 0.0 && found.p >= 1.0,
            "{found:?}"
        );
    }
}
