//! The names of columns: by themselves, and beside those of the schema.

use crate::base::suggest::did_you_mean;
use crate::package::{Matching, Schema};

use super::Rule;
use super::keys::named;
use super::table::Told;

/// Returns what is wrong with the names of columns by themselves.
pub(super) fn labels(names: &[String]) -> Vec<Told> {
    let mut told = Vec::new();
    if names.iter().all(String::is_empty) {
        told.push(Told::new(Rule::BlankHeader, 0, "the header is empty"));
        return told;
    }
    for (place, name) in names.iter().enumerate() {
        if name.is_empty() {
            let hint =
                "name it in the first row, or delete it; `casecmp fmt` deletes empty columns";
            told.push(Told::new(Rule::BlankLabel, place, "a column has no name").hint(hint));
        } else if names.iter().take(place).any(|other| other == name) {
            let message = format!("column `{name}` stands twice in the header");
            told.push(Told::new(Rule::DuplicateLabel, place, message));
        }
    }
    told
}

/// Returns how the names of columns do not match those of a schema.
pub(super) fn unmatched(names: &[String], schema: &Schema) -> Vec<Told> {
    let fields = || schema.fields.iter().map(|field| field.name.as_str());
    let (may_lack, may_exceed) = match schema.matching {
        Matching::Exact | Matching::Equal => (false, false),
        Matching::Subset => (false, true),
        Matching::Superset => (true, false),
        Matching::Partial => (true, true),
    };
    let is_there = |field: &str| names.iter().any(|name| name == field);
    let mut told = Vec::new();
    if schema.matching == Matching::Partial && !fields().any(is_there) {
        let fields: Vec<&str> = fields().collect();
        let message = format!(
            "no column of the schema is in the header: {}",
            named(&fields)
        );
        told.push(Told::new(Rule::UnmatchedHeader, 0, message));
    }
    // The field that is missing in the header where a column stands that is of none.
    let instead = |place: usize| {
        let is_exact = schema.matching == Matching::Exact && names.len() == schema.fields.len();
        let is_none = names
            .get(place)
            .is_some_and(|name| schema.field(name).is_none());
        let field = fields().nth(place).filter(|field| !is_there(field));
        field.filter(|_| is_exact && is_none)
    };
    for (place, name) in names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty() && schema.field(name).is_none())
    {
        if let Some(field) = instead(place) {
            let message = format!("column `{name}` must be called `{field}`, as the schema has it");
            told.push(Told::new(Rule::IncorrectLabel, place, message));
        } else if !may_exceed {
            let message = format!("column `{name}` is not in the schema");
            let mut extra = Told::new(Rule::ExtraLabel, place, message);
            let absent = fields().filter(|field| !names.iter().any(|name| name == field));
            let add =
                format!("add a field `{name}` to the schema of the table, or delete the column");
            extra.hint = did_you_mean(name, absent).or(Some(add));
            told.push(extra);
        }
    }
    for (place, field) in fields().enumerate().filter(|(_, field)| !is_there(field)) {
        let is_needed = schema.primary_key.iter().any(|key| key == field)
            || schema
                .field(field)
                .is_some_and(|field| field.constraints.is_required);
        // A column without a name in its place is told as such.
        if (!may_lack || is_needed) && instead(place).is_none() {
            told.push(missing(names, field));
        }
    }
    let shifted = names
        .iter()
        .zip(fields())
        .position(|(name, field)| name != field);
    if let (Matching::Exact, true, Some(place)) = (schema.matching, told.is_empty(), shifted) {
        let wanted = fields().nth(place).unwrap_or_default();
        let message = format!("column `{wanted}` must stand here, as the schema has it");
        told.push(Told::new(Rule::IncorrectLabel, place, message));
    }
    told
}

/// Tells of a column that is missing in the header.
pub(super) fn missing(names: &[String], key: &str) -> Told {
    let message = format!("column `{key}` is missing in the header");
    let mut told = Told::new(Rule::MissingLabel, names.len(), message);
    let near = did_you_mean(key, names.iter().map(String::as_str));
    told.hint = near.map(|near| format!("rename it: {near}"));
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns what is told of a header: the rule, the column, the message.
    fn told(header: &str, matching: &str) -> Vec<String> {
        let schema = serde_json::json!({
            "fields": [{"name": "id"}, {"name": "city"}, {"name": "note"}],
            "primaryKey": "id",
            "fieldsMatch": matching,
        });
        let (schema, faults) = Schema::of(&schema);
        assert_eq!(faults, []);
        let names: Vec<String> = header.split(',').map(Into::into).collect();
        let told = unmatched(&names, &schema);
        let told = told.iter().map(|told| {
            let hint = told.hint.as_deref().unwrap_or_default();
            let (rule, cell, message) = (told.rule.key(), told.cell, &told.message);
            format!("{rule} {cell}: {message} {hint}")
        });
        told.map(|told| told.trim_end().to_owned()).collect()
    }

    #[test]
    fn a_column_is_told_once_for_what_is_wrong_with_it() {
        let none = [""; 0];
        assert_eq!(told("id,city,note", "exact"), none);
        assert_eq!(
            told("id,ctiy,note", "exact"),
            ["incorrect-label 1: column `ctiy` must be called `city`, as the schema has it"]
        );
        assert_eq!(
            told("id,ctiy,note", "equal"),
            [
                "extra-label 1: column `ctiy` is not in the schema did you mean `city`?",
                "missing-label 3: column `city` is missing in the header rename it: did you mean `ctiy`?",
            ]
        );
        assert_eq!(
            told("id,note", "exact"),
            ["missing-label 2: column `city` is missing in the header"]
        );
        assert_eq!(
            told("id,note,city", "exact"),
            ["incorrect-label 1: column `city` must stand here, as the schema has it"]
        );
        assert_eq!(told("note,city,more,id", "subset"), none);
        assert_eq!(told("note,id", "superset"), none);
        assert_eq!(
            told("note", "superset"),
            ["missing-label 1: column `id` is missing in the header"]
        );
        assert_eq!(told("more,id", "partial"), none);
    }
}
