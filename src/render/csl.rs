//! CSL-JSON, the citation format of Zotero, Pandoc and other reference managers.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use crate::report::Report;

use super::bibliography::Item;

/// The fields taken over as they are: the name in CSL, the key of the column.
const FIELDS: [(&str, &str); 14] = [
    ("id", "id"),
    ("type", "type"),
    ("title", "title"),
    ("container-title", "container"),
    ("publisher", "publisher"),
    ("publisher-place", "place"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("page", "page"),
    ("number", "number"),
    ("edition", "edition"),
    ("DOI", "doi"),
    ("URL", "url"),
    ("language", "language"),
];

/// Writes an array with an item a line.
pub(super) fn render(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut gap = "[\n";
    if let Some(table) = report.tables.into_iter().next() {
        for row in table.rows {
            out.write_all(gap.as_bytes())?;
            serde_json::to_writer(&mut *out, &object(&Item::new(&table.columns, &row)))?;
            gap = ",\n";
        }
    }
    out.write_all(if gap == "[\n" { b"[]\n" } else { b"\n]\n" })
}

fn object(item: &Item<'_, '_>) -> Json {
    let mut object = Map::new();
    let more = [("keyword", "keyword"), ("note", "note")];
    for (name, key) in FIELDS.into_iter().chain(more) {
        let text = item.text(key);
        if !text.is_empty() {
            object.insert(name.into(), Json::from(&*text));
        }
    }
    let authors: Vec<Json> = item
        .list("author")
        .iter()
        .map(|name| author(name))
        .collect();
    if !authors.is_empty() {
        object.insert("author".into(), Json::Array(authors));
    }
    let date = item.date();
    if !date.is_empty() {
        object.insert("issued".into(), json!({ "date-parts": date }));
    }
    Json::Object(object)
}

/// Writes an author by family and given names, or as one name where it is not split.
fn author(name: &str) -> Json {
    let bare = name
        .strip_prefix('{')
        .and_then(|name| name.strip_suffix('}'));
    match (bare, name.split_once(", ")) {
        (None, Some((family, given))) => json!({ "family": family, "given": given }),
        (bare, _) => json!({ "literal": bare.unwrap_or(name) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_as_they_came() {
        assert_eq!(
            author("Tuñón, J."),
            json!({"family": "Tuñón", "given": "J."})
        );
        assert_eq!(author("Netflix"), json!({"literal": "Netflix"}));
        assert_eq!(
            author("{Amazon.com, Inc.}"),
            json!({"literal": "Amazon.com, Inc."})
        );
    }
}
