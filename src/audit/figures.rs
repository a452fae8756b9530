//! What the figures of a source mean, and whether they can all be true.

use crate::base::{Arithmetic, Citations, Id, Quantity, Relation, Value};
use crate::model::{Kpi, Metric, Source};

use super::{Evidence, Finding, Rule, metric_name};

/// Finds each number that it prints several times for a company as different things: shares of different wholes, or
/// different metrics that it traces to one origin.
pub(super) fn several_meanings<'a>(
    source: &Source,
    evidence: &Evidence<'_, 'a>,
) -> Vec<Finding<'a>> {
    let own = figures(source, evidence);
    let mut done: Vec<&str> = Vec::new();
    let mut findings = Vec::new();
    for kpi in &own {
        let is_alike = |other: &&&Kpi| {
            other.company == kpi.company
                && other.value.value().total_cmp(&kpi.value.value()).is_eq()
                && unit(other, evidence) == unit(kpi, evidence)
                && (is_rival(other, kpi) || shares_origin(other, kpi))
        };
        let alike: Vec<&Kpi> = own.iter().filter(is_alike).copied().collect();
        let is_one_metric = alike.iter().all(|other| other.metric == kpi.metric);
        let mut meanings: Vec<String> = Vec::new();
        for other in &alike {
            let meaning = meaning(other, is_one_metric, evidence);
            if !meanings.contains(&meaning) {
                meanings.push(meaning);
            }
        }
        if meanings.len() < 2 || done.contains(&kpi.id.as_str()) {
            continue;
        }
        done.extend(alike.iter().map(|kpi| kpi.id.as_str()));
        let (count, what) = (meanings.len(), metric_name(kpi.metric.as_str(), evidence));
        let what = if is_one_metric {
            format!(" {what},")
        } else {
            String::new()
        };
        findings.push(Finding {
            rule: Rule::SeveralMeanings,
            company: kpi.company.as_str(),
            says: Value::phrase([
                Value::Number(kpi.value, Relation::Eq),
                Value::text(unit(kpi, evidence)),
                Value::text(format!(
                    "has {count} meanings:{what} {}",
                    meanings.join(" / ")
                )),
            ]),
            records: alike.iter().map(|kpi| kpi.id.as_str()).collect(),
        });
    }
    findings
}

/// Finds the values that no values of the metrics in their identity can give, rounding and hedges allowed for.
pub(super) fn arithmetic<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    let mut own = figures(source, evidence);
    // A value in a unit of its own is not what the identity is about.
    own.retain(|kpi| kpi.unit.is_none());
    let mut findings = Vec::new();
    for kpi in &own {
        let metric = evidence.metrics.by_id(kpi.metric.as_str());
        let Some((metric, identity)) =
            metric.and_then(|metric| Some((metric, metric.identity.as_ref()?)))
        else {
            continue;
        };
        if let Some(finding) = broken(kpi, metric, identity, &own, evidence) {
            findings.push(finding);
        }
    }
    findings
}

/// Checks a value against its identity; `None` when it may hold, or an operand has no value.
fn broken<'a>(
    kpi: &'a Kpi,
    metric: &'a Metric,
    identity: &'a Arithmetic,
    own: &[&'a Kpi],
    evidence: &Evidence<'_, 'a>,
) -> Option<Finding<'a>> {
    let operand = |name: &Id| operand(name, kpi, own);
    let (least, most) = identity.range(&|name| {
        let ranges = operand(name)
            .into_iter()
            .map(|kpi| kpi.relation.range(kpi.value));
        ranges.reduce(|(low, high), (other, another)| (low.min(other), high.max(another)))
    })?;
    let (low, high) = kpi.relation.range(kpi.value);
    if low <= most && least <= high {
        return None;
    }
    let ends = written(least, most, low, high);
    let mut records = vec![kpi.id.as_str()];
    let mut parts = vec![
        Value::text(format!("{}:", metric.name)),
        Value::Number(kpi.value, kpi.relation),
        Value::text(format!("is stated, but {} gives", identity.as_str())),
    ];
    parts.extend(ends);
    for name in identity.names() {
        for operand in operand(name) {
            let join = if records.len() == 1 { "with" } else { "and" };
            records.push(operand.id.as_str());
            parts.push(Value::text(format!(
                "{join} {}",
                metric_name(name.as_str(), evidence)
            )));
            parts.push(Value::Number(operand.value, operand.relation));
        }
    }
    Some(Finding {
        rule: Rule::Arithmetic,
        company: kpi.company.as_str(),
        says: Value::Phrase(parts),
        records,
    })
}

