//! Reads a table that is of no kind: cells as they are.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::base::{Located, Quantity, Text, Type};
use crate::model::Other;
use crate::package::{File, LoadError, Origin, Problem, Resource, places};

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

/// Complains about every name that several columns have.
fn repeated(columns: &[&str], file: &File) -> Vec<Problem> {
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for name in columns.iter().filter(|name| !name.is_empty()) {
        *times.entry(name).or_default() += 1;
    }
    let several = times.into_iter().filter(|(_, times)| *times > 1);
    let problems = several.map(|(name, times)| {
        let message = format!("column `{name}` stands {times} times in the header");
        Problem::new(file.place().line(1), message)
    });
    problems.collect()
}

/// Reads the rows of a table of cells.
fn cells(file: &File) -> Result<Cells, LoadError> {
    let mut rows = file.rows();
    let columns = header(rows.next(), file)?;
    LoadError::unless_none(repeated(&columns, file))?;
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
    let items: Vec<Object> = serde_json::from_str(file.text).ok()?;
    let mut columns: Vec<&'static str> = Vec::new();
    for (name, _) in items.iter().flat_map(|item| &item.0) {
        if !columns.contains(&&**name) {
            columns.push(name.clone().leak());
        }
    }
    let rows = items
        .iter()
        .zip(places(file.text))
        .map(|(item, (line, _))| {
            let cells = columns.iter().map(|column| match item.member(column) {
                None | Some(Value::Null) => Text::default(),
                Some(Value::String(text)) => text.clone().into(),
                Some(value) => value.to_string().into(),
            });
            Located {
                line,
                value: cells.collect(),
            }
        });
    let rows = rows.collect();
    Some((columns, rows))
}

/// The members of a JSON object, in the order of the file.
struct Object(Vec<(String, Value)>);

impl Object {
    /// Returns the value of a member: the last, where several have its name.
    fn member(&self, name: &str) -> Option<&Value> {
        let mut members = self.0.iter().rev();
        let found = members.find(|(other, _)| other == name);
        found.map(|(_, value)| value)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_map(Members)
    }
}

/// Takes the members of an object one after the other.
struct Members;

impl<'de> Visitor<'de> for Members {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut members = Vec::new();
        while let Some(member) = map.next_entry()? {
            members.push(member);
        }
        Ok(Object(members))
    }
}

/// Returns the type of a column: a number when every cell that is not empty holds one that would be written back as it stands. Codes
/// such as `01234` would not.
fn kind_of(file: &File, rows: &[Located<Vec<Text>>], column: usize) -> Type {
    let cells = rows.iter().filter_map(|row| row.value.get(column));
    let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
    let is_number = |cell: &Text| {
        let cell = file.number(cell.clone(), true);
        let number = cell.parse::<Quantity>();
        number.is_ok_and(|number| number.to_string() == *cell)
    };
    if cells.peek().is_some() && cells.all(is_number) {
        Type::Number
    } else {
        Type::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &'static str) -> Vec<Type> {
        let mut file = File::new("x.csv", text);
        file.delimiter = b';';
        let (columns, rows) = cells(&file).unwrap();
        let kinds = (0..columns.len()).map(|column| kind_of(&file, &rows, column));
        kinds.collect()
    }

    #[test]
    fn a_column_holds_numbers_when_all_are_written_back_as_they_stand() {
        use Type::{Number, Text};

        let text = "n;d;code;long;none\n1;1,50;01234;9007199254740993;\n-2;0,5;12;1;\n";
        assert_eq!(kinds(text), [Number, Number, Text, Text, Text]);
    }

    #[test]
    fn two_columns_of_one_name_are_told() {
        let file = File::new("x.csv", "a,b,a,,,c\n1,2,3,,,4\n");
        assert_eq!(
            cells(&file).unwrap_err().to_string(),
            "x.csv:1: column `a` stands 2 times in the header"
        );
    }

    #[test]
    fn members_keep_the_order_of_the_file() {
        let text = r#"[{"z": 1, "a": null}, {"b": "x", "z": 2.50, "b": "y"}]"#;
        let (columns, rows) = members(&File::new("x.json", text)).unwrap();
        assert_eq!(columns, ["z", "a", "b"]);
        let rows: Vec<Vec<Text>> = rows.into_iter().map(|row| row.value).collect();
        assert_eq!(rows, [["1", "", ""], ["2.5", "", "y"]]);
    }
}
