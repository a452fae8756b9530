//! Walks the rows of a CSV text that lies in a buffer, a strip at a time, and hands each to whoever wants it.

#![allow(
    clippy::indexing_slicing,
    reason = "the hot loop: the ends of fields lie within the bytes that they were found in"
)]

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch};

use super::ends::Ends;
use super::row::{Row, Rows};
use super::structure::{BLOCK, State, find};

/// Bytes whose ends are found before their rows are walked: few enough to stay in the nearest cache.
const STRIP: usize = 128 * BLOCK;

/// How far the rows of a buffer are walked. More bytes may be added to the end of the buffer between two walks.
pub(super) struct Scan {
    /// What the processor can do.
    level: Level,
    delimiter: u8,
    ends: Ends,
    /// The next byte to look at.
    at: usize,
    state: State,
    /// The end of the part whose rows are wanted: those that begin before it.
    until: usize,
    /// The state there.
    state_at_end: State,
    /// Whether the next row is one of those wanted.
    is_wanted: bool,
    /// How many LF stand in the part.
    lines: usize,
    is_done: bool,
    /// Where the row begins within whose quotes the text ended.
    unclosed: Option<usize>,
}

impl Scan {
    /// Makes a scan that has nothing to do yet.
    pub(super) fn new(delimiter: u8) -> Self {
        Self {
            level: Level::new(),
            delimiter,
            ends: Ends::new(0),
            at: 0,
            state: State::FieldStart,
            until: 0,
            state_at_end: State::FieldStart,
            is_wanted: true,
            lines: 0,
            is_done: true,
            unclosed: None,
        }
    }

    /// Begins a part of a buffer. Without a state it begins with a row; with one, the first row wanted is that after the first
    /// end of a row, and the last one is that which goes on where the part ends.
    pub(super) fn begin(&mut self, part: std::ops::Range<usize>, state: Option<State>) {
        self.ends.restart(part.start);
        self.at = part.start;
        self.state = state.unwrap_or(State::FieldStart);
        self.until = part.end;
        self.state_at_end = self.state;
        self.is_wanted = state.is_none();
        self.lines = 0;
        self.is_done = false;
        self.unclosed = None;
    }

    /// Walks the rows; says whether all that are wanted have been walked, `false` when the buffer ends before the last of them
    /// does. `is_end` says that the text ends with the buffer.
    pub(super) fn walk(&mut self, bytes: &[u8], is_end: bool, rows: &mut impl Rows) -> bool {
        let level = self.level;
        dispatch!(level, simd => self.walk_with(simd, bytes, rows));
        if !self.is_done && is_end {
            let next = self.ends.next_start();
            let is_begun = next < bytes.len();
            if is_begun && self.is_wanted {
                self.ends.finish(bytes.len());
                self.hand_out(bytes, rows);
            }
            self.unclosed = (self.state == State::Quoted).then_some(next);
            self.is_done = true;
        }
        self.is_done
    }

    #[inline(always)]
    fn walk_with<S: Simd>(&mut self, simd: S, bytes: &[u8], rows: &mut impl Rows) {
        while !self.is_done && self.at < bytes.len() {
            // Beyond its end a part has no more than the rest of a row.
            let end = if self.at < self.until {
                self.until.min(self.at + STRIP)
            } else {
                self.at + 8 * BLOCK
            };
            let strip = &bytes[self.at..end.min(bytes.len())];
            let (state, lines) = find(
                simd,
                strip,
                self.at,
                self.delimiter,
                self.state,
                &mut self.ends,
            );
            self.at += strip.len();
            self.state = state;
            if self.at <= self.until {
                self.state_at_end = state;
                self.lines += lines;
            }
            self.hand_out(bytes, rows);
        }
    }

    /// Hands out the whole rows that are wanted.
    #[inline(always)]
    fn hand_out(&mut self, bytes: &[u8], rows: &mut impl Rows) {
        for ends in self.ends.rows() {
            if self.is_wanted {
                rows.row(Row::new(bytes, ends));
            }
            self.is_wanted = true;
            let last = ends[ends.len() - 1] as usize;
            if last >= self.until {
                self.is_done = true;
                return;
            }
        }
        self.ends.drop_rows();
    }

    /// Returns where the row begins that is not yet walked.
    pub(super) fn next_start(&self) -> usize {
        self.ends.next_start()
    }

    /// Returns the state where the part ends.
    pub(super) fn state_at_end(&self) -> State {
        self.state_at_end
    }

    /// Returns where the row begins within whose quotes the text ended; `None` when it did not end so.
    pub(super) fn unclosed(&self) -> Option<usize> {
        self.unclosed
    }

    /// Counts the LF of the part.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }
}
