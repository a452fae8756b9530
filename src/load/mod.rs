//! Reads casebooks: the embedded one and folders on disk, through the same code, a table at a time.

mod big;
mod csv;
mod integrity;
mod json;
mod other;

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeSet;

use crate::base::suggest::did_you_mean;
use crate::base::{Id, Place};
use crate::model::{
    Casebook, Challenge, Collection, Company, Concept, Event, Experience, Finding, Hypothesis,
    Kind, Kpi, Metric, Other, Profile, Record, Records, Source, Strategy, SwotCell, Target,
    Technology, of_kind,
};
use crate::package::{DESCRIPTOR, Descriptor, File, Origin, Problem, Resource};

pub use crate::package::LoadError;

/// A casebook that reads each table when it is first asked for. It may stand in several packages, whose tables are one.
pub struct Loader {
    packages: Vec<Package>,
    casebook: Casebook,
    tables: OnceCell<Vec<Other>>,
    warnings: RefCell<Vec<String>>,
    others: OnceCell<Vec<Id>>,
}

/// A package that a casebook stands in.
struct Package {
    origin: Origin,
    descriptor: OnceCell<Descriptor>,
}

/// A kind of record that can be read from the text of its file.
pub trait Table: Record {
    /// Reads the records of a file but for those of the `others`, companies that nobody asked for.
    ///
    /// # Errors
    /// What keeps the file from being read at all: a header that is wrong, JSON that is none.
    fn read(file: &File, others: &[Id]) -> Result<Read<Self>, LoadError>;

    /// Checks and completes the records of the files by those of other tables, and returns the mistakes found.
    fn settle(_: &mut Records<Self>, _: &Files, _: &Loader) -> Vec<Problem> {
        Vec::new()
    }
}

/// What was read of a file: the good records, the mistakes of the others, and what the user must know.
pub struct Read<R> {
    records: Records<R>,
    problems: Vec<Problem>,
    warnings: Vec<String>,
}

/// The files that the records of a kind came from, in order.
pub struct Files(Vec<File>);

impl Files {
    /// Returns where a field of a record stands.
    fn place_of<R: Record>(&self, records: &Records<R>, record: usize, key: &str) -> Place {
        let place = records.place(record);
        match (self.0.get(records.file_of(record)), place.line) {
            (Some(file), Some(line)) => file.place_of(line, key),
            _ => place,
        }
    }
}

