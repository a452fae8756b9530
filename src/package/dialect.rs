//! What separates the cells of a table.

use serde::Deserialize;

use super::rows::Rows;

/// What may separate cells, the likeliest first.
pub(super) const DELIMITERS: [u8; 3] = *b",;\t";

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
        assert_eq!(found(None, "\"id,x\";name\n"), ';');
        assert_eq!(found(None, "id\n"), ',');
        assert_eq!(found(Some("|"), ""), '|');
    }
}
