//! Shares of one kind of answer, such as the top boxes of a satisfaction scale.

use crate::base::proportion::wilson;

use super::interval::around;
use super::terms::{Method, Terms};

/// The share of one kind of answer in one group.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    value: f64,
    answers: f64,
}

impl Share {
    /// Makes one of numbers of effective answers, those of the kind and all; `None` when there are none, or more of the kind than all.
    pub fn new(part: f64, answers: f64) -> Option<Self> {
        let is_some = answers > 0.0 && answers.is_finite();
        (is_some && (0.0..=answers).contains(&part)).then(|| Self {
            value: part / answers,
            answers,
        })
    }

    /// Returns the share, 0 to 1.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// Returns the number of effective answers.
    pub fn answers(&self) -> f64 {
        self.answers
    }

    /// Returns the variance of one answer coded 0 and 1.
    pub fn variance(&self) -> f64 {
        self.value * (1.0 - self.value)
    }

    /// Returns the standard error of the share.
    pub fn standard_error(&self) -> f64 {
        (self.variance() / self.answers).sqrt()
    }

    /// Returns the least and the greatest share that the answers allow. It holds the share and stays within 0 and 1.
    pub fn interval(&self, terms: &Terms) -> (f64, f64) {
        let z = terms.z() * terms.factor(self.answers);
        let ends = match terms.method {
            Method::Score => wilson(self.value, self.answers, z),
            Method::AdjustedWald => self.adjusted(z).wald(z),
            Method::Wald => self.wald(z),
        };
        around(self.value, ends, (0.0, 1.0))
    }

    /// Adds z^2 / 2 answers of the kind and as many of the other (Agresti and Coull 1998, The American Statistician
    /// 52:119).
    fn adjusted(&self, z: f64) -> Self {
        let answers = self.answers + z * z;
        Self {
            value: (self.value * self.answers + z * z / 2.0) / answers,
            answers,
        }
    }

    fn wald(&self, z: f64) -> (f64, f64) {
        let width = z * self.standard_error();
        (self.value - width, self.value + width)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(part: f64, answers: f64, method: Method) -> (f64, f64) {
        let terms = Terms {
            method,
            ..Terms::default()
        };
        Share::new(part, answers).unwrap().interval(&terms)
    }

    fn is_close((low, high): (f64, f64), expected: (f64, f64)) -> bool {
        (low - expected.0).abs() < 5e-5 && (high - expected.1).abs() < 5e-5
    }

    /// Newcombe 1998, Statistics in Medicine 17:857, table I: methods 3 and 1.
    #[test]
    fn intervals_are_the_published_ones() {
        assert!(is_close(of(81.0, 263.0, Method::Score), (0.2553, 0.3662)));
        assert!(is_close(of(0.0, 20.0, Method::Score), (0.0, 0.1611)));
        assert!(is_close(of(81.0, 263.0, Method::Wald), (0.2522, 0.3638)));
        assert!(is_close(of(0.0, 20.0, Method::Wald), (0.0, 0.0)));
    }

    #[test]
    fn the_adjusted_interval_holds_that_of_wilson() {
        for part in 0..=20 {
            let part = f64::from(part);
            let (inner, outer) = (
                of(part, 20.0, Method::Score),
                of(part, 20.0, Method::AdjustedWald),
            );
            assert!(outer.0 <= inner.0 + 1e-12 && inner.1 <= outer.1 + 1e-12);
        }
    }

    #[test]
    fn nothing_has_no_share() {
        for (part, answers) in [(0.0, 0.0), (2.0, 1.0), (-1.0, 1.0), (f64::NAN, 1.0)] {
            assert_eq!(Share::new(part, answers), None);
        }
    }
}
