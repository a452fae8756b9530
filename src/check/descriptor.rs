//! The descriptor of a package, and the tables that it names.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::base::suggest::did_you_mean;
use crate::model::Kind;
use crate::package::{
    DESCRIPTOR, Fault, File, LoadError, Origin, Problem, Schema, Step, place_in, reason,
};

use super::{Finding, Findings, Rule};

/// A table of a package, as its descriptor has it.
pub(super) struct Table {
    /// Its name.
    pub name: String,
    /// The kind of its records; `None` for a table that is of none.
    pub kind: Option<Kind>,
    /// Its file.
    pub path: String,
    /// Its schema, where it has one that is right.
    pub schema: Option<Schema>,
    /// What separates its cells, where that is said.
    pub delimiter: Option<u8>,
    /// The encoding that is declared, in lower case.
    pub encoding: Option<String>,
}

/// A descriptor that is being read.
struct Reading<'a> {
    origin: &'a Origin,
    file: File,
    findings: &'a mut Findings,
}

/// Reads the descriptor of a package, and the tables that it names rightly.
///
/// # Errors
/// A descriptor that cannot be read.
pub(super) fn tables(origin: &Origin, findings: &mut Findings) -> Result<Vec<Table>, LoadError> {
    let file = origin.read(DESCRIPTOR)?;
    let value: Value = match serde_json::from_str(file.text) {
        Ok(value) => value,
        Err(error) => {
            let place = file.place().line(error.line() as u64);
            let place = place.column(error.column().max(1) as u64);
            let message = format!("must be JSON: {}", reason(&error));
            findings.add(Finding::new(Rule::Package, Problem::new(place, message)));
            return Ok(Vec::new());
        }
    };
    let mut reading = Reading {
        origin,
        file,
        findings,
    };
    Ok(reading.package(&value))
}

