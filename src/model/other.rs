//! A table that is none of a casebook's: kept, queried and written as it is.

use crate::base::{Located, Place, Text, Type, Value};

use super::{Collection, FieldInfo};

/// A table of a kind that nothing is known of but what its file says.
#[derive(Debug)]
pub struct Other {
    /// Its name.
    pub name: String,
    /// Its file, as the user can find it.
    pub path: String,
    /// Its columns: the name of each and the type of its values; none for what is no table.
    pub columns: Vec<(&'static str, Type)>,
    /// Its rows, each as wide as the columns.
    pub rows: Vec<Located<Vec<Text>>>,
}

impl Other {
    /// Says whether it is a table at all, and not a picture or a document.
    pub fn is_table(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Returns the place of the column of ids.
    fn id(&self) -> Option<usize> {
        self.columns.iter().position(|(key, _)| *key == "id")
    }
}

impl Collection for Other {
    fn fields(&self) -> Vec<FieldInfo> {
        let columns = self.columns.iter();
        let fields = columns.map(|(key, kind)| FieldInfo {
            is_detail: false,
            ..FieldInfo::extra(key, *kind)
        });
        fields.collect()
    }

    fn len(&self) -> usize {
        self.rows.len()
    }

    fn values(&self, record: usize) -> Vec<Value<'_>> {
        let Some(row) = self.rows.get(record) else {
            return Vec::new();
        };
        let cells = self.columns.iter().zip(&row.value);
        cells.map(|((_, kind), cell)| value(*kind, cell)).collect()
    }

    /// Empty where no column is called `id`.
    fn ids(&self) -> Vec<&str> {
        let Some(id) = self.id() else {
            return Vec::new();
        };
        let rows = self.rows.iter();
        let ids = rows.map(|row| row.value.get(id).map_or("", |cell| &**cell));
        ids.collect()
    }

    fn place(&self, record: usize) -> Place {
        let place = Place::file(&*self.path);
        match self.rows.get(record) {
            Some(row) => place.line(row.line),
            None => place,
        }
    }
}

/// Shows a cell of a column; what is not of its type stays text.
fn value(kind: Type, cell: &Text) -> Value<'_> {
    let number = match kind {
        Type::Number => cell.parse().ok(),
        Type::Text | Type::Code(_) | Type::Date | Type::Truth | Type::List | Type::Cites => None,
    };
    number.map_or_else(
        || Value::text(&**cell),
        |number| Value::Number(number, crate::base::Relation::Eq),
    )
}