/// Returns the values of a metric to set beside another value: of the same company and, where both say when, of a time
/// that they share. A bound is used only where there is no value.
fn operand<'a>(name: &Id, kpi: &Kpi, own: &[&'a Kpi]) -> Vec<&'a Kpi> {
    let is_of_the_time = |other: &Kpi| match (&other.period, &kpi.period) {
        (Some(left), Some(right)) => left.overlaps(right),
        _ => true,
    };
    let fit = own.iter().copied().filter(|other| {
        other.metric == *name && other.company == kpi.company && is_of_the_time(other)
    });
    let fit: Vec<&Kpi> = fit.collect();
    let values = fit.iter().copied().filter(|kpi| !kpi.relation.is_bound());
    let values: Vec<&Kpi> = values.collect();
    if values.is_empty() { fit } else { values }
}

/// Returns the figures that a source states.
fn figures<'a>(source: &Source, evidence: &Evidence<'_, 'a>) -> Vec<&'a Kpi> {
    let states = |kpi: &&Kpi| {
        kpi.cite
            .iter()
            .any(|cite| cite.source == source.id.as_str())
    };
    evidence.kpis.iter().filter(states).collect()
}

/// Says whether two claims are of one subject by their own word.
fn is_rival(left: &Kpi, right: &Kpi) -> bool {
    let subject = |kpi: &Kpi| kpi.rival_of.as_ref().unwrap_or(&kpi.id).clone();
    left.metric == right.metric && (left.period == right.period || subject(left) == subject(right))
}

fn shares_origin(left: &Kpi, right: &Kpi) -> bool {
    let origins = |kpi: &Kpi| -> Vec<String> {
        let via = kpi.via.iter().flat_map(Citations::iter);
        via.map(|via| via.source.to_owned()).collect()
    };
    let right = origins(right);
    origins(left).iter().any(|origin| right.contains(origin))
}

/// Returns the unit of a value: its own, or its metric's.
fn unit<'a>(kpi: &'a Kpi, evidence: &Evidence<'_, 'a>) -> &'a str {
    let metric = evidence.metrics.by_id(kpi.metric.as_str());
    metric.map_or("", |metric| kpi.unit_of(metric))
}

/// Says what a figure is of: the metric unless it is known, and what it is a share of.
fn meaning(kpi: &Kpi, is_known: bool, evidence: &Evidence<'_, '_>) -> String {
    let metric = evidence.metrics.by_id(kpi.metric.as_str());
    let name = metric_name(kpi.metric.as_str(), evidence);
    match metric.and_then(|metric| kpi.denominator_of(metric)) {
        Some(of) if is_known => format!("of {of}"),
        Some(of) => format!("{name}, of {of}"),
        None => name.to_owned(),
    }
}

/// Writes the ends of a range with three digits, or as many as tell it from the range that was stated.
fn written<'a>(least: f64, most: f64, low: f64, high: f64) -> [Value<'a>; 3] {
    let rounded = |value: f64, digits: usize| format!("{value:.digits$e}");
    let is_told = |digits: &usize| {
        let end = |value| rounded(value, *digits).parse::<f64>().unwrap_or(value);
        end(most) < low || end(least) > high
    };
    let digits = (2..14).find(is_told).unwrap_or(14);
    let number = |value: f64| match rounded(value, digits).parse::<Quantity>() {
        Ok(quantity) => Value::Number(quantity, Relation::Eq),
        // Greater or smaller than any number that a casebook holds.
        Err(_) => Value::text(rounded(value, digits)),
    };
    [number(least), Value::text("to"), number(most)]
}
