//! Whether a casebook is right: all its mistakes at once, by the Data Package standard and by the rules of casebooks.
//!
//! Tables of any size are read once, row by row; what is kept of them are their keys.

mod casebook;
mod cited;
mod columns;
mod descriptor;
mod finding;
mod header;
mod keys;
mod labels;
mod reader;
mod rule;
mod table;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::Kind;
use crate::package::{LoadError, Origin, is_json};

use casebook::Casebook;
use descriptor::Table;
use keys::Targets;

pub use finding::{Finding, Findings};
pub use rule::Rule;

/// What was found, and in how much.
#[derive(Debug, Default)]
pub struct Outcome {
    /// What is wrong.
    pub findings: Findings,
    /// How many tables were read.
    pub tables: usize,
    /// How many rows the tables of each kind that is there have, and those of none; those of JSON files are not counted.
    pub rows: BTreeMap<Option<Kind>, u64>,
}

/// Checks the packages of a casebook: each by the standard, all of them together by the rules of casebooks.
///
/// # Errors
/// A descriptor that cannot be read.
pub fn check<'o>(origins: impl IntoIterator<Item = &'o Origin>) -> Result<Outcome, LoadError> {
    let mut outcome = Outcome::default();
    let mut casebook = Casebook::default();
    let mut packages = Vec::new();
    for origin in origins {
        packages.push((origin, descriptor::tables(origin, &mut outcome.findings)?));
    }
    casebook.is_single = packages.len() == 1;
    // The sources come first: what others cite is looked for among them.
    for kind in [Kind::Sources, Kind::Hypotheses] {
        for (origin, tables) in &packages {
            let tables = tables.iter().filter(|table| table.kind == Some(kind));
            for table in tables.filter(|table| is_json(&table.path)) {
                outcome.tables += 1;
                match origin.read(&table.path) {
                    Ok(file) => casebook.json(kind, &file, &mut outcome.findings),
                    // That is told by whoever reads the records.
                    Err(_) if kind == Kind::Sources => casebook.lose_sources(),
                    Err(_) => {}
                }
            }
        }
    }
    for (origin, tables) in &packages {
        for table in tables {
            outcome.rows.entry(table.kind).or_default();
        }
        let tables: Vec<&Table> = tables
            .iter()
            .filter(|table| !is_json(&table.path))
            .collect();
        let mut targets = Targets::default();
        for table in &tables {
            for key in table.schema.iter().flat_map(|schema| &schema.foreign_keys) {
                targets.expect(&table.name, key);
            }
        }
        for table in in_order(&tables) {
            outcome.tables += 1;
            let rows = table::read(
                table,
                origin,
                &mut outcome.findings,
                &mut targets,
                &mut casebook,
            );
            *outcome.rows.entry(table.kind).or_default() += rows;
        }
        targets.end(&mut outcome.findings);
    }
    casebook.end(&mut outcome.findings);
    Ok(outcome)
}

/// Puts tables behind those that they refer to, where none refers back.
fn in_order<'t>(tables: &[&'t Table]) -> Vec<&'t Table> {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    let mut order: Vec<&Table> = Vec::new();
    let names: BTreeSet<&str> = tables.iter().map(|table| table.name.as_str()).collect();
    let refers = |table: &Table, done: &BTreeSet<&str>| {
        let keys = table.schema.iter().flat_map(|schema| &schema.foreign_keys);
        let wanted = keys.map(|key| key.table.as_str());
        let mut open = wanted.filter(|name| !name.is_empty() && *name != table.name);
        open.any(|name| names.contains(name) && !done.contains(name))
            // Companies and metrics are known before what is said of them.
            || (matches!(table.kind, Some(Kind::Profiles | Kind::Kpis)) && names.contains("companies") && !done.contains("companies"))
            || (table.kind == Some(Kind::Kpis) && names.contains("metrics") && !done.contains("metrics"))
    };
    while order.len() < tables.len() {
        let left = || {
            tables
                .iter()
                .filter(|table| !done.contains(table.name.as_str()))
        };
        let next = left()
            .find(|table| !refers(table, &done))
            .or_else(|| left().next());
        let Some(next) = next.copied() else { break };
        order.push(next);
        done.insert(&next.name);
    }
    order
}
