//! The shipped casebook keeps its own rules: citations, claims, texts, schemas, descriptor.
//!
//! Ids within a table, types of cells and references to companies and metrics are the loader's to check: a table
//! that loads has them right.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

use casecmp::base::guard::is_risky;
use casecmp::base::{
    Citations, ClaimedVerdict, Rank, Scalar as _, SourceKind, Stance, Type, Value,
};
use casecmp::load::Loader;
use casecmp::model::{
    Challenge, Claim, Company, Concept, Event, Evidence, Experience, FieldInfo, Finding,
    Hypothesis, Kind, Kpi, Metric, Profile, Record, Records, Source, Strategy, SwotCell, Target,
    Technology, subjects,
};
use casecmp::package::{FILES, Origin};
use serde_json::Value as Json;

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

/// Says whether the records of a kind are rows; those of the others nest.
fn is_csv(kind: Kind) -> bool {
    !matches!(kind, Kind::Hypotheses | Kind::Sources)
}

/// Returns the fields of each kind that stand in a CSV file, in order.
fn stored() -> Vec<(Kind, Vec<FieldInfo>)> {
    fn of<R: Record>() -> (Kind, Vec<FieldInfo>) {
        let stored = R::FIELDS.iter().filter(|field| field.set.is_some());
        (R::KIND, stored.map(|field| field.info).collect())
    }
    let stored = vec![
        of::<Company>(),
        of::<Profile>(),
        of::<Event>(),
        of::<Technology>(),
        of::<Challenge>(),
        of::<Strategy>(),
        of::<Experience>(),
        of::<Metric>(),
        of::<Kpi>(),
        of::<SwotCell>(),
        of::<Finding>(),
        of::<Concept>(),
    ];
    let kinds: Vec<Kind> = stored.iter().map(|(kind, _)| *kind).collect();
    let all: Vec<Kind> = Kind::ALL
        .iter()
        .copied()
        .filter(|kind| is_csv(*kind))
        .collect();
    assert_eq!(kinds, all, "every table but the JSON ones");
    stored
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
fn every_header_and_schema_names_the_stored_fields_in_order() {
    for (kind, stored) in stored() {
        let keys: Vec<&str> = stored.iter().map(|info| info.key).collect();
        let name = kind.key();
        let table = file(&format!("{name}.csv"));
        assert_eq!(table.lines().next(), Some(&*keys.join(",")), "{name}.csv");
        let schema = json(&format!("schemas/{name}.json"));
        assert_eq!(texts(&schema["fields"], "name"), keys, "schema of {name}");
        assert_eq!(schema["primaryKey"], serde_json::json!(["id"]), "{name}");
    }
}

#[test]
fn every_schema_agrees_with_the_fields() {
    let mut wrong = Vec::new();
    for (kind, stored) in stored() {
        let schema = json(&format!("schemas/{}.json", kind.key()));
        for (info, field) in stored.iter().zip(schema["fields"].as_array().unwrap()) {
            let constraints = &field["constraints"];
            let mut tell = |what: String| {
                wrong.push(format!(
                    "schemas/{}.json: `{}`: {what}",
                    kind.key(),
                    info.key
                ));
            };
            let is_required = constraints["required"].as_bool().unwrap_or(false);
            // A closed set has a default, which the file of a casebook may be made to spell out.
            let has_default = matches!(info.kind, Type::Code(_));
            if is_required != info.is_required && !(is_required && has_default) {
                let read = info.is_required;
                tell(format!("required is {is_required}, for the loader {read}"));
            }
            if let Type::Code(keys) = info.kind
                && constraints["enum"] != serde_json::json!(keys)
            {
                tell(format!("enum is {}, not {keys:?}", constraints["enum"]));
            }
            let types: &[&str] = match info.kind {
                Type::Number => &["number", "integer"],
                Type::Truth => &["boolean"],
                // Dates are coarser than a day, lists and citations have a syntax of their own.
                Type::Text | Type::Code(_) | Type::Date | Type::List | Type::Cites => &["string"],
            };
            if !types.contains(&field["type"].as_str().unwrap_or_default()) {
                tell(format!("type is {}, not one of {types:?}", field["type"]));
            }
        }
    }
    assert_none(&wrong);
}

/// Nested files have a JSON Schema, which `.ci/run` holds them against.
#[test]
fn the_schemas_of_nested_files_list_the_codes() {
    let codes = |schema: &Json, at: &[&str]| -> Vec<String> {
        let found = at
            .iter()
            .fold(&schema["items"]["properties"], |found, key| &found[*key]);
        let listed = found["enum"].as_array().expect("an enum").iter();
        listed.map(|one| one.as_str().unwrap().to_owned()).collect()
    };
    let (hypotheses, sources) = (
        json("schemas/hypotheses.json"),
        json("schemas/sources.json"),
    );
    let stance = ["evidence", "items", "properties", "stance"];
    assert_eq!(codes(&hypotheses, &["verdict"]), ClaimedVerdict::KEYS);
    assert_eq!(codes(&hypotheses, &stance), Stance::KEYS);
    assert_eq!(
        codes(&sources, &["custom", "properties", "kind"]),
        SourceKind::KEYS
    );
}

#[test]
fn every_schema_has_the_references_that_the_loader_follows() {
    for (kind, stored) in stored() {
        let schema = json(&format!("schemas/{}.json", kind.key()));
        let none = Json::Array(Vec::new());
        let keys = schema.get("foreignKeys").unwrap_or(&none);
        let of_file: Vec<Json> = keys.as_array().unwrap().clone();
        let followed = stored.iter().filter_map(|info| {
            let Some(Target::Kind(to)) = info.refers_to else {
                return None;
            };
            // The standard names the table itself by an empty text.
            let to = if to == kind { "" } else { to.key() };
            let to = serde_json::json!({"resource": to, "fields": ["id"]});
            Some(serde_json::json!({"fields": [info.key], "reference": to}))
        });
        assert_eq!(of_file, followed.collect::<Vec<Json>>(), "{}", kind.key());
    }
}

#[test]
fn every_value_is_one_that_its_schema_lists() {
    let mut wrong = String::new();
    each_record(|kind, place, fields| {
        if !is_csv(kind) {
            return;
        }
        let schema = json(&format!("schemas/{}.json", kind.key()));
        for field in schema["fields"].as_array().unwrap() {
            let (name, listed) = (&field["name"], &field["constraints"]["enum"]);
            let found = fields.iter().find(|(info, _)| name == info.key).unwrap();
            let text = match (&found.1, listed) {
                (Value::Text(text), Json::Array(_)) => text,
                (Value::Code { key, .. }, Json::Array(_)) => key,
                _ => continue,
            };
            if !listed.as_array().unwrap().iter().any(|one| one == &**text) {
                writeln!(wrong, "{place}: {name}: `{text}` is not in {listed}").unwrap();
            }
        }
    });
    assert!(wrong.is_empty(), "\n{wrong}");
}

#[test]
fn the_descriptor_names_every_table_and_nothing_else() {
    let descriptor = json("datapackage.json");
    let resources = &descriptor["resources"];
    assert_eq!(texts(resources, "name"), Kind::KEYS);
    for resource in resources.as_array().unwrap() {
        let name = resource["name"].as_str().unwrap();
        file(resource["path"].as_str().unwrap());
        if resource["format"] == "json" {
            assert_eq!(resource["path"], format!("{name}.json"));
            assert_eq!(resource["jsonSchema"], format!("schemas/{name}.json"));
            continue;
        }
        assert_eq!(resource["path"], format!("{name}.csv"));
        assert_eq!(resource["schema"], format!("schemas/{name}.json"));
    }
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
