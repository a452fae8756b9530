//! What a command answers: tables of typed cells, what may be drawn of them, and what is to be changed on disk; nothing
//! is formatted or done yet.
//!
//! Commands fill reports; renderers turn a report into bytes. Neither knows the other.

mod change;
mod chart;
mod diagnosis;

use std::borrow::Cow;

use crate::base::{Type, Value};

pub use change::{Change, Folder, Replacement};
pub use chart::{Bar, Chart, Drawing, Item, Lane};
pub use diagnosis::Diagnosis;

/// The answer of a command.
#[derive(Default)]
pub struct Report<'a> {
    /// The tables, in order.
    pub tables: Vec<Table<'a>>,
    /// A text to be written as it is, instead of the tables.
    pub text: Option<String>,
    /// What is wrong in files; `None` for an answer that is about something else. People and editors see it instead of the tables.
    pub diagnoses: Option<Vec<Diagnosis>>,
    /// What may be drawn of it.
    pub charts: Vec<Chart<'a>>,
    /// What is to be changed on disk before the answer is written.
    pub change: Option<Change>,
    /// What the reader must know about the whole: what was dropped, chosen, rounded.
    pub notes: Vec<String>,
    /// Whether the answer is no.
    pub is_no: bool,
}

/// A table of cells.
pub struct Table<'a> {
    /// Stable name for machines.
    pub name: Cow<'static, str>,
    /// Title for people.
    pub title: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows, each as wide as the columns.
    pub rows: Box<dyn Iterator<Item = Row<'a>> + 'a>,
    /// Whom it is for.
    pub audience: Audience,
}

/// Whom a table is for. A report may say the same in two shapes, one for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Everybody.
    All,
    /// People: left out of formats for machines.
    People,
    /// Machines: left out of formats for people.
    Machines,
    /// Everybody, but left out of formats that hold one table.
    Beside,
    /// Machines: left out of formats for people, and of those that hold one table.
    Nested,
}

impl Audience {
    /// Says whether it reads a format, one for people or for machines, one that holds one table or several.
    pub fn is_served(self, is_for_people: bool, is_flat: bool) -> bool {
        match self {
            Self::All => true,
            Self::People => is_for_people,
            Self::Machines => !is_for_people,
            Self::Beside => !is_flat,
            Self::Nested => !is_for_people && !is_flat,
        }
    }
}

/// A column of a table.
#[derive(Debug, Clone)]
pub struct Column {
    /// Stable name for machines.
    pub key: Cow<'static, str>,
    /// Heading for people.
    pub label: Cow<'static, str>,
    /// Type of the values.
    pub kind: Type,
    /// Whether tables for people leave it out.
    pub is_detail: bool,
    /// Whether tables for people leave out a value that repeats the one above.
    pub is_group: bool,
}

/// The cells of a row.
pub type Row<'a> = Vec<Cell<'a>>;

/// A value and what the reader must know about it.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell<'a> {
    /// The value.
    pub value: Value<'a>,
    /// A footnote mark.
    pub mark: Option<Mark>,
}

/// A footnote mark; its explanation stands once below the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Somebody claims otherwise.
    Disputed,
    /// Computed here, stated by no source.
    Derived,
    /// A source that is cited but never listed.
    Unresolved,
}

impl Mark {
    /// Returns the sign that stands at the value.
    pub fn sign(self) -> char {
        match self {
            Self::Disputed => '†',
            Self::Derived => '‡',
            Self::Unresolved => '§',
        }
    }

    /// Returns what the sign means.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Disputed => "disputed: another claim says otherwise",
            Self::Derived => "derived here, stated by no source",
            Self::Unresolved => "unresolved: cited, but never listed",
        }
    }
}

impl Column {
    /// Makes a column that people see.
    pub fn new(
        key: impl Into<Cow<'static, str>>,
        label: impl Into<Cow<'static, str>>,
        kind: Type,
    ) -> Self {
        Self {
            key: key.into(),
            label: label.into(),
            kind,
            is_detail: false,
            is_group: false,
        }
    }

    /// Leaves the column out of tables for people.
    #[must_use]
    pub fn detail(mut self) -> Self {
        self.is_detail = true;
        self
    }

    /// Leaves out repeated values in tables for people.
    #[must_use]
    pub fn group(mut self) -> Self {
        self.is_group = true;
        self
    }
}

impl Cell<'_> {
    /// Adds a footnote mark when the condition holds.
    #[must_use]
    pub fn mark_if(mut self, condition: bool, mark: Mark) -> Self {
        if condition {
            self.mark = Some(mark);
        }
        self
    }
}

impl<'a> From<Value<'a>> for Cell<'a> {
    fn from(value: Value<'a>) -> Self {
        Self { value, mark: None }
    }
}

impl<'a> Table<'a> {
    /// Makes a table.
    pub fn new(
        name: impl Into<Cow<'static, str>>,
        columns: Vec<Column>,
        rows: impl IntoIterator<Item = Row<'a>, IntoIter: 'a>,
    ) -> Self {
        Self {
            name: name.into(),
            title: None,
            columns,
            rows: Box::new(rows.into_iter()),
            audience: Audience::All,
        }
    }

    /// Gives the table a title for people.
    #[must_use]
    pub fn title(mut self, title: impl Into<String>) -> Self {
        self.title = Some(title.into());
        self
    }

    /// Makes the table one for people, or for machines.
    #[must_use]
    pub fn only_for(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// Leaves a column out of tables for people when the condition holds.
    pub fn hide_if(&mut self, key: &str, condition: bool) {
        for column in self.columns.iter_mut().filter(|column| column.key == key) {
            column.is_detail |= condition;
        }
    }

    /// Returns the place of a column, `None` when there is none of that key.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.key == key)
    }
}

impl<'a> Report<'a> {
    /// Makes a report of one table.
    pub fn of(table: Table<'a>) -> Self {
        Self {
            tables: vec![table],
            ..Self::default()
        }
    }
}
