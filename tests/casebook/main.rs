//! The shipped casebook keeps its own rules: citations, claims, texts; `schemas` and the descriptor too.
//!
//! Ids within a table, types of cells and references to companies and metrics are the loader's to check: a table
//! that loads has them right.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use casecmp::base::guard::is_risky;
use casecmp::base::{Citations, Rank, Scalar as _, Value};
use casecmp::load::Loader;
use casecmp::model::{
    Claim, Concept, Event, Evidence, FieldInfo, Finding, Hypothesis, Kind, Kpi, Metric, Profile,
    Records, Source, Technology, subjects,
};
use casecmp::package::{FILES, Origin};
use serde_json::Value as Json;

mod schemas;

fn loader() -> Loader {
    Loader::new([Origin::Builtin])
}

/// Calls a function with the place and the fields of every record.
fn each_record(mut look: impl FnMut(Kind, &str, &[(FieldInfo, Value<'_>)])) {
    let loader = loader();
    for kind in Kind::ALL {
        let records = loader.collection(*kind).unwrap();
        for index in 0..records.len() {
            let fields = records.fields().into_iter().zip(records.values(index));
            let fields: Vec<_> = fields.collect();
            look(*kind, &records.place(index).to_string(), &fields);
        }
    }
}

/// Fails with all complaints at once.
fn assert_none(complaints: &[String]) {
    assert!(complaints.is_empty(), "\n{}", complaints.join("\n"));
}

fn file(name: &str) -> &'static str {
    let found = FILES.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("{name} is embedded")).1
}

fn json(name: &str) -> Json {
    serde_json::from_str(file(name)).unwrap()
}

/// Returns the texts at a key of each item of an array.
fn texts<'a>(items: &'a Json, key: &str) -> Vec<&'a str> {
    let items = items.as_array().expect("an array").iter();
    items.map(|item| item[key].as_str().unwrap()).collect()
}

#[test]
fn every_table_loads_and_holds_records() {
    let loader = loader();
    for kind in Kind::ALL {
        let records = loader.collection(*kind).unwrap_or_else(|e| panic!("{e}"));
        assert!(!records.is_empty(), "{}", kind.key());
    }
    assert_none(&loader.warnings());
}

#[test]
fn an_id_stands_for_one_record_of_all_tables() {
    let mut places: BTreeMap<String, String> = BTreeMap::new();
    let mut twice = Vec::new();
    each_record(|_, place, fields| {
        let Value::Text(id) = &fields[0].1 else {
            panic!("{place}: no id")
        };
        if let Some(earlier) = places.insert(id.to_string(), place.into()) {
            twice.push(format!("{place}: `{id}` stands at {earlier} too"));
        }
    });
    assert_none(&twice);
}

#[test]
fn every_citation_has_a_place_and_a_known_source_and_every_source_is_cited() {
    let loader = loader();
    let sources = loader.collection(Kind::Sources).unwrap().ids();
    let sources: BTreeSet<&str> = sources.into_iter().collect();
    let mut cited = BTreeSet::new();
    let mut wrong = Vec::new();
    each_record(|kind, place, fields| {
        let mut has_cite = false;
        for (info, value) in fields {
            let Value::Cites(citations) = value else {
                continue;
            };
            has_cite |= info.key == "cite" && !citations.is_empty();
            for citation in citations {
                if info.key == "cite" && citation.locator.is_none() {
                    wrong.push(format!("{place}: `@{citation}` has no place in the source"));
                }
                if !sources.contains(citation.source) {
                    wrong.push(format!("{place}: `@{citation}` is of no known source"));
                }
                if kind != Kind::Sources {
                    cited.insert(citation.source.to_owned());
                }
            }
        }
        if !has_cite {
            wrong.push(format!("{place}: cites nothing"));
        }
    });
    // What a document cites under another name is cited as well, and so is what a study's evidence cites.
    for source in loader.table::<Source>().unwrap().iter() {
        cited.extend(source.custom.same_as.iter().map(ToString::to_string));
    }
    for hypothesis in loader.table::<Hypothesis>().unwrap().iter() {
        let evidence = hypothesis.evidence.iter();
        for citation in evidence
            .flat_map(|item| item.cite.iter())
            .flat_map(Citations::iter)
        {
            let is_known = sources.contains(citation.source) && citation.locator.is_some();
            assert!(is_known, "`{}`: `@{citation}`", hypothesis.id);
        }
    }
    let idle = sources.iter().filter(|source| !cited.contains(**source));
    wrong.extend(idle.map(|source| format!("sources.json: no record cites `{source}`")));
    assert_none(&wrong);
}

#[test]
fn a_subject_has_one_preferred_claim_at_most() {
    fn check<R: Claim>(claims: &Records<R>, wrong: &mut Vec<String>) {
        for subject in subjects(claims.iter()) {
            let claims = subject.to_any().claims;
            let preferred = claims.iter().filter(|claim| claim.rank == Rank::Preferred);
            let preferred: Vec<&str> = preferred.map(|claim| claim.id.as_str()).collect();
            if preferred.len() > 1 {
                wrong.push(format!("preferred: {preferred:?}"));
            }
        }
    }
    let (loader, mut wrong) = (loader(), Vec::new());
    check(loader.table::<Event>().unwrap(), &mut wrong);
    check(loader.table::<Profile>().unwrap(), &mut wrong);
    check(loader.table::<Metric>().unwrap(), &mut wrong);
    check(loader.table::<Kpi>().unwrap(), &mut wrong);
    assert_none(&wrong);
}

