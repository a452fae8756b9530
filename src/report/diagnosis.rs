//! Something wrong in a file of the user's.

use crate::base::Place;

/// One thing that is wrong: the rule that it breaks, where it is, how to mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnosis {
    /// The stable key of the rule.
    pub rule: &'static str,
    /// What the rule says.
    pub says: &'static str,
    /// Whether it is only advice.
    pub is_advice: bool,
    /// Where it is.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub hint: Option<String>,
    /// The line that it stands on.
    pub line: Option<String>,
}

impl Diagnosis {
    /// Returns how grave it is: `error` or `warning`.
    pub fn level(&self) -> &'static str {
        if self.is_advice { "warning" } else { "error" }
    }
}
