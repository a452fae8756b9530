//! Reads a Table Schema out of a descriptor, and tells everything that is wrong with it.

use serde_json::{Map, Value};

use super::constraints::{Bound, Constraints, Pattern};
use super::json::{Fault, Step};
use super::kind::Kind;
use super::schema::{Field, ForeignKey, Matching, Schema};

/// What the cells of a column may have to meet.
const CONSTRAINTS: [&str; 11] = [
    "required",
    "unique",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "jsonSchema",
    "pattern",
    "enum",
];

/// A schema that is being read: where it is, and what was wrong so far.
#[derive(Default)]
pub(super) struct Reading {
    at: Vec<Step>,
    pub faults: Vec<Fault>,
}

impl Reading {
    fn tell(&mut self, message: impl Into<String>) {
        self.faults.push(Fault {
            at: self.at.clone(),
            message: message.into(),
        });
    }

    /// Does something within a part of what is read.
    fn within<T>(&mut self, step: Step, read: impl FnOnce(&mut Self) -> T) -> T {
        self.at.push(step);
        let found = read(self);
        self.at.pop();
        found
    }

    /// Reads a member, where it is there.
    fn member<T>(
        &mut self,
        object: &Map<String, Value>,
        name: &str,
        read: impl FnOnce(&mut Self, &Value) -> Option<T>,
    ) -> Option<T> {
        let value = object.get(name)?;
        self.within(Step::Member(name.into()), |reading| read(reading, value))
    }

    fn text(&mut self, value: &Value) -> Option<String> {
        let text = value.as_str().map(Into::into);
        if text.is_none() {
            self.tell("must be a text");
        }
        text
    }

    fn truth(&mut self, value: &Value) -> Option<bool> {
        let truth = value.as_bool();
        if truth.is_none() {
            self.tell("must be true or false");
        }
        truth
    }

    fn count(&mut self, value: &Value) -> Option<usize> {
        let count = value.as_u64().and_then(|count| usize::try_from(count).ok());
        if count.is_none() {
            self.tell("must be a whole number, 0 or more");
        }
        count
    }

    /// Reads a list of texts; a text alone is a list of one.
    fn texts(&mut self, value: &Value) -> Option<Vec<String>> {
        let texts: Option<Vec<String>> = match value {
            Value::String(text) => Some(vec![text.clone()]),
            Value::Array(items) => items
                .iter()
                .map(|item| item.as_str().map(Into::into))
                .collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => None,
        };
        if texts.is_none() {
            self.tell("must be a list of texts");
        }
        texts
    }

    /// Reads what stands for nothing: texts, or objects with a text and a label.
    fn missing(&mut self, value: &Value) -> Option<Vec<String>> {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        let texts = items.iter().map(|item| match item {
            Value::Object(labelled) => labelled.get("value").and_then(Value::as_str),
            item => item.as_str(),
        });
        let texts: Option<Vec<String>> = texts.map(|text| text.map(Into::into)).collect();
        if texts.is_none() || !value.is_array() {
            self.tell("must be a list of texts");
            return None;
        }
        texts
    }

    /// Reads a schema, as far as it is right.
    pub(super) fn schema(&mut self, value: &Value) -> Schema {
        let Some(object) = value.as_object() else {
            self.tell("must be a Table Schema, an object");
            return Schema::default();
        };
        let fields = self.member(object, "fields", Self::fields);
        if !object.contains_key("fields") {
            self.tell("must have `fields`");
        }
        let missing = self.member(object, "missingValues", Self::missing);
        let schema = Schema {
            fields: fields.unwrap_or_default(),
            missing: missing.unwrap_or_else(|| vec![String::new()]),
            primary_key: self
                .member(object, "primaryKey", Self::texts)
                .unwrap_or_default(),
            unique_keys: self
                .member(object, "uniqueKeys", Self::keys)
                .unwrap_or_default(),
            foreign_keys: self
                .member(object, "foreignKeys", Self::foreign_keys)
                .unwrap_or_default(),
            matching: self
                .member(object, "fieldsMatch", Self::matching)
                .unwrap_or_default(),
        };
        let foreign = schema
            .foreign_keys
            .iter()
            .map(|key| ("foreignKeys", &key.fields));
        let unique = schema.unique_keys.iter().map(|key| ("uniqueKeys", key));
        let keys = std::iter::once(("primaryKey", &schema.primary_key))
            .chain(unique)
            .chain(foreign);
        for (member, names) in keys {
            for name in names.iter().filter(|name| schema.field(name).is_none()) {
                self.within(Step::Member(member.into()), |reading| {
                    reading.tell(format!("must name fields of the schema, found `{name}`"));
                });
            }
        }
        schema
    }

