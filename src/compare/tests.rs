//! Laws of the comparison, and which values it chooses.

use super::{Comparison, Figures, Leader, Terms, Verdict, compare};
use crate::base::{Relation, Text};
use crate::model::{Company, Kpi, Metric, Records};

fn company(id: &str) -> Company {
    Company {
        id: id.parse().unwrap(),
        name: id.to_owned().into(),
        ..Company::default()
    }
}

fn kpi(company: &str, value: &str, period: &str) -> Kpi {
    Kpi {
        id: format!("{company}-{period}-{value}")
            .replace(['.', '/'], "-")
            .to_lowercase()
            .parse()
            .unwrap(),
        company: company.parse().unwrap(),
        metric: "m".parse().unwrap(),
        value: value.parse().unwrap(),
        period: Some(period.parse().unwrap()),
        cite: "@s, p. 1".parse().unwrap(),
        ..Kpi::default()
    }
}

/// Compares companies on made-up values, and looks at the outcome.
fn compared<T>(
    metric: &Metric,
    names: &[&str],
    kpis: &[Kpi],
    terms: (Option<&str>, f64),
    look: impl FnOnce(&Comparison<'_>) -> T,
) -> T {
    let sources = Records::default();
    let terms = Terms {
        as_of: terms.0.map(|date| date.parse().unwrap()),
        max_gap: terms.1,
        sources: &sources,
    };
    let companies: Vec<Company> = names.iter().map(|name| company(name)).collect();
    let asked: Vec<_> = companies.iter().map(|company| (company, metric)).collect();
    look(&compare(&asked, &Figures::of(kpis), &terms))
}

fn metric() -> Metric {
    Metric {
        id: "m".parse().unwrap(),
        polarity: crate::base::Polarity::Higher,
        ..Metric::default()
    }
}

/// Returns the values chosen.
fn chosen(kpis: &[Kpi], names: &[&str], terms: (Option<&str>, f64)) -> Vec<String> {
    compared(&metric(), names, kpis, terms, |comparison| {
        let sides = comparison.sides.iter();
        sides
            .map(|side| side.kpi.map_or("none".into(), |kpi| kpi.value.to_string()))
            .collect()
    })
}

#[test]
fn the_latest_time_that_all_have_is_compared() {
    let kpis = [
        kpi("a", "10", "2010"),
        kpi("a", "30", "2021"),
        kpi("b", "20", "2010"),
    ];
    assert_eq!(chosen(&kpis, &["a", "b"], (None, 1.0)), ["10", "20"]);
    assert_eq!(
        chosen(&kpis, &["a", "b", "c"], (None, 1.0)),
        ["10", "20", "none"]
    );
}

#[test]
fn without_a_common_time_the_nearest_within_the_gap_are_compared() {
    let kpis = [
        kpi("a", "10", "2010"),
        kpi("a", "30", "2021"),
        kpi("b", "20", "2011"),
    ];
    assert_eq!(chosen(&kpis, &["a", "b"], (None, 1.0)), ["10", "20"]);
    assert_eq!(
        chosen(&kpis, &["a", "b"], (None, 0.5)),
        ["30", "20"],
        "the latest"
    );
}

/// The same values whichever way the rows and the companies stand.
#[test]
fn the_order_of_rows_and_companies_changes_no_choice() {
    let like = |population: &'static str, kpi: Kpi| Kpi {
        id: format!("{}-{population}", kpi.id).parse().unwrap(),
        population: Some(population.into()),
        ..kpi
    };
    let bound = |relation, kpi: Kpi| Kpi { relation, ..kpi };
    for (kpis, expected) in [
        // Of two times that end together the shorter.
        (
            vec![
                kpi("a", "99", "2020"),
                kpi("a", "4", "2020-Q4"),
                kpi("b", "90", "2020-Q4"),
                kpi("b", "5", "2020"),
            ],
            ["4", "90"],
        ),
        // The exact time before the approximate one.
        (
            vec![kpi("a", "99", "2020"), kpi("b", "10", "2020")],
            ["99", "10"],
        ),
        // What the other has the like of.
        (
            vec![
                like("x", kpi("a", "99", "2020")),
                like("x", kpi("b", "10", "2020")),
                like("y", kpi("b", "10", "2020")),
            ],
            ["99", "10"],
        ),
        // Of claims that agree the most precise.
        (
            vec![
                kpi("a", "5", "2020"),
                kpi("a", "5.0", "2020"),
                kpi("b", "5.2", "2020"),
            ],
            ["5.0", "5.2"],
        ),
        (
            vec![
                bound(Relation::Lt, kpi("a", "15", "2020")),
                bound(Relation::Gt, kpi("a", "8", "2020")),
                kpi("b", "5", "2020"),
            ],
            ["15", "5"],
        ),
    ] {
        let mut reversed = kpis.clone();
        reversed.reverse();
        for kpis in [&kpis, &reversed] {
            assert_eq!(chosen(kpis, &["a", "b"], (None, 1.0)), expected);
            let turned = chosen(kpis, &["b", "a"], (None, 1.0));
            assert_eq!([&*turned[1], &*turned[0]], expected);
        }
    }
}

