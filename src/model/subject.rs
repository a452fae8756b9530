//! Groups claims by subject and picks those to show: ranked with a reason, never chosen in silence.

use std::borrow::Cow;

use crate::base::id::words;
use crate::base::sort::sort_by_key;

use super::{Claim, Kind, Metric, Records, Statement};

/// All claims of one subject.
pub struct Subject<'a, C> {
    key: [&'a str; 3],
    claims: Vec<&'a C>,
}

/// Groups claims by subject, the subjects and the claims of each in the order given. A claim that names the claim it
/// rivals belongs to that one's subject.
pub fn subjects<'a, C: Claim>(claims: impl IntoIterator<Item = &'a C>) -> Vec<Subject<'a, C>> {
    let claims: Vec<&C> = claims.into_iter().collect();
    let key = |claim: &'a C| {
        let rival = claim.rival_of();
        let rival = rival.and_then(|id| claims.iter().find(|other| other.id() == id));
        rival.map_or_else(|| claim.subject(), |rival| rival.subject())
    };
    let keyed = claims.iter().enumerate();
    let mut sorted: Vec<([&str; 3], usize)> =
        keyed.map(|(place, claim)| (key(claim), place)).collect();
    sorted.sort_unstable();
    let same = sorted.chunk_by(|(left, _), (right, _)| left == right);
    let mut subjects: Vec<(usize, Subject<'a, C>)> = same
        .filter_map(|same| {
            let (key, first) = *same.first()?;
            let claims = same
                .iter()
                .filter_map(|(_, place)| claims.get(*place).copied());
            let claims = claims.collect();
            Some((first, Subject { key, claims }))
        })
        .collect();
    sort_by_key(&mut subjects, |(place, _)| *place);
    subjects.into_iter().map(|(_, subject)| subject).collect()
}

impl<'a, C: Claim> Subject<'a, C> {
    /// Returns the claims to show: the preferred ones; without any, all that are not deprecated; without any of
    /// these, all.
    pub fn shown(&self) -> Vec<&'a C> {
        let best = self.claims.iter().map(|claim| claim.rank()).min();
        let ranked = self
            .claims
            .iter()
            .filter(|claim| Some(claim.rank()) == best);
        ranked.copied().collect()
    }

    /// Returns the claims that contradict one of them.
    pub fn against(&self, claim: &C) -> Vec<&'a C> {
        let others = self.claims.iter().filter(|other| claim.contradicts(other));
        others.copied().collect()
    }

    /// Returns the subject without the type of its claims.
    pub fn to_any(&self) -> AnySubject<'a> {
        let [company, topic, period] = self.key;
        let mut pairs = Vec::new();
        for (place, claim) in self.claims.iter().enumerate() {
            let others = self.claims.iter().enumerate().skip(place + 1);
            let against = others.filter(|(_, other)| claim.contradicts(other));
            pairs.extend(against.map(|(other, _)| (place, other)));
        }
        AnySubject {
            kind: C::KIND,
            company,
            topic,
            period,
            claims: self.claims.iter().map(|claim| claim.statement()).collect(),
            pairs,
        }
    }
}

/// The claims of one subject of any kind, and which of them contradict each other.
pub struct AnySubject<'a> {
    /// What kind of record the claims are.
    pub kind: Kind,
    /// Id of the company; empty when it is about none.
    pub company: &'a str,
    /// What is claimed: an event, an attribute, a metric.
    pub topic: &'a str,
    /// When, as written; empty when the subject has no time of its own.
    pub period: &'a str,
    /// The claims, in the order of the file.
    pub claims: Vec<Statement<'a>>,
    /// The places of two claims that contradict each other, the first one first.
    pairs: Vec<(usize, usize)>,
}

impl<'a> AnySubject<'a> {
    /// Says whether any two of the claims contradict each other.
    pub fn is_disputed(&self) -> bool {
        !self.pairs.is_empty()
    }