    fn fields(&mut self, value: &Value) -> Option<Vec<Field>> {
        let Some(items) = value.as_array() else {
            self.tell("must be a list of fields");
            return None;
        };
        let mut fields: Vec<Field> = Vec::new();
        for (place, item) in items.iter().enumerate() {
            self.within(Step::Item(place), |reading| {
                let Some(field) = reading.field(item) else {
                    return;
                };
                if fields.iter().any(|known| known.name == field.name) {
                    reading.tell(format!(
                        "the name `{}` is that of another field too",
                        field.name
                    ));
                }
                fields.push(field);
            });
        }
        Some(fields)
    }

    fn field(&mut self, value: &Value) -> Option<Field> {
        let Some(object) = value.as_object() else {
            self.tell("must be a field, an object");
            return None;
        };
        let name = self.member(object, "name", Self::text);
        if !object.contains_key("name") {
            self.tell("must have a `name`");
        }
        let kind = self.member(object, "type", Self::text);
        let kind = kind.unwrap_or_else(|| "string".into());
        let kind = Kind::of(&kind, object).unwrap_or_else(|| {
            self.within(Step::Member("type".into()), |reading| {
                reading.tell(format!("must be a type of Table Schema, found `{kind}`"));
            });
            Kind::Any
        });
        let constraints = self.member(object, "constraints", |reading, value| {
            Some(reading.constraints(value, &kind))
        });
        Some(Field {
            name: name?,
            constraints: constraints.unwrap_or_default(),
            missing: self.member(object, "missingValues", Self::missing),
            kind,
        })
    }

    fn constraints(&mut self, value: &Value, kind: &Kind) -> Constraints {
        let Some(object) = value.as_object() else {
            self.tell("must be an object");
            return Constraints::default();
        };
        for name in object
            .keys()
            .filter(|name| !CONSTRAINTS.contains(&&***name))
        {
            self.within(Step::Member(name.clone()), |reading| {
                reading.tell(format!(
                    "must be a constraint of Table Schema, found `{name}`"
                ));
            });
        }
        let bound = |reading: &mut Self, value: &Value| {
            let bound = Bound::of(value, kind);
            if bound.is_none() && !matches!(kind, Kind::Any | Kind::Duration) {
                reading.tell(if kind.has_order() {
                    format!("must be {}", kind.wanted())
                } else {
                    "must be left out: the values of the field have no order".into()
                });
            }
            bound
        };
        let pattern = self.member(object, "pattern", |reading, value| {
            let text = reading.text(value)?;
            let pattern = Pattern::of(&text);
            if pattern.is_none() {
                reading.tell(format!("must be a regular expression, found `{text}`"));
            }
            pattern
        });
        let one_of = self.member(object, "enum", |reading, value| {
            let items = value.as_array().filter(|items| !items.is_empty());
            if items.is_none() {
                reading.tell("must be a list of values, one at least");
            }
            let items = items?.iter().map(|item| match (item, kind) {
                (Value::String(text), _) => text.clone(),
                (Value::Bool(truth), Kind::Truth(yes, no)) => {
                    let words = if *truth { yes } else { no };
                    words.first().cloned().unwrap_or_default()
                }
                (item, _) => item.to_string(),
            });
            Some(items.collect())
        });
        Constraints {
            is_required: self
                .member(object, "required", Self::truth)
                .unwrap_or_default(),
            is_unique: self
                .member(object, "unique", Self::truth)
                .unwrap_or_default(),
            least_length: self.member(object, "minLength", Self::count),
            most_length: self.member(object, "maxLength", Self::count),
            minimum: self.member(object, "minimum", bound),
            maximum: self.member(object, "maximum", bound),
            above: self.member(object, "exclusiveMinimum", bound),
            below: self.member(object, "exclusiveMaximum", bound),
            pattern,
            one_of,
        }
    }

