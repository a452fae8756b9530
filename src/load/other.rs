//! Reads a table that is of no kind: cells as they are.

use crate::base::{Located, Text, Type};
use crate::model::Other;
use crate::package::{File, LoadError, Origin, Problem, Resource};

use super::csv::{bare, header};

/// Reads the rows of a resource.
///
/// # Errors
/// A file that cannot be read; rows that have more or fewer cells than the header.
pub(super) fn read(resource: &Resource, origin: &Origin) -> Result<Other, LoadError> {
    let file = resource.read(origin)?;
    if !file.is_table() {
        return Ok(Other {
            name: resource.name.clone(),
            path: file.path,
            columns: Vec::new(),
            rows: Vec::new(),
        });
    }
    let mut rows = file.rows();
    let columns = header(rows.next(), &file)?;
    let (mut kept, mut problems) = (Vec::new(), Vec::new());
    for row in rows.filter(|row| !row.is_blank()) {
        if row.is_open || row.width(columns.len()) != columns.len() {
            let (cells, wanted) = (row.cells.len(), columns.len());
            let message = format!("has {cells} cells, the header has {wanted}");
            problems.push(Problem::new(file.cell_place(&row, wanted), message));
            continue;
        }
        let cells = row.cells.iter().take(columns.len()).map(bare);
        kept.push(Located {
            line: row.line,
            value: cells.collect::<Vec<Text>>(),
        });
    }
    LoadError::unless_none(problems)?;
    let kinds = (0..columns.len()).map(|column| kind_of(&file, &kept, column));
    let kinds: Vec<Type> = kinds.collect();
    Ok(Other {
        name: resource.name.clone(),
        path: file.path,
        columns: columns.into_iter().zip(kinds).collect(),
        rows: kept,
    })
}

/// Returns the type of a column: a number when every cell that is not empty holds one.
fn kind_of(file: &File, rows: &[Located<Vec<Text>>], column: usize) -> Type {
    let cells = rows.iter().filter_map(|row| row.value.get(column));
    let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
    let is_number = |cell: &Text| {
        let cell = file.number(cell.clone(), true);
        cell.parse::<crate::base::Quantity>().is_ok()
    };
    if cells.peek().is_some() && cells.all(is_number) {
        Type::Number
    } else {
        Type::Text
    }
}
