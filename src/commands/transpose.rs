//! Turns the rows of a table into columns.

use std::borrow::Cow;

use crate::base::{Complaint, Type, Value};
use crate::report::{Audience, Cell, Column, Report, Row, Table};

use super::tables::check_keys;

/// Turns the first table of a report: a column for each row, called by its first cell. People get the rows of the columns
/// that they would have seen, machines all.
///
/// # Errors
/// Two rows of one name.
pub(super) fn transpose(report: &mut Report<'_>) -> Result<(), Complaint> {
    if report.tables.is_empty() {
        return Ok(());
    }
    let table = report.tables.remove(0);
    let rows: Vec<Row<'_>> = table.rows.collect();
    let mut heads = vec![Column::new("field", "", Type::Text)];
    for row in &rows {
        let (key, label) = name(row);
        heads.push(Column::new(key, label, Type::Text));
    }
    check_keys(&heads)?;
    let turned = |is_asked: &dyn Fn(&Column) -> bool| {
        let fields = table.columns.iter().enumerate().skip(1);
        let fields = fields.filter(|(_, column)| is_asked(column));
        let lines = fields.map(|(place, column)| {
            let field = Value::code(column.key.clone(), column.label.clone());
            let cells = rows.iter().map(|row| {
                let cell = row.get(place).cloned();
                cell.unwrap_or_else(|| Cell::from(Value::Missing))
            });
            std::iter::once(Cell::from(field)).chain(cells).collect()
        });
        let lines: Vec<Row<'_>> = lines.collect();
        Table::new(table.name.clone(), heads.clone(), lines)
    };
    let for_people = turned(&|column| !column.is_detail).only_for(Audience::People);
    let for_machines = turned(&|_| true).only_for(Audience::Machines);
    report.tables.splice(0..0, [for_people, for_machines]);
    Ok(())
}

/// Returns the key and the label of a row: its first cell.
fn name(row: &Row<'_>) -> (String, String) {
    let value = row.first().map_or(&Value::Missing, |cell| &cell.value);
    let label = match value {
        Value::Code { label, .. } => Cow::Borrowed(&**label),
        value => value.plain(),
    };
    (value.plain().into_owned(), label.into_owned())
}
