//! How many answers a survey would need to tell two printed scores apart.

use std::fmt;

use crate::base::Relation;
use crate::model::{Kpi, Metric};

/// The two-sided normal quantile of 95 per cent confidence.
const Z95: f64 = 1.959_964;

/// Answers needed from each company for the observed difference to be just significant at 95 per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Answers {
    /// With the split of answers that makes it easiest.
    least: u32,
    /// With the split that makes it hardest.
    most: u32,
}

impl fmt::Display for Answers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { least, most } = self;
        write!(f, "{least} answers from each company")?;
        if least != most {
            write!(f, " with the most favourable split, {most} with the least")?;
        }
        Ok(())
    }
}

/// What the score of a survey is made of, as far as its metric tells.
enum Score {
    /// The share of some answers, 0 to 1.
    Share,
    /// The difference of two shares, -1 to 1, such as a Net Promoter Score.
    Net,
}

impl Score {
    /// Reads it from the scale of the metric; `None` when the score is neither, or is asked in no survey.
    fn of(metric: &Metric) -> Option<Self> {
        metric.instrument.as_ref()?;
        let ends = (metric.scale_min?.value(), metric.scale_max?.value());
        let is = |least: f64, most: f64| {
            ends.0.total_cmp(&least).is_eq() && ends.1.total_cmp(&most).is_eq()
        };
        match &*metric.unit {
            "percent" if is(0.0, 100.0) => Some(Self::Share),
            _ if is(-100.0, 100.0) => Some(Self::Net),
            _ => None,
        }
    }

    /// Returns the least and the greatest variance that one answer may have when only the score is known.
    ///
    /// A share p has p (1 - p). A net score m of promoters p and detractors d has p + d - m^2, where p + d lies between
    /// |m| and 1: the bounds are sharp.
    fn variance(&self, score: f64) -> (f64, f64) {
        match self {
            Self::Share => (score * (1.0 - score), score * (1.0 - score)),
            Self::Net => (score.abs() * (1.0 - score.abs()), 1.0 - score * score),
        }
    }
}

/// Returns the answers needed to tell two values apart; `None` when they are equal, bounds or estimates, or of a metric
/// whose variance the score does not bound.
pub(super) fn answers_needed(metric: &Metric, first: &Kpi, second: &Kpi) -> Option<Answers> {
    let score = Score::of(metric)?;
    let of = |kpi: &Kpi| {
        let value = kpi.value.value() / 100.0;
        let is_plain = kpi.relation == Relation::Eq && kpi.unit.is_none();
        (is_plain && value.abs() <= 1.0).then_some(value)
    };
    let (first, second) = (of(first)?, of(second)?);
    needed(&score, first, second, Z95)
}

/// `n = z^2 (v1 + v2) / (m1 - m2)^2` for each group, from the least to the greatest variances; `z` is the sum of the
/// quantiles of confidence and power (Chow, Shao and Wang 2008, Sample Size Calculations in Clinical Research, 4.2).
fn needed(score: &Score, first: f64, second: f64, z: f64) -> Option<Answers> {
    let difference = first - second;
    let (first, second) = (score.variance(first), score.variance(second));
    let count = |variance: f64| -> Option<u32> {
        let count = (z * z * variance / (difference * difference)).ceil();
        // Equal scores need no finite number.
        format!("{count:.0}").parse().ok()
    };
    Some(Answers {
        least: count(first.0 + second.0)?,
        most: count(first.1 + second.1)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The quantiles of 95 per cent confidence and of 80 per cent power.
    const Z95_80: f64 = Z95 + 0.841_621;

    #[test]
    fn net_scores_of_62_and_64_need_thousands_of_answers() {
        let needed = |z| needed(&Score::Net, 0.62, 0.64, z).unwrap();
        assert_eq!(
            needed(Z95),
            Answers {
                least: 4476,
                most: 11582
            }
        );
        assert_eq!(
            needed(Z95_80),
            Answers {
                least: 9144,
                most: 23665
            }
        );
    }

    /// Chow, Shao and Wang 2008: shares of 65 and 85 per cent, 80 per cent power, 70 in each group.
    #[test]
    fn shares_need_what_the_textbook_says() {
        let answers = needed(&Score::Share, 0.65, 0.85, Z95_80).unwrap();
        assert_eq!(
            answers,
            Answers {
                least: 70,
                most: 70
            }
        );
    }

    #[test]
    fn equal_scores_are_never_told_apart() {
        assert_eq!(needed(&Score::Net, 0.62, 0.62, Z95), None);
        assert_eq!(needed(&Score::Share, 0.0, 0.0, Z95), None);
    }

    #[test]
    fn the_metric_says_what_its_score_is() {
        let metric = |unit: &'static str, least: &str, most: &str, is_survey: bool| Metric {
            unit: unit.into(),
            scale_min: Some(least.parse().unwrap()),
            scale_max: Some(most.parse().unwrap()),
            instrument: is_survey.then(|| "asked".into()),
            ..Metric::default()
        };
        let kpi = |value: &str| Kpi {
            value: value.parse().unwrap(),
            ..Kpi::default()
        };
        let of = |metric: &Metric| answers_needed(metric, &kpi("88"), &kpi("86"));
        let exact = Some(Answers {
            least: 2171,
            most: 2171,
        });
        assert_eq!(of(&metric("percent", "0", "100", true)), exact);
        assert!(of(&metric("points", "-100", "100", true)).is_some());
        assert_eq!(of(&metric("percent", "0", "100", false)), None, "no survey");
        assert_eq!(of(&metric("points", "1", "7", true)), None, "a mean");
    }
}
