//! A source: an item of CSL-JSON, the citation format that reference managers share.

use std::borrow::Cow;
use std::fmt::Write as _;

use serde::Deserialize;

use crate::base::{Citations, Date, Id, Scalar as _, SourceKind, Text, Type, Value};

use super::field::{day, first_day, last_day, record, stored};
use super::{Field, Kind};

/// A source of the casebook: the subset of CSL-JSON 1.0 that casebooks use, and `custom` for what CSL lacks.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Source {
    /// Identifier, as citations name it.
    pub id: Id,
    /// CSL item type: `article-journal`, `webpage`.
    #[serde(rename = "type")]
    pub item_type: Text,
    /// Title as printed.
    pub title: Text,
    /// Authors, in order.
    #[serde(default)]
    pub author: Vec<Name>,
    /// When it was issued.
    #[serde(default)]
    pub issued: Option<Issued>,
    /// Journal, newspaper, or site that carries it.
    pub container_title: Option<Text>,
    /// Publisher.
    pub publisher: Option<Text>,
    /// Volume.
    pub volume: Option<Text>,
    /// Issue of the volume.
    pub issue: Option<Text>,
    /// Page or pages.
    pub page: Option<Text>,
    /// Number of an article or report.
    pub number: Option<Text>,
    /// Edition of a book.
    pub edition: Option<Text>,
    /// Where the publisher is.
    pub publisher_place: Option<Text>,
    /// Keywords, separated by commas.
    pub keyword: Option<Text>,
    /// Address.
    #[serde(rename = "URL")]
    pub url: Option<Text>,
    /// Digital object identifier.
    #[serde(rename = "DOI")]
    pub doi: Option<Text>,
    /// Language, as a BCP 47 tag.
    pub language: Option<Text>,
    /// The curator's remark.
    pub note: Option<Text>,
    /// What CSL has no place for.
    pub custom: Custom,
}

/// The person or body that made a source.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Name {
    /// Family name of a person.
    pub family: Option<Text>,
    /// Given names of a person.
    pub given: Option<Text>,
    /// Name of a body, or a name that cannot be split.
    pub literal: Option<Text>,
}

impl Name {
    /// Returns the name to sort and cite by: the family name, or all of it.
    fn short(&self) -> &str {
        let name = self.family.as_deref().or(self.literal.as_deref());
        name.unwrap_or_default()
    }

    /// Returns `Family, Given`, or the literal name; one with a comma in braces, as BibTeX keeps a name together.
    fn full(&self) -> Cow<'_, str> {
        match (&self.family, &self.given) {
            (Some(family), Some(given)) => format!("{family}, {given}").into(),
            _ if self.short().contains(',') => format!("{{{}}}", self.short()).into(),
            _ => self.short().into(),
        }
    }
}

/// When a source was issued: `{"date-parts": [[2024, 4, 11]]}`.
#[derive(Debug, Clone, Deserialize)]
#[serde(try_from = "DateParts")]
pub struct Issued(pub Date);

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct DateParts {
    date_parts: Vec<Vec<u16>>,
}

impl TryFrom<DateParts> for Issued {
    type Error = String;

    fn try_from(parts: DateParts) -> Result<Self, String> {
        let mut text = String::new();
        for (span, date) in parts.date_parts.iter().enumerate() {
            text.push_str(if span == 0 { "" } else { "/" });
            for (part, number) in date.iter().enumerate() {
                let written = match part {
                    0 => write!(text, "{number:04}"),
                    _ => write!(text, "-{number:02}"),
                };
                written.map_err(|error| error.to_string())?;
            }
        }
        let date = text.parse().map_err(|_| {
            "`date-parts` must be [[year, month, day]], month and day where known".to_owned()
        })?;
        Ok(Self(date))
    }
}

/// What a casebook says of a source beyond CSL.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Custom {
    /// What the source is to the casebook.
    pub kind: SourceKind,
    /// Where the documents list or mention it.
    pub cite: Option<Citations>,
    /// The source that it is known to be, under another name.
    pub same_as: Option<Id>,
}

impl Source {
    /// Returns a readable reference by author and date, with the DOI if there is one:
    /// `Pallotta & Goodkind (2022). Cronología de Netflix. CNN Entretenimiento.`
    pub fn to_reference(&self) -> String {
        let authors: Vec<&str> = self.author.iter().map(Name::short).collect();
        let authors = match authors.as_slice() {
            [] => None,
            [one] => Some((*one).to_owned()),
            [one, other] => Some(format!("{one} & {other}")),
            [first, ..] => Some(format!("{first} et al.")),
        };
        let year = self.issued.as_ref().map(|issued| issued.0.first().year);
        let year = year.map_or("n.d.".to_owned(), |year| year.to_string());
        let mut text = match authors {
            Some(authors) => format!("{authors} ({year}). {}", ended(&self.title)),
            // What has no author goes by its title.
            None => format!("{} ({year}).", self.title),
        };
        if let Some(container) = self.container_title.as_ref().or(self.publisher.as_ref()) {
            let _ = write!(text, " {container}");
            if let Some(volume) = &self.volume {
                let _ = write!(text, " {volume}");
            }
            if let Some(issue) = &self.issue {
                let _ = write!(text, "({issue})");
            }
            if let Some(page) = &self.page {
                let _ = write!(text, ", {page}");
            }
            text = ended(&text);
        }
        if let Some(doi) = &self.doi {
            let _ = write!(text, " https://doi.org/{doi}");
        }
        text
    }

