//! Reads casebooks: the embedded one and folders on disk, through the same code, a table at a time.

mod csv;
mod descriptor;
mod embedded;
mod json;
mod origin;
mod problem;
mod rows;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::base::suggest::did_you_mean;
use crate::base::{Id, Place, Value};
use crate::model::{
    Casebook, Challenge, Collection, Company, Event, Experience, Kind, Kpi, Metric, Profile,
    Record, Records, Source, SwotCell, Technology,
};

use descriptor::Descriptor;
pub use embedded::FILES;
pub use origin::Origin;
pub use problem::{LoadError, Problem};

/// A casebook that reads each table when it is first asked for.
pub struct Loader {
    origin: Origin,
    descriptor: OnceCell<Descriptor>,
    casebook: Casebook,
    warnings: RefCell<Vec<String>>,
}

/// A kind of record that can be read from the text of its file.
pub trait Table: Record {
    /// Reads all records of a file; `path` names it in complaints.
    ///
    /// # Errors
    /// All mistakes of the file.
    fn read(text: &'static str, path: &str) -> Result<Read<Self>, LoadError>;
}

/// The records of a file, and what was left out of it.
pub struct Read<R> {
    records: Records<R>,
    warnings: Vec<String>,
}

macro_rules! csv_tables {
    ($($record:ty),+) => { $(
        impl Table for $record {
            fn read(text: &'static str, path: &str) -> Result<Read<Self>, LoadError> {
                csv::read(text, path)
            }
        }
    )+ };
}

csv_tables!(
    Company, Profile, Event, Technology, Challenge, Experience, Metric, Kpi, SwotCell
);

impl Table for Source {
    fn read(text: &'static str, path: &str) -> Result<Read<Self>, LoadError> {
        json::read(text, path)
    }
}

impl Loader {
    /// Makes a casebook of an origin; nothing is read yet.
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            descriptor: OnceCell::new(),
            casebook: Casebook::default(),
            warnings: RefCell::default(),
        }
    }

    /// Returns the records of a kind, reading them when they are first asked for. A table that the casebook does
    /// not have is empty.
    ///
    /// # Errors
    /// All mistakes of the table's file; a file that cannot be read; a reference to a record that does not exist.
    pub fn table<R: Table>(&self) -> Result<&Records<R>, LoadError> {
        let slot = R::slot(&self.casebook);
        if let Some(records) = slot.get() {
            return Ok(records);
        }
        let records = match self.descriptor()?.path_of(R::KIND) {
            None => Records::default(),
            Some(path) => {
                let text = self.origin.read(path)?;
                let read = R::read(text, &self.origin.show(path))?;
                self.warnings.borrow_mut().extend(read.warnings);
                check_ids(&read.records)?;
                self.check_references(&read.records)?;
                read.records
            }
        };
        Ok(slot.get_or_init(|| records))
    }

    /// Returns the records of a kind that is only known at run time.
    ///
    /// # Errors
    /// As [`Loader::table`].
    pub fn collection(&self, kind: Kind) -> Result<&dyn Collection, LoadError> {
        Ok(match kind {
            Kind::Companies => self.table::<Company>()?,
            Kind::Profiles => self.table::<Profile>()?,
            Kind::Events => self.table::<Event>()?,
            Kind::Technologies => self.table::<Technology>()?,
            Kind::Challenges => self.table::<Challenge>()?,
            Kind::Experience => self.table::<Experience>()?,
            Kind::Metrics => self.table::<Metric>()?,
            Kind::Kpis => self.table::<Kpi>()?,
            Kind::Swot => self.table::<SwotCell>()?,
            Kind::Sources => self.table::<Source>()?,
        })
    }

    /// Returns what was left out of the files read so far.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.borrow().clone()
    }

    fn descriptor(&self) -> Result<&Descriptor, LoadError> {
        if let Some(descriptor) = self.descriptor.get() {
            return Ok(descriptor);
        }
        let text = self.origin.read(descriptor::FILE)?;
        let descriptor = Descriptor::read(text, &self.origin.show(descriptor::FILE))?;
        Ok(self.descriptor.get_or_init(|| descriptor))
    }

    /// Makes sure that every id that names a record of another kind names one that exists.
    fn check_references<R: Record>(&self, records: &Records<R>) -> Result<(), LoadError> {
        let mut problems = Vec::new();
        for field in R::FIELDS {
            let Some(kind) = field.info.refers_to else {
                continue;
            };
            if self.descriptor()?.path_of(kind).is_none() {
                let place = Place::file(self.origin.show(descriptor::FILE));
                let message = format!(
                    "table `{}` is missing, and `{}` refers to it",
                    kind.key(),
                    R::KIND.key()
                );
                return Err(LoadError::from(Problem::new(place, message)));
            }
            let known = self.collection(kind)?.ids();
            let known: BTreeSet<&str> = known.into_iter().collect();
            for (index, located) in records.located().iter().enumerate() {
                let Value::Text(id) = (field.get)(&located.value) else {
                    continue;
                };
                if !known.contains(&*id) {
                    let message = format!(
                        "column `{}` must be the id of a {}, found `{id}`",
                        field.info.key,
                        kind.label()
                    );
                    let problem = Problem::new(records.place(index), message)
                        .record(R::KIND, located.value.id())
                        .hint(did_you_mean(&id, known.iter().copied()));
                    problems.push(problem);
                }
            }
        }
        LoadError::unless_none(problems)
    }
}

/// Makes sure that no two records of a kind have the same id.
fn check_ids<R: Record>(records: &Records<R>) -> Result<(), LoadError> {
    let mut problems = Vec::new();
    let mut lines: BTreeMap<&Id, u64> = BTreeMap::new();
    for (index, located) in records.located().iter().enumerate() {
        let id = located.value.id();
        if let Some(earlier) = lines.insert(id, located.line) {
            let message = format!("the id is taken by line {earlier}");
            problems.push(Problem::new(records.place(index), message).record(R::KIND, id));
        }
    }
    LoadError::unless_none(problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_stands_for_one_record() {
        let rows = "id,company,attribute,value,cite\na,x,b,c,@s\na,x,d,e,@s\n";
        let read = Profile::read(rows, "x.csv").ok().unwrap();
        let error = check_ids(&read.records).unwrap_err();
        assert_eq!(
            error.to_string(),
            "x.csv:3: profile attribute `a`: the id is taken by line 2"
        );
    }
}
