//! Counts the answers of rows by group, and what is left out by reason.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "the hot loop: the room of a group is made when the group is met, columns lie within the header, and there are far fewer \
              than four billion groups"
)]

use crate::scan::{Collector, Judged, Names, Row, Rows, lines};

use super::cell;
use super::columns::Columns;
use super::outcomes::Outcomes;
use super::reason::Reason;
use super::text::decoded;
use super::weights::Weights;
use super::wrong::{SHOWN, Wrong};
use super::{Ask, Totals};

/// The most groups that are counted: more are no groups, but single people.
pub(super) const MOST_GROUPS: usize = 10_000;

/// What is counted of some rows. Adding rows and taking them away are the same but for the sign.
pub(super) struct Tally<'a> {
    ask: &'a Ask<'a>,
    columns: &'a Columns,
    delimiter: u8,
    /// 1 to add rows, -1 to take them away.
    sign: i64,
    outcomes: &'a Outcomes,
    /// The values of each column that groups are made of.
    by: Vec<Names>,
    /// The groups of the first two columns as pairs of their numbers, then of these groups and the third column, and so on.
    combined: Vec<Names>,
    /// How many counts a group has.
    stride: usize,
    /// For each group how often each answer was given, then how many rows are left out for each reason.
    counts: Vec<i64>,
    /// The weights of each group, where answers are weighted.
    weights: Vec<Weights>,
    /// For each condition the values met, and whether they meet it.
    met: Vec<Judged>,
    /// Rows that do not meet the conditions.
    others: i64,
    /// Rows with more or fewer fields than the header.
    ragged: i64,
    /// The first wrong rows of the part at hand.
    wrong: Vec<Wrong>,
    /// Where the part at hand begins in its buffer.
    start: usize,
    /// Whether there are more groups than are counted.
    pub(super) has_too_many: bool,
}

impl<'a> Tally<'a> {
    /// Makes an empty tally.
    pub(super) fn new(
        ask: &'a Ask<'a>,
        columns: &'a Columns,
        outcomes: &'a Outcomes,
        delimiter: u8,
    ) -> Self {
        let mut tally = Self {
            ask,
            columns,
            delimiter,
            sign: 1,
            outcomes,
            by: columns.by.iter().map(|_| Names::new()).collect(),
            combined: columns.by.iter().skip(1).map(|_| Names::new()).collect(),
            stride: ask.answers() + Reason::ALL.len(),
            counts: Vec::new(),
            weights: Vec::new(),
            met: ask.conditions.iter().map(|_| Judged::new()).collect(),
            others: 0,
            ragged: 0,
            wrong: Vec::new(),
            start: 0,
            has_too_many: false,
        };
        tally.make_room(0);
        tally
    }

    /// Makes room for a group, and returns its place.
    fn make_room(&mut self, group: usize) -> usize {
        if group >= MOST_GROUPS {
            self.has_too_many = true;
            return 0;
        }
        self.counts.resize((group + 1) * self.stride, 0);
        if self.columns.weight.is_some() {
            let answers = self.ask.answers();
            self.weights
                .resize_with(group + 1, || Weights::new(answers));
        }
        group
    }

    /// Returns the number of the group of a row.
    fn group(&mut self, row: Row<'_>) -> usize {
        let columns = self.columns.by.iter().zip(&mut self.by);
        let mut numbers =
            columns.map(|(column, names)| names.number(row.bytes(), row.place(*column)));
        let first = numbers.next().unwrap_or_default();
        let further = numbers.zip(&mut self.combined);
        further.fold(first, |group, (number, groups)| {
            groups.number_of_eight(paired(group, number))
        })
    }

    /// Returns the names of a group, one of each column.
    fn names(&self, group: usize) -> Vec<&[u8]> {
        let mut numbers = Vec::with_capacity(self.by.len());
        let first = self.combined.iter().rev().fold(group, |group, groups| {
            let (group, number) = parted(&groups.all()[group]);
            numbers.push(number);
            group
        });
        numbers.push(first);
        let names = self.by.iter().zip(numbers.iter().rev());
        names
            .map(|(names, number)| &*names.all()[*number])
            .collect()
    }

    /// Says whether a row meets the conditions. What was found for a value is remembered.
    fn is_asked_for(&mut self, row: Row<'_>) -> bool {
        let columns = self.columns.conditions.iter().zip(&mut self.met);
        let mut conditions = columns.zip(&self.ask.conditions);
        conditions.all(|((column, met), condition)| {
            met.is(row, *column, |value| {
                (condition.holds)(decoded(value).0.trim())
            })
        })
    }

    /// Takes a row that has not the fields of the header.
    fn odd_row(&mut self, row: Row<'_>) {
        if row.is_empty() {
            return;
        }
        self.ragged += self.sign;
        let fields = row.width();
        self.show(row, Reason::Ragged, || fields.to_string());
    }

    /// Counts a row that is one answer like most; says whether it is one.
    #[inline(always)]
    fn count_short(&mut self, row: Row<'_>) -> bool {
        let columns = self.columns;
        if !columns.is_short || row.width() != columns.width {
            return false;
        }
        let outcome = self.outcomes.of(row.bytes(), row.place(columns.score));
        let Some(outcome) = outcome else {
            return false;
        };
        let group = match self.by.first_mut() {
            Some(names) => names.number(row.bytes(), row.place(columns.first_by)),
            None => 0,
        };
        let place = group * self.stride + outcome;
        match self.counts.get_mut(place) {
            Some(count) => {
                *count += self.sign;
                true
            }
            None => false,
        }
    }

