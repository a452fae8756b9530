//! The days that something dated may mean: one date, several claims to it, or the earliest of several dates.

use std::fmt;

use super::{Date, Day};

/// A first and a last day, `None` for no end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first day.
    pub first: Day,
    /// The last day, `None` for no end.
    pub last: Option<Day>,
}

impl Span {
    /// Returns the days that one of the spans may mean, whichever is right; `None` of none.
    pub fn hull(spans: impl IntoIterator<Item = Self>) -> Option<Self> {
        spans.into_iter().reduce(|so_far, span| Self {
            first: so_far.first.min(span.first),
            last: so_far.last.zip(span.last).map(|(last, own)| last.max(own)),
        })
    }

    /// Returns the days on which the first of several things may have happened; `None` of none.
    pub fn earliest(spans: impl IntoIterator<Item = Self>) -> Option<Self> {
        spans.into_iter().reduce(|so_far, span| Self {
            first: so_far.first.min(span.first),
            last: so_far.last.into_iter().chain(span.last).min(),
        })
    }

    /// Says whether all of the span comes before all of another.
    pub fn is_before(self, other: Self) -> bool {
        self.last.is_some_and(|last| last < other.first)
    }

    /// Says whether it begins with a year and ends with one, if it ends.
    pub fn is_years(self) -> bool {
        let ends = self
            .last
            .is_none_or(|last| (last.month, last.day) == (12, 31));
        ends && (self.first.month, self.first.day) == (1, 1)
    }

    /// Returns the number of days in it, `None` without an end.
    pub fn days(self) -> Option<i32> {
        self.last
            .map(|last| last.number() - self.first.number() + 1)
    }
}

/// "About" is as much earlier or later as the date is long: about 2000 is 1999 to 2001.
impl From<&Date> for Span {
    fn from(date: &Date) -> Self {
        let exact = Self {
            first: date.first(),
            last: date.last(),
        };
        let Some(days) = exact.days().filter(|_| date.is_about()) else {
            return exact;
        };
        let moved = |day: Day, by: i32| Day::of_number(day.number() + by).unwrap_or(day);
        Self {
            first: moved(exact.first, -days),
            last: exact.last.map(|last| moved(last, days)),
        }
    }
}

/// Writes the span as [`Date`] reads it, in years or months where both ends are those of one.
impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (first, last) = (self.first, self.last);
        let is_months = first.day == 1 && last.is_none_or(Day::is_last_of_month);
        let is_years = self.is_years();
        let write = |day: Day| match day {
            Day { year, .. } if is_years => format!("{year:04}"),
            Day { year, month, .. } if is_months => format!("{year:04}-{month:02}"),
            day => day.to_string(),
        };
        let first = write(first);
        match last.map(write) {
            None => write!(f, "{first}/.."),
            Some(last) if last == first => f.write_str(&first),
            Some(last) => write!(f, "{first}/{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(text: &str) -> Span {
        Span::from(&text.parse::<Date>().unwrap())
    }

    #[test]
    fn is_written_as_a_date_that_reads_back() {
        for (text, written) in [
            ("1997", "1997"),
            ("1990/1993", "1990/1993"),
            ("1997-02", "1997-02"),
            ("2023-Q4", "2023-10/2023-12"),
            ("1995-01-01/1995-07-16", "1995-01-01/1995-07-16"),
            ("1997-05-15", "1997-05-15"),
            ("2001~", "2000-01-02/2002-12-31"),
            ("2022/..", "2022/.."),
            ("2022-03-02/..", "2022-03-02/.."),
        ] {
            assert_eq!(span(text).to_string(), written);
            assert_eq!(span(written), span(text));
        }
    }

    #[test]
    fn joins_claims_and_finds_the_earliest() {
        let all = |texts: &[&str]| -> Vec<Span> { texts.iter().map(|text| span(text)).collect() };
        for (texts, hull, earliest) in [
            (&["1990", "1993"][..], "1990/1993", "1990"),
            (&["1993", "1990"], "1990/1993", "1990"),
            (&["1995", "1995-07-16"], "1995", "1995-01-01/1995-07-16"),
            (&["1997/..", "1999"], "1997/..", "1997/1999"),
            (&["1997/..", "1998/.."], "1997/..", "1997/.."),
        ] {
            assert_eq!(Span::hull(all(texts)), Some(span(hull)));
            assert_eq!(Span::earliest(all(texts)), Some(span(earliest)));
        }
        assert_eq!(Span::hull([]), None);
        assert_eq!(Span::earliest([]), None);
    }

    #[test]
    fn knows_before_and_how_long() {
        assert!(span("1997").is_before(span("1998-01-01")));
        assert!(!span("1997").is_before(span("1997-12-31")));
        assert!(!span("1997/..").is_before(span("2020")));
        let days = ["1996", "1997-02", "1997-02-03", "1997/.."].map(|text| span(text).days());
        assert_eq!(days, [Some(366), Some(28), Some(1), None]);
    }
}
