//! How many answers a survey needs.

use crate::base::count::{to_count, to_number};
use crate::base::proportion::{FEWEST, variance_bounds};

use super::distribution::{NORMAL, quantile};
use super::terms::Terms;

/// Returns the answers needed in each group to tell scores apart that differ by `difference`, when one answer of each has these
/// variances: `(z_a/2 + z_b)^2 (v1 + v2) / difference^2` (Chow, Shao and Wang 2008, Sample Size Calculations in Clinical
/// Research, 4.2).
///
/// `power` is the chance of telling them apart; with 0.5 the difference is just significant when it is observed. `None` when there is no
/// difference, or more are needed than can be counted.
pub fn needed_for_difference(
    difference: f64,
    variances: (f64, f64),
    power: f64,
    terms: &Terms,
) -> Option<u64> {
    // The one-sided quantile of a chance is the two-sided one of twice the chance less 1.
    let z = (terms.z() + quantile(2.0 * power - 1.0, NORMAL)).max(0.0);
    let ratio = z / difference;
    needed(ratio * ratio * (variances.0 + variances.1), terms)
}

/// Returns the fewest and the most answers needed in each group to tell two scores apart, whatever the answers that make these:
/// net scores (from -1 to 1), shares (0 to 1) or means of whole answers between the ends of `scale`.
///
/// The fewest with the least variances that the scores allow, the most with the greatest. `None` as of [`needed_for_difference`].
pub fn needed_for_scores(
    scores: (f64, f64),
    scale: (f64, f64),
    power: f64,
    terms: &Terms,
) -> Option<(u64, u64)> {
    let (first, second) = (
        variance_bounds(scores.0, scale),
        variance_bounds(scores.1, scale),
    );
    let of = |variances| needed_for_difference(scores.0 - scores.1, variances, power, terms);
    Some((of((first.0, second.0))?, of((first.1, second.1))?))
}

/// Returns the answers needed for a margin of `margin` to either side of one score, when one answer has this variance:
/// `(z / margin)^2 v` (Cochran 1977, Sampling Techniques, 4.4). `None` for no margin, or more answers than can be counted.
pub fn needed_for_margin(margin: f64, variance: f64, terms: &Terms) -> Option<u64> {
    let ratio = terms.z() / margin;
    needed(ratio * ratio * variance, terms)
}

/// Returns the answers needed out of a population, when so many are needed out of one without end: `n N / (N - 1 + n)`
/// (Cochran 1977, 4.4). No fewer than the methods are meant for, and no more than there are people.
fn needed(answers: f64, terms: &Terms) -> Option<u64> {
    if !answers.is_finite() {
        return None;
    }
    let Some(population) = terms.population.map(to_number) else {
        return to_count(answers.max(FEWEST));
    };
    let drawn = answers * population / (population - 1.0 + answers);
    to_count(drawn.max(FEWEST).min(population))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(population: Option<u64>) -> Terms {
        Terms {
            population,
            ..Terms::default()
        }
    }

    const NET: (f64, f64) = (-1.0, 1.0);

    #[test]
    fn net_scores_of_62_and_64_need_thousands_of_answers() {
        let needed = |power| needed_for_scores((0.62, 0.64), NET, power, &of(None));
        assert_eq!(needed(0.5), Some((4476, 11582)));
        assert_eq!(needed(0.8), Some((9144, 23665)));
        let swapped = needed_for_scores((0.64, 0.62), NET, 0.5, &of(None));
        assert_eq!(swapped, Some((4476, 11582)));
    }

    /// Chow, Shao and Wang 2008: shares of 65 and 85 per cent, 80 per cent power, 70 in each group.
    #[test]
    fn shares_need_what_the_textbook_says() {
        let needed = needed_for_scores((0.65, 0.85), (0.0, 1.0), 0.8, &of(None));
        assert_eq!(needed, Some((70, 70)));
    }

    /// The usual 385 for 5 points either side of one half, 278 out of 1000 (Krejcie and Morgan 1970, Educational and
    /// Psychological Measurement 30:607, table 1).
    #[test]
    fn a_margin_needs_what_the_table_says() {
        let needed = |population| needed_for_margin(0.05, 0.25, &of(population));
        assert_eq!(needed(None), Some(385));
        assert_eq!(needed(Some(1000)), Some(278));
        // Twice as wide a margin is not twice as few answers, and the margin is half the width.
        assert_eq!(needed_for_margin(0.1, 0.25, &of(None)), Some(97));
    }

    #[test]
    fn no_difference_needs_endless_answers_and_a_clear_one_still_some() {
        let needed = |first, second, population| {
            needed_for_scores((first, second), NET, 0.5, &of(population))
        };
        assert_eq!(needed(0.62, 0.62, None), None);
        assert_eq!(needed(1.0, 1.0, None), None);
        assert_eq!(needed(1e-200, 0.0, None), None);
        assert_eq!(needed(1.0, -1.0, None), Some((10, 10)));
        assert_eq!(needed(1.0, -1.0, Some(4)), Some((4, 4)));
        assert_eq!(needed(0.62, 0.64, Some(100)), Some((98, 100)));
        assert_eq!(needed_for_margin(0.0, 0.25, &of(Some(100))), None);
    }
}
