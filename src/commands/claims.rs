//! Claims of every kind, without their types, and the words for them.

use std::borrow::Cow;

use anyhow::Result;

use crate::base::Value;
use crate::model::{
    Claim, Company, Dispute, Event, Kind, Kpi, Metric, Profile, Records, Source, Statement,
    identified, origins, subjects,
};

use super::Context;

/// Returns every subject of the casebook that has claims, kind by kind.
pub(super) fn all(context: &Context) -> Result<Vec<Dispute<'_>>> {
    fn of<C: Claim>(claims: &Records<C>) -> impl Iterator<Item = Dispute<'_>> {
        subjects(claims.iter())
            .into_iter()
            .map(|subject| subject.to_dispute())
    }
    let casebook = &context.casebook;
    let (profiles, events) = (casebook.table::<Profile>()?, casebook.table::<Event>()?);
    let (metrics, kpis) = (casebook.table::<Metric>()?, casebook.table::<Kpi>()?);
    Ok(of(profiles)
        .chain(of(events))
        .chain(of(metrics))
        .chain(of(kpis))
        .collect())
}

/// Returns the company of a subject by id and name; missing when it is about none.
pub(super) fn company<'a>(dispute: &Dispute<'a>, context: &'a Context) -> Result<Value<'a>> {
    let companies = context.casebook.table::<Company>()?;
    Ok(match companies.by_id(dispute.company) {
        Some(company) => Value::code(dispute.company, &*company.name),
        None => Value::Missing,
    })
}

/// Returns what a subject is about, by its slug and in words.
pub(super) fn topic<'a>(dispute: &Dispute<'a>, context: &'a Context) -> Result<Value<'a>> {
    let label: Cow<'a, str> = match dispute.kind {
        Kind::Kpis | Kind::Metrics => {
            let metric = context.casebook.table::<Metric>()?.by_id(dispute.topic);
            metric.map_or(dispute.topic.into(), |metric| (&*metric.name).into())
        }
        _ => dispute.topic.replace('-', " ").into(),
    };
    Ok(Value::code(dispute.topic, label))
}

/// Returns the unit of a claim: its own, or its metric's.
pub(super) fn unit<'a>(
    dispute: &Dispute<'a>,
    claim: &Statement<'a>,
    context: &'a Context,
) -> Result<Value<'a>> {
    if dispute.kind != Kind::Kpis {
        return Ok(Value::Missing);
    }
    let metric = context.casebook.table::<Metric>()?.by_id(dispute.topic);
    let unit = claim.unit.or(metric.map(|metric| &*metric.unit));
    Ok(unit.map_or(Value::Missing, Value::text))
}

/// Returns what a claim states as one phrase: the value with its unit, or with what it is about.
pub(super) fn says<'a>(claim: &Statement<'a>, unit: Value<'a>) -> Value<'a> {
    let of = claim
        .denominator
        .map(|denominator| format!("of {denominator}"));
    let words = claim.words.map_or(Value::Missing, Value::text);
    Value::phrase([
        claim.value.clone(),
        unit,
        of.map_or(Value::Missing, Value::text),
        words,
    ])
}

/// Says how many claims there are and on how many origins they rest: `3 claims, 1 origin`.
pub(super) fn standing(dispute: &Dispute<'_>, sources: &Records<Source>) -> String {
    let (claims, origins) = (dispute.claims.len(), all_origins(dispute, sources).len());
    format!(
        "{}, {}",
        counted(claims, "claim"),
        counted(origins, "origin")
    )
}

/// Returns the sources that the claims of a subject go back to, each once.
pub(super) fn all_origins<'a>(dispute: &Dispute<'a>, sources: &'a Records<Source>) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for claim in &dispute.claims {
        let of_claim = origins(claim.cite, claim.via, sources);
        let new: Vec<&str> = of_claim
            .into_iter()
            .filter(|id| !all.contains(id))
            .collect();
        all.extend(new);
    }
    all
}

/// Names the source that another is known to be, when there is one.
pub(super) fn known_as<'a>(id: &'a str, sources: &'a Records<Source>) -> Option<&'a str> {
    Some(identified(id, sources)).filter(|known| *known != id)
}

/// Writes a count and what is counted.
pub(super) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}
