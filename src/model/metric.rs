//! The definition of a metric.

use crate::base::{Arithmetic, Citations, Id, Polarity, Quantity, Rank, Text};

use super::Kind;
use super::field::{record, stored};

/// The definition of a metric: what its values mean and how they may be compared.
#[derive(Debug, Clone, Default)]
pub struct Metric {
    /// Identifier, as KPI values name the metric.
    pub id: Id,
    /// Its name.
    pub name: Text,
    /// Unit of its values.
    pub unit: Text,
    /// Which direction is better.
    pub polarity: Polarity,
    /// Percent of what; every percentage has one.
    pub denominator: Option<Text>,
    /// The lowest possible value.
    pub scale_min: Option<Quantity>,
    /// The highest possible value.
    pub scale_max: Option<Quantity>,
    /// The question asked and its answer scale, for a metric that is measured by a survey.
    pub instrument: Option<Text>,
    /// What it measures.
    pub definition: Option<Text>,
    /// How it is computed.
    pub formula: Option<Text>,
    /// Arithmetic of other metrics of the same company that must give this one.
    pub identity: Option<Arithmetic>,
    /// Standing among rival definitions.
    pub rank: Rank,
    /// The metric whose definition this one rivals.
    pub rival_of: Option<Id>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

record! {
    Metric, Kind::Metrics, metrics:
    stored!(Self, id, "Id").required(),
    stored!(Self, name, "Name").required().gist(),
    stored!(Self, unit, "Unit").required().claimed(),
    stored!(Self, polarity, "Better").required().claimed(),
    stored!(Self, denominator, "Denominator"),
    stored!(Self, scale_min, "Lowest").detail().claimed(),
    stored!(Self, scale_max, "Highest").detail().claimed(),
    stored!(Self, instrument, "Instrument").detail(),
    stored!(Self, definition, "Definition").gist(),
    stored!(Self, formula, "Formula").detail(),
    stored!(Self, identity, "Identity").detail(),
    stored!(Self, rank, "Rank").detail(),
    stored!(Self, rival_of, "Rival of").detail().refers_to(Kind::Metrics),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}