#[test]
fn a_claim_rivals_one_of_its_own_company_and_metric_that_is_no_rival_itself() {
    let loader = loader();
    let kpis = loader.table::<Kpi>().unwrap();
    let mut wrong = Vec::new();
    for kpi in kpis.iter() {
        let Some(rival) = &kpi.rival_of else { continue };
        let rival = kpis.by_id(rival.as_str()).expect("the loader checks it");
        let is_like = rival.company == kpi.company && rival.metric == kpi.metric;
        if !is_like || rival.rival_of.is_some() {
            wrong.push(format!("`{}` rivals `{}`", kpi.id, rival.id));
        }
    }
    assert_none(&wrong);
}

#[test]
fn an_identity_names_metrics() {
    let loader = loader();
    let metrics = loader.table::<Metric>().unwrap();
    let identities = metrics.iter().filter_map(|metric| metric.identity.as_ref());
    let names: Vec<_> = identities.flat_map(|identity| identity.names()).collect();
    assert!(!names.is_empty(), "the casebook has an identity");
    let unknown = names
        .iter()
        .filter(|name| metrics.by_id(name.as_str()).is_none());
    assert_none(&unknown.map(ToString::to_string).collect::<Vec<_>>());
}

#[test]
fn evidence_is_used_once_by_the_study_and_once_by_the_curator_who_gives_a_reason() {
    let loader = loader();
    let mut wrong = Vec::new();
    for hypothesis in loader.table::<Hypothesis>().unwrap().iter() {
        assert!(!hypothesis.evidence.is_empty(), "`{}`", hypothesis.id);
        for item in &hypothesis.evidence {
            let is_same = |other: &&Evidence| {
                other.record == item.record && other.cite.is_some() == item.cite.is_some()
            };
            let times = hypothesis.evidence.iter().filter(is_same).count();
            if times > 1 || (item.cite.is_none() && item.note.is_none()) {
                wrong.push(format!("`{}`: `{}`", hypothesis.id, item.record));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn ordinals_do_not_repeat() {
    let loader = loader();
    let mut seen = BTreeSet::new();
    let mut wrong = Vec::new();
    for concept in loader.table::<Concept>().unwrap().iter() {
        if !seen.insert((concept.group.to_string(), concept.ordinal)) {
            wrong.push(format!("concept `{}`", concept.id));
        }
    }
    for finding in loader.table::<Finding>().unwrap().iter() {
        let source = finding.cite.iter().next().expect("it cites").source;
        let part = format!("{source} {}", finding.kind.key());
        if !seen.insert((part, finding.ordinal)) {
            wrong.push(format!("finding `{}`", finding.id));
        }
    }
    assert_none(&wrong);
}

#[test]
fn a_rank_other_than_normal_has_a_note() {
    let mut wrong = Vec::new();
    each_record(|_, place, fields| {
        let value = |key| fields.iter().find(|(info, _)| info.key == key);
        let rank = value("rank").map(|(_, rank)| rank);
        let is_ranked = rank.is_some_and(|rank| *rank != Rank::Normal.to_value());
        if is_ranked && value("note").is_none_or(|(_, note)| note.is_missing()) {
            wrong.push(format!("{place}: the rank has no reason in `note`"));
        }
    });
    assert_none(&wrong);
}

#[test]
fn a_percentage_has_a_denominator() {
    let loader = loader();
    let metrics = loader.table::<Metric>().unwrap();
    let percent = metrics.iter().filter(|metric| metric.unit == "percent");
    let (with, without): (Vec<&Metric>, Vec<&Metric>) =
        percent.partition(|metric| metric.denominator.is_some());
    assert!(!with.is_empty(), "the casebook has percentages");
    let wrong = without
        .iter()
        .map(|metric| format!("metric `{}`", metric.id));
    assert_none(&wrong.collect::<Vec<_>>());
}

#[test]
fn no_text_needs_the_guard_of_spreadsheets() {
    let mut wrong = Vec::new();
    each_record(|_, place, fields| {
        for (info, value) in fields {
            let texts: Vec<&str> = match value {
                Value::Text(text) => vec![text],
                // Labels are for people; a spreadsheet gets the key.
                Value::Code { key, .. } => vec![key],
                Value::List(items) => items.iter().map(|item| &**item).collect(),
                Value::Missing
                | Value::Number(..)
                | Value::Date(_)
                | Value::Day(_)
                | Value::Truth(_)
                | Value::Cites(_)
                | Value::Phrase(_) => continue,
            };
            let risky = texts.iter().filter(|text| is_risky(text));
            wrong.extend(risky.map(|text| format!("{place}: `{}`: {text}", info.key)));
        }
    });
    assert_none(&wrong);
}

#[test]
fn the_domains_of_events_are_those_of_technologies() {
    let loader = loader();
    let technologies = loader.table::<Technology>().unwrap();
    let known: BTreeSet<&str> = technologies.iter().map(|used| &*used.domain).collect();
    let events = loader.table::<Event>().unwrap();
    let domains = events.iter().filter_map(|event| event.domain.as_deref());
    let domains: BTreeSet<&str> = domains.collect();
    assert!(domains.contains("cloud"));
    let unknown: Vec<&&str> = domains.difference(&known).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn the_embedded_files_are_those_on_disk() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for (name, text) in FILES {
        let on_disk = std::fs::read(folder.join(name)).unwrap();
        assert!(on_disk == text.as_bytes(), "{name} differs");
    }
}
