//! What separates the cells of a table.

use serde::Deserialize;

use super::rows::Rows;

/// What may separate cells, the likeliest first.
pub(super) const DELIMITERS: [u8; 4] = *b",;\t|";

/// How a table is written, as its descriptor says.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Dialect {
    /// What separates cells, where that is said.
    pub(super) delimiter: Option<String>,
}

/// Returns what separates the cells of a table that begins so: what is declared, unless the header has one cell then and more with
/// another.
pub fn delimiter_of(text: &str, declared: Option<u8>) -> u8 {
    let candidates = declared.into_iter().chain(DELIMITERS);
    let width = |delimiter| {
        let header = Rows::of(text, delimiter).next();
        header.map_or(0, |row| row.cells.len())
    };
    let mut candidates = candidates.filter(|delimiter| width(*delimiter) > 1);
    candidates.next().or(declared).unwrap_or(b',')
}

/// Returns the first line of a table where it is none of the table, but tells a spreadsheet what separates cells: `sep=;`.
pub(super) fn separator_line(text: &str) -> Option<&str> {
    let line = text.lines().next()?.trim_ascii();
    let bare = line.trim_matches('"');
    let (key, sign) = bare.split_once('=')?;
    let is_one = sign.chars().count() <= 1;
    (key.eq_ignore_ascii_case("sep") && is_one).then_some(line)
}

impl Dialect {
    /// Returns what is declared to separate cells.
    pub(super) fn declared(&self) -> Option<u8> {
        match self.delimiter.as_deref().map(str::as_bytes) {
            Some([byte]) if byte.is_ascii() => Some(*byte),
            Some(_) | None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_shows_what_separates_cells() {
        let found = |declared: Option<&str>, text| {
            let dialect = Dialect {
                delimiter: declared.map(Into::into),
            };
            char::from(delimiter_of(text, dialect.declared()))
        };
        assert_eq!(found(None, "id,name\na;b,c\n"), ',');
        assert_eq!(found(Some(","), "id;name\na,b;c\n"), ';');
        assert_eq!(found(Some("|"), "id|name\n"), '|');
        assert_eq!(found(None, "id\tname\n"), '\t');
        assert_eq!(found(None, "id|name\na,b|c\n"), '|');
        assert_eq!(found(None, "id|x;name\n"), ';');
        assert_eq!(found(None, "\"id,x\";name\n"), ';');
        assert_eq!(found(None, "id\n"), ',');
        assert_eq!(found(Some("|"), ""), '|');
    }

    #[test]
    fn a_line_for_spreadsheets_is_no_header() {
        for line in ["sep=;", "SEP=,", "\"sep=|\"", "sep="] {
            let text = format!("{line}\r\nid;name\r\n");
            assert_eq!(separator_line(&text), Some(line));
        }
        for text in ["", "id;sep=\n", "sep\n", "sep=id\n", "\nsep=;\n"] {
            assert_eq!(separator_line(text), None, "{text}");
        }
    }
}
