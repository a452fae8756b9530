//! How the answers behind the score of a survey are coded.

use crate::base::Relation;
use crate::base::proportion::variance_bounds;
use crate::model::Metric;

use super::figure::Figure;

/// The widest answer scale whose mean is read as one of whole answers.
const WIDEST: f64 = 10.0;

/// What the score of a survey is made of: the mean of answers coded as whole numbers between two ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scale {
    /// The least code.
    pub least: f64,
    /// The greatest code.
    pub most: f64,
    /// What one step of the code is in units of the score.
    pub step: f64,
}

impl Scale {
    /// Reads it from the metric: a share of answers is coded 0 and 1, a net score -1, 0 and 1, the mean of an answer scale
    /// as it is. `None` when the metric is none of these, or is asked in no survey.
    pub(super) fn of(metric: &Metric) -> Option<Self> {
        metric.instrument.as_ref()?;
        let (least, most) = (metric.scale_min?.value(), metric.scale_max?.value());
        let is = |least_of: f64, most_of: f64| {
            least.total_cmp(&least_of).is_eq() && most.total_cmp(&most_of).is_eq()
        };
        let is_percent = &*metric.unit == "percent";
        let is_whole = least.fract().abs() + most.fract().abs() < f64::EPSILON;
        let scale = |least, most, step| Some(Self { least, most, step });
        if is_percent && is(0.0, 100.0) {
            scale(0.0, 1.0, 100.0)
        } else if is(-100.0, 100.0) {
            scale(-1.0, 1.0, 100.0)
        } else if !is_percent && is_whole && least < most && most - least <= WIDEST {
            scale(least, most, 1.0)
        } else {
            None
        }
    }

    /// Says whether the score is the share of one kind of answer.
    pub(super) fn is_share(self) -> bool {
        self.step > 1.0 && self.least.total_cmp(&0.0).is_eq()
    }

    /// Says whether the score is the difference of two shares.
    pub(super) fn is_net(self) -> bool {
        self.step > 1.0 && self.least < 0.0
    }

    /// Returns a score as the mean of its code, `None` when it is not on the scale, a bound, an estimate, or in a unit of
    /// its own.
    pub(super) fn code(self, figure: &Figure<'_>) -> Option<f64> {
        let code = figure.kpi.value.value() / self.step;
        let is_plain = figure.kpi.relation == Relation::Eq && figure.kpi.unit.is_none();
        (is_plain && (self.least..=self.most).contains(&code)).then_some(code)
    }

    /// Returns the least and the greatest variance that one answer may have when only the mean is known.
    pub(super) fn variance(self, mean: f64) -> (f64, f64) {
        variance_bounds(mean, (self.least, self.most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::proportion::Z95;

    /// `|m| (1 - |m|) <= v <= 1 - m^2`: the margin of +62 at 400 answers lies between 4.76 and 7.69 points.
    #[test]
    fn the_variance_of_a_net_score_is_bounded_sharply() {
        let net = Scale {
            least: -1.0,
            most: 1.0,
            step: 100.0,
        };
        let (least, most) = net.variance(0.62);
        let margin = |variance: f64| (Z95 * (variance / 400.0).sqrt() * 1e4).round() / 100.0;
        assert_eq!((margin(least), margin(most)), (4.76, 7.69));
        assert_eq!(net.variance(-0.5), (0.25, 0.75));
        let effort = Scale {
            least: 1.0,
            most: 7.0,
            step: 1.0,
        };
        assert_eq!(effort.variance(2.5), (0.25, 6.75));
        assert_eq!(effort.variance(7.0), (0.0, 0.0));
    }
}
