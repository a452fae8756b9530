//! What became of the records, a row for each that is new or gone and for each field that changed.

use std::borrow::Cow;

use anyhow::Result;

use crate::base::{Relation, Type, Value};
use crate::diff::{Change, Edit, Rows, What, changes, side_by_side};
use crate::model::{Collection as _, Hypothesis, Kind, Other};
use crate::report::{Cell, Column, Row, Table};

use crate::commands::Context;
use crate::commands::gist::says;
use crate::commands::tables::of_kind;

/// What stands for the table of the evidence, which is part of that of hypotheses.
const EVIDENCE: &str = "evidence";

/// Makes the table of what became of the records of every table of either casebook.
pub(super) fn table<'a>(
    old: &'a Context,
    new: &'a Context,
    notes: &mut Vec<String>,
) -> Result<Table<'a>> {
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        rows.extend(of_records(*kind, old, new)?);
        if *kind == Kind::Hypotheses {
            rows.extend(of_evidence(old, new)?);
        }
    }
    let (olds, news) = (old.casebook.others()?, new.casebook.others()?);
    let names = |tables: &'a [Other]| -> Vec<&'a str> {
        tables.iter().map(|table| table.name.as_str()).collect()
    };
    for [in_old, in_new] in side_by_side(&names(olds), &names(news)) {
        let pair = [
            in_old.and_then(|place| olds.get(place)),
            in_new.and_then(|place| news.get(place)),
        ];
        rows.extend(of_others(pair, notes));
    }
    Ok(Table::new("records", columns(), rows))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("kind", "Table", Type::Text).group(),
        Column::new("id", "Record", Type::Text).group(),
        Column::new("change", "Change", Type::Code(What::KEYS)),
        Column::new("field", "Field", Type::Text).detail(),
        Column::new("old", "Old", Type::Text),
        Column::new("new", "New", Type::Text),
        Column::new("old_relation", "Old relation", Type::Code(Relation::KEYS)).detail(),
        Column::new("new_relation", "New relation", Type::Code(Relation::KEYS)).detail(),
    ]
}

/// Makes the rows of the records of a kind.
fn of_records<'a>(kind: Kind, old: &'a Context, new: &'a Context) -> Result<Vec<Row<'a>>> {
    let rows = |context: &'a Context| -> Result<Rows<'a>> {
        Ok(Rows::of(context.casebook.collection(kind)?))
    };
    let changes = changes(&rows(old)?, &rows(new)?);
    let has = |what| changes.iter().any(|change| change.what() == what);
    let gone = gists(kind, old, has(What::Removed))?;
    let come = gists(kind, new, has(What::Added))?;
    let of = |gists: &[Value<'a>], place: usize| gists.get(place).cloned().unwrap_or_default();
    let rows = changes.into_iter().flat_map(|change| {
        rows_of(
            kind.key(),
            change,
            |place| of(&gone, place),
            |place| of(&come, place),
        )
    });
    Ok(rows.collect())
}

/// Returns what each record of a kind states; nothing when that is not asked for.
fn gists(kind: Kind, context: &Context, is_asked: bool) -> Result<Vec<Value<'_>>> {
    if !is_asked {
        return Ok(Vec::new());
    }
    let fields = context.casebook.collection(kind)?.fields();
    let rows = of_kind(kind, context)?.rows;
    Ok(rows.map(|row| says(&fields, &row)).collect())
}

/// Makes the rows of the evidence of hypotheses.
fn of_evidence<'a>(old: &'a Context, new: &'a Context) -> Result<Vec<Row<'a>>> {
    let rows = |context: &'a Context| -> Result<Rows<'a>> {
        let hypotheses = context.casebook.table::<Hypothesis>()?;
        Ok(Rows::of_evidence(hypotheses))
    };
    Ok(of_rows(EVIDENCE, &rows(old)?, &rows(new)?))
}

