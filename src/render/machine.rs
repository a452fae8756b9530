//! Values as data tools read them: keys, full numbers, ISO dates.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::base::{Citation, Value};

/// Writes a value in full; Missing is empty.
pub(super) fn plain<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::Missing => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Code { key, .. } => Cow::Borrowed(key),
        Value::Number(number, _) => number.to_string().into(),
        Value::Date(date) => Cow::Borrowed(date.as_str()),
        Value::Day(day) => day.to_string().into(),
        Value::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        Value::List(items) => items.join("; ").into(),
        Value::Cites(citations) => cites(citations).into(),
    }
}

/// Writes citations as Pandoc reads them: `[@perez2024, Table 2, row 2007; @mesbah2025, III-2.1]`.
///
/// The brackets make them ready to paste, and keep a spreadsheet from taking `@` for a formula.
pub(super) fn cites(citations: &[Citation<'_>]) -> String {
    let mut text = String::from("[");
    for (index, citation) in citations.iter().enumerate() {
        let gap = if index == 0 { "" } else { "; " };
        // A String takes every write.
        let _ = write!(text, "{gap}@{citation}");
    }
    text.push(']');
    text
}
