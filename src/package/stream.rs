//! The rows of a table of any size, read a piece at a time.

use std::io::{self, Read};

use super::decode::BOM;
use super::rows::{Row, Rows};

/// Bytes that are read at a time.
const PIECE: usize = 1 << 20;

/// The longest row that is read.
const LONGEST_ROW: usize = 1 << 20;

/// Why a table could not be read to its end.
#[derive(Debug)]
pub enum Broken {
    /// It cannot be read.
    Unreadable(io::Error),
    /// A byte is no UTF-8, or zero: its line, its column, the byte.
    NoText(u64, u64, u8),
    /// The row that begins on this line is too long.
    TooLong(u64),
}

/// A piece of a table, with the rows that begin in it.
pub struct Piece<'p> {
    text: &'p str,
    delimiter: u8,
}

impl Piece<'_> {
    /// Returns the line and the column where a cell of a row stands, or where the row ends before it.
    pub fn place(&self, row: &Row<'_>, index: usize) -> (u64, u64) {
        row.place_in(self.text, self.delimiter, index)
    }

    /// Returns the line of the text that is the given one, where a row begins that is on it or before it.
    pub fn line(&self, row: &Row<'_>, line: u64) -> &str {
        let rest = self.text.get(row.start..).unwrap_or_default();
        let ahead = usize::try_from(line.saturating_sub(row.line)).unwrap_or_default();
        rest.lines().nth(ahead).unwrap_or_default()
    }
}

/// Hands each row of a table to a function, in order, the header first. What separates cells is told by `delimiter`, which sees the
/// beginning of the text. Returns the line on which it ends.
///
/// # Errors
/// Why it could not be read to its end.
pub fn each_row(
    from: &mut dyn Read,
    delimiter: &dyn Fn(&str) -> u8,
    take: &mut dyn FnMut(&Piece<'_>, &Row<'_>),
) -> Result<u64, Broken> {
    let mut bytes: Vec<u8> = Vec::new();
    let (mut line, mut separator, mut wanted) = (1, None, PIECE);
    loop {
        let room = (wanted - bytes.len()) as u64;
        let read = from.take(room).read_to_end(&mut bytes);
        let is_end = (read.map_err(Broken::Unreadable)? as u64) < room;
        if separator.is_none() && bytes.starts_with(BOM) {
            bytes.drain(..BOM.len());
        }
        let (text, is_text) = text_of(&bytes, is_end);
        let delimiter = *separator.get_or_insert_with(|| delimiter(text));
        let piece = Piece { text, delimiter };
        let mut rows = Rows::beginning_at(text, delimiter, line);
        let first = line;
        let mut kept = text.len();
        while let Some(row) = rows.next() {
            // A row that goes on to the end of a piece may go on beyond it.
            if rows.position() == text.len() && !(is_end && is_text) {
                (kept, line) = (row.start, row.line);
                break;
            }
            take(&piece, &row);
        }
        if kept == text.len() {
            line = rows.line();
        }
        if !is_text {
            let last = text.rsplit('\n').next().unwrap_or_default();
            let column = last.chars().count() as u64 + 1;
            let lines = text.matches('\n').count() as u64;
            let found = bytes.get(text.len()).copied().unwrap_or_default();
            return Err(Broken::NoText(first + lines, column, found));
        }
        if is_end {
            return Ok(line);
        }
        if bytes.len() - kept > LONGEST_ROW {
            return Err(Broken::TooLong(line));
        }
        bytes.drain(..kept);
        wanted = bytes.len() + PIECE;
    }
}

/// Returns the text at the beginning of some bytes, before a zero byte, and whether it is all there is but for a letter that goes on
/// beyond them.
fn text_of(bytes: &[u8], is_end: bool) -> (&str, bool) {
    let (text, is_whole) = utf8_of(bytes, is_end);
    match text.split_once('\0') {
        Some((before, _)) => (before, false),
        None => (text, is_whole),
    }
}

fn utf8_of(bytes: &[u8], is_end: bool) -> (&str, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text, true),
        Err(error) => {
            let text = bytes.get(..error.valid_up_to()).unwrap_or_default();
            let is_cut = error.error_len().is_none() && !is_end;
            (std::str::from_utf8(text).unwrap_or_default(), is_cut)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the rows of a text, each with its line, as they are read in pieces and as a whole.
    fn both(text: &str) -> [Vec<(u64, Vec<String>)>; 2] {
        let mut found = Vec::new();
        let told = each_row(&mut text.as_bytes(), &|_| b',', &mut |_, row| {
            let cells = row.cells.iter().map(ToString::to_string);
            found.push((row.line, cells.collect()));
        });
        told.unwrap();
        let rows = Rows::of(text, b',');
        let whole = rows.map(|row| {
            (
                row.line,
                row.cells.iter().map(ToString::to_string).collect(),
            )
        });
        [found, whole.collect()]
    }

    #[test]
    fn rows_are_the_same_wherever_pieces_end() {
        // Rows of all lengths around the end of a piece: quotes, both line ends, letters of several bytes, blank lines.
        for shift in 0..40 {
            let mut text = "x".repeat(PIECE - 20 + shift);
            text += ",\"a \"\"é\"\"\r\nb\",ü\r\n\r\n\nlast,\"1\"\r\n7";
            let [found, whole] = both(&text);
            assert_eq!(found, whole, "{shift}");
            assert_eq!(found.len(), 3, "{shift}");
        }
        let many = "7,\"é\n7\"\n".repeat(200_000);
        let [found, whole] = both(&many);
        assert!(found == whole && found.len() == 200_000);
    }

    #[test]
    fn the_line_on_which_it_ends_is_behind_the_blank_ones() {
        let end = |text: &str| each_row(&mut text.as_bytes(), &|_| b',', &mut |_, _| {}).unwrap();
        assert_eq!(end(""), 1);
        assert_eq!(end("a\nb"), 2);
        assert_eq!(end("a\nb\n"), 3);
        assert_eq!(end("a\r\nb\r\n\r\n"), 4);
    }

    #[test]
    fn what_is_no_text_or_does_not_end_is_told_with_its_line() {
        let read = |bytes: &[u8]| each_row(&mut &*bytes, &|_| b',', &mut |_, _| {});
        assert!(matches!(
            read(b"a\n\xC3\xA9,\xE9\n"),
            Err(Broken::NoText(2, 3, 0xE9))
        ));
        assert!(matches!(read(b"a\n\xC3"), Err(Broken::NoText(2, 1, 0xC3))));
        assert!(matches!(read(b"a\nb\0\n"), Err(Broken::NoText(2, 2, 0))));
        let long = format!("a\nb\n{}", "x".repeat(3 * LONGEST_ROW));
        assert!(matches!(read(long.as_bytes()), Err(Broken::TooLong(3))));
    }
}
