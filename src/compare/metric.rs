//! Compares one metric over companies: the values, their difference, who leads, and every reason for caution.

use crate::base::code::codes;
use crate::base::{Date, Polarity, Quantity, Relation, SourceKind};
use crate::model::{Company, Kpi, Metric, Records, Source};

use super::rivals::{Subject, subjects};

codes! {
    /// Why two values may not be comparable, the gravest first.
    Reason {
        /// A company has no value.
        #[default]
        Missing = "missing", "no value";
        /// The values are in different units.
        Unit = "unit", "different units";
        /// A value is a bound, not a number.
        Relation = "relation", "a bound instead of a value";
        /// The values could be equal before rounding.
        Rounding = "rounding", "same within rounding";
        /// The values are for different times, or for times that are not stated.
        Period = "period", "different or unstated period";
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

/// One company's side of a comparison.
pub struct Side<'a> {
    /// The company.
    pub company: &'a Company,
    /// Its claim, `None` when it has no value.
    pub kpi: Option<&'a Kpi>,
    /// Claims that contradict it.
    pub against: Vec<&'a Kpi>,
}

/// Who leads, as the numbers are printed.
pub enum Leader<'a> {
    /// The company with the better value.
    Company(&'a Company),
    /// Several share the best value.
    Tie,
    /// It cannot be told, or the metric has no better side.
    None,
}

/// A metric over companies.
pub struct Comparison<'a> {
    /// The metric.
    pub metric: &'a Metric,
    /// A side for each company, in the order asked for.
    pub sides: Vec<Side<'a>>,
    /// The first value minus the second; `None` unless there are two sides, both with a value of the same unit that
    /// is no bound.
    pub difference: Option<Quantity>,
    /// Who leads, as the numbers are printed.
    pub leader: Leader<'a>,
    /// Every reason for caution, and what it is here.
    pub cautions: Vec<(Reason, String)>,
}

/// Compares a metric over companies by their preferred claims.
///
/// Of several periods the latest that all companies have is compared; without any, the latest of each.
pub fn compare<'a>(
    metric: &'a Metric,
    companies: &[&'a Company],
    kpis: &'a Records<Kpi>,
    sources: &'a Records<Source>,
) -> Comparison<'a> {
    let of_metric = kpis.iter().filter(|kpi| kpi.metric == metric.id);
    let subjects = subjects(of_metric);
    let shared = latest_shared(companies, &subjects);
    let sides: Vec<Side<'a>> = companies
        .iter()
        .map(|company| side(company, &subjects, shared))
        .collect();
    let values: Option<Vec<&Kpi>> = sides.iter().map(|side| side.kpi).collect();
    let cautions = cautions(metric, &sides, sources);
    let is_comparable = !cautions
        .iter()
        .any(|(reason, _)| matches!(reason, Reason::Missing | Reason::Unit | Reason::Relation));
    let difference = match values.as_deref() {
        Some([first, second]) if is_comparable => Some(first.value.minus(second.value)),
        _ => None,
    };
    let is_rounding = cautions
        .iter()
        .any(|(reason, _)| *reason == Reason::Rounding);
    let leader = if is_comparable && !is_rounding && sides.len() > 1 {
        leader(metric.polarity, &sides)
    } else {
        Leader::None
    };
    Comparison {
        metric,
        sides,
        difference,
        leader,
        cautions,
    }
}

/// Returns the latest period for which every company has a value, if there is one.
fn latest_shared<'a>(companies: &[&Company], subjects: &[Subject<'a, Kpi>]) -> Option<&'a Date> {
    let claims = || {
        subjects
            .iter()
            .filter_map(|subject| subject.shown().first().copied())
    };
    let has = |company: &Company, period: &Date| {
        claims().any(|kpi| kpi.company == company.id && kpi.period.as_ref() == Some(period))
    };
    claims()
        .filter_map(|kpi| kpi.period.as_ref())
        .filter(|period| companies.iter().all(|company| has(company, period)))
        .max_by(|left, right| left.cmp_last(right))
}

