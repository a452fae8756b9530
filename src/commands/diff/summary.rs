//! Counts what changed, and splits it for people.

use std::borrow::Cow;
use std::{iter, mem};

use crate::base::Value;
use crate::base::count::counted;
use crate::diff::What;
use crate::report::{Audience, Row, Table};

/// What to say of a table beside it.
pub(super) struct Summary {
    /// How many of what, in words: `3 added`.
    pub counts: Vec<String>,
    /// What else is to be said.
    pub notes: Vec<String>,
}

/// Counts the records of the table by what became of them, and the claims among those that changed.
pub(super) fn of_records(table: &mut Table<'_>) -> Summary {
    let rows = taken(table);
    let of = |whats: &[What]| -> Vec<&Row<'_>> {
        rows.iter()
            .filter(|row| whats.contains(&what(row)))
            .collect()
    };
    // A record that changed has a row for each field.
    let records = |whats: &[What]| {
        let of_one = |row: &&Row<'_>, next: &&Row<'_>| record(row) == record(next);
        of(whats).chunk_by(of_one).count()
    };
    let counts = [
        (of(&[What::Added]).len(), What::Added),
        (of(&[What::Removed]).len(), What::Removed),
        (of(&[What::Renamed]).len(), What::Renamed),
        (
            records(&[What::Changed, What::Value, What::Rank]),
            What::Changed,
        ),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0);
    let counts = counts.map(|(count, what)| format!("{count} {}", what.label()));
    let claims = [
        (records(&[What::Value]), "value"),
        (records(&[What::Rank]), "rank"),
    ];
    let claims = claims.into_iter().filter(|(count, _)| *count > 0);
    let notes = claims.map(|(count, what)| {
        format!(
            "{} another {what}",
            counted(count, "claim has", "claims have")
        )
    });
    let mut notes: Vec<String> = notes.collect();
    let precisions = rows.iter().filter(|row| is_of_precision(row)).count();
    if precisions > 0 {
        notes.push(format!(
            "of {} only the precision changed: 310e6 is known to the million, 310000000 to the unit",
            counted(precisions, "number", "numbers")
        ));
    }
    let summary = Summary {
        counts: counts.collect(),
        notes,
    };
    table.rows = Box::new(rows.into_iter());
    summary
}

/// Counts the conclusions of the table.
pub(super) fn of_verdicts(table: &mut Table<'_>) -> Summary {
    let rows = taken(table);
    let verdicts = counted(rows.len(), "verdict changed", "verdicts changed");
    let counts = (!rows.is_empty()).then_some(verdicts);
    table.rows = Box::new(rows.into_iter());
    Summary {
        counts: counts.into_iter().collect(),
        notes: Vec::new(),
    }
}

/// Splits the table for people: one for each table of the casebooks.
pub(super) fn split<'a>(table: &mut Table<'a>) -> Vec<Table<'a>> {
    let rows = taken(table);
    let name = |row: &Row<'a>| row.first().map(|cell| cell.value.plain().into_owned());
    let tables = rows
        .chunk_by(|row, next| name(row) == name(next))
        .map(|rows| {
            let of = rows.first().and_then(name).unwrap_or_default();
            let mut table = Table::new("records", table.columns.clone(), rows.to_vec()).title(of);
            table.hide_if("kind", true);
            table.only_for(Audience::People)
        });
    let tables: Vec<Table<'a>> = tables.collect();
    table.rows = Box::new(rows.into_iter());
    tables
}

/// Takes the rows out of a table.
fn taken<'a>(table: &mut Table<'a>) -> Vec<Row<'a>> {
    mem::replace(&mut table.rows, Box::new(iter::empty())).collect()
}

/// Returns the table and the id of the record of a row.
fn record<'r>(row: &'r Row<'_>) -> Vec<Cow<'r, str>> {
    let cells = row.iter().take(2);
    cells.map(|cell| cell.value.plain()).collect()
}

/// Says whether a number is the same, and known to another digit.
fn is_of_precision(row: &Row<'_>) -> bool {
    let of = |place: usize| row.get(place).map(|cell| &cell.value);
    let (Some(Value::Number(old, hedge)), Some(Value::Number(new, other))) = (of(4), of(5)) else {
        return false;
    };
    hedge == other && old.value().total_cmp(&new.value()).is_eq()
}

/// Returns what became of the record or the field of a row.
fn what(row: &Row<'_>) -> What {
    let what = row.get(2).and_then(|cell| cell.value.plain().parse().ok());
    what.unwrap_or_default()
}
