//! An attribute of a company, as claimed.

use crate::base::{Citations, Date, Id, Rank, Text};

use super::Kind;
use super::field::{day, first_day, last_day, record, stored};

/// One attribute of a company, as claimed. The subject is the company and the attribute.
#[derive(Debug, Clone, Default)]
pub struct Profile {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// Which attribute: `founders`, `business-model`.
    pub attribute: Text,
    /// The attribute's value.
    pub value: Text,
    /// When it held, where that is stated.
    pub period: Option<Date>,
    /// Standing among rival claims.
    pub rank: Rank,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Profile, Kind::Profiles, profiles:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, attribute, "Attribute").required().gist().topic(),
    stored!(Self, value, "Value").required().gist().claimed(),
    stored!(Self, period, "Period").detail(),
    day!(Self, "period_start", "Period from", |record| record.period.as_ref(), first_day),
    day!(Self, "period_end", "Period to", |record| record.period.as_ref(), last_day),
    stored!(Self, rank, "Rank"),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
