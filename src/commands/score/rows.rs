//! What became of the rows: every one is counted once.

use crate::base::{Type, Value};
use crate::report::{Cell, Column, Row, Table};
use crate::survey::{Group, Reason};

use super::files::Survey;
use super::groups::count;

/// Makes the table of what became of the rows.
pub(super) fn table<'a>(survey: &Survey) -> Table<'a> {
    let columns = vec![
        Column::new("reason", "Rows", Type::Text),
        Column::new("rows", "Count", Type::Number),
    ];
    let answers = survey
        .groups
        .iter()
        .map(|group| group.answers.total())
        .sum();
    let mut parts = vec![("answers", "answers", answers)];
    for reason in Reason::ALL {
        let of = |group: &Group| group.left_out(*reason);
        let rows: u64 = match reason {
            Reason::Ragged => survey.ragged,
            _ => survey.groups.iter().map(of).sum(),
        };
        // What is merely without an answer is told even where there is none.
        if rows > 0 || !reason.is_wrong() {
            parts.push((reason.key(), reason.label(), rows));
        }
    }
    if let Some(others) = survey.others {
        parts.push(("not-asked-for", "not asked for by --where", others));
    }
    let all = parts.iter().map(|(_, _, rows)| rows).sum();
    parts.push(("all", "all", all));
    let rows = parts.into_iter().map(|(key, label, rows)| -> Row<'a> {
        [Value::code(key, label), count(rows)]
            .map(Cell::from)
            .into()
    });
    Table::new("rows", columns, rows.collect::<Vec<_>>()).title("What became of the rows")
}
