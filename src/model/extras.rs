//! What a file has beyond the fields of its kind: columns that somebody else keeps there.

use crate::base::{Scalar as _, Text, Type, Value};

use super::FieldInfo;

/// The further columns of the records of a kind: kept, shown and written, and otherwise let alone.
#[derive(Debug, Default)]
pub struct Extras {
    keys: Vec<&'static str>,
    /// For each record its cells, as many as there were columns when it was added.
    cells: Vec<Vec<Text>>,
}

impl Extras {
    /// Keeps the cells of records under the names of their columns.
    pub fn new(keys: Vec<&'static str>, cells: Vec<Vec<Text>>) -> Self {
        Self { keys, cells }
    }

    /// Adds those of records that stand behind `before` others; columns of one name are one.
    pub(super) fn append(&mut self, before: usize, other: Self) {
        if other.keys.is_empty() {
            return;
        }
        let places = other.keys.iter().map(|key| {
            let known = self.keys.iter().position(|known| known == key);
            known.unwrap_or_else(|| {
                self.keys.push(key);
                self.keys.len() - 1
            })
        });
        let places: Vec<usize> = places.collect();
        self.cells.resize(before, Vec::new());
        for row in other.cells {
            let mut cells = vec![Text::default(); self.keys.len()];
            for (place, cell) in places.iter().zip(row) {
                if let Some(room) = cells.get_mut(*place) {
                    *room = cell;
                }
            }
            self.cells.push(cells);
        }
    }

    /// Returns what is known of each column.
    pub(super) fn fields(&self) -> impl Iterator<Item = FieldInfo> {
        self.keys
            .iter()
            .map(|key| FieldInfo::extra(key, Type::Text))
    }

    /// Shows the cells of a record, one for each column.
    pub(super) fn values(&self, record: usize) -> impl Iterator<Item = Value<'_>> {
        let cells = self.cells.get(record);
        let cell = move |place| cells.and_then(|cells| cells.get(place));
        (0..self.keys.len()).map(move |place| match cell(place) {
            Some(text) if !text.is_empty() => text.to_value(),
            Some(_) | None => Value::Missing,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_of_several_files_stand_side_by_side() {
        let of = |keys: &[&'static str], rows: &[&[&'static str]]| {
            let cells = rows
                .iter()
                .map(|row| row.iter().map(|cell| Text::Borrowed(*cell)).collect());
            Extras::new(keys.into(), cells.collect())
        };
        let mut extras = of(&["mood"], &[&["good"]]);
        extras.append(1, Extras::default());
        extras.append(2, of(&["page", "mood"], &[&["7", ""], &["8", "bad"]]));
        let shown = |record| {
            extras
                .values(record)
                .map(|value| value.plain().into_owned())
        };
        let shown: Vec<Vec<String>> = (0..4).map(|record| shown(record).collect()).collect();
        assert_eq!(
            shown,
            [["good", ""], ["", ""], ["", "7"], ["bad", "8"]].map(Vec::from)
        );
        let keys: Vec<&str> = extras.fields().map(|field| field.key).collect();
        assert_eq!(keys, ["mood", "page"]);
    }
}
