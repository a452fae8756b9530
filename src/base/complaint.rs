//! A refusal that tells the user what was wrong and what to do.

use std::fmt;

/// Why something that a user asked for could not be done, and how to ask for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// What is wrong: lower case, no full stop, names in backticks.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
}

impl Complaint {
    /// Makes a complaint without a hint.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            hint: None,
        }
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Makes a complaint about a name that is not known: suggests the near ones and tells how to see all.
    pub fn unknown<'a>(
        what: &str,
        name: &str,
        known: impl IntoIterator<Item = &'a str>,
        all: &str,
    ) -> Self {
        let near = super::suggest::did_you_mean(name, known);
        let hint = near.map_or_else(|| all.to_owned(), |near| format!("{near} {all}"));
        Self::new(format!("unknown {what} `{name}`")).hint(hint)
    }
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Complaint {}
