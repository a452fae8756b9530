//! A challenge that a company met.

use crate::base::{Citations, Id, Text};

use super::Kind;
use super::field::{record, stored};

/// A challenge that a company met.
#[derive(Debug, Clone, Default)]
pub struct Challenge {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// Kind of challenge, as a slug that companies share.
    pub category: Text,
    /// The challenge, in a few words.
    pub title: Text,
    /// More on it.
    pub detail: Option<Text>,
    /// What the company did about it, as claimed.
    pub response: Option<Text>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Challenge, Kind::Challenges, challenges:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, category, "Category").required().topic(),
    stored!(Self, title, "Challenge").required().gist(),
    stored!(Self, detail, "Detail"),
    stored!(Self, response, "Response"),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
