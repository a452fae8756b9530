//! Finds where the fields and the rows of a CSV text end, 64 bytes at a time.
//!
//! The reading is that of the crate `csv`: a quote opens a quoted field only at the beginning of a field, and a line may end
//! with LF, CR or both. Quotes are counted for a whole block at once (Langdale and Lemire 2019, The VLDB Journal 28:941); a
//! block with a quote that opens elsewhere is read byte by byte, so that a stray quote never swallows what follows.

#![allow(
    clippy::indexing_slicing,
    reason = "the hot loop: a block that was looked at is one of the blocks"
)]

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

use super::ends::{Ends, Found};
use super::lines::lines as lines_in;
use super::parity::odd;

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

/// Adds the ends in `bytes`, which stand at `base`, and returns the state after them and how many LF there were.
#[inline(always)]
pub(super) fn find<S: Simd>(
    simd: S,
    bytes: &[u8],
    base: usize,
    delimiter: u8,
    state: State,
    all_ends: &mut Ends,
) -> (State, usize) {
    all_ends.make_room(bytes.len());
    // What this function alone sees stays in registers from block to block.
    let mut ends = std::mem::take(all_ends);
    let all = |byte| u8x64::splat(simd, byte);
    let (quote, comma, feed, carriage) = (all(b'"'), all(delimiter), all(b'\n'), all(b'\r'));
    let mut lines = 0;
    let mut carried = Carried::of(state);
    let (blocks, rest) = bytes.as_chunks::<BLOCK>();
    for (number, block) in blocks.iter().enumerate() {
        let text = u8x64::from_slice(simd, block);
        let bits = |wanted| text.simd_eq(wanted).to_bitmask();
        let (marks, feeds) = (bits(quote), bits(feed));
        lines += feeds.count_ones() as usize;
        // Of CR and LF together only LF is an end here: the row leaves CR out.
        let rows = feeds | bits(carriage) & !(feeds >> 1);
        let fields = rows | bits(comma);
        // Within quotes is every byte after an odd number of quotes.
        let quoted = odd(simd, marks) ^ carried.inside;
        // A quote may open after the end of a field, or after a quote that closed.
        let openers = fields | marks;
        let openable = openers << 1 | carried.may_open;
        let mut found = Found {
            fields: fields & !quoted,
            rows: rows & !quoted,
        };
        if marks & quoted & !openable == 0 {
            carried = Carried {
                inside: (quoted >> (BLOCK - 1)).wrapping_neg(),
                may_open: openers >> (BLOCK - 1),
            };
        } else {
            let before = match number.checked_sub(1) {
                Some(before) => carried.state(blocks[before]),
                None => state,
            };
            let after;
            (found, after) = bytewise(block, delimiter, before);
            carried = Carried::of(after);
        }
        ends.add(simd, base + number * BLOCK, found);
    }
    let mut after = match blocks.last() {
        Some(before) => carried.state(*before),
        None => state,
    };
    if !rest.is_empty() {
        let found;
        (found, after) = bytewise(rest, delimiter, after);
        ends.add(simd, base + bytes.len() - rest.len(), found);
    }
    *all_ends = ends;
    (after, lines + lines_in(rest))
}

/// A state as the masks of the next block need it: from block to block nothing is decided, only carried.
#[derive(Clone, Copy)]
struct Carried {
    /// All bits within quotes, else none.
    inside: u64,
    /// 1 where a quote may open.
    may_open: u64,
}

impl Carried {
    #[inline(always)]
    fn of(state: State) -> Self {
        Self {
            inside: u64::from(state == State::Quoted).wrapping_neg(),
            may_open: u64::from(matches!(state, State::FieldStart | State::QuoteInQuoted)),
        }
    }

    /// Returns the state after a block.
    #[inline(always)]
    fn state(self, block: [u8; BLOCK]) -> State {
        if self.inside != 0 {
            State::Quoted
        } else if self.may_open == 0 {
            State::Unquoted
        } else if block[BLOCK - 1] == b'"' {
            State::QuoteInQuoted
        } else {
            State::FieldStart
        }
    }
}

/// Finds in up to a block of bytes, one by one, what is right whatever its quotes, and returns the state after them.
#[cold]
#[inline(never)]
fn bytewise(block: &[u8], delimiter: u8, mut state: State) -> (Found, State) {
    let (mut fields, mut rows) = (0, 0);
    for (place, byte) in block.iter().enumerate() {
        let is_end;
        (state, is_end) = state.after(*byte, delimiter);
        fields |= u64::from(is_end) << place;
        rows |= u64::from(is_end && *byte != delimiter) << place;
    }
    (Found { fields, rows }, state)
}
