//! On what terms values are compared: as of when, and how far apart in time.

use crate::base::{Date, Day};
use crate::model::{Records, Source};

/// The years that may lie between two values when the user does not say.
pub const MAX_GAP: f64 = 1.0;

/// More than the years of a day.
const DAY: f64 = 0.01;

/// By what factor the lengths of two times differ when they are of another kind.
const OTHER_LENGTH: f64 = 1.5;

/// How far doubles may stray from the years that they stand for.
const SLACK: f64 = 1e-6;

/// On what terms values are compared.
pub struct Terms<'a> {
    /// Only values that held then are compared; `None` for the latest.
    pub as_of: Option<Date>,
    /// The most years that may lie between two values that are compared.
    pub max_gap: f64,
    /// The sources, to find whether two values go back to one.
    pub sources: &'a Records<Source>,
}

/// How far the times of two values lie apart, seen against what is allowed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Distance {
    /// They are the same.
    None,
    /// As far as is allowed at most.
    Allowed,
    /// Too far, perhaps: a time is vague, or not stated.
    Unclear,
    /// Surely too far.
    TooFar,
}

impl Terms<'_> {
    /// Says how far two times lie apart.
    pub(super) fn distance(&self, left: Option<&Date>, right: Option<&Date>) -> Distance {
        let (Some(left), Some(right)) = (left, right) else {
            return Distance::Unclear;
        };
        let (least, most) = gap(left, right);
        if least > self.max_gap + SLACK {
            Distance::TooFar
        } else if most > self.max_gap + SLACK || is_other_length(left, right) {
            Distance::Unclear
        } else if most > SLACK {
            Distance::Allowed
        } else {
            Distance::None
        }
    }

    /// Says whether a value for that time is one to compare.
    pub(super) fn is_valid(&self, period: Option<&Date>) -> bool {
        let Some(as_of) = &self.as_of else {
            return true;
        };
        period.is_some_and(|period| {
            let has_begun = as_of.last().is_none_or(|last| period.first() <= last);
            has_begun && gap(period, as_of).0 <= self.max_gap + SLACK
        })
    }
}

/// Says whether what adds up over one of the times cannot be set against what adds up over the other: a month against a year. A
/// single day may be one of a longer time.
fn is_other_length(left: &Date, right: &Date) -> bool {
    let length = |date: &Date| {
        let last = date.last()?;
        Some(years(last, 0.0) - years(date.first(), -1.0))
    };
    let (Some(left), Some(right)) = (length(left), length(right)) else {
        return false;
    };
    left.min(right) > DAY && left.max(right) > left.min(right) * OTHER_LENGTH
}

/// Returns the fewest and the most years that may lie between two times.
pub(super) fn gap(left: &Date, right: &Date) -> (f64, f64) {
    let ((low, high), (least, most)) = (middle(left), middle(right));
    (
        (least - high).max(low - most).max(0.0),
        (most - low).max(high - least),
    )
}

/// Returns the earliest and the latest middle of the time that a value is for. A period of more than a year is taken for a
/// year somewhere within it.
fn middle(period: &Date) -> (f64, f64) {
    let (low, high) = exact_middle(period);
    // "About" is as much earlier or later as the time is long.
    let end = period.last().map_or(0.0, |last| years(last, 0.0));
    let doubt = if period.is_about() {
        end - years(period.first(), -1.0)
    } else {
        0.0
    };
    (low - doubt, high + doubt)
}

fn exact_middle(period: &Date) -> (f64, f64) {
    let start = years(period.first(), -1.0);
    let Some(last) = period.last() else {
        return (start + 0.5, f64::INFINITY);
    };
    let end = years(last, 0.0);
    if end - start > 1.0 + SLACK {
        (start + 0.5, end - 0.5)
    } else {
        let middle = f64::midpoint(start, end);
        (middle, middle)
    }
}

/// Returns a day as years, months of one length.
fn years(day: Day, shift: f64) -> f64 {
    let months = f64::from(day.month) - 1.0 + (f64::from(day.day) + shift) / 31.0;
    f64::from(day.year) + months / 12.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(left: &str, right: &str) -> (f64, f64) {
        let (least, most) = gap(&left.parse().unwrap(), &right.parse().unwrap());
        (
            (least * 100.0).round() / 100.0,
            (most * 100.0).round() / 100.0,
        )
    }

    #[test]
    fn years_lie_between_the_middles() {
        assert_eq!(of("2019", "2021"), (2.0, 2.0));
        assert_eq!(of("2021", "2020"), (1.0, 1.0));
        assert_eq!(of("2020-Q1", "2020-Q4"), (0.75, 0.75));
        assert_eq!(of("2020", "2020"), (0.0, 0.0));
        assert_eq!(of("2020~", "2020"), (0.0, 1.0));
    }

    #[test]
    fn a_long_period_is_some_year_within_it() {
        assert_eq!(of("2022/2024", "2022/2024"), (0.0, 2.0));
        assert_eq!(of("2022/2024", "2023"), (0.0, 1.0));
        assert_eq!(of("2022/..", "2023"), (0.0, f64::INFINITY));
    }

    #[test]
    fn a_month_is_not_set_against_a_year() {
        let other = |left: &str, right: &str| {
            is_other_length(&left.parse().unwrap(), &right.parse().unwrap())
        };
        assert!(other("2020-01", "2020"));
        assert!(other("2020", "2019/2021"));
        assert!(other("2020-Q1", "2020-01"));
        assert!(!other("2020-12-31", "2020"));
        assert!(!other("2020-01", "2019-02"));
        assert!(!other("2020/..", "2020"));
    }

    #[test]
    fn what_holds_then_has_begun_and_is_not_too_old() {
        let sources = Records::default();
        let terms = Terms {
            as_of: Some("2012-06".parse().unwrap()),
            max_gap: MAX_GAP,
            sources: &sources,
        };
        let is_valid = |period: &str| terms.is_valid(Some(&period.parse().unwrap()));
        for (period, expected) in [
            ("2012", true),
            ("2011", true),
            ("2009", false),
            ("2013", false),
            ("2010/..", true),
        ] {
            assert_eq!(is_valid(period), expected, "{period}");
        }
        assert!(!terms.is_valid(None));
    }
}
