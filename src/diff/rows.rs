//! The records of one table, ready to be compared.

use std::borrow::Cow;

use crate::base::{Citations, Scalar as _, Stance, Type, Value};
use crate::model::{Collection, FieldInfo, Hypothesis, Record as _, Records};

/// The records of a table, each with its id and its values.
#[derive(Debug, Clone, Default)]
pub struct Rows<'a> {
    fields: Vec<FieldInfo>,
    /// One for each record, or none at all.
    ids: Vec<Cow<'a, str>>,
    values: Vec<Vec<Value<'a>>>,
}

impl<'a> Rows<'a> {
    /// Takes the records of a table.
    pub fn of(table: &'a dyn Collection) -> Self {
        Self {
            fields: table.fields(),
            ids: table.ids().into_iter().map(Cow::Borrowed).collect(),
            values: (0..table.len())
                .map(|record| table.values(record))
                .collect(),
        }
    }

    /// Takes the evidence of hypotheses, a row for each record that bears on one.
    pub fn of_evidence(hypotheses: &'a Records<Hypothesis>) -> Self {
        let gist = |key, label, kind| FieldInfo {
            is_gist: true,
            ..FieldInfo::new(key, label, kind)
        };
        let mut rows = Self {
            fields: vec![
                FieldInfo::new("hypothesis", "Hypothesis", Type::Text),
                FieldInfo::new("record", "Record", Type::Text),
                gist("stance", "Stance", Stance::TYPE),
                FieldInfo::new("cite", "Used in", Citations::TYPE),
                gist("note", "Remark", Type::Text),
            ],
            ..Self::default()
        };
        for hypothesis in hypotheses.iter() {
            for item in &hypothesis.evidence {
                let (of, record) = (hypothesis.id(), &item.record);
                rows.ids.push(format!("{of}: {record}").into());
                rows.values.push(vec![
                    of.to_value(),
                    record.to_value(),
                    item.stance.to_value(),
                    item.cite.to_value(),
                    item.note.to_value(),
                ]);
            }
        }
        rows
    }

    /// Returns the number of records.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Says whether there are no records.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// Borrows what is known of each field.
    pub fn fields(&self) -> &[FieldInfo] {
        &self.fields
    }

    /// Borrows the values of a record; empty when there is no such record.
    pub fn values(&self, record: usize) -> &[Value<'a>] {
        self.values.get(record).map_or(&[], Vec::as_slice)
    }

    /// Borrows the id of a record; `None` when it has none.
    pub(super) fn id(&self, record: usize) -> Option<&Cow<'a, str>> {
        self.ids.get(record).filter(|id| !id.is_empty())
    }

    /// Borrows the value of a field of a record; `Missing` when the table has no such field.
    pub(super) fn value(&self, record: usize, field: Option<usize>) -> &Value<'a> {
        let value = field.and_then(|field| self.values(record).get(field));
        value.unwrap_or(&Value::Missing)
    }
}
