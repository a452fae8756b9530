//! How much time lies between two dates: an interval, because a date may be no more than a year.

use std::fmt;

use super::count::counted;
use super::{Quantity, Span};

/// Days of a year on average: 400 years of the Gregorian calendar are 146,097 days.
const YEAR: f64 = 365.2425;

/// The most days of a month.
const MONTH: i32 = 31;

/// All that the time from one date to another may be; negative where the other comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Elapsed {
    /// In days.
    least: Option<i32>,
    /// In days.
    most: Option<i32>,
    /// Power of ten to which its years are rounded.
    place: i32,
}

impl Elapsed {
    /// No time at all: from a date to itself.
    pub const NONE: Self = Self {
        least: Some(0),
        most: Some(0),
        place: 0,
    };

    /// Returns the time from one date to another. An end that a date does not have leaves an end unknown.
    pub fn between(from: Span, to: Span) -> Self {
        Self {
            least: from.last.map(|last| to.first.number() - last.number()),
            most: to.last.map(|last| last.number() - from.first.number()),
            place: place(from, to),
        }
    }

    /// Returns the time when it is known not to be negative.
    #[must_use]
    pub fn forward(self) -> Self {
        Self {
            least: self.least.map_or(Some(0), |least| Some(least.max(0))),
            ..self
        }
    }

    /// Says whether it is certain which date comes first: all of the time is positive, or all of it is negative.
    pub fn is_certain_order(self) -> bool {
        self.least.is_some_and(|least| least > 0) || self.most.is_some_and(|most| most < 0)
    }

    /// Returns the least number of years, `None` when it is not known.
    pub fn least(self) -> Option<Quantity> {
        self.least.map(|days| self.end(days, false))
    }

    /// Returns the greatest number of years, `None` when it is not known.
    pub fn most(self) -> Option<Quantity> {
        self.most.map(|days| self.end(days, true))
    }

    /// Returns the number of years in the middle, `None` when an end is not known.
    pub fn middle(self) -> Option<Quantity> {
        let (least, most) = self.least.zip(self.most)?;
        Some(self.years(f64::midpoint(f64::from(least), f64::from(most))))
    }

    /// Returns what to sort by: the middle, or the end that is known; what is not known at all comes last.
    pub fn order(self) -> i64 {
        let ends = self.least.or(self.most).zip(self.most.or(self.least));
        ends.map_or(i64::MAX, |(least, most)| i64::from(least) + i64::from(most))
    }

    /// Writes it with its unit: `2 to 4 years`, `up to 2 years`, `1 year`; `5 days` where years would say nothing.
    pub fn in_words(self) -> String {
        match (self.least, self.most) {
            (Some(days), Some(most)) if days == most && days.abs() <= MONTH => {
                let count = usize::try_from(days.abs()).unwrap_or_default();
                let sign = if days < 0 { "−" } else { "" };
                format!("{sign}{}", counted(count, "day", "days"))
            }
            (None, None) => self.to_string(),
            (Some(1..), Some(_)) if self.least().is_some_and(|least| least.value() < 0.5) => {
                // "0 to 2" would say that it may be no time at all.
                let most = self
                    .most()
                    .map_or_else(String::new, |most| most.to_string());
                let unit = if most == "1" { "year" } else { "years" };
                format!("up to {most} {unit}")
            }
            _ => {
                let text = self.to_string();
                let unit = if text == "1" { "year" } else { "years" };
                format!("{text} {unit}")
            }
        }
    }

    fn years(self, days: f64) -> Quantity {
        Quantity::to_place(days / YEAR, self.place)
    }

    /// Rounds an end outwards, so that the years hold all that the days do; a single time is rounded as usual.
    fn end(self, days: i32, is_up: bool) -> Quantity {
        if self.least == self.most {
            return self.years(f64::from(days));
        }
        Quantity::outwards(f64::from(days) / YEAR, self.place, is_up)
    }
}

/// Returns the power of ten of a year in which the time between two dates is told: two decimals between days (0.01 years are 4
/// days), none between years, one otherwise (0.1 years are 37 days).
fn place(from: Span, to: Span) -> i32 {
    if from.days() == Some(1) && to.days() == Some(1) {
        -2
    } else if from.is_years() && to.is_years() {
        0
    } else {
        -1
    }
}

