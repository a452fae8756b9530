//! The constraints of Table Schema: what cells of a column must meet beyond their type.

use std::cmp::Ordering;

use regex_lite::Regex;
use serde_json::Value;

use super::kind::Kind;

/// Says whether the order of a cell and a bound is right.
type Holds = fn(Ordering) -> bool;

/// What cells of a column must meet.
#[derive(Debug, Default)]
pub struct Constraints {
    /// Something must stand in each.
    pub is_required: bool,
    /// No two are the same.
    pub is_unique: bool,
    /// The fewest characters.
    pub least_length: Option<usize>,
    /// The most characters.
    pub most_length: Option<usize>,
    /// The least value.
    pub minimum: Option<Bound>,
    /// The greatest value.
    pub maximum: Option<Bound>,
    /// What values must be more than.
    pub above: Option<Bound>,
    /// What values must be less than.
    pub below: Option<Bound>,
    /// What the whole text must match.
    pub pattern: Option<Pattern>,
    /// The only values.
    pub one_of: Option<Vec<String>>,
}

/// What a whole text must match.
#[derive(Debug)]
pub struct Pattern {
    /// As the schema has it.
    text: String,
    regex: Regex,
}

/// The pattern of ids. Most columns of casebooks have it, and a regular expression takes ten times as long.
const ID: &str = "[a-z][a-z0-9-]*";

impl Pattern {
    /// Makes one of a regular expression; `None` when it is none.
    pub(super) fn of(text: &str) -> Option<Self> {
        // The patterns of XML Schema match the whole of a value.
        let regex = Regex::new(&format!("^(?:{text})$")).ok()?;
        Some(Self {
            text: text.into(),
            regex,
        })
    }

    /// Says whether a text matches.
    fn holds(&self, text: &str) -> bool {
        if self.text != ID {
            return self.regex.is_match(text);
        }
        let is_sign = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-');
        text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_sign)
    }
}

/// An end of a range of values.
#[derive(Debug, Clone, PartialEq)]
pub enum Bound {
    /// Of numbers.
    Number(f64),
    /// Of what is written so that its order is that of the text.
    Text(String),
}

impl Bound {
    /// Reads a bound of values of a type; `None` when it is none.
    pub(super) fn of(value: &Value, kind: &Kind) -> Option<Self> {
        match value {
            Value::Number(number) if kind.is_number() => number.as_f64().map(Self::Number),
            Value::String(text) if kind.is_number() => kind.number(text).map(Self::Number),
            Value::String(text) if kind.has_order() => {
                kind.holds(text).then(|| Self::Text(text.clone()))
            }
            Value::Null
            | Value::Bool(_)
            | Value::Number(_)
            | Value::String(_)
            | Value::Array(_)
            | Value::Object(_) => None,
        }
    }

    /// Compares a cell with the bound.
    fn compare(&self, cell: &str, kind: &Kind) -> Option<Ordering> {
        match self {
            Self::Number(bound) => kind.number(cell)?.partial_cmp(bound),
            Self::Text(bound) => Some(cell.cmp(bound)),
        }
    }
}

impl std::fmt::Display for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl Constraints {
    /// Returns what a cell, which holds a value of a type, does not meet: it must be so, each without what was found.
    pub fn broken(&self, cell: &str, kind: &Kind) -> Vec<String> {
        let mut broken = Vec::new();
        let length = || cell.chars().count();
        if let Some(least) = self.least_length.filter(|least| length() < *least) {
            broken.push(format!("at least {least} characters long"));
        }
        if let Some(most) = self.most_length.filter(|most| length() > *most) {
            broken.push(format!("at most {most} characters long"));
        }
        let ranges: [(&Option<Bound>, &str, Holds); 4] = [
            (&self.minimum, "at least", Ordering::is_ge),
            (&self.maximum, "at most", Ordering::is_le),
            (&self.above, "more than", Ordering::is_gt),
            (&self.below, "less than", Ordering::is_lt),
        ];
        for (bound, words, holds) in ranges {
            let Some(bound) = bound else { continue };
            if !bound.compare(cell, kind).is_some_and(holds) {
                broken.push(format!("{words} {bound}"));
            }
        }
        if let Some(one_of) = &self.one_of
            && !one_of.iter().any(|value| is_same(value, cell, kind))
        {
            let values: Vec<String> = one_of.iter().map(|value| format!("`{value}`")).collect();
            broken.push(format!("one of {}", values.join(" ")));
        }
        if let Some(pattern) = &self.pattern
            && !pattern.holds(cell)
        {
            broken.push(if pattern.text == ID {
                "an id: lower-case letters, digits and `-`, beginning with a letter".into()
            } else {
                format!("of the form `{}`", pattern.text)
            });
        }
        broken
    }
}

fn is_same(value: &str, cell: &str, kind: &Kind) -> bool {
    let are_both = |words: &[String]| {
        let has = |text: &str| words.iter().any(|word| word == text);
        has(value) && has(cell)
    };
    value == cell
        || matches!(kind, Kind::Truth(yes, no) if are_both(yes) || are_both(no))
        || match (kind.number(value), kind.number(cell)) {
            (Some(value), Some(cell)) => value.total_cmp(&cell).is_eq(),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pattern_of_ids_is_matched_as_its_regular_expression_is() {
        let pattern = Pattern::of(ID).unwrap();
        for text in [
            "a", "a-1", "", "1a", "A", "a b", "é", "aé", "a_b", "a\n", "-a",
        ] {
            assert_eq!(
                pattern.holds(text),
                pattern.regex.is_match(text),
                "{text:?}"
            );
        }
    }

    #[test]
    fn what_is_not_met_is_told() {
        let kind = Kind::Integer(None, true);
        let constraints = Constraints {
            minimum: Some(Bound::Number(2.0)),
            below: Some(Bound::Number(10.0)),
            one_of: Some(vec!["3".into(), "12".into()]),
            most_length: Some(1),
            pattern: Pattern::of("[0-9]"),
            ..Constraints::default()
        };
        assert_eq!(constraints.broken("3", &kind), [""; 0]);
        assert_eq!(
            constraints.broken("12", &kind),
            [
                "at most 1 characters long",
                "less than 10",
                "of the form `[0-9]`"
            ]
        );
        assert_eq!(
            constraints.broken("1", &kind),
            ["at least 2", "one of `3` `12`"]
        );
    }
}
