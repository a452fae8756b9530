//! Sources are JSON: the object that their fields make.

use crate::base::{Citations, Date, Invalid, SourceKind};
use crate::model::{FieldInfo, Kind};
use crate::package::{Json, Problem, descriptions};

use super::arguments::option;
use super::columns::problem;
use super::fields::Said;

/// The member that each field is, in the order of CSL items; what CSL has no place for is within `custom`.
const MEMBERS: [(&str, &str); 21] = [
    ("id", "id"),
    ("type", "type"),
    ("title", "title"),
    ("author", "author"),
    ("issued", "issued"),
    ("container", "container-title"),
    ("publisher", "publisher"),
    ("place", "publisher-place"),
    ("volume", "volume"),
    ("issue", "issue"),
    ("page", "page"),
    ("number", "number"),
    ("edition", "edition"),
    ("doi", "DOI"),
    ("url", "URL"),
    ("language", "language"),
    ("keyword", "keyword"),
    ("note", "note"),
    ("kind", "custom.kind"),
    ("cite", "custom.cite"),
    ("same_as", "custom.same_as"),
];

/// Returns the fields of a source that are members of its object.
pub(super) fn fields() -> Vec<FieldInfo> {
    let fields = Kind::Sources.fields().into_iter();
    let own = fields.filter(|field| MEMBERS.iter().any(|(key, _)| *key == field.key));
    let own = own.map(|field| FieldInfo {
        is_required: field.is_required || field.key == "kind",
        ..field
    });
    own.collect()
}

/// Returns a sentence on each field.
pub(super) fn described() -> Vec<(String, String)> {
    let members = descriptions(Kind::Sources.key());
    let described = MEMBERS.iter().map(|(key, member)| {
        let mut members = members.iter();
        let text = match *key {
            "author" => "Authors in order, as in BibTeX: Family, Given; {A Body, Inc.}; Name",
            "issued" => {
                "When it was issued: a year, a month, a day, or two of these with / between"
            }
            _ => members
                .find(|(name, _)| name == member)
                .map_or("", |(_, text)| text),
        };
        ((*key).to_owned(), text.to_owned())
    });
    described.collect()
}

/// Checks the text of a field.
///
/// # Errors
/// Says what the field wants instead.
pub(super) fn check(key: &str, text: &str) -> Result<(), Invalid> {
    match key {
        "kind" => text.parse::<SourceKind>().map(|_| ()),
        "cite" => text.parse::<Citations>().map(|_| ()),
        "issued" => issued(text).map(|_| ()),
        _ => Ok(()),
    }
}

/// Makes sure that a further member of the object is none that something else makes.
///
/// # Errors
/// Says what makes it.
pub(super) fn check_member(name: &str) -> Result<(), Problem> {
    let mut members = MEMBERS.iter();
    let own = members.find(|(key, member)| [*key, member].contains(&name));
    if let Some((key, _)) = own {
        let problem = problem(format!("`{name}` has an option of its own"));
        return Err(problem.hint(Some(format!("write {} instead", option(key)))));
    }
    let mut fields = Kind::Sources.fields().into_iter();
    if name == "custom" || fields.any(|field| field.key == name) {
        let problem = problem(format!("`{name}` follows from other fields"));
        return Err(problem.hint(Some("leave it out")));
    }
    Ok(())
}

/// Makes the object of what is said, which is right.
pub(super) fn object(said: &Said) -> Json {
    let (mut members, mut custom) = (Vec::new(), Vec::new());
    for (key, name) in MEMBERS {
        let Some(text) = said.text(key) else { continue };
        match name.strip_prefix("custom.") {
            Some(name) => custom.push((name, Json::Text(text))),
            None => members.push((name, value(key, text))),
        }
    }
    for (name, text) in &said.extras {
        members.push((name.clone().leak(), Json::Text(text.clone())));
    }
    members.push(("custom", Json::Object(custom)));
    Json::Object(members)
}

fn value(key: &str, text: String) -> Json {
    match key {
        "author" => Json::List(authors(&text)),
        "issued" => issued(&text).unwrap_or(Json::Text(text)),
        _ => Json::Text(text),
    }
}

/// Reads `Family, Given; {A Body, Inc.}; Name`, as BibTeX writes names.
fn authors(text: &str) -> Vec<Json> {
    let names = text
        .split(';')
        .map(str::trim)
        .filter(|name| !name.is_empty());
    let names = names.map(|name| {
        let text = |text: &str| Json::Text(text.trim().into());
        let whole = name
            .strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'));
        Json::Object(match (whole, name.split_once(',')) {
            (None, Some((family, given))) => vec![("family", text(family)), ("given", text(given))],
            (whole, _) => vec![("literal", text(whole.unwrap_or(name)))],
        })
    });
    names.collect()
}

/// Reads a date into the numbers of its parts.
fn issued(text: &str) -> Result<Json, Invalid> {
    let date: Date = text.parse()?;
    let numbers = |day: &str| {
        let parts = day.split('-').map(|part| part.parse().map(Json::Number));
        parts.collect::<Result<_, _>>().map(Json::List)
    };
    let ends: Result<Vec<Json>, _> = date.as_str().split('/').map(numbers).collect();
    let ends = ends.map_err(|_| {
        Invalid::new("a year, a month, a day, or two of these with `/` between")
            .hint("CSL dates have no quarters and no signs of doubt: 2024, 2024-05, 2023/2024")
    })?;
    Ok(Json::Object(vec![("date-parts", Json::List(ends))]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_is_a_member() {
        let fields: Vec<&str> = fields().iter().map(|field| field.key).collect();
        for (key, _) in MEMBERS {
            assert!(fields.contains(&key), "{key}");
        }
        assert!(described().iter().all(|(_, text)| !text.is_empty()));
        let derived = ["reference", "issued_start", "issued_end"];
        let all = Kind::Sources.fields();
        let mut others = all.iter().filter(|field| !derived.contains(&field.key));
        assert!(others.all(|field| fields.contains(&field.key)));
    }

    #[test]
    fn names_are_split_as_bibtex_splits_them() {
        let name = |name: &'static str, text: &str| (name, Json::Text(text.into()));
        assert_eq!(
            authors("Root, R. J.; {Leaf, Inc.};; Wald "),
            [
                Json::Object(vec![name("family", "Root"), name("given", "R. J.")]),
                Json::Object(vec![name("literal", "Leaf, Inc.")]),
                Json::Object(vec![name("literal", "Wald")]),
            ]
        );
    }

    #[test]
    fn a_date_is_numbers() {
        let list =
            |numbers: &[u16]| Json::List(numbers.iter().copied().map(Json::Number).collect());
        let made = |ends: Vec<Json>| Json::Object(vec![("date-parts", Json::List(ends))]);
        assert_eq!(issued("2024-05"), Ok(made(vec![list(&[2024, 5])])));
        assert_eq!(
            issued("2023/2024"),
            Ok(made(vec![list(&[2023]), list(&[2024])]))
        );
        for bad in ["2024-Q1", "2024~", "2024/..", "May"] {
            assert!(issued(bad).is_err(), "{bad}");
        }
    }
}
