//! What may be drawn: a lane for the events of each company, a bar for its value.

use std::borrow::Cow;

use anyhow::Result;

use crate::base::{Day, Relation, Value};
use crate::compare::{Comparison, Figure, Side, interval};
use crate::model::Company;
use crate::report::{Bar, Chart, Drawing, Item, Lane, Mark, Report, Row, Table};

use super::Context;
use super::tables::TableArgs;

/// Filters, sorts, cuts and selects a table of events, and makes its report; if it is to be drawn, with a chart of the rows
/// that are left.
pub(super) fn with_chart<'a>(
    args: &TableArgs,
    events: Table<'a>,
    companies: &[&'a Company],
    window: (Option<Day>, Option<Day>),
    context: &'a Context,
) -> Result<Report<'a>> {
    if !context.is_drawn() {
        return args.report(events, context);
    }
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

/// Makes a bar for the value of each company, in an order of their sides, with the interval that the answers or the hedge
/// leave where one is known. `None` for values of different metrics; values in another unit than the first, or shares of something
/// else, are told and left out.
pub(super) fn bars<'a>(
    comparison: &Comparison<'a>,
    order: impl Iterator<Item = usize>,
    notes: &mut Vec<String>,
) -> Option<Chart<'a>> {
    let metrics = comparison.metrics();
    let [metric] = metrics.as_slice() else {
        return None;
    };
    let sides: Vec<&Side<'a>> = order
        .filter_map(|place| comparison.sides.get(place))
        .collect();
    let scale = |figure: &Figure<'a>| (figure.unit(), figure.denominator());
    let first = sides.iter().find_map(|side| side.figure())?;
    let is_other = |side: &&Side<'a>| {
        side.figure()
            .is_some_and(|figure| scale(&figure) != scale(&first))
    };
    let (others, sides): (Vec<&Side<'a>>, Vec<&Side<'a>>) = sides.into_iter().partition(is_other);
    if !others.is_empty() {
        let names: Vec<&str> = others.iter().map(|side| &*side.company.name).collect();
        notes.push(format!(
            "not drawn, for they stand on another scale: {}",
            names.join(", ")
        ));
    }
    // A bar that is longer by chance alone looks no different.
    let title = match comparison.valued() {
        2 => format!("{}: {}", metric.name, comparison.verdict.label()),
        _ => metric.name.to_string(),
    };
    let bars = sides.into_iter().map(bar);
    Some(Chart::bars(title, first.unit(), bars))
}

fn bar<'a>(side: &Side<'a>) -> Bar<'a> {
    let hedged = |figure: &Figure<'_>| {
        let is_hedged = figure.kpi.relation != Relation::Eq;
        is_hedged.then(|| figure.range())
    };
    let figure = side.figure();
    let ends = figure.and_then(|figure| interval(&figure).or_else(|| hedged(&figure)));
    let known = |end: f64| end.is_finite().then_some(end);
    Bar {
        label: (&*side.company.name).into(),
        value: side.kpi.map(|kpi| kpi.value),
        relation: side.kpi.map_or(Relation::Eq, |kpi| kpi.relation),
        low: ends.and_then(|(low, _)| known(low)),
        high: ends.and_then(|(_, high)| known(high)),
        mark: (!side.against.is_empty()).then_some(Mark::Disputed),
    }
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