/// Writes the years for people: `2 to 4`, or `3` when both ends round to it. A minus sign, and no hyphen: a spreadsheet
/// would run `-1 to 1` as a formula.
impl fmt::Display for Elapsed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let write = |years: Quantity| years.to_string().replace('-', "−");
        match (self.least().map(write), self.most().map(write)) {
            (Some(least), Some(most)) if least == most => f.write_str(&least),
            (Some(least), Some(most)) => write!(f, "{least} to {most}"),
            (Some(least), None) => write!(f, "at least {least}"),
            (None, Some(most)) => write!(f, "at most {most}"),
            (None, None) => f.write_str("unknown"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;

    fn between(from: &str, to: &str) -> Elapsed {
        let span = |text: &str| Span::from(&text.parse::<Date>().unwrap());
        Elapsed::between(span(from), span(to))
    }

    #[test]
    fn years_are_rounded_to_what_is_known() {
        for (from, to, years) in [
            ("1994", "1997", "2 to 4"),
            ("2007", "2008", "0 to 2"),
            ("1997", "1997", "−1 to 1"),
            ("2008", "2007", "−2 to 0"),
            ("1997", "1994", "−4 to −2"),
            ("1997-05-15", "2007-05-15", "10.00"),
            ("1997-05-15", "2006-03-14", "8.83"),
            ("1997-05-15", "1997-05-15", "0.00"),
            ("1997-05", "2007-05", "9.9 to 10.1"),
            ("1997-05", "2007-05-15", "9.9 to 10.1"),
            ("2006-03-14", "2008", "1.8 to 2.9"),
            ("2000-06", "2001", "0.5 to 1.6"),
            ("2000-Q4", "2001-Q1", "0.0 to 0.5"),
            ("2006-03-14", "2008-Q1", "1.8 to 2.1"),
            ("2007-05-15", "1997-05-15", "−10.00"),
            ("1994", "1997/..", "at least 2"),
            ("1997/..", "1994", "at most −2"),
            ("1997/..", "1998/..", "unknown"),
        ] {
            assert_eq!(between(from, to).to_string(), years, "{from} to {to}");
        }
        assert_eq!(Elapsed::NONE.to_string(), "0");
    }

    #[test]
    fn leap_days_count() {
        let days = |from: &str, to: &str| between(from, to).in_words();
        assert_eq!(days("2000-02-28", "2000-03-01"), "2 days");
        assert_eq!(days("1900-02-28", "1900-03-01"), "1 day");
        assert_eq!(days("1900-03-01", "1900-02-28"), "−1 day");
        assert_eq!(days("2000-01-01", "2001-01-01"), "1.00 years");
        assert_eq!(days("1999", "2000-03"), "up to 1.3 years");
        assert_eq!(days("2007", "2008"), "up to 2 years");
        assert_eq!(days("2007", "2007"), "−1 to 1 years");
    }

    #[test]
    fn the_order_is_certain_when_all_of_the_time_has_one_sign() {
        for (from, to, is_certain) in [
            ("2007", "2008", true),
            ("2008", "2007", true),
            ("2007-12-31", "2008-01-01", true),
            ("2007", "2007-05", false),
            ("2007-05-15", "2007-05-15", false),
            ("2007", "2008/..", true),
            ("2007/..", "2008", false),
            ("2007/..", "2006", true),
        ] {
            let elapsed = between(from, to);
            assert_eq!(elapsed.is_certain_order(), is_certain, "{from} to {to}");
        }
    }

    #[test]
    fn the_middle_stands_for_the_interval_and_sorts_it() {
        let middle = |from: &str, to: &str| between(from, to).middle().map(|q| q.to_string());
        assert_eq!(middle("1994", "1997").as_deref(), Some("3"));
        assert_eq!(middle("1997", "1997").as_deref(), Some("0"));
        assert_eq!(middle("1994", "1997/.."), None);
        let mut all = [
            between("1994", "1997/.."),
            between("1997/..", "1998/.."),
            between("1994", "1993"),
            between("1994", "1995"),
        ];
        all.sort_by_key(|elapsed| elapsed.order());
        let all = all.map(|elapsed| elapsed.to_string());
        assert_eq!(all, ["−2 to 0", "0 to 2", "at least 2", "unknown"]);
    }

    #[test]
    fn what_cannot_be_negative_begins_at_zero() {
        assert_eq!(between("1995", "1995").forward().to_string(), "0 to 1");
        assert_eq!(between("1995", "1998").forward().to_string(), "2 to 4");
        assert_eq!(between("1995/..", "1998").forward().to_string(), "0 to 4");
        let open = between("1995/..", "1998/..").forward();
        assert_eq!(open.in_words(), "at least 0 years");
    }
}