    fn keys(&mut self, value: &Value) -> Option<Vec<Vec<String>>> {
        let keys: Vec<Value> = value.as_array().cloned().unwrap_or_else(|| {
            self.tell("must be a list of lists of fields");
            Vec::new()
        });
        let keys = keys.iter().enumerate();
        let keys =
            keys.map(|(place, key)| self.within(Step::Item(place), |reading| reading.texts(key)));
        keys.collect()
    }

    fn foreign_keys(&mut self, value: &Value) -> Option<Vec<ForeignKey>> {
        let Some(items) = value.as_array() else {
            self.tell("must be a list of foreign keys");
            return None;
        };
        let mut keys = Vec::new();
        for (place, item) in items.iter().enumerate() {
            let key = self.within(Step::Item(place), |reading| reading.foreign_key(item));
            keys.extend(key);
        }
        Some(keys)
    }

    fn foreign_key(&mut self, value: &Value) -> Option<ForeignKey> {
        let reference = value.get("reference").and_then(Value::as_object);
        let (Some(object), Some(reference)) = (value.as_object(), reference) else {
            self.tell("must be a foreign key: `fields`, and a `reference` with `fields`");
            return None;
        };
        let fields = self.member(object, "fields", Self::texts);
        let names = self.within(Step::Member("reference".into()), |reading| {
            reading.member(reference, "fields", Self::texts)
        });
        let (Some(fields), Some(names)) = (fields, names) else {
            if !object.contains_key("fields") || !reference.contains_key("fields") {
                self.tell("must be a foreign key: `fields`, and a `reference` with `fields`");
            }
            return None;
        };
        if fields.len() != names.len() {
            self.tell("must have as many fields as its reference");
            return None;
        }
        let table = reference.get("resource").and_then(Value::as_str);
        Some(ForeignKey {
            fields,
            table: table.unwrap_or_default().into(),
            names,
        })
    }

    fn matching(&mut self, value: &Value) -> Option<Matching> {
        // An early draft of the standard had it in a list.
        let name = value
            .as_array()
            .and_then(|items| items.first())
            .unwrap_or(value);
        let matching = match name.as_str() {
            Some("exact") => Some(Matching::Exact),
            Some("equal") => Some(Matching::Equal),
            Some("subset") => Some(Matching::Subset),
            Some("superset") => Some(Matching::Superset),
            Some("partial") => Some(Matching::Partial),
            Some(_) | None => None,
        };
        if matching.is_none() {
            self.tell("must be one of `exact` `equal` `subset` `superset` `partial`");
        }
        matching
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(json: &str) -> Vec<String> {
        let (_, faults) = Schema::of(&serde_json::from_str(json).unwrap());
        let told = faults.iter().map(|fault| {
            let steps = fault.at.iter().map(|step| match step {
                Step::Member(name) => format!("/{name}"),
                Step::Item(place) => format!("/{place}"),
            });
            format!("{}: {}", steps.collect::<String>(), fault.message)
        });
        told.collect()
    }

    #[test]
    fn every_fault_of_a_schema_is_told_with_its_place() {
        assert_eq!(
            told(r#"{"fields": [{"name": "a"}], "primaryKey": "a"}"#),
            [""; 0]
        );
        assert_eq!(told("[]"), [": must be a Table Schema, an object"]);
        assert_eq!(told("{}"), [": must have `fields`"]);
        let json = r#"{"fields": [{"name": "a", "type": "strnig"}, {"type": "string"}, {"name": "a"}, 7,
            {"name": "b", "constraints": {"minLength": -1, "pattern": "(", "enum": []}}],
            "primaryKey": ["z"], "foreignKeys": [{"fields": "a"}], "fieldsMatch": "some"}"#;
        assert_eq!(
            told(json),
            [
                "/fields/0/type: must be a type of Table Schema, found `strnig`",
                "/fields/1: must have a `name`",
                "/fields/2: the name `a` is that of another field too",
                "/fields/3: must be a field, an object",
                "/fields/4/constraints/pattern: must be a regular expression, found `(`",
                "/fields/4/constraints/enum: must be a list of values, one at least",
                "/fields/4/constraints/minLength: must be a whole number, 0 or more",
                "/foreignKeys/0: must be a foreign key: `fields`, and a `reference` with `fields`",
                "/fieldsMatch: must be one of `exact` `equal` `subset` `superset` `partial`",
                "/primaryKey: must name fields of the schema, found `z`",
            ]
        );
    }
}
