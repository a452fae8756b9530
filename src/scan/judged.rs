//! Judges the values of a column, each of them once.

#![allow(
    clippy::indexing_slicing,
    reason = "the hot loop: a value is judged when its number is given"
)]

use super::names::Names;
use super::row::Row;

/// Values that are remembered.
const REMEMBERED: usize = 10_000;

/// The values of a column that were met, and whether they are what is looked for.
pub(crate) struct Judged {
    names: Names,
    found: Vec<bool>,
}

impl Judged {
    /// Makes one that has met no value yet.
    pub(crate) fn new() -> Self {
        Self {
            names: Names::new(),
            found: Vec::new(),
        }
    }

    /// Judges the value of a row, without the quotes around it.
    #[inline(always)]
    pub(crate) fn is(
        &mut self,
        row: Row<'_>,
        column: usize,
        judge: impl FnOnce(&[u8]) -> bool,
    ) -> bool {
        let number = self.names.number(row.bytes(), row.place(column));
        if number == self.found.len() {
            self.found.push(judge(&self.names.all()[number]));
        }
        let is_found = self.found[number];
        if self.found.len() > REMEMBERED {
            *self = Self::new();
        }
        is_found
    }
}
