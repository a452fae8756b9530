//! A term and what a source says of it.

use crate::base::{Citations, Id, Text};

use super::Kind;
use super::field::{record, stored};

/// An entry of the glossary.
#[derive(Debug, Clone, Default)]
pub struct Concept {
    /// Identifier.
    pub id: Id,
    /// What the terms of a group have in common, as a slug.
    pub group: Text,
    /// Its place in the group, from 1.
    pub ordinal: u32,
    /// The term.
    pub term: Text,
    /// What the source says of it.
    pub definition: Text,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Concept, Kind::Concepts, concepts:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, group, "Group").required(),
    stored!(Self, ordinal, "No.").required(),
    stored!(Self, term, "Term").required().gist(),
    stored!(Self, definition, "Definition").required().gist(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via"),
    stored!(Self, note, "Note").detail(),
}