    /// Counts any other row.
    #[inline(never)]
    fn count_any(&mut self, row: Row<'_>) {
        let columns = self.columns;
        if row.width() != columns.width {
            return self.odd_row(row);
        }
        if columns.width == 1 && row.is_half() {
            return;
        }
        if !columns.conditions.is_empty() && !self.is_asked_for(row) {
            self.others += self.sign;
            return;
        }
        let mut group = self.group(row);
        if (group + 1) * self.stride > self.counts.len() {
            group = self.make_room(group);
        }
        let outcome = self.outcomes.of(row.bytes(), row.place(columns.score));
        let outcome = outcome.unwrap_or_else(|| self.outcome_of_text(row));
        self.add(row, group, outcome);
    }

    /// Returns what a row answers that must be read as a text.
    fn outcome_of_text(&mut self, row: Row<'_>) -> usize {
        let field = row.field(self.columns.score);
        match cell::answer(field, self.ask.scale, self.delimiter) {
            Ok(answer) => answer.abs_diff(self.ask.scale.0) as usize,
            Err(reason) => {
                if reason.is_wrong() {
                    self.show(row, reason, || cell::text(field));
                }
                self.ask.answers() + reason.place()
            }
        }
    }

    /// Adds a row, with its weight and count where it has them.
    fn add(&mut self, row: Row<'_>, group: usize, outcome: usize) {
        let answers = self.ask.answers();
        let start = group * self.stride;
        let field = |column: Option<usize>| column.map(|column| row.field(column));
        let mut count = 1;
        if let Some(counted) = field(self.columns.count) {
            match cell::count(counted, self.delimiter) {
                Some(counted) => count = counted,
                None => return self.refuse(row, Reason::Count, counted, start),
            }
        }
        if let Some(unweighed) = field(self.columns.unweighed)
            && cell::count(unweighed, self.delimiter) != Some(0)
        {
            return self.refuse(row, Reason::Weight, unweighed, start);
        }
        if let Some(weighed) = field(self.columns.weight).filter(|_| outcome < answers) {
            let squared = field(self.columns.squares);
            let weight = cell::weight(weighed, self.delimiter);
            let square = match squared {
                Some(squared) => cell::weight(squared, self.delimiter),
                None => weight.map(|weight| weight * weight),
            };
            let known = weight.zip(square);
            let is_added = known.is_some_and(|(weight, square)| {
                self.weights[group].add(outcome, weight, square, self.sign)
            });
            if !is_added {
                return self.refuse(row, Reason::Weight, weighed, start);
            }
        }
        self.counts[start + outcome] += self.sign * count;
    }

    /// Leaves a row out that has no valid count or weight.
    fn refuse(&mut self, row: Row<'_>, reason: Reason, field: &[u8], start: usize) {
        self.show(row, reason, || cell::text(field));
        self.counts[start + self.ask.answers() + reason.place()] += self.sign;
    }

    /// Keeps a wrong row to be shown.
    fn show(&mut self, row: Row<'_>, reason: Reason, found: impl FnOnce() -> String) {
        if self.wrong.len() < SHOWN {
            let before = row.bytes().get(self.start..row.start());
            self.wrong.push(Wrong {
                line: lines(before.unwrap_or_default()),
                reason,
                found: found(),
            });
        }
    }
}

impl Tally<'_> {
    /// Adds what was counted to the totals of all files.
    pub(super) fn add_to(&self, totals: &mut Totals) {
        for (group, counts) in self.counts.chunks_exact(self.stride).enumerate() {
            // A group of which every row was taken away again was none.
            if counts.iter().any(|count| *count != 0) {
                totals.add(&self.names(group), counts, self.weights.get(group));
            }
        }
        totals.others += self.others;
        totals.ragged += self.ragged;
    }
}

/// Returns two numbers as the bytes of a name.
#[inline(always)]
fn paired(group: usize, number: usize) -> [u8; 8] {
    (group as u64 | (number as u64) << 32).to_le_bytes()
}

/// Returns the two numbers of such a name.
fn parted(name: &[u8]) -> (usize, usize) {
    let pair = name.try_into().map_or(0, u64::from_le_bytes);
    (pair as u32 as usize, (pair >> 32) as usize)
}

impl Rows for Tally<'_> {
    #[inline(always)]
    fn row(&mut self, row: Row<'_>) {
        if !self.count_short(row) {
            self.count_any(row);
        }
    }
}

impl Collector for Tally<'_> {
    type Told = Vec<Wrong>;

    fn begin(&mut self, start: usize) {
        self.start = start;
    }

    fn end(&mut self) -> Vec<Wrong> {
        std::mem::take(&mut self.wrong)
    }

    fn give_back(&mut self, is_given_back: bool) {
        self.sign = if is_given_back { -1 } else { 1 };
    }

    fn is_full(&self) -> bool {
        self.has_too_many
    }
}
