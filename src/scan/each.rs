//! Shows every row of a text to somebody, in constant memory.

use std::io::Read;

use super::collector::{Collector, Told};
use super::lines::lines;
use super::log::Failure;
use super::row::{Row, Rows};
use super::stream;

/// Reads a text, `part` bytes at a time, and shows each row in turn: the line that it begins in, counted from 1, and its text
/// without a line end. Empty lines are no rows.
///
/// # Errors
/// As those of [`kept`](super::kept).
pub fn each(
    text: &mut dyn Read,
    delimiter: u8,
    part: usize,
    show: &mut dyn FnMut(usize, &[u8]),
) -> Result<(), Failure> {
    let mut guide = Guide { line: 1, show };
    stream::read(text, delimiter, part, &mut guide, &|_| {})?.told()
}

/// Whoever shows rows.
struct Guide<'a> {
    /// The line that the next row begins in.
    line: usize,
    show: &'a mut dyn FnMut(usize, &[u8]),
}

impl Rows for Guide<'_> {
    fn row(&mut self, row: Row<'_>) {
        if !row.is_empty() {
            (self.show)(self.line, row.text());
        }
        self.line += lines(row.text_and_end());
    }
}

impl Collector for Guide<'_> {
    type Told = ();

    fn begin(&mut self, _: usize) {}

    fn end(&mut self) {}

    /// A text that is read from its beginning is never taken to begin in the wrong state.
    fn give_back(&mut self, _: bool) {}

    fn is_full(&self) -> bool {
        false
    }
}

impl Told for () {
    fn add(&mut self, (): Self, _: usize) {}
}
