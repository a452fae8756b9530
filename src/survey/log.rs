//! What must be told of rows: the first wrong ones and what makes a file unreadable, each with its line.

use super::reason::Reason;

/// How many wrong rows are kept to be shown, of a part and of a file.
pub(super) const SHOWN: usize = 5;

/// A wrong row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wrong {
    /// The line that it begins in.
    pub line: usize,
    /// What is wrong.
    pub reason: Reason,
    /// What was found instead.
    pub found: String,
}

/// What makes a file unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A row is longer than any that is read.
    TooLong,
    /// The file ends within quotes.
    Unclosed,
}

/// What must be told of some rows that follow each other.
#[derive(Debug, Clone, Default)]
pub(super) struct Log {
    /// How many lines they take.
    pub lines: usize,
    /// The first wrong ones.
    pub wrong: Vec<Wrong>,
    /// What makes them unreadable, and the line that the row begins in.
    pub fault: Option<(Fault, usize)>,
}

impl Log {
    /// Adds what must be told of the rows that follow.
    pub(super) fn add(&mut self, next: Self) {
        let lines = self.lines;
        let room = SHOWN.saturating_sub(self.wrong.len());
        self.wrong
            .extend(next.wrong.into_iter().take(room).map(|wrong| Wrong {
                line: wrong.line + lines,
                ..wrong
            }));
        let fault = next.fault.map(|(fault, line)| (fault, line + lines));
        self.fault = self.fault.or(fault);
        self.lines += next.lines;
    }
}

/// Counts the LF in some bytes.
pub(super) fn lines(bytes: &[u8]) -> usize {
    bytes.iter().map(|byte| usize::from(*byte == b'\n')).sum()
}