impl Reading<'_> {
    fn tell(&mut self, rule: Rule, at: &[Step], message: impl Into<String>, hint: Option<String>) {
        let (line, column) = place_in(self.file.text, at);
        let place = self.file.place().line(line).column(column);
        let problem = Problem::new(place, message).hint(hint);
        let line = usize::try_from(line).unwrap_or_default();
        let line = self.file.text.lines().nth(line.saturating_sub(1));
        let finding = Finding::new(rule, problem).on(line.unwrap_or_default());
        self.findings.add(finding);
    }

    fn package(&mut self, value: &Value) -> Vec<Table> {
        let resources = value.get("resources").and_then(Value::as_array);
        let Some(resources) = resources.filter(|resources| !resources.is_empty()) else {
            let message = "must be a Data Package descriptor: an object with a list of `resources`, one at least";
            self.tell(Rule::Package, &[], message, None);
            return Vec::new();
        };
        let mut tables = Vec::new();
        let mut names = BTreeSet::new();
        for (place, resource) in resources.iter().enumerate() {
            let at = [Step::Member("resources".into()), Step::Item(place)];
            tables.extend(self.resource(resource, &at, &mut names));
        }
        let known: BTreeSet<&str> = resources
            .iter()
            .filter_map(|resource| resource.get("name").and_then(Value::as_str))
            .collect();
        for table in &tables {
            let keys = table.schema.iter().flat_map(|schema| &schema.foreign_keys);
            for key in keys.filter(|key| !key.table.is_empty() && !known.contains(&*key.table)) {
                let message = format!(
                    "the schema of `{}` refers to a table `{}`, which there is not",
                    table.name, key.table
                );
                let hint = did_you_mean(&key.table, known.iter().copied());
                self.tell(Rule::Schema, &[], message, hint);
            }
        }
        tables
    }

    fn resource(
        &mut self,
        value: &Value,
        at: &[Step],
        names: &mut BTreeSet<String>,
    ) -> Option<Table> {
        let Some(resource) = value.as_object() else {
            self.tell(Rule::Resource, at, "must be a resource, an object", None);
            return None;
        };
        let name = self.name(resource, at, names)?;
        let kind: Option<Kind> = name.parse().ok();
        if let Some(near) =
            did_you_mean(&name, Kind::KEYS.iter().copied()).filter(|_| kind.is_none())
        {
            let message = format!("table `{name}` is not known");
            self.tell(Rule::Table, &member(at, "name"), message, Some(near));
        }
        let schema = resource
            .get("schema")
            .and_then(|schema| self.schema(schema, &member(at, "schema")));
        let path = self.path(resource, at, &name)?;
        if let Some(wanted) = resource.get("bytes").and_then(Value::as_u64)
            && let Ok(found) = self.origin.length(&path)
            && wanted != found
        {
            let message = format!(
                "`bytes` of table `{name}` must be those of `{path}`, {found}, found `{wanted}`"
            );
            self.tell(Rule::Bytes, &member(at, "bytes"), message, None);
        }
        let dialect = resource.get("dialect").and_then(Value::as_object);
        let delimiter = dialect.and_then(|dialect| dialect.get("delimiter")?.as_str());
        let encoding = resource.get("encoding").and_then(Value::as_str);
        Some(Table {
            name,
            kind,
            path,
            schema,
            delimiter: match delimiter.map(str::as_bytes) {
                Some([byte]) if byte.is_ascii() => Some(*byte),
                Some(_) | None => None,
            },
            encoding: encoding.map(str::to_lowercase),
        })
    }

    fn name(
        &mut self,
        resource: &Map<String, Value>,
        at: &[Step],
        names: &mut BTreeSet<String>,
    ) -> Option<String> {
        let Some(name) = resource.get("name").and_then(Value::as_str) else {
            self.tell(
                Rule::Resource,
                at,
                "a resource must have a `name`, a text",
                None,
            );
            return None;
        };
        let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-._/".contains(c);
        if name.is_empty() || !name.chars().all(is_sign) {
            let message = format!(
                "`name` must be of lower-case letters, digits, `-`, `.` and `_`, found `{name}`"
            );
            self.tell(Rule::Resource, &member(at, "name"), message, None);
        }
        if !names.insert(name.into()) {
            let message = format!("the name `{name}` is that of another resource too");
            self.tell(Rule::Package, &member(at, "name"), message, None);
            return None;
        }
        Some(name.into())
    }

    /// Returns the file of a resource; `None` for data that stand in the descriptor, which are not looked at.
    fn path(&mut self, resource: &Map<String, Value>, at: &[Step], name: &str) -> Option<String> {
        let place = member(at, "path");
        match (resource.get("path"), resource.get("data")) {
            (Some(Value::String(path)), None) => {
                if Origin::is_inside(path) {
                    return Some(path.clone());
                }
                let hint = "name a file below the folder, without `..`";
                let message = format!("the path `{path}` leads out of the casebook");
                self.tell(Rule::Resource, &place, message, Some(hint.into()));
            }
            (Some(_), None) => {
                let message = format!("table `{name}` must have a `path` to one file");
                self.tell(Rule::Resource, &place, message, None);
            }
            (None, Some(_)) => {}
            (Some(_), Some(_)) => {
                let message = format!("table `{name}` must have a `path` or `data`, not both");
                self.tell(Rule::Resource, at, message, None);
            }
            (None, None) => {
                let message = format!("table `{name}` must have a `path` to one file");
                self.tell(Rule::Resource, at, message, None);
            }
        }
        None
    }

    /// Reads a schema that stands in the descriptor, or in a file that it names.
    fn schema(&mut self, value: &Value, at: &[Step]) -> Option<Schema> {
        let Value::String(path) = value else {
            let (schema, faults) = Schema::of(value);
            for Fault {
                at: within,
                message,
            } in &faults
            {
                let at: Vec<Step> = at.iter().chain(within).cloned().collect();
                self.tell(Rule::Schema, &at, message, None);
            }
            return faults.is_empty().then_some(schema);
        };
        if !Origin::is_inside(path) {
            let hint = "name a file below the folder, without `..`";
            let message = format!("the path `{path}` leads out of the casebook");
            self.tell(Rule::Schema, at, message, Some(hint.into()));
            return None;
        }
        let file = match self.origin.read(path) {
            Ok(file) => file,
            Err(error) => {
                for problem in error.problems {
                    self.findings.add(Finding::new(Rule::Schema, problem));
                }
                return None;
            }
        };
        let value: Value = match serde_json::from_str(file.text) {
            Ok(value) => value,
            Err(error) => {
                let place = file.place().line(error.line() as u64);
                let place = place.column(error.column().max(1) as u64);
                let message = format!("must be JSON: {}", reason(&error));
                self.findings
                    .add(Finding::new(Rule::Schema, Problem::new(place, message)));
                return None;
            }
        };
        let (schema, faults) = Schema::of(&value);
        for Fault { at, message } in &faults {
            let (line, column) = place_in(file.text, at);
            let place = file.place().line(line).column(column);
            self.findings
                .add(Finding::new(Rule::Schema, Problem::new(place, message)));
        }
        faults.is_empty().then_some(schema)
    }
}

/// Returns the way to a member.
fn member(at: &[Step], name: &str) -> Vec<Step> {
    let last = std::iter::once(Step::Member(name.into()));
    at.iter().cloned().chain(last).collect()
}
