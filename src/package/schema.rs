//! What the schemas inside the program say of the fields of tables.

use serde::Deserialize;

use super::builtin::FILES;

#[derive(Deserialize)]
struct Schema {
    fields: Vec<Field>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    description: String,
}

/// Returns the name of each field of a table with a sentence on it; empty where the table is none of the casebook inside the program,
/// or is JSON.
pub fn descriptions(table: &str) -> Vec<(String, String)> {
    let name = format!("schemas/{table}.json");
    let text = FILES.iter().find(|(known, _)| *known == name);
    let schema: Option<Schema> = text.and_then(|(_, text)| serde_json::from_str(text).ok());
    let fields = schema.map_or_else(Vec::new, |schema| schema.fields);
    let described = fields
        .into_iter()
        .map(|field| (field.name, field.description));
    described.collect()
}
