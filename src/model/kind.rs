//! The kinds of record that a casebook holds.

use crate::base::code::codes;

codes! {
    /// A table of the casebook: the key is the name of its resource in `datapackage.json`, the label names one row.
    ///
    /// In the order in which a casebook is exported.
    Kind {
        /// The companies.
        #[default]
        Companies = "companies", "company";
        /// Attributes of companies.
        Profiles = "profiles", "profile attribute";
        /// Dated events.
        Events = "events", "event";
        /// Technologies that companies put to use.
        Technologies = "technologies", "technology";
        /// Challenges that companies met.
        Challenges = "challenges", "challenge";
        /// Strategies, pillars, channels and culture.
        Strategies = "strategies", "strategy";
        /// Customer-experience areas.
        Experience = "experience", "customer-experience area";
        /// Definitions of metrics.
        Metrics = "metrics", "metric";
        /// Values of metrics.
        Kpis = "kpis", "kpi";
        /// Cells of SWOT analyses.
        Swot = "swot", "SWOT cell";
        /// Hypotheses and their evidence.
        Hypotheses = "hypotheses", "hypothesis";
        /// Questions, findings and recommendations.
        Findings = "findings", "finding";
        /// Terms and their definitions.
        Concepts = "concepts", "concept";
        /// Sources.
        Sources = "sources", "source";
    }
}
