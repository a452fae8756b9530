//! Judges two values: what may be concluded, why, and by how much they differ.

use std::cmp::Ordering;

use crate::base::Quantity;

use super::figure::Figure;
use super::margin::Margin;
use super::reason::Reason;
use super::rules::{RULES, Weighed};
use super::terms::Terms;
use super::verdict::Verdict;

/// What may be concluded from two values.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Judgement {
    /// The conclusion: never better than the weakest reason leaves.
    pub verdict: Verdict,
    /// The reasons, each with the best verdict that it leaves.
    pub reasons: Vec<(Reason, Verdict)>,
    /// Whether the first value is surely less or more than the second, as the numbers are printed; `None` when it may be
    /// either, or they are not of the same thing.
    pub order: Option<Ordering>,
}

/// Judges two values by every rule.
pub(super) fn judge(left: &Weighed<'_>, right: &Weighed<'_>, terms: &Terms<'_>) -> Judgement {
    let reasons = RULES.iter().filter_map(|rule| {
        let cap = (rule.cap)(left, right, terms)?;
        Some((rule.reason, cap))
    });
    let reasons: Vec<(Reason, Verdict)> = reasons.collect();
    let verdict = reasons.iter().map(|(_, cap)| *cap).max();
    let verdict = verdict
        .unwrap_or(Verdict::Differs)
        .max(by_number(left, right));
    Judgement {
        verdict,
        order: left.order(right).filter(|_| verdict < Verdict::OneSided),
        reasons,
    }
}

impl Judgement {
    /// Says whether a difference means anything: the values are of one thing, and none is a bound.
    fn is_measured(&self, left: &Figure<'_>, right: &Figure<'_>) -> bool {
        let is_bound = left.kpi.relation.is_bound() || right.kpi.relation.is_bound();
        self.verdict < Verdict::OneSided && !is_bound
    }

    /// Returns the first of the two values minus the second; `None` for bounds and for values of different things.
    pub(super) fn difference(&self, left: &Figure<'_>, right: &Figure<'_>) -> Option<Margin> {
        self.is_measured(left, right)
            .then(|| Margin::difference(left, right))
    }

    /// Returns the first of the two values divided by the second; also `None` for values without a true zero.
    pub(super) fn ratio(&self, left: &Figure<'_>, right: &Figure<'_>) -> Option<Margin> {
        let is_ratio = self.is_measured(left, right) && has_zero(left) && has_zero(right);
        is_ratio.then(|| Margin::ratio(left, right)).flatten()
    }
}

/// Returns what the numbers alone leave to conclude. Those of sized samples are left to the test of the samples.
fn by_number(left: &Figure<'_>, right: &Figure<'_>) -> Verdict {
    let is_sized = |figure: &Figure<'_>| figure.is_surveyed() && figure.kpi.sample_size.is_some();
    match left.order(right) {
        Some(_) => Verdict::Differs,
        None if is_sized(left) && is_sized(right) => Verdict::Differs,
        None if left.is_plain() && right.is_plain() => Verdict::SameWithinRounding,
        None => Verdict::CannotTell,
    }
}

/// Says whether twice the number is twice the thing: an amount, or a share of a whole; not a net score, a mark on a scale from
/// 1, nor a change in per cent.
fn has_zero(figure: &Figure<'_>) -> bool {
    match figure.metric.scale_min.map(Quantity::value) {
        Some(least) => least.total_cmp(&0.0).is_eq(),
        None => !figure.unit().starts_with("percent"),
    }
}
