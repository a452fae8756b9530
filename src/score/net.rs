//! Net scores: the share of high answers less the share of low ones.

use super::interval::{around, bisect};
use super::terms::{Method, Terms};

/// How the answers of one group fall into three: for the net promoter score detractors, passives and promoters. Never empty.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    low: f64,
    middle: f64,
    high: f64,
}

impl Split {
    /// Makes one of numbers of effective answers; `None` when there are none, or one is no number of answers.
    pub fn new(low: f64, middle: f64, high: f64) -> Option<Self> {
        let split = Self { low, middle, high };
        let is_number = [low, middle, high].iter().all(|part| *part >= 0.0);
        let is_some = split.answers() > 0.0 && split.answers().is_finite();
        (is_number && is_some).then_some(split)
    }

    /// Returns the number of effective answers.
    pub fn answers(&self) -> f64 {
        self.low + self.high + self.middle
    }

    /// Returns the numbers of low, middle and high answers, effective ones.
    pub fn parts(&self) -> [f64; 3] {
        [self.low, self.middle, self.high]
    }

    /// Returns the shares of low, middle and high answers, 0 to 1.
    pub fn shares(&self) -> [f64; 3] {
        self.parts().map(|part| part / self.answers())
    }

    /// Returns the net score, -1 to 1.
    pub fn net(&self) -> f64 {
        (self.high - self.low) / self.answers()
    }

    /// Returns the variance of one answer coded -1, 0 and 1: p + d - (p - d)^2. Written without differences.
    pub fn variance(&self) -> f64 {
        let [low, middle, high] = self.shares();
        (low + high) * middle + 4.0 * low * high
    }

    /// Returns the standard error of the net score.
    pub fn standard_error(&self) -> f64 {
        (self.variance() / self.answers()).sqrt()
    }

    /// Returns the least and the greatest net score that the answers allow. It holds the net score and stays within -1 and 1.
    pub fn interval(&self, terms: &Terms) -> (f64, f64) {
        let factor = terms.factor(self.answers());
        let z = terms.z() * factor;
        let ends = match terms.method {
            Method::Score => (-self.mirrored().greatest(z), self.greatest(z)),
            Method::AdjustedWald => self.adjusted(factor).wald(z),
            Method::Wald => self.wald(z),
        };
        around(self.net(), ends, (-1.0, 1.0))
    }

    /// Adds 0.75 answers at each end and 1.5 in the middle (Rocks 2016, The American Statistician 70:365); less in a finite population,
    /// and nothing when everyone answered.
    pub(super) fn adjusted(&self, factor: f64) -> Self {
        let added = 0.75 * factor * factor;
        Self {
            low: self.low + added,
            middle: self.middle + 2.0 * added,
            high: self.high + added,
        }
    }

    fn mirrored(&self) -> Self {
        Self {
            low: self.high,
            middle: self.middle,
            high: self.low,
        }
    }

    fn wald(&self, z: f64) -> (f64, f64) {
        let width = z * self.standard_error();
        (self.net() - width, self.net() + width)
    }

    /// Returns the greatest net score that a score test does not reject (Tango 1998, Statistics in Medicine 17:891; for net
    /// scores Rocks 2016): the greatest `delta` with `T(delta) >= -z`.
    fn greatest(&self, z: f64) -> f64 {
        let ([low, _, high], net) = (self.shares(), self.net());
        let root = self.answers().sqrt();
        bisect(net, 1.0, |delta| {
            (delta - net) * root <= z * variance_if(low, high, delta).sqrt()
        })
    }
}

