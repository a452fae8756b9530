//! Writes the text of a table tidily: nothing moves, and what is read of it stays the same.

use crate::base::count::counted;
use crate::base::guard::unguard;
use crate::base::{Quantity, Text};

use super::dialect::DELIMITERS;
use super::edit::{line_end, write_row};
use super::encoding::Encoding;
use super::file::File;
use super::problem::{LoadError, Problem};
use super::rows::Row;

/// A tidy text, and what was untidy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tidied {
    /// The whole text, to be written in UTF-8.
    pub text: String,
    /// What was changed, each in a few words; empty where nothing was.
    pub changes: Vec<String>,
}

/// What is counted on the way.
#[derive(Default)]
struct Counts {
    /// Rows in which nothing stands, and blank lines.
    empty_rows: usize,
    /// The most cells that a row had beyond the columns with a name.
    empty_columns: usize,
    commas: usize,
    line_ends: usize,
    quoted: usize,
}

/// Writes a table in UTF-8 with LF, its cells separated by `delimiter` and in quotes only where needed, without empty rows, without the empty
/// columns behind the last, and with decimal points in the columns that hold numbers, as `is_number` says by name.
///
/// # Errors
/// A quote that is never closed; numbers with a point in a column that has decimal commas.
pub fn tidy(
    file: &File,
    delimiter: u8,
    is_number: impl Fn(&str) -> bool,
) -> Result<Tidied, LoadError> {
    let mut counts = Counts::default();
    let (mut names, mut commas, mut problems) = (Vec::new(), Vec::new(), Vec::new());
    let mut text = String::with_capacity(file.text.len());
    let (mut width, mut numbers, mut end) = (0, Vec::new(), 0);
    for row in file.rows() {
        if row.is_open {
            let place = file.cell_place(&row, row.cells.len().saturating_sub(1));
            let message = "a double quote opens a cell and is never closed";
            let hint = "close it, or double it where it is part of the text";
            return Err(Problem::new(place, message).hint(Some(hint)).into());
        }
        counts.empty_rows += lines(file, end, row.start).saturating_sub(usize::from(end > 0));
        end = row.end;
        if row.is_blank() {
            counts.empty_rows += 1;
            continue;
        }
        // What a reader might take for the sign between cells stands in quotes in the header, which shows it.
        let mut signs = vec![delimiter];
        if text.is_empty() {
            names = row
                .cells
                .iter()
                .map(|name| name.trim_ascii().to_owned())
                .collect();
            numbers = names.iter().map(|name| is_number(name)).collect();
            commas = file.decimal_commas(&numbers);
            width = row.width(0);
            signs.extend(DELIMITERS);
        } else {
            problems.extend(file.doubts(&row, &names, &commas));
        }
        let cells = counts.cells(file, &row, width, &numbers);
        let before = text.len();
        write_row(&cells, &signs, &mut text);
        let quotes = |text: Option<&str>| text.unwrap_or_default().matches('"').count();
        let (old, new) = (file.text.get(row.start..row.end), text.get(before..));
        counts.quoted += usize::from(quotes(old) > quotes(new));
        let found = line_end(file.text, row.end);
        counts.line_ends += usize::from(found.starts_with('\r'));
        text.push('\n');
    }
    LoadError::unless_none(problems)?;
    counts.empty_rows += lines(file, end, file.text.len()).saturating_sub(1);
    let is_ended = file.text.ends_with(['\n', '\r']);
    let mut changes = counts.told(file, delimiter, is_ended);
    // Quotes within a cell that has none around it.
    if changes.is_empty() && text != file.text {
        changes.push("quotes".into());
    }
    Ok(Tidied { text, changes })
}

/// Counts the ends of lines between two places.
fn lines(file: &File, from: usize, to: usize) -> usize {
    let between = file.text.get(from..to).unwrap_or_default();
    let count = |sign: char| between.matches(sign).count();
    if between.contains('\n') {
        count('\n')
    } else {
        count('\r')
    }
}

impl Counts {
    /// Returns the cells of a row that are kept, numbers with decimal points.
    fn cells(
        &mut self,
        file: &File,
        row: &Row<'static>,
        width: usize,
        numbers: &[bool],
    ) -> Vec<Text> {
        let kept = row.width(width);
        self.empty_columns = self.empty_columns.max(row.cells.len() - kept);
        let cells = row.cells.iter().take(kept).enumerate();
        let cells = cells.map(|(column, cell)| {
            let is_number = numbers.get(column).copied().unwrap_or_default();
            let bare = unguard(cell.trim_ascii());
            let number = file.number(Text::Owned(bare.into()), is_number);
            // What is no number is kept as somebody wrote it.
            if number != bare && number.parse::<Quantity>().is_ok() {
                self.commas += 1;
                return number;
            }
            cell.clone()
        });
        cells.collect()
    }

