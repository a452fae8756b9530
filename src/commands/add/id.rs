//! The ids of new records: made of what they say, and like no other.

use crate::base::id::slug;
use crate::base::{Id, Place};
use crate::model::Kind;
use crate::package::File;

use super::super::Context;
use super::arguments::singular;

/// The length at which a made id ends, at the end of a word.
const LONGEST: usize = 40;

/// An id that a record of the casebook has, and where it stands.
pub(super) type Taken = (String, Place);

/// Returns all ids of the casebook. A table with mistakes is looked at as far as it can be.
pub(super) fn taken(kind: Kind, file: &File, context: &Context) -> Vec<Taken> {
    let mut taken: Vec<Taken> = Vec::new();
    for other in Kind::ALL {
        if let Ok(collection) = context.casebook.collection(*other) {
            let ids = collection.ids().into_iter().enumerate();
            taken.extend(ids.map(|(record, id)| (id.to_owned(), collection.place(record))));
        } else if *other == kind && file.is_table() {
            taken.extend(of_cells(file));
        }
    }
    taken
}

/// Returns what stands in the column of ids.
fn of_cells(file: &File) -> Vec<Taken> {
    let mut rows = file.rows();
    let header = rows.next();
    let column = header.and_then(|header| header.cells.iter().position(|name| name.trim() == "id"));
    let ids = rows.filter_map(|row| {
        let id = row.cells.get(column?)?.trim_ascii().to_owned();
        Some((id, file.place().line(row.line)))
    });
    ids.collect()
}

/// Makes an id of what a record says, as `said` tells of a field; unlike those that are taken.
pub(super) fn made(kind: Kind, said: impl Fn(&str) -> Option<String>, taken: &[Taken]) -> Id {
    let words = if kind == Kind::Sources {
        of_source(&said)
    } else {
        of_fields(naming(kind), &said)
    };
    let name = singular(kind);
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let id = slug(&words).or_else(|| {
        words.insert(0, &name);
        slug(&words)
    });
    let id = id.unwrap_or_default();
    let stem = short(id.as_str());
    let is_free = |id: &Id| !taken.iter().any(|(known, _)| known == id.as_str());
    let numbered = (2_u32..).filter_map(|number| slug(&[stem, &number.to_string()]));
    let mut candidates = slug(&[stem]).into_iter().chain(numbered);
    candidates.find(is_free).unwrap_or(id)
}

/// Returns the words of fields; of a date the year, for a day would make the id longer than it must be.
fn of_fields(keys: &[&str], said: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let words = keys.iter().filter_map(|key| match *key {
        "date" => said(key).map(|date| year(&date).to_owned()),
        _ => said(key),
    });
    words.collect()
}

/// Returns the first author with the year, `perez2024`, or the title, with the year where it has none.
fn of_source(said: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let issued = said("issued").unwrap_or_default();
    let year = year(&issued).to_owned();
    match (said("author"), said("title")) {
        (Some(authors), _) => vec![format!("{}{year}", first(&authors))],
        (None, Some(title)) if has_year(&title) => vec![title],
        (None, title) => title.into_iter().chain([year]).collect(),
    }
}

/// Returns the year with which a date begins.
fn year(date: &str) -> &str {
    date.get(..4).unwrap_or(date)
}

/// Says whether a text has a number of four digits.
fn has_year(text: &str) -> bool {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit());
    numbers.any(|number| number.len() == 4)
}

/// Returns the family name of the first author, or what stands for it.
fn first(authors: &str) -> &str {
    let name = authors.trim_start_matches('{');
    name.split([',', ';', '}']).next().unwrap_or(name)
}

/// Returns the fields that tell a record from others of its kind.
fn naming(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Companies | Kind::Metrics => &["name"],
        Kind::Profiles => &["company", "attribute"],
        Kind::Events => &["company", "event", "date"],
        Kind::Technologies => &["company", "name"],
        Kind::Challenges => &["company", "title"],
        Kind::Strategies => &["company", "kind", "title"],
        Kind::Experience => &["company", "theme"],
        Kind::Kpis => &["company", "metric", "period"],
        Kind::Swot => &["company", "kind", "factor"],
        Kind::Hypotheses => &["ordinal"],
        Kind::Findings => &["kind", "ordinal"],
        Kind::Concepts => &["term"],
        Kind::Sources => &["author", "title", "issued"],
    }
}

/// Returns the words of a slug that have room.
fn short(slug: &str) -> &str {
    match slug.get(..LONGEST) {
        Some(head) if slug.as_bytes().get(LONGEST) != Some(&b'-') => {
            head.rsplit_once('-').map_or(head, |(words, _)| words)
        }
        Some(head) => head,
        None => slug,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(kind: Kind, said: &[(&str, &str)], taken: &[&str]) -> String {
        let taken: Vec<Taken> = taken
            .iter()
            .map(|id| ((*id).to_owned(), Place::file("x.csv")))
            .collect();
        let said = |key: &str| {
            let found = said.iter().find(|(known, _)| *known == key);
            found.map(|(_, text)| (*text).to_owned())
        };
        made(kind, said, &taken).to_string()
    }

    #[test]
    fn an_id_says_what_the_record_says() {
        let event = [
            ("company", "alder"),
            ("event", "ipo"),
            ("date", "1997-05"),
            ("title", "Listed"),
        ];
        assert_eq!(id(Kind::Events, &event, &[]), "alder-ipo-1997");
        assert_eq!(
            id(Kind::Events, &event, &["alder-ipo-1997"]),
            "alder-ipo-1997-2"
        );
        let taken = ["alder-ipo-1997", "alder-ipo-1997-2"];
        assert_eq!(id(Kind::Events, &event, &taken), "alder-ipo-1997-3");
        let long = "An investigation that never ended under rules that nobody knew";
        assert_eq!(
            id(
                Kind::Challenges,
                &[("company", "alder"), ("title", long)],
                &[]
            ),
            "alder-an-investigation-that-never-ended"
        );
    }

    #[test]
    fn a_source_goes_by_its_first_author_and_year() {
        let source = |author| {
            let said = [
                ("author", author),
                ("title", "On trees"),
                ("issued", "2024-05"),
            ];
            id(Kind::Sources, &said, &[])
        };
        assert_eq!(source("Pérez, D.; Root, R."), "perez2024");
        assert_eq!(source("{Leaf, Inc.}"), "leaf2024");
        let report = [("title", "Annual report 2024"), ("issued", "2025-02")];
        assert_eq!(id(Kind::Sources, &report, &[]), "annual-report-2024");
        let undated = [("author", "Wald"), ("title", "On trees")];
        assert_eq!(id(Kind::Sources, &undated, &[]), "wald");
    }

    #[test]
    fn an_id_begins_with_a_letter() {
        assert_eq!(id(Kind::Concepts, &[("term", "5G")], &[]), "concept-5g");
        assert_eq!(id(Kind::Concepts, &[("term", "日本")], &[]), "concept");
        assert_eq!(
            id(Kind::Concepts, &[("term", "日本")], &["concept"]),
            "concept-2"
        );
    }

    #[test]
    fn words_are_not_cut() {
        let fits = "a".repeat(LONGEST);
        assert_eq!(short(&format!("{fits}-b")), fits);
        assert_eq!(short(&fits), fits);
        assert_eq!(short("a-b"), "a-b");
        assert_eq!(short(&format!("a-{fits}")), "a");
    }
}
