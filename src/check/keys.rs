//! The keys of tables: what no two rows may have, and what rows must name.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, DefaultHasher, Hash as _, Hasher};

use crate::package::{ForeignKey, Row};

use super::{Finding, Findings};

/// Returns a number that stands for some cells; that two different ones have the same does not happen to anybody.
pub(super) fn digest<'c>(cells: impl IntoIterator<Item = &'c str>) -> u64 {
    let mut hasher = DefaultHasher::new();
    for cell in cells {
        cell.hash(&mut hasher);
    }
    hasher.finish()
}

/// Returns the places of some columns in a header; `None` when one is not there.
pub(super) fn columns_of(key: &[String], names: &[String]) -> Option<Vec<usize>> {
    let places = key
        .iter()
        .map(|name| names.iter().position(|known| known == name));
    places.collect()
}

/// Returns the cells of some columns of a row.
pub(super) fn cells_of<'r>(
    columns: &'r [usize],
    row: &'r Row<'_>,
) -> impl Iterator<Item = &'r str> {
    let cells = columns.iter().map(|column| row.cells.get(*column));
    cells.map(|cell| cell.map_or("", |cell| &**cell))
}

/// Names columns.
pub(super) fn named(columns: &[impl AsRef<str>]) -> String {
    let names: Vec<&str> = columns.iter().map(AsRef::as_ref).collect();
    let noun = if names.len() == 1 {
        "column"
    } else {
        "columns"
    };
    format!("{noun} `{}`", names.join("`, `"))
}

/// Keys that were met, each with the file and the line that had it first.
#[derive(Default)]
pub(super) struct Seen(HashMap<u64, (u32, u32), BuildHasherDefault<Digested>>);

/// Takes a digest for the hash that it is.
#[derive(Default)]
pub(super) struct Digested(u64);

impl Hasher for Digested {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, digest: u64) {
        self.0 = self.0.rotate_left(8) ^ digest;
    }
}

impl Seen {
    /// Remembers a key of a line of a file; returns the file and the line that had it before.
    pub(super) fn take(&mut self, key: u64, file: usize, line: u64) -> Option<(usize, u64)> {
        let file = u32::try_from(file).unwrap_or(u32::MAX);
        let place = (file, u32::try_from(line).unwrap_or(u32::MAX));
        let known = *self.0.entry(key).or_insert(place);
        (known != place).then_some((known.0 as usize, u64::from(known.1)))
    }

    /// Says whether a key was met.
    pub(super) fn has(&self, key: u64) -> bool {
        self.0.contains_key(&key)
    }
}

/// What the rows of a table are called by elsewhere.
pub(super) type Named = Vec<Name>;

/// Columns that foreign keys name.
pub(super) struct Name {
    pub names: Vec<String>,
    /// Their places in the file; `None` when one is not there.
    pub columns: Option<Vec<usize>>,
    /// Which of the keys of which no two rows have the same they are, if they are one: what was met of it is what was met of them.
    pub unique: Option<usize>,
    /// Whether one is not there, and no schema says that it should.
    pub is_lacking: bool,
    pub seen: Seen,
}

/// What foreign keys of a package name.
#[derive(Default)]
pub(super) struct Targets {
    /// Of each table what its rows are called by.
    named: HashMap<String, Named>,
    /// The keys that named no row when they were met: the table and the columns that they name.
    waiting: Vec<(String, Vec<String>, u64, Finding)>,
}

impl Targets {
    /// Prepares for a foreign key of a table.
    pub(super) fn expect(&mut self, own: &str, key: &ForeignKey) {
        let named = self.named.entry(key.target(own).into()).or_default();
        if !named.iter().any(|name| name.names == key.names) {
            named.push(Name {
                names: key.names.clone(),
                columns: None,
                unique: None,
                is_lacking: false,
                seen: Seen::default(),
            });
        }
    }

    /// Takes out what rows of a table are called by, to be filled.
    pub(super) fn take(&mut self, table: &str) -> Named {
        self.named.remove(table).unwrap_or_default()
    }

    /// Gives it back.
    pub(super) fn give(&mut self, table: &str, named: Named) {
        self.named.insert(table.into(), named);
    }

    /// Says whether a key names a row of a table that was read.
    pub(super) fn has(&self, own: &str, key: &ForeignKey, digest: u64) -> bool {
        self.name(key.target(own), &key.names)
            .is_some_and(|name| name.seen.has(digest))
    }

    /// Keeps what is wrong with a key unless a row is met in the end that it names.
    pub(super) fn wait(&mut self, own: &str, key: &ForeignKey, digest: u64, finding: Finding) {
        self.waiting
            .push((key.target(own).into(), key.names.clone(), digest, finding));
    }

    /// Tells of the keys that name no row of any table.
    pub(super) fn end(self, findings: &mut Findings) {
        for (table, names, digest, finding) in &self.waiting {
            let is_met = self.name(table, names).is_none_or(|name| {
                // Where a column of the schema is not there, that is told.
                name.seen.has(*digest) || (name.columns.is_none() && !name.is_lacking)
            });
            if !is_met {
                findings.add(finding.clone());
            }
        }
    }

    fn name(&self, table: &str, names: &[String]) -> Option<&Name> {
        let all = self.named.get(table)?;
        all.iter().find(|name| name.names == names)
    }
}
