//! Who leads, as the numbers are printed.

use std::cmp::Ordering;

use crate::base::Polarity;
use crate::model::Company;

use super::figure::Figure;
use super::pairs::Pairs;
use super::verdict::Verdict;

/// Who leads, as the numbers are printed.
#[derive(Debug, Clone, Copy)]
pub enum Leader<'a> {
    /// The company with the better value.
    Company(&'a Company),
    /// Several share the best value.
    Tie,
    /// It cannot be told, or the metric has no better side.
    None,
}

impl PartialEq for Leader<'_> {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Company(left), Self::Company(right)) => left.id == right.id,
            (Self::Tie, Self::Tie) | (Self::None, Self::None) => true,
            (Self::Company(_) | Self::Tie | Self::None, _) => false,
        }
    }
}

/// Returns who has the better value, as the numbers are printed; nobody unless all are comparable.
pub(super) fn leader<'a>(
    values: impl Iterator<Item = Option<Figure<'a>>>,
    pairs: &Pairs,
) -> Leader<'a> {
    let figures = values.enumerate();
    let figures = figures.filter_map(|(place, value)| Some((place, value?)));
    let figures: Vec<(usize, Figure<'a>)> = figures.collect();
    let polarity = figures.first().map(|(_, figure)| figure.metric.polarity);
    let better = match polarity {
        Some(Polarity::Higher) => Ordering::Greater,
        Some(Polarity::Lower) => Ordering::Less,
        Some(Polarity::Neutral) | None => return Leader::None,
    };
    let is_told = pairs
        .weakest()
        .is_some_and(|weakest| weakest < Verdict::OneSided);
    if !is_told {
        return Leader::None;
    }
    let is_better = |left: usize, right: usize| pairs.order(left, right) == Some(better);
    let best = figures.iter().find(|(left, _)| {
        let mut others = figures.iter().filter(|(right, _)| right != left);
        others.all(|(right, _)| is_better(*left, *right))
    });
    if let Some((_, figure)) = best {
        return Leader::Company(figure.company);
    }
    // Nobody's number is better than that of those who tie.
    let number = |figure: &Figure<'_>| figure.kpi.value.value();
    let top = figures.iter().map(|(_, figure)| number(figure));
    let top = top.reduce(|top, next| {
        if next.total_cmp(&top) == better {
            next
        } else {
            top
        }
    });
    let is_top =
        |figure: &Figure<'_>| top.is_some_and(|top| number(figure).total_cmp(&top).is_eq());
    let (ties, others): (Vec<_>, Vec<_>) = figures.iter().partition(|(_, figure)| is_top(figure));
    let is_clear = ties.iter().all(|(left, figure)| {
        let mut others = others.iter();
        figure.is_plain() && others.all(|(right, _)| is_better(*left, *right))
    });
    if ties.len() > 1 && is_clear {
        Leader::Tie
    } else {
        Leader::None
    }
}
