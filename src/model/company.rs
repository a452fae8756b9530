//! A company of the casebook.

use crate::base::fold::same;
use crate::base::{Citations, Id, Text, Value};

use super::Kind;
use super::field::{record, stored};

/// A company, and the names under which it is known.
#[derive(Debug, Clone, Default)]
pub struct Company {
    /// Identifier, as other records name the company.
    pub id: Id,
    /// The name in common use.
    pub name: Text,
    /// The name in law.
    pub legal_name: Option<Text>,
    /// Other names in use.
    pub aliases: Vec<Text>,
    /// The industry, in a few words.
    pub industry: Option<Text>,
    /// Stock-exchange symbol.
    pub ticker: Option<Text>,
    /// Number at the SEC, with `CIK` before it so that it stays text.
    pub cik: Option<Text>,
    /// Item at Wikidata.
    pub wikidata: Option<Text>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

impl Company {
    /// Shows the company: its id for machines, its name for people.
    pub fn to_value(&self) -> Value<'_> {
        Value::code(self.id.as_str(), &*self.name)
    }

    /// Says whether the name is the company's id, name, legal name, ticker or alias, in any case.
    pub fn is_called(&self, name: &str) -> bool {
        self.names().any(|known| same(known, name))
    }

    /// Returns the id as the key of a column: in `snake_case`.
    pub fn key(&self) -> String {
        self.id.as_str().replace('-', "_")
    }

    /// Returns every name under which the company is known.
    fn names(&self) -> impl Iterator<Item = &str> {
        let names = [self.id.as_str(), &self.name].into_iter();
        let optional = [&self.legal_name, &self.ticker].into_iter().flatten();
        names.chain(optional.chain(&self.aliases).map(|name| &**name))
    }
}

record! {
    Company, Kind::Companies, companies:
    stored!(Self, id, "Id").required(),
    stored!(Self, name, "Name").required().gist(),
    stored!(Self, legal_name, "Legal name"),
    stored!(Self, aliases, "Also called").detail(),
    stored!(Self, industry, "Industry"),
    stored!(Self, ticker, "Ticker"),
    stored!(Self, cik, "CIK").detail(),
    stored!(Self, wikidata, "Wikidata").detail(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
