//! Dates as sources print them: a year, a quarter, a month, a day, or an interval of these.
//!
//! The notation is a subset of the Extended Date/Time Format (EDTF, ISO 8601-2:2019, levels 0 and 1) with
//! quarters written `2023-Q4`, because EDTF's own `2023-36` reads like a month.

use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::day::{Day, days_in};
use super::{Invalid, Text};

/// A date with the precision of its source, kept as written.
///
/// Ordered by the first day that it may mean, then by the last.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(try_from = "Text")]
pub struct Date {
    text: Text,
    first: Day,
    last: Option<Day>,
}

impl Date {
    /// Borrows the date as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the first day that the date may mean.
    pub fn first(&self) -> Day {
        self.first
    }

    /// Returns the last day that the date may mean, `None` for an interval without an end.
    pub fn last(&self) -> Option<Day> {
        self.last
    }

    /// Says whether the source says "about".
    pub fn is_about(&self) -> bool {
        self.text.ends_with('~')
    }

    /// Says whether both may mean the same day, so that neither contradicts the other.
    pub fn overlaps(&self, other: &Self) -> bool {
        !self.is_before(other) && !other.is_before(self)
    }

    /// Says whether both mean the same days, however they are written: `2020-Q4` and `2020-10/2020-12`.
    pub fn is_same_time(&self, other: &Self) -> bool {
        (self.first, self.last) == (other.first, other.last)
    }

    /// Says whether every day it may mean comes before every day that `other` may mean.
    pub fn is_before(&self, other: &Self) -> bool {
        self.last.is_some_and(|last| last < other.first)
    }

    /// Says whether every day that `other` may mean lies within this date.
    pub fn contains(&self, other: &Self) -> bool {
        self.first <= other.first && cmp_last(other.last, self.last) != Ordering::Greater
    }

    /// Compares the last days that two dates may mean; no end comes after every end.
    pub fn cmp_last(&self, other: &Self) -> Ordering {
        cmp_last(self.last, other.last)
    }
}

impl From<Day> for Date {
    fn from(day: Day) -> Self {
        Self {
            text: day.to_string().into(),
            first: day,
            last: Some(day),
        }
    }
}

fn cmp_last(left: Option<Day>, right: Option<Day>) -> Ordering {
    match (left, right) {
        (None, None) => Ordering::Equal,
        (None, Some(_)) => Ordering::Greater,
        (Some(_), None) => Ordering::Less,
        (Some(left), Some(right)) => left.cmp(&right),
    }
}

impl Ord for Date {
    fn cmp(&self, other: &Self) -> Ordering {
        self.first
            .cmp(&other.first)
            .then_with(|| self.cmp_last(other))
            .then_with(|| self.text.cmp(&other.text))
    }
}

impl PartialOrd for Date {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl TryFrom<Text> for Date {
    type Error = Invalid;

    fn try_from(text: Text) -> Result<Self, Invalid> {
        let is_rewritten = is_rewritten(&text);
        parse(text).ok_or_else(|| {
            Invalid::new("a date").hint(if is_rewritten {
                "a spreadsheet seems to have rewritten it, and may have changed its meaning: look it up in the source, and write \
                 1997, 1997-05 or 1997-05-15 into a column that is formatted as text"
            } else {
                "write 1997, 1997-05, 1997-05-15, 2023-Q4, 2014/2015, 2022/.. or 2016~"
            })
        })
    }
}

impl FromStr for Date {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Text::Owned(text.into()).try_into()
    }
}

fn parse(text: Text) -> Option<Date> {
    // The days themselves: who measures the time between dates allows for "about".
    let plain = text.strip_suffix('~').unwrap_or(&text);
    let (first, last) = match plain.split_once('/') {
        None => {
            let (first, last) = span(plain)?;
            (first, Some(last))
        }
        Some((from, "..")) => (span(from)?.0, None),
        Some((from, to)) => (span(from)?.0, Some(span(to)?.1)),
    };
    if last.is_some_and(|last| last < first) {
        return None;
    }
    Some(Date { text, first, last })
}

/// Says whether a text looks like a date as spreadsheets show it: `15/05/1997`, `15.05.97`, `May-97`, `15-May-1997`, `1997-05-15
/// 00:00:00`, or the number of the day, `35565`.
fn is_rewritten(text: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ];
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let is_month = |part: &str| {
        let start = part.get(..3).unwrap_or_default().to_ascii_lowercase();
        MONTHS.contains(&start.as_str())
    };
    let day = text
        .split_once([' ', 'T'])
        .filter(|(_, time)| time.contains(':'));
    let bare = day.map_or(text, |(day, _)| day);
    let parts: Vec<&str> = bare.split(['/', '.', '-', ' ']).collect();
    match parts.as_slice() {
        [serial] => serial.len() == 5 && is_number(serial),
        [first, second] => is_month(first) && is_number(second),
        [first, second, third] => {
            let has_month = is_number(second) || is_month(second);
            let is_iso = bare.contains('-') && first.len() == 4 && is_number(second);
            is_number(first) && has_month && is_number(third) && (!is_iso || day.is_some())
        }
        _ => false,
    }
}

