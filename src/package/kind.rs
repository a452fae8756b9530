//! The types of Table Schema: what cells of a column hold.

use serde_json::{Map, Value};

use crate::base::Date;

/// What the cells of a column hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text(Format),
    /// A number: the sign before its decimals, the sign between groups of digits, whether nothing else may stand in it.
    Number(char, Option<char>, bool),
    /// A whole number: the sign between groups of digits, whether nothing else may stand in it.
    Integer(Option<char>, bool),
    /// Yes or no: the words for each.
    Truth(Vec<String>, Vec<String>),
    /// A day of the calendar.
    Date,
    /// A time of the day.
    Time,
    /// A day and a time.
    Moment,
    /// A year.
    Year,
    /// A month of a year.
    Month,
    /// A length of time, after ISO 8601.
    Duration,
    /// JSON: an object.
    Object,
    /// JSON: an array.
    Array,
    /// Longitude and latitude.
    Point,
    /// Anything.
    Any,
}

/// The forms of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Any.
    Plain,
    /// An address of mail.
    Email,
    /// A URI.
    Uri,
    /// A UUID.
    Uuid,
}

impl Kind {
    /// Returns the type of a name, with what the field says of it; `None` when there is none of that name.
    pub(super) fn of(name: &str, field: &Map<String, Value>) -> Option<Self> {
        let text = |member: &str| field.get(member).and_then(Value::as_str);
        let sign = |member: &str| text(member).and_then(|text| text.chars().next());
        let is_bare = field
            .get("bareNumber")
            .and_then(Value::as_bool)
            .unwrap_or(true);
        let words = |member: &str, usual: [&str; 4]| {
            let own = field.get(member).and_then(Value::as_array);
            let own = own.map(|own| {
                own.iter()
                    .filter_map(Value::as_str)
                    .map(Into::into)
                    .collect()
            });
            own.unwrap_or_else(|| usual.map(Into::into).into())
        };
        Some(match name {
            "string" => Self::Text(match text("format") {
                Some("email") => Format::Email,
                Some("uri") => Format::Uri,
                Some("uuid") => Format::Uuid,
                Some(_) | None => Format::Plain,
            }),
            "number" => Self::Number(
                sign("decimalChar").unwrap_or('.'),
                sign("groupChar"),
                is_bare,
            ),
            "integer" => Self::Integer(sign("groupChar"), is_bare),
            "boolean" => Self::Truth(
                words("trueValues", ["true", "True", "TRUE", "1"]),
                words("falseValues", ["false", "False", "FALSE", "0"]),
            ),
            // Other ways to write days and times are not looked at.
            "date" | "time" | "datetime"
                if text("format").is_some_and(|format| format != "default") =>
            {
                Self::Any
            }
            "date" => Self::Date,
            "time" => Self::Time,
            "datetime" => Self::Moment,
            "year" => Self::Year,
            "yearmonth" => Self::Month,
            "duration" => Self::Duration,
            "object" | "geojson" => Self::Object,
            "array" => Self::Array,
            "geopoint" if text("format").is_none_or(|format| format == "default") => Self::Point,
            "list" | "geopoint" | "any" => Self::Any,
            _ => return None,
        })
    }

