//! What the answers of two surveys can tell, by their number and their confidence intervals where these are published.

use crate::base::proportion::{FEWEST, FEWEST_OF_MEAN, Z95, newcombe, wilson};

use super::figure::Figure;
use super::scale::Scale;
use super::stated::Stated;

/// Answers needed from each company for the observed difference to be just significant at 95 per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answers {
    /// With the split of answers that makes it easiest.
    pub least: u32,
    /// With the split that makes it hardest.
    pub most: u32,
}

/// What two samples tell at 95 per cent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    /// The scores differ, whatever is not published.
    Differs,
    /// Chance alone may have made the difference, whatever is not published.
    NoEvidence,
    /// It depends on the split of the answers or on rounding, or their number is not published or too small to test.
    Unknown,
}

/// Returns the answers needed to tell two values apart; `None` when they are equal, bounds or estimates, or of a metric
/// whose variance the score does not bound.
pub(super) fn answers_needed(left: &Figure<'_>, right: &Figure<'_>) -> Option<Answers> {
    let scale = Scale::of(left.metric)?;
    needed(scale, scale.code(left)?, scale.code(right)?, Z95)
}

/// `n = z^2 (v1 + v2) / (m1 - m2)^2` for each group, from the least to the greatest variances; `z` is the sum of the
/// quantiles of confidence and power (Chow, Shao and Wang 2008, Sample Size Calculations in Clinical Research, 4.2).
fn needed(scale: Scale, left: f64, right: f64, z: f64) -> Option<Answers> {
    let difference = left - right;
    if difference.total_cmp(&0.0).is_eq() {
        return None;
    }
    let (left, right) = (scale.variance(left), scale.variance(right));
    let count = |variance: f64| -> Option<u32> {
        let count = (z * z * variance / (difference * difference))
            .ceil()
            .max(FEWEST);
        // Nearly equal scores need more than can be counted.
        format!("{count:.0}").parse().ok()
    };
    Some(Answers {
        least: count(left.0 + right.0)?,
        most: count(left.1 + right.1)?,
    })
}

/// Returns what the samples of two values tell; `None` when neither value comes from a survey.
pub(super) fn finding(left: &Figure<'_>, right: &Figure<'_>) -> Option<Finding> {
    if !left.is_surveyed() && !right.is_surveyed() {
        return None;
    }
    let scale = Scale::of(left.metric);
    if scale != Scale::of(right.metric) || !is_enough(scale, left) || !is_enough(scale, right) {
        return Some(Finding::Unknown);
    }
    if let (Some(left), Some(right)) = (Stated::of(left), Stated::of(right)) {
        return Some(by_interval(left, right));
    }
    let sized = |figure: &Figure<'_>| {
        let (scale, size) = (scale?, figure.kpi.sample_size?);
        Some((
            scale.code(figure)?,
            figure.kpi.value.rounding() / scale.step,
            f64::from(size),
        ))
    };
    let (Some(scale), Some(left), Some(right)) = (scale, sized(left), sized(right)) else {
        return Some(Finding::Unknown);
    };
    Some(test(scale, left, right))
}

/// Says whether as many answered as the tests are meant for.
fn is_enough(scale: Option<Scale>, figure: &Figure<'_>) -> bool {
    let is_counted = scale.is_some_and(|scale| scale.is_share() || scale.is_net());
    let fewest = if is_counted { FEWEST } else { FEWEST_OF_MEAN };
    let size = figure.kpi.sample_size;
    size.is_some_and(|size| f64::from(size) >= fewest)
}

/// Tests two values by the intervals stated for them: they differ when the interval of their difference leaves out zero. What
/// holds must hold however the numbers were rounded.
fn by_interval(left: Stated, right: Stated) -> Finding {
    let ends = [left.lower_end(right), right.lower_end(left)];
    if ends.iter().any(|(least, _)| *least > 0.0) {
        Finding::Differs
    } else if ends.iter().all(|(_, most)| *most <= 0.0) {
        Finding::NoEvidence
    } else {
        Finding::Unknown
    }
}

