//! Rows of sources as bibliographic items, for the formats of reference managers.

use std::borrow::Cow;

use crate::base::Value;
use crate::report::{Column, Row};

/// The columns without which a table is no table of sources.
pub(super) const NEEDED: [&str; 5] = ["id", "type", "title", "author", "issued"];

/// A row of a table of sources.
pub(super) struct Item<'r, 'a> {
    columns: &'r [Column],
    row: &'r Row<'a>,
}

impl<'r, 'a> Item<'r, 'a> {
    pub(super) fn new(columns: &'r [Column], row: &'r Row<'a>) -> Self {
        Self { columns, row }
    }

    fn value(&self, key: &str) -> &'r Value<'a> {
        let place = self.columns.iter().position(|column| column.key == key);
        let cell = place.and_then(|place| self.row.get(place));
        cell.map_or(&Value::Missing, |cell| &cell.value)
    }

    /// Returns the text of a field; empty when it is not there.
    pub(super) fn text(&self, key: &str) -> Cow<'r, str> {
        self.value(key).plain()
    }

    /// Returns the items of a field.
    pub(super) fn list(&self, key: &str) -> &'r [Cow<'a, str>] {
        match self.value(key) {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// Returns year, month and day of its date as far as they are known, of a span those of both ends.
    pub(super) fn date(&self) -> Vec<Vec<u16>> {
        let text = self.text("issued");
        let ends = text.split('/').filter(|end| !end.is_empty());
        let parts = ends.map(|end| end.split('-').map_while(|part| part.parse().ok()).collect());
        parts.filter(|parts: &Vec<u16>| !parts.is_empty()).collect()
    }
}