    /// Says what was changed.
    fn told(&self, file: &File, delimiter: u8, is_ended: bool) -> Vec<String> {
        let mut told = Vec::new();
        match file.encoding {
            Encoding::Utf8 => {}
            Encoding::MarkedUtf8 => told.push("byte order mark".to_owned()),
            Encoding::Windows1252 | Encoding::Utf16Le | Encoding::Utf16Be => {
                told.push(file.encoding.name().to_owned());
            }
        }
        if file.delimiter != delimiter {
            told.push(match file.delimiter {
                b';' => "semicolons".to_owned(),
                b'\t' => "tabs".to_owned(),
                b'|' => "vertical bars".to_owned(),
                b',' => "commas".to_owned(),
                sign => format!("`{}` between cells", char::from(sign)),
            });
        }
        let mut tell = |count: usize, one: &str, several: &str| {
            if count > 0 {
                told.push(counted(count, one, several));
            }
        };
        tell(self.commas, "decimal comma", "decimal commas");
        tell(self.line_ends, "line end with CR", "line ends with CR");
        tell(self.empty_rows, "empty row", "empty rows");
        tell(self.empty_columns, "empty column", "empty columns");
        tell(
            self.quoted,
            "row with needless quotes",
            "rows with needless quotes",
        );
        if !is_ended && !file.text.is_empty() {
            told.push("no newline at the end".to_owned());
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tidied(text: &'static str, delimiter: u8) -> (String, String) {
        let mut file = File::new("x.csv", text);
        file.delimiter = delimiter;
        let tidied = tidy(&file, b',', |name| name == "v").unwrap();
        (tidied.text, tidied.changes.join(", "))
    }

    #[test]
    fn what_is_untidy_is_told_and_mended() {
        for (text, delimiter, wanted, changes) in [
            ("n,v\na,1\n", b',', "n,v\na,1\n", ""),
            ("n,v\na,1", b',', "n,v\na,1\n", "no newline at the end"),
            (
                "n;v\na,b;1,5\n",
                b';',
                "n,v\n\"a,b\",1.5\n",
                "semicolons, 1 decimal comma",
            ),
            (
                "n|v\na,b|1,5\n",
                b'|',
                "n,v\n\"a,b\",1.5\n",
                "vertical bars, 1 decimal comma",
            ),
            (
                "n\tv\na\t'-1,5\n",
                b'\t',
                "n,v\na,-1.5\n",
                "tabs, 1 decimal comma",
            ),
            (
                "n;v\na;1,5 (est.)\n",
                b';',
                "n,v\na,\"1,5 (est.)\"\n",
                "semicolons",
            ),
            (
                "n,v,,\na,1,,\nb,2\n",
                b',',
                "n,v\na,1\nb,2\n",
                "2 empty columns",
            ),
            ("n,v\na,1,,x\n", b',', "n,v\na,1,,x\n", ""),
            ("\nn,v\n\n\na,1\n ,\n\n", b',', "n,v\na,1\n", "5 empty rows"),
            (",\nn,v\n", b',', "n,v\n", "1 empty row"),
            (
                "n,v\r\n\"a\r\n\",1\r\n\r\n",
                b',',
                "n,v\n\"a\r\n\",1\n",
                "2 line ends with CR, 1 empty row",
            ),
            (
                "n,v\ra,1\r\r",
                b',',
                "n,v\na,1\n",
                "2 line ends with CR, 1 empty row",
            ),
            (
                "\"n\",v\n\"a\",\"1\"\n",
                b',',
                "n,v\na,1\n",
                "2 rows with needless quotes",
            ),
            ("n,v\na\"b,1\n", b',', "n,v\n\"a\"\"b\",1\n", "quotes"),
            ("\"n;m\"\na;b\n", b',', "\"n;m\"\na;b\n", ""),
            ("", b',', "", ""),
        ] {
            let wanted = (wanted.to_owned(), changes.to_owned());
            assert_eq!(tidied(text, delimiter), wanted, "{text:?}");
        }
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told() {
        let told = tidy(&File::new("x.csv", "n\n\"a\n"), b',', |_| false).unwrap_err();
        assert_eq!(
            told.to_string(),
            "x.csv:2:1: a double quote opens a cell and is never closed"
        );
    }

    #[test]
    fn a_point_among_decimal_commas_is_not_guessed() {
        let mut file = File::new("x.csv", "n;v\na.b;8.000\nc;3,3\nd;-1.5\ne;8.0e3\nf;0.125\n");
        file.delimiter = b';';
        let told = tidy(&file, b',', |name| name == "v").unwrap_err();
        assert_eq!(
            told.to_string(),
            "x.csv:2:5: column `v` has decimal commas: is `8.000` a number with decimals, or 8000?\n\
             x.csv:4:3: column `v` has decimal commas: `-1.5` has a point\n\
             x.csv:5:3: column `v` has decimal commas: `8.0e3` has a point\n\
             x.csv:6:3: column `v` has decimal commas: `0.125` has a point"
        );
    }
}
