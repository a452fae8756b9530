//! Why a text is not a value of its type.

use std::borrow::Cow;
use std::fmt;

/// What was wanted instead of the text that was found, and perhaps how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// Completes "must be ...": `a number`, `a date such as ...`.
    pub wanted: Cow<'static, str>,
    /// The way to mend it, where there is one to name.
    pub hint: Option<Cow<'static, str>>,
}

impl Invalid {
    /// Makes a complaint without a hint.
    pub fn new(wanted: impl Into<Cow<'static, str>>) -> Self {
        Self {
            wanted: wanted.into(),
            hint: None,
        }
    }

    /// Adds the way to mend it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Cow<'static, str>>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "must be {}", self.wanted)?;
        match &self.hint {
            Some(hint) => write!(f, " ({hint})"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Invalid {}
