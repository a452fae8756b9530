//! A casebook: one slot a kind, filled when a command needs it.

use std::cell::OnceCell;

use super::{
    Challenge, Company, Concept, Event, Experience, Finding, Hypothesis, Kpi, Metric, Profile,
    Records, Source, Strategy, SwotCell, Technology,
};

/// The tables of a casebook that have been loaded so far.
#[derive(Debug, Default)]
pub struct Casebook {
    pub(super) companies: OnceCell<Records<Company>>,
    pub(super) profiles: OnceCell<Records<Profile>>,
    pub(super) events: OnceCell<Records<Event>>,
    pub(super) technologies: OnceCell<Records<Technology>>,
    pub(super) challenges: OnceCell<Records<Challenge>>,
    pub(super) strategies: OnceCell<Records<Strategy>>,
    pub(super) experience: OnceCell<Records<Experience>>,
    pub(super) metrics: OnceCell<Records<Metric>>,
    pub(super) kpis: OnceCell<Records<Kpi>>,
    pub(super) swot: OnceCell<Records<SwotCell>>,
    pub(super) hypotheses: OnceCell<Records<Hypothesis>>,
    pub(super) findings: OnceCell<Records<Finding>>,
    pub(super) concepts: OnceCell<Records<Concept>>,
    pub(super) sources: OnceCell<Records<Source>>,
}
