//! The kinds of record that a casebook holds.

use crate::base::code::codes;
use crate::base::{Invalid, Text};

use super::{FieldInfo, Record};

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

/// Uses the record type of a kind that is only known at run time: `of_kind!(kind, Record => Record::FIELDS.len())`.
macro_rules! of_kind {
    ($kind:expr, $record:ident => $use:expr) => {
        $crate::model::of_kind!(
            $kind, $record => $use,
            Companies: Company, Profiles: Profile, Events: Event, Technologies: Technology,
            Challenges: Challenge, Strategies: Strategy, Experience: Experience, Metrics: Metric,
            Kpis: Kpi, Swot: SwotCell, Hypotheses: Hypothesis, Findings: Finding,
            Concepts: Concept, Sources: Source,
        )
    };
    ($kind:expr, $record:ident => $use:expr, $($variant:ident: $type:ident),+ $(,)?) => {
        match $kind {
            $( $crate::model::Kind::$variant => {
                type $record = $crate::model::$type;
                $use
            } )+
        }
    };
}

pub(crate) use of_kind;

impl Kind {
    /// Returns what is known of its fields, in the order of columns.
    pub fn fields(self) -> Vec<FieldInfo> {
        of_kind!(self, R => R::FIELDS.iter().map(|field| field.info).collect())
    }

    /// Returns what is known of the fields that stand in its file, in the order of columns; where the file is JSON, those are not all.
    pub fn stored(self) -> Vec<FieldInfo> {
        of_kind!(self, R => {
            let stored = R::FIELDS.iter().filter(|field| field.set.is_some());
            stored.map(|field| field.info).collect()
        })
    }

    /// Checks the text of a cell that is not empty, by itself.
    ///
    /// # Errors
    /// Says what the field of that key wants instead.
    pub fn check(self, key: &str, text: &Text) -> Result<(), Invalid> {
        of_kind!(self, R => {
            let field = R::FIELDS.iter().find(|field| field.info.key == key);
            match field.and_then(|field| field.set) {
                Some(set) => set(&mut R::default(), text),
                None => Ok(()),
            }
        })
    }

    /// Returns what a record says in a field of which its row says nothing; empty for nothing.
    pub fn silent(self, key: &str) -> String {
        of_kind!(self, R => {
            let field = R::FIELDS.iter().find(|field| field.info.key == key);
            let blank = R::default();
            field.map_or_else(String::new, |field| (field.get)(&blank).plain().into_owned())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_checks_the_cells_of_its_records() {
        for kind in Kind::ALL {
            assert_eq!(of_kind!(kind, R => R::KIND), *kind);
            assert!(kind.fields().iter().any(|field| field.key == "id"));
        }
        let wrong = Kind::Events.check("date", &"soon".into()).unwrap_err();
        assert_eq!(wrong.wanted, "a date");
        assert_eq!(Kind::Events.check("date", &"1997-05".into()), Ok(()));
        assert_eq!(Kind::Events.silent("rank"), "normal");
        assert_eq!(Kind::Events.silent("note"), "");
        let derived = |field: &FieldInfo| field.key == "date_start";
        assert!(Kind::Events.fields().iter().any(derived));
        assert!(!Kind::Events.stored().iter().any(derived));
    }
}
