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
pub(super) fn leader<'a>(values: &[Option<Figure<'a>>], pairs: &Pairs) -> Leader<'a> {
    let figures = values.iter().enumerate();
    let figures = figures.filter_map(|(place, value)| Some((place, (*value)?)));
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
    // The best as printed: nobody's number is better.
    let number = |figure: &Figure<'_>| figure.kpi.value.value();
    let top = figures.iter().map(|(_, figure)| number(figure));
    let top = top.reduce(|top, next| {
        if next.total_cmp(&top) == better {
            next
        } else {
            top
        }
    });
    let Some(top) = top.filter(|_| is_told) else {
        return Leader::None;
    };
    let (best, others): (Vec<_>, Vec<_>) = figures
        .iter()
        .partition(|(_, figure)| number(figure).total_cmp(&top).is_eq());
    // All others must surely be worse than each of the best.
    let is_clear = best.iter().all(|(left, _)| {
        let mut others = others.iter();
        others.all(|(right, _)| pairs.order(*left, *right) == Some(better))
    });
    match best.as_slice() {
        _ if !is_clear => Leader::None,
        [(_, figure)] => Leader::Company(figure.company),
        ties if ties.iter().all(|(_, figure)| figure.is_plain()) => Leader::Tie,
        _ => Leader::None,
    }
}
