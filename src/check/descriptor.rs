//! The descriptor of a package, and the tables that it names.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use crate::base::suggest::did_you_mean;
use crate::model::Kind;
use crate::package::{DESCRIPTOR, File, Hash, LoadError, Origin, Problem, Schema, Step, place_in};

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
    /// Where its schema stands: the file, and the way within it.
    schema_at: (File, Vec<Step>),
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
    /// Whether it has a table of a kind.
    is_casebook: bool,
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
            let problem = file.malformed("JSON", &error);
            findings.add(Finding::new(Rule::Package, problem));
            return Ok(Vec::new());
        }
    };
    let mut reading = Reading {
        origin,
        file,
        findings,
        is_casebook: false,
    };
    Ok(reading.package(&value))
}

impl Reading<'_> {
    fn tell(&mut self, rule: Rule, at: &[Step], message: impl Into<String>, hint: Option<String>) {
        self.tell_in(&self.file.clone(), rule, at, message, hint);
    }

    fn tell_in(
        &mut self,
        file: &File,
        rule: Rule,
        at: &[Step],
        message: impl Into<String>,
        hint: Option<String>,
    ) {
        let (line, column) = place_in(file.text, at);
        let place = file.place().line(line).column(column);
        let problem = Problem::new(place, message).hint(hint);
        self.findings.add(Finding::new(rule, problem));
    }

    fn package(&mut self, value: &Value) -> Vec<Table> {
        let resources = value.get("resources").and_then(Value::as_array);
        let Some(resources) = resources.filter(|resources| !resources.is_empty()) else {
            let message = "must be a Data Package descriptor: an object with a list of `resources`, one at least";
            self.tell(Rule::Package, &[], message, None);
            return Vec::new();
        };
        let mut all = resources
            .iter()
            .filter_map(|resource| resource.get("name").and_then(Value::as_str));
        self.is_casebook = all.any(|name| name.parse::<Kind>().is_ok());
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
            self.foreign_keys(table, &tables, &known);
        }
        tables
    }

    /// Looks whether the foreign keys of a table name tables and columns that there are.
    fn foreign_keys(&mut self, table: &Table, tables: &[Table], known: &BTreeSet<&str>) {
        let keys = table.schema.iter().flat_map(|schema| &schema.foreign_keys);
        for (place, key) in keys.enumerate() {
            let within = |name: &str| {
                let steps =
                    ["foreignKeys", "reference", name].map(|name| Step::Member(name.into()));
                let [keys, reference, name] = steps;
                let steps = [keys, Step::Item(place), reference, name];
                [&*table.schema_at.1, &steps].concat()
            };
            let name = key.target(&table.name);
            if !known.contains(name) {
                let message = format!("must name a table of the package, found `{name}`");
                let hint = did_you_mean(name, known.iter().copied());
                self.tell_in(
                    &table.schema_at.0,
                    Rule::Schema,
                    &within("resource"),
                    message,
                    hint,
                );
            }
            let target = tables.iter().find(|table| table.name == name);
            let Some(schema) = target.and_then(|target| target.schema.as_ref()) else {
                continue;
            };
            let fields = || schema.fields.iter().map(|field| field.name.as_str());
            for wanted in key
                .names
                .iter()
                .filter(|wanted| schema.field(wanted).is_none())
            {
                let message = format!("must name columns of `{name}`, found `{wanted}`");
                let hint = did_you_mean(wanted, fields());
                self.tell_in(
                    &table.schema_at.0,
                    Rule::Schema,
                    &within("fields"),
                    message,
                    hint,
                );
            }
        }
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
        // A package without a table of a kind is no casebook.
        let near = did_you_mean(&name, Kind::KEYS.iter().copied());
        if let Some(near) = near.filter(|_| kind.is_none() && self.is_casebook) {
            let message = format!("table `{name}` is not known");
            self.tell(Rule::Table, &member(at, "name"), message, Some(near));
        }
        let mut schema_at = (self.file.clone(), member(at, "schema"));
        let schema = resource
            .get("schema")
            .and_then(|schema| self.schema(schema, &mut schema_at));
        let path = self.path(resource, at, &name)?;
        let read = |hash: Hash| hash.of(&mut *self.origin.open(&path).ok()?).ok();
        if let Some(declared) = resource.get("hash").and_then(Value::as_str)
            && let Some((hash, wanted)) = Hash::split(declared)
            && let Some(found) = read(hash).filter(|found| !found.eq_ignore_ascii_case(wanted))
        {
            let message = format!(
                "`hash` of table `{name}` must be that of `{path}`, {found}, found `{wanted}`"
            );
            let hint = "the file is another one, or was changed: write its hash, or leave it out";
            self.tell(Rule::Hash, &member(at, "hash"), message, Some(hint.into()));
        }
        if let Some(wanted) = resource.get("bytes").and_then(Value::as_u64)
            && let Ok(found) = self.origin.length(&path)
            && wanted != found
        {
            let message = format!(
                "`bytes` of table `{name}` must be those of `{path}`, {found}, found `{wanted}`"
            );
            let hint = "the file was changed: write how many bytes it has, or leave it out";
            self.tell(
                Rule::Bytes,
                &member(at, "bytes"),
                message,
                Some(hint.into()),
            );
        }
        let dialect = resource.get("dialect").and_then(Value::as_object);
        let delimiter = dialect.and_then(|dialect| dialect.get("delimiter")?.as_str());
        for (name, value) in dialect.into_iter().flatten() {
            if !is_read(name, value) {
                let message =
                    format!("the dialect has `{name}` as {value}, which casecmp does not look at");
                let hint = "save the table with one row of names, and with double quotes";
                self.tell(
                    Rule::Dialect,
                    &member(&member(at, "dialect"), name),
                    message,
                    Some(hint.into()),
                );
            }
        }
        let encoding = resource.get("encoding").and_then(Value::as_str);
        Some(Table {
            name,
            kind,
            path,
            schema,
            schema_at,
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
        if name.is_empty() {
            let message = "`name` must not be empty";
            self.tell(Rule::Resource, &member(at, "name"), message, None);
        } else if !name.chars().all(is_sign) {
            let message = format!(
                "`name` should be of lower-case letters, digits, `-`, `.` and `_`, found `{name}`"
            );
            self.tell(Rule::Table, &member(at, "name"), message, None);
        }
        if !names.insert(name.into()) {
            let message = format!("the name `{name}` is that of another resource too");
            self.tell(Rule::Package, &member(at, "name"), message, None);
            return None;
        }
        Some(name.into())
    }

    /// Returns the file of a resource.
    fn path(&mut self, resource: &Map<String, Value>, at: &[Step], name: &str) -> Option<String> {
        let place = member(at, "path");
        match (resource.get("path"), resource.get("data")) {
            (Some(Value::String(path)), None) => {
                if Origin::is_inside(path) {
                    return Some(path.clone());
                }
                let hint = if path.contains("://") {
                    "put the file into the folder and name it there: nothing is fetched"
                } else {
                    "name a file below the folder, with `/` between folders and without `..`"
                };
                let message = format!("the path `{path}` leads out of the casebook");
                self.tell(Rule::Resource, &place, message, Some(hint.into()));
            }
            (Some(_), None) => {
                let message = format!("table `{name}` must have a `path` to one file");
                self.tell(Rule::Resource, &place, message, None);
            }
            (None, Some(_)) => {
                let message = format!("table `{name}` must have a `path` to one file");
                let hint = "put what stands in `data` into a CSV file";
                self.tell(
                    Rule::Resource,
                    &member(at, "data"),
                    message,
                    Some(hint.into()),
                );
            }
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

    /// Reads a schema that stands in the descriptor, or in a file that it names, to which `at` is set then.
    fn schema(&mut self, value: &Value, at: &mut (File, Vec<Step>)) -> Option<Schema> {
        let Value::String(path) = value else {
            return self.schema_of(value, at);
        };
        if !Origin::is_inside(path) {
            let hint = "name a file below the folder, without `..`";
            let message = format!("the path `{path}` leads out of the casebook");
            self.tell(Rule::Schema, &at.1, message, Some(hint.into()));
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
                let problem = file.malformed("JSON", &error);
                self.findings.add(Finding::new(Rule::Schema, problem));
                return None;
            }
        };
        *at = (file, Vec::new());
        self.schema_of(&value, at)
    }

    /// Reads a schema that stands in a file.
    fn schema_of(&mut self, value: &Value, (file, at): &(File, Vec<Step>)) -> Option<Schema> {
        let (schema, faults) = Schema::of(value);
        for fault in &faults {
            let at = [&**at, &fault.at].concat();
            self.tell_in(file, Rule::Schema, &at, &*fault.message, None);
        }
        faults.is_empty().then_some(schema)
    }
}

/// Says whether tables are read as a member of their dialect says.
fn is_read(name: &str, value: &Value) -> bool {
    match name {
        "delimiter" => value.as_str().is_some_and(|delimiter| delimiter.len() == 1),
        "quoteChar" => value == "\"",
        "header" | "doubleQuote" => value == true,
        "headerRows" => *value == serde_json::json!([1]),
        "skipInitialSpace" => value == false,
        "commentChar" | "commentRows" | "columns" | "columnTypes" | "escapeChar"
        | "nullSequence" | "headerJoin" => value.is_null(),
        _ => true,
    }
}

/// Returns the way to a member.
fn member(at: &[Step], name: &str) -> Vec<Step> {
    let last = std::iter::once(Step::Member(name.into()));
    at.iter().cloned().chain(last).collect()
}
