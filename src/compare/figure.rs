//! Values of metrics with all that they depend on, grouped once for all comparisons.

use std::cmp::Ordering;
use std::collections::HashMap;

use crate::base::{Quantity, Relation};
use crate::model::{Company, Kpi, Metric, Subject, subjects};

/// How far two doubles that are meant to be one may stray from each other.
const SLACK: f64 = 1e-12;

/// A value of a metric.
#[derive(Clone, Copy)]
pub struct Figure<'a> {
    /// Whose it is.
    pub company: &'a Company,
    /// What it measures.
    pub metric: &'a Metric,
    /// The claim that states it.
    pub kpi: &'a Kpi,
    range: (f64, f64),
}

impl<'a> Figure<'a> {
    /// Returns its unit.
    pub fn unit(&self) -> &'a str {
        self.kpi.unit_of(self.metric)
    }

    /// Returns what it is a share of.
    pub fn denominator(&self) -> Option<&'a str> {
        self.kpi.denominator_of(self.metric)
    }

    /// Says whether it comes from the answers of people.
    pub(super) fn is_surveyed(&self) -> bool {
        self.metric.instrument.is_some()
    }

    /// Makes the value of a claim.
    pub(super) fn new(company: &'a Company, metric: &'a Metric, kpi: &'a Kpi) -> Self {
        let (low, high) = kpi.relation.range(kpi.value);
        let value = kpi.value.value();
        let end = |end: Option<Quantity>| end.map(Quantity::value).filter(|_| kpi.unit.is_none());
        let least = end(metric.scale_min).filter(|least| *least <= value);
        let most = end(metric.scale_max).filter(|most| *most >= value);
        Self {
            company,
            metric,
            kpi,
            range: (
                least.map_or(low, |least| low.max(least)),
                most.map_or(high, |most| high.min(most)),
            ),
        }
    }

    /// Returns the value as narrow as another claim to it leaves it.
    pub(super) fn within(self, other: Self) -> Self {
        let ((low, high), (least, most)) = (self.range, other.range);
        let range = (low.max(least), high.min(most));
        let is_left = range.0 <= range.1;
        Self {
            range: if is_left { range } else { self.range },
            ..self
        }
    }

    /// Returns the least and the greatest number that it may stand for: with its rounding and its hedge, on the scale of its
    /// metric, and as the claims that agree with it leave it.
    pub fn range(&self) -> (f64, f64) {
        self.range
    }

    /// Says whether it is less or more than another, whatever was rounded or hedged; `None` when it may be either. Ranges
    /// that only touch, such as those of 62 and 63, are told apart.
    pub(super) fn order(&self, other: &Self) -> Option<Ordering> {
        let ((low, high), (least, most)) = (self.range(), other.range());
        // Doubles meet their border only nearly: 1.1 and 1.2 touch as 62 and 63 do.
        let reaches = |end: f64, border: f64| end >= border - SLACK * end.abs().min(border.abs());
        if reaches(low, most) {
            Some(Ordering::Greater)
        } else if reaches(least, high) {
            Some(Ordering::Less)
        } else {
            None
        }
    }

    /// Says whether its number is no bound and no estimate.
    pub(super) fn is_plain(&self) -> bool {
        self.kpi.relation == Relation::Eq
    }
}

/// The claims of a casebook by metric and company.
pub struct Figures<'a> {
    subjects: HashMap<(&'a str, &'a str), Vec<Subject<'a, Kpi>>>,
}

impl<'a> Figures<'a> {
    /// Groups claims.
    pub fn of(kpis: impl IntoIterator<Item = &'a Kpi>) -> Self {
        let mut grouped: HashMap<_, Vec<_>> = HashMap::new();
        for subject in subjects(kpis) {
            let Some(kpi) = subject.shown().first().copied() else {
                continue;
            };
            let key = (kpi.metric.as_str(), kpi.company.as_str());
            grouped.entry(key).or_default().push(subject);
        }
        Self { subjects: grouped }
    }

    /// Returns the subjects of a metric of a company, in the order of the file.
    pub(super) fn subjects(&self, metric: &'a Metric, company: &'a Company) -> &[Subject<'a, Kpi>] {
        let key = (metric.id.as_str(), company.id.as_str());
        self.subjects.get(&key).map_or(&[], Vec::as_slice)
    }
}
