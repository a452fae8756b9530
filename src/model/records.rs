//! All records of one kind, with the file and the lines they came from.

use std::cell::OnceCell;

use crate::base::{Id, Located, Place, Value};

use super::{Casebook, Field, FieldInfo, Kind};

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

/// The records of one kind, in the order of their file.
#[derive(Debug, Default)]
pub struct Records<R> {
    path: String,
    rows: Vec<Located<R>>,
}

impl<R: Record> Records<R> {
    /// Keeps records with the path of their file.
    pub fn new(path: impl Into<String>, rows: Vec<Located<R>>) -> Self {
        Self {
            path: path.into(),
            rows,
        }
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
        R::FIELDS.iter().map(|field| field.info).collect()
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn values(&self, record: usize) -> Vec<Value<'_>> {
        let Some(located) = self.rows.get(record) else {
            return Vec::new();
        };
        R::FIELDS
            .iter()
            .map(|field| (field.get)(&located.value))
            .collect()
    }

    fn ids(&self) -> Vec<&str> {
        self.iter().map(|record| record.id().as_str()).collect()
    }

    fn place(&self, record: usize) -> Place {
        let place = Place::file(&self.path);
        match self.rows.get(record) {
            Some(located) => place.line(located.line),
            None => place,
        }
    }
}
