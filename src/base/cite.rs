//! Citations: a source and the place in it, in Pandoc's syntax.

use std::fmt::{self, Write as _};
use std::str::FromStr;

use serde::Deserialize;

use super::{Id, Invalid, Text};

/// A source and the place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Citation<'a> {
    /// The id of the cited source.
    pub source: &'a str,
    /// Where in the source: table, row, section, page.
    pub locator: Option<&'a str>,
}

impl Citation<'_> {
    /// Says that its source is none.
    pub fn unresolved(&self) -> String {
        format!(
            "cites `{}`, which is no source of the casebook",
            self.source
        )
    }
}

impl fmt::Display for Citation<'_> {
    /// Writes `perez2024, Table 2, row 2007`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.source)?;
        match self.locator {
            Some(locator) => write!(f, ", {locator}"),
            None => Ok(()),
        }
    }
}

/// The citations of one record: `@perez2024, Table 2, row 2007; @mesbah2025, III-2.1`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Text")]
pub struct Citations(Text);

impl Citations {
    /// Returns the citations, in the order written.
    pub fn iter(&self) -> impl Iterator<Item = Citation<'_>> {
        parts(&self.0).filter_map(citation)
    }
}

impl TryFrom<Text> for Citations {
    type Error = Invalid;

    /// Reads citations separated by `;`, within Pandoc's square brackets or without.
    fn try_from(text: Text) -> Result<Self, Invalid> {
        let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        let text = bare.map_or_else(|| text.clone(), |bare| Text::Owned(bare.into()));
        if parts(&text).all(|part| citation(part).is_some()) {
            return Ok(Self(text));
        }
        Err(Invalid::new("citations")
            .hint("write `@source, place in it`, several separated by `;`: `@perez2024, Table 2`"))
    }
}

impl FromStr for Citations {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Text::Owned(text.into()).try_into()
    }
}

/// Writes citations as Pandoc reads them: `[@perez2024, Table 2, row 2007; @mesbah2025, III-2.1]`.
///
/// The brackets make them ready to paste, and keep a spreadsheet from taking `@` for a formula.
pub fn to_pandoc(citations: &[Citation<'_>]) -> String {
    let mut text = String::from("[");
    for (index, citation) in citations.iter().enumerate() {
        let gap = if index == 0 { "" } else { "; " };
        // A String takes every write.
        let _ = write!(text, "{gap}@{citation}");
    }
    text.push(']');
    text
}

/// Reads one citation, `None` when it is none.
fn citation(text: &str) -> Option<Citation<'_>> {
    let rest = text.trim_ascii().strip_prefix('@')?;
    let (source, locator) = split(rest, b',');
    let (source, locator) = (source.trim_ascii_end(), locator.map(str::trim_ascii));
    let is_place = |locator: &str| !locator.is_empty() && locator.bytes().all(|byte| byte != b'@');
    (locator.is_none_or(is_place) && Id::is_valid(source)).then_some(Citation { source, locator })
}

/// Returns the texts between semicolons.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let (part, after) = split(rest?, b';');
        rest = after;
        Some(part)
    })
}

/// Splits a text at the first of an ASCII byte. For texts this short, faster than the general `str::split_once`.
fn split(text: &str, at: u8) -> (&str, Option<&str>) {
    let end = text
        .bytes()
        .position(|byte| byte == at)
        .unwrap_or(text.len());
    (text.get(..end).unwrap_or(text), text.get(end + 1..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pandoc_citations_with_and_without_brackets() {
        let text = "@perez2024, Table 2, row 2007; @mesbah2025, III-2.1";
        let citations: Citations = text.parse().unwrap();
        let [first, second] = citations.iter().collect::<Vec<_>>()[..] else {
            panic!("two citations")
        };
        assert_eq!(first.to_string(), "perez2024, Table 2, row 2007");
        assert_eq!(second.locator, Some("III-2.1"));
        assert_eq!(format!("[{text}]").parse::<Citations>().unwrap(), citations);
        let bare: Citations = "@bain2023".parse().unwrap();
        assert_eq!(bare.iter().next().unwrap().locator, None);
    }

    #[test]
    fn refuses_what_is_not_a_citation() {
        for bad in ["perez2024", "@", "@a,", "@a, b @c", "@a; ", "@A B", ""] {
            assert!(bad.parse::<Citations>().is_err(), "{bad}");
        }
    }
}
