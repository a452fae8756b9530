//! `casecmp check`: every mistake of a casebook, by the Data Package standard and by the rules of casebooks.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::{Quantity, Relation, Type, Value};
use crate::check::{Finding, Outcome, Rule, check};
use crate::load::Loader;
use crate::model::Kind;
use crate::package::{File, Origin, Problem};
use crate::report::{Cell, Column, Diagnosis, Report, Row, Table};

use super::Context;

pub(super) const EXAMPLES: &str = "\
Exits with 1 when there is a mistake; advice alone is none, unless --strict.

Examples:
  casecmp check mine
  casecmp check mine -f csv -o mistakes.csv
  casecmp check mine -f sarif -o mistakes.sarif";

/// Rows of a kind beyond which its records are not compared with each other, which takes memory.
const MOST_ROWS: u64 = 200_000;

/// Which casebook, and how strictly.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folder or ZIP file of the casebook [default: that of --data]
    #[arg(value_name = "DIR")]
    casebook: Option<PathBuf>,
    /// Take advice for mistakes
    #[arg(long)]
    strict: bool,
}

impl CheckArgs {
    /// Returns the casebook that is named.
    pub(super) fn casebook(&self) -> Option<&Path> {
        self.casebook.as_deref()
    }
}

/// Checks the casebook named, or the one in force.
pub(super) fn run<'a>(args: &CheckArgs, context: &Context) -> Result<Report<'a>> {
    let named = args.casebook.as_ref();
    let named = named.map(|casebook| Loader::new([Origin::named(casebook)]));
    let casebook = named.as_ref().unwrap_or(&context.casebook);
    let outcome = check(casebook.origins())?;
    let mut notes = Vec::new();
    let loaded = loaded(casebook, &outcome, &mut notes);
    let (tables, further) = (outcome.tables, outcome.findings.further);
    let rows: u64 = outcome.rows.values().sum();
    let mut findings = merged(outcome.findings.into_vec(), loaded);
    show_lines(&mut findings, casebook);
    let (advice, mistakes): (Vec<&Finding>, Vec<&Finding>) = findings
        .iter()
        .partition(|finding| finding.rule.is_advice());
    if further > 0 {
        notes.push(format!("{further} more are not listed: mend these first"));
    }
    let read: Vec<String> = casebook.origins().map(Origin::name).collect();
    notes.push(format!(
        "{}, {} in {}, {rows} rows: {}",
        counted(mistakes.len(), "mistake", "mistakes"),
        counted(advice.len(), "piece of advice", "pieces of advice"),
        counted(tables, "table", "tables"),
        read.join(", "),
    ));
    let is_no = !mistakes.is_empty() || (args.strict && !advice.is_empty());
    Ok(Report {
        diagnoses: Some(findings.iter().map(diagnosis).collect()),
        tables: vec![table(findings)],
        notes,
        is_no,
        ..Report::default()
    })
}

/// Returns the mistakes that reading the records tells.
fn loaded(casebook: &Loader, outcome: &Outcome, notes: &mut Vec<String>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let is_torn = outcome
        .findings
        .iter()
        .any(|finding| finding.rule == Rule::Resource);
    for (kind, rows) in &outcome.rows {
        let read = match kind {
            Some(kind) if *rows > MOST_ROWS => {
                notes.push(format!(
                    "{}: {rows} rows are too many to compare each with its rivals; all else is checked",
                    kind.key()
                ));
                continue;
            }
            Some(kind) => casebook.collection(*kind).map(|_| ()),
            // What is wrong with a resource is told already.
            None if *rows > MOST_ROWS || is_torn => continue,
            None => casebook.others().map(|_| ()),
        };
        problems.extend(read.err().into_iter().flat_map(|error| error.problems));
    }
    problems
}

