//! Puts a row into the text of a table, written as the file writes its own, and leaves the rest of it as it is.

use std::borrow::Cow;

use crate::base::Type;
use crate::base::guard::guard;

use super::encoding::MARK;
use super::file::File;
use super::rows::Row;

/// A text with a record more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The whole text.
    pub text: String,
    /// The line on which the new record begins.
    pub line: u64,
}

/// Puts a row behind the last in which something stands. `cells` are those of the columns with a name, each with the type of its
/// column; columns without a name stay empty.
///
/// `None` where the text ends within a quoted cell, or has no header.
pub fn with_row(file: &File, cells: &[(Type, &str)]) -> Option<Edited> {
    let mut rows = file.rows();
    let header = rows.next().filter(|header| !header.is_open)?;
    let mut last = Spot::of(&header);
    for row in rows {
        if row.is_open {
            return None;
        }
        if !row.is_blank() {
            last = Spot::of(&row);
        }
    }
    let habits = Habits::of(file, cells);
    let mut row: Vec<Cow<'_, str>> = Vec::new();
    for (column, (kind, text)) in cells.iter().enumerate() {
        row.push(habits.cell(column, *kind, text));
    }
    row.resize(last.width.max(cells.len()), Cow::Borrowed(""));
    let mut new = String::new();
    write_row(&row, &[file.delimiter], &mut new);

    let end = line_end(file.text, last.end);
    let (before, after) = file.text.split_at_checked(last.end + end.len())?;
    let mut text = before.to_owned();
    // A file whose last line is not ended is left so.
    let usual = line_end(file.text, header.end);
    let usual = if usual.is_empty() { "\n" } else { usual };
    if end.is_empty() {
        text += usual;
    } else {
        new += end;
    }
    let line = text.matches('\n').count() as u64 + 1;
    text += &new;
    text += after;
    Some(Edited { text, line })
}

/// Where a row ends, and how many cells it has.
struct Spot {
    end: usize,
    width: usize,
}

impl Spot {
    fn of(row: &Row<'_>) -> Self {
        Self {
            end: row.end,
            width: row.cells.len(),
        }
    }
}

/// How a file writes what may be written in several ways.
struct Habits {
    /// What stands before the decimals of a number, in a column that shows none.
    point: char,
    /// The columns that show it, each with what it shows.
    points: Vec<(usize, char)>,
    /// The columns whose citations stand in brackets.
    bracketed: Vec<usize>,
}

impl Habits {
    fn of(file: &File, cells: &[(Type, &str)]) -> Self {
        let mut points = Vec::new();
        let (mut bare, mut bracketed) = (Vec::new(), Vec::new());
        for row in file.rows().skip(1) {
            for (column, (cell, (kind, _))) in row.cells.iter().zip(cells).enumerate() {
                let cell = cell.trim_ascii();
                if *kind == Type::Number {
                    let shown = [',', '.'].into_iter().filter(|sign| cell.contains(*sign));
                    for sign in shown.map(|sign| (column, sign)) {
                        if !points.contains(&sign) {
                            points.push(sign);
                        }
                    }
                } else if *kind == Type::Cites && cell.starts_with('@') {
                    bare.push(column);
                } else if *kind == Type::Cites && !cell.is_empty() {
                    bracketed.push(column);
                }
            }
        }
        bracketed.retain(|column| !bare.contains(column));
        if file.delimiter == b',' {
            points.clear();
        }
        let has = |wanted: char| points.iter().any(|(_, sign)| *sign == wanted);
        // Semicolons are what spreadsheets write where the comma is taken by the decimals.
        let is_comma = has(',') || (file.delimiter == b';' && !has('.'));
        Self {
            point: if is_comma { ',' } else { '.' },
            points,
            bracketed,
        }
    }

    /// Returns what stands before the decimals in a column.
    fn point_of(&self, column: usize) -> char {
        let mut points = self.points.iter();
        points
            .find(|(place, _)| *place == column)
            .map_or(self.point, |(_, sign)| *sign)
    }

    fn cell<'t>(&self, column: usize, kind: Type, text: &'t str) -> Cow<'t, str> {
        match kind {
            Type::Number if self.point_of(column) == ',' => text.replacen('.', ",", 1).into(),
            Type::Number | Type::Date | Type::Truth => text.into(),
            Type::Cites if !self.bracketed.contains(&column) => text.into(),
            Type::Cites if text.starts_with('@') => format!("[{text}]").into(),
            Type::Text | Type::Code(_) | Type::List | Type::Cites => guard(text),
        }
    }
}