/// Tests two means, each with its rounding and its number of answers: shares by the interval of Newcombe, net scores by the
/// adjusted Wald method (Rocks 2016, The American Statistician 70:365), other means by the normal approximation; the last two with
/// the least and the greatest variances. What holds must hold however the scores were rounded.
fn test(scale: Scale, left: (f64, f64, f64), right: (f64, f64, f64)) -> Finding {
    let (high, low) = if left.0 >= right.0 {
        (left, right)
    } else {
        (right, left)
    };
    let nearest = (high.0 - high.1, low.0 + low.1);
    let end = |code: f64| code.clamp(scale.least, scale.most);
    let sizes = (high.2, low.2);
    let is_surely_more = nearest.0 > nearest.1 && is_told_apart(scale, nearest, sizes, true);
    // Before rounding the lower one may even have been the higher.
    let farthest = [(high, low), (low, high)].map(|(more, less)| {
        let means = (end(more.0 + more.1), end(less.0 - less.1));
        is_told_apart(scale, means, (more.2, less.2), false)
    });
    if is_surely_more {
        Finding::Differs
    } else if farthest.contains(&true) {
        Finding::Unknown
    } else {
        Finding::NoEvidence
    }
}

/// Says whether the greater mean is significantly so at 95 per cent, with the greatest or the least variances.
fn is_told_apart(scale: Scale, means: (f64, f64), sizes: (f64, f64), is_strict: bool) -> bool {
    if scale.is_share() {
        return newcombe((means.0, sizes.0), (means.1, sizes.1), Z95).0 > 0.0;
    }
    let of = |mean: f64, size: f64| {
        let (mean, (least, most), size) = if scale.is_net() {
            adjusted(mean, size)
        } else {
            (mean, scale.variance(mean), size)
        };
        (mean, if is_strict { most } else { least } / size)
    };
    let (left, right) = (of(means.0, sizes.0), of(means.1, sizes.1));
    left.0 - right.0 > Z95 * (left.1 + right.1).sqrt()
}

/// Adjusts a net score as if 0.75 more had answered at each end and 1.5 in the middle (Rocks 2016): returns the score, its least and
/// greatest variances, and the number of answers.
fn adjusted(mean: f64, size: f64) -> (f64, (f64, f64), f64) {
    let all = size + 3.0;
    let adjusted = mean * size / all;
    // Promoters and detractors together are between |m| and 1.
    let variance = |ends: f64| (ends * size + 1.5) / all - adjusted * adjusted;
    (adjusted, (variance(mean.abs()), variance(1.0)), all)
}

