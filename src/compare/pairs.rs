//! Judgements of each two of several values.

use std::cmp::Ordering;

use super::figure::Figure;
use super::judge::{Judgement, judge};
use super::rules::Weighed;
use super::terms::Terms;
use super::verdict::Verdict;

/// The judgements of each two of several values, by their places; values that are missing have none.
pub(super) struct Pairs {
    values: usize,
    /// A row for each value, with its judgements against those after it.
    all: Vec<Option<Judgement>>,
}

impl Pairs {
    /// Judges each two values.
    pub(super) fn of<'a>(values: &[Option<Figure<'a>>], terms: &Terms<'a>) -> Self {
        let weighed = values
            .iter()
            .map(|value| value.map(|figure| Weighed::of(figure, terms)));
        let weighed: Vec<Option<Weighed<'a>>> = weighed.collect();
        let rows = weighed.iter().enumerate().flat_map(|(left, first)| {
            let columns = weighed.iter().enumerate();
            columns.map(move |(right, second)| match (first, second) {
                (Some(first), Some(second)) if left < right => Some(judge(first, second, terms)),
                _ => None,
            })
        });
        Self {
            values: values.len(),
            all: rows.collect(),
        }
    }

    /// Returns the judgement of two values, whichever comes first.
    pub(super) fn get(&self, left: usize, right: usize) -> Option<&Judgement> {
        let place = left.min(right) * self.values + left.max(right);
        self.all.get(place).and_then(Option::as_ref)
    }

    /// Says whether the first of two values is surely less or more than the second, as they are printed.
    pub(super) fn order(&self, left: usize, right: usize) -> Option<Ordering> {
        let order = self.get(left, right)?.order?;
        Some(if left < right { order } else { order.reverse() })
    }

    /// Returns all judgements.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Judgement> {
        self.all.iter().flatten()
    }

    /// Returns the weakest verdict of all; `None` when no two values are there.
    pub(super) fn weakest(&self) -> Option<Verdict> {
        self.iter().map(|judgement| judgement.verdict).max()
    }
}