/// Returns the first and the last day of a year, quarter, month or day.
fn span(text: &str) -> Option<(Day, Day)> {
    let mut parts = text.split('-');
    let year = number(parts.next()?, 4)?;
    let day = |month, day| Day { year, month, day };
    let Some(second) = parts.next() else {
        return Some((day(1, 1), day(12, 31)));
    };
    if let Some(quarter) = second.strip_prefix('Q') {
        let end = match (quarter, parts.next()) {
            ("1", None) => 3,
            ("2", None) => 6,
            ("3", None) => 9,
            ("4", None) => 12,
            _ => return None,
        };
        return Some((day(end - 2, 1), day(end, days_in(year, end))));
    }
    let month = u8::try_from(number(second, 2)?).ok()?;
    if !(1..=12).contains(&month) {
        return None;
    }
    let Some(third) = parts.next() else {
        return Some((day(month, 1), day(month, days_in(year, month))));
    };
    let exact = u8::try_from(number(third, 2)?).ok()?;
    let is_day = (1..=days_in(year, month)).contains(&exact) && parts.next().is_none();
    is_day.then(|| (day(month, exact), day(month, exact)))
}

/// Reads exactly `digits` ASCII digits.
fn number(text: &str, digits: usize) -> Option<u16> {
    let is_plain = text.len() == digits && text.bytes().all(|b| b.is_ascii_digit());
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_that_a_spreadsheet_rewrote_is_told_and_not_guessed() {
        for bad in [
            "15/05/1997",
            "05/15/97",
            "15.05.1997",
            "1997/05/15",
            "15-May-97",
            "May-97",
            "May 1997",
            "1997-05-15 00:00:00",
            "1997-05-15T00:00:00",
            "35565",
        ] {
            let error = bad.parse::<Date>().unwrap_err();
            assert!(error.hint.unwrap().starts_with("a spreadsheet"), "{bad}");
        }
        for bad in ["1997-13-40", "soon", "97", "1997-05-15-16", "2014/2010", ""] {
            let error = bad.parse::<Date>().unwrap_err();
            assert!(error.hint.unwrap().starts_with("write"), "{bad}");
        }
    }

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn ends(text: &str) -> (String, String) {
        let date = date(text);
        let last = date.last().map_or(String::new(), |day| day.to_string());
        (date.first().to_string(), last)
    }

    #[test]
    fn reads_every_form() {
        for (text, first, last) in [
            ("1997", "1997-01-01", "1997-12-31"),
            ("1997-05", "1997-05-01", "1997-05-31"),
            ("2000-02", "2000-02-01", "2000-02-29"),
            ("1900-02", "1900-02-01", "1900-02-28"),
            ("1997-05-15", "1997-05-15", "1997-05-15"),
            ("2023-Q4", "2023-10-01", "2023-12-31"),
            ("2023-Q1", "2023-01-01", "2023-03-31"),
            ("2014/2015", "2014-01-01", "2015-12-31"),
            ("2022/..", "2022-01-01", ""),
            ("2016~", "2016-01-01", "2016-12-31"),
        ] {
            assert_eq!(ends(text), (first.into(), last.into()), "{text}");
            assert_eq!(date(text).to_string(), text);
        }
        assert!(date("2020-Q4").is_same_time(&date("2020-10/2020-12")));
    }

    #[test]
    fn refuses_what_is_not_a_date() {
        for bad in [
            "",
            "97",
            "1997-13",
            "1997-00",
            "1997-02-29",
            "2001-4-1",
            "1997-Q5",
            "1997-Q1-1",
            "2015/2014",
            "/1997",
            "1997/",
            "1997-05-15-1",
            "May 1997",
            "03/04/2019",
            "+997",
        ] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
    }

    #[test]
    fn knows_before_overlap_and_within() {
        assert!(date("1997").is_before(&date("1998-01")));
        assert!(!date("1997").is_before(&date("1997-05-15")));
        assert!(date("1997").overlaps(&date("1997-05-15")));
        assert!(date("1997").contains(&date("1997-05-15")));
        assert!(!date("1997-05-15").contains(&date("1997")));
        assert!(!date("2022/..").is_before(&date("2030")));
        assert!(date("1997") < date("1997-05-15"));
        assert!(date("1997-01") < date("1997"), "the shorter span first");
    }
}
