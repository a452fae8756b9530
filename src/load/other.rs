//! Reads a table that is of no kind: cells as they are.

use serde_json::{Map, Value};

use crate::base::{Located, Text, Type};
use crate::model::Other;
use crate::package::{File, LoadError, Origin, Problem, Resource, Step, place_in};

use super::csv::{bare, header};

/// Reads the rows of a resource; none, and no columns, of one that is no table: a picture, a document, JSON that is no list of
/// objects.
///
/// # Errors
/// A file that cannot be read; rows that have more or fewer cells than the header.
pub(super) fn read(resource: &Resource, origin: &Origin) -> Result<Other, LoadError> {
    if !resource.is_text() {
        return Ok(Other {
            name: resource.name.clone(),
            path: origin.show(resource.path().unwrap_or_default()),
            columns: Vec::new(),
            rows: Vec::new(),
        });
    }
    let file = resource.read(origin)?;
    let (columns, mut rows) = if file.is_table() {
        cells(&file)?
    } else {
        members(&file).unwrap_or_default()
    };
    let kinds = (0..columns.len()).map(|column| kind_of(&file, &rows, column));
    let kinds: Vec<Type> = kinds.collect();
    doubtful(&file, &columns, &kinds)?;
    for row in &mut rows {
        for (cell, kind) in row.value.iter_mut().zip(&kinds) {
            *cell = file.number(std::mem::take(cell), *kind == Type::Number);
        }
    }
    Ok(Other {
        name: resource.name.clone(),
        path: file.path,
        columns: columns.into_iter().zip(kinds).collect(),
        rows,
    })
}

/// Complains about every number with a point in a column that has decimal commas.
fn doubtful(file: &File, columns: &[&str], kinds: &[Type]) -> Result<(), LoadError> {
    let numbers = kinds.iter().map(|kind| *kind == Type::Number);
    let commas = file.decimal_commas(&numbers.collect::<Vec<bool>>());
    if !commas.contains(&true) {
        return Ok(());
    }
    let rows = file.rows().skip(1);
    let problems = rows.flat_map(|row| file.doubts(&row, columns, &commas));
    LoadError::unless_none(problems.collect())
}

/// The names of columns, and rows as wide as they.
type Cells = (Vec<&'static str>, Vec<Located<Vec<Text>>>);

/// Reads the rows of a table of cells.
fn cells(file: &File) -> Result<Cells, LoadError> {
    let mut rows = file.rows();
    let columns = header(rows.next(), file)?;
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
    Ok((columns, kept))
}

/// Reads the objects of a JSON array, a member a column; `None` when it is no such array.
fn members(file: &File) -> Option<Cells> {
    let items: Vec<Map<String, Value>> = serde_json::from_str(file.text).ok()?;
    let mut columns: Vec<&'static str> = Vec::new();
    for member in items.iter().flat_map(Map::keys) {
        if !columns.contains(&&**member) {
            columns.push(member.clone().leak());
        }
    }
    let rows = items.iter().enumerate().map(|(place, item)| {
        let cells = columns.iter().map(|column| match item.get(*column) {
            None | Some(Value::Null) => Text::default(),
            Some(Value::String(text)) => text.clone().into(),
            Some(value) => value.to_string().into(),
        });
        Located {
            line: place_in(file.text, &[Step::Item(place)]).0,
            value: cells.collect(),
        }
    });
    let rows = rows.collect();
    Some((columns, rows))
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
