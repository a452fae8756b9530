//! One thing that is wrong, and all of them.

use crate::base::{Id, Place};
use crate::package::Problem;

use super::Rule;

/// The most findings that are kept; the others are counted.
const MOST: usize = 10_000;

/// The most characters of a line that are kept.
const LONGEST_LINE: usize = 2_000;

/// One thing that is wrong in a casebook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that it breaks.
    pub rule: Rule,
    /// Where it is, what is wrong, and how to mend it.
    pub problem: Problem,
    /// The id of the record that it concerns, where that is known.
    pub record: Option<String>,
    /// The line of the file that it stands on, where that is a line of a table.
    pub line: Option<String>,
}

/// All that is wrong, in the order of the files.
#[derive(Debug, Default)]
pub struct Findings {
    all: Vec<Finding>,
    /// How many were found beyond those that are kept.
    pub further: usize,
}

impl Finding {
    /// Makes a finding.
    pub fn new(rule: Rule, problem: Problem) -> Self {
        Self {
            rule,
            problem,
            record: None,
            line: None,
        }
    }

    /// Names the record that it concerns; `kind` says of what kind it is.
    #[must_use]
    pub fn of(mut self, kind: &str, id: &str) -> Self {
        if let Ok(id) = id.parse::<Id>() {
            self.problem = self.problem.record(kind, &id);
        }
        self.record = (!id.is_empty()).then(|| id.into());
        self
    }

    /// Keeps the line that it stands on.
    #[must_use]
    pub fn on(mut self, line: &str) -> Self {
        self.line = Some(line.chars().take(LONGEST_LINE).collect());
        self
    }
}

impl Findings {
    /// Adds what was found, but nothing else in a place where something is wrong already.
    pub fn add(&mut self, finding: Finding) {
        // Where a row ends, several cells or columns may be missing.
        let is_cell = finding.problem.place.column.is_some() && finding.rule != Rule::MissingLabel;
        if is_cell && self.has(&finding.problem.place) {
            return;
        }
        if self.all.len() < MOST {
            self.all.push(finding);
        } else {
            self.further += 1;
        }
    }

    /// Says whether something is wrong in a place.
    fn has(&self, place: &Place) -> bool {
        // What is found in a place is found in a row, one after the other.
        let recent = self.all.iter().rev().take(64);
        recent
            .into_iter()
            .any(|known| known.problem.place == *place)
    }

    /// Borrows the findings.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.all.iter()
    }

    /// Takes the findings.
    pub fn into_vec(self) -> Vec<Finding> {
        self.all
    }
}
