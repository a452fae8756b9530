//! A field to tabulate by: the values that it takes, in order.

use crate::base::sort::{sort_by, sort_by_key};
use crate::base::{Complaint, Type, Value};
use crate::query;
use crate::report::{Column, Row, Table};

/// The part of a date that counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Whole,
    Year,
    Decade,
}

/// A field to tabulate by.
pub(super) struct Axis {
    place: usize,
    /// The column of its values.
    pub column: Column,
    part: Part,
}

/// The values that an axis takes, each with its key and the words for it, in order.
#[derive(Default)]
pub(super) struct Values {
    /// In order.
    pub all: Vec<(String, String)>,
}

/// Reads `field`, `field:year` or `field:decade`.
pub(super) fn axis(text: &str, table: &Table<'_>) -> Result<Axis, Complaint> {
    let (name, part) = match text.split_once(':') {
        None => (text, Part::Whole),
        Some((name, "year")) => (name, Part::Year),
        Some((name, "decade")) => (name, Part::Decade),
        Some((_, part)) => {
            return Err(Complaint::new(format!("unknown part `{part}` in `{text}`"))
                .hint("a date has the parts `year` and `decade`: date:decade"));
        }
    };
    let place = query::column(&table.columns, name)?;
    let column = table.columns.get(place).cloned();
    let column =
        column.unwrap_or_else(|| Column::new(name.to_owned(), name.to_owned(), Type::Text));
    if part != Part::Whole && column.kind != Type::Date {
        return Err(Complaint::new(format!("`{name}` in `{text}` is no date"))
            .hint(format!("tabulate by `{name}` as it is")));
    }
    let column = match part {
        Part::Whole => column,
        Part::Year => named(&column, "year", "Year"),
        Part::Decade => named(&column, "decade", "Decade"),
    };
    Ok(Axis {
        place,
        column,
        part,
    })
}

/// Names the column of a part of a date: `date_decade`.
fn named(column: &Column, part: &str, label: &'static str) -> Column {
    Column::new(format!("{}_{part}", column.key), label, column.kind)
}

impl Axis {
    /// Returns the values of a record, each with its key and the words for it; counts the dates that have several.
    pub(super) fn values(&self, row: &Row<'_>, spans: &mut usize) -> Vec<(String, String)> {
        let value = row
            .get(self.place)
            .map_or(&Value::Missing, |cell| &cell.value);
        let same = |text: &str| (text.to_owned(), text.to_owned());
        let of_part = |year: u16| match self.part {
            Part::Decade => {
                let decade = year / 10 * 10;
                (decade.to_string(), format!("{decade}s"))
            }
            Part::Whole | Part::Year => same(&year.to_string()),
        };
        match value {
            Value::Missing => vec![("missing".into(), "not stated".into())],
            Value::Code { key, label } => vec![(key.to_string(), label.to_string())],
            Value::List(items) => items.iter().map(|item| same(item)).collect(),
            Value::Date(date) if self.part != Part::Whole => {
                let first = of_part(date.first().year);
                let is_one = date.last().is_some_and(|last| of_part(last.year) == first);
                *spans += usize::from(!is_one);
                vec![first]
            }
            Value::Cites(citations) => {
                let mut sources: Vec<&str> = citations.iter().map(|cite| cite.source).collect();
                sources.sort_unstable();
                sources.dedup();
                sources.into_iter().map(same).collect()
            }
            Value::Day(day) if self.part != Part::Whole => vec![of_part(day.year)],
            value => vec![same(&value.plain())],
        }
    }
}

impl Values {
    /// Adds a value unless it is there.
    pub(super) fn note(&mut self, key: &str, words: &str) {
        if !self.all.iter().any(|(known, _)| known == key) {
            self.all.push((key.to_owned(), words.to_owned()));
        }
    }

    /// Puts dates in their order and codes in that of their set; other values stay in that of the casebook. What is
    /// not stated comes last.
    pub(super) fn sort(&mut self, axis: &Axis) {
        match axis.column.kind {
            Type::Date => sort_by(&mut self.all, Ord::cmp),
            Type::Code(keys) => {
                let place = |key: &str| keys.iter().position(|known| *known == key);
                sort_by_key(&mut self.all, |(key, _)| place(key));
            }
            Type::Text | Type::Number | Type::Truth | Type::List | Type::Cites => {}
        }
        sort_by_key(&mut self.all, |(key, _)| key == "missing");
    }
}
