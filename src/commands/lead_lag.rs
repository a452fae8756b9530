//! `casecmp lead-lag`: who was first, by how long, and whether that can be told.

use std::collections::BTreeSet;

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::sort::sort_by_key;
use crate::base::{Complaint, Elapsed, Id, Quantity, Relation, Scalar as _, Type, Value};
use crate::compare::{
    Entrant, Lead, Occurrence, Outcome, RivalDate, Topic, TopicKind, Verdict, lead, occurrences,
    topics,
};
use crate::model::{Company, Event, Technology};
use crate::report::{Audience, Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::context::misplaced;
use super::tables::{TableArgs, check_keys};
use super::topics::{found, known, stated};

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
            Some(topic) => misplaced(error, &format!("casecmp lead-lag --topic {topic}")),
            None => error,
        }
    })?;
    if companies.len() < 2 {
        let hint = "name two or more; `casecmp companies` lists all";
        return Err(Complaint::new("to tell who was first takes two companies")
            .hint(hint)
            .into());
    }
    let (leads, left_out) = if args.topic.is_empty() {
        shared(&companies, context)?
    } else {
        let topics = named(&args.topic, &known_topics(context)?)?;
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

/// Makes the table of what happened and who states it, rivals included, for people.
fn happened<'a>(leads: &[Lead<'a>], context: &'a Context) -> Result<Table<'a>> {
    let events = context.casebook.table::<Event>()?;
    let technologies = context.casebook.table::<Technology>()?;
    let what = |id: &Id| {
        let event = events.by_id(id.as_str()).map(|event| &*event.title);
        event.or_else(|| technologies.by_id(id.as_str()).map(|used| &*used.name))
    };
    let columns = vec![
        Column::new("topic", "Topic", Type::Text).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("date", "Date", Type::Date),
        Column::new("what", "What", Type::Text),
        Column::new("source", "Source", Type::Cites),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for lead in leads {
        for entrant in &lead.entrants {
            let Some(onset) = &entrant.onset else {
                continue;
            };
            let rivals = onset.rivals.iter().filter(|rival| !onset.has(rival.id));
            let contested = rivals.map(|claim| (claim, true));
            for (claim, is_rival) in onset
                .claims
                .iter()
                .map(|claim| (claim, false))
                .chain(contested)
            {
                let date = Cell::from(Value::Date(claim.date));
                rows.push(vec![
                    Value::text(lead.topic.words()).into(),
                    Value::code(entrant.company.id.as_str(), &*entrant.company.name).into(),
                    date.mark_if(is_rival, Mark::Disputed),
                    what(claim.id).map_or(Value::Missing, Value::text).into(),
                    Value::cites(claim.cite.iter()).into(),
                ]);
            }
        }
    }
    let table = Table::new("happened", columns, rows).title("What happened");
    Ok(table.only_for(Audience::People))
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
fn named<'a>(names: &[String], known: &BTreeSet<Topic<'a>>) -> Result<Vec<Topic<'a>>, Complaint> {
    let mut topics = Vec::new();
    for name in names {
        let all = "`casecmp lead-lag` lists those that companies share, \
                   `casecmp query events --columns company,event,domain,category` all of events";
        for topic in found(name, known, "topic", all)? {
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

/// Makes a row for each topic.
fn table<'a>(leads: &[Lead<'a>], companies: &[&'a Company]) -> Result<Table<'a>, Complaint> {
    let mut columns = vec![
        Column::new("topic", "Topic", Type::Text),
        Column::new("kind", "Kind", TopicKind::TYPE),
    ];
    for company in companies {
        let column = |suffix: &str, what: &str, kind| {
            let key = format!("{}{suffix}", company.key());
            Column::new(key, format!("{} {what}", company.name), kind).detail()
        };
        columns.extend([
            Column::new(company.key(), company.name.clone(), Type::Date),
            column("_start", "from", Type::Date),
            column("_end", "to", Type::Date),
            column("_cite", "source", Type::Cites),
            column("_record", "record", Type::List),
        ]);
    }
    columns.extend([
        Column::new("leads", "Leads", Type::Text),
        Column::new("by", "By", Type::Text),
        Column::new("lead_low", "Least years", Type::Number).detail(),
        Column::new("lead_high", "Most years", Type::Number).detail(),
        Column::new("verdict", "Verdict", Verdict::TYPE),
        Column::new("rival_changes", "A rival would change it", Type::Truth).detail(),
        Column::new("rivals", "If a rival is right", Type::List),
    ]);
    check_keys(&columns)?;
    let rows: Vec<Row<'a>> = leads.iter().map(row).collect();
    Ok(Table::new("lead-lag", columns, rows))
}

fn row<'a>(lead: &Lead<'a>) -> Row<'a> {
    let kind = lead.topic.kind;
    let mut row: Row<'a> = vec![
        Value::code(lead.topic.key, lead.topic.words()).into(),
        Value::code(kind.key(), kind.label()).into(),
    ];
    for entrant in &lead.entrants {
        row.extend(entrant_cells(entrant));
    }
    let Outcome {
        leader,
        by,
        verdict,
    } = lead.outcome;
    let leader = leader.map(|company| Value::code(company.id.as_str(), &*company.name));
    let years = |end: Option<Quantity>| -> Cell<'a> {
        end.map_or(Value::Missing, |years| Value::Number(years, Relation::Eq))
            .into()
    };
    let words = by.map_or(Value::Missing, |by| Value::text(by.in_words()));
    let is_change = lead.rivals.iter().any(|rival| rival.is_change);
    row.extend([
        leader.unwrap_or_default().into(),
        Cell::from(words).mark_if(by.is_some(), Mark::Derived),
        years(by.and_then(Elapsed::least)),
        years(by.and_then(Elapsed::most)),
        Value::code(verdict.key(), verdict.label()).into(),
        Value::Truth(is_change).into(),
        Value::List(lead.rivals.iter().map(|rival| told(rival).into()).collect()).into(),
    ]);
    row
}

/// Makes the cells of one company: when it was first, then who states it.
fn entrant_cells<'a>(entrant: &Entrant<'a>) -> Vec<Cell<'a>> {
    let Some(onset) = &entrant.onset else {
        return vec![Cell::from(Value::Missing); 5];
    };
    let date = onset.date();
    let date = date.map_or_else(|| Value::text(onset.words()), Value::Date);
    let cites = onset.claims.iter().flat_map(|claim| claim.cite.iter());
    let records = onset.claims.iter().map(|claim| claim.id.as_str().into());
    vec![
        Cell::from(date).mark_if(!onset.rivals.is_empty(), Mark::Disputed),
        Value::Day(onset.span.first).into(),
        onset.span.last.map_or(Value::Missing, Value::Day).into(),
        Value::cites(cites).into(),
        Value::List(records.collect()).into(),
    ]
}

/// Writes what would follow if a rival were right: `Amazon 2008 (perez2024): cannot tell`.
fn told(rival: &RivalDate<'_>) -> String {
    let outcome = match rival.outcome.leader {
        Some(leader) => format!("{} leads", leader.name),
        None => rival.outcome.verdict.label().to_owned(),
    };
    format!("{} {}: {outcome}", rival.company.name, stated(&rival.claim))
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