/// Returns the 95 per cent interval of a value: the one stated for it, else by the number of answers, with the greatest
/// variance that its score allows; `None` when neither is published.
pub fn interval(figure: &Figure<'_>) -> Option<(f64, f64)> {
    if let Some((low, high)) = figure.kpi.interval()
        && !figure.kpi.relation.is_bound()
    {
        return Some((low.value(), high.value()));
    }
    let scale = Scale::of(figure.metric)?;
    let (mean, size) = (scale.code(figure)?, f64::from(figure.kpi.sample_size?));
    let (low, high) = if scale.is_share() {
        wilson(mean, size, Z95)
    } else {
        let (centre, (_, variance), size) = if scale.is_net() {
            adjusted(mean, size)
        } else {
            (mean, scale.variance(mean), size)
        };
        let error = Z95 * (variance / size).sqrt();
        let (low, high) = (centre - error, centre + error);
        (low.max(scale.least), high.min(scale.most))
    };
    Some((low * scale.step, high * scale.step))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Company, Kpi, Metric};

    /// The quantiles of 95 per cent confidence and of 80 per cent power.
    const Z95_80: f64 = Z95 + 0.841_621;

    const SHARE: Scale = Scale {
        least: 0.0,
        most: 1.0,
        step: 100.0,
    };
    const NET: Scale = Scale {
        least: -1.0,
        ..SHARE
    };

    fn answers(least: u32, most: u32) -> Answers {
        Answers { least, most }
    }

    #[test]
    fn net_scores_of_62_and_64_need_thousands_of_answers() {
        let needed = |z| needed(NET, 0.62, 0.64, z);
        assert_eq!(needed(Z95), Some(answers(4476, 11582)));
        assert_eq!(needed(Z95_80), Some(answers(9144, 23665)));
    }

    /// Chow, Shao and Wang 2008: shares of 65 and 85 per cent, 80 per cent power, 70 in each group.
    #[test]
    fn shares_need_what_the_textbook_says() {
        assert_eq!(needed(SHARE, 0.65, 0.85, Z95_80), Some(answers(70, 70)));
    }

    #[test]
    fn scores_far_apart_still_take_some_answers() {
        assert_eq!(needed(SHARE, 1.0, 0.0, Z95), Some(answers(10, 10)));
    }

    #[test]
    fn equal_scores_are_never_told_apart() {
        assert_eq!(needed(NET, 0.62, 0.62, Z95), None);
        assert_eq!(needed(SHARE, 0.0, 0.0, Z95), None);
    }

    fn metric(unit: &'static str, least: &str, most: &str, is_survey: bool) -> Metric {
        Metric {
            unit: unit.into(),
            scale_min: Some(least.parse().unwrap()),
            scale_max: Some(most.parse().unwrap()),
            instrument: is_survey.then(|| "asked".into()),
            ..Metric::default()
        }
    }

    fn kpi(value: &str, sample_size: Option<u32>) -> Kpi {
        Kpi {
            value: value.parse().unwrap(),
            sample_size,
            ..Kpi::default()
        }
    }

    /// Asks something of two values of a metric.
    fn ask<T>(metric: &Metric, kpis: [&Kpi; 2], of: fn(&Figure<'_>, &Figure<'_>) -> T) -> T {
        let company = Company::default();
        let [left, right] = kpis.map(|kpi| Figure::new(&company, metric, kpi));
        of(&left, &right)
    }

    #[test]
    fn the_metric_says_what_its_score_is() {
        let (left, right) = (kpi("88", None), kpi("86", None));
        let of = |metric: &Metric| ask(metric, [&left, &right], answers_needed);
        assert_eq!(
            of(&metric("percent", "0", "100", true)),
            Some(answers(2171, 2171))
        );
        assert!(of(&metric("points", "-100", "100", true)).is_some());
        assert_eq!(of(&metric("percent", "0", "100", false)), None, "no survey");
        assert_eq!(of(&metric("points", "0", "100", true)), None, "an index");
        assert_eq!(of(&metric("points", "1", "7", true)), None, "off the scale");
        let (left, right) = (kpi("2.5", None), kpi("3.0", None));
        let mean = ask(
            &metric("points", "1", "7", true),
            [&left, &right],
            answers_needed,
        );
        assert_eq!(mean, Some(answers(10, 227)));
    }

    #[test]
    fn the_number_of_answers_decides() {
        let net = metric("points", "-100", "100", true);
        let share = metric("percent", "0", "100", true);
        let mean = metric("points", "1", "7", true);
        for (metric, left, right, answers, expected) in [
            (&net, "62", "64", 1_000, Finding::NoEvidence),
            (&net, "62", "64", 11_582, Finding::Unknown),
            (&net, "62", "64", 100_000, Finding::Differs),
            (&net, "62.0", "64.0", 13_000, Finding::Differs),
            (&net, "62", "62", 1_000_000, Finding::Unknown),
            (&share, "88", "86", 500, Finding::NoEvidence),
            (&share, "88", "86", 20_000, Finding::Differs),
            (&share, "88", "86", 2_000, Finding::Unknown),
            (&net, "100", "-100", 1, Finding::Unknown),
            (&net, "100", "-100", 10, Finding::Differs),
            (&share, "100", "0", 3, Finding::Unknown),
            (&share, "100", "0", 10, Finding::Differs),
            (&mean, "6.0", "2.0", 29, Finding::Unknown),
            (&mean, "6.0", "2.0", 30, Finding::Differs),
        ] {
            let (left, right) = (kpi(left, Some(answers)), kpi(right, Some(answers)));
            let found = ask(metric, [&left, &right], finding);
            assert_eq!(found, Some(expected), "{left:?} {right:?}");
            assert_eq!(ask(metric, [&right, &left], finding), found);
        }
        let (left, right) = (kpi("62", Some(400)), kpi("64", None));
        assert_eq!(ask(&net, [&left, &right], finding), Some(Finding::Unknown));
        for (left, right) in [("100", "100"), ("0", "0")] {
            let (left, right) = (kpi(left, Some(100_000)), kpi(right, Some(10)));
            let found = ask(&share, [&left, &right], finding);
            assert_eq!(ask(&share, [&right, &left], finding), found);
        }
        let ledger = metric("USD", "0", "100", false);
        assert_eq!(ask(&ledger, [&left, &right], finding), None);
    }

    fn stated(numbers: &[&str], sample_size: Option<u32>) -> Kpi {
        Kpi {
            interval_low: numbers[1].parse().ok(),
            interval_high: numbers[2].parse().ok(),
            ..kpi(numbers[0], sample_size)
        }
    }

    /// Metric, value and interval of each, answers of each; what the intervals tell, and what the numbers of answers alone.
    const STATED: &str = "
        net    62.0  61.1 62.9  64.0  63.1 64.9  12000  Differs     Unknown
        net    62.0  60.3 63.7  64.0  62.3 65.7  8000   NoEvidence  Unknown
        net    62    61   63    64    63   65    12000  Unknown     Unknown
        share  80.0  69.2 87.7  60.0  49.0 70.0  70     Differs     Differs
        share  88.0  84.6 90.8  86.0  82.4 89.0  20000  NoEvidence  Differs
        share  100.0 100.0 100.0  95.0  92.0 98.0  30   NoEvidence  NoEvidence
        mean   2.50  2.40 2.60  2.80  2.70 2.90  400    Differs     Unknown
        mean   2.50  2.38 2.62  2.60  2.47 2.73  400    NoEvidence  Unknown
        mean   2.50  2.40 2.60  2.80  2.70 2.90  29     Unknown     Unknown
        mean   7.50  7.40 7.60  2.80  2.70 2.90  400    Unknown     Unknown
        index  71.3  70.9 71.7  74.0  73.5 74.5  400    Differs     Unknown
    ";

    #[test]
    fn stated_intervals_decide_where_the_number_of_answers_does_not() {
        for line in STATED.trim().lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let metric = match words[0] {
                "net" => metric("points", "-100", "100", true),
                "share" => metric("percent", "0", "100", true),
                "mean" => metric("points", "1", "7", true),
                _ => metric("points", "0", "100", true),
            };
            let size = words[7].parse().unwrap();
            let sides = [1, 4].map(|at| stated(&words[at..at + 3], Some(size)));
            let told = |left: &Kpi, right: &Kpi| {
                let found = ask(&metric, [left, right], finding);
                assert_eq!(ask(&metric, [right, left], finding), found, "{line}");
                format!("{:?}", found.unwrap())
            };
            assert_eq!(told(&sides[0], &sides[1]), words[8], "{line}");
            let counted = kpi(words[4], Some(size));
            assert_eq!(told(&sides[0], &counted), words[9], "{line}, one alone");
            let unsized_one = stated(&words[4..7], None);
            assert_eq!(told(&sides[0], &unsized_one), "Unknown", "{line}");
        }
    }

    #[test]
    fn the_interval_of_a_value_stays_on_its_scale() {
        let of = |metric: &Metric, value: &str, answers| {
            let kpi = kpi(value, answers);
            ask(metric, [&kpi, &kpi], |figure, _| interval(figure))
        };
        let net = metric("points", "-100", "100", true);
        let (low, high) = of(&net, "62", Some(400)).unwrap();
        assert_eq!(
            ((low * 10.0).round(), (high * 10.0).round()),
            (539.0, 692.0)
        );
        assert!((of(&net, "99", Some(4)).unwrap().1 - 100.0).abs() < 1e-9);
        assert_eq!(of(&net, "62", None), None);
        let kpi = stated(&["62", "60.8", "63.2"], Some(12_000));
        let shown = ask(&net, [&kpi, &kpi], |figure, _| interval(figure));
        assert_eq!(shown, Some((60.8, 63.2)), "as stated");
    }
}