fn side<'a>(
    company: &'a Company,
    subjects: &[Subject<'a, Kpi>],
    shared: Option<&Date>,
) -> Side<'a> {
    let mut best: Option<(&Subject<'a, Kpi>, &'a Kpi)> = None;
    for subject in subjects {
        for kpi in subject.shown() {
            let is_asked = shared.is_none() || kpi.period.as_ref() == shared;
            let is_later = best.is_none_or(|(_, so_far)| is_later(kpi, so_far));
            if kpi.company == company.id && is_asked && is_later {
                best = Some((subject, kpi));
            }
        }
    }
    Side {
        company,
        kpi: best.map(|(_, kpi)| kpi),
        against: best.map_or_else(Vec::new, |(subject, kpi)| subject.against(kpi)),
    }
}

/// Says whether a value is for a later time than another; one without a period is the earliest.
fn is_later(kpi: &Kpi, other: &Kpi) -> bool {
    match (&kpi.period, &other.period) {
        (Some(period), Some(other)) => period.cmp_last(other).is_gt(),
        (Some(_), None) => true,
        (None, _) => false,
    }
}

fn leader<'a>(polarity: Polarity, sides: &[Side<'a>]) -> Leader<'a> {
    let better = match polarity {
        Polarity::Higher => f64::gt,
        Polarity::Lower => f64::lt,
        Polarity::Neutral => return Leader::None,
    };
    let mut best: Option<(f64, &'a Company)> = None;
    let mut is_tie = false;
    for side in sides {
        let Some(kpi) = side.kpi else { continue };
        let value = kpi.value.value();
        match best {
            Some((so_far, _)) if !better(&value, &so_far) => {
                is_tie = is_tie || value.total_cmp(&so_far).is_eq();
            }
            Some(_) | None => {
                best = Some((value, side.company));
                is_tie = false;
            }
        }
    }
    match best {
        Some(_) if is_tie => Leader::Tie,
        Some((_, company)) => Leader::Company(company),
        None => Leader::None,
    }
}