    /// Returns what it is about in words: the name of its metric, or its slug without hyphens.
    pub fn name(&self, metrics: &'a Records<Metric>) -> Cow<'a, str> {
        match self.metric(metrics) {
            Some(metric) => Cow::Borrowed(&metric.name),
            None => Cow::Owned(words(self.topic)),
        }
    }

    /// Returns the unit of a claim that is a number: its own, or its metric's.
    pub fn unit(&self, claim: &Statement<'a>, metrics: &'a Records<Metric>) -> Option<&'a str> {
        if self.kind != Kind::Kpis {
            return None;
        }
        claim
            .unit
            .or(self.metric(metrics).map(|metric| &*metric.unit))
    }

    fn metric(&self, metrics: &'a Records<Metric>) -> Option<&'a Metric> {
        match self.kind {
            Kind::Kpis | Kind::Metrics => metrics.by_id(self.topic),
            _ => None,
        }
    }

    /// Returns each two claims that contradict each other.
    pub fn contradictions(&self) -> impl Iterator<Item = [&Statement<'a>; 2]> {
        let claims = |(left, right): &(usize, usize)| {
            Some([self.claims.get(*left)?, self.claims.get(*right)?])
        };
        self.pairs.iter().filter_map(claims)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Rank;
    use crate::model::{Event, Kpi};

    fn event(date: &str, rank: Rank) -> Event {
        Event {
            company: "a".parse().unwrap(),
            event: "ipo".into(),
            date: date.parse().unwrap(),
            rank,
            ..Event::default()
        }
    }

    fn dates(claims: &[&Event]) -> Vec<String> {
        claims.iter().map(|claim| claim.date.to_string()).collect()
    }

    #[test]
    fn the_preferred_claim_is_shown_with_those_against_it() {
        let events = [
            event("1999", Rank::Deprecated),
            event("1997-05-15", Rank::Preferred),
            event("1997", Rank::Normal),
        ];
        let subjects = subjects(&events);
        let [subject] = subjects.as_slice() else {
            panic!("one subject")
        };
        let shown = subject.shown();
        assert_eq!(dates(&shown), ["1997-05-15"]);
        assert_eq!(dates(&subject.against(shown[0])), ["1999"], "1997 agrees");
    }

    #[test]
    fn without_a_preferred_claim_none_is_chosen() {
        let events = [event("1999", Rank::Normal), event("1997", Rank::Normal)];
        let subjects = subjects(&events);
        assert_eq!(dates(&subjects[0].shown()), ["1999", "1997"]);
        let events = [event("1999", Rank::Deprecated)];
        assert_eq!(dates(&super::subjects(&events)[0].shown()), ["1999"]);
    }

    #[test]
    fn a_claim_that_names_its_rival_joins_it_whatever_its_period() {
        let kpi = |id: &str, period: &str, rival_of: Option<&str>| Kpi {
            id: id.parse().unwrap(),
            period: Some(period.parse().unwrap()),
            value: "80".parse().unwrap(),
            denominator: rival_of.map(|_| "hours streamed".into()),
            rival_of: rival_of.map(|id| id.parse().unwrap()),
            ..Kpi::default()
        };
        let kpis = [
            kpi("a", "2023", None),
            kpi("b", "2023", None),
            kpi("c", "2013", Some("a")),
            kpi("d", "2013", None),
        ];
        let subjects = subjects(&kpis);
        let subjects: Vec<AnySubject<'_>> = subjects.iter().map(Subject::to_any).collect();
        let ids = |subject: &AnySubject<'_>| -> Vec<String> {
            subject
                .claims
                .iter()
                .map(|claim| claim.id.to_string())
                .collect()
        };
        assert_eq!(ids(&subjects[0]), ["a", "b", "c"]);
        assert_eq!(ids(&subjects[1]), ["d"]);
        assert_eq!(subjects[0].period, "2023");
        assert_eq!(subjects[0].pairs, [(0, 2), (1, 2)], "of another whole");
        assert!(!subjects[1].is_disputed());
    }
}
