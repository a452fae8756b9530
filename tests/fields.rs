//! `data/FIELDS.md`, the reference of every table and field, is what the descriptor of the casebook says.
//!
//! `FIELDS=overwrite cargo test --test fields` writes it anew.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;

/// The most characters of an example, where there is a choice.
const SHORT: usize = 40;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn json(name: &str) -> Json {
    serde_json::from_str(&fs::read_to_string(folder().join(name)).unwrap()).unwrap()
}

/// Writes the reference.
fn reference() -> String {
    let mut text = String::from(
        "# Tables and fields\n\n\
         Made from `datapackage.json` and the schemas it names; [METHOD.md](METHOD.md) says how the rows were made. The examples are \
         the first short values of the casebook of Amazon and Netflix, \
         or else of the example that `casecmp init` makes.\n",
    );
    for resource in json("datapackage.json")["resources"].as_array().unwrap() {
        let (name, path) = (plain(&resource["name"]), plain(&resource["path"]));
        let description = plain(&resource["description"]);
        write!(text, "\n## {name}\n\n{description} File: `{path}`.\n\n").unwrap();
        text.push_str(
            "| field | type | required | what it says | example |\n|---|---|---|---|---|\n",
        );
        match resource["schema"].as_str() {
            Some(schema) => table(&json(schema), &path, &mut text),
            None => items(
                &json(resource["jsonSchema"].as_str().unwrap()),
                &path,
                &mut text,
            ),
        }
    }
    text
}

/// Writes the fields of a table, by its Table Schema.
fn table(schema: &Json, path: &str, text: &mut String) {
    let rows = rows(path);
    let none = Vec::new();
    let keys = schema["foreignKeys"].as_array().unwrap_or(&none);
    for field in schema["fields"].as_array().unwrap() {
        let constraints = &field["constraints"];
        let mut says = plain(&field["description"]);
        says += &choices(&constraints["enum"]);
        if let Some(key) = keys.iter().find(|key| key["fields"][0] == field["name"]) {
            let to = match plain(&key["reference"]["resource"]).as_str() {
                "" => "this table".to_owned(),
                table => format!("`{table}`"),
            };
            write!(says, " Names an `id` of {to}.").unwrap();
        }
        line(
            &field["name"],
            &field["type"],
            constraints["required"] == true,
            &says,
            &example(rows.iter().filter_map(|row| row.get(plain(&field["name"])))),
            text,
        );
    }
}

/// Writes the members of the items of a JSON file, by its JSON Schema.
fn items(schema: &Json, path: &str, text: &mut String) {
    let rows = json(path);
    let rows = rows.as_array().unwrap();
    let items = &schema["items"];
    let required = items["required"].as_array().unwrap();
    // The map of a JSON object is sorted; the required ones come first.
    let members = items["properties"].as_object().unwrap();
    let (first, then): (Vec<_>, Vec<_>) = members
        .iter()
        .partition(|(name, _)| required.iter().any(|one| one == *name));
    for (name, member) in first.into_iter().chain(then) {
        let is_required = required.iter().any(|one| one == name);
        let says = plain(&member["description"]) + &choices(&member["enum"]);
        line(
            &Json::from(name.as_str()),
            &member["type"],
            is_required,
            &says,
            &example(rows.iter().filter_map(|row| row.get(name))),
            text,
        );
    }
}

fn line(name: &Json, kind: &Json, is_required: bool, says: &str, example: &str, text: &mut String) {
    let name = plain(name);
    let kind = match plain(kind).as_str() {
        "string" => "text",
        "number" => "number",
        "integer" => "whole number",
        "array" => "list",
        "object" => "object",
        other => panic!("`{other}` has no word"),
    };
    let required = if is_required { "yes" } else { "" };
    let cells = [says, example].map(|cell| cell.replace('|', "\\|"));
    let [says, example] = cells;
    writeln!(
        text,
        "| `{name}` | {kind} | {required} | {says} | {example} |"
    )
    .unwrap();
}

/// Reads the rows of a CSV file, and then those of the example, as objects without the empty cells.
fn rows(path: &str) -> Vec<Json> {
    let mut rows = Vec::new();
    for folder in [folder(), folder().with_file_name("template")] {
        let mut reader = csv::Reader::from_path(folder.join(path)).unwrap();
        let header = reader.headers().unwrap().clone();
        for record in reader.records().map(Result::unwrap) {
            let cells = header.iter().zip(&record);
            let cells = cells.filter(|(_, cell)| !cell.is_empty());
            rows.push(
                cells
                    .map(|(name, cell)| (name.to_owned(), Json::from(cell)))
                    .collect(),
            );
        }
    }
    rows
}

/// Returns the first value that is short, or the shortest; nothing where there is none. Of a list the first item will do.
fn example<'a>(values: impl Iterator<Item = &'a Json>) -> String {
    let values = values.map(|value| match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().take(1).cloned().collect::<Json>().to_string(),
        value => value.to_string(),
    });
    let values: Vec<String> = values.collect();
    let length = |value: &&String| value.chars().count();
    let short = values.iter().find(|value| length(value) <= SHORT);
    let found = short.or(values.iter().min_by_key(length));
    found.map_or(String::new(), |value| format!("`{value}`"))
}

/// Lists the values of a closed set.
fn choices(list: &Json) -> String {
    let Some(list) = list.as_array() else {
        return String::new();
    };
    let list: Vec<String> = list.iter().map(|one| format!("`{}`", plain(one))).collect();
    format!(" One of {}.", list.join(", "))
}

fn plain(text: &Json) -> String {
    text.as_str().expect("a text").to_owned()
}

#[test]
fn the_reference_of_the_fields_is_what_the_descriptor_says() {
    let (path, wanted) = (folder().join("FIELDS.md"), reference());
    if std::env::var_os("FIELDS").is_some_and(|value| value == "overwrite") {
        fs::write(&path, &wanted).unwrap();
    }
    let found = fs::read_to_string(path).unwrap_or_default();
    assert!(
        found == wanted,
        "FIELDS=overwrite cargo test --test fields writes it anew"
    );
}

#[test]
fn every_field_explains_itself() {
    for line in reference().lines().filter(|line| line.starts_with("| `")) {
        let cells: Vec<&str> = line.split(" | ").collect();
        assert!(cells[3].trim_end_matches(" |").len() > 5, "{line}");
    }
}
