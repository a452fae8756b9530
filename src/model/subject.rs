//! Groups claims by subject and picks those to show: ranked with a reason, never chosen in silence.

use crate::base::Rank;

use super::Claim;

/// All claims of one subject.
pub struct Subject<'a, C> {
    claims: Vec<&'a C>,
}

/// Groups claims by subject, the subjects and the claims of each in the order given.
pub fn subjects<'a, C: Claim>(claims: impl IntoIterator<Item = &'a C>) -> Vec<Subject<'a, C>> {
    let mut sorted: Vec<(usize, &C)> = claims.into_iter().enumerate().collect();
    sorted.sort_by(|(_, left), (_, right)| left.subject().cmp(&right.subject()));
    let same = sorted.chunk_by(|(_, left), (_, right)| left.subject() == right.subject());
    let mut subjects: Vec<(usize, Subject<'a, C>)> = same
        .filter_map(|same| {
            let (place, _) = same.first()?;
            let claims = same.iter().map(|(_, claim)| *claim).collect();
            Some((*place, Subject { claims }))
        })
        .collect();
    subjects.sort_by_key(|(place, _)| *place);
    subjects.into_iter().map(|(_, subject)| subject).collect()
}

impl<'a, C: Claim> Subject<'a, C> {
    /// Returns the claims to show: the preferred ones; without any, all that are not deprecated; without any of
    /// these, all.
    pub fn shown(&self) -> Vec<&'a C> {
        for rank in [Rank::Preferred, Rank::Normal] {
            let ranked = self.claims.iter().filter(|claim| claim.rank() == rank);
            let ranked: Vec<&C> = ranked.copied().collect();
            if !ranked.is_empty() {
                return ranked;
            }
        }
        self.claims.clone()
    }

    /// Returns the claims that contradict one of them.
    pub fn against(&self, claim: &C) -> Vec<&'a C> {
        let others = self.claims.iter().filter(|other| claim.contradicts(other));
        others.copied().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Event;

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
}
