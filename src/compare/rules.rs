//! The rules: for each reason, when it holds between two values, and how far it weakens the verdict.

use std::ops::Deref;

use crate::base::fold::same;
use crate::base::{Date, Quantity, Relation, SourceKind};
use crate::model::{Kpi, Records, Source, origins};

use super::figure::Figure;
use super::reason::Reason;
use super::sample::{Finding, finding};
use super::terms::{Distance, Terms};
use super::verdict::Verdict;

/// A value and what must be looked up to weigh it, found once for all pairs.
pub(super) struct Weighed<'a> {
    /// The value.
    pub figure: Figure<'a>,
    /// The sources that it goes back to.
    origins: Vec<&'a str>,
    /// What is doubtful about these.
    doubt: Option<String>,
}

impl<'a> Weighed<'a> {
    /// Looks up what weighs a value.
    pub(super) fn of(figure: Figure<'a>, terms: &Terms<'a>) -> Self {
        let kpi = figure.kpi;
        Self {
            figure,
            origins: origins(&kpi.cite, kpi.via.as_ref(), terms.sources),
            doubt: doubt(kpi, terms.sources),
        }
    }
}

impl<'a> Deref for Weighed<'a> {
    type Target = Figure<'a>;

    fn deref(&self) -> &Figure<'a> {
        &self.figure
    }
}

/// A rule: from the typed fields of two values to the best verdict that is left.
pub(super) struct Rule {
    /// Its reason.
    pub reason: Reason,
    /// Returns the best verdict that it leaves to two values; `None` when it does not hold.
    pub cap: fn(&Weighed<'_>, &Weighed<'_>, &Terms<'_>) -> Option<Verdict>,
    /// Says how it stands with one of the values.
    pub shows: fn(&Weighed<'_>) -> String,
}

/// All rules that look at two values.
pub(super) const RULES: [Rule; 11] = [
    Rule {
        reason: Reason::Metric,
        cap: |left, right, _| (!is_one_concept(left, right)).then_some(Verdict::NotComparable),
        shows: |figure| figure.metric.name.to_string(),
    },
    Rule {
        reason: Reason::Unit,
        cap: |left, right, _| (!same(left.unit(), right.unit())).then_some(Verdict::NotComparable),
        shows: |figure| figure.unit().to_owned(),
    },
    Rule {
        reason: Reason::Denominator,
        cap: |left, right, _| {
            is_other(left.denominator(), right.denominator()).then_some(Verdict::NotComparable)
        },
        shows: |figure| stated(figure.denominator()),
    },
    Rule {
        reason: Reason::Instrument,
        cap: |left, right, _| is_other_instrument(left, right).then_some(Verdict::NotComparable),
        shows: |figure| {
            let end =
                |end: Option<Quantity>| end.map_or("not stated".into(), |end| end.to_string());
            let (least, most) = (end(figure.metric.scale_min), end(figure.metric.scale_max));
            let asked = stated(figure.metric.instrument.as_deref());
            format!("{asked} (results from {least} to {most})")
        },
    },
    Rule {
        reason: Reason::Polarity,
        cap: |left, right, _| {
            let is_same = left.metric.polarity == right.metric.polarity;
            (!is_same).then_some(Verdict::NotComparable)
        },
        shows: |figure| format!("better: {}", figure.metric.polarity.label()),
    },
    Rule {
        reason: Reason::Period,
        cap: period,
        shows: |figure| {
            let period = stated(figure.kpi.period.as_ref().map(Date::as_str));
            match &figure.kpi.base_period {
                Some(base) => format!("{period} against {base}"),
                None => period,
            }
        },
    },
    Rule {
        reason: Reason::Population,
        cap: population,
        shows: |figure| stated(figure.kpi.population.as_deref()),
    },
    Rule {
        reason: Reason::Relation,
        cap: |left, right, _| {
            let is_hedged = !left.is_plain() || !right.is_plain();
            let is_clear = left.order(right).is_some();
            is_hedged.then_some(if is_clear {
                Verdict::Differs
            } else {
                Verdict::CannotTell
            })
        },
        shows: |figure| hedge(figure.kpi.relation).to_owned(),
    },
    Rule {
        reason: Reason::Sample,
        cap: |left, right, _| match finding(left, right)? {
            Finding::Differs => None,
            Finding::NoEvidence => Some(Verdict::NoEvidence),
            Finding::Unknown => Some(Verdict::CannotTell),
        },
        shows: |figure| {
            let answers = match figure.kpi.sample_size {
                Some(1) => "1 answer".into(),
                Some(size) => format!("{size} answers"),
                None => "no sample size published".into(),
            };
            match figure.kpi.interval() {
                Some((low, high)) => format!("{answers}, interval from {low} to {high}"),
                None => answers,
            }
        },
    },
    Rule {
        reason: Reason::Source,
        cap: |left, right, _| {
            let is_shared = left.origins.iter().any(|id| right.origins.contains(id));
            // Two surveys differ in more than whom they ask about; two ledgers should not.
            let is_surveyed = left.is_surveyed() || right.is_surveyed();
            (!is_shared).then_some(if is_surveyed {
                Verdict::CannotTell
            } else {
                Verdict::Differs
            })
        },
        shows: |figure| figure.origins.join(", "),
    },
    Rule {
        reason: Reason::Origin,
        cap: |left, right, _| {
            let is_doubtful = left.doubt.is_some() || right.doubt.is_some();
            is_doubtful.then_some(Verdict::Differs)
        },
        shows: |figure| {
            let doubt = figure.doubt.clone();
            doubt.unwrap_or_else(|| figure.origins.join(", "))
        },
    },
];

/// Says whether two values are of one metric, or of rival definitions of one.
fn is_one_concept(left: &Figure<'_>, right: &Figure<'_>) -> bool {
    fn concept<'a>(figure: &Figure<'a>) -> &'a str {
        let metric = figure.metric;
        metric.rival_of.as_ref().unwrap_or(&metric.id).as_str()
    }
    concept(left) == concept(right)
}

