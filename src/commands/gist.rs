//! What a record of any kind states, in one phrase.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use anyhow::Result;

use crate::base::{Complaint, Place, Value};
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
                    Entry::Occupied(taken) => {
                        return Err(twice(taken.key(), taken.get(), &gist, context)?.into());
                    }
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
fn twice(id: &str, first: &Gist<'_>, second: &Gist<'_>, context: &Context) -> Result<Complaint> {
    let place = |gist: &Gist<'_>| -> Result<Place> {
        Ok(context.casebook.collection(gist.kind)?.place(gist.place))
    };
    let (first, second) = (place(first)?, place(second)?);
    let hint = "give one of them another id: an id stands for one record of the whole casebook";
    Ok(Complaint::new(format!("{second}: the id `{id}` is taken by {first}")).hint(hint))
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
