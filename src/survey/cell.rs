//! Reads single cells: an answer, a weight, a count.

use std::borrow::Cow;

use crate::scan::unquoted;

use super::reason::Reason;
use super::text::decoded;

/// What stands where an answer is not available.
const NOT_AVAILABLE: [&str; 9] = ["na", "n/a", "#n/a", "null", "none", "nan", "-", ".", "\\n"];

/// Returns the text of a field without quotes and without blanks around it; what is not UTF-8 is read as Windows-1252.
pub(super) fn text(field: &[u8]) -> String {
    let plain = unquoted(field);
    decoded(&plain).0.trim().to_owned()
}

/// Reads a number; a decimal comma is one where fields are not separated by commas.
fn number(text: &str, delimiter: u8) -> Option<f64> {
    let with_point = if delimiter == b',' {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.replace(',', "."))
    };
    // `inf` and `nan` are no numbers that anybody answers.
    let looks_like_one = with_point.ends_with(|c: char| c.is_ascii_digit() || c == '.');
    let number = with_point.parse::<f64>().ok().filter(|_| looks_like_one)?;
    number.is_finite().then_some(number)
}

fn is_whole(number: f64) -> bool {
    number.fract().abs() < f64::EPSILON
}

/// Reads an answer: a whole number on the scale, however it is written.
///
/// # Errors
/// The reason why there is none.
pub(super) fn answer(
    field: &[u8],
    (least, most): (i32, i32),
    delimiter: u8,
) -> Result<i32, Reason> {
    let text = text(field);
    if text.is_empty() {
        return Err(Reason::Blank);
    }
    let Some(number) = number(&text, delimiter) else {
        let folded = text.to_ascii_lowercase();
        return Err(if NOT_AVAILABLE.contains(&folded.as_str()) {
            Reason::NotAvailable
        } else {
            Reason::NotANumber
        });
    };
    // Minus zero is zero.
    let number = number + 0.0;
    let mut answers = (least..=most).filter(|answer| f64::from(*answer).total_cmp(&number).is_eq());
    answers.next().ok_or(if is_whole(number) {
        Reason::OutOfRange
    } else {
        Reason::NotWhole
    })
}

/// Reads a weight, 0 or more.
pub(super) fn weight(field: &[u8], delimiter: u8) -> Option<f64> {
    number(&text(field), delimiter).filter(|weight| *weight >= 0.0)
}

/// Reads a count, also one written with decimals.
pub(super) fn count(field: &[u8], delimiter: u8) -> Option<i64> {
    let text = text(field);
    if let Ok(count) = text.parse::<i64>() {
        return (count >= 0).then_some(count);
    }
    // Some engines write whole sums as `12.0`.
    let count = number(&text, delimiter).filter(|count| is_whole(*count) && *count >= 0.0)?;
    format!("{count:.0}").parse().ok()
}