/// Makes the rows of a table that is of no kind; what is no table is not compared, which is told.
fn of_others<'a>([old, new]: [Option<&'a Other>; 2], notes: &mut Vec<String>) -> Vec<Row<'a>> {
    let Some(table) = new.or(old) else {
        return Vec::new();
    };
    let name = table.name.as_str();
    let is_none = |table: Option<&Other>| table.is_some_and(|table| !table.is_table());
    if is_none(old) && is_none(new) {
        notes.push(format!(
            "`{name}` is no table: what is in it is not compared"
        ));
    }
    if table.is_empty() && (old.is_none() || new.is_none()) {
        // There are no records that could be told instead.
        let says = Value::text(if is_none(Some(table)) {
            "no table"
        } else {
            "no rows"
        });
        let none = Value::Missing;
        let (what, old, new) = match new {
            Some(_) => (What::Added, none, says),
            None => (What::Removed, says, none),
        };
        return vec![row(
            name,
            Value::Missing,
            what.value(),
            Value::Missing,
            old,
            new,
        )];
    }
    let rows = |table: Option<&'a Other>| table.map_or_else(Rows::default, |table| Rows::of(table));
    of_rows(name, &rows(old), &rows(new))
}

/// Makes the rows of a table that has no names to show for its ids.
fn of_rows<'a>(name: &'a str, old: &Rows<'a>, new: &Rows<'a>) -> Vec<Row<'a>> {
    let changes = changes(old, new).into_iter();
    let rows = changes.flat_map(|change| {
        rows_of(
            name,
            change,
            |place| whole(old, place),
            |place| whole(new, place),
        )
    });
    rows.collect()
}

/// Returns what a record states; all that stands in it where no field is known to say that.
fn whole<'a>(rows: &Rows<'a>, record: usize) -> Value<'a> {
    let row: Row<'a> = rows
        .values(record)
        .iter()
        .cloned()
        .map(Cell::from)
        .collect();
    match says(rows.fields(), &row) {
        Value::Missing => {
            let cells = rows.fields().iter().zip(&row);
            let cells = cells.filter(|(field, cell)| field.key != "id" && !cell.value.is_missing());
            let cells = cells.map(|(_, cell)| Cow::Owned(cell.value.plain().into_owned()));
            Value::list(cells.collect())
        }
        says => says,
    }
}

/// Makes the rows of a record: one that says what it states or stated, or one for each field.
fn rows_of<'a>(
    name: &'a str,
    change: Change<'a>,
    gone: impl Fn(usize) -> Value<'a>,
    come: impl Fn(usize) -> Value<'a>,
) -> Vec<Row<'a>> {
    let what = change.what();
    let edit = |edit: Edit<'a>| {
        let field = Value::code(edit.key, edit.label);
        row(
            name,
            change.id.clone(),
            said(&edit),
            field,
            edit.old,
            edit.new,
        )
    };
    let whole = |old, new| {
        let id = change.id.clone();
        vec![row(name, id, what.value(), Value::Missing, old, new)]
    };
    match change.places {
        [Some(old), None] => whole(gone(old), Value::Missing),
        [None, Some(new)] => whole(Value::Missing, come(new)),
        [Some(_), Some(_)] | [None, None] => change.edits.into_iter().map(edit).collect(),
    }
}

/// Says what became of a field: for people with its name.
fn said<'a>(edit: &Edit<'_>) -> Value<'a> {
    let label = edit.what.label();
    let is_named = match edit.what {
        What::Value => edit.key != "value",
        What::Changed => true,
        What::Added | What::Removed | What::Renamed | What::Rank => false,
    };
    if is_named {
        Value::code(edit.what.key(), format!("{label}: {}", edit.label))
    } else {
        edit.what.value()
    }
}

fn row<'a>(
    name: &'a str,
    id: Value<'a>,
    change: Value<'a>,
    field: Value<'a>,
    old: Value<'a>,
    new: Value<'a>,
) -> Row<'a> {
    let relation = |value: &Value<'a>| match value {
        Value::Number(_, relation) => relation.value(),
        _ => Value::Missing,
    };
    let (old_relation, new_relation) = (relation(&old), relation(&new));
    let row = [
        Value::text(name),
        id,
        change,
        field,
        old,
        new,
        old_relation,
        new_relation,
    ];
    row.map(Cell::from).into()
}