/// Returns what ends the line there: nothing at the end of the text.
pub(super) fn line_end(text: &str, at: usize) -> &'static str {
    let rest = text.get(at..).unwrap_or_default();
    let ends = ["\r\n", "\n", "\r"];
    let found = ends.iter().find(|end| rest.starts_with(**end));
    found.copied().unwrap_or_default()
}

/// Writes cells with the first of some signs between them, in quotes only where a cell has one of the signs, or would not be read as
/// it is.
pub(super) fn write_row(cells: &[Cow<'_, str>], signs: &[u8], out: &mut String) {
    let is_sign = |c: char| signs.iter().any(|sign| char::from(*sign) == c);
    let between = signs.first().copied().unwrap_or(b',');
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(char::from(between));
        }
        if cell.contains(is_sign) || cell.contains(['"', '\n', '\r']) || cell.starts_with(MARK) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text with a row of a name, a number, citations.
    fn added(text: &'static str, delimiter: u8) -> (String, u64) {
        let mut file = File::new("x.csv", text);
        file.delimiter = delimiter;
        let cells = [
            (Type::Text, "a"),
            (Type::Number, "6.25"),
            (Type::Cites, "@s, p. 1"),
        ];
        let edited = with_row(&file, &cells).unwrap();
        (edited.text, edited.line)
    }

    #[test]
    fn the_row_is_written_as_the_file_writes_rows() {
        for (text, delimiter, wanted, line) in [
            ("n,v,c\n", b',', "n,v,c\na,6.25,\"@s, p. 1\"\n", 2),
            ("n,v,c", b',', "n,v,c\na,6.25,\"@s, p. 1\"", 2),
            ("n;v;c;;\r\n", b';', "n;v;c;;\r\na;6,25;@s, p. 1;;\r\n", 2),
            (
                "n;v;c\nb;1.5;\n",
                b';',
                "n;v;c\nb;1.5;\na;6.25;@s, p. 1\n",
                3,
            ),
            (
                "n\tv\tc\nb\t1,5\t\n",
                b'\t',
                "n\tv\tc\nb\t1,5\t\na\t6,25\t@s, p. 1\n",
                3,
            ),
            ("n\tv\tc\n", b'\t', "n\tv\tc\na\t6.25\t@s, p. 1\n", 2),
            (
                "n|v|c\nb|1|[@t]\n",
                b'|',
                "n|v|c\nb|1|[@t]\na|6.25|[@s, p. 1]\n",
                3,
            ),
            (
                "n;v;c\r\n\r\n;;\r\n",
                b';',
                "n;v;c\r\na;6,25;@s, p. 1\r\n\r\n;;\r\n",
                2,
            ),
            ("n,v,c\nb,1,", b',', "n,v,c\nb,1,\na,6.25,\"@s, p. 1\"", 3),
            (
                "n,v,c\r\n\"b\n\",1,",
                b',',
                "n,v,c\r\n\"b\n\",1,\r\na,6.25,\"@s, p. 1\"",
                4,
            ),
            (
                "n,v,c\rb,1,\r",
                b',',
                "n,v,c\rb,1,\ra,6.25,\"@s, p. 1\"\r",
                1,
            ),
            (
                "n,v,c\nb,1,,,\n",
                b',',
                "n,v,c\nb,1,,,\na,6.25,\"@s, p. 1\",,\n",
                3,
            ),
        ] {
            assert_eq!(
                added(text, delimiter),
                (wanted.to_owned(), line),
                "{text:?}"
            );
        }
    }

    #[test]
    fn a_column_keeps_the_sign_before_its_decimals() {
        let mut file = File::new("x.csv", "v;w;x\n1.5;2,5;\n");
        file.delimiter = b';';
        let cells = ["6.25", "7.5", "8.5"].map(|cell| (Type::Number, cell));
        let edited = with_row(&file, &cells).unwrap();
        assert_eq!(edited.text, "v;w;x\n1.5;2,5;\n6.25;7,5;8,5\n");
    }

    #[test]
    fn a_text_that_ends_within_quotes_gets_no_row() {
        for text in ["n\n\"b\n", "\"n", ""] {
            assert_eq!(
                with_row(&File::new("x.csv", text), &[(Type::Text, "a")]),
                None
            );
        }
    }
}