/// Returns the variance of one answer that is likeliest when the net score is `delta`, from the shares of low and high
/// answers. The share of low answers solves `2 q^2 + b q + c = 0`.
fn variance_if(low: f64, high: f64, delta: f64) -> f64 {
    let b = (2.0 - high + low) * delta - low - high;
    let c = -low * delta * (1.0 - delta);
    let root = (b * b - 8.0 * c).max(0.0).sqrt();
    let share = if b > 0.0 {
        // The same without the difference of what is nearly equal.
        -2.0 * c / (root + b)
    } else {
        (root - b) / 4.0
    };
    (2.0 * share + delta * (1.0 - delta)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(low: f64, middle: f64, high: f64) -> Split {
        Split::new(low, middle, high).unwrap()
    }

    fn terms(method: Method) -> Terms {
        Terms {
            method,
            ..Terms::default()
        }
    }

    fn is_close((low, high): (f64, f64), expected: (f64, f64), slack: f64) -> bool {
        (low - expected.0).abs() < slack && (high - expected.1).abs() < slack
    }

    /// The examples of the R package NPS 1.1.
    #[test]
    fn variance_and_error_are_the_published_ones() {
        for (split, net, variance, error) in [
            (split(1.0, 2.0, 3.0), 1.0 / 3.0, 5.0 / 9.0, 0.304),
            (split(1.0, 0.0, 1.0), 0.0, 1.0, 0.707),
            (split(0.0, 1.0, 1.0), 0.5, 0.25, 0.354),
        ] {
            assert!((split.net() - net).abs() < 1e-12);
            assert!((split.variance() - variance).abs() < 1e-12);
            assert!((split.standard_error() - error).abs() < 5e-4);
        }
    }

    /// `scoreci.mp(60, 20, 1000)` of the R package `PropCIs`: 60 low answers and 20 high ones of 1000.
    #[test]
    fn the_score_interval_is_the_published_one() {
        let found = split(60.0, 920.0, 20.0).interval(&Terms::default());
        assert!(is_close(found, (-0.0584, -0.0231), 5e-5), "{found:?}");
    }

    /// With the likeliest shares found by numerical search, not by the formula (`SciPy` 1.17, `minimize_scalar`, `brentq`).
    #[test]
    fn the_score_interval_agrees_with_scipy() {
        for (split, expected) in [
            (split(60.0, 920.0, 20.0), (-0.058_354, -0.023_068)),
            (split(1.0, 2.0, 7.0), (0.048_924, 0.858_858)),
            (split(100.0, 200.0, 200.0), (0.133_481, 0.264_544)),
            (split(3.0, 0.0, 4.0), (-0.499_083, 0.683_560)),
        ] {
            let found = split.interval(&Terms::default());
            assert!(is_close(found, expected, 1e-6), "{found:?}");
        }
    }

    #[test]
    fn the_margin_is_half_the_width_and_two_standard_errors() {
        let (low, high) = split(100.0, 200.0, 200.0).interval(&terms(Method::Wald));
        assert!(((high - low) / 2.0 - 0.066).abs() < 5e-4);
    }

    /// As if they were independent, 40 and 20 per cent would vary by 0.24 + 0.16.
    #[test]
    fn promoters_and_detractors_are_not_independent() {
        assert!((split(20.0, 40.0, 40.0).variance() - 0.56).abs() < 1e-12);
    }

    #[test]
    fn passives_count_as_answers() {
        let split = split(20.0, 40.0, 40.0);
        assert!((split.answers() - 100.0).abs() < 1e-12);
        assert!((split.net() - 0.2).abs() < 1e-12);
    }

    #[test]
    fn nothing_has_no_net_score() {
        for (low, middle, high) in [
            (0.0, 0.0, 0.0),
            (-1.0, 1.0, 1.0),
            (f64::NAN, 1.0, 1.0),
            (0.0, f64::INFINITY, 0.0),
        ] {
            assert_eq!(Split::new(low, middle, high), None);
        }
    }

    /// With z^2 / (n + z^2) where all answer alike in the middle, as for the shares of 0 of n.
    #[test]
    fn answers_that_are_all_alike_leave_something_open() {
        let of = |low, middle, high| split(low, middle, high).interval(&Terms::default());
        let z2 = Terms::default().z().powi(2);
        let end = z2 / (20.0 + z2);
        assert!(is_close(of(0.0, 20.0, 0.0), (-end, end), 1e-12));
        let (low, high) = of(0.0, 0.0, 20.0);
        assert!(low < 0.9 && high.total_cmp(&1.0).is_eq());
        let (low, high) = of(20.0, 0.0, 0.0);
        assert!(low.total_cmp(&-1.0).is_eq() && high > -0.9);
        let wald = split(0.0, 0.0, 20.0).interval(&terms(Method::Wald));
        assert!(is_close(wald, (1.0, 1.0), 1e-12));
    }

    /// One promoter: the adjusted centre is 1/4 and its interval ends before the score of 1.
    #[test]
    fn the_adjusted_interval_reaches_to_the_score() {
        let narrow = Terms {
            confidence: 0.5,
            ..terms(Method::AdjustedWald)
        };
        let (low, high) = split(0.0, 0.0, 1.0).interval(&narrow);
        assert!(low < 0.25 && high.total_cmp(&1.0).is_eq());
    }

    #[test]
    fn a_census_leaves_nothing_open() {
        for method in Method::ALL {
            let census = Terms {
                population: Some(10),
                ..terms(*method)
            };
            let found = split(1.0, 2.0, 7.0).interval(&census);
            assert!(is_close(found, (0.6, 0.6), 1e-12), "{method:?} {found:?}");
        }
    }
}
