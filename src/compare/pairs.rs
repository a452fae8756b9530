//! Judgements of each two of several values.

use std::cmp::Ordering;
use std::rc::Rc;

use super::judge::{Judgement, judge};
use super::rules::Weighed;
use super::terms::Terms;
use super::verdict::Verdict;

/// The judgements of each two of several values, by their places; values that are missing have none.
#[derive(Clone)]
pub(super) struct Pairs {
    values: usize,
    /// A row for each value, with its judgements against those after it.
    all: Rc<[Option<Judgement>]>,
    /// A place with another value than that of `all`, and the judgements of this against each of the others.
    instead: Option<(usize, Rc<[Option<Judgement>]>)>,
}

impl Pairs {
    /// Judges each two values.
    pub(super) fn of(values: &[Option<Weighed<'_>>], terms: &Terms<'_>) -> Self {
        let rows = values.iter().enumerate().flat_map(|(left, first)| {
            let columns = values.iter().enumerate();
            columns.map(move |(right, second)| match (first, second) {
                (Some(first), Some(second)) if left < right => Some(judge(first, second, terms)),
                _ => None,
            })
        });
        Self {
            values: values.len(),
            all: rows.collect(),
            instead: None,
        }
    }

    /// Returns the judgements with another value at a place. Only those of that place are judged anew.
    pub(super) fn with(
        &self,
        place: usize,
        value: &Weighed<'_>,
        values: &[Option<Weighed<'_>>],
        terms: &Terms<'_>,
    ) -> Self {
        let judged = values.iter().enumerate().map(|(other, against)| {
            let against = against.as_ref().filter(|_| other != place)?;
            Some(if place < other {
                judge(value, against, terms)
            } else {
                judge(against, value, terms)
            })
        });
        Self {
            instead: Some((place, judged.collect())),
            ..self.clone()
        }
    }

    /// Returns the judgement of two values, whichever comes first.
    pub(super) fn get(&self, left: usize, right: usize) -> Option<&Judgement> {
        let judged = match &self.instead {
            Some((place, row)) if *place == left => row.get(right),
            Some((place, row)) if *place == right => row.get(left),
            Some(_) | None => self
                .all
                .get(left.min(right) * self.values + left.max(right)),
        };
        judged.and_then(Option::as_ref)
    }

    /// Says whether the first of two values is surely less or more than the second, as they are printed.
    pub(super) fn order(&self, left: usize, right: usize) -> Option<Ordering> {
        let order = self.get(left, right)?.order?;
        Some(if left < right { order } else { order.reverse() })
    }

    /// Returns all judgements.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Judgement> {
        (0..self.values).flat_map(move |left| {
            let after = left + 1..self.values;
            after.filter_map(move |right| self.get(left, right))
        })
    }

    /// Returns the weakest verdict of all; `None` when no two values are there.
    pub(super) fn weakest(&self) -> Option<Verdict> {
        self.iter().map(|judgement| judgement.verdict).max()
    }
}
