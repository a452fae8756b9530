//! When a company first did something: one event, anything of a domain of technology, any event of a category.

use std::collections::BTreeMap;

use crate::base::code::codes;
use crate::base::id::words;
use crate::base::sort::sort_by;
use crate::base::{Citations, Date, Id, Rank, Span};
use crate::model::{Event, Technology, subjects};

codes! {
    /// What the occurrences of a topic have in common.
    TopicKind {
        /// They are one event.
        #[default]
        Event = "event", "event";
        /// They take up one domain of technology.
        Domain = "domain", "domain";
        /// They are events of one category.
        Category = "category", "category";
    }
}

/// Something that companies do at some time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Topic<'a> {
    /// What its occurrences have in common.
    pub kind: TopicKind,
    /// The slug of the event, the domain or the category.
    pub key: &'a str,
}

impl Topic<'_> {
    /// Returns the topic in words: its slug without hyphens.
    pub fn words(self) -> String {
        words(self.key)
    }
}

/// A record that dates something.
#[derive(Debug, Clone, Copy)]
pub struct Dated<'a> {
    /// Id of the record.
    pub id: &'a Id,
    /// When.
    pub date: &'a Date,
    /// Who states it, and where.
    pub cite: &'a Citations,
    topics: [Option<Topic<'a>>; 3],
}

impl<'a> Dated<'a> {
    fn of_event(event: &'a Event) -> Self {
        let topic = |kind, key| Topic { kind, key };
        let domain = event.domain.as_deref();
        Self {
            id: &event.id,
            date: &event.date,
            cite: &event.cite,
            topics: [
                Some(topic(TopicKind::Event, &event.event)),
                Some(topic(TopicKind::Category, &event.category)),
                domain.map(|domain| topic(TopicKind::Domain, domain)),
            ],
        }
    }

    /// Takes the time when a technology was in use for when it was taken up; `None` when that is not stated.
    fn of_technology(technology: &'a Technology) -> Option<Self> {
        let domain = Topic {
            kind: TopicKind::Domain,
            key: &technology.domain,
        };
        technology.period.as_ref().map(|period| Self {
            id: &technology.id,
            date: period,
            cite: &technology.cite,
            topics: [Some(domain), None, None],
        })
    }
}

/// Something that a company did once.
#[derive(Debug, Clone)]
pub struct Occurrence<'a> {
    company: &'a Id,
    /// The claims to go by.
    shown: Vec<Dated<'a>>,
    /// The claims of any rank that contradict one of them; these too, when they contradict each other.
    against: Vec<Dated<'a>>,
}

impl<'a> Occurrence<'a> {
    fn topics(&self) -> impl Iterator<Item = Topic<'a>> {
        self.shown.iter().flat_map(|claim| claim.topics).flatten()
    }

    /// Returns when it may have been, whichever of the claims to go by is right.
    fn span(&self) -> Option<Span> {
        Span::hull(self.shown.iter().map(|claim| claim.date.into()))
    }
}

/// Returns everything that is dated: events by their claims, and technologies whose time of use is stated.
pub fn occurrences<'a>(
    events: impl IntoIterator<Item = &'a Event>,
    technologies: impl IntoIterator<Item = &'a Technology>,
) -> Vec<Occurrence<'a>> {
    let events = subjects(events).into_iter().filter_map(|subject| {
        let mut shown = subject.shown();
        // What nobody thinks right dates nothing.
        shown.retain(|event| event.rank != Rank::Deprecated);
        let mut against: Vec<Dated<'a>> = Vec::new();
        for claim in shown.iter().flat_map(|event| subject.against(event)) {
            if !against.iter().any(|known| known.id == &claim.id) {
                against.push(Dated::of_event(claim));
            }
        }
        Some(Occurrence {
            company: &shown.first()?.company,
            shown: shown.into_iter().map(Dated::of_event).collect(),
            against,
        })
    });
    let technologies = technologies.into_iter().filter_map(|technology| {
        Some(Occurrence {
            company: &technology.company,
            shown: vec![Dated::of_technology(technology)?],
            against: Vec::new(),
        })
    });
    events.chain(technologies).collect()
}

