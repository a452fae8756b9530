//! Whom a source names as its origins, and where it names nobody.

use crate::base::count::counted;
use crate::base::{Citations, SourceKind, Value};
use crate::model::{Source, identified, support};

use super::{Evidence, Finding, Rule};

/// Returns the unresolved works that a source mentions.
fn unlisted<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<&'a Source> {
    let is_unresolved = |work: &&Source| work.custom.kind == SourceKind::Unresolved;
    let is_mentioned = |work: &&Source| {
        let mut places = work.custom.cite.iter().flat_map(Citations::iter);
        places.any(|place| place.source == source.id.as_str())
    };
    evidence
        .sources
        .iter()
        .filter(is_unresolved)
        .filter(is_mentioned)
        .collect()
}

/// Says whether an unresolved work is known to be one that is not.
fn is_identified(work: &Source, evidence: &Evidence<'_, '_>) -> bool {
    let known = identified(work.id.as_str(), evidence.sources);
    let known = evidence.sources.by_id(known);
    known.is_some_and(|known| known.custom.kind != SourceKind::Unresolved)
}

/// Finds the works that it cites and never lists.
pub(super) fn never_listed<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    let works = unlisted(source, evidence);
    if works.is_empty() {
        return Vec::new();
    }
    let known = works.iter().filter(|work| is_identified(work, evidence));
    let known = match known.count() {
        0 => String::new(),
        known => format!(" ({known} identified)"),
    };
    let cited = counted(works.len(), "work is", "works are");
    vec![Finding {
        rule: Rule::NeverListed,
        company: "",
        says: Value::text(format!("{cited} cited and never listed{known}")),
        records: works.iter().map(|work| work.id.as_str()).collect(),
    }]
}

/// Finds each origin of which no more than a name is known, with the records that rest on it.
pub(super) fn unresolved<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    let id = source.id.as_str();
    let mut findings = Vec::new();
    for work in unlisted(source, evidence) {
        let name = work.id.as_str();
        if is_identified(work, evidence) {
            continue;
        }
        let rests = evidence.reliances.iter().filter(|reliance| {
            reliance.cites(id) && reliance.via.iter().any(|via| via.source == name)
        });
        let records: Vec<&str> = rests.map(|reliance| reliance.id).collect();
        if records.is_empty() {
            continue;
        }
        let resting = counted(records.len(), "record rests", "records rest");
        findings.push(Finding {
            rule: Rule::UnresolvedOrigin,
            company: "",
            says: Value::text(format!(
                "{name}: {resting} on it and cannot be traced further"
            )),
            records,
        });
    }
    findings
}

/// Finds the figures for which it names no origin. A source that is itself a primary one needs none.
pub(super) fn missing<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    if source.custom.kind == SourceKind::Primary {
        return Vec::new();
    }
    let id = source.id.as_str();
    let mut companies: Vec<(&str, Vec<&str>)> = Vec::new();
    for kpi in evidence.kpis.iter() {
        let cite: Vec<_> = kpi.cite.iter().collect();
        let via: Vec<_> = kpi.via.iter().flat_map(Citations::iter).collect();
        let supports = support(&cite, &via, evidence.sources);
        let mut own = supports
            .iter()
            .filter(|support| support.cite.source == id)
            .peekable();
        if own.peek().is_none() || own.any(|support| !support.via.is_empty()) {
            continue;
        }
        let company = kpi.company.as_str();
        match companies.iter_mut().find(|(known, _)| *known == company) {
            Some((_, records)) => records.push(kpi.id.as_str()),
            None => companies.push((company, vec![kpi.id.as_str()])),
        }
    }
    let findings = companies.into_iter().map(|(company, records)| Finding {
        rule: Rule::NoOrigin,
        company,
        says: Value::text(counted(
            records.len(),
            "figure without an origin",
            "figures without an origin",
        )),
        records,
    });
    findings.collect()
}
