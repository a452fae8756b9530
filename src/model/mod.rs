//! The records of a casebook, and their fields as data.
//!
//! A record kind is one file with its struct and its [`Record::FIELDS`]. Everything that lists, filters, sorts,
//! exports or loads records walks those fields; only a command that is about one kind names its columns.

mod casebook;
mod challenge;
mod claim;
mod company;
mod concept;
mod event;
mod experience;
mod extras;
mod field;
mod finding;
mod hypothesis;
mod independence;
mod kind;
mod kpi;
mod metric;
mod other;
mod profile;
mod records;
mod source;
mod strategy;
mod subject;
mod swot;
mod technology;

pub use casebook::Casebook;
pub use challenge::Challenge;
pub use claim::{Claim, Statement};
pub use company::Company;
pub use concept::Concept;
pub use event::Event;
pub use experience::Experience;
pub use extras::Extras;
pub use field::{Field, FieldInfo, Target};
pub use finding::Finding;
pub use hypothesis::{Evidence, Hypothesis};
pub use independence::{Support, identified, origins, support};
pub use kind::Kind;
pub(crate) use kind::of_kind;
pub use kpi::Kpi;
pub use metric::Metric;
pub use other::Other;
pub use profile::Profile;
pub use records::{Collection, Record, Records};
pub use source::Source;
pub use strategy::Strategy;
pub use subject::{AnySubject, Subject, subjects};
pub use swot::SwotCell;
pub use technology::Technology;
