//! Why two values may not be comparable: every reason, from the typed fields of the claims alone.

use crate::base::code::codes;
use crate::base::{Date, Relation, SourceKind};
use crate::model::{Company, Kpi, Metric, Records, Source};

use super::metric::Side;
use super::sample::answers_needed;

codes! {
    /// Why two values may not be comparable, the gravest first.
    Reason {
        /// A company has no value.
        #[default]
        Missing = "missing", "no value";
        /// The values are in different units.
        Unit = "unit", "different units";
        /// The values are shares of different wholes.
        Denominator = "denominator", "shares of different wholes";
        /// Several claims of one rank contradict each other, and none is chosen.
        Rivals = "rivals", "rival claims of one rank";
        /// A value is a bound or an estimate.
        Relation = "relation", "a bound or an estimate instead of a value";
        /// The values could be equal before rounding.
        Rounding = "rounding", "same within rounding";
        /// The values are for different times, for times that are not stated, or for some time within several years.
        Period = "period", "different, unstated or vague period";
        /// The values cover different people or things, or it is not stated whom.
        Population = "population", "different or unstated population";
        /// No sample size is published, so chance cannot be told from difference.
        Sample = "sample", "unpublished sample";
        /// The origin of a value is not stated, or cannot be found.
        Origin = "origin", "unstated or unresolved origin";
        /// Somebody claims another value.
        Disputed = "disputed", "disputed value";
    }
}

