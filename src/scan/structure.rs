//! Finds where the fields and the rows of a CSV text end, 64 bytes at a time.
//!
//! The reading is that of the crate `csv`: a quote opens a quoted field only at the beginning of a field, and a line may end
//! with LF, CR or both. Quotes are counted for a whole block at once (Langdale and Lemire 2019, The VLDB Journal 28:941); a
//! block with a quote that opens elsewhere is read byte by byte, so that a stray quote never swallows what follows.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "the hot loop: positions lie within a buffer of far less than 4 GiB, and slices are as long as they are made here"
)]

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

use super::lines::lines as lines_in;

/// Bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// Where in a field a text stands between two bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// At the beginning of a field.
    FieldStart,
    /// After a byte of a field that is not quoted, or after its quotes.
    Unquoted,
    /// Within quotes.
    Quoted,
    /// After a quote within quotes: the end of the quotes, or the first of two that stand for one.
    QuoteInQuoted,
}

impl State {
    /// Returns the state after a byte, and whether the byte ends a field.
    fn after(self, byte: u8, delimiter: u8) -> (Self, bool) {
        let is_end = byte == delimiter || byte == b'\n' || byte == b'\r';
        match (self, byte) {
            (Self::Quoted, b'"') => (Self::QuoteInQuoted, false),
            (Self::Quoted, _) | (Self::FieldStart | Self::QuoteInQuoted, b'"') => {
                (Self::Quoted, false)
            }
            (Self::FieldStart | Self::Unquoted | Self::QuoteInQuoted, _) if is_end => {
                (Self::FieldStart, true)
            }
            (Self::FieldStart | Self::Unquoted | Self::QuoteInQuoted, _) => (Self::Unquoted, false),
        }
    }
}

/// Where fields and rows end, in order, of the rows not yet taken.
pub(super) struct Ends {
    /// The end of the row before, then the ends of fields; what lies behind `length` is spare room.
    fields: Vec<u32>,
    length: usize,
    /// Places in `fields` of the ends of rows; what lies behind `count` is spare room.
    rows: Vec<u32>,
    count: usize,
}

impl Ends {
    /// Makes the ends of a text whose first row follows the byte before `start`.
    pub(super) fn new(start: usize) -> Self {
        let mut ends = Self {
            fields: vec![0; BLOCK],
            length: 0,
            rows: Vec::new(),
            count: 0,
        };
        ends.restart(start);
        ends
    }

    /// Forgets everything; the next row follows the byte before `start`.
    pub(super) fn restart(&mut self, start: usize) {
        self.fields[0] = (start as u32).wrapping_sub(1);
        self.length = 1;
        self.count = 0;
    }

    /// Returns, for each whole row, the end of the row before it and the ends of its fields.
    #[inline(always)]
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u32]> {
        let mut first = 0;
        self.rows[..self.count].iter().map(move |last| {
            let last = *last as usize;
            let ends = &self.fields[first..=last];
            first = last;
            ends
        })
    }

    /// Drops the whole rows, and keeps the ends of what follows them.
    #[inline(always)]
    pub(super) fn drop_rows(&mut self) {
        let Some(last) = self.count.checked_sub(1) else {
            return;
        };
        let last = self.rows[last] as usize;
        self.fields.copy_within(last..self.length, 0);
        self.length -= last;
        self.count = 0;
    }

    /// Returns where the row begins that follows the whole ones.
    pub(super) fn next_start(&self) -> usize {
        let last = self.count.checked_sub(1).map_or(0, |last| self.rows[last]);
        self.fields[last as usize].wrapping_add(1) as usize
    }

    /// Ends the last row where the text ends.
    pub(super) fn finish(&mut self, at: usize) {
        self.make_room(1);
        self.fields[self.length] = at as u32;
        self.rows[self.count] = self.length as u32;
        self.length += 1;
        self.count += 1;
    }

    /// Makes room for the ends in so many bytes, and in a block more.
    fn make_room(&mut self, bytes: usize) {
        let fields = self.length + bytes + BLOCK;
        if self.fields.len() < fields {
            self.fields.resize(fields, 0);
        }
        let rows = self.count + bytes + BLOCK;
        if self.rows.len() < rows {
            self.rows.resize(rows, 0);
        }
    }

    /// Adds the ends of a block at `base`: a bit for each byte that ends a field, and for each that ends a row.
    #[inline(always)]
    fn add(&mut self, base: usize, mut fields: u64, mut rows: u64) {
        let count = fields.count_ones() as usize;
        // Most blocks end one row or none: written without a branch, the second and later ones in a loop.
        let below = |rows: u64| (fields & rows.wrapping_sub(1) & !rows).count_ones();
        self.rows[self.count] = self.length as u32 + below(rows);
        self.count += usize::from(rows != 0);
        rows &= rows.wrapping_sub(1);
        while rows != 0 {
            self.rows[self.count] = self.length as u32 + below(rows);
            self.count += 1;
            rows &= rows - 1;
        }
        let mut next = || {
            let place = base as u32 + fields.trailing_zeros();
            fields &= fields.wrapping_sub(1);
            place
        };
        let room = &mut self.fields[self.length..self.length + BLOCK];
        let (few, many) = room.split_at_mut(8);
        // Written out, for the compiler leaves a loop a loop where it saves room.
        if let Some(few) = few.first_chunk_mut::<8>() {
            *few = [
                next(),
                next(),
                next(),
                next(),
                next(),
                next(),
                next(),
                next(),
            ];
        }
        for place in many.iter_mut().take(count.saturating_sub(8)) {
            *place = next();
        }
        self.length += count;
    }
}

