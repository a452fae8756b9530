//! Mistakes in the files of a package: where, which record, what was wanted, what was found, how to mend it.

use std::fmt;

use crate::base::{Id, Place};

/// One mistake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What is wrong, with the record and the column it concerns.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Problem {
    /// Makes a mistake of a place.
    pub fn new(place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            message: message.into(),
            hint: None,
        }
    }

    /// Names the record that it concerns; `kind` says of what kind it is.
    #[must_use]
    pub fn record(mut self, kind: &str, id: &Id) -> Self {
        self.message = format!("{kind} `{id}`: {}", self.message);
        self
    }

    /// Adds the way to mend it, where there is one.
    #[must_use]
    pub fn hint(mut self, hint: Option<impl Into<String>>) -> Self {
        self.hint = hint.map(Into::into);
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

/// All mistakes found in one go; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoadError {
    /// The mistakes, in the order of the file; those of other files after them.
    pub problems: Vec<Problem>,
}

impl LoadError {
    /// Is an error when there are mistakes.
    ///
    /// # Errors
    /// All of them.
    pub fn unless_none(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() {
            Ok(())
        } else {
            Err(Self { problems })
        }
    }
}

impl From<Problem> for LoadError {
    fn from(problem: Problem) -> Self {
        Self {
            problems: vec![problem],
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            let gap = if index == 0 { "" } else { "\n" };
            write!(f, "{gap}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for LoadError {}
