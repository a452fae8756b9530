//! A condition on a field: `field op value`, typed by the field.

use std::cmp::Ordering;

use crate::base::fold::fold;
use crate::base::{Complaint, Date, Invalid, Quantity, Relation, Type, Value};
use crate::report::{Column, Row};

use super::{column, texts, value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Op {
    Eq,
    Ne,
    Lt,
    Le,
    Gt,
    Ge,
    Contains,
}

impl Op {
    /// The signs, the longer ones first so that `<=` is not read as `<`.
    const SIGNS: [(&'static str, Self); 7] = [
        ("!=", Self::Ne),
        ("<=", Self::Le),
        (">=", Self::Ge),
        ("=", Self::Eq),
        ("<", Self::Lt),
        (">", Self::Gt),
        ("~", Self::Contains),
    ];

    fn orders(self) -> bool {
        match self {
            Self::Lt | Self::Le | Self::Gt | Self::Ge => true,
            Self::Eq | Self::Ne | Self::Contains => false,
        }
    }

    fn allows(self, ordering: Ordering) -> bool {
        match self {
            Self::Eq | Self::Contains => ordering == Ordering::Equal,
            Self::Ne => ordering != Ordering::Equal,
            Self::Lt => ordering == Ordering::Less,
            Self::Le => ordering != Ordering::Greater,
            Self::Gt => ordering == Ordering::Greater,
            Self::Ge => ordering != Ordering::Less,
        }
    }
}

/// What a condition compares with, typed by its field.
enum Literal {
    Missing,
    Text(String),
    Number(Quantity),
    Date(Date),
}

/// One condition.
pub(super) struct Condition {
    column: usize,
    op: Op,
    literal: Literal,
}

impl Condition {
    /// Reads a condition on one of the columns.
    pub(super) fn parse(text: &str, columns: &[Column]) -> Result<Self, Complaint> {
        let at = text.find(['=', '!', '<', '>', '~']);
        let (field, rest) = text.split_at(at.unwrap_or(text.len()));
        let mut signs = Op::SIGNS.iter();
        let Some((sign, op)) = signs.find(|(sign, _)| rest.starts_with(sign)) else {
            return Err(
                Complaint::new(format!("no operator in the condition `{text}`"))
                    .hint("write 'field op value' with one of = != < <= > >= ~"),
            );
        };
        let literal = rest.strip_prefix(sign).unwrap_or_default();
        if literal.starts_with(['=', '!', '<', '>', '~']) {
            let sign: String = rest.chars().take(sign.len() + 1).collect();
            return Err(
                Complaint::new(format!("unknown operator `{sign}` in `{text}`"))
                    .hint("the operators are = != < <= > >= ~"),
            );
        }
        let index = column(columns, field)?;
        let kind = columns.get(index).map_or(Type::Text, |column| column.kind);
        let literal = literal.trim();
        let bare = ['"', '\'']
            .iter()
            .find_map(|quote| literal.strip_prefix(*quote)?.strip_suffix(*quote));
        let literal = typed(bare.unwrap_or(literal), kind, *op).map_err(|wanted| {
            let complaint = Complaint::new(format!("`{}` in `{text}` {wanted}", field.trim()));
            match kind {
                Type::Code(keys) => complaint.hint(format!("the values are {}", keys.join(", "))),
                _ => complaint,
            }
        })?;
        Ok(Self {
            column: index,
            op: *op,
            literal,
        })
    }

    /// Returns the place of its column.
    pub(super) fn column(&self) -> usize {
        self.column
    }

    /// Says whether a row meets it.
    pub(super) fn holds(&self, row: &Row<'_>) -> bool {
        self.meets(value(row, self.column))
    }

    /// Says whether a value meets it. A missing one meets only `!=` and being missing.
    pub(super) fn meets(&self, value: &Value<'_>) -> bool {
        match (&self.literal, value) {
            (Literal::Missing, value) => value.is_missing() == (self.op == Op::Eq),
            (_, Value::Missing) => self.op == Op::Ne,
            (Literal::Number(literal), Value::Number(number, relation)) => {
                self.holds_for_number(*number, *relation, *literal)
            }
            (Literal::Date(literal), Value::Date(date)) => self.holds_for_date(date, literal),
            (Literal::Date(literal), Value::Day(day)) => {
                self.holds_for_date(&Date::from(*day), literal)
            }
            (Literal::Text(literal), value) => self.holds_for_text(value, literal),
            (Literal::Number(_) | Literal::Date(_), _) => false,
        }
    }

    /// A date equals a literal that contains it; it comes before or after when all of it does.
    fn holds_for_date(&self, date: &Date, literal: &Date) -> bool {
        match self.op {
            Op::Eq | Op::Contains => literal.contains(date),
            Op::Ne => !literal.contains(date),
            Op::Lt => date.is_before(literal),
            Op::Gt => literal.is_before(date),
            Op::Le => date.cmp_last(literal) != Ordering::Greater,
            Op::Ge => date.first() >= literal.first(),
        }
    }

    /// A number that is only a bound meets `<` and its like when every value that it allows does: "more than 310"
    /// is greater than 310. It equals the number printed.
    fn holds_for_number(&self, number: Quantity, relation: Relation, literal: Quantity) -> bool {
        let ordering = number.value().total_cmp(&literal.value());
        match (self.op, relation) {
            (Op::Gt, Relation::Gt) => ordering.is_ge(),
            (Op::Lt, Relation::Lt) => ordering.is_le(),
            (Op::Gt | Op::Ge, Relation::Lt | Relation::Le)
            | (Op::Lt | Op::Le, Relation::Gt | Relation::Ge) => false,
            _ => self.op.allows(ordering),
        }
    }

    fn holds_for_text(&self, value: &Value<'_>, literal: &str) -> bool {
        let texts = texts(value);
        let mut folded = texts.iter().map(|text| fold(text));
        match self.op {
            Op::Contains => folded.any(|text| text.contains(literal)),
            Op::Eq => folded.any(|text| text == literal),
            Op::Ne => !folded.any(|text| text == literal),
            Op::Lt | Op::Le | Op::Gt | Op::Ge => folded
                .next()
                .is_some_and(|text| self.op.allows((*text).cmp(literal))),
        }
    }
}

/// Reads a literal as the type of its field, or says what the field wants.
fn typed(literal: &str, kind: Type, op: Op) -> Result<Literal, String> {
    if literal.is_empty() && !op.orders() {
        return Ok(Literal::Missing);
    }
    let must = |invalid: Invalid| {
        format!(
            "must be compared with {}, found `{literal}`",
            invalid.wanted
        )
    };
    // A citation may be written as files and as tables print it.
    let written = match kind {
        Type::Cites => literal.trim_matches(['[', ']', '@']),
        _ => literal,
    };
    let text = || Literal::Text(fold(written).into_owned());
    match kind {
        Type::Text => Ok(text()),
        _ if op == Op::Contains => Ok(text()),
        Type::Number => literal.parse().map(Literal::Number).map_err(must),
        Type::Date => literal.parse().map(Literal::Date).map_err(must),
        Type::Code(_) | Type::Truth | Type::List | Type::Cites if op.orders() => {
            Err("has no order: use =, != or ~".into())
        }
        Type::Code(keys) if !keys.iter().any(|key| fold(key) == fold(literal)) => {
            Err(format!("is never `{literal}`"))
        }
        Type::Truth if !matches!(literal, "true" | "false") => {
            Err(format!("is true or false, found `{literal}`"))
        }
        Type::Code(_) | Type::Truth | Type::List | Type::Cites => Ok(text()),
    }
}
