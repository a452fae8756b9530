//! Table Schemas: what the columns of a table are called, what their cells hold, which of them are keys.
//!
//! Table Schema 2.0, part of the Data Package standard. Nothing here knows what a table means.

use serde_json::Value;

use super::constraints::Constraints;
use super::json::Fault;
use super::kind::Kind;
use super::reading::Reading;

/// The schema of a table.
#[derive(Debug, Default)]
pub struct Schema {
    /// The columns, in order.
    pub fields: Vec<Field>,
    /// What stands in a cell that holds nothing.
    pub missing: Vec<String>,
    /// The columns that together name a row.
    pub primary_key: Vec<String>,
    /// Further columns of which no two rows have the same.
    pub unique_keys: Vec<Vec<String>>,
    /// The columns that name rows of tables.
    pub foreign_keys: Vec<ForeignKey>,
    /// How the header must match the columns.
    pub matching: Matching,
}

/// A column of a table.
#[derive(Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What its cells hold.
    pub kind: Kind,
    /// What they must meet.
    pub constraints: Constraints,
    /// What stands in its cells where they hold nothing; `None` for what the schema says.
    pub missing: Option<Vec<String>>,
}

/// Columns that name rows of a table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct ForeignKey {
    /// The columns.
    pub fields: Vec<String>,
    /// The table; empty for the own one.
    pub table: String,
    /// Its columns.
    pub names: Vec<String>,
}

/// How the header of a file must match the columns of its schema.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Matching {
    /// The same columns in the same order.
    #[default]
    Exact,
    /// The same columns in any order.
    Equal,
    /// All columns of the schema, and perhaps others.
    Subset,
    /// Columns of the schema, perhaps not all.
    Superset,
    /// Some column of the schema.
    Partial,
}

impl ForeignKey {
    /// Returns the name of the table that it names rows of, where it is one of the table `own`.
    pub fn target<'k>(&'k self, own: &'k str) -> &'k str {
        if self.table.is_empty() {
            own
        } else {
            &self.table
        }
    }
}

impl Schema {
    /// Reads a schema, as far as it is right, and what is wrong with it.
    pub fn of(value: &Value) -> (Self, Vec<Fault>) {
        let mut reading = Reading::default();
        let schema = reading.schema(value);
        (schema, reading.faults)
    }

    /// Returns the column of a name.
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}
