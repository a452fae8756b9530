//! Reads CSV texts of any size, as the crate `csv` reads them: in one pass, in constant memory, on all cores.
//!
//! It knows nothing of what the rows say: whoever collects them does.

#![allow(
    clippy::inline_always,
    reason = "what is called in the hot loop must be compiled for the same set of instructions, which only inlining does"
)]

#[cfg(target_arch = "x86_64")]
mod avx512;
mod buffer;
mod collector;
mod ends;
mod field;
mod first;
mod judged;
mod kept;
mod lines;
mod log;
mod names;
mod parity;
mod parts;
mod row;
mod source;
mod stream;
mod structure;
mod walk;

pub(crate) use collector::{Collector, Told};
pub(crate) use field::unquoted;
pub use first::{FirstRow, first_rows};
pub(crate) use judged::Judged;
pub use kept::{Kept, kept};
pub(crate) use lines::lines;
pub(crate) use log::Log;
pub use log::{Failure, Fault};
pub(crate) use names::Names;
pub(crate) use parts::read as read_parts;
pub(crate) use row::{Row, Rows};
pub(crate) use source::Reader;
pub use source::Source;
pub(crate) use stream::read as read_stream;

/// How the work is done.
#[derive(Debug, Clone, Copy)]
pub struct Effort {
    /// The most threads, 1 or more.
    pub threads: usize,
    /// Bytes that are read at a time, 1 or more.
    pub part: usize,
}

impl Effort {
    /// Returns how long a file is at most that is not worth several threads.
    pub(crate) fn worth_parts(self) -> u64 {
        4 * self.part as u64
    }
}

/// Rows in what can be read at any place: those below the header of a file.
#[derive(Clone, Copy)]
pub struct Span<'a> {
    /// Where they are.
    pub source: &'a dyn Source,
    /// The byte at which the first one begins.
    pub start: u64,
    /// The byte behind the last one.
    pub end: u64,
    /// What separates their fields.
    pub delimiter: u8,
    /// How many fields a row has.
    pub width: usize,
}