/// Finds every reason for caution, the gravest first.
pub(super) fn cautions(
    metric: &Metric,
    sides: &[Side<'_>],
    sources: &Records<Source>,
) -> Vec<(Reason, String)> {
    let mut found = Vec::new();
    let without = names(sides.iter().filter(|side| side.kpi.is_none()));
    if !without.is_empty() {
        found.push((Reason::Missing, format!("no value for {without}")));
    }
    let valued: Vec<(&Company, &Kpi)> = sides
        .iter()
        .filter_map(|side| side.kpi.map(|kpi| (side.company, kpi)))
        .collect();
    if valued.len() > 1 {
        found.extend(differences(metric, &valued));
    }
    let undecided = names(sides.iter().filter(|side| side.is_undecided()));
    if !undecided.is_empty() {
        let message =
            format!("the claims of {undecided} contradict each other, and none is preferred");
        found.push((Reason::Rivals, message));
    }
    if valued.iter().any(|(_, kpi)| kpi.relation != Relation::Eq) {
        found.push((
            Reason::Relation,
            each(&valued, &|kpi| hedge(kpi.relation).to_owned()),
        ));
    }
    if valued
        .iter()
        .any(|(_, kpi)| doubt_of_origin(kpi, sources).is_some())
    {
        let origin = |kpi: &Kpi| doubt_of_origin(kpi, sources).unwrap_or_else(|| named(kpi));
        found.push((Reason::Origin, each(&valued, &origin)));
    }
    let disputed = names(sides.iter().filter(|side| !side.against.is_empty()));
    if !disputed.is_empty() {
        let message = format!("another claim contradicts the value of {disputed}");
        found.push((Reason::Disputed, message));
    }
    found.sort_by_key(|(reason, _)| *reason);
    found
}

/// Finds the reasons why two values or more may not be of the same thing.
fn differences(metric: &Metric, valued: &[(&Company, &Kpi)]) -> Vec<(Reason, String)> {
    let mut found = Vec::new();
    let unit = |kpi: &Kpi| kpi.unit_of(metric).to_owned();
    if differ(valued, &unit) {
        found.push((Reason::Unit, each(valued, &unit)));
    }
    let stated = |text: Option<&str>| text.unwrap_or("not stated").to_owned();
    let denominator = |kpi: &Kpi| stated(kpi.denominator_of(metric));
    if differ(valued, &denominator) {
        found.push((Reason::Denominator, each(valued, &denominator)));
    }
    let period = |kpi: &Kpi| {
        let period = stated(kpi.period.as_ref().map(Date::as_str));
        match &kpi.base_period {
            Some(base) => format!("{period} against {base}"),
            None => period,
        }
    };
    let is_vague = |kpi: &Kpi| {
        kpi.period
            .as_ref()
            .is_none_or(|period| !is_within_a_year(period))
    };
    let same = |left: &Option<Date>, right: &Option<Date>| match (left, right) {
        (Some(left), Some(right)) => left.is_same_time(right),
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    };
    let differs = valued.windows(2).any(|pair| match pair {
        [(_, left), (_, right)] => {
            !same(&left.period, &right.period) || !same(&left.base_period, &right.base_period)
        }
        _ => false,
    });
    if differs || valued.iter().any(|(_, kpi)| is_vague(kpi)) {
        found.push((Reason::Period, each(valued, &period)));
    }
    let population = |kpi: &Kpi| stated(kpi.population.as_deref());
    if differ(valued, &population) || valued.iter().any(|(_, kpi)| kpi.population.is_none()) {
        found.push((Reason::Population, each(valued, &population)));
    }
    let is_unsized = valued.iter().any(|(_, kpi)| kpi.sample_size.is_none());
    if metric.instrument.is_some() && is_unsized {
        let sample = |kpi: &Kpi| {
            let size = kpi.sample_size.map(|size| format!("{size} answers"));
            size.unwrap_or_else(|| "no sample size published".into())
        };
        let mut message = each(valued, &sample);
        if let [(_, first), (_, second)] = valued
            && let Some(answers) = answers_needed(metric, first, second)
        {
            message.push_str("; to tell the scores apart at 95 per cent confidence takes ");
            message.push_str(&answers.to_string());
        }
        found.push((Reason::Sample, message));
    }
    let pairs = valued.iter().enumerate().flat_map(|(index, (_, first))| {
        valued
            .iter()
            .skip(index + 1)
            .map(move |(_, second)| (*first, *second))
    });
    let mut comparable = pairs.filter(|(first, second)| {
        unit(first) == unit(second) && !first.relation.is_bound() && !second.relation.is_bound()
    });
    if comparable.any(|(first, second)| may_be_equal(first, second)) {
        let message = "values could be the same number before rounding";
        found.push((Reason::Rounding, message.into()));
    }
    found
}

/// Says whether two different values could be the same number before rounding.
pub(super) fn may_be_equal(first: &Kpi, second: &Kpi) -> bool {
    first.value != second.value && first.may_equal(second)
}

/// Says whether a period lies within one year, so that it says when.
fn is_within_a_year(period: &Date) -> bool {
    period
        .last()
        .is_some_and(|last| last.year == period.first().year)
}

/// Names the companies of some sides.
fn names<'s>(sides: impl Iterator<Item = &'s Side<'s>>) -> String {
    sides
        .map(|side| &*side.company.name)
        .collect::<Vec<_>>()
        .join(", ")
}

/// Shows something of each value, with its company.
fn each(valued: &[(&Company, &Kpi)], show: &dyn Fn(&Kpi) -> String) -> String {
    let texts = valued
        .iter()
        .map(|(company, kpi)| format!("{}: {}", company.name, show(kpi)));
    texts.collect::<Vec<_>>().join("; ")
}

/// Says whether the values do not all show the same text.
fn differ(valued: &[(&Company, &Kpi)], show: &dyn Fn(&Kpi) -> String) -> bool {
    let mut shown = valued.iter().map(|(_, kpi)| show(kpi));
    let first = shown.next();
    shown.any(|text| Some(text) != first)
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
fn doubt_of_origin(kpi: &Kpi, sources: &Records<Source>) -> Option<String> {
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

/// Names the origins of a value.
fn named(kpi: &Kpi) -> String {
    let cited = kpi.via.as_ref().unwrap_or(&kpi.cite);
    let ids: Vec<&str> = cited.iter().map(|citation| citation.source).collect();
    ids.join(", ")
}
