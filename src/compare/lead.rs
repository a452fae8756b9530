//! Tells which company was first, by how much time, and whether that can be told.

use crate::base::sort::{sort_by, sort_by_key};
use crate::base::{Elapsed, Span};
use crate::model::Company;

use super::Verdict;
use super::onset::{Dated, Occurrence, Onset, Topic};

/// When one company first did something.
pub struct Entrant<'a> {
    /// The company.
    pub company: &'a Company,
    /// Its first time, `None` when none is dated.
    pub onset: Option<Onset<'a>>,
}

/// What follows from the dates.
#[derive(Clone, Copy)]
pub struct Outcome<'a> {
    /// Who was first; `None` when that is not certain.
    pub leader: Option<&'a Company>,
    /// The time from the leader to the next company.
    pub by: Option<Elapsed>,
    /// What may be concluded.
    pub verdict: Verdict,
}

/// A claim that contradicts those gone by, and what would follow from it.
pub struct RivalDate<'a> {
    /// The company.
    pub company: &'a Company,
    /// The claim.
    pub claim: Dated<'a>,
    /// What would follow.
    pub outcome: Outcome<'a>,
    /// Whether another company would lead, or the verdict be another.
    pub is_change: bool,
}

/// Who was first to do something.
pub struct Lead<'a> {
    /// What was done.
    pub topic: Topic<'a>,
    /// Every company, in the order asked for.
    pub entrants: Vec<Entrant<'a>>,
    /// What follows from the claims to go by.
    pub outcome: Outcome<'a>,
    /// The claims against these, by company.
    pub rivals: Vec<RivalDate<'a>>,
}

/// Tells who of some companies was first, and what each rival claim would change if it alone were right.
pub fn lead<'a>(
    topic: Topic<'a>,
    companies: &[&'a Company],
    occurrences: &[Occurrence<'a>],
) -> Lead<'a> {
    let entrants: Vec<Entrant<'a>> = companies
        .iter()
        .map(|company| Entrant {
            company,
            onset: Onset::of(topic, &company.id, occurrences),
        })
        .collect();
    let outcome = outcome(&entrants, None);
    let mut rivals = Vec::new();
    for entrant in &entrants {
        let company = entrant.company;
        for claim in entrant.onset.iter().flat_map(|onset| &onset.rivals) {
            let instead = self::outcome(&entrants, Some((company, claim)));
            let leader = |outcome: Outcome<'a>| outcome.leader.map(|company| &company.id);
            rivals.push(RivalDate {
                company,
                claim: *claim,
                outcome: instead,
                is_change: leader(instead) != leader(outcome) || instead.verdict != outcome.verdict,
            });
        }
    }
    // The order in which companies are asked for changes no answer.
    sort_by(&mut rivals, |left: &RivalDate<'_>, right| {
        left.company.id.cmp(&right.company.id)
    });
    Lead {
        topic,
        entrants,
        outcome,
        rivals,
    }
}

