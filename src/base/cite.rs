//! Citations: a source and the place in it, in Pandoc's syntax.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::{Id, Invalid};

/// A source and the place in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Citation {
    /// The cited source.
    pub source: Id,
    /// Where in the source: table, row, section, page.
    pub locator: Option<Box<str>>,
}

impl fmt::Display for Citation {
    /// Writes `perez2024, Table 2, row 2007`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.source.fmt(f)?;
        match &self.locator {
            Some(locator) => write!(f, ", {locator}"),
            None => Ok(()),
        }
    }
}

/// The citations of one record: `@perez2024, Table 2, row 2007; @mesbah2025, III-2.1`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Citations(Box<[Citation]>);

impl Citations {
    /// Borrows the citations, in the order written.
    pub fn as_slice(&self) -> &[Citation] {
        &self.0
    }
}

impl FromStr for Citations {
    type Err = Invalid;

    /// Reads citations separated by `;`, within Pandoc's square brackets or without.
    fn from_str(text: &str) -> Result<Self, Invalid> {
        let bare = text.strip_prefix('[').and_then(|t| t.strip_suffix(']'));
        let citations: Result<Box<[Citation]>, Invalid> =
            bare.unwrap_or(text).split(';').map(citation).collect();
        citations.map(Self)
    }
}

fn citation(text: &str) -> Result<Citation, Invalid> {
    let invalid = || {
        Invalid::new("citations")
            .hint("write `@source, place in it`, several separated by `;`: `@perez2024, Table 2`")
    };
    let rest = text.trim().strip_prefix('@').ok_or_else(invalid)?;
    let (source, locator) = match rest.split_once(',') {
        Some((source, locator)) => (source, Some(locator.trim())),
        None => (rest, None),
    };
    if locator.is_some_and(|locator| locator.is_empty() || locator.contains('@')) {
        return Err(invalid());
    }
    Ok(Citation {
        source: source.trim().parse().map_err(|_| invalid())?,
        locator: locator.map(Into::into),
    })
}

impl TryFrom<String> for Citations {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_pandoc_citations_with_and_without_brackets() {
        let text = "@perez2024, Table 2, row 2007; @mesbah2025, III-2.1";
        let citations: Citations = text.parse().unwrap();
        let [first, second] = citations.as_slice() else {
            panic!("two citations")
        };
        assert_eq!(first.to_string(), "perez2024, Table 2, row 2007");
        assert_eq!(second.locator.as_deref(), Some("III-2.1"));
        assert_eq!(format!("[{text}]").parse::<Citations>().unwrap(), citations);
        let bare: Citations = "@bain2023".parse().unwrap();
        assert_eq!(bare.as_slice().first().unwrap().locator, None);
    }

    #[test]
    fn refuses_what_is_not_a_citation() {
        for bad in ["perez2024", "@", "@a,", "@a, b @c", "@a; ", "@A B", ""] {
            assert!(bad.parse::<Citations>().is_err(), "{bad}");
        }
    }
}