/// Returns every topic that occurs, in order, and how many companies have dated it.
pub fn topics<'a>(occurrences: &[Occurrence<'a>]) -> Vec<(Topic<'a>, usize)> {
    let mut topics: BTreeMap<Topic<'a>, Vec<&Id>> = BTreeMap::new();
    for occurrence in occurrences {
        for topic in occurrence.topics() {
            let companies = topics.entry(topic).or_default();
            if !companies.contains(&occurrence.company) {
                companies.push(occurrence.company);
            }
        }
    }
    let counted = topics.into_iter();
    counted
        .map(|(topic, companies)| (topic, companies.len()))
        .collect()
}

/// When a company first did something, as far as that can be told.
#[derive(Debug, Clone)]
pub struct Onset<'a> {
    /// Every day on which it may have been.
    pub span: Span,
    /// The claims that may be about the first time.
    pub claims: Vec<Dated<'a>>,
    /// The claims that would move it if they were right.
    pub rivals: Vec<Dated<'a>>,
    /// Everything of the topic that the company did.
    occurrences: Vec<Occurrence<'a>>,
}

impl<'a> Onset<'a> {
    /// Finds the first time that a company did something of a topic; `None` when none is dated.
    pub fn of(topic: Topic<'_>, company: &Id, occurrences: &[Occurrence<'a>]) -> Option<Self> {
        let its = occurrences.iter().filter(|occurrence| {
            occurrence.company == company && occurrence.topics().any(|own| own == topic)
        });
        let occurrences: Vec<Occurrence<'a>> = its.cloned().collect();
        let span = Span::earliest(occurrences.iter().filter_map(Occurrence::span))?;
        let may_be_first = |other: Span| !span.is_before(other);
        let (mut claims, mut rivals) = (Vec::new(), Vec::new());
        for occurrence in &occurrences {
            let is_candidate = occurrence.span().is_some_and(may_be_first);
            if is_candidate {
                claims.extend(&occurrence.shown);
            }
            let against = occurrence.against.iter();
            rivals.extend(against.filter(|rival| is_candidate || may_be_first(rival.date.into())));
        }
        sort_by(&mut rivals, |left: &Dated<'a>, right| {
            left.date.cmp(right.date)
        });
        Some(Self {
            span,
            claims,
            rivals,
            occurrences,
        })
    }

    /// Returns the date that says just when it was; `None` when several claims together do.
    pub fn date(&self) -> Option<&'a Date> {
        let dates = self.claims.iter().map(|claim| claim.date);
        dates
            .into_iter()
            .find(|date| Span::from(*date) == self.span)
    }

    /// Writes when: one date, or those between which nothing decides: `2000 or 2010`.
    pub fn words(&self) -> String {
        let mut dates: Vec<&str> = self
            .claims
            .iter()
            .map(|claim| claim.date.as_str())
            .collect();
        dates.sort_unstable();
        dates.dedup();
        match self.date() {
            Some(date) => date.to_string(),
            None => dates.join(" or "),
        }
    }

    /// Says whether it is known which event or technology was the first.
    pub fn is_single(&self) -> bool {
        let may_be_first = |occurrence: &&Occurrence<'_>| {
            let span = occurrence.span();
            span.is_some_and(|span| !self.span.is_before(span))
        };
        self.occurrences.iter().filter(may_be_first).count() == 1
    }

    /// Says whether a record is a claim that may be about the first time.
    pub fn has(&self, id: &Id) -> bool {
        self.claims.iter().any(|claim| claim.id == id)
    }

    /// Returns the rivals that are of the same rank as what they contradict, so that nothing decides between them.
    pub fn undecided(&self) -> impl Iterator<Item = &Dated<'a>> {
        self.rivals.iter().filter(|rival| self.has(rival.id))
    }

    /// Returns when it may have been if one of the rivals is right.
    pub fn if_right(&self, rival: &Dated<'_>) -> Span {
        let spans = self.occurrences.iter().filter_map(|occurrence| {
            let is_its = occurrence.against.iter().any(|claim| claim.id == rival.id);
            if is_its {
                Some(rival.date.into())
            } else {
                occurrence.span()
            }
        });
        Span::earliest(spans).unwrap_or(self.span)
    }
}