/// Concludes from the dates, and from one claim instead of those that it contradicts.
fn outcome<'a>(
    entrants: &[Entrant<'a>],
    believed: Option<(&'a Company, &Dated<'a>)>,
) -> Outcome<'a> {
    let dated = entrants.iter().filter_map(|entrant| {
        let onset = entrant.onset.as_ref()?;
        let believed = believed.filter(|(company, _)| company.id == entrant.company.id);
        let span = believed.map_or(onset.span, |(_, claim)| onset.if_right(claim));
        Some((entrant.company, span))
    });
    let mut dated: Vec<(&'a Company, Span)> = dated.collect();
    sort_by_key(&mut dated, |(_, span)| span.first);
    let none = |verdict| Outcome {
        leader: None,
        by: None,
        verdict,
    };
    let Some(((company, first), others)) = dated.split_first() else {
        return none(Verdict::NoData);
    };
    let Some(next) = Span::earliest(others.iter().map(|(_, span)| *span)) else {
        return none(Verdict::OneSided);
    };
    let by = Elapsed::between(*first, next);
    if !by.is_certain_order() {
        return none(Verdict::CannotTell);
    }
    Outcome {
        leader: Some(company),
        by: Some(by),
        verdict: Verdict::Differs,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rank;
    use crate::compare::onset::{TopicKind, occurrences, topics};
    use crate::model::{Event, Technology};

    const STREAMING: Topic<'static> = Topic {
        kind: TopicKind::Event,
        key: "streaming",
    };

    fn company(id: &str) -> Company {
        Company {
            id: id.parse().unwrap(),
            ..Company::default()
        }
    }

    /// Makes claims to the event `streaming`, each of a company, a date, and a rank.
    fn events(claims: &[(&str, &str, Rank)]) -> Vec<Event> {
        let claims = claims.iter().enumerate();
        claims
            .map(|(index, (company, date, rank))| Event {
                id: format!("e{index}").parse().unwrap(),
                company: company.parse().unwrap(),
                event: "streaming".into(),
                category: "service".into(),
                date: date.parse().unwrap(),
                rank: *rank,
                ..Event::default()
            })
            .collect()
    }

    /// Returns the leader, by how much, the verdict, and of each rival its date, its leader, its verdict and whether
    /// that is a change.
    fn told(lead: &Lead<'_>) -> (String, Vec<String>) {
        let write = |outcome: Outcome<'_>| {
            let leader = outcome.leader.map_or("-", |company| company.id.as_str());
            let by = outcome.by.map_or(String::new(), |by| format!(" {by}"));
            format!("{leader}{by} {}", outcome.verdict.key())
        };
        let rivals = lead.rivals.iter().map(|rival| {
            let is_change = if rival.is_change { "!" } else { "" };
            let (company, date) = (&rival.company.id, rival.claim.date);
            format!("{company} {date}: {}{is_change}", write(rival.outcome))
        });
        (write(lead.outcome), rivals.collect())
    }

    fn among(companies: &[&str], topic: Topic<'_>, events: &[Event]) -> (String, Vec<String>) {
        let companies: Vec<Company> = companies.iter().map(|id| company(id)).collect();
        let companies: Vec<&Company> = companies.iter().collect();
        told(&lead(topic, &companies, &occurrences(events, [])))
    }

    fn outcome_of(claims: &[(&str, &str, Rank)]) -> String {
        among(&["a", "b"], STREAMING, &events(claims)).0
    }

    #[test]
    fn each_verdict_has_its_dates() {
        let n = Rank::Normal;
        for (claims, told) in [
            (
                &[("a", "2007", n), ("b", "2008", n)][..],
                "a 0 to 2 differs",
            ),
            (&[("a", "2008", n), ("b", "2007", n)], "b 0 to 2 differs"),
            (&[("a", "2007", n), ("b", "2007-05", n)], "- cannot-tell"),
            (
                &[("a", "2007-05-15", n), ("b", "2007-05-15", n)],
                "- cannot-tell",
            ),
            (&[("a", "2007/..", n), ("b", "2009", n)], "- cannot-tell"),
            (
                &[("a", "2007", n), ("b", "2009/..", n)],
                "a at least 1 differs",
            ),
            (&[("b", "2007", n)], "- one-sided"),
            (&[("c", "2007", n)], "- no-data"),
        ] {
            assert_eq!(outcome_of(claims), told, "{claims:?}");
        }
    }

    #[test]
    fn claims_of_one_rank_are_all_possible() {
        let n = Rank::Normal;
        let both_before = [("a", "1990", n), ("a", "1993", n), ("b", "1995", n)];
        assert_eq!(outcome_of(&both_before), "a 1 to 6 differs");
        let around = [("a", "1990", n), ("a", "1993", n), ("b", "1991", n)];
        let told = among(&["a", "b"], STREAMING, &events(&around));
        let rivals = ["a 1990: a 0 to 2 differs!", "a 1993: b 1 to 3 differs!"];
        assert_eq!(told.0, "- cannot-tell");
        assert_eq!(told.1, rivals);
    }

    #[test]
    fn a_rival_of_any_rank_may_change_the_leader_or_the_verdict() {
        let (p, d) = (Rank::Preferred, Rank::Deprecated);
        let claims = [
            ("a", "2006-03-14", p),
            ("a", "2008", d),
            ("a", "2012", d),
            ("a", "2005", d),
            ("a", "2006", d),
            ("b", "2008-08/2016-01", Rank::Normal),
        ];
        let told = among(&["a", "b"], STREAMING, &events(&claims));
        assert_eq!(told.0, "a 2.3 to 9.9 differs");
        let rivals = [
            "a 2005: a 2.5 to 11.1 differs",
            "a 2008: - cannot-tell!",
            "a 2012: - cannot-tell!",
        ];
        assert_eq!(told.1, rivals, "2006 does not contradict");
    }

    #[test]
    fn the_leader_is_weighed_against_the_next_of_several() {
        let n = Rank::Normal;
        let claims = [("c", "2004", n), ("a", "2007", n), ("b", "2006-07-01", n)];
        let of = |companies: &[&str]| among(companies, STREAMING, &events(&claims)).0;
        assert_eq!(of(&["a", "b", "c"]), "c 1.4 to 2.5 differs");
        assert_eq!(of(&["a", "c"]), "c 2 to 4 differs");
        assert_eq!(of(&["a", "b", "x"]), "b 0.5 to 1.6 differs");
        let tied = [("c", "2007", n), ("a", "2007", n), ("b", "2009", n)];
        let told = among(&["a", "b", "c"], STREAMING, &events(&tied));
        assert_eq!(told.0, "- cannot-tell");
    }

    #[test]
    fn a_domain_or_a_category_counts_from_its_first_occurrence() {
        let mut events = events(&[
            ("a", "2009", Rank::Preferred),
            ("a", "2002", Rank::Deprecated),
            ("b", "2008", Rank::Normal),
            ("b", "2004", Rank::Normal),
        ]);
        let [first, wrong, _, other] = events.as_mut_slice() else {
            panic!("four events")
        };
        first.domain = Some("cloud".into());
        other.event = "servers".into();
        // A rival counts in the domain of the claim that it contradicts.
        assert_eq!(wrong.domain, None);
        let technologies =
            [("b", Some("2003/2010")), ("a", None)].map(|(company, period)| Technology {
                company: company.parse().unwrap(),
                domain: "cloud".into(),
                period: period.map(|period| period.parse().unwrap()),
                ..Technology::default()
            });
        let occurrences = occurrences(&events, &technologies);
        let companies = [company("a"), company("b")];
        let companies: Vec<&Company> = companies.iter().collect();
        let of = |kind, key| told(&lead(Topic { kind, key }, &companies, &occurrences));
        let cloud = of(TopicKind::Domain, "cloud");
        assert_eq!(cloud.0, "- cannot-tell");
        assert_eq!(cloud.1, ["a 2002: a 0 to 9 differs!"]);
        let service = of(TopicKind::Category, "service");
        assert_eq!(service.0, "b 4 to 6 differs");
        assert_eq!(service.1, ["a 2002: a 1 to 3 differs!"]);

        let counts: Vec<(&str, usize)> = topics(&occurrences)
            .into_iter()
            .map(|(topic, companies)| (topic.key, companies))
            .collect();
        let expected = [
            ("servers", 1),
            ("streaming", 2),
            ("cloud", 2),
            ("service", 2),
        ];
        assert_eq!(counts, expected);
    }

    #[test]
    fn only_claims_that_may_be_the_first_count() {
        let mut events = events(&[
            ("a", "1995", Rank::Normal),
            ("a", "1995-07-16", Rank::Normal),
            ("a", "2001", Rank::Preferred),
            ("a", "1999", Rank::Deprecated),
            ("a", "1994", Rank::Deprecated),
        ]);
        for (event, slug) in events.iter_mut().zip(["x", "y", "z", "z", "z"]) {
            event.event = slug.into();
        }
        let service = Topic {
            kind: TopicKind::Category,
            key: "service",
        };
        let a = company("a");
        let onset = Onset::of(service, &a.id, &occurrences(&events, [])).unwrap();
        assert_eq!(onset.span.to_string(), "1995-01-01/1995-07-16");
        assert_eq!((onset.date(), onset.is_single()), (None, false));
        let ids = |claims: &[Dated<'_>]| -> Vec<String> {
            claims.iter().map(|claim| claim.id.to_string()).collect()
        };
        assert_eq!(ids(&onset.claims), ["e0", "e1"]);
        assert_eq!(ids(&onset.rivals), ["e4"], "1999 comes after the first");
    }

    /// Every order of three companies gives the same answer, on dates drawn by a fixed rule.
    #[test]
    fn the_order_of_the_companies_changes_nothing() {
        let mut seed = 1_u32;
        let mut draw = |of: u32| {
            // Numerical Recipes, 2nd edition, p. 284.
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % of
        };
        let dates = [
            "2001",
            "2001-05",
            "2002/2004",
            "2003-01-09",
            "2004/..",
            "2006~",
        ];
        let mut verdicts = Vec::new();
        for _ in 0..300 {
            let mut claims = Vec::new();
            for _ in 0..draw(8) {
                let company = ["a", "b", "c"][draw(3) as usize];
                let date = dates[draw(6) as usize];
                claims.push((company, date, Rank::ALL[draw(3) as usize]));
            }
            let events = events(&claims);
            let first = among(&["a", "b", "c"], STREAMING, &events);
            for order in [["b", "a", "c"], ["c", "b", "a"], ["b", "c", "a"]] {
                assert_eq!(among(&order, STREAMING, &events), first, "{claims:?}");
            }
            verdicts.push(first.0.split(' ').next_back().unwrap().to_owned());
        }
        verdicts.sort();
        verdicts.dedup();
        assert_eq!(verdicts, ["cannot-tell", "differs", "no-data", "one-sided"]);
    }
}
