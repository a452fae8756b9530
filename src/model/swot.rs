//! A cell of a SWOT analysis.

use crate::base::{Citations, Id, SwotKind, Text};

use super::Kind;
use super::field::{record, stored};

/// One cell of a SWOT analysis.
#[derive(Debug, Clone, Default)]
pub struct SwotCell {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// Which quarter.
    pub kind: SwotKind,
    /// What it is about, as companies share it.
    pub factor: Text,
    /// The assessment.
    pub text: Text,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    SwotCell, Kind::Swot, swot:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, kind, "Kind").required().gist(),
    stored!(Self, factor, "Factor").required().gist().topic(),
    stored!(Self, text, "Assessment").required().gist(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
