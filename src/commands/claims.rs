//! Claims of every kind, without their types, and the words for them.

use anyhow::Result;

use crate::base::Value;
use crate::base::count::counted;
use crate::model::{
    AnySubject, Claim, Company, Event, Kpi, Metric, Profile, Records, Source, Statement, origins,
    subjects,
};

use super::Context;

/// Returns every subject of the casebook that has claims, kind by kind.
pub(super) fn all(context: &Context) -> Result<Vec<AnySubject<'_>>> {
    fn of<C: Claim>(claims: &Records<C>) -> impl Iterator<Item = AnySubject<'_>> {
        subjects(claims.iter())
            .into_iter()
            .map(|subject| subject.to_any())
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
pub(super) fn company<'a>(subject: &AnySubject<'a>, context: &'a Context) -> Result<Value<'a>> {
    let companies = context.casebook.table::<Company>()?;
    Ok(match companies.by_id(subject.company) {
        Some(company) => Value::code(subject.company, &*company.name),
        None => Value::Missing,
    })
}

/// Returns what a subject is about, by its slug and in words.
pub(super) fn topic<'a>(subject: &AnySubject<'a>, context: &'a Context) -> Result<Value<'a>> {
    let name = subject.name(context.casebook.table::<Metric>()?);
    Ok(Value::code(subject.topic, name))
}

/// Returns the unit of a claim: its own, or its metric's.
pub(super) fn unit<'a>(
    subject: &AnySubject<'a>,
    claim: &Statement<'a>,
    context: &'a Context,
) -> Result<Value<'a>> {
    let unit = subject.unit(claim, context.casebook.table::<Metric>()?);
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
pub(super) fn standing(subject: &AnySubject<'_>, sources: &Records<Source>) -> String {
    let (claims, origins) = (subject.claims.len(), all_origins(subject, sources).len());
    format!(
        "{}, {}",
        counted(claims, "claim", "claims"),
        counted(origins, "origin", "origins")
    )
}

/// Returns the sources that the claims of a subject go back to, each once.
pub(super) fn all_origins<'a>(
    subject: &AnySubject<'a>,
    sources: &'a Records<Source>,
) -> Vec<&'a str> {
    let mut all: Vec<&str> = Vec::new();
    for claim in &subject.claims {
        let of_claim = origins(claim.cite, claim.via, sources);
        let new: Vec<&str> = of_claim
            .into_iter()
            .filter(|id| !all.contains(id))
            .collect();
        all.extend(new);
    }
    all
}
