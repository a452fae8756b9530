//! Puts the events of several companies into one dated table with a column for each company.

use crate::base::{Complaint, Type, Value};
use crate::model::Company;
use crate::report::{Cell, Column, Row, Table};

/// Adds a column for each company with the titles of its events. The other fields of an event stay with it, so that
/// every source and every rival claim belongs to one event.
///
/// # Errors
/// A company whose id is the key of a field.
pub(super) fn lanes<'a>(
    mut events: Table<'a>,
    companies: &[&'a Company],
) -> Result<Table<'a>, Complaint> {
    let place = |key: &str| events.position(key).unwrap_or(usize::MAX);
    let (company, title, date) = (place("company"), place("title"), place("date"));
    for column in &mut events.columns {
        column.is_detail |= matches!(&*column.key, "company" | "title");
    }
    let mut lanes = Vec::new();
    for company in companies {
        let key = company.key();
        if events.position(&key).is_some() {
            return Err(clash(company));
        }
        lanes.push(Column::new(key, company.name.clone(), Type::Text));
    }
    let at = title + 1;
    events.columns.splice(at..at, lanes);

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
        // The mark of a disputed date stands at the event: dates may be those of several lanes.
        let mark = row.get_mut(date).and_then(|date| date.mark.take());
        let cells = (0..ids.len()).map(|index| {
            if Some(index) == lane {
                Cell {
                    value: title.clone(),
                    mark,
                }
            } else {
                Value::Missing.into()
            }
        });
        let cells: Vec<Cell<'a>> = cells.collect();
        row.splice(at..at, cells);
        row
    }));
    Ok(events)
}

/// Complains about a company whose column would have the key of another.
pub(super) fn clash(company: &Company) -> Complaint {
    Complaint::new(format!(
        "the company id `{}` is the name of a column here",
        company.id
    ))
    .hint("give the company another id")
}