/// Makes kinds tables: how their files are read, and what each settles by itself.
macro_rules! tables {
    ($($record:ident: $format:ident $(=> $settle:path)?),+ $(,)?) => { $(
        impl Table for $record {
            fn read(file: &File, others: &[Id]) -> Result<Read<Self>, LoadError> {
                $format::read(file, others)
            }

            $(
                fn settle(
                    records: &mut Records<Self>,
                    files: &Files,
                    loader: &Loader,
                ) -> Vec<Problem> {
                    $settle(records, files, loader)
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
fn kpis(kpis: &mut Records<Kpi>, files: &Files, loader: &Loader) -> Vec<Problem> {
    if let Ok(metrics) = loader.table::<Metric>() {
        for kpi in kpis.iter_mut() {
            if let Some(metric) = metrics.by_id(kpi.metric.as_str()) {
                kpi.unit = kpi.unit.take().filter(|unit| *unit != metric.unit);
                let own = kpi.denominator.take();
                kpi.denominator = own.filter(|own| Some(own) != metric.denominator.as_ref());
            }
        }
    }
    integrity::kpis(kpis, files)
}

impl Loader {
    /// Makes a casebook of the packages at some places; nothing is read yet.
    pub fn new(origins: impl IntoIterator<Item = Origin>) -> Self {
        let packages = origins.into_iter().map(|origin| Package {
            origin,
            descriptor: OnceCell::new(),
        });
        Self {
            packages: packages.collect(),
            casebook: Casebook::default(),
            tables: OnceCell::new(),
            warnings: RefCell::default(),
            others: OnceCell::new(),
        }
    }

    /// Returns the places of its packages.
    pub fn origins(&self) -> impl Iterator<Item = &Origin> {
        self.packages.iter().map(|package| &package.origin)
    }

    /// Leaves out from now on the rows of companies that the answer is not about. The first call decides.
    pub fn leave_out(&self, others: impl Iterator<Item = Id>) {
        self.others.get_or_init(|| {
            let mut others: Vec<Id> = others.collect();
            others.sort_unstable();
            others
        });
    }

    /// Returns the records of a kind, reading them when they are first asked for. A table that the casebook does
    /// not have is empty.
    ///
    /// # Errors
    /// All mistakes of the table's files; a file that cannot be read; a reference to a record that does not exist.
    pub fn table<R: Table>(&self) -> Result<&Records<R>, LoadError> {
        let slot = R::slot(&self.casebook);
        if let Some(records) = slot.get() {
            return Ok(records);
        }
        let (files, mut problems) = self.files(R::KIND)?;
        let mut records = Records::default();
        let mut is_whole = problems.is_empty();
        for file in &files.0 {
            let others = self.others.get().map_or(&[][..], Vec::as_slice);
            match R::read(file, others) {
                Ok(mut read) => {
                    self.warnings.borrow_mut().append(&mut read.warnings);
                    problems.append(&mut read.problems);
                    records.append(read.records);
                }
                Err(error) => {
                    problems.extend(error.problems);
                    is_whole = false;
                }
            }
        }
        // What names a record that could not be read is not wrong for that.
        if is_whole {
            problems.extend(integrity::repeated(&records, &files));
            problems.extend(self.dangling(&records, &files));
            problems.extend(R::settle(&mut records, &files, self));
        }
        in_order(problems, &files)?;
        Ok(slot.get_or_init(|| records))
    }

    /// Reads the files of a kind, one of each package that has that table; returns also those that cannot be read.
    fn files(&self, kind: Kind) -> Result<(Files, Vec<Problem>), LoadError> {
        let (mut files, mut problems) = (Vec::new(), Vec::new());
        for package in &self.packages {
            let Some(resource) = self.descriptor(package)?.resource(kind.key()) else {
                continue;
            };
            match self.file(resource, &package.origin) {
                Ok(file) => {
                    self.warnings
                        .borrow_mut()
                        .extend(file.notes.iter().cloned());
                    files.push(file);
                }
                Err(error) => problems.extend(error.problems),
            }
        }
        Ok((Files(files), problems))
    }

    /// Reads a file: of a big one only the rows that are asked for.
    fn file(&self, resource: &Resource, origin: &Origin) -> Result<File, LoadError> {
        let others = self.others.get().map_or(&[][..], Vec::as_slice);
        let opened = resource.open(origin).filter(|_| !others.is_empty());
        let kept = opened
            .map(|opened| big::read(&opened, others))
            .transpose()?;
        match kept.flatten() {
            Some(file) => Ok(file),
            None => resource.read(origin),
        }
    }

    /// Returns the records of a kind that is only known at run time.
    ///
    /// # Errors
    /// As [`Loader::table`].
    pub fn collection(&self, kind: Kind) -> Result<&dyn Collection, LoadError> {
        Ok(of_kind!(kind, R => self.table::<R>()?))
    }

    /// Returns the tables that are of no kind, reading them when they are first asked for.
    ///
    /// # Errors
    /// All mistakes of their files.
    pub fn others(&self) -> Result<&[Other], LoadError> {
        if let Some(tables) = self.tables.get() {
            return Ok(tables);
        }
        let (mut tables, mut problems): (Vec<Other>, Vec<Problem>) = (Vec::new(), Vec::new());
        for package in &self.packages {
            let resources = self.descriptor(package)?.resources.iter();
            for resource in resources.filter(|resource| resource.name.parse::<Kind>().is_err()) {
                let taken = tables.iter().find(|table| table.name == resource.name);
                if let Some(taken) = taken {
                    let place = Place::file(package.origin.show(DESCRIPTOR));
                    let message = format!("the table `{}` is taken by {}", taken.name, taken.path);
                    problems.push(Problem::new(place, message));
                    continue;
                }
                match other::read(resource, &package.origin) {
                    Ok(table) => tables.push(table),
                    Err(error) => problems.extend(error.problems),
                }
            }
        }
        LoadError::unless_none(problems)?;
        Ok(self.tables.get_or_init(|| tables))
    }

    /// Returns what the user must know of the files read so far.
    pub fn warnings(&self) -> Vec<String> {
        self.warnings.borrow().clone()
    }

    /// Returns the descriptor of a package, reading it when it is first asked for.
    fn descriptor<'p>(&self, package: &'p Package) -> Result<&'p Descriptor, LoadError> {
        if let Some(descriptor) = package.descriptor.get() {
            return Ok(descriptor);
        }
        let descriptor = Descriptor::of(&package.origin)?;
        let path = package.origin.show(DESCRIPTOR);
        LoadError::unless_none(descriptor.repeated(&path))?;
        for Resource { name, .. } in &descriptor.resources {
            // A name that is nearly that of a kind is likely meant to be it.
            let near = did_you_mean(name, Kind::KEYS.iter().copied());
            if let Some(near) = near.filter(|_| name.parse::<Kind>().is_err()) {
                let told = format!("{path}: table `{name}` is not known and kept as it is: {near}");
                self.warnings.borrow_mut().push(told);
            }
        }
        Ok(package.descriptor.get_or_init(|| descriptor))
    }

    /// Finds every id that should name a record of another kind and does not.
    fn dangling<R: Record>(&self, records: &Records<R>, files: &Files) -> Vec<Problem> {
        let mut problems = Vec::new();
        // No record refers to nothing: other tables need not be read.
        if records.is_empty() {
            return problems;
        }
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
                    problems.extend(integrity::dangling(records, field, wanted, &known, files));
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
        for package in &self.packages {
            if self.descriptor(package)?.resource(kind.key()).is_some() {
                return Ok(self.collection(kind)?.ids().into_iter().collect());
            }
        }
        let shown = self
            .packages
            .iter()
            .map(|package| package.origin.show(DESCRIPTOR));
        let place = Place::file(shown.collect::<Vec<_>>().join(", "));
        let (missing, from) = (kind.key(), from.key());
        let message = format!("table `{missing}` is missing, and `{from}` refers to it");
        Err(Problem::new(place, message).into())
    }
}

/// Is an error when there are mistakes: in the order of the files, those of other files last, each once.
fn in_order(mut problems: Vec<Problem>, files: &Files) -> Result<(), LoadError> {
    let rank = |path: &str| {
        let mut files = files.0.iter();
        files
            .position(|file| file.path == path)
            .unwrap_or(files.len())
    };
    problems.sort_by_cached_key(|problem| {
        let place = &problem.place;
        (
            rank(&place.path),
            place.path.clone(),
            place.line,
            place.column,
        )
    });
    // Two fields may lead to the same mistake elsewhere.
    let mut told = BTreeSet::new();
    problems.retain(|problem| told.insert(problem.to_string()));
    LoadError::unless_none(problems)
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
