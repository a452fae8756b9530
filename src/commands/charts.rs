//! What may be drawn of dated events: a lane for each company.

use std::borrow::Cow;

use anyhow::Result;

use crate::base::{Day, Value};
use crate::model::Company;
use crate::report::{Chart, Drawing, Item, Lane, Report, Row, Table};

use super::Context;
use super::tables::TableArgs;

/// Filters, sorts, cuts and selects a table of events, and makes its report with a chart of the rows that are left.
pub(super) fn with_chart<'a>(
    args: &TableArgs,
    events: Table<'a>,
    companies: &[&'a Company],
    window: (Option<Day>, Option<Day>),
    context: &'a Context,
) -> Result<Report<'a>> {
    let (mut events, notes) = args.order(args.filter(events)?)?;
    let rows: Vec<Row<'a>> = events.rows.collect();
    events.rows = Box::new(std::iter::empty());
    let lanes = lanes(&events, &rows, companies);
    events.rows = Box::new(rows.into_iter());
    // The columns that a user selects are those of the table: the chart stays whole.
    let mut report = args.select(events, context)?;
    report.charts.push(Chart {
        title: None,
        drawing: Drawing::Lanes { lanes, window },
    });
    report.notes = notes;
    Ok(report)
}

/// Sorts the rows into a lane for each company, in the order of the companies.
fn lanes<'a>(events: &Table<'a>, rows: &[Row<'a>], companies: &[&'a Company]) -> Vec<Lane<'a>> {
    let places = ["date", "company", "title"].map(|key| events.position(key));
    let lane = |company: &&'a Company| Lane {
        label: (&*company.name).into(),
        items: rows
            .iter()
            .filter_map(|row| item(row, places, company))
            .collect(),
    };
    companies.iter().map(lane).collect()
}

/// Returns what a row dates of a company; `None` when it is about another.
fn item<'a>(
    row: &Row<'a>,
    [date, company, title]: [Option<usize>; 3],
    of: &Company,
) -> Option<Item<'a>> {
    let date = row.get(date?)?;
    let text = match &row.get(title?)?.value {
        Value::Text(text) => text.clone(),
        _ => Cow::Borrowed(""),
    };
    match (&row.get(company?)?.value, &date.value) {
        (Value::Code { key, .. }, Value::Date(day)) if *key == of.id.as_str() => Some(Item {
            date: day,
            text,
            mark: date.mark,
        }),
        _ => None,
    }
}
