//! A dated event, as claimed.

use crate::base::{Citations, Date, Id, Rank, Text};

use super::Kind;
use super::field::{day, first_day, last_day, record, stored};

/// One dated event, as claimed. The subject is the company and the event.
#[derive(Debug, Clone, Default)]
pub struct Event {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// What happened, as a slug that rival claims and other companies share.
    pub event: Text,
    /// When, with the precision of the source.
    pub date: Date,
    /// Kind of event: `founding`, `product`.
    pub category: Text,
    /// What happened, in a few words.
    pub title: Text,
    /// More on it.
    pub detail: Option<Text>,
    /// Standing among rival claims.
    pub rank: Rank,
    /// The domain of technology that the company took up with it, as a slug of those of technologies.
    pub domain: Option<Text>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Event, Kind::Events, events:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, event, "Event").required().detail(),
    stored!(Self, date, "Date").required().gist().claimed(),
    day!(Self, "date_start", "Date from", |record| Some(&record.date), first_day),
    day!(Self, "date_end", "Date to", |record| Some(&record.date), last_day),
    stored!(Self, category, "Category").required().detail(),
    stored!(Self, title, "Event").required().gist(),
    stored!(Self, detail, "Detail").detail(),
    stored!(Self, rank, "Rank"),
    stored!(Self, domain, "Domain").detail(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
