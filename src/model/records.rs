//! All records of one kind, with the files and the lines they came from.

use std::cell::OnceCell;

use crate::base::{Id, Located, Place, Value};

use super::{Casebook, Extras, Field, FieldInfo, Kind};

/// A kind of record. `Default` is the blank that the loader fills field by field; a blank whose required fields
/// stay empty is never handed out.
pub trait Record: Default + 'static {
    /// Which kind it is.
    const KIND: Kind;
    /// Its fields, in the order of columns.
    const FIELDS: &'static [Field<Self>];

    /// Returns its identifier.
    fn id(&self) -> &Id;

    /// Returns the place of its kind in a casebook.
    fn slot(casebook: &Casebook) -> &OnceCell<Records<Self>>;
}

/// The records of one kind, in the order of their files.
#[derive(Debug, Default)]
pub struct Records<R> {
    files: Vec<Origin>,
    rows: Vec<Located<R>>,
    extras: Extras,
}

/// A file that records came from, and how many came before it.
#[derive(Debug)]
struct Origin {
    path: String,
    before: usize,
}

impl<R: Record> Records<R> {
    /// Keeps records with the path of their file.
    pub fn new(path: impl Into<String>, rows: Vec<Located<R>>) -> Self {
        let origin = Origin {
            path: path.into(),
            before: 0,
        };
        Self {
            files: vec![origin],
            rows,
            extras: Extras::default(),
        }
    }

    /// Keeps with the records what their file has beyond the fields of their kind.
    #[must_use]
    pub fn with(mut self, extras: Extras) -> Self {
        self.extras = extras;
        self
    }

    /// Adds the records of further files behind these.
    pub fn append(&mut self, other: Self) {
        let before = self.rows.len();
        self.extras.append(before, other.extras);
        self.files
            .extend(other.files.into_iter().map(|file| Origin {
                before: before + file.before,
                ..file
            }));
        self.rows.extend(other.rows);
    }

    /// Returns which of the files, in the order in which they were added, a record came from.
    pub fn file_of(&self, record: usize) -> usize {
        let begun = self.files.partition_point(|file| file.before <= record);
        begun.saturating_sub(1)
    }

    /// Borrows the records.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.rows.iter().map(|located| &located.value)
    }

    /// Borrows the records to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut R> {
        self.rows.iter_mut().map(|located| &mut located.value)
    }

    /// Borrows the records with their lines.
    pub fn located(&self) -> &[Located<R>] {
        &self.rows
    }

    /// Borrows the record of that id.
    pub fn by_id(&self, id: &str) -> Option<&R> {
        self.iter().find(|record| record.id().as_str() == id)
    }
}

/// Records of some kind, seen through their fields.
pub trait Collection {
    /// Returns what is known of each field, in the order of columns.
    fn fields(&self) -> Vec<FieldInfo>;

    /// Returns the number of records.
    fn len(&self) -> usize;

    /// Says whether there are no records.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Shows the fields of a record, in the order of columns. Empty when there is no such record.
    fn values(&self, record: usize) -> Vec<Value<'_>>;

    /// Returns the id of every record, in order.
    fn ids(&self) -> Vec<&str>;

    /// Returns where a record begins.
    fn place(&self, record: usize) -> Place;
}

impl<R: Record> Collection for Records<R> {
    fn fields(&self) -> Vec<FieldInfo> {
        let own = R::FIELDS.iter().map(|field| field.info);
        own.chain(self.extras.fields()).collect()
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn values(&self, record: usize) -> Vec<Value<'_>> {
        let Some(located) = self.rows.get(record) else {
            return Vec::new();
        };
        let own = R::FIELDS.iter().map(|field| (field.get)(&located.value));
        own.chain(self.extras.values(record)).collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.iter().map(|record| record.id().as_str()).collect()
    }

    fn place(&self, record: usize) -> Place {
        let file = self.files.get(self.file_of(record));
        let place = Place::file(file.map_or("", |file| &file.path));
        match self.rows.get(record) {
            Some(located) => place.line(located.line),
            None => place,
        }
    }
}
