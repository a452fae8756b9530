//! Who leads, as the numbers are printed.

use std::cmp::Ordering;

use crate::base::Polarity;
use crate::model::Company;

use super::figure::Figure;
use super::judge::Judgement;
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
    values: &[Option<Figure<'a>>],
    pairs: &[([usize; 2], Judgement)],
) -> Leader<'a> {
    let figures = || {
        values
            .iter()
            .enumerate()
            .filter_map(|(place, value)| Some((place, (*value)?)))
    };
    let wanted = match figures().next().map(|(_, figure)| figure.metric.polarity) {
        Some(Polarity::Higher) => Ordering::Greater,
        Some(Polarity::Lower) => Ordering::Less,
        Some(Polarity::Neutral) | None => return Leader::None,
    };
    let is_told = pairs
        .iter()
        .all(|(_, judgement)| judgement.verdict < Verdict::OneSided);
    if pairs.is_empty() || !is_told {
        return Leader::None;
    }
    let of = |place: usize| pairs.iter().filter(move |([left, _], _)| *left == place);
    let best = figures()
        .find(|(place, _)| of(*place).all(|(_, judgement)| judgement.order == Some(wanted)));
    if let Some((_, figure)) = best {
        return Leader::Company(figure.company);
    }
    let number = |figure: &Figure<'_>| figure.kpi.value.value();
    let is_better = |left: f64, right: f64| left.total_cmp(&right) == wanted;
    let top = figures()
        .map(|(_, figure)| number(&figure))
        .reduce(|top, next| if is_better(next, top) { next } else { top });
    let is_top =
        |figure: &Figure<'_>| top.is_some_and(|top| number(figure).total_cmp(&top).is_eq());
    let ties = figures()
        .filter(|(_, figure)| is_top(figure) && figure.is_plain())
        .count();
    // The rest must surely be worse than all that share the best value.
    let is_rest_worse = figures()
        .filter(|(_, figure)| is_top(figure))
        .all(|(place, _)| {
            of(place).all(|([_, other], judgement)| {
                let other = values.get(*other).copied().flatten();
                other.is_some_and(|other| is_top(&other)) || judgement.order == Some(wanted)
            })
        });
    if ties > 1 && is_rest_worse {
        Leader::Tie
    } else {
        Leader::None
    }
}
