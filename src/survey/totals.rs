//! What all files hold together: the answers of each group, and what is left out.

use std::collections::BTreeMap;

use crate::base::Answers;
use crate::base::answers;

use super::reason::Reason;
use super::text::decoded;
use super::weights::Weights;
use super::wrong::Wrong;

/// What the files hold.
#[derive(Debug)]
pub struct Totals {
    scale: (i32, i32),
    /// By the names of a group.
    groups: BTreeMap<Vec<String>, Sums>,
    /// Rows that do not meet the conditions.
    pub(super) others: i64,
    /// Rows with more or fewer fields than the header.
    pub(super) ragged: i64,
    wrong: Vec<(String, Wrong)>,
}

/// What is counted of a group.
#[derive(Debug, Default)]
struct Sums {
    /// How often each answer was given, then how many rows are left out for each reason.
    counts: Vec<i64>,
    weights: Option<Weights>,
    /// Whether a name is not in UTF-8.
    is_old_encoding: bool,
}

/// A group of answers.
#[derive(Debug, Clone)]
pub struct Group {
    /// What is common to it: a value of each column that groups are made of.
    pub names: Vec<String>,
    /// The answers.
    pub answers: Answers,
    /// How many rows are left out for each reason.
    left_out: Vec<u64>,
}

impl Group {
    /// Makes a group without a name and without answers on a scale.
    pub fn empty((least, most): (i32, i32)) -> Self {
        Self {
            names: Vec::new(),
            answers: Answers::new(least, most),
            left_out: Vec::new(),
        }
    }

    /// Returns how many rows are left out for a reason.
    pub fn left_out(&self, reason: Reason) -> u64 {
        self.left_out
            .get(reason.place())
            .copied()
            .unwrap_or_default()
    }

    /// Returns how many rows are right, but have no answer.
    pub fn missing(&self) -> u64 {
        self.sum(|reason| !reason.is_wrong())
    }

    /// Returns how many rows are wrong.
    pub fn wrong(&self) -> u64 {
        self.sum(Reason::is_wrong)
    }

    fn sum(&self, counts: impl Fn(Reason) -> bool) -> u64 {
        let reasons = Reason::ALL.iter().filter(|reason| counts(**reason));
        reasons.map(|reason| self.left_out(*reason)).sum()
    }
}

impl Totals {
    /// Makes the totals of no files.
    pub(super) fn new(scale: (i32, i32)) -> Self {
        Self {
            scale,
            groups: BTreeMap::new(),
            others: 0,
            ragged: 0,
            wrong: Vec::new(),
        }
    }

    /// Adds the counts of a group.
    pub(super) fn add(&mut self, names: &[&[u8]], counts: &[i64], weights: Option<&Weights>) {
        let mut is_old_encoding = false;
        let names = names.iter().map(|name| {
            let (name, is_old) = decoded(name);
            is_old_encoding |= is_old;
            name.into_owned()
        });
        let group = self.groups.entry(names.collect()).or_default();
        group.is_old_encoding |= is_old_encoding;
        group.counts.resize(counts.len(), 0);
        for (sum, count) in group.counts.iter_mut().zip(counts) {
            *sum += count;
        }
        if let Some(weights) = weights {
            group.weights.get_or_insert_default().merge(weights);
        }
    }

    /// Returns the groups of which some row is left: of those that were met where a row was taken to begin, and did not, all are
    /// taken away again.
    fn real(&self) -> impl Iterator<Item = (&Vec<String>, &Sums)> {
        let is_left = |sums: &Sums| sums.counts.iter().any(|count| *count != 0);
        self.groups.iter().filter(move |(_, sums)| is_left(sums))
    }

    /// Adds wrong rows of a file, whose rows begin in a line.
    pub(super) fn tell(&mut self, file: &str, line: usize, wrong: Vec<Wrong>) {
        let wrong = wrong.into_iter().map(|wrong| Wrong {
            line: wrong.line + line,
            ..wrong
        });
        self.wrong
            .extend(wrong.map(|wrong| (file.to_owned(), wrong)));
    }

    /// Returns the groups in the order of their names.
    pub fn groups(&self) -> Vec<Group> {
        let groups = self.real().map(|(names, sums)| {
            let counts = sums
                .counts
                .iter()
                .map(|count| u64::try_from(*count).unwrap_or_default());
            let mut counts: Vec<u64> = counts.collect();
            let mut answers = Answers::new(self.scale.0, self.scale.1);
            let left_out = counts.split_off(answers.counts.len().min(counts.len()));
            answers.counts = counts;
            answers.weights = sums.weights.as_ref().map(|weights| {
                let (sums, squares) = weights.totals();
                answers::Weights { sums, squares }
            });
            Group {
                names: names.clone(),
                answers,
                left_out,
            }
        });
        groups.collect()
    }

    /// Returns how many rows do not meet the conditions.
    pub fn others(&self) -> u64 {
        u64::try_from(self.others).unwrap_or_default()
    }

    /// Returns how many rows have more or fewer fields than the header.
    pub fn ragged(&self) -> u64 {
        u64::try_from(self.ragged).unwrap_or_default()
    }

    /// Returns the first wrong rows of each file, with the file.
    pub fn wrong(&self) -> &[(String, Wrong)] {
        &self.wrong
    }

    /// Says whether the name of a group is not in UTF-8, and read as Windows-1252.
    pub fn is_old_encoding(&self) -> bool {
        self.real().any(|(_, sums)| sums.is_old_encoding)
    }
}
