//! Identifiers of records, companies, metrics and sources.

use std::fmt;
use std::str::FromStr;

use serde::Deserialize;

use super::fold::fold;
use super::{Invalid, Text};

/// A lower-case ASCII name, perhaps with digits, `-` and `_`, that begins with a letter: `netflix`, `amazon-ipo-1997`.
///
/// Beginning with a letter keeps it text in every spreadsheet.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(try_from = "Text")]
pub struct Id(Text);

impl Id {
    /// Borrows the identifier as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Says whether a text is an identifier.
    pub fn is_valid(text: &str) -> bool {
        let is_plain =
            |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_';
        text.starts_with(|c: char| c.is_ascii_lowercase()) && text.bytes().all(is_plain)
    }
}

impl TryFrom<Text> for Id {
    type Error = Invalid;

    fn try_from(text: Text) -> Result<Self, Invalid> {
        if Self::is_valid(&text) {
            return Ok(Self(text));
        }
        Err(Invalid::new(
            "an id: lower-case letters, digits, `-` and `_`, beginning with a letter",
        ))
    }
}

impl FromStr for Id {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Text::Owned(text.into()).try_into()
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Makes an id of words: `Alder`, `nps`, `2014/2015` give `alder-nps-2014-2015`. What is no letter or digit only separates.
///
/// `None` where the words have no letter to begin with.
pub fn slug(words: &[&str]) -> Option<Id> {
    let text = words.join("-");
    let text = fold(&text);
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    let parts = text.split(|c| !is_plain(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-").parse().ok()
}

/// Returns a slug in words: without its hyphens.
pub fn words(slug: &str) -> String {
    slug.replace('-', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_make_an_id() {
        let made = |words: &[&str]| slug(words).map(|id| id.to_string());
        assert_eq!(
            made(&["Alder", "", "Cafés & more!"]).unwrap(),
            "alder-cafes-more"
        );
        assert_eq!(made(&["a", "2014/2015"]).unwrap(), "a-2014-2015");
        assert_eq!(made(&["a_b"]).unwrap(), "a_b");
        assert_eq!(made(&["5G"]), None);
        assert_eq!(made(&["日本"]), None);
    }

    #[test]
    fn accepts_slugs_and_refuses_the_rest() {
        for good in ["netflix", "amazon-ipo-1997", "a", "x_y2"] {
            assert_eq!(good.parse::<Id>().unwrap().as_str(), good);
        }
        for bad in ["", "Netflix", "1997-ipo", "a b", "-a", "café"] {
            assert!(bad.parse::<Id>().is_err(), "{bad}");
        }
    }
}