    /// Says what a cell must hold.
    pub fn wanted(&self) -> &'static str {
        match self {
            Self::Text(Format::Plain) => "a text",
            Self::Text(Format::Email) => "an e-mail address",
            Self::Text(Format::Uri) => "a URI",
            Self::Text(Format::Uuid) => "a UUID",
            Self::Number(..) => "a number",
            Self::Integer(..) => "a whole number",
            Self::Truth(..) => "true or false",
            Self::Date => "a day such as 1997-05-15",
            Self::Time => "a time such as 15:04:05",
            Self::Moment => "a day and a time such as 1997-05-15T15:04:05",
            Self::Year => "a year such as 1997",
            Self::Month => "a month such as 1997-05",
            Self::Duration => "a duration such as P1Y6M",
            Self::Object => "a JSON object",
            Self::Array => "a JSON array",
            Self::Point => "longitude and latitude such as 9.05, 48.52",
            Self::Any => "anything",
        }
    }

    /// Says whether its values are numbers.
    pub fn is_number(&self) -> bool {
        matches!(self, Self::Number(..) | Self::Integer(..) | Self::Year)
    }

    /// Says whether one of its values is before another. That of durations depends on the days of a month; what is written in a way of
    /// its own is not compared.
    pub(super) fn has_order(&self) -> bool {
        match self {
            Self::Number(..)
            | Self::Integer(..)
            | Self::Date
            | Self::Time
            | Self::Moment
            | Self::Year
            | Self::Month => true,
            Self::Text(_)
            | Self::Truth(..)
            | Self::Duration
            | Self::Object
            | Self::Array
            | Self::Point
            | Self::Any => false,
        }
    }

    /// Says whether a cell holds a value of the type.
    pub fn holds(&self, cell: &str) -> bool {
        match self {
            Self::Text(Format::Plain) | Self::Any => true,
            Self::Text(Format::Email) => {
                let parts = cell.split_once('@');
                parts.is_some_and(|(name, host)| {
                    !name.is_empty() && host.contains('.') && !cell.contains(' ')
                })
            }
            Self::Text(Format::Uri) => cell.split_once(':').is_some_and(|(scheme, rest)| {
                let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
                let is_sign = |c: char| c.is_ascii_alphanumeric() || "+.-".contains(c);
                is_scheme && scheme.chars().all(is_sign) && !rest.is_empty() && !cell.contains(' ')
            }),
            Self::Text(Format::Uuid) => {
                let lengths: Vec<usize> = cell.split('-').map(str::len).collect();
                let is_digit = |c: char| c.is_ascii_hexdigit() || c == '-';
                lengths == [8, 4, 4, 4, 12] && cell.chars().all(is_digit)
            }
            Self::Number(..) | Self::Integer(..) => self.number(cell).is_some(),
            Self::Truth(yes, no) => yes.iter().chain(no).any(|word| word == cell),
            Self::Date => is_day(cell),
            Self::Time => is_time(cell),
            Self::Moment => cell
                .split_once('T')
                .is_some_and(|(day, time)| is_day(day) && is_time(time)),
            Self::Year => cell.len() == 4 && cell.bytes().all(|byte| byte.is_ascii_digit()),
            Self::Month => cell.len() == 7 && cell.parse::<Date>().is_ok() && !cell.contains('Q'),
            Self::Duration => is_duration(cell),
            Self::Object => serde_json::from_str::<Map<String, Value>>(cell).is_ok(),
            Self::Array => serde_json::from_str::<Vec<Value>>(cell).is_ok(),
            Self::Point => cell.split_once(',').is_some_and(|(longitude, latitude)| {
                let within = |text: &str, most: f64| {
                    text.trim()
                        .parse::<f64>()
                        .is_ok_and(|degrees| degrees.abs() <= most)
                };
                within(longitude, 180.0) && within(latitude, 90.0)
            }),
        }
    }

    /// Reads a number; `None` when the cell holds none of the type.
    pub(super) fn number(&self, cell: &str) -> Option<f64> {
        let (decimal, group, is_bare, is_whole) = match self {
            Self::Number(decimal, group, is_bare) => (*decimal, *group, *is_bare, false),
            Self::Integer(group, is_bare) => ('.', *group, *is_bare, true),
            Self::Year => ('.', None, true, true),
            Self::Text(_)
            | Self::Truth(..)
            | Self::Date
            | Self::Time
            | Self::Moment
            | Self::Month
            | Self::Duration
            | Self::Object
            | Self::Array
            | Self::Point
            | Self::Any => return None,
        };
        let mut text = cell.trim_ascii();
        if !is_bare {
            let is_part = |c: char| c.is_ascii_digit() || "+-.".contains(c);
            text = text.trim_matches(|c| !is_part(c) && c != decimal);
        }
        let plain: String;
        if decimal != '.' && group != Some('.') && text.contains('.') {
            return None;
        }
        if group.is_some() || decimal != '.' {
            let digits = text.chars().filter(|c| Some(*c) != group);
            plain = digits.map(|c| if c == decimal { '.' } else { c }).collect();
            text = &plain;
        }
        if !is_whole && matches!(text, "NaN" | "INF" | "-INF") {
            return Some(f64::NAN);
        }
        let is_sign = |byte: u8| {
            byte.is_ascii_digit()
                || matches!(byte, b'+' | b'-')
                || (!is_whole && matches!(byte, b'.' | b'e' | b'E'))
        };
        let number = text.bytes().all(is_sign).then(|| text.parse().ok());
        number.flatten()
    }
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<Date>().is_ok()
}

