//! Ranks companies by a metric: as the numbers are printed, and as far as the evidence tells.

use std::cmp::Ordering;

use crate::base::Polarity;

use super::metric::Comparison;
use super::verdict::Verdict;

/// The standing of one company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The place of its side in the comparison.
    pub side: usize,
    /// Its rank as the numbers are printed: one more than the companies that are surely better than it but for chance, so
    /// that two that share a rank are tied (standard competition ranking, 1 2 2 4). `None` without a value, without a better
    /// side, and when it can be compared with no other.
    pub rank: Option<usize>,
    /// Whether another company shares the rank.
    pub is_tied: bool,
    /// The best and the worst rank that the verdicts allow: only a company that differs is surely better or worse (the
    /// rank intervals of Goldstein and Spiegelhalter 1996, Journal of the Royal Statistical Society A 159:385).
    pub allowed: Option<(usize, usize)>,
}

/// Ranks the sides of a comparison, the best first; then those without a rank, in their order.
pub fn rank(comparison: &Comparison<'_>) -> Vec<Standing> {
    let sides = 0..comparison.sides.len();
    let mut standings: Vec<Standing> = sides.map(|side| standing(comparison, side)).collect();
    let ranks: Vec<Option<usize>> = standings.iter().map(|standing| standing.rank).collect();
    for standing in &mut standings {
        let same = ranks.iter().filter(|rank| **rank == standing.rank);
        standing.is_tied = standing.rank.is_some() && same.count() > 1;
    }
    standings.sort_by_key(|standing| (standing.rank.is_none(), standing.rank));
    standings
}

fn standing(comparison: &Comparison<'_>, side: usize) -> Standing {
    let unranked = Standing {
        side,
        rank: None,
        is_tied: false,
        allowed: None,
    };
    let metric = comparison.sides.get(side).map(|side| side.metric);
    let (better, worse) = match metric.map(|metric| metric.polarity) {
        Some(Polarity::Higher) => (Ordering::Greater, Ordering::Less),
        Some(Polarity::Lower) => (Ordering::Less, Ordering::Greater),
        Some(Polarity::Neutral) | None => return unranked,
    };
    let pairs = comparison.pairs.iter();
    let others =
        pairs.filter(|([left, _], pair)| *left == side && pair.verdict < Verdict::OneSided);
    let others: Vec<_> = others.map(|(_, pair)| pair).collect();
    if others.is_empty() {
        return unranked;
    }
    // The order is that of this side against the other one: what is worse here is better there.
    let printed = |order| others.iter().filter(move |pair| pair.order == Some(order));
    let certain = |order| printed(order).filter(|pair| pair.verdict == Verdict::Differs);
    Standing {
        rank: Some(1 + printed(worse).count()),
        allowed: Some((
            1 + certain(worse).count(),
            1 + others.len() - certain(better).count(),
        )),
        ..unranked
    }
}
