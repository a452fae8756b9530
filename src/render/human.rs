//! Values as people read them: labels, grouped and scaled numbers, hedges.

use std::borrow::Cow;

use crate::base::{Citation, Quantity, Relation, Type, Value};
use crate::report::{Cell, Mark};

/// What stands for a number or a date that is not known.
const MISSING: &str = "–";

/// The names of large powers of ten.
const SCALES: [(i32, &str); 3] = [(12, "trillion"), (9, "billion"), (6, "million")];

/// Writes a cell with its footnote mark. A number or date that is missing is a dash; other cells are empty.
pub(super) fn cell<'c>(cell: &'c Cell<'_>, kind: Type) -> Cow<'c, str> {
    let text = match &cell.value {
        Value::Missing if matches!(kind, Type::Number | Type::Date) => Cow::Borrowed(MISSING),
        value => self::value(value),
    };
    match cell.mark {
        Some(mark) => format!("{text}{}", mark.sign()).into(),
        None => text,
    }
}

fn value<'v>(value: &'v Value<'_>) -> Cow<'v, str> {
    match value {
        Value::Missing => Cow::Borrowed(""),
        Value::Text(text) => Cow::Borrowed(text),
        Value::Code { label, .. } => Cow::Borrowed(label),
        Value::Number(number, relation) => hedged(*number, *relation).into(),
        Value::Date(date) => Cow::Borrowed(date.as_str()),
        Value::Day(day) => day.to_string().into(),
        Value::Truth(truth) => Cow::Borrowed(if *truth { "yes" } else { "no" }),
        Value::List(items) => items.join("; ").into(),
        Value::Cites(citations) => cited(citations).into(),
        Value::Phrase(parts) => parts
            .iter()
            .map(self::value)
            .collect::<Vec<_>>()
            .join(" ")
            .into(),
    }
}

/// Writes `perez2024, Table 1, row 1994 and Section 4; mesbah2025, III-1.1`: each source once.
fn cited(citations: &[Citation<'_>]) -> String {
    let mut text = String::new();
    let mut before = None;
    for Citation { source, locator } in citations {
        let gap = match (before, locator) {
            (None, _) => "",
            (Some(same), Some(_)) if same == source => " and ",
            (Some(_), _) => "; ",
        };
        text.push_str(gap);
        if gap != " and " {
            text.push_str(source);
            text.push_str(if locator.is_some() { ", " } else { "" });
        }
        text.push_str(locator.unwrap_or_default());
        before = Some(source);
    }
    text
}

/// Returns the line that explains a mark.
pub(super) fn legend(mark: Mark) -> String {
    format!("{} {}", mark.sign(), mark.meaning())
}

fn hedged(number: Quantity, relation: Relation) -> String {
    match relation {
        Relation::Eq => scaled(number),
        Relation::Gt | Relation::Ge | Relation::Lt | Relation::Le | Relation::Approx => {
            format!("{} {}", relation.label(), scaled(number))
        }
    }
}

/// Writes `1.84 trillion`, `310 million`, `470,000`, `4.2`: every printed digit, none that was not printed.
pub(super) fn scaled(number: Quantity) -> String {
    for (power, name) in SCALES {
        let decimals = power - number.place();
        let unit = 10f64.powi(power);
        if number.value().abs() >= unit && (0..=3).contains(&decimals) {
            let decimals = usize::try_from(decimals).unwrap_or_default();
            return format!("{:.decimals$} {name}", number.value() / unit);
        }
    }
    grouped(&number.to_string())
}

/// Puts a comma between groups of three digits before the point.
fn grouped(plain: &str) -> String {
    let (whole, fraction) = match plain.find('.') {
        Some(point) => plain.split_at(point),
        None => (plain, ""),
    };
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", whole),
    };
    let mut text = String::from(sign);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text.push_str(fraction);
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Citations;

    #[test]
    fn numbers_keep_their_digits() {
        for (written, shown) in [
            ("1.84e12", "1.84 trillion"),
            ("310e6", "310 million"),
            ("260.3e6", "260.3 million"),
            ("6.1e9", "6.1 billion"),
            ("470000", "470,000"),
            ("1234567", "1,234,567"),
            ("-1234.50", "-1,234.50"),
            ("62", "62"),
            ("0.05", "0.05"),
        ] {
            assert_eq!(scaled(written.parse().unwrap()), shown);
        }
        assert_eq!(
            hedged("310e6".parse().unwrap(), Relation::Gt),
            "> 310 million"
        );
    }

    #[test]
    fn each_source_is_named_once() {
        let citations: Citations = "@a, T1; @a, T2; @b; @a, T3".parse().unwrap();
        assert_eq!(
            cited(&citations.iter().collect::<Vec<_>>()),
            "a, T1 and T2; b; a, T3"
        );
    }
}
