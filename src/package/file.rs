//! A file of a package that was read, and the places in it.

use std::borrow::Cow;

use crate::base::guard::unguard;
use crate::base::{Place, Quantity, Text};

use super::decode::is_csv;
use super::descriptor::reason;
use super::encoding::Encoding;
use super::problem::Problem;
use super::rows::{Row, Rows};

/// The text of a file. It stays in memory: records borrow from it.
#[derive(Debug, Clone)]
pub struct File {
    /// The file, as the user can find it.
    pub path: String,
    /// Its text, without a byte order mark.
    pub text: &'static str,
    /// How its text is written in bytes.
    pub encoding: Encoding,
    /// What separates cells, where it is a table of cells.
    pub delimiter: u8,
    /// What the user must know of how it was read.
    pub notes: Vec<String>,
    /// Where rows begin in the text, each with its line in the file, when not all rows were read.
    pub lines: Vec<(usize, u64)>,
}

impl File {
    /// Makes a file of which nothing must be told, with commas between cells.
    pub fn new(path: impl Into<String>, text: &'static str) -> Self {
        Self {
            path: path.into(),
            text,
            encoding: Encoding::default(),
            delimiter: b',',
            notes: Vec::new(),
            lines: Vec::new(),
        }
    }

    /// Says whether it is a table of cells.
    pub fn is_table(&self) -> bool {
        is_csv(&self.path)
    }

    /// Returns its rows, the header first.
    pub fn rows(&self) -> impl Iterator<Item = Row<'static>> {
        let rows = Rows::of(self.text, self.delimiter);
        rows.map(|mut row| {
            let place = self.lines.binary_search_by_key(&row.start, |line| line.0);
            if let Some((_, line)) = place.ok().and_then(|place| self.lines.get(place)) {
                row.line = *line;
            }
            row
        })
    }

    /// Complains that it is not the JSON that it must be, where reading it failed.
    pub fn malformed(&self, wanted: &str, error: &serde_json::Error) -> Problem {
        let place = self.place().line(error.line() as u64);
        let place = place.column(error.column().max(1) as u64);
        Problem::new(place, format!("must be {wanted}: {}", reason(error)))
    }

    /// Returns the place that means the whole file.
    pub fn place(&self) -> Place {
        Place::file(&*self.path)
    }

    /// Returns a cell; where it holds a number, and cells are not separated by commas, a comma within is the point of its decimals.
    pub fn number(&self, cell: Text, is_number: bool) -> Text {
        let has_comma = is_number && self.delimiter != b',' && cell.contains(',');
        if !has_comma || cell.contains('.') {
            return cell;
        }
        Cow::Owned(cell.replacen(',', ".", 1))
    }

    /// Returns which of the columns have a number with a decimal comma somewhere, of those that hold numbers: none where cells are
    /// separated by commas.
    pub fn decimal_commas(&self, numbers: &[bool]) -> Vec<bool> {
        let mut found = vec![false; numbers.len()];
        if self.delimiter == b',' || !numbers.contains(&true) {
            return found;
        }
        for row in self.rows().skip(1) {
            let cells = row.cells.iter().zip(numbers).zip(&mut found);
            let cells = cells.filter(|((_, is_number), found)| **is_number && !**found);
            for ((cell, _), found) in cells {
                let bare = unguard(cell.trim_ascii());
                let is_number = || bare.replacen(',', ".", 1).parse::<Quantity>().is_ok();
                *found = bare.contains(',') && is_number();
            }
        }
        found
    }

    /// Complains about a number with a point in a column that has decimal commas: nobody can tell whether `8.000` is eight or eight
    /// thousand. `None` for any other cell.
    pub fn doubtful(&self, row: &Row<'_>, index: usize, key: &str) -> Option<Problem> {
        let cell = row.cells.get(index)?;
        let cell = unguard(cell.trim_ascii());
        let (before, after) = cell.split_once('.')?;
        cell.parse::<Quantity>().ok()?;
        let comma = format!("`{before},{after}`");
        let is_group = after.len() == 3 && after.bytes().all(|byte| byte.is_ascii_digit());
        let is_thousands = is_group && !before.trim_start_matches('-').starts_with('0');
        let (message, hint) = if is_thousands {
            (
                format!("is `{cell}` a number with decimals, or {before}{after}?"),
                format!("write {comma} for the one, or `{before}{after}` for the other"),
            )
        } else {
            (format!("`{cell}` has a point"), format!("write {comma}"))
        };
        let message = format!("column `{key}` has decimal commas: {message}");
        Some(Problem::new(self.cell_place(row, index), message).hint(Some(hint)))
    }

    /// Complains about every such number of a row, its columns with their names and whether they have decimal commas.
    pub fn doubts<N: AsRef<str>>(
        &self,
        row: &Row<'_>,
        names: &[N],
        commas: &[bool],
    ) -> Vec<Problem> {
        let columns = names.iter().zip(commas).enumerate();
        let columns = columns.filter(|(_, (_, has_commas))| **has_commas);
        let doubts =
            columns.filter_map(|(index, (name, _))| self.doubtful(row, index, name.as_ref()));
        doubts.collect()
    }

    /// Returns where the cell of that index stands, or where the row ends before it.
    pub fn cell_place(&self, row: &Row<'_>, index: usize) -> Place {
        let (line, column) = row.place_in(self.text, self.delimiter, index);
        self.place().line(line).column(column)
    }

    /// Returns where a field of the record on that line stands; the line, where the file is no table of cells.
    pub fn place_of(&self, line: u64, key: &str) -> Place {
        let mut rows = self.rows();
        let header = rows.next();
        let index =
            header.and_then(|header| header.cells.iter().position(|name| name.trim() == key));
        match (rows.find(|row| row.line == line), index) {
            (Some(row), Some(index)) => self.cell_place(&row, index),
            _ => self.place().line(line),
        }
    }
}
