//! Reads the cells of rows as the fields of a kind of record, for their mistakes alone.

use crate::base::{Invalid, Text};
use crate::model::{
    Challenge, Company, Concept, Event, Experience, Field, FieldInfo, Finding, Kind, Kpi, Metric,
    Profile, Record, Strategy, SwotCell, Technology,
};

/// What is wrong with a record as a whole: the column, what is wrong, how to mend it.
pub(super) type Fault = (&'static str, String, &'static str);

/// Reads rows of one kind.
pub(super) trait Reader {
    /// Returns what is known of the fields of the kind.
    fn fields(&self) -> Vec<FieldInfo>;

    /// Reads a cell of a column of the header, which is not empty.
    ///
    /// # Errors
    /// It is no value of its field.
    fn cell(&mut self, column: usize, cell: &Text) -> Result<(), Invalid>;

    /// Returns what is known of the field of a column; `None` for a column of no field.
    fn field(&self, column: usize) -> Option<&FieldInfo>;

    /// Ends a row of which every cell is right, and returns what is wrong with it as a whole; begins the next row.
    fn end(&mut self) -> Option<Fault>;
}

/// A reader of records of one type.
struct Of<R: Record> {
    columns: Vec<Option<&'static Field<R>>>,
    record: R,
    fault: fn(&R) -> Option<Fault>,
}

impl<R: Record> Of<R> {
    fn boxed(names: &[String], fault: fn(&R) -> Option<Fault>) -> Box<dyn Reader> {
        let field = |name: &String| R::FIELDS.iter().find(|field| field.info.key == name);
        Box::new(Self {
            columns: names.iter().map(field).collect(),
            record: R::default(),
            fault,
        })
    }
}

impl<R: Record> Reader for Of<R> {
    fn fields(&self) -> Vec<FieldInfo> {
        let stored = R::FIELDS.iter().filter(|field| field.set.is_some());
        stored.map(|field| field.info).collect()
    }

    fn cell(&mut self, column: usize, cell: &Text) -> Result<(), Invalid> {
        let field = self.columns.get(column).copied().flatten();
        match field.and_then(|field| field.set) {
            Some(set) => set(&mut self.record, cell),
            None => Ok(()),
        }
    }

    fn field(&self, column: usize) -> Option<&FieldInfo> {
        let field = self.columns.get(column).copied().flatten();
        field.map(|field| &field.info)
    }

    fn end(&mut self) -> Option<Fault> {
        (self.fault)(&std::mem::take(&mut self.record))
    }
}

/// Makes the reader of a kind for the columns of a header; `None` for a kind whose file is JSON.
pub(super) fn reader(kind: Kind, names: &[String]) -> Option<Box<dyn Reader>> {
    fn none<R>(_: &R) -> Option<Fault> {
        None
    }
    Some(match kind {
        Kind::Companies => Of::<Company>::boxed(names, none),
        Kind::Profiles => Of::<Profile>::boxed(names, none),
        Kind::Events => Of::<Event>::boxed(names, none),
        Kind::Technologies => Of::<Technology>::boxed(names, none),
        Kind::Challenges => Of::<Challenge>::boxed(names, none),
        Kind::Strategies => Of::<Strategy>::boxed(names, none),
        Kind::Experience => Of::<Experience>::boxed(names, none),
        Kind::Metrics => Of::<Metric>::boxed(names, none),
        Kind::Kpis => Of::<Kpi>::boxed(names, Kpi::fault),
        Kind::Swot => Of::<SwotCell>::boxed(names, none),
        Kind::Findings => Of::<Finding>::boxed(names, none),
        Kind::Concepts => Of::<Concept>::boxed(names, none),
        Kind::Hypotheses | Kind::Sources => return None,
    })
}
