//! Reads the records of a JSON file, an array of objects, and collects a mistake for each record.

use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::base::{Id, Located, Place, Text};
use crate::model::{Extras, Record, Records};
use crate::package::{File, LoadError, Problem, place_of, reason};

use super::Read;

pub(super) fn read<R: Record + DeserializeOwned>(
    file: &File,
    _: &[Id],
) -> Result<Read<R>, LoadError> {
    let (text, path) = (file.text, &*file.path);
    let items: Vec<&RawValue> = serde_json::from_str(text)
        .map_err(|error| LoadError::from(file.malformed("a JSON array of objects", &error)))?;

    let (mut problems, mut warnings) = (Vec::new(), Vec::new());
    let mut rows: Vec<Located<R>> = Vec::new();
    let (mut extras, mut kept) = (Vec::new(), Vec::new());
    for item in items {
        let (line, column) = place_of(text, item.get());
        let mut unknown = Vec::new();
        let mut reader = serde_json::Deserializer::from_str(item.get());
        let read = serde_ignored::deserialize(&mut reader, |path| unknown.push(path.to_string()));
        match read {
            Ok(value) => {
                let place = Place::file(path).line(line);
                problems.extend(empty(&value, &place));
                let (within, own): (Vec<String>, Vec<String>) =
                    unknown.into_iter().partition(|path| path.contains('.'));
                warnings.extend(within.iter().map(|member| {
                    format!("{place}: member `{member}` is not known and is left out")
                }));
                kept.push(members(item.get(), &own, &mut extras));
                rows.push(Located { line, value });
            }
            Err(error) => {
                // Positions inside an item count from its own first character.
                let within = error.line() as u64;
                let shift = if within == 1 { column - 1 } else { 0 };
                let place = Place::file(path)
                    .line(line + within - 1)
                    .column(error.column() as u64 + shift);
                let problem = Problem::new(place, reason(&error));
                problems.push(match serde_json::from_str::<Named>(item.get()) {
                    Ok(Named { id }) => problem.record(R::KIND.label(), &id),
                    Err(_) => problem,
                });
            }
        }
    }
    Ok(Read {
        records: Records::new(path, rows).with(Extras::new(extras, kept)),
        problems,
        warnings,
    })
}

/// Returns the members of an object that no field has, each under its place in `keys`, to which new ones are added.
fn members(item: &str, own: &[String], keys: &mut Vec<&'static str>) -> Vec<Text> {
    if own.is_empty() {
        return Vec::new();
    }
    let members: Map<String, Value> = serde_json::from_str(item).unwrap_or_default();
    let mut cells = Vec::new();
    for (member, value) in members
        .into_iter()
        .filter(|(member, _)| own.contains(member))
    {
        let cell = match value {
            Value::String(text) => text,
            Value::Null => String::new(),
            value => value.to_string(),
        };
        let place = keys.iter().position(|key| *key == member);
        let place = place.unwrap_or_else(|| {
            keys.push(member.leak());
            keys.len() - 1
        });
        cells.resize(keys.len(), Text::default());
        if let Some(room) = cells.get_mut(place) {
            *room = cell.into();
        }
    }
    cells
}

/// Finds the texts that must not be empty and are.
fn empty<R: Record>(record: &R, place: &Place) -> Vec<Problem> {
    let required = R::FIELDS.iter().filter(|field| field.info.is_required);
    let empty = required.filter(|field| (field.get)(record).is_missing());
    let told = empty.map(|field| {
        let message = format!("`{}` must not be empty", field.info.key);
        Problem::new(place.clone(), message).record(R::KIND.label(), record.id())
    });
    told.collect()
}

/// A record of which only the id can be read.
#[derive(Deserialize)]
struct Named {
    id: Id,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Source;

    #[test]
    fn every_bad_record_is_told_with_its_place() {
        let text = r#"[
  {"id": "a", "type": "webpage", "title": "A", "custom": {"kind": "cited"}},
  {"id": "b", "type": "webpage", "custom": {"kind": "cited"}},
  {"id": "c", "type": "webpage", "title": "C",
   "custom": {"kind": "citet"}}
]"#;
        let problems = read::<Source>(&File::new("x.json", text), &[])
            .unwrap()
            .problems;
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let [missing, kind] = told.as_slice() else {
            panic!("two: {told:?}")
        };
        assert_eq!(missing, "x.json:3:61: source `b`: missing field `title`");
        assert!(
            kind.starts_with("x.json:5:30: source `c`: must be one of `study`"),
            "{kind}"
        );
    }
}
