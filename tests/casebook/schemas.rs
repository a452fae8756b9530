//! The schemas and the descriptor agree with the fields that records have.

use std::fmt::Write as _;

use casecmp::base::{ClaimedVerdict, SourceKind, Stance, Type, Value};
use casecmp::model::{
    Challenge, Company, Concept, Event, Experience, FieldInfo, Finding, Kind, Kpi, Metric, Profile,
    Record, Strategy, SwotCell, Target, Technology,
};
use serde_json::Value as Json;

use super::{assert_none, each_record, file, json, texts};

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