/// Adds the ends in `bytes`, which stand at `base`, and returns the state after them and how many LF there were.
#[inline(always)]
pub(super) fn find<S: Simd>(
    simd: S,
    bytes: &[u8],
    base: usize,
    delimiter: u8,
    state: State,
    ends: &mut Ends,
) -> (State, usize) {
    ends.make_room(bytes.len());
    let all = |byte| u8x64::splat(simd, byte);
    let (quote, comma, feed, carriage) = (all(b'"'), all(delimiter), all(b'\n'), all(b'\r'));
    let mut lines = 0;
    let mut at = base;
    let mut carried = Carried::of(state);
    let mut blocks = bytes.chunks_exact(BLOCK);
    for block in &mut blocks {
        let text = u8x64::from_slice(simd, block);
        let bits = |wanted| text.simd_eq(wanted).to_bitmask();
        let (marks, feeds) = (bits(quote), bits(feed));
        let rows = feeds | bits(carriage);
        let fields = rows | bits(comma);
        lines += feeds.count_ones() as usize;
        // Within quotes is every byte after an odd number of quotes.
        let quoted = odd(marks) ^ carried.inside;
        let opening = marks & quoted;
        // A quote may open after the end of a field, or after a quote that closed.
        let openable = (fields | marks) << 1 | carried.may_open;
        if opening & !openable != 0 {
            carried = Carried::of(bytewise(block, at, delimiter, carried.state(), ends));
        } else {
            ends.add(at, fields & !quoted, rows & !quoted);
            carried = Carried {
                inside: (quoted >> (BLOCK - 1)).wrapping_neg(),
                may_open: (fields | marks) >> (BLOCK - 1),
                is_start: fields >> (BLOCK - 1),
            };
        }
        at += BLOCK;
    }
    let rest = blocks.remainder();
    lines += lines_in(rest);
    let state = carried.state();
    if rest.is_empty() {
        return (state, lines);
    }
    (bytewise(rest, at, delimiter, state, ends), lines)
}

/// A state as the masks of the next block need it: from block to block nothing is decided, only carried.
#[derive(Clone, Copy)]
struct Carried {
    /// All bits within quotes, else none.
    inside: u64,
    /// 1 where a quote may open.
    may_open: u64,
    /// 1 at the beginning of a field; within quotes it means nothing.
    is_start: u64,
}

impl Carried {
    #[inline(always)]
    fn of(state: State) -> Self {
        Self {
            inside: u64::from(state == State::Quoted).wrapping_neg(),
            may_open: u64::from(matches!(state, State::FieldStart | State::QuoteInQuoted)),
            is_start: u64::from(state == State::FieldStart),
        }
    }

    #[inline(always)]
    fn state(self) -> State {
        if self.inside != 0 {
            State::Quoted
        } else if self.is_start != 0 {
            State::FieldStart
        } else if self.may_open != 0 {
            State::QuoteInQuoted
        } else {
            State::Unquoted
        }
    }
}

/// Sets every bit that has an odd number of set bits up to it, itself included.
#[inline(always)]
fn odd(mut bits: u64) -> u64 {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^ bits << 32
}

/// Does for up to a block of bytes, one by one, what is right whatever its quotes.
#[cold]
#[inline(never)]
fn bytewise(block: &[u8], base: usize, delimiter: u8, mut state: State, ends: &mut Ends) -> State {
    let (mut fields, mut rows) = (0, 0);
    for (place, byte) in block.iter().enumerate() {
        let is_end;
        (state, is_end) = state.after(*byte, delimiter);
        fields |= u64::from(is_end) << place;
        rows |= u64::from(is_end && *byte != delimiter) << place;
    }
    ends.add(base, fields, rows);
    state
}
