//! Where a record or a mistake stands in its file.

use std::fmt;

/// A value together with the line on which its record begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Located<T> {
    /// Line of the file, counted from 1.
    pub line: u64,
    /// The record itself.
    pub value: T,
}

/// A place in a file: `data/kpis.csv:14:21`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Place {
    /// The file, as the user can open it.
    pub path: String,
    /// Line, counted from 1; `None` when the whole file is meant.
    pub line: Option<u64>,
    /// Column in characters, counted from 1; `None` when the whole line is meant.
    pub column: Option<u64>,
}

impl Place {
    /// Makes a place that means the whole file.
    pub fn file(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            line: None,
            column: None,
        }
    }

    /// Narrows the place down to a line.
    #[must_use]
    pub fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// Narrows the place down to a column of its line.
    #[must_use]
    pub fn column(mut self, column: u64) -> Self {
        self.column = Some(column);
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.path)?;
        let Some(line) = self.line else { return Ok(()) };
        write!(f, ":{line}")?;
        match self.column {
            Some(column) => write!(f, ":{column}"),
            None => Ok(()),
        }
    }
}
