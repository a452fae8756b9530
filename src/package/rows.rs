//! Splits the text of a CSV file into rows, each with the byte and the line where it begins.
//!
//! RFC 4180, read exactly as the `csv` crate reads it; the tests compare the two on every short text there is. Written
//! here because building that crate's state machine takes longer than reading a small table, and because a row
//! must know where it begins. Plain arithmetic for the same reason: a vectorised search first asks the processor what it
//! can do, and in a virtual machine that alone takes as long as reading the file.

use std::borrow::Cow;

/// The rows of a text that are still to come. Blank lines are no rows.
pub struct Rows<'t> {
    text: &'t str,
    delimiter: u8,
    at: usize,
    line: u64,
    is_open: bool,
}

/// One row.
pub struct Row<'t> {
    /// Byte of the text at which it begins.
    pub start: usize,
    /// Byte at which it ends, before what ends its line.
    pub end: usize,
    /// Line on which it begins, counted from 1.
    pub line: u64,
    /// Line on which it ends.
    pub last: u64,
    /// Its cells.
    pub cells: Vec<Cow<'t, str>>,
    /// Whether its last cell opens a quote that is never closed.
    pub is_open: bool,
}

impl Row<'_> {
    /// Says whether nothing stands in it.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim_ascii().is_empty())
    }

    /// Returns the line and the column where a cell stands in the text of the row, or where the row ends before it.
    pub(super) fn place_in(&self, text: &str, delimiter: u8, index: usize) -> (u64, u64) {
        let (mut line, mut column, mut cells) = (self.line, 1, 0);
        // A quote opens a cell where it begins, and is a letter behind the quote that closes it.
        let (mut begins, mut is_quoted) = (true, false);
        let mut letters = text.get(self.start..).unwrap_or_default().chars();
        while let Some(c) = letters.next() {
            if cells == index || (!is_quoted && matches!(c, '\r' | '\n')) {
                break;
            }
            column += 1;
            let is_end = c == char::from(delimiter) && !is_quoted;
            match c {
                '"' if begins => is_quoted = true,
                '"' if is_quoted && letters.as_str().starts_with('"') => {
                    letters.next();
                    column += 1;
                }
                '"' => is_quoted = false,
                '\n' => (line, column) = (line + 1, 1),
                _ if is_end => cells += 1,
                _ => {}
            }
            begins = is_end;
        }
        (line, column)
    }

    /// Counts its cells, but none of those beyond `wanted` in which nothing stands.
    pub fn width(&self, wanted: usize) -> usize {
        let beyond = self.cells.get(wanted..).unwrap_or_default();
        let last = beyond
            .iter()
            .rposition(|cell| !cell.trim_ascii().is_empty());
        match last {
            Some(last) => wanted + last + 1,
            None => self.cells.len().min(wanted),
        }
    }
}

impl<'t> Rows<'t> {
    /// Splits a text whose cells are separated by an ASCII character.
    pub fn of(text: &'t str, delimiter: u8) -> Self {
        Self::beginning_at(text, delimiter, 1)
    }

    /// Splits a text whose first line is the given one of its file.
    pub(super) fn beginning_at(text: &'t str, delimiter: u8, line: u64) -> Self {
        Self {
            text,
            delimiter,
            at: 0,
            line,
            is_open: false,
        }
    }

    /// Returns the byte behind the last row taken.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Returns the line that it is on.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Takes the text up to the first of some bytes, or all that is left.
    fn take<const N: usize>(&mut self, ends: [u8; N]) -> &'t str {
        let start = self.at;
        let rest = self.text.as_bytes().get(start..).unwrap_or_default();
        self.at += first_of(rest, ends);
        self.text.get(start..self.at).unwrap_or_default()
    }

    fn cell(&mut self) -> Cow<'t, str> {
        let ends_cell = [self.delimiter, b'\n', b'\r'];
        if self.peek() != Some(b'"') {
            return Cow::Borrowed(self.take(ends_cell));
        }
        let mut cell = Cow::Borrowed("");
        loop {
            self.at += 1;
            let quoted = self.take([b'"']);
            self.line += newlines(quoted);
            cell += quoted;
            self.is_open = self.peek().is_none();
            self.at += usize::from(!self.is_open);
            if self.peek() != Some(b'"') {
                cell += self.take(ends_cell);
                return cell;
            }
            cell += "\"";
        }
    }
}

impl<'t> Iterator for Rows<'t> {
    type Item = Row<'t>;

