//! Tells what changed from one table of records to another, field by field: pure computation on typed values.

mod matches;
mod rows;
#[cfg(test)]
mod tests;

use crate::base::code::codes;
use crate::base::{Quantity, Rank, Relation, Scalar as _, Value};
use crate::model::FieldInfo;

use matches::Matches;
pub use matches::{Pair, side_by_side};
pub use rows::Rows;

codes! {
    /// What became of a record, or of a field of it.
    What {
        /// The record is new.
        Added = "added", "added";
        /// The record is gone.
        Removed = "removed", "removed";
        /// The record has another id, and nothing else is new.
        Renamed = "renamed", "renamed";
        /// A claim states something else.
        Value = "value-changed", "value changed";
        /// A claim stands otherwise among its rivals.
        Rank = "rank-changed", "rank changed";
        /// Another field has another value.
        #[default]
        Changed = "changed", "changed";
    }
}

/// What became of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<'a> {
    /// Its id, the new one where it has two; `Missing` when the table has no ids.
    pub id: Value<'a>,
    /// Its places in the tables.
    pub places: Pair,
    /// The fields that changed; none of a record that only one table has.
    pub edits: Vec<Edit<'a>>,
}

/// What became of a field.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit<'a> {
    /// What is to be said of it.
    pub what: What,
    /// The key of the field.
    pub key: &'static str,
    /// The name of the field for people.
    pub label: &'static str,
    /// What it was.
    pub old: Value<'a>,
    /// What it is.
    pub new: Value<'a>,
}

impl Change<'_> {
    /// Says what became of the record as a whole.
    pub fn what(&self) -> What {
        match (self.places, self.edits.first()) {
            ([None, _], _) => What::Added,
            ([Some(_), None], _) => What::Removed,
            ([Some(_), Some(_)], Some(edit)) if edit.what == What::Renamed => What::Renamed,
            ([Some(_), Some(_)], _) => What::Changed,
        }
    }
}

/// A field of either table, and its place in each.
struct Aligned {
    info: FieldInfo,
    places: Pair,
}

/// Returns what became of the records of a table: in the order of the new one, each that is gone behind that which it stood
/// behind. Records of one id are one; so are those of another id whose other fields are all the same.
pub fn changes<'a>(old: &Rows<'a>, new: &Rows<'a>) -> Vec<Change<'a>> {
    let fields = aligned(old, new);
    let mut matches = Matches::none(old.len(), new.len());
    matches.join(|place| old.id(place), |place| new.id(place), |_, _| true);
    let is_same = |one: usize, other: usize| {
        let mut pairs = fields.iter().map(|field| both(field, one, other, old, new));
        pairs.all(|(one, other)| same(one, other))
    };
    let content = |rows: &Rows<'a>, place: usize, side: fn(&Aligned) -> Option<usize>| {
        let values = fields.iter().map(|field| rows.value(place, side(field)));
        let values: Vec<String> = values.map(|value| value.plain().into_owned()).collect();
        // A record without content cannot be known again.
        values
            .iter()
            .any(|value| !value.is_empty())
            .then_some(values)
    };
    matches.join(
        |place| content(old, place, |field| field.places[0]),
        |place| content(new, place, |field| field.places[1]),
        is_same,
    );
    let changes = matches.in_order().into_iter().filter_map(|places| {
        let id = |rows: &Rows<'a>, place: Option<usize>| {
            let id = place.and_then(|place| rows.id(place));
            id.map_or(Value::Missing, |id| Value::text(id.clone()))
        };
        let [old_id, new_id] = [id(old, places[0]), id(new, places[1])];
        let mut edits = Vec::new();
        if let [Some(one), Some(other)] = places {
            edits.extend(renamed(&old_id, &new_id));
            let changed = fields.iter().filter_map(|field| {
                let (old, new) = both(field, one, other, old, new);
                (!same(old, new)).then(|| edit(&field.info, old, new))
            });
            edits.extend(changed);
            if edits.is_empty() {
                return None;
            }
        }
        let id = if new_id.is_missing() { old_id } else { new_id };
        Some(Change { id, places, edits })
    });
    changes.collect()
}

/// Puts the fields of both tables side by side, but for ids and what is shown elsewhere.
fn aligned(old: &Rows<'_>, new: &Rows<'_>) -> Vec<Aligned> {
    let keys = |rows: &Rows<'_>| -> Vec<&'static str> {
        rows.fields().iter().map(|field| field.key).collect()
    };
    let pairs = side_by_side(&keys(old), &keys(new)).into_iter();
    let fields = pairs.filter_map(|places| {
        let of = |rows: &Rows<'_>, place: Option<usize>| rows.fields().get(place?).copied();
        let info = of(new, places[1]).or_else(|| of(old, places[0]))?;
        Some(Aligned { info, places })
    });
    fields
        .filter(|field| field.info.key != "id" && !field.info.is_echo)
        .collect()
}

/// Returns the values of a field in a record of each table.
fn both<'r, 'a>(
    field: &Aligned,
    one: usize,
    other: usize,
    old: &'r Rows<'a>,
    new: &'r Rows<'a>,
) -> (&'r Value<'a>, &'r Value<'a>) {
    let [in_old, in_new] = field.places;
    (old.value(one, in_old), new.value(other, in_new))
}

/// Says whether two values are the same. What one table has for a number and the other for text is compared as a number.
fn same(old: &Value<'_>, new: &Value<'_>) -> bool {
    match (old, new) {
        (Value::Text(text), Value::Number(number, Relation::Eq))
        | (Value::Number(number, Relation::Eq), Value::Text(text)) => {
            text.parse::<Quantity>().is_ok_and(|read| read == *number)
        }
        (old, new) => old == new,
    }
}

/// Returns the edit of an id that is another one.
fn renamed<'a>(old: &Value<'a>, new: &Value<'a>) -> Option<Edit<'a>> {
    (old != new).then(|| Edit {
        what: What::Renamed,
        key: "id",
        label: "Id",
        old: old.clone(),
        new: new.clone(),
    })
}

fn edit<'a>(field: &FieldInfo, old: &Value<'a>, new: &Value<'a>) -> Edit<'a> {
    let what = if field.kind == Rank::TYPE {
        What::Rank
    } else if field.is_claimed {
        What::Value
    } else {
        What::Changed
    };
    Edit {
        what,
        key: field.key,
        label: field.label,
        old: old.clone(),
        new: new.clone(),
    }
}
