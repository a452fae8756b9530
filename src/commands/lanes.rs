//! Puts the events of several companies into one dated table with a column for each company.

use crate::base::{Complaint, Type, Value};
use crate::model::Company;
use crate::report::{Cell, Column, Row, Table};

use super::tables::check_keys;

/// Adds a column for each company with the titles of its events. The other fields of an event stay with it, so that
/// every source and every rival claim belongs to one event.
///
/// # Errors
/// A company whose id is the key of another column.
pub(super) fn lanes<'a>(
    mut events: Table<'a>,
    companies: &[&'a Company],
) -> Result<Table<'a>, Complaint> {
    let place = |key: &str| events.position(key).unwrap_or(usize::MAX);
    let (company, title) = (place("company"), place("title"));
    for column in &mut events.columns {
        column.is_detail |= matches!(&*column.key, "company" | "title");
    }
    let mut lanes = Vec::new();
    for company in companies {
        lanes.push(Column::new(company.key(), company.name.clone(), Type::Text));
    }
    let at = title + 1;
    events.columns.splice(at..at, lanes);
    check_keys(&events.columns)?;

    let ids: Vec<&str> = companies
        .iter()
        .map(|company| company.id.as_str())
        .collect();
    events.rows = Box::new(events.rows.map(move |mut row: Row<'a>| {
        let lane = row.get(company).and_then(|cell| match &cell.value {
            Value::Code { key, .. } => ids.iter().position(|id| id == key),
            _ => None,
        });
        let title = row
            .get(title)
            .map_or(Value::Missing, |cell| cell.value.clone());
        let cells = (0..ids.len()).map(|index| {
            let is_its = Some(index) == lane;
            Cell::from(if is_its {
                title.clone()
            } else {
                Value::Missing
            })
        });
        let cells: Vec<Cell<'a>> = cells.collect();
        row.splice(at..at, cells);
        row
    }));
    Ok(events)
}
