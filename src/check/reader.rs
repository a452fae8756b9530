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

    /// Says whether what stands in a column is weighed against other cells of the row: it must be read in every row.
    fn is_weighed(&self, column: usize) -> bool;

    /// Ends a row of which every cell is right, and returns what is wrong with it as a whole; begins the next row.
    fn end(&mut self) -> Option<Fault>;
}

/// A reader of records of one type.
struct Of<R: Record> {
    columns: Vec<Option<&'static Field<R>>>,
    record: R,
    fault: fn(&R) -> Option<Fault>,
    /// The columns that `fault` looks at.
    weighed: &'static [&'static str],
}

impl<R: Record> Of<R> {
    fn boxed(names: &[String]) -> Box<dyn Reader> {
        Self::weighing(names, |_| None, &[])
    }

    fn weighing(
        names: &[String],
        fault: fn(&R) -> Option<Fault>,
        weighed: &'static [&'static str],
    ) -> Box<dyn Reader> {
        let field = |name: &String| R::FIELDS.iter().find(|field| field.info.key == name);
        Box::new(Self {
            columns: names.iter().map(field).collect(),
            record: R::default(),
            fault,
            weighed,
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

    fn is_weighed(&self, column: usize) -> bool {
        let key = self.field(column).map_or("", |field| field.key);
        self.weighed.contains(&key)
    }

    fn end(&mut self) -> Option<Fault> {
        (self.fault)(&std::mem::take(&mut self.record))
    }
}

/// Makes the reader of a kind for the columns of a header; `None` for a kind whose file is JSON.
pub(super) fn reader(kind: Kind, names: &[String]) -> Option<Box<dyn Reader>> {
    Some(match kind {
        Kind::Companies => Of::<Company>::boxed(names),
        Kind::Profiles => Of::<Profile>::boxed(names),
        Kind::Events => Of::<Event>::boxed(names),
        Kind::Technologies => Of::<Technology>::boxed(names),
        Kind::Challenges => Of::<Challenge>::boxed(names),
        Kind::Strategies => Of::<Strategy>::boxed(names),
        Kind::Experience => Of::<Experience>::boxed(names),
        Kind::Metrics => Of::<Metric>::boxed(names),
        Kind::Kpis => {
            let weighed = &["relation", "value", "interval_low", "interval_high"];
            Of::<Kpi>::weighing(names, Kpi::fault, weighed)
        }
        Kind::Swot => Of::<SwotCell>::boxed(names),
        Kind::Findings => Of::<Finding>::boxed(names),
        Kind::Concepts => Of::<Concept>::boxed(names),
        Kind::Hypotheses | Kind::Sources => return None,
    })
}