    fn next(&mut self) -> Option<Row<'t>> {
        while let b'\n' | b'\r' = self.peek()? {
            self.line += u64::from(self.peek() == Some(b'\n'));
            self.at += 1;
        }
        let (start, line) = (self.at, self.line);
        let mut cells = Vec::with_capacity(24);
        cells.push(self.cell());
        while self.peek() == Some(self.delimiter) {
            self.at += 1;
            cells.push(self.cell());
        }
        Some(Row {
            start,
            end: self.at,
            line,
            last: self.line,
            cells,
            is_open: self.is_open,
        })
    }
}

/// Returns the place of the first of some bytes, or the length, looking at eight bytes at a time.
fn first_of<const N: usize>(bytes: &[u8], wanted: [u8; N]) -> usize {
    const LOW: u64 = u64::from_le_bytes([0x01; 8]);
    const HIGH: u64 = u64::from_le_bytes([0x80; 8]);
    let (words, rest) = bytes.as_chunks::<8>();
    for (index, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let mut found = 0;
        for byte in wanted {
            // A byte that is the wanted one becomes zero, and subtracting one sets its highest bit; a bit above it may be
            // set falsely, the lowest one never (Mycroft 1987).
            let same = word ^ u64::from_le_bytes([byte; 8]);
            found |= same.wrapping_sub(LOW) & !same & HIGH;
        }
        if found != 0 {
            return index * 8 + found.trailing_zeros() as usize / 8;
        }
    }
    let place = rest.iter().position(|byte| wanted.contains(byte));
    words.len() * 8 + place.unwrap_or(rest.len())
}

fn newlines(text: &str) -> u64 {
    text.bytes().map(|byte| u64::from(byte == b'\n')).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ours(text: &str) -> Vec<Vec<String>> {
        let cells = |row: Row<'_>| row.cells.into_iter().map(Cow::into_owned).collect();
        Rows::of(text, b',').map(cells).collect()
    }

    fn theirs(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let rows = reader
            .records()
            .map(|row| row.unwrap().iter().map(Into::into).collect());
        rows.collect()
    }

    #[test]
    fn reads_every_short_text_as_the_csv_crate_reads_it() {
        let letters = ["a", "é", ",", "\"", "\n", "\r"];
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            for text in &texts {
                assert_eq!(ours(text), theirs(text), "{text:?}");
                // The same where eight bytes are looked at together, across their border and behind it.
                for before in ["b,cdefg", "bcd,efgh"] {
                    let text = format!("{before}{text}klmnopqrs");
                    assert_eq!(ours(&text), theirs(&text), "{text:?}");
                }
            }
            let longer = texts
                .iter()
                .flat_map(|text| letters.map(|letter| format!("{text}{letter}")));
            texts = longer.collect();
        }
    }

    #[test]
    fn the_first_byte_is_found_at_every_place() {
        let all: Vec<u8> = (0..=255).collect();
        for wanted in 0..=255_u8 {
            let others: Vec<u8> = all.iter().copied().filter(|byte| *byte != wanted).collect();
            for place in 0..20 {
                let mut bytes: Vec<u8> = others
                    .iter()
                    .copied()
                    .cycle()
                    .skip(place * 13)
                    .take(24)
                    .collect();
                assert_eq!(first_of(&bytes, [wanted]), 24);
                bytes[place] = wanted;
                assert_eq!(first_of(&bytes, [wanted]), place, "{wanted} in {bytes:?}");
            }
        }
    }

    #[test]
    fn a_cell_stands_where_it_is_read() {
        let places = |text: &str| -> Vec<(u64, u64)> {
            let row = Rows::of(text, b',').next().unwrap();
            let cells = 0..=row.cells.len();
            cells.map(|cell| row.place_in(text, b',', cell)).collect()
        };
        assert_eq!(places("a,b\n"), [(1, 1), (1, 3), (1, 4)]);
        assert_eq!(places("\"a,\"\"\n,\",b\n"), [(1, 1), (2, 4), (2, 5)]);
        assert_eq!(
            places("\"a,\"b\",c\"d,e\n"),
            [(1, 1), (1, 8), (1, 12), (1, 13)]
        );
    }

    #[test]
    fn lines_count_quoted_and_blank_ones() {
        let lines = |text| Rows::of(text, b',').map(|row| row.line).collect::<Vec<_>>();
        assert_eq!(lines("a\n\n\"b\nc\"\nd\n"), [1, 3, 5]);
        assert_eq!(lines("a\r\n\r\n\"b\r\nc\"\r\nd\r\n"), [1, 3, 5]);
    }
}
