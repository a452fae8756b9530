//! What the schemas inside the program say of the fields of tables, for people.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::builtin::FILES;

/// A Table Schema, or the JSON Schema of an array of objects.
#[derive(Deserialize)]
struct Schema {
    #[serde(default)]
    fields: Vec<Field>,
    items: Option<Object>,
}

#[derive(Deserialize)]
struct Field {
    name: String,
    #[serde(default)]
    description: String,
}

#[derive(Deserialize)]
struct Object {
    #[serde(default)]
    description: String,
    #[serde(default)]
    properties: BTreeMap<String, Object>,
}

/// Returns the name of each field of a table with a sentence on it; a member within another is `custom.kind`. Empty where the table is none
/// of the casebook inside the program.
pub fn descriptions(table: &str) -> Vec<(String, String)> {
    let name = format!("schemas/{table}.json");
    let text = FILES.iter().find(|(known, _)| *known == name);
    let schema = text.and_then(|(_, text)| serde_json::from_str::<Schema>(text).ok());
    let Some(Schema { fields, items }) = schema else {
        return Vec::new();
    };
    let fields = fields
        .into_iter()
        .map(|field| (field.name, field.description));
    let mut described: Vec<(String, String)> = fields.collect();
    for (name, member) in items.into_iter().flat_map(|items| items.properties) {
        for (inner, within) in member.properties {
            described.push((format!("{name}.{inner}"), within.description));
        }
        described.push((name, member.description));
    }
    described
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_members_are_described() {
        let of = |table: &str, name: &str| {
            let described = descriptions(table);
            let found = described.into_iter().find(|(known, _)| known == name);
            found.map(|(_, text)| text)
        };
        assert_eq!(of("companies", "name").unwrap(), "Usual short name.");
        assert_eq!(of("sources", "title").unwrap(), "Title as printed.");
        assert!(!of("sources", "custom.kind").unwrap().is_empty());
        assert_eq!(of("visits", "id"), None);
    }
}
