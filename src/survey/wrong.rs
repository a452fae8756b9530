//! The first wrong rows, each with its line.

use crate::scan::Told;

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

impl Told for Vec<Wrong> {
    fn add(&mut self, next: Self, lines: usize) {
        let room = SHOWN.saturating_sub(self.len());
        self.extend(next.into_iter().take(room).map(|wrong| Wrong {
            line: wrong.line + lines,
            ..wrong
        }));
    }
}
