//! What a study asks, does, finds, and advises.

use crate::base::{Citations, FindingKind, Id, Text};

use super::Kind;
use super::field::{record, stored};

/// A question, an objective, a finding, a conclusion or a recommendation of a source, or an opinion of its readers.
#[derive(Debug, Clone, Default)]
pub struct Finding {
    /// Identifier.
    pub id: Id,
    /// The company that it is about; `None` when it is about all of them, or none.
    pub company: Option<Id>,
    /// What part of a study it is.
    pub kind: FindingKind,
    /// Its place among those of the same kind and source, from 1.
    pub ordinal: u32,
    /// What is stated.
    pub text: Text,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Finding, Kind::Findings, findings:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").refers_to(Kind::Companies),
    stored!(Self, kind, "Kind").required(),
    stored!(Self, ordinal, "No.").required(),
    stored!(Self, text, "Text").required().gist(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
