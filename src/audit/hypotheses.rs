//! Hypotheses that a source calls confirmed.

use crate::base::count::counted;
use crate::base::{ClaimedVerdict, Stance, Value};
use crate::model::{Hypothesis, Kpi, Source};

use super::{Evidence, Finding, Rule};

/// Finds the hypotheses called confirmed or supported although no metric among the supporting evidence has a value for
/// more than one company.
pub(super) fn without_shared_measure<'a>(
    source: &Source,
    evidence: &Evidence<'_, 'a>,
) -> Vec<Finding<'a>> {
    let of_source = evidence.hypotheses.iter().filter(|hypothesis| {
        hypothesis
            .cite
            .iter()
            .any(|cite| cite.source == source.id.as_str())
    });
    let mut findings = Vec::new();
    for hypothesis in of_source {
        let (ClaimedVerdict::Confirmed | ClaimedVerdict::Supported) = hypothesis.verdict else {
            continue;
        };
        if !is_about_several(hypothesis, evidence) {
            continue;
        }
        let figures = figures(hypothesis, evidence);
        let is_shared = figures.iter().any(|kpi| {
            let mut others = figures.iter();
            others.any(|other| other.metric == kpi.metric && other.company != kpi.company)
        });
        if is_shared {
            continue;
        }
        let name = match figures.len() {
            0 => "no figure".to_owned(),
            count => {
                counted(count, "figure", "figures") + ", none of a metric that two companies share"
            }
        };
        let verdict = hypothesis.verdict.label();
        let mut records = vec![hypothesis.id.as_str()];
        records.extend(figures.iter().map(|kpi| kpi.id.as_str()));
        findings.push(Finding {
            rule: Rule::NoSharedMeasure,
            company: "",
            says: Value::text(format!("{}: called {verdict} on {name}", hypothesis.id)),
            records,
        });
    }
    findings
}

/// Says whether the records that the study itself names are about more than one company.
fn is_about_several(hypothesis: &Hypothesis, evidence: &Evidence<'_, '_>) -> bool {
    let used = hypothesis
        .evidence
        .iter()
        .filter(|item| item.cite.is_some());
    let records = used.flat_map(|item| {
        let of_item = evidence.reliances.iter();
        of_item.filter(|reliance| reliance.id == item.record.as_str())
    });
    let mut companies = records
        .map(|record| &record.company)
        .filter(|id| !id.is_empty());
    let first = companies.next();
    companies.any(|company| Some(company) != first)
}

/// Returns the values of metrics that the study itself names in support.
fn figures<'a>(hypothesis: &Hypothesis, evidence: &Evidence<'_, 'a>) -> Vec<&'a Kpi> {
    let used = hypothesis.evidence.iter();
    let used = used.filter(|item| item.stance == Stance::Supports && item.cite.is_some());
    used.filter_map(|item| evidence.kpis.by_id(item.record.as_str()))
        .collect()
}
