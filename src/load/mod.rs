//! Reads casebooks: the embedded one and folders on disk, through the same code, a table at a time.

mod csv;
mod descriptor;
mod embedded;
mod integrity;
mod json;
mod origin;
mod problem;
mod rows;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use crate::base::{Id, Place};
use crate::model::{
    Casebook, Challenge, Collection, Company, Concept, Event, Experience, Finding, Hypothesis,
    Kind, Kpi, Metric, Profile, Record, Records, Source, Strategy, SwotCell, Target, Technology,
};

use descriptor::Descriptor;
pub use embedded::{Content, FILES, example};
pub use origin::Origin;
pub use problem::{LoadError, Problem};

/// A casebook that reads each table when it is first asked for.
pub struct Loader {
    origin: Origin,
    descriptor: OnceCell<Descriptor>,
    casebook: Casebook,
    warnings: RefCell<Vec<String>>,
    others: OnceCell<Vec<Id>>,
}

/// A kind of record that can be read from the text of its file.
pub trait Table: Record {
    /// Reads the records of a file but for those of the `others`, companies that nobody asked for; `path` names the
    /// file in complaints.
    ///
    /// # Errors
    /// What keeps the file from being read at all: a header that is wrong, JSON that is none.
    fn read(text: &'static str, path: &str, others: &[Id]) -> Result<Read<Self>, LoadError>;

    /// Checks and completes the records of a file by those of other tables, and returns the mistakes found.
    fn settle(_: &mut Records<Self>, _: &File<'_>, _: &Loader) -> Vec<Problem> {
        Vec::new()
    }
}

/// What was read of a file: the good records, the mistakes of the others, and what was left out.
pub struct Read<R> {
    records: Records<R>,
    problems: Vec<Problem>,
    warnings: Vec<String>,
}

/// The text of a file and its path, as the user can find it.
pub struct File<'a> {
    text: &'a str,
    path: &'a str,
}

/// Makes kinds tables: how their files are read, and what each settles by itself.
macro_rules! tables {
    ($($record:ident: $format:ident $(=> $settle:path)?),+ $(,)?) => { $(
        impl Table for $record {
            fn read(
                text: &'static str,
                path: &str,
                others: &[Id],
            ) -> Result<Read<Self>, LoadError> {
                $format::read(text, path, others)
            }

            $(
                fn settle(
                    records: &mut Records<Self>,
                    file: &File<'_>,
                    loader: &Loader,
                ) -> Vec<Problem> {
                    $settle(records, file, loader)
                }
            )?
        }
    )+ };
}

tables!(
    Company: csv,
    Profile: csv,
    Event: csv,
    Technology: csv,
    Challenge: csv,
    Strategy: csv,
    Experience: csv,
    Metric: csv => integrity::metrics,
    Kpi: csv => kpis,
    SwotCell: csv,
    Hypothesis: json,
    Finding: csv,
    Concept: csv,
    Source: json => integrity::sources,
);

/// Checks the rivals of KPI values, and takes a unit or a denominator that only repeats the metric's for what it is:
/// none of its own.
fn kpis(kpis: &mut Records<Kpi>, file: &File<'_>, loader: &Loader) -> Vec<Problem> {
    if let Ok(metrics) = loader.table::<Metric>() {
        for kpi in kpis.iter_mut() {
            if let Some(metric) = metrics.by_id(kpi.metric.as_str()) {
                kpi.unit = kpi.unit.take().filter(|unit| *unit != metric.unit);
                let own = kpi.denominator.take();
                kpi.denominator = own.filter(|own| Some(own) != metric.denominator.as_ref());
            }
        }
    }
    integrity::kpis(kpis, file)
}

impl Loader {
    /// Makes a casebook of an origin; nothing is read yet.
    pub fn new(origin: Origin) -> Self {
        Self {
            origin,
            descriptor: OnceCell::new(),
            casebook: Casebook::default(),
            warnings: RefCell::default(),
            others: OnceCell::new(),
        }
    }

