//! Judges a source by the records that cite it, by rules that know no particular source.

mod contradictions;
mod figures;
mod hypotheses;
mod origins;

use crate::base::code::codes;
use crate::base::{Citation, Value};
use crate::model::{AnySubject, Hypothesis, Kpi, Metric, Records, Source};

codes! {
    /// What may be wrong with a source.
    Rule {
        /// It cites works that it never lists.
        #[default]
        NeverListed = "never-listed", "works cited but never listed";
        /// It names origins of which no more than a name is known.
        UnresolvedOrigin = "unresolved-origin", "origin that cannot be resolved";
        /// It gives figures without saying whose they are.
        NoOrigin = "no-origin", "figures without an origin";
        /// It gives one figure several meanings.
        SeveralMeanings = "several-meanings", "one figure, several meanings";
        /// It contradicts itself.
        SelfContradiction = "self-contradiction", "contradicts itself";
        /// Others contradict it.
        Contradicted = "contradicted", "contradicted by others";
        /// It calls a hypothesis confirmed without a measure that the companies share.
        NoSharedMeasure = "no-shared-measure", "confirmed without a shared measure";
        /// Its figures do not add up.
        Arithmetic = "arithmetic", "arithmetic that does not hold";
    }
}

/// Something wrong, and the records that show it.
#[derive(Debug, PartialEq)]
pub struct Finding<'a> {
    /// The rule that found it.
    pub rule: Rule,
    /// Id of the company that it is about; empty when it is about none or several.
    pub company: &'a str,
    /// What is wrong.
    pub says: Value<'a>,
    /// Ids of the records.
    pub records: Vec<&'a str>,
}

/// A record of any kind and what it rests on.
pub struct Reliance<'a> {
    /// Id of the record.
    pub id: &'a str,
    /// Id of its company; empty when it is about none.
    pub company: String,
    /// Who states it, and where.
    pub cite: Vec<Citation<'a>>,
    /// Whom the sources themselves cite for it.
    pub via: Vec<Citation<'a>>,
}

impl Reliance<'_> {
    /// Says whether a source states it.
    pub fn cites(&self, source: &str) -> bool {
        self.cite.iter().any(|cite| cite.source == source)
    }
}

/// What a source is judged by.
pub struct Evidence<'e, 'a> {
    /// The sources.
    pub sources: &'a Records<Source>,
    /// The metrics.
    pub metrics: &'a Records<Metric>,
    /// The values of metrics.
    pub kpis: &'a Records<Kpi>,
    /// The hypotheses.
    pub hypotheses: &'a Records<Hypothesis>,
    /// Every subject that has claims.
    pub subjects: &'e [AnySubject<'a>],
    /// Every record that cites a source.
    pub reliances: &'e [Reliance<'a>],
}

/// Applies every rule to a source, in the order of the rules.
pub fn audit<'a>(source: &'a Source, evidence: &Evidence<'_, 'a>) -> Vec<Finding<'a>> {
    let mut findings = origins::never_listed(source, evidence);
    findings.extend(origins::unresolved(source, evidence));
    findings.extend(origins::missing(source, evidence));
    findings.extend(figures::several_meanings(source, evidence));
    findings.extend(contradictions::inside(source, evidence));
    findings.extend(contradictions::outside(source, evidence));
    findings.extend(hypotheses::without_shared_measure(source, evidence));
    findings.extend(figures::arithmetic(source, evidence));
    findings
}

/// Returns the name of a metric, or its id where it is not known.
fn metric_name<'a>(id: &'a str, evidence: &Evidence<'_, 'a>) -> &'a str {
    evidence.metrics.by_id(id).map_or(id, |metric| &metric.name)
}
