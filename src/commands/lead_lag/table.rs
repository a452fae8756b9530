//! The tables of who was first: a row for each topic, and below it what happened.

use anyhow::Result;

use crate::base::{Complaint, Elapsed, Id, Quantity, Relation, Scalar as _, Type, Value};
use crate::commands::Context;
use crate::commands::tables::check_keys;
use crate::commands::topics::stated;
use crate::compare::{Entrant, Lead, Onset, Outcome, RivalDate, TopicKind, Verdict};
use crate::model::{Company, Event, Technology};
use crate::report::{Audience, Cell, Column, Mark, Row, Table};

/// Makes a row for each topic.
pub(super) fn table<'a>(
    leads: &[Lead<'a>],
    companies: &[&'a Company],
) -> Result<Table<'a>, Complaint> {
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
        kind.value().into(),
    ];
    for entrant in &lead.entrants {
        row.extend(entrant_cells(entrant));
    }
    let Outcome {
        leader,
        by,
        verdict,
    } = lead.outcome;
    let leader = leader.map(|company| company.to_value());
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
        verdict.value().into(),
        Value::Truth(is_change).into(),
        Value::List(lead.rivals.iter().map(|rival| told(rival).into()).collect()).into(),
    ]);
    row
}

/// Shows when a company was first.
pub(in crate::commands) fn first_date<'a>(onset: &Onset<'a>) -> Cell<'a> {
    let date = onset.date();
    let date = date.map_or_else(|| Value::text(onset.words()), Value::Date);
    Cell::from(date).mark_if(!onset.rivals.is_empty(), Mark::Disputed)
}

/// Makes the cells of one company: when it was first, then who states it.
fn entrant_cells<'a>(entrant: &Entrant<'a>) -> Vec<Cell<'a>> {
    let Some(onset) = &entrant.onset else {
        return vec![Cell::from(Value::Missing); 5];
    };
    let cites = onset.claims.iter().flat_map(|claim| claim.cite.iter());
    let records = onset.claims.iter().map(|claim| claim.id.as_str().into());
    vec![
        first_date(onset),
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

/// Makes the table of what happened and who states it, rivals included, for people.
pub(super) fn happened<'a>(leads: &[Lead<'a>], context: &'a Context) -> Result<Table<'a>> {
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
                    entrant.company.to_value().into(),
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