    /// Leaves out from now on the rows of companies that the answer is not about. The first call decides.
    pub fn leave_out(&self, others: impl Iterator<Item = Id>) {
        self.others.get_or_init(|| others.collect());
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
        let records = match self.path_of(R::KIND)? {
            None => Records::default(),
            Some(path) => {
                let text = self.origin.read(path)?;
                let path = &self.origin.show(path);
                let file = File { text, path };
                let mut read = R::read(text, path, self.others.get().map_or(&[], Vec::as_slice))?;
                self.warnings.borrow_mut().append(&mut read.warnings);
                let repeated = integrity::repeated(&read.records, &file);
                let dangling = self.dangling(&read.records, &file);
                let settled = R::settle(&mut read.records, &file, self);
                let found = repeated.into_iter().chain(dangling).chain(settled);
                read.problems.extend(found);
                // The mistakes of the file itself come first.
                read.problems.sort_by_cached_key(|problem| {
                    let place = &problem.place;
                    (
                        place.path != *path,
                        place.path.clone(),
                        place.line,
                        place.column,
                    )
                });
                // Two fields may lead to the same mistake elsewhere.
                let mut told = BTreeSet::new();
                read.problems
                    .retain(|problem| told.insert(problem.to_string()));
                read.into_records()?
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
            Kind::Strategies => self.table::<Strategy>()?,
            Kind::Experience => self.table::<Experience>()?,
            Kind::Metrics => self.table::<Metric>()?,
            Kind::Kpis => self.table::<Kpi>()?,
            Kind::Swot => self.table::<SwotCell>()?,
            Kind::Hypotheses => self.table::<Hypothesis>()?,
            Kind::Findings => self.table::<Finding>()?,
            Kind::Concepts => self.table::<Concept>()?,
            Kind::Sources => self.table::<Source>()?,
        })
    }

    /// Returns what was left out of the files read so far.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.borrow().clone()
    }

    fn path_of(&self, kind: Kind) -> Result<Option<&str>, LoadError> {
        self.descriptor()?
            .path_of(kind, &self.origin.show(descriptor::FILE))
    }

    fn descriptor(&self) -> Result<&Descriptor, LoadError> {
        if let Some(descriptor) = self.descriptor.get() {
            return Ok(descriptor);
        }
        let text = self.origin.read(descriptor::FILE)?;
        let path = self.origin.show(descriptor::FILE);
        let descriptor = Descriptor::read(text, &path)?;
        self.warnings
            .borrow_mut()
            .extend(descriptor.warnings(&path));
        Ok(self.descriptor.get_or_init(|| descriptor))
    }

    /// Finds every id that should name a record of another kind and does not.
    fn dangling<R: Record>(&self, records: &Records<R>, file: &File<'_>) -> Vec<Problem> {
        let mut problems = Vec::new();
        for field in R::FIELDS {
            let Some(target) = field.info.refers_to else {
                continue;
            };
            let (wanted, known) = match target {
                Target::Kind(kind) if kind == R::KIND => {
                    (kind.label(), Ok(records.ids().into_iter().collect()))
                }
                Target::Kind(kind) => (kind.label(), self.ids(kind, R::KIND)),
                Target::Any => ("record", self.all_ids(R::KIND)),
            };
            match known {
                Ok(known) => {
                    problems.extend(integrity::dangling(records, field, wanted, &known, file));
                }
                Err(error) => problems.extend(error.problems),
            }
        }
        problems
    }

    /// Returns the ids of the records of all other kinds.
    fn all_ids(&self, own: Kind) -> Result<BTreeSet<&str>, LoadError> {
        let (mut ids, mut problems) = (BTreeSet::new(), Vec::new());
        for kind in Kind::ALL.iter().filter(|kind| **kind != own) {
            match self.collection(*kind) {
                Ok(collection) => ids.extend(collection.ids()),
                Err(error) => problems.extend(error.problems),
            }
        }
        LoadError::unless_none(problems)?;
        Ok(ids)
    }

    /// Returns the ids of a kind that another refers to.
    fn ids(&self, kind: Kind, from: Kind) -> Result<BTreeSet<&str>, LoadError> {
        if self.path_of(kind)?.is_none() {
            let place = Place::file(self.origin.show(descriptor::FILE));
            let (missing, from) = (kind.key(), from.key());
            let message = format!("table `{missing}` is missing, and `{from}` refers to it");
            return Err(Problem::new(place, message).into());
        }
        Ok(self.collection(kind)?.ids().into_iter().collect())
    }
}

impl<R: Record> Read<R> {
    /// Returns the records, unless there are mistakes among them.
    ///
    /// # Errors
    /// All mistakes of the file.
    pub fn into_records(self) -> Result<Records<R>, LoadError> {
        if self.problems.is_empty() {
            return Ok(self.records);
        }
        Err(LoadError {
            problems: self.problems,
        })
    }
}
