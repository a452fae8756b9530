//! `casecmp lead-lag`: who was first, by how long, and whether that can be told.

mod table;

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::sort::sort_by_key;
use crate::base::{Complaint, Id};
use crate::compare::{Lead, Occurrence, Topic, TopicKind, lead, occurrences, topics};
use crate::model::{Company, Event, Technology};
use crate::report::Report;

use super::Context;
use super::context::{check_two, misplaced};
use super::tables::TableArgs;
use super::topics::{found, known};
use table::{happened, table};

pub(super) use table::first_date;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp lead-lag
  casecmp lead-lag amazon netflix --topic cloud --cite
  casecmp lead-lag --topic streaming-launch,service -f csv";

/// Which companies and topics.
#[derive(Debug, Args)]
pub struct LeadLagArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    /// Events, domains of technology or categories of events, separated by commas; the events and domains that companies
    /// share without any
    #[arg(long, value_name = "TOPIC", value_delimiter = ',')]
    topic: Vec<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Tells who was first, topic by topic.
pub(super) fn run<'a>(args: &LeadLagArgs, context: &'a Context) -> Result<Report<'a>> {
    if !args.topic.is_empty() {
        // A topic that only companies not asked for know is no unknown one: their rows must not be left out.
        context.casebook.table::<Event>()?;
        context.casebook.table::<Technology>()?;
    }
    let companies = context.companies(&args.companies).map_err(|error| {
        let known = known_topics(context).unwrap_or_default();
        let is_topic = |name: &&String| found(name, &known, "topic", "").is_ok();
        match args.companies.iter().find(is_topic) {
            Some(topic) => misplaced(
                error,
                &context.command(&format!("lead-lag --topic {topic}")),
            ),
            None => error,
        }
    })?;
    check_two(&companies, "to tell who was first takes", context)?;
    let (leads, left_out) = if args.topic.is_empty() {
        shared(&companies, context)?
    } else {
        let topics = named(&args.topic, &known_topics(context)?, context)?;
        let occurrences = occurrences_of(&companies, context)?;
        let leads = topics
            .into_iter()
            .map(|topic| lead(topic, &companies, &occurrences));
        (leads.collect(), 0)
    };
    let mut report = args.table.report(table(&leads, &companies)?, context)?;
    if args.topic.is_empty() {
        report
            .notes
            .push("what happened, and who states it: casecmp lead-lag --topic TOPIC".into());
    } else if !args.table.is_reshaped() {
        report.tables.insert(1, happened(&leads, context)?);
    }
    report.notes.splice(0..0, notes(&leads, left_out));
    Ok(report)
}

/// Returns every topic of the casebook.
fn known_topics(context: &Context) -> Result<BTreeSet<Topic<'_>>> {
    let events = context.casebook.table::<Event>()?.iter();
    let technologies = context.casebook.table::<Technology>()?.iter();
    Ok(known(events, technologies))
}

/// Returns what those companies did, and when.
fn occurrences_of<'a>(companies: &[&Company], context: &'a Context) -> Result<Vec<Occurrence<'a>>> {
    let is_asked = |id: &Id| companies.iter().any(|company| company.id == *id);
    let events = context.casebook.table::<Event>()?.iter();
    let technologies = context.casebook.table::<Technology>()?.iter();
    Ok(occurrences(
        events.filter(|event| is_asked(&event.company)),
        technologies.filter(|used| is_asked(&used.company)),
    ))
}

/// Tells who was first at the events and domains that several companies have dated, by the first day of any, and how many
/// only one company has. An event that says no more than its domain is left out.
pub(super) fn shared<'a>(
    companies: &[&'a Company],
    context: &'a Context,
) -> Result<(Vec<Lead<'a>>, usize)> {
    let occurrences = occurrences_of(companies, context)?;
    let mut topics = topics(&occurrences);
    topics.retain(|(topic, _)| topic.kind != TopicKind::Category);
    let all = topics.len();
    topics.retain(|(_, companies)| *companies > 1);
    let left_out = all - topics.len();
    let leads = topics
        .into_iter()
        .map(|(topic, _)| lead(topic, companies, &occurrences));
    let leads: Vec<Lead<'a>> = leads.collect();
    let (of_domains, mut leads): (Vec<Lead<'a>>, Vec<Lead<'a>>) = leads
        .into_iter()
        .partition(|lead| lead.topic.kind == TopicKind::Domain);
    leads.retain(|lead| !of_domains.iter().any(|domain| says_all(domain, lead)));
    leads.extend(of_domains);
    sort_by_key(&mut leads, first_day);
    Ok((leads, left_out))
}

/// Says whether a domain is dated by the same records as an event, and the same.
fn says_all(domain: &Lead<'_>, event: &Lead<'_>) -> bool {
    let mut entrants = domain.entrants.iter().zip(&event.entrants);
    entrants.all(|(domain, event)| match (&domain.onset, &event.onset) {
        (Some(domain), Some(event)) => {
            let mut claims = event.claims.iter();
            domain.span == event.span && claims.all(|claim| domain.has(claim.id))
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    })
}

/// Finds the topics of those names. A name may be an event, a domain and a category at once: then it is all of them.
fn named<'a>(
    names: &[String],
    known: &BTreeSet<Topic<'a>>,
    context: &Context,
) -> Result<Vec<Topic<'a>>, Complaint> {
    let (shared, all) = (
        context.command("lead-lag"),
        context.command("query events --columns company,event,domain,category"),
    );
    let all = format!("`{shared}` lists those that companies share, `{all}` all of events");
    let mut topics = Vec::new();
    for name in names {
        for topic in found(name, known, "topic", &all)? {
            if !topics.contains(&topic) {
                topics.push(topic);
            }
        }
    }
    Ok(topics)
}

/// Returns the first day on which any of the companies may have been first.
fn first_day(lead: &Lead<'_>) -> Option<i32> {
    let onsets = lead
        .entrants
        .iter()
        .filter_map(|entrant| entrant.onset.as_ref());
    onsets.map(|onset| onset.span.first.number()).min()
}

/// Says how to read the answer, and what is left out of it.
fn notes(leads: &[Lead<'_>], left_out: usize) -> Vec<String> {
    let mut notes = Vec::new();
    if !leads.is_empty() {
        notes.push(
            "a year may be any day of it, an interval any day from its first to its last; by: all that this allows"
                .to_owned(),
        );
    }
    let has = |kind| leads.iter().any(|lead| lead.topic.kind == kind);
    if has(TopicKind::Domain) {
        notes.push(
            "a domain counts from the first dated event or technology of it, which need not be of one kind".into(),
        );
    }
    if has(TopicKind::Category) {
        notes.push("a category counts from the first event of it".into());
    }
    if leads.iter().any(|lead| lead.entrants.len() > 2) {
        notes
            .push("by: from the leader to the next company; undated companies do not count".into());
    }
    if leads.iter().any(|lead| !lead.rivals.is_empty()) {
        notes.push(
            "if a rival is right: each contrary claim, and what would follow from it alone".into(),
        );
    }
    if left_out > 0 {
        let topics = counted(left_out, "topic", "topics");
        notes.push(format!(
            "left out: {topics} that only one company has dated; casecmp lead-lag --topic TOPIC shows one"
        ));
    }
    notes
}