    fn date(&self) -> Option<&Date> {
        self.issued.as_ref().map(|issued| &issued.0)
    }
}

/// Ends a text with a full stop unless it ends a sentence by itself.
fn ended(text: &str) -> String {
    let stop = if text.ends_with(['.', '?', '!']) {
        ""
    } else {
        "."
    };
    format!("{text}{stop}")
}

/// Makes a field that shows an optional text of a source.
macro_rules! text {
    ($name:ident, $key:literal, $label:literal) => {
        Field::<Source>::derived($key, $label, Type::Text, |source| source.$name.to_value())
            .detail()
    };
}

record! {
    Source, Kind::Sources, sources:
    stored!(Self, id, "Id").required(),
    Field::derived(
        "kind",
        "Kind",
        Type::Code(SourceKind::KEYS),
        |source: &Source| source.custom.kind.to_value(),
    ),
    Field::derived("reference", "Reference", Type::Text, |source: &Source| {
        Value::text(source.to_reference())
    }).gist().echo(),
    Field::derived("type", "Type", Type::Text, |source: &Source| {
        source.item_type.to_value()
    }).detail().required(),
    Field::derived("title", "Title", Type::Text, |source: &Source| {
        source.title.to_value()
    }).detail().required(),
    Field::derived("author", "Author", Type::List, |source: &Source| {
        Value::list(source.author.iter().map(Name::full).collect())
    }).detail(),
    Field::derived("issued", "Issued", Type::Date, |source: &Source| {
        source.date().map_or(Value::Missing, Value::Date)
    }).detail(),
    day!(Self, "issued_start", "Issued from", Source::date, first_day),
    day!(Self, "issued_end", "Issued to", Source::date, last_day),
    text!(container_title, "container", "Published in"),
    text!(publisher, "publisher", "Publisher"),
    text!(volume, "volume", "Volume"),
    text!(issue, "issue", "Issue"),
    text!(page, "page", "Page"),
    text!(number, "number", "Number"),
    text!(edition, "edition", "Edition"),
    text!(publisher_place, "place", "Place"),
    text!(keyword, "keyword", "Keywords"),
    text!(doi, "doi", "DOI"),
    text!(url, "url", "URL"),
    text!(language, "language", "Language"),
    Field::derived("cite", "Listed in", Type::Cites, |source: &Source| {
        source.custom.cite.to_value()
    }),
    Field::derived("same_as", "Same as", Type::Text, |source: &Source| {
        source.custom.same_as.to_value()
    }).detail().refers_to(Kind::Sources),
    text!(note, "note", "Note"),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(json: &str) -> Source {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn writes_references_by_author_and_date() {
        let article = source(
            r#"{"id": "a2024", "type": "article-journal", "title": "On it", "volume": "30", "issue": "11",
                "page": "634-640", "container-title": "Journal", "DOI": "10.1/x",
                "author": [{"family": "Pérez", "given": "D."}, {"family": "B"}, {"literal": "C"}],
                "issued": {"date-parts": [[2024, 11]]}, "custom": {"kind": "study"}}"#,
        );
        assert_eq!(
            article.to_reference(),
            "Pérez et al. (2024). On it. Journal 30(11), 634-640. https://doi.org/10.1/x"
        );
        assert_eq!(article.issued.unwrap().0.to_string(), "2024-11");
        let bare = source(
            r#"{"id": "b", "type": "webpage", "title": "What is it?", "custom": {"kind": "cited"}}"#,
        );
        assert_eq!(bare.to_reference(), "What is it? (n.d.).");
    }

    #[test]
    fn a_name_that_ends_with_a_stop_gets_no_second_one() {
        let json = r#"{"id": "c", "type": "report", "title": "On it.", "publisher": "Leaf, Inc.",
            "author": [{"literal": "B"}], "custom": {"kind": "cited"}}"#;
        assert_eq!(source(json).to_reference(), "B (n.d.). On it. Leaf, Inc.");
    }

    #[test]
    fn refuses_a_date_that_is_none() {
        let json = r#"{"id": "b", "type": "x", "title": "t", "issued": {"date-parts": [[2024, 13]]},
            "custom": {"kind": "cited"}}"#;
        assert!(serde_json::from_str::<Source>(json).is_err());
    }
}