/// Says whether the questions or the scales of the results differ.
fn is_other_instrument(left: &Figure<'_>, right: &Figure<'_>) -> bool {
    let end = |left: Option<Quantity>, right: Option<Quantity>| match (left, right) {
        (Some(left), Some(right)) => left.value().total_cmp(&right.value()).is_ne(),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    };
    let (left, right) = (left.metric, right.metric);
    is_other(left.instrument.as_deref(), right.instrument.as_deref())
        || (left.instrument.is_some()
            && (end(left.scale_min, right.scale_min) || end(left.scale_max, right.scale_max)))
}

/// A change is for its period and from its base: both must fit.
fn period(left: &Weighed<'_>, right: &Weighed<'_>, terms: &Terms<'_>) -> Option<Verdict> {
    let (left, right) = (left.kpi, right.kpi);
    let of_period = terms.distance(left.period.as_ref(), right.period.as_ref());
    let of_base = match (&left.base_period, &right.base_period) {
        (None, None) => Distance::None,
        (left, right) => terms.distance(left.as_ref(), right.as_ref()),
    };
    match of_period.max(of_base) {
        Distance::None => None,
        Distance::Allowed => Some(Verdict::Differs),
        Distance::Unclear => Some(Verdict::CannotTell),
        Distance::TooFar => Some(Verdict::NotComparable),
    }
}

/// A survey has a population whether it is stated or not; other values are of the whole company unless they say more.
fn population(left: &Weighed<'_>, right: &Weighed<'_>, _: &Terms<'_>) -> Option<Verdict> {
    let is_surveyed = left.is_surveyed() || right.is_surveyed();
    match (&left.kpi.population, &right.kpi.population) {
        (Some(left), Some(right)) => (!same(left, right)).then_some(Verdict::NotComparable),
        (None, None) => is_surveyed.then_some(Verdict::CannotTell),
        (Some(_), None) | (None, Some(_)) => Some(Verdict::CannotTell),
    }
}

/// Says whether two texts differ, or only one is stated.
fn is_other(left: Option<&str>, right: Option<&str>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => !same(left, right),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    }
}

fn stated(text: Option<&str>) -> String {
    text.unwrap_or("not stated").to_owned()
}

fn hedge(relation: Relation) -> &'static str {
    match relation {
        Relation::Eq => "a value",
        Relation::Approx => "about",
        Relation::Gt => "more than",
        Relation::Ge => "at least",
        Relation::Lt => "less than",
        Relation::Le => "up to",
    }
}

/// Returns what is doubtful about the origin of a value, `None` when it names one that can be found. A source that
/// is itself primary needs no further origin.
fn doubt(kpi: &Kpi, sources: &Records<Source>) -> Option<String> {
    let kind = |id: &str| sources.by_id(id).map(|source| source.custom.kind);
    let Some(via) = &kpi.via else {
        let mut cited = kpi.cite.iter();
        let is_primary = cited.any(|c| kind(c.source) == Some(SourceKind::Primary));
        return (!is_primary).then(|| "not stated".to_owned());
    };
    let origins = via.iter().map(|citation| citation.source);
    let unresolved =
        origins.filter(|id| kind(id).is_none_or(|kind| kind == SourceKind::Unresolved));
    let unresolved: Vec<&str> = unresolved.collect();
    (!unresolved.is_empty()).then(|| format!("{} is cited but never listed", unresolved.join(", ")))
}
