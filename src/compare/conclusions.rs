//! Everything that is concluded from a casebook, to see what changes when some of its records are left out.

use crate::base::code::codes;
use crate::base::{Id, Stance};
use crate::model::{Company, Event, Hypothesis, Kpi, Metric, Technology};

use super::figure::Figures;
use super::lead::lead;
use super::leader::Leader;
use super::metric::compare;
use super::onset::{Topic, TopicKind, occurrences, topics};
use super::terms::Terms;
use super::verdict::Verdict;

codes! {
    /// What a conclusion is about.
    Part {
        /// A metric over the companies.
        #[default]
        Metrics = "metrics", "metric";
        /// Who was first.
        Dates = "dates", "date";
        /// A hypothesis.
        Hypotheses = "hypotheses", "hypothesis";
    }
}

codes! {
    /// On which side of a hypothesis its evidence is.
    Balance {
        /// All that is not neutral speaks for it.
        Supported = "supported", "evidence for it only";
        /// Some speaks for it, some against it.
        Contested = "contested", "evidence on both sides";
        /// All that is not neutral speaks against it.
        Opposed = "opposed", "evidence against it only";
        /// Nothing speaks for or against it.
        #[default]
        None = "none", "no evidence";
    }
}

/// What is concluded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Concluded<'a> {
    /// A verdict, and the company that leads, if one does.
    Verdict(Verdict, Option<&'a Id>),
    /// On which side the evidence is.
    Balance(Balance),
}

/// A conclusion.
#[derive(Debug, Clone, Copy)]
pub struct Conclusion<'a> {
    /// What it is about.
    pub part: Part,
    /// Its topic: the id of a metric or a hypothesis, the slug of an event or a domain.
    pub topic: &'a str,
    /// What is concluded.
    pub outcome: Concluded<'a>,
}

/// What conclusions are drawn from.
pub struct Grounds<'a> {
    /// The companies compared.
    pub companies: Vec<&'a Company>,
    /// The metrics.
    pub metrics: Vec<&'a Metric>,
    /// Their values.
    pub kpis: Vec<&'a Kpi>,
    /// What the companies did, and when.
    pub events: Vec<&'a Event>,
    /// What they use, and since when.
    pub technologies: Vec<&'a Technology>,
    /// The hypotheses.
    pub hypotheses: Vec<&'a Hypothesis>,
    /// On what terms values are compared.
    pub terms: Terms<'a>,
}

impl Part {
    /// Returns what is concluded where there is nothing to conclude from.
    pub fn nothing<'a>(self) -> Concluded<'a> {
        match self {
            Self::Metrics | Self::Dates => Concluded::Verdict(Verdict::NoData, None),
            Self::Hypotheses => Concluded::Balance(Balance::None),
        }
    }
}

impl Concluded<'_> {
    /// Says whether it is about one company at most, so that nothing is compared.
    pub fn is_bare(self) -> bool {
        matches!(self, Self::Verdict(Verdict::OneSided | Verdict::NoData, _))
    }
}

impl<'a> Grounds<'a> {
    /// Draws every conclusion from the records that are kept, the same topics in the same order whichever these are.
    pub fn conclusions(&self, is_kept: &dyn Fn(&Id) -> bool) -> Vec<Conclusion<'a>> {
        let mut conclusions = self.of_metrics(is_kept);
        conclusions.extend(self.of_dates(is_kept));
        let balances = self.hypotheses.iter().map(|hypothesis| Conclusion {
            part: Part::Hypotheses,
            topic: hypothesis.id.as_str(),
            outcome: Concluded::Balance(balance(hypothesis, is_kept)),
        });
        conclusions.extend(balances);
        conclusions
    }

    fn of_metrics(&self, is_kept: &dyn Fn(&Id) -> bool) -> Vec<Conclusion<'a>> {
        let kept = self.kpis.iter().copied().filter(|kpi| is_kept(&kpi.id));
        let figures = Figures::of(kept);
        let conclude = |metric: &&'a Metric| {
            let asked: Vec<(&'a Company, &'a Metric)> = self
                .companies
                .iter()
                .map(|company| (*company, *metric))
                .collect();
            let comparison = compare(&asked, &figures, &self.terms);
            let leader = match comparison.leader {
                Leader::Company(company) => Some(&company.id),
                Leader::Tie | Leader::None => None,
            };
            Conclusion {
                part: Part::Metrics,
                topic: metric.id.as_str(),
                outcome: Concluded::Verdict(comparison.verdict, leader),
            }
        };
        self.metrics.iter().map(conclude).collect()
    }

    fn of_dates(&self, is_kept: &dyn Fn(&Id) -> bool) -> Vec<Conclusion<'a>> {
        let of = |is_kept: &dyn Fn(&Id) -> bool| {
            let events = self.events.iter().copied();
            let technologies = self.technologies.iter().copied();
            occurrences(
                events.filter(|event| is_kept(&event.id)),
                technologies.filter(|used| is_kept(&used.id)),
            )
        };
        let topics = topics(&of(&|_| true));
        let topics = topics.into_iter().map(|(topic, _)| topic);
        // An event that takes up a domain counts there.
        let has_domain = |topic: &Topic<'_>| {
            let mut events = self.events.iter();
            events.any(|event| *event.event == *topic.key && event.domain.is_some())
        };
        let topics = topics.filter(|topic| match topic.kind {
            TopicKind::Event => !has_domain(topic),
            TopicKind::Domain => true,
            TopicKind::Category => false,
        });
        let kept = of(is_kept);
        let conclude = |topic: Topic<'a>| {
            let lead = lead(topic, &self.companies, &kept);
            let leader = lead.outcome.leader.map(|company| &company.id);
            Conclusion {
                part: Part::Dates,
                topic: topic.key,
                outcome: Concluded::Verdict(lead.outcome.verdict, leader),
            }
        };
        topics.map(conclude).collect()
    }
}

