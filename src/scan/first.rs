//! Reads the first rows of a text: its header, a sample of what follows.

use super::field::unquoted;
use super::row::{Row, Rows};
use super::walk::Scan;

/// One of the first rows of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRow {
    /// Its fields, without quotes.
    pub fields: Vec<Vec<u8>>,
    /// Where it ends: at the end of its line.
    pub end: usize,
}

/// Bytes that are looked at before those behind them: few rows are wanted of texts that may be long.
const LITTLE: usize = 1 << 12;

/// Returns the first rows of a text, at most so many, without empty lines. Unless the text ends here, its last row may not be
/// whole, and is left out.
pub fn first_rows(text: &[u8], delimiter: u8, is_end: bool, most: usize) -> Vec<FirstRow> {
    let mut first = First {
        rows: Vec::new(),
        most,
    };
    let mut scan = Scan::new(delimiter);
    scan.begin(0..text.len(), None);
    let mut end = 0;
    while end < text.len() && first.rows.len() < most {
        end = text.len().min(LITTLE.max(2 * end));
        let (looked_at, is_end) = (
            text.get(..end).unwrap_or_default(),
            is_end && end == text.len(),
        );
        scan.walk(looked_at, is_end, &mut (&mut first as &mut dyn Rows));
    }
    first.rows
}

struct First {
    rows: Vec<FirstRow>,
    most: usize,
}

impl Rows for First {
    fn row(&mut self, row: Row<'_>) {
        if row.is_empty() || self.rows.len() >= self.most {
            return;
        }
        let fields = (0..row.width()).map(|field| unquoted(row.field(field)).into_owned());
        self.rows.push(FirstRow {
            fields: fields.collect(),
            end: row.end(),
        });
    }
}
