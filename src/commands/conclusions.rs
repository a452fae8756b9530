//! What is concluded from a casebook, for commands that tell how it changes.

use anyhow::Result;

use crate::base::id::words;
use crate::base::{Scalar as _, Value};
use crate::compare::{Concluded, Conclusion, Grounds, Part};
use crate::model::{Company, Event, Hypothesis, Kpi, Metric, Records, Technology};

use super::Context;
use super::terms::TermsArgs;

/// Gathers what is concluded from.
///
/// # Errors
/// Terms that are none; tables that cannot be read.
pub(super) fn grounds<'a>(
    companies: Vec<&'a Company>,
    terms: &TermsArgs,
    context: &'a Context,
) -> Result<Grounds<'a>> {
    Ok(Grounds {
        metrics: context.casebook.table::<Metric>()?.iter().collect(),
        kpis: context.casebook.table::<Kpi>()?.iter().collect(),
        events: context.casebook.table::<Event>()?.iter().collect(),
        technologies: context.casebook.table::<Technology>()?.iter().collect(),
        hypotheses: context.casebook.table::<Hypothesis>()?.iter().collect(),
        terms: terms.terms(context)?,
        companies,
    })
}

/// Names what a conclusion is about.
pub(super) fn topic<'a>(conclusion: &Conclusion<'a>, metrics: &Records<Metric>) -> Value<'a> {
    let topic = conclusion.topic;
    let words = match conclusion.part {
        Part::Metrics => {
            let metric = metrics.by_id(topic);
            metric.map_or(topic, |metric| &*metric.name).to_owned()
        }
        Part::Dates => words(topic),
        Part::Hypotheses => topic.to_owned(),
    };
    Value::code(topic, words)
}

/// Shows what is concluded: `differs, Amazon leads`.
pub(super) fn says<'a>(outcome: Concluded<'_>, companies: &[&Company]) -> Value<'a> {
    match outcome {
        Concluded::Verdict(verdict, leader) => {
            let leader = companies.iter().find(|company| Some(&company.id) == leader);
            let leads = leader.map_or(String::new(), |company| format!(", {} leads", company.name));
            Value::code(verdict.key(), format!("{}{leads}", verdict.label()))
        }
        Concluded::Balance(balance) => balance.value(),
    }
}

/// Names the company that leads, if one does.
pub(super) fn leader(outcome: Concluded<'_>) -> Value<'_> {
    match outcome {
        Concluded::Verdict(_, Some(id)) => id.to_value(),
        Concluded::Verdict(_, None) | Concluded::Balance(_) => Value::Missing,
    }
}
