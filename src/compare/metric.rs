//! Compares one metric over companies: the values, their difference, who leads, and every reason for caution.

use crate::base::{Date, Polarity, Quantity};
use crate::model::{Company, Kpi, Metric, Records, Source, Subject, subjects};

use super::caution::{Reason, cautions, may_be_equal};

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
    /// The first value minus the second; `None` unless there are two sides, both with one value of the same unit
    /// that is no bound.
    pub difference: Option<Quantity>,
    /// Who leads, as the numbers are printed.
    pub leader: Leader<'a>,
    /// Every reason for caution, and what it is here.
    pub cautions: Vec<(Reason, String)>,
    /// How many other periods of these companies have values that are left out.
    pub left_out: usize,
}

impl Side<'_> {
    /// Says whether a claim of the same rank contradicts the one shown, so that the choice between them is the
    /// order of the file.
    pub fn is_undecided(&self) -> bool {
        self.kpi
            .is_some_and(|kpi| self.against.iter().any(|other| other.rank == kpi.rank))
    }
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
    let cautions = cautions(metric, &sides, sources);
    let is_comparable = !cautions.iter().any(|(reason, _)| {
        matches!(
            reason,
            Reason::Missing | Reason::Unit | Reason::Denominator | Reason::Rivals
        )
    }) && !sides
        .iter()
        .filter_map(|side| side.kpi)
        .any(|kpi| kpi.relation.is_bound());
    let difference = match sides.as_slice() {
        [first, second] if is_comparable => first
            .kpi
            .zip(second.kpi)
            .map(|(first, second)| first.value.minus(second.value)),
        _ => None,
    };
    let leader = if is_comparable && sides.len() > 1 {
        leader(metric.polarity, &sides)
    } else {
        Leader::None
    };
    let of_companies = subjects
        .iter()
        .filter_map(|subject| subject.shown().first().copied());
    let of_companies =
        of_companies.filter(|kpi| sides.iter().any(|side| side.company.id == kpi.company));
    let used = sides.iter().filter(|side| side.kpi.is_some()).count();
    Comparison {
        metric,
        difference,
        leader,
        cautions,
        left_out: of_companies.count() - used,
        sides,
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
        claims().any(|kpi| {
            kpi.company == company.id
                && kpi
                    .period
                    .as_ref()
                    .is_some_and(|own| own.is_same_time(period))
        })
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
            let is_asked = shared.is_none_or(|shared| {
                kpi.period
                    .as_ref()
                    .is_some_and(|own| own.is_same_time(shared))
            });
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
    let mut best: Option<(&'a Kpi, &'a Company)> = None;
    for side in sides {
        let Some(kpi) = side.kpi else { continue };
        if best.is_none_or(|(so_far, _)| better(&kpi.value.value(), &so_far.value.value())) {
            best = Some((kpi, side.company));
        }
    }
    let Some((best, company)) = best else {
        return Leader::None;
    };
    let others = || {
        sides
            .iter()
            .filter(|side| side.company.id != company.id)
            .filter_map(|side| side.kpi)
    };
    if others().any(|kpi| may_be_equal(kpi, best)) {
        Leader::None
    } else if others().any(|kpi| kpi.value == best.value) {
        Leader::Tie
    } else {
        Leader::Company(company)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Located, Quantity, Rank, Relation};

    fn company(id: &str) -> Company {
        Company {
            id: id.parse().unwrap(),
            name: id.to_owned().into(),
            ..Company::default()
        }
    }

    fn kpi(company: &str, value: &str, period: &str) -> Kpi {
        Kpi {
            id: format!("{company}-{value}")
                .replace('.', "-")
                .parse()
                .unwrap(),
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
        let expected = ("0".into(), "none".into(), vec![Reason::Rounding]);
        assert_eq!(compared(Polarity::Higher, &kpis, ["a", "b"]), expected);
    }

    #[test]
    fn estimates_are_compared_with_caution_and_equal_rivals_not_at_all() {
        let about = Kpi {
            relation: Relation::Approx,
            ..kpi("a", "62", "2020")
        };
        let expected = ("-2".into(), "b".into(), vec![Reason::Relation]);
        let kpis = [about, kpi("b", "64", "2020")];
        assert_eq!(compared(Polarity::Higher, &kpis, ["a", "b"]), expected);
        let kpis = [
            kpi("a", "62", "2020"),
            kpi("a", "70", "2020"),
            kpi("b", "64", "2020"),
        ];
        let reasons = vec![Reason::Rivals, Reason::Disputed];
        let expected = ("none".into(), "none".into(), reasons);
        assert_eq!(compared(Polarity::Higher, &kpis, ["a", "b"]), expected);
    }

    #[test]
    fn a_period_of_several_years_says_too_little() {
        let kpis = [kpi("a", "62", "2022/2024"), kpi("b", "64", "2022/2024")];
        let (_, leader, reasons) = compared(Polarity::Higher, &kpis, ["a", "b"]);
        assert_eq!((leader.as_str(), reasons), ("b", vec![Reason::Period]));
    }

    #[test]
    fn a_rival_disputes_the_value_only_when_no_number_agrees_with_both() {
        let preferred = Kpi {
            rank: Rank::Preferred,
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
