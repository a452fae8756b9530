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
    /// The line of the file that it stands on, where that is known.
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

    /// Keeps the line that it stands on, but none that goes on too long before the place.
    pub fn show(&mut self, line: &str) {
        let column = self.problem.place.column.unwrap_or_default();
        let is_near = column <= LONGEST_LINE as u64;
        self.line = is_near.then(|| line.chars().take(LONGEST_LINE).collect());
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

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rule: Rule, line: u64, column: Option<u64>) -> Finding {
        let place = Place::file("x.csv").line(line);
        let place = match column {
            Some(column) => place.column(column),
            None => place,
        };
        Finding::new(rule, Problem::new(place, "is wrong"))
    }

    #[test]
    fn of_a_cell_one_thing_is_told_and_of_the_end_of_a_row_all() {
        let mut findings = Findings::default();
        findings.add(found(Rule::Type, 2, Some(3)));
        findings.add(found(Rule::Record, 2, Some(3)));
        findings.add(found(Rule::MissingLabel, 1, Some(9)));
        findings.add(found(Rule::MissingLabel, 1, Some(9)));
        findings.add(found(Rule::Profile, 4, None));
        findings.add(found(Rule::Denominator, 4, None));
        let rules: Vec<Rule> = findings.iter().map(|finding| finding.rule).collect();
        assert_eq!(
            rules,
            [
                Rule::Type,
                Rule::MissingLabel,
                Rule::MissingLabel,
                Rule::Profile,
                Rule::Denominator
            ]
        );
    }

    #[test]
    fn what_is_beyond_the_most_is_counted() {
        let mut findings = Findings::default();
        for line in 0..MOST as u64 + 7 {
            findings.add(found(Rule::Type, line, Some(1)));
        }
        assert_eq!((findings.iter().count(), findings.further), (MOST, 7));
    }

    #[test]
    fn a_record_is_named_where_its_id_is_one() {
        let named = |id: &str| found(Rule::Type, 2, None).of("kpi", id);
        let message = |id: &str| named(id).problem.message;
        assert_eq!(message("oak-nps"), "kpi `oak-nps`: is wrong");
        assert_eq!(message("Oak NPS"), "is wrong");
        assert_eq!(named("Oak NPS").record.as_deref(), Some("Oak NPS"));
        assert_eq!(named("").record, None);
    }

    #[test]
    fn of_a_long_line_the_beginning_is_kept() {
        let mut finding = found(Rule::Type, 2, None);
        finding.show(&"é".repeat(3 * LONGEST_LINE));
        assert_eq!(finding.line.unwrap().chars().count(), LONGEST_LINE);
        let mut beyond = found(Rule::Type, 2, Some(2 * LONGEST_LINE as u64));
        beyond.show(&"é".repeat(3 * LONGEST_LINE));
        assert_eq!(beyond.line, None);
    }
}