fn is_time(text: &str) -> bool {
    let (clock, zone) = match text.find(['Z', '+']) {
        Some(place) => text.split_at(place),
        None => (text, ""),
    };
    let clock = clock.split_once('.').map_or(clock, |(clock, _)| clock);
    let parts: Vec<&str> = clock.split(':').collect();
    let within =
        |text: &&str, most: u8| text.len() == 2 && text.parse().is_ok_and(|part: u8| part <= most);
    let is_clock = match parts.as_slice() {
        [hour, minute, second] => within(hour, 23) && within(minute, 59) && within(second, 59),
        _ => false,
    };
    is_clock && (zone.len() <= 1 || zone.len() == 6)
}

fn is_duration(text: &str) -> bool {
    let Some(rest) = text.trim_start_matches(['-', '+']).strip_prefix('P') else {
        return false;
    };
    let is_sign = |c: char| c.is_ascii_digit() || "YMWDTHS.".contains(c);
    rest.contains(|c: char| c.is_ascii_digit())
        && rest.chars().all(is_sign)
        && !rest.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_values_of_their_type() {
        let kinds = |json: &str| {
            let field: Map<String, Value> = serde_json::from_str(json).unwrap();
            let name = field.get("type").and_then(Value::as_str).unwrap();
            Kind::of(name, &field).unwrap()
        };
        for (json, good, bad) in [
            (
                r#"{"type": "integer"}"#,
                vec!["0", "-7", "+3"],
                vec!["1.0", "x", "1e3"],
            ),
            (
                r#"{"type": "number"}"#,
                vec!["1.5", "-2", "1e3", "NaN", "INF"],
                vec!["1,5", "inf", "12 %", ""],
            ),
            (
                r#"{"type": "number", "decimalChar": ",", "groupChar": "."}"#,
                vec!["1.234,5"],
                vec!["a"],
            ),
            (
                r#"{"type": "number", "bareNumber": false}"#,
                vec!["12 %", "€ 5.5"],
                vec!["%"],
            ),
            (
                r#"{"type": "boolean"}"#,
                vec!["true", "0"],
                vec!["yes", "TrUe"],
            ),
            (
                r#"{"type": "date"}"#,
                vec!["2024-02-29"],
                vec!["2023-02-29", "2024", "24-01-01"],
            ),
            (
                r#"{"type": "time"}"#,
                vec!["15:04:05"],
                vec!["25:00:00", "15:04"],
            ),
            (
                r#"{"type": "datetime"}"#,
                vec!["2024-02-29T15:04:05Z"],
                vec!["2024-02-29 15:04:05"],
            ),
            (r#"{"type": "year"}"#, vec!["1997"], vec!["97", "19 97"]),
            (
                r#"{"type": "yearmonth"}"#,
                vec!["1997-05"],
                vec!["1997-13", "1997-Q1"],
            ),
            (
                r#"{"type": "duration"}"#,
                vec!["P1Y2M", "PT3.5S"],
                vec!["1Y", "P", "P1"],
            ),
            (r#"{"type": "object"}"#, vec!["{}"], vec!["[]", "{"]),
            (r#"{"type": "array"}"#, vec!["[1]"], vec!["{}"]),
            (
                r#"{"type": "geopoint"}"#,
                vec!["9.05, 48.52"],
                vec!["200, 1", "9"],
            ),
            (
                r#"{"type": "string", "format": "email"}"#,
                vec!["a@b.de"],
                vec!["a@b", "@b.de"],
            ),
            (
                r#"{"type": "string", "format": "uri"}"#,
                vec!["http://x.org"],
                vec!["x.org", "1:x"],
            ),
            (r#"{"type": "any"}"#, vec!["?"], vec![]),
        ] {
            let kind = kinds(json);
            assert!(good.iter().all(|cell| kind.holds(cell)), "{json}");
            assert!(!bad.iter().any(|cell| kind.holds(cell)), "{json}");
        }
    }
}
