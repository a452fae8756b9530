//! Ranks companies by a metric: as the numbers are printed, and as far as the evidence tells.

use std::cmp::{Ordering, Reverse};

use crate::base::Polarity;
use crate::base::sort::sort_by_key;

use super::metric::Comparison;
use super::verdict::Verdict;

/// The standing of one company.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// The place of its side in the comparison.
    pub side: usize,
    /// Its rank as the numbers are printed: one more than the companies whose number is surely better, so that companies that
    /// share a rank are tied (standard competition ranking, 1 2 2 4). `None` without a value, without a better side, when it
    /// can not be compared with those that are ranked, and when it depends on which of several claims of one rank is believed.
    pub rank: Option<usize>,
    /// Whether another company shares the rank.
    pub is_tied: bool,
    /// The best and the worst rank that the verdicts allow: only a company that differs is surely better or worse (the
    /// rank intervals of Goldstein and Spiegelhalter 1996, Journal of the Royal Statistical Society A 159:385).
    pub allowed: Option<(usize, usize)>,
}

/// Ranks the sides of a comparison, the best first; then those without a rank, and last those without a value. Ranked are the company that can be
/// compared with most others, and these.
pub fn rank(comparison: &Comparison<'_>) -> Vec<Standing> {
    let group = group(comparison);
    let sides = 0..comparison.sides.len();
    let mut standings: Vec<Standing> = sides
        .map(|side| standing(comparison, side, &group))
        .collect();
    let ranks: Vec<Option<usize>> = standings.iter().map(|standing| standing.rank).collect();
    for standing in &mut standings {
        let same = ranks.iter().filter(|rank| **rank == standing.rank);
        standing.is_tied = standing.rank.is_some() && same.count() > 1;
    }
    // Of companies that tie the id decides, so that the order in which they are asked for changes nothing.
    sort_by_key(&mut standings, |standing| {
        let side = comparison.sides.get(standing.side);
        let id = side.map(|side| side.company.id.clone());
        let is_unknown = side.is_none_or(|side| side.kpi.is_none());
        (standing.rank.is_none(), standing.rank, is_unknown, id)
    });
    standings
}

/// Returns the places of the company that can be compared with most others, and of these; of several such companies the one
/// whose id comes first. Nothing when no two can be compared.
fn group(comparison: &Comparison<'_>) -> Vec<usize> {
    let places = || 0..comparison.sides.len();
    let comparable = |side: usize| {
        let others = places().filter(move |other| *other != side);
        others.filter(move |other| comparison.between(side, *other).0 < Verdict::OneSided)
    };
    let id = |side: usize| {
        comparison
            .sides
            .get(side)
            .map(|side| side.company.id.as_str())
    };
    let first = places().min_by_key(|side| (Reverse(comparable(*side).count()), id(*side)));
    let Some(first) = first.filter(|first| comparable(*first).next().is_some()) else {
        return Vec::new();
    };
    std::iter::once(first).chain(comparable(first)).collect()
}

fn standing(comparison: &Comparison<'_>, side: usize, group: &[usize]) -> Standing {
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
    if !group.contains(&side) {
        return unranked;
    }
    let others: Vec<usize> = group
        .iter()
        .copied()
        .filter(|other| *other != side)
        .collect();
    // The order is that of this side against the other one: what is worse here is better there.
    let printed = |wanted| {
        let others = others.iter();
        others.filter(move |other| comparison.printed_order(side, **other) == Some(wanted))
    };
    let certain = |wanted| {
        let others = others.iter();
        others.filter(move |other| {
            let differs = comparison.between(side, **other).0 == Verdict::Differs;
            differs && comparison.order(side, **other) == Some(wanted)
        })
    };
    Standing {
        // Which of several claims ranks it is a choice that nobody has made.
        rank: (!comparison.is_unsettled(side)).then(|| 1 + printed(worse).count()),
        allowed: Some((
            1 + certain(worse).count(),
            group.len() - certain(better).count(),
        )),
        ..unranked
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Figures, Terms, compare};
    use crate::model::{Company, Kpi, Metric, Records};

    /// Ranks made-up values; each standing as its company, its rank (`=` when tied) and the ranks allowed.
    fn ranked(polarity: Polarity, is_survey: bool, values: &[(&str, &str)]) -> Vec<String> {
        let metric = Metric {
            id: "m".parse().unwrap(),
            unit: "points".into(),
            scale_min: Some("-100".parse().unwrap()),
            scale_max: Some("100".parse().unwrap()),
            instrument: is_survey.then(|| "asked".into()),
            polarity,
            ..Metric::default()
        };
        let company = |id: &str| Company {
            id: id.parse().unwrap(),
            ..Company::default()
        };
        let companies = ["a", "b", "c", "d"].map(company);
        let kpis = values.iter().map(|(company, value)| Kpi {
            id: format!("k{company}").parse().unwrap(),
            company: company.parse().unwrap(),
            metric: metric.id.clone(),
            value: value.parse().unwrap(),
            period: Some("2020".parse().unwrap()),
            population: Some("all".into()),
            sample_size: Some(1_000),
            cite: "@s, p. 1".parse().unwrap(),
            ..Kpi::default()
        });
        let kpis: Vec<Kpi> = kpis.collect();
        let sources = Records::default();
        let terms = Terms {
            as_of: None,
            max_gap: 1.0,
            sources: &sources,
        };
        let asked: Vec<_> = companies.iter().map(|company| (company, &metric)).collect();
        let comparison = compare(&asked, &Figures::of(&kpis), &terms);
        let standings = rank(&comparison).into_iter();
        let told = standings.map(|standing| {
            let company = &comparison.sides[standing.side].company.id;
            let tie = if standing.is_tied { "=" } else { "" };
            match (standing.rank, standing.allowed) {
                (Some(rank), Some((best, worst))) => {
                    format!("{company} {rank}{tie} {best}-{worst}")
                }
                _ => format!("{company} -"),
            }
        });
        told.collect()
    }

    #[test]
    fn the_better_side_comes_first_and_the_unknown_have_no_rank() {
        let values = [("b", "10"), ("c", "30"), ("a", "20")];
        let up = ["c 1 1-1", "a 2 2-2", "b 3 3-3", "d -"];
        assert_eq!(ranked(Polarity::Higher, false, &values), up);
        let down = ["b 1 1-1", "a 2 2-2", "c 3 3-3", "d -"];
        assert_eq!(ranked(Polarity::Lower, false, &values), down);
        assert_eq!(
            ranked(Polarity::Neutral, false, &values),
            ["a -", "b -", "c -", "d -"]
        );
    }

    #[test]
    fn numbers_that_rounding_may_have_parted_are_tied() {
        let values = [("a", "20"), ("b", "20.4"), ("c", "10"), ("d", "30")];
        let told = ["d 1 1-1", "a 2= 2-3", "b 2= 2-3", "c 4 4-4"];
        assert_eq!(ranked(Polarity::Higher, false, &values), told);
    }

    #[test]
    fn what_chance_may_have_done_widens_the_ranks() {
        let values = [("a", "62"), ("b", "64"), ("c", "10")];
        let told = ["b 1 1-2", "a 2 1-2", "c 3 3-3", "d -"];
        assert_eq!(ranked(Polarity::Higher, true, &values), told);
    }
}
