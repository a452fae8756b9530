//! A customer-experience area.

use crate::base::{Citations, Id, Text};

use super::Kind;
use super::field::{record, stored};

/// A customer-experience area: the technology behind it and its effect on the customer.
#[derive(Debug, Clone, Default)]
pub struct Experience {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// What it is about, as a slug that companies share.
    pub theme: Text,
    /// The area, as the source names it.
    pub area: Text,
    /// The technology behind it.
    pub technology: Option<Text>,
    /// What the customer gets.
    pub effect: Option<Text>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Experience, Kind::Experience, experience:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, theme, "Theme").required().topic(),
    stored!(Self, area, "Area").required().gist(),
    stored!(Self, technology, "Technology"),
    stored!(Self, effect, "Effect on the customer").gist(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