/// A figure of one population does not contradict that of another, and the like are compared.
#[test]
fn values_of_two_populations_may_both_be_true() {
    let of = |population: &'static str, kpi: Kpi| Kpi {
        population: Some(population.into()),
        ..kpi
    };
    let kpis = [
        of("x", kpi("a", "88", "2020")),
        of("y", kpi("a", "80", "2020")),
        of("y", kpi("b", "86", "2020")),
    ];
    let look = |comparison: &Comparison<'_>| {
        let left_out: usize = comparison.sides.iter().map(|side| side.left_out).sum();
        (comparison.verdict, comparison.rivals.len(), left_out)
    };
    let told = compared(&metric(), &["a", "b"], &kpis, (None, 1.0), look);
    assert_eq!(told, (Verdict::Differs, 0, 1));
    assert_eq!(chosen(&kpis, &["a", "b"], (None, 1.0)), ["80", "86"]);
}

/// "More than 8" and "less than 15" together are more than 5.
#[test]
fn claims_that_agree_are_believed_together() {
    let bound = |relation, kpi: Kpi| Kpi { relation, ..kpi };
    let kpis = [
        bound(Relation::Lt, kpi("a", "15", "2020")),
        bound(Relation::Gt, kpi("a", "8", "2020")),
        kpi("b", "5", "2020"),
    ];
    let look = |comparison: &Comparison<'_>| {
        let is_led =
            matches!(comparison.leader, Leader::Company(company) if company.id.as_str() == "a");
        (comparison.verdict, is_led)
    };
    let told = compared(&metric(), &["a", "b"], &kpis, (None, 1.0), look);
    assert_eq!(told, (Verdict::Differs, true));
}

#[test]
fn as_of_a_date_only_what_held_then_is_compared() {
    let kpis = [
        kpi("a", "10", "2010"),
        kpi("a", "30", "2021"),
        kpi("b", "20", "2010"),
        kpi("b", "40", "2021"),
    ];
    let of = |date| chosen(&kpis, &["a", "b"], (Some(date), 1.0));
    assert_eq!(of("2010-12-31"), ["10", "20"]);
    assert_eq!(of("2022"), ["30", "40"]);
    assert_eq!(of("2015"), ["none", "none"], "too old by then");
    assert_eq!(
        chosen(&kpis, &["a", "b"], (Some("2015"), 5.0)),
        ["10", "20"]
    );
}

/// Every combination of what two values may be like.
fn variants(company: &str) -> Vec<Kpi> {
    let mut variants = Vec::new();
    let text = |text: &'static str| Some(Text::from(text));
    for value in ["60", "60.4", "64"] {
        for relation in [Relation::Eq, Relation::Approx, Relation::Gt] {
            for period in [
                None,
                Some("2020"),
                Some("2021"),
                Some("2018/2022"),
                Some("2010"),
            ] {
                for population in [None, text("Germany"), text("France")] {
                    for sample_size in [None, Some(100), Some(1_000_000)] {
                        for unit in [None, text("EUR")] {
                            variants.push(Kpi {
                                relation,
                                period: period.map(|period| period.parse().unwrap()),
                                population: population.clone(),
                                sample_size,
                                unit,
                                ..kpi(company, value, "2020")
                            });
                        }
                    }
                }
            }
        }
    }
    variants
}

