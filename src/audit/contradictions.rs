//! Where the claims of a source disagree: with each other, and with those of others.

use std::collections::HashSet;

use crate::base::{Rank, Value};
use crate::model::{AnySubject, Source, Statement};

use super::{Evidence, Finding, Rule};

/// Finds the subjects of which it makes claims that contradict each other.
pub(super) fn inside<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    let id = source.id.as_str();
    let find = |subject: &AnySubject<'a>| {
        let pairs = subject.contradictions();
        let own: Vec<[&Statement<'a>; 2]> = pairs
            .filter(|pair| pair.iter().all(|claim| states(claim, id)))
            .collect();
        let claims = each_once(own.into_iter().flatten());
        (!claims.is_empty()).then(|| finding(Rule::SelfContradiction, subject, &claims, evidence))
    };
    evidence.subjects.iter().filter_map(find).collect()
}

/// Finds the subjects of which others make claims that contradict its own.
pub(super) fn outside<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    let id = source.id.as_str();
    let find = |subject: &AnySubject<'a>| {
        let mut claims: Vec<[&Statement<'a>; 2]> = Vec::new();
        for [left, right] in subject.contradictions() {
            match (states(left, id), states(right, id)) {
                (true, false) => claims.push([left, right]),
                (false, true) => claims.push([right, left]),
                (true, true) | (false, false) => {}
            }
        }
        let own = claims.iter().map(|[own, _]| *own);
        let others = claims.iter().map(|[_, other]| *other);
        let claims = each_once(own.chain(others));
        (!claims.is_empty()).then(|| finding(Rule::Contradicted, subject, &claims, evidence))
    };
    evidence.subjects.iter().filter_map(find).collect()
}

fn states(claim: &Statement<'_>, source: &str) -> bool {
    claim.cite.iter().any(|cite| cite.source == source)
}

fn each_once<'s, 'a>(claims: impl Iterator<Item = &'s Statement<'a>>) -> Vec<&'s Statement<'a>> {
    let mut known = HashSet::new();
    claims.filter(|claim| known.insert(claim.id)).collect()
}

/// Writes the claims against each other: `ipo: 1999 against 1997-05-15 (preferred)`.
fn finding<'a>(
    rule: Rule,
    subject: &AnySubject<'a>,
    claims: &[&Statement<'a>],
    evidence: &Evidence<'_, 'a>,
) -> Finding<'a> {
    let topic = subject.name(evidence.metrics);
    let mut parts = vec![Value::text(format!("{topic}:"))];
    for (place, claim) in claims.iter().enumerate() {
        if place > 0 {
            parts.push(Value::text("against"));
        }
        parts.push(claim.value.clone());
        parts.extend(subject.unit(claim, evidence.metrics).map(Value::text));
        parts.extend(claim.denominator.map(|of| Value::text(format!("of {of}"))));
        if claim.rank == Rank::Preferred {
            parts.push(Value::text(format!("({})", claim.rank.label())));
        }
    }
    Finding {
        rule,
        company: subject.company,
        says: Value::Phrase(parts),
        records: claims.iter().map(|claim| claim.id.as_str()).collect(),
    }
}
