//! A technology that a company put to use.

use crate::base::{Citations, Date, Id, Text};

use super::Kind;
use super::field::{day, first_day, last_day, record, stored};

/// A technology that a company put to use.
#[derive(Debug, Clone, Default)]
pub struct Technology {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// Name of the technology.
    pub name: Text,
    /// Who makes it, where that is stated.
    pub vendor: Option<Text>,
    /// What it is for, as a slug that companies share.
    pub domain: Text,
    /// What the company uses it for.
    pub purpose: Option<Text>,
    /// What came of it, as claimed.
    pub effect: Option<Text>,
    /// When it was in use, where that is stated.
    pub period: Option<Date>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Technology, Kind::Technologies, technologies:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, name, "Technology").required().gist(),
    stored!(Self, vendor, "Vendor"),
    stored!(Self, domain, "Domain").required().topic(),
    stored!(Self, purpose, "Purpose").gist(),
    stored!(Self, effect, "Effect"),
    stored!(Self, period, "Period").detail(),
    day!(Self, "period_start", "Period from", |record| record.period.as_ref(), first_day),
    day!(Self, "period_end", "Period to", |record| record.period.as_ref(), last_day),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