#[test]
fn no_verdict_is_better_than_its_weakest_reason_whichever_way_round() {
    let survey = Metric {
        unit: "points".into(),
        scale_min: Some("-100".parse().unwrap()),
        scale_max: Some("100".parse().unwrap()),
        instrument: Some("asked".into()),
        ..metric()
    };
    let mut seen = Vec::new();
    for metric in [metric(), survey] {
        let (left, right) = (variants("a"), variants("b"));
        // All against all would be too many: each against every 67th, which is prime to the sizes of the sets.
        for (place, left) in left.iter().enumerate() {
            for right in right.iter().skip(place % 67).step_by(67) {
                let kpis = [left.clone(), right.clone()];
                let look = |comparison: &Comparison<'_>| {
                    let weakest = comparison.cautions.iter().map(|caution| caution.cap).max();
                    assert!(weakest.is_none_or(|weakest| comparison.verdict >= weakest));
                    let is_told = comparison.verdict <= Verdict::SameWithinRounding;
                    assert!(
                        is_told || !comparison.cautions.is_empty(),
                        "nothing said why"
                    );
                    let leader = match comparison.leader {
                        Leader::Company(company) => company.id.to_string(),
                        Leader::Tie => "tie".into(),
                        Leader::None => "none".into(),
                    };
                    let reasons = comparison.cautions.iter().map(|caution| caution.reason);
                    (comparison.verdict, leader, reasons.collect::<Vec<_>>())
                };
                let of = |names: &[&str]| compared(&metric, names, &kpis, (None, 1.0), look);
                let found = of(&["a", "b"]);
                assert_eq!(found, of(&["b", "a"]), "{left:?} {right:?}");
                seen.push(found.0);
            }
        }
    }
    for verdict in Verdict::ALL {
        let is_of_two = !matches!(verdict, Verdict::OneSided | Verdict::NoData);
        assert_eq!(seen.contains(verdict), is_of_two, "{verdict:?}");
    }
}

#[test]
fn of_several_the_two_that_allow_the_least_decide() {
    let kpis = [
        kpi("a", "10", "2020"),
        kpi("b", "20", "2020"),
        kpi("c", "20.4", "2020"),
    ];
    let look = |comparison: &Comparison<'_>| {
        let pairs = [[0, 1], [1, 0], [0, 2], [2, 1]];
        let verdicts = pairs.map(|[left, right]| comparison.between(left, right).0);
        (comparison.verdict, verdicts)
    };
    let (verdict, pairs) = compared(&metric(), &["a", "b", "c"], &kpis, (None, 1.0), look);
    assert_eq!(verdict, Verdict::SameWithinRounding);
    let (differs, same) = (Verdict::Differs, Verdict::SameWithinRounding);
    assert_eq!(pairs, [differs, differs, differs, same]);
}

#[test]
fn what_only_two_choices_together_would_change_is_not_told() {
    let kpis = [
        kpi("a", "10", "2020"),
        kpi("a", "13", "2020"),
        kpi("b", "20", "2020"),
        kpi("b", "11", "2020"),
    ];
    let look = |comparison: &Comparison<'_>| {
        let is_led = matches!(comparison.leader, Leader::Company(_));
        (comparison.verdict, is_led, comparison.order(0, 1))
    };
    let told = compared(&metric(), &["a", "b"], &kpis, (None, 1.0), look);
    assert_eq!(told, (Verdict::CannotTell, false, None));
    let preferred = Kpi {
        rank: crate::base::Rank::Preferred,
        ..kpis[3].clone()
    };
    let kpis = [kpis[0].clone(), kpis[2].clone(), preferred];
    let told = compared(&metric(), &["a", "b"], &kpis, (None, 1.0), look);
    assert_eq!(
        told,
        (Verdict::Differs, true, Some(std::cmp::Ordering::Less))
    );
}