/// Puts together what was found in the rows and what reading the records tells: of one place once, with the hint where one has it.
fn merged(mut findings: Vec<Finding>, problems: Vec<Problem>) -> Vec<Finding> {
    let mut told = BTreeSet::new();
    let known = Known::of(&findings);
    for problem in problems
        .into_iter()
        .filter(|problem| !known.is_told(problem))
    {
        let is_same = |finding: &&mut Finding| {
            let place = &finding.problem.place;
            let is_here = *place == problem.place && place.column.is_some();
            let is_near = place.path == problem.place.path && place.line == problem.place.line;
            is_here || (is_near && finding.problem.message == problem.message)
        };
        match findings.iter_mut().find(is_same) {
            Some(known) => {
                if known.problem.hint.is_none() && problem.hint.is_some() {
                    known.problem.message = problem.message;
                    known.problem.hint = problem.hint;
                }
            }
            None => {
                if told.insert(problem.to_string()) {
                    let record = record(&problem.message).map(Into::into);
                    let mut finding = Finding::new(Rule::Record, problem);
                    finding.record = record;
                    findings.push(finding);
                }
            }
        }
    }
    findings.sort_by_cached_key(|finding| {
        let place = &finding.problem.place;
        (place.path.clone(), place.line, place.column, finding.rule)
    });
    findings
}

/// What was found in the rows, to know what else follows from it.
struct Known {
    /// The files of which nothing can be read.
    lost: BTreeSet<String>,
    /// The files in which something is wrong.
    wrong: BTreeSet<String>,
    /// The records in which something is wrong.
    records: BTreeSet<String>,
}

impl Known {
    fn of(findings: &[Finding]) -> Self {
        let mistakes = || findings.iter().filter(|finding| !finding.rule.is_advice());
        let path = |finding: &Finding| finding.problem.place.path.clone();
        let lost = mistakes().filter(|finding| finding.rule.is_of_file());
        Self {
            lost: lost.map(path).collect(),
            wrong: mistakes().map(path).collect(),
            records: mistakes()
                .filter_map(|finding| finding.record.clone())
                .collect(),
        }
    }

    /// Says whether a problem only follows from what was found: it keeps a file from being read, or a record from being found.
    fn is_told(&self, problem: &Problem) -> bool {
        let place = &problem.place;
        let is_whole = place.column.is_none() && place.line.is_none_or(|line| line == 1);
        let found = problem.message.rsplit_once("found `");
        let found = found.and_then(|(_, found)| found.split('`').next());
        self.lost.contains(&place.path)
            || (is_whole && self.wrong.contains(&place.path))
            || found.is_some_and(|found| self.records.contains(found))
    }
}

/// Returns the id of the record that a message begins with.
fn record(message: &str) -> Option<&str> {
    let (head, _) = message.split_once("`: ")?;
    let (label, id) = head.split_once(" `")?;
    let mut kinds = Kind::ALL.iter();
    kinds.any(|kind| kind.label() == label).then_some(id)
}

/// Gives the line to each that stands on one which was not at hand where it was found.
fn show_lines(findings: &mut [Finding], casebook: &Loader) {
    let mut files: BTreeMap<String, Option<File>> = BTreeMap::new();
    for finding in findings {
        let place = &finding.problem.place;
        let (None, Some(line)) = (&finding.line, place.line) else {
            continue;
        };
        let file = files.entry(place.path.clone()).or_insert_with(|| {
            let mut origins = casebook.origins();
            origins.find_map(|origin| origin.read(origin.path_of(&place.path)?).ok())
        });
        let line = usize::try_from(line.saturating_sub(1)).unwrap_or(usize::MAX);
        if let Some(text) = file.as_ref().and_then(|file| file.text.lines().nth(line)) {
            finding.show(text);
        }
    }
}

fn diagnosis(finding: &Finding) -> Diagnosis {
    Diagnosis {
        rule: finding.rule.key(),
        says: finding.rule.label(),
        is_advice: finding.rule.is_advice(),
        place: finding.problem.place.clone(),
        message: finding.problem.message.clone(),
        hint: finding.problem.hint.clone(),
        line: finding.line.clone(),
    }
}

