//! Which value of each company is compared: its preferred claims, for one time where there is one.

use crate::base::sort::sort_by;
use crate::base::{Date, Rank};
use crate::model::{Company, Kpi, Metric, Subject};

use super::figure::{Figure, Figures};
use super::terms::{Distance, Terms, gap};

/// One company's side of a comparison.
pub struct Side<'a> {
    /// The company.
    pub company: &'a Company,
    /// What is compared of it.
    pub metric: &'a Metric,
    /// Its claim, `None` when it has no value.
    pub kpi: Option<&'a Kpi>,
    /// Claims that contradict it.
    pub against: Vec<&'a Kpi>,
    /// How many other values of it are left out, of other periods.
    pub left_out: usize,
}

impl<'a> Side<'a> {
    /// Returns its value.
    pub fn figure(&self) -> Option<Figure<'a>> {
        Some(self.with(self.kpi?))
    }

    /// Returns another value of the same.
    pub(super) fn with(&self, kpi: &'a Kpi) -> Figure<'a> {
        Figure {
            company: self.company,
            metric: self.metric,
            kpi,
        }
    }

    /// Says whether a claim of the same rank contradicts the one shown, so that the choice between them is the
    /// order of the file.
    pub fn is_undecided(&self) -> bool {
        self.kpi
            .is_some_and(|kpi| self.against.iter().any(|other| other.rank == kpi.rank))
    }
}

/// A claim that may be compared, and the subject that it belongs to.
type Candidate<'f, 'a> = (&'f Subject<'a, Kpi>, &'a Kpi);

/// Chooses a value for each company: that for the latest time that two companies have or more, just or about, and of the others
/// the nearest to that time; without such a time the latest of each. Of claims that agree the most precise is chosen.
pub(super) fn choose<'a>(
    asked: &[(&'a Company, &'a Metric)],
    figures: &Figures<'a>,
    terms: &Terms<'_>,
) -> Vec<Side<'a>> {
    let candidates: Vec<Vec<Candidate<'_, 'a>>> = asked
        .iter()
        .map(|(company, metric)| candidates(figures.subjects(metric, company), terms))
        .collect();
    let time = common_time(&candidates, terms);
    let sides = asked.iter().zip(&candidates);
    let sides = sides.map(|((company, metric), candidates)| {
        let best = best(candidates, time);
        Side {
            company,
            metric,
            kpi: best.map(|(_, kpi)| kpi),
            against: best.map_or_else(Vec::new, |(subject, kpi)| subject.against(kpi)),
            left_out: figures.subjects(metric, company).len() - usize::from(best.is_some()),
        }
    });
    sides.collect()
}

/// Returns the claims of the best rank of each subject that hold on these terms. What nobody thinks right is no value.
fn candidates<'f, 'a>(
    subjects: &'f [Subject<'a, Kpi>],
    terms: &Terms<'_>,
) -> Vec<Candidate<'f, 'a>> {
    let claims = subjects.iter().flat_map(|subject| {
        let shown = subject.shown().into_iter();
        shown.map(move |kpi| (subject, kpi))
    });
    claims
        .filter(|(_, kpi)| kpi.rank != Rank::Deprecated)
        .filter(|(_, kpi)| terms.is_valid(kpi.period.as_ref()))
        .collect()
}

/// Returns the latest time for which two companies or more have a value: just for it, or about.
fn common_time<'a>(candidates: &[Vec<Candidate<'_, 'a>>], terms: &Terms<'_>) -> Option<&'a Date> {
    let mut times: Vec<&Date> = candidates
        .iter()
        .flatten()
        .filter_map(|(_, kpi)| kpi.period.as_ref())
        .collect();
    sort_by(&mut times, |left, right| right.cmp_last(left));
    times.dedup_by(|left, right| left.is_same_time(right));
    let two_have = |is_near: &dyn Fn(&Date) -> bool| {
        let with = candidates.iter().filter(|claims| {
            let mut periods = claims.iter().filter_map(|(_, kpi)| kpi.period.as_ref());
            periods.any(is_near)
        });
        with.take(2).count() == 2
    };
    let just = times
        .iter()
        .find(|time| two_have(&|period| period.is_same_time(time)));
    let about = || {
        times.iter().find(|time| {
            two_have(&|period| terms.distance(Some(period), Some(time)) != Distance::TooFar)
        })
    };
    just.or_else(about).copied()
}

/// Returns the claim nearest to a time, the later of two that are as near; without a time, the latest. One without a
/// period is the earliest.
fn best<'f, 'a>(
    candidates: &[Candidate<'f, 'a>],
    time: Option<&Date>,
) -> Option<Candidate<'f, 'a>> {
    let distance = |kpi: &Kpi| match (&kpi.period, time) {
        (Some(period), Some(time)) if period.is_same_time(time) => -1.0,
        (Some(period), Some(time)) => gap(period, time).0,
        (None, Some(_)) => f64::INFINITY,
        (_, None) => 0.0,
    };
    let is_later = |kpi: &Kpi, other: &Kpi| match (&kpi.period, &other.period) {
        (Some(period), Some(other)) => period.cmp_last(other).is_gt(),
        (Some(_), None) => true,
        (None, _) => false,
    };
    let width = |kpi: &Kpi| {
        let (low, high) = kpi.relation.range(kpi.value);
        high - low
    };
    let mut best: Option<Candidate<'f, 'a>> = None;
    for candidate in candidates.iter().copied() {
        let is_better = best.is_none_or(|(_, so_far)| {
            let nearer = distance(candidate.1).total_cmp(&distance(so_far));
            let is_of_one_time = !is_later(so_far, candidate.1);
            let is_more_precise = is_of_one_time && width(candidate.1) < width(so_far);
            nearer.is_lt() || (nearer.is_eq() && (is_later(candidate.1, so_far) || is_more_precise))
        });
        if is_better {
            best = Some(candidate);
        }
    }
    best
}
