//! Resolves the citations of a table to full references.

use std::borrow::Cow;

use anyhow::Result;

use crate::base::{Citation, Type, Value};
use crate::model::{Records, Source};
use crate::report::{Audience, Column, Row, Table};

use super::Context;

/// What stands for the reference of a source that the casebook does not have.
pub(super) const UNKNOWN: &str = "not among the sources of the casebook";

/// Adds a column `references` to a table, and makes the list of the sources that it cites, for people;
/// `None` when it cites nothing.
pub(super) fn resolve<'a>(
    mut table: Table<'a>,
    context: &'a Context,
) -> Result<(Table<'a>, Option<Table<'a>>)> {
    let sources = context.casebook.table::<Source>()?;
    let mut cited: Vec<&str> = Vec::new();
    let mut rows: Vec<Row<'a>> = Vec::new();
    for mut row in table.rows {
        let mut references = Vec::new();
        for cell in &row {
            let Value::Cites(citations) = &cell.value else {
                continue;
            };
            for citation in citations {
                references.push(Cow::Owned(reference(citation, sources)));
                if !cited.contains(&citation.source) {
                    cited.push(citation.source);
                }
            }
        }
        row.push(Value::list(references).into());
        rows.push(row);
    }
    table
        .columns
        .push(Column::new("references", "References", Type::List).detail());
    table.rows = Box::new(rows.into_iter());

    let columns = vec![
        Column::new("id", "Source", Type::Text),
        Column::new("reference", "Reference", Type::Text),
    ];
    let list = cited.into_iter().map(|id| -> Row<'a> {
        let reference = sources
            .by_id(id)
            .map_or(UNKNOWN.into(), Source::to_reference);
        vec![Value::text(id).into(), Value::text(reference).into()]
    });
    let list: Vec<Row<'a>> = list.collect();
    let is_any = !list.is_empty();
    let list = Table::new("references", columns, list).title("Sources cited");
    Ok((table, is_any.then(|| list.only_for(Audience::People))))
}

/// Writes the reference of a citation and the place in it.
fn reference(citation: &Citation<'_>, sources: &Records<Source>) -> String {
    let source = sources.by_id(citation.source);
    let unknown = || format!("{}: {UNKNOWN}", citation.source);
    let text = source.map_or_else(unknown, Source::to_reference);
    match citation.locator {
        Some(locator) => format!("{text} [{locator}]"),
        None => text,
    }
}
