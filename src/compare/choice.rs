//! Which value of each company is compared: its preferred claims, for one time where there is one.

use crate::base::sort::sort_by;
use std::cmp::Ordering;

use crate::base::{Date, Rank};
use crate::model::{Claim as _, Company, Kpi, Metric, Subject};

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
    /// Claims of its rank that agree with it.
    pub agreeing: Vec<&'a Kpi>,
    /// Claims that contradict it.
    pub against: Vec<&'a Kpi>,
    /// How many other values of it are left out, of other periods or populations.
    pub left_out: usize,
}

impl<'a> Side<'a> {
    /// Returns its value, as narrow as the claims that agree with it leave it.
    pub fn figure(&self) -> Option<Figure<'a>> {
        let agreeing = self.agreeing.iter().map(|kpi| self.with(kpi));
        Some(agreeing.fold(self.with(self.kpi?), Figure::within))
    }

    /// Returns another value of the same.
    pub(super) fn with(&self, kpi: &'a Kpi) -> Figure<'a> {
        Figure::new(self.company, self.metric, kpi)
    }

    /// Returns the claim shown, those that agree with it, and those against it.
    pub fn claims(&self) -> impl Iterator<Item = &'a Kpi> {
        let others = self.agreeing.iter().chain(&self.against).copied();
        self.kpi.into_iter().chain(others)
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
    let sides = asked.iter().zip(&candidates).enumerate();
    let sides = sides.map(|(place, ((company, metric), own))| {
        let others = candidates
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != place);
        let others: Vec<&Vec<Candidate<'_, 'a>>> = others.map(|(_, claims)| claims).collect();
        let best = best(own, &others, time);
        let mut side = Side {
            company,
            metric,
            kpi: best.map(|(_, kpi)| kpi),
            agreeing: best.map_or_else(Vec::new, |(subject, kpi)| agreeing(subject, kpi)),
            against: best.map_or_else(Vec::new, |(subject, kpi)| subject.against(kpi)),
            left_out: 0,
        };
        let shown = figures.subjects(metric, company).iter();
        let is_used = |kpi: &&Kpi| side.claims().any(|used| used.id == kpi.id);
        let left_out = shown.flat_map(Subject::shown).filter(|kpi| !is_used(kpi));
        side.left_out = left_out.count();
        side
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
    sort_by(&mut times, |left, right| later_first(left, right));
    times.dedup_by(|left, right| is_one_time(left, right));
    let two_have = |is_near: &dyn Fn(&Date) -> bool| {
        let with = candidates.iter().filter(|claims| {
            let mut periods = claims.iter().filter_map(|(_, kpi)| kpi.period.as_ref());
            periods.any(is_near)
        });
        with.take(2).count() == 2
    };
    let just = times
        .iter()
        .find(|time| two_have(&|period| is_one_time(period, time)));
    let about = || {
        times.iter().find(|time| {
            two_have(&|period| terms.distance(Some(period), Some(time)) != Distance::TooFar)
        })
    };
    just.or_else(about).copied()
}

/// Says whether two periods are the same time, both just or both about.
fn is_one_time(left: &Date, right: &Date) -> bool {
    left.is_same_time(right) && left.is_about() == right.is_about()
}

/// Puts periods that end later first, of these the exact ones, of these the shorter ones.
fn later_first(left: &Date, right: &Date) -> Ordering {
    right
        .cmp_last(left)
        .then_with(|| left.is_about().cmp(&right.is_about()))
        .then_with(|| right.first().cmp(&left.first()))
}

/// Returns the claims of the rank of one that agree with it, apart from itself.
fn agreeing<'a>(subject: &Subject<'a, Kpi>, kpi: &Kpi) -> Vec<&'a Kpi> {
    let mut shown = subject.shown();
    shown.retain(|other| other.id != kpi.id && !kpi.contradicts(other) && is_alike(kpi, other));
    shown
}

/// Says whether two claims are about one thing at one time: in one unit, shares of one whole, of one population, from one base.
fn is_alike(left: &Kpi, right: &Kpi) -> bool {
    left.unit == right.unit
        && left.denominator == right.denominator
        && left.population == right.population
        && left.base_period == right.base_period
}

/// Returns the claim nearest to a time, without a time the latest; of several the one that most others have the like of, then the
/// most precise. The last word has the id, so that the order of the file changes nothing. A claim without a period is the
/// earliest.
fn best<'f, 'a>(
    candidates: &[Candidate<'f, 'a>],
    others: &[&Vec<Candidate<'_, 'a>>],
    time: Option<&Date>,
) -> Option<Candidate<'f, 'a>> {
    let distance = |kpi: &Kpi| match (&kpi.period, time) {
        (Some(period), Some(time)) if is_one_time(period, time) => -1.0,
        (Some(period), Some(time)) => gap(period, time).0,
        (None, Some(_)) => f64::INFINITY,
        (_, None) => 0.0,
    };
    let later = |left: &Kpi, right: &Kpi| match (&left.period, &right.period) {
        (Some(left), Some(right)) => later_first(left, right),
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    let likes = |kpi: &Kpi| {
        let with = others.iter().filter(|claims| {
            let mut claims = claims.iter();
            claims.any(|(_, other)| is_alike(kpi, other))
        });
        with.count()
    };
    let width = |kpi: &Kpi| {
        let (low, high) = kpi.relation.range(kpi.value);
        high - low
    };
    let compare = |left: &Candidate<'f, 'a>, right: &Candidate<'f, 'a>| {
        let (left, right) = (left.1, right.1);
        distance(left)
            .total_cmp(&distance(right))
            .then_with(|| later(left, right))
            .then_with(|| likes(right).cmp(&likes(left)))
            .then_with(|| width(left).total_cmp(&width(right)))
            .then_with(|| left.id.cmp(&right.id))
    };
    candidates.iter().copied().min_by(compare)
}