/// Finds every reason for caution, the gravest first.
fn cautions(
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
    if valued.iter().any(|(_, kpi)| kpi.relation.is_bound()) {
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
    let unit = |kpi: &Kpi| kpi.unit.as_ref().unwrap_or(&metric.unit).to_string();
    if differ(valued, &unit) {
        found.push((Reason::Unit, each(valued, &unit)));
    }
    let stated = |text: Option<&str>| text.unwrap_or("not stated").to_owned();
    let period = |kpi: &Kpi| {
        let period = stated(kpi.period.as_ref().map(Date::as_str));
        match &kpi.base_period {
            Some(base) => format!("{period} against {base}"),
            None => period,
        }
    };
    if differ(valued, &period) || valued.iter().any(|(_, kpi)| kpi.period.is_none()) {
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
        found.push((Reason::Sample, each(valued, &sample)));
    }
    if let [(_, first), (_, second)] = valued
        && first.value.is_same_within_rounding(second.value)
        && !first.relation.is_bound()
        && !second.relation.is_bound()
        && unit(first) == unit(second)
    {
        let message = "both could be the same number before rounding";
        found.push((Reason::Rounding, message.into()));
    }
    found
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Located, Quantity};

    fn company(id: &str) -> Company {
        Company {
            id: id.parse().unwrap(),
            name: id.to_owned().into(),
            ..Company::default()
        }
    }

    fn kpi(company: &str, value: &str, period: &str) -> Kpi {
        Kpi {
            id: format!("{company}-{period}").parse().unwrap(),
            company: company.parse().unwrap(),
            metric: "m".parse().unwrap(),
            value: value.parse().unwrap(),
            period: Some(period.parse().unwrap()),
            population: Some("all".into()),
            ..Kpi::default()
        }
    }

    /// Compares `a` with `b` on made-up values, and returns difference, leader and reasons.
    fn compared(
        polarity: Polarity,
        kpis: &[Kpi],
        order: [&str; 2],
    ) -> (String, String, Vec<Reason>) {
        let metric = Metric {
            id: "m".parse().unwrap(),
            polarity,
            ..Metric::default()
        };
        let rows = kpis.iter().map(|kpi| Located {
            line: 1,
            value: kpi.clone(),
        });
        let (kpis, sources) = (Records::new("k", rows.collect()), Records::default());
        let companies = order.map(company);
        let companies: Vec<&Company> = companies.iter().collect();
        let comparison = compare(&metric, &companies, &kpis, &sources);
        let difference = comparison
            .difference
            .map(|difference: Quantity| difference.to_string());
        let leader = match comparison.leader {
            Leader::Company(company) => company.id.to_string(),
            Leader::Tie => "tie".into(),
            Leader::None => "none".into(),
        };
        let reasons = comparison.cautions.iter().map(|(reason, _)| *reason);
        // The origin is never stated in these.
        let reasons = reasons.filter(|reason| *reason != Reason::Origin).collect();
        (difference.unwrap_or("none".into()), leader, reasons)
    }

    #[test]
    fn swapping_the_companies_flips_the_sign_and_nothing_else() {
        let kpis = [kpi("a", "62", "2020"), kpi("b", "64", "2020")];
        for (polarity, leader) in [
            (Polarity::Higher, "b"),
            (Polarity::Lower, "a"),
            (Polarity::Neutral, "none"),
        ] {
            let expected = |sign: &str| (format!("{sign}2"), leader.to_owned(), vec![]);
            assert_eq!(compared(polarity, &kpis, ["a", "b"]), expected("-"));
            assert_eq!(compared(polarity, &kpis, ["b", "a"]), expected(""));
        }
    }

    #[test]
    fn the_latest_period_that_both_have_is_compared() {
        let kpis = [
            kpi("a", "10", "2019"),
            kpi("a", "30", "2021"),
            kpi("b", "20", "2019"),
        ];
        assert_eq!(compared(Polarity::Higher, &kpis, ["a", "b"]).0, "-10");
        let kpis = [
            kpi("a", "10", "2019"),
            kpi("a", "30", "2021"),
            kpi("b", "20", "2020"),
        ];
        let expected = ("10".into(), "a".into(), vec![Reason::Period]);
        assert_eq!(compared(Polarity::Higher, &kpis, ["a", "b"]), expected);
    }

    #[test]
    fn bounds_and_units_have_no_difference_and_no_leader() {
        let bound = Kpi {
            relation: Relation::Gt,
            ..kpi("a", "310", "2020")
        };
        let other = kpi("b", "260", "2020");
        let none = |reason| ("none".into(), "none".into(), vec![reason]);
        let kpis = [bound, other.clone()];
        assert_eq!(
            compared(Polarity::Higher, &kpis, ["a", "b"]),
            none(Reason::Relation)
        );
        let euros = Kpi {
            unit: Some("EUR".into()),
            ..kpi("a", "310", "2020")
        };
        let kpis = [euros, other.clone()];
        assert_eq!(
            compared(Polarity::Higher, &kpis, ["a", "b"]),
            none(Reason::Unit)
        );
        let missing = none(Reason::Missing);
        assert_eq!(compared(Polarity::Higher, &[other], ["a", "b"]), missing);
    }

    #[test]
    fn numbers_that_rounding_may_have_parted_have_no_leader() {
        let kpis = [kpi("a", "62", "2020"), kpi("b", "62.4", "2020")];
        let expected = ("-0.4".into(), "none".into(), vec![Reason::Rounding]);
        assert_eq!(compared(Polarity::Higher, &kpis, ["a", "b"]), expected);
    }

    #[test]
    fn a_rival_disputes_the_value_only_when_no_number_agrees_with_both() {
        let preferred = Kpi {
            rank: crate::base::Rank::Preferred,
            ..kpi("a", "1.57e12", "2020")
        };
        let rival = |relation, value: &str| Kpi {
            relation,
            ..kpi("a", value, "2020")
        };
        for (rival, is_disputed) in [
            (rival(Relation::Eq, "1.84e12"), true),
            (rival(Relation::Gt, "1.8e12"), true),
            (rival(Relation::Gt, "1.5e12"), false),
            (rival(Relation::Approx, "1.6e12"), false),
        ] {
            let (_, _, reasons) =
                compared(Polarity::Neutral, &[preferred.clone(), rival], ["a", "b"]);
            assert_eq!(reasons.contains(&Reason::Disputed), is_disputed);
        }
    }
}
