//! Merges the events of several companies into one dated table with a column for each company.

use std::borrow::Cow;

use crate::base::{Citation, Type, Value};
use crate::model::Company;
use crate::report::{Cell, Column, Row, Table};

/// The columns of an event table that a merged row is made of.
struct Places {
    dates: [usize; 3],
    company: usize,
    title: usize,
    otherwise: usize,
    cite: usize,
}

/// Makes a row for each date and, where a company has several events of that date, further rows below it.
///
/// Expects the events in the order of their dates.
pub(super) fn lanes<'a>(events: Table<'a>, companies: &[&'a Company]) -> Table<'a> {
    let place = |key: &str| events.position(key).unwrap_or(usize::MAX);
    let places = Places {
        dates: ["date", "date_start", "date_end"].map(place),
        company: place("company"),
        title: place("title"),
        otherwise: place("otherwise"),
        cite: place("cite"),
    };
    let column = |place: &usize| events.columns.get(*place).cloned();
    let mut columns: Vec<Column> = places.dates.iter().filter_map(column).collect();
    for company in companies {
        columns.push(Column::new(
            company.id.to_string(),
            company.name.clone(),
            Type::Text,
        ));
    }
    columns.extend([places.otherwise, places.cite].iter().filter_map(column));

    let rows: Vec<Row<'a>> = events.rows.collect();
    let mut merged = Vec::new();
    for same_date in
        rows.chunk_by(|row, next| value(row, places.dates[0]) == value(next, places.dates[0]))
    {
        let of_company = |company: &&Company| -> Vec<&Row<'a>> {
            let is_its = |row: &&Row<'a>| match value(row, places.company) {
                Value::Code { key, .. } => key == company.id.as_str(),
                _ => false,
            };
            same_date.iter().filter(is_its).collect()
        };
        let lanes: Vec<Vec<&Row<'a>>> = companies.iter().map(of_company).collect();
        let depth = lanes.iter().map(Vec::len).max().unwrap_or_default();
        for level in 0..depth {
            let across: Vec<Option<&Row<'a>>> =
                lanes.iter().map(|lane| lane.get(level).copied()).collect();
            merged.push(merge(&across, &places));
        }
    }
    Table::new("timeline", columns, merged)
}

/// Merges events of one date, one for each company that has one.
fn merge<'a>(across: &[Option<&Row<'a>>], places: &Places) -> Row<'a> {
    let present = || across.iter().copied().flatten();
    let mut merged: Row<'a> = Row::new();
    for date in places.dates {
        let date = present()
            .next()
            .map_or(&Value::Missing, |row| value(row, date));
        merged.push(date.clone().into());
    }
    for event in across {
        merged.push(match event {
            None => Value::Missing.into(),
            // The mark of a disputed date stands at the event: the date is that of all lanes.
            Some(row) => Cell {
                value: value(row, places.title).clone(),
                mark: row.get(places.dates[0]).and_then(|date| date.mark),
            },
        });
    }
    let mut otherwise: Vec<Cow<'a, str>> = Vec::new();
    let mut cites: Vec<Citation<'a>> = Vec::new();
    for row in present() {
        if let Value::List(claims) = value(row, places.otherwise) {
            otherwise.extend(claims.iter().cloned());
        }
        if let Value::Cites(citations) = value(row, places.cite) {
            cites.extend(citations);
        }
    }
    merged.push(Value::List(otherwise).into());
    merged.push(Value::Cites(cites).into());
    merged
}

fn value<'r, 'a>(row: &'r Row<'a>, place: usize) -> &'r Value<'a> {
    row.get(place).map_or(&Value::Missing, |cell| &cell.value)
}