/// Says on which side the kept evidence of a hypothesis is.
fn balance(hypothesis: &Hypothesis, is_kept: &dyn Fn(&Id) -> bool) -> Balance {
    let has = |stance| {
        let mut items = hypothesis.evidence.iter();
        items.any(|item| item.stance == stance && is_kept(&item.record))
    };
    match (has(Stance::Supports), has(Stance::Opposes)) {
        (true, true) => Balance::Contested,
        (true, false) => Balance::Supported,
        (false, true) => Balance::Opposed,
        (false, false) => Balance::None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Evidence, Records};

    #[test]
    fn what_hangs_on_a_record_changes_without_it_and_nothing_else() {
        let company = |id: &str| Company {
            id: id.parse().unwrap(),
            ..Company::default()
        };
        let companies = [company("a"), company("b")];
        let metric = Metric {
            id: "m".parse().unwrap(),
            ..Metric::default()
        };
        let kpi = |company: &str, value: &str| Kpi {
            id: format!("{company}-m").parse().unwrap(),
            company: company.parse().unwrap(),
            metric: "m".parse().unwrap(),
            value: value.parse().unwrap(),
            period: Some("2020".parse().unwrap()),
            ..Kpi::default()
        };
        let event = |company: &str, date: &str, event: &'static str| Event {
            id: format!("{company}-{event}").parse().unwrap(),
            company: company.parse().unwrap(),
            event: event.into(),
            date: date.parse().unwrap(),
            domain: (event == "launch").then(|| "cloud".into()),
            ..Event::default()
        };
        let item = |record: &str, stance| Evidence {
            record: record.parse().unwrap(),
            stance,
            cite: None,
            note: None,
        };
        let hypothesis = Hypothesis {
            id: "h".parse().unwrap(),
            evidence: vec![
                item("a-m", Stance::Supports),
                item("b-launch", Stance::Opposes),
            ],
            ..Hypothesis::default()
        };
        let kpis = [kpi("a", "1"), kpi("b", "5")];
        let events = [
            event("a", "2001", "launch"),
            event("b", "2005", "launch"),
            event("a", "1990", "founded"),
        ];
        let sources = Records::default();
        let grounds = Grounds {
            companies: companies.iter().collect(),
            metrics: vec![&metric],
            kpis: kpis.iter().collect(),
            events: events.iter().collect(),
            technologies: Vec::new(),
            hypotheses: vec![&hypothesis],
            terms: Terms {
                as_of: None,
                max_gap: 1.0,
                sources: &sources,
            },
        };
        let without = |left_out: &str| -> Vec<String> {
            let conclusions = grounds.conclusions(&|id| id.as_str() != left_out);
            let told = conclusions.iter().map(|conclusion| {
                let says = match conclusion.outcome {
                    Concluded::Verdict(verdict, leader) => {
                        format!("{} {}", verdict.key(), leader.map_or("-", Id::as_str))
                    }
                    Concluded::Balance(balance) => balance.key().to_owned(),
                };
                format!("{}: {says}", conclusion.topic)
            });
            told.collect()
        };
        let [value, founded, cloud, contested] = [
            "m: differs -",
            "founded: one-sided -",
            "cloud: differs a",
            "h: contested",
        ];
        assert_eq!(without("nothing"), [value, founded, cloud, contested]);
        assert_eq!(
            without("a-m"),
            ["m: one-sided -", founded, cloud, "h: opposed"]
        );
        assert_eq!(
            without("b-launch"),
            [value, founded, "cloud: one-sided -", "h: supported"]
        );
        assert_eq!(
            without("a-founded"),
            [value, "founded: no-data -", cloud, contested]
        );
    }
}