fn table<'a>(findings: Vec<Finding>) -> Table<'a> {
    let text = |key: &'static str, label: &'static str| Column::new(key, label, Type::Text);
    let number = |key: &'static str, label: &'static str| Column::new(key, label, Type::Number);
    let columns = vec![
        text("file", "File"),
        number("line", "Line"),
        number("column", "Column"),
        text("level", "Level"),
        text("rule", "Rule"),
        text("record", "Record"),
        text("message", "Message"),
        text("hint", "Hint"),
    ];
    let rows = findings.into_iter().map(|finding| -> Row<'a> {
        let diagnosis = diagnosis(&finding);
        let place = diagnosis.place;
        let count = |count: Option<u64>| {
            let count = count.and_then(|count| u32::try_from(count).ok());
            count.map_or(Value::Missing, |count| {
                Value::Number(Quantity::from(count), Relation::Eq)
            })
        };
        let level = if diagnosis.is_advice {
            "warning"
        } else {
            "error"
        };
        [
            Value::text(place.path),
            count(place.line),
            count(place.column),
            Value::text(level),
            Value::text(diagnosis.rule),
            Value::text(finding.record.unwrap_or_default()),
            Value::text(diagnosis.message),
            Value::text(diagnosis.hint.unwrap_or_default()),
        ]
        .map(Cell::from)
        .into()
    });
    Table::new("findings", columns, rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Place;

    fn problem(line: u64, column: Option<u64>, message: &str) -> Problem {
        let place = Place::file("kpis.csv").line(line);
        let place = match column {
            Some(column) => place.column(column),
            None => place,
        };
        Problem::new(place, message)
    }

    /// Returns the messages of what is found and loaded together.
    fn together(found: Vec<(Rule, Problem)>, loaded: Vec<Problem>) -> Vec<String> {
        let found = found.into_iter().map(|(rule, problem)| {
            let record = record(&problem.message).map(Into::into);
            let mut finding = Finding::new(rule, problem);
            finding.record = record;
            finding
        });
        let merged = merged(found.collect(), loaded);
        merged
            .into_iter()
            .map(|finding| finding.problem.message)
            .collect()
    }

    #[test]
    fn of_one_place_the_words_with_a_hint_are_told() {
        let found = || vec![(Rule::ForeignKey, problem(3, Some(5), "must name a row"))];
        let hinted = problem(3, Some(5), "must be a company").hint(Some("did you mean `oak`?"));
        assert_eq!(together(found(), vec![hinted]), ["must be a company"]);
        let bare = problem(3, Some(5), "must be a company");
        assert_eq!(together(found(), vec![bare]), ["must name a row"]);
        let elsewhere = problem(3, Some(6), "must be a company");
        assert_eq!(
            together(found(), vec![elsewhere.clone(), elsewhere]),
            ["must name a row", "must be a company"]
        );
    }

    #[test]
    fn what_follows_from_a_mistake_is_not_told() {
        let cell = problem(3, Some(5), "kpi `a`: column `value` must be a number");
        let rival = problem(9, Some(2), "kpi `b`: `rival_of` must name a kpi, found `a`");
        assert_eq!(
            together(vec![(Rule::Type, cell.clone())], vec![rival.clone()]),
            ["kpi `a`: column `value` must be a number"]
        );
        assert_eq!(together(Vec::new(), vec![rival]).len(), 1);
        let header = problem(1, None, "column `value` is missing in the header");
        let told = problem(1, Some(30), "column `value` is missing in the header");
        assert_eq!(
            together(vec![(Rule::MissingLabel, told)], vec![header]).len(),
            1
        );
        let lost = problem(1, Some(1), "the header is empty");
        assert_eq!(
            together(vec![(Rule::BlankHeader, lost)], vec![cell]).len(),
            1
        );
    }

    #[test]
    fn a_message_begins_with_its_record() {
        assert_eq!(record("kpi `oak-nps`: the id is taken"), Some("oak-nps"));
        assert_eq!(record("column `x`: is wrong"), None);
        assert_eq!(record("must be JSON"), None);
    }
}
