//! What is known of rows when they are read: their lines, what must be told of them, and what makes them unreadable.

use std::io;

use super::collector::Told;

/// The longest row that is read.
pub(super) const LONGEST_ROW: usize = 1 << 20;

/// What makes a file unreadable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A row is longer than any that is read.
    TooLong,
    /// The file ends within quotes.
    Unclosed,
}

impl Fault {
    /// Says what is wrong with the row.
    pub fn message(self) -> String {
        match self {
            Self::TooLong => format!(
                "the row that begins here is longer than {} MB",
                LONGEST_ROW >> 20
            ),
            Self::Unclosed => {
                "the file ends within quotes that a field of this row opens".to_owned()
            }
        }
    }

    /// Says what to do about it.
    pub fn hint(self) -> &'static str {
        match self {
            Self::TooLong => {
                "is a quote in it never closed? A quote at the beginning of a field opens it, and within it is written twice"
            }
            Self::Unclosed => {
                "close the quote; a quote within a field that begins with one is written twice"
            }
        }
    }
}

/// What kept rows from being read.
#[derive(Debug)]
pub enum Failure {
    /// The file cannot be read.
    File(io::Error),
    /// A row cannot be read, which begins in a line.
    Row(Fault, usize),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::File(error)
    }
}

/// What is known of some rows that follow each other.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log<T> {
    /// How many lines they take.
    pub lines: usize,
    /// What must be told of them.
    pub told: T,
    /// What makes them unreadable, and the line that the row begins in.
    pub fault: Option<(Fault, usize)>,
}

impl<T: Told> Log<T> {
    /// Adds what is known of the rows that follow.
    pub(super) fn add(&mut self, next: Self) {
        let lines = self.lines;
        self.told.add(next.told, lines);
        let fault = next.fault.map(|(fault, line)| (fault, line + lines));
        self.fault = self.fault.or(fault);
        self.lines += next.lines;
    }

    /// Returns what must be told of the rows, unless one is unreadable.
    pub(super) fn told(self) -> Result<T, Failure> {
        match self.fault {
            Some((fault, line)) => Err(Failure::Row(fault, line + 1)),
            None => Ok(self.told),
        }
    }
}
