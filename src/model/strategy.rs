//! A strategy of a company.

use crate::base::{Citations, Id, Text};

use super::Kind;
use super::field::{record, stored};

/// What a company does, or aims at, on purpose: a strategy, an alignment, a pillar, a channel, a trait of its culture.
#[derive(Debug, Clone, Default)]
pub struct Strategy {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// What sort of strategy it is, as a slug that companies share.
    pub kind: Text,
    /// What it is about, as a slug that companies share.
    pub theme: Text,
    /// The strategy in a few words.
    pub title: Text,
    /// More about it.
    pub detail: Option<Text>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Strategy, Kind::Strategies, strategies:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, kind, "Kind").required(),
    stored!(Self, theme, "Theme").required().topic(),
    stored!(Self, title, "Strategy").required().gist(),
    stored!(Self, detail, "Detail").gist(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
