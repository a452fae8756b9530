//! Whoever collects the rows of a text, a part at a time, and what must be told of them.

use super::row::Rows;

/// Whoever collects rows. Parts may come in any order; one that was taken to begin in the wrong state is given back.
pub(crate) trait Collector: Rows {
    /// What must be told of the rows of a part.
    type Told: Told;

    /// Begins a part of a buffer.
    fn begin(&mut self, start: usize);

    /// Ends the part, and returns what must be told of it.
    fn end(&mut self) -> Self::Told;

    /// Gives rows back from now on that were taken before, or takes rows again.
    fn give_back(&mut self, is_given_back: bool);

    /// Says whether no more rows are wanted.
    fn is_full(&self) -> bool;
}

/// What must be told of rows that follow each other, with lines that are counted from the first of them.
pub(crate) trait Told: Default + Send {
    /// Adds what must be told of the rows that follow, so many lines below.
    fn add(&mut self, next: Self, lines: usize);
}
