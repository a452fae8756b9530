//! What a record of any kind states, in one phrase.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, OccupiedEntry};

use anyhow::Result;

use crate::base::{Complaint, Value};
use crate::model::{FieldInfo, Kind};
use crate::report::Row;

use super::Context;
use super::tables::of_kind;

/// A record in short.
pub(super) struct Gist<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its company, if it has one.
    pub company: Value<'a>,
    /// What it states.
    pub says: Value<'a>,
    /// Its place in its table.
    pub place: usize,
}

/// Every record of the casebook in short, by id.
pub(super) struct Gists<'a> {
    by_id: HashMap<String, Gist<'a>>,
}

impl<'a> Gists<'a> {
    /// Reads every table.
    pub(super) fn of(context: &'a Context) -> Result<Self> {
        let mut by_id = HashMap::new();
        for kind in Kind::ALL {
            let fields = context.casebook.collection(*kind)?.fields();
            let table = of_kind(*kind, context)?;
            let (id, company) = (table.position("id"), table.position("company"));
            for (place, row) in table.rows.enumerate() {
                let of = |place: Option<usize>| place.and_then(|place| row.get(place));
                let Some(id) = of(id).map(|cell| cell.value.plain().into_owned()) else {
                    continue;
                };
                let company = of(company).map_or(Value::Missing, |cell| cell.value.clone());
                let says = says(&fields, &row);
                let gist = Gist {
                    kind: *kind,
                    company,
                    says,
                    place,
                };
                match by_id.entry(id) {
                    Entry::Vacant(room) => drop(room.insert(gist)),
                    Entry::Occupied(taken) => return Err(twice(&taken, &gist, context)),
                }
            }
        }
        Ok(Self { by_id })
    }

    /// Returns the record of an id.
    pub(super) fn find(&self, id: &str) -> Option<&Gist<'a>> {
        self.by_id.get(id)
    }

    /// Returns all ids.
    pub(super) fn ids(&self) -> impl Iterator<Item = &str> {
        self.by_id.keys().map(String::as_str)
    }
}

/// Complains of an id that stands for records of two tables.
fn twice(
    taken: &OccupiedEntry<'_, String, Gist<'_>>,
    gist: &Gist<'_>,
    context: &Context,
) -> anyhow::Error {
    let place = |gist: &Gist<'_>| -> Result<String> {
        Ok(context
            .casebook
            .collection(gist.kind)?
            .place(gist.place)
            .to_string())
    };
    match (place(taken.get()), place(gist)) {
        (Ok(first), Ok(second)) => Complaint::new(format!(
            "{second}: the id `{}` is taken by {first}",
            taken.key()
        ))
        .hint("give one of them another id: an id stands for one record of the whole casebook")
        .into(),
        (Err(error), _) | (_, Err(error)) => error,
    }
}

/// Joins the fields that say what a record states: `Net Promoter Score (NPS): 62 points`.
pub(super) fn says<'a>(fields: &[FieldInfo], row: &Row<'a>) -> Value<'a> {
    let gist = fields.iter().zip(row).filter(|(info, _)| info.is_gist);
    let known = gist.filter(|(_, cell)| !cell.value.is_missing());
    let gist: Vec<Value<'a>> = known.map(|(_, cell)| cell.value.clone()).collect();
    let last = gist.len().saturating_sub(1);
    let parts = gist
        .into_iter()
        .enumerate()
        .map(|(place, value)| match value {
            Value::Text(text) if place < last => Value::text(format!("{text}:")),
            Value::Code { label, .. } if place < last => Value::text(format!("{label}:")),
            value => value,
        });
    Value::phrase(parts)
}
