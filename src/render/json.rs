//! JSON: an array of objects, or one object a line.

use std::io::{self, Write};

use crate::base::Value;
use crate::report::{Column, Report, Row};

/// Writes one table as an array, several as an object of arrays.
pub(super) fn render(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let is_single = report.tables.len() == 1;
    if !is_single {
        out.write_all(b"{")?;
    }
    for (index, table) in report.tables.into_iter().enumerate() {
        if !is_single {
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            string(&table.name, out)?;
            out.write_all(b": ")?;
        }
        let mut gap = "[\n";
        for row in table.rows {
            out.write_all(gap.as_bytes())?;
            object(None, &table.columns, &row, out)?;
            gap = ",\n";
        }
        out.write_all(if gap == "[\n" { b"[]" } else { b"\n]" })?;
    }
    out.write_all(if is_single { b"\n" } else { b"\n}\n" })
}

/// Writes an object a line; of several tables, each object names its table first.
pub(super) fn render_lines(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let is_single = report.tables.len() == 1;
    for table in report.tables {
        let name = (!is_single).then_some(&*table.name);
        for row in table.rows {
            object(name, &table.columns, &row, out)?;
            out.write_all(b"\n")?;
        }
    }
    Ok(())
}

fn object(
    table: Option<&str>,
    columns: &[Column],
    row: &Row<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut gap = "{";
    if let Some(table) = table {
        out.write_all(b"{\"table\": ")?;
        string(table, out)?;
        gap = ", ";
    }
    for (column, cell) in columns.iter().zip(row) {
        out.write_all(gap.as_bytes())?;
        string(&column.key, out)?;
        out.write_all(b": ")?;
        value(&cell.value, out)?;
        gap = ", ";
    }
    out.write_all(if gap == "{" { b"{}" } else { b"}" })
}

fn value(value: &Value<'_>, out: &mut dyn Write) -> io::Result<()> {
    match value {
        Value::Missing => out.write_all(b"null"),
        // The plain form of numbers and truths is JSON as it is.
        Value::Number(..) | Value::Truth(_) => out.write_all(value.plain().as_bytes()),
        Value::List(items) => {
            out.write_all(b"[")?;
            for (index, item) in items.iter().enumerate() {
                out.write_all(if index == 0 { b"" } else { b", " })?;
                string(item, out)?;
            }
            out.write_all(b"]")
        }
        Value::Text(_)
        | Value::Code { .. }
        | Value::Date(_)
        | Value::Day(_)
        | Value::Cites(_)
        | Value::Phrase(_) => string(&value.plain(), out),
    }
}

fn string(text: &str, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer(out, text).map_err(io::Error::from)
}
