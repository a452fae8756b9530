//! Companies side by side on everything, in short.

use anyhow::Result;

use crate::base::count::counted;
use crate::base::id::words;
use crate::base::{Relation, Type, Value};
use crate::commands::Context;
use crate::commands::context::check_two;
use crate::commands::lead_lag::{first_date, shared as shared_dates};
use crate::commands::sides;
use crate::commands::tables::check_keys;
use crate::compare::{Comparison, Lead, Verdict};
use crate::model::{Company, Kind};
use crate::report::{Audience, Cell, Column, Report, Row, Table};

use super::CompareArgs;
use super::asked::asked;
use super::metrics::{LEADS, comparisons, others_note};
use super::summary::{leads, name, unit};
use super::topics::{Topic, topics};

/// The tables whose topics are compared.
const PARTS: [Kind; 4] = [
    Kind::Technologies,
    Kind::Challenges,
    Kind::Experience,
    Kind::Swot,
];

/// Compares companies on their metrics and topics. People get a table for each part, machines one table of all, and
/// people too when they ask for rows or columns.
pub(super) fn run<'a>(args: &CompareArgs, context: &'a Context) -> Result<Report<'a>> {
    let companies = context.named(&args.companies)?;
    check_two(&companies, "a comparison needs", context)?;
    let compared = comparisons(&asked(&[], &companies, context)?, &args.terms, context)?;
    let mut parts = Vec::new();
    for kind in PARTS {
        let (_, topics, _) = topics(kind, &companies, context)?;
        if !topics.is_empty() {
            parts.push((kind, topics));
        }
    }
    let (dates, undated) = shared_dates(&companies, context)?;
    let all = all(&dates, &compared, &parts, &companies)?;
    let mut report = args.table.report(all, context)?;
    if args.table.is_as_made() {
        for table in &mut report.tables {
            table.audience = Audience::Machines;
        }
        let has_shared = compared.iter().any(|comparison| comparison.valued() > 1);
        let (shared, others) = shared(&compared, &companies);
        if !dates.is_empty() {
            report.tables.push(key_dates(&dates, &companies));
        }
        if has_shared {
            report.tables.push(shared);
        }
        if companies.len() > 2 {
            report
                .notes
                .push("the verdict is that of the two companies that allow the least".into());
        }
        report
            .tables
            .extend((!parts.is_empty()).then(|| common(&parts, &companies)));
        report.notes.push(LEADS.into());
        report.notes.extend(others_note(others, context));
        if undated > 0 {
            let topics = counted(undated, "event or domain is", "events and domains are");
            let list = context.command("timeline");
            report.notes.push(format!(
                "{topics} dated for one of them only; {list} lists all"
            ));
        }
        let [metric, dates, table] = ["compare --metric METRIC", "lead-lag", "compare --on TABLE"]
            .map(|command| context.command(command));
        report.notes.push(format!(
            "sources and reasons: {metric}; dates: {dates}; records: {table}"
        ));
    }
    Ok(report)
}

/// Makes the table of what both have dated, for people.
fn key_dates<'a>(leads: &[Lead<'a>], companies: &[&'a Company]) -> Table<'a> {
    let mut columns = vec![Column::new("topic", "Event or domain", Type::Text)];
    for company in companies {
        columns.push(Column::new(company.key(), company.name.clone(), Type::Date));
    }
    columns.push(Column::new("leads", "First", Type::Text));
    columns.push(Column::new("by", "By", Type::Text));
    columns.push(Column::new("verdict", "Verdict", Type::Code(Verdict::KEYS)));
    let rows = leads.iter().map(|lead| {
        let mut row: Row<'a> = vec![Value::text(lead.topic.words()).into()];
        row.extend(dates(lead));
        let by = lead
            .outcome
            .by
            .map_or(Value::Missing, |by| Value::text(by.in_words()));
        row.extend([first(lead), by, lead.outcome.verdict.value()].map(Cell::from));
        row
    });
    let rows: Vec<Row<'a>> = rows.collect();
    Table::new("dates", columns, rows)
        .title("Key dates")
        .only_for(Audience::People)
}

/// Shows when each company was first.
fn dates<'a>(lead: &Lead<'a>) -> Vec<Cell<'a>> {
    let onsets = lead.entrants.iter().map(|entrant| entrant.onset.as_ref());
    let dates = onsets.map(|onset| onset.map_or(Cell::from(Value::Missing), first_date));
    dates.collect()
}

/// Names who was first.
fn first<'a>(lead: &Lead<'a>) -> Value<'a> {
    let leader = lead.outcome.leader;
    leader.map_or(Value::Missing, |company| company.to_value())
}

/// Makes the table of the metrics that two companies or more have, for people; counts the others.
fn shared<'a>(comparisons: &[Comparison<'a>], companies: &[&'a Company]) -> (Table<'a>, usize) {
    let mut columns = vec![
        Column::new("metric", "Metric", Type::Text),
        Column::new("unit", "Unit", Type::Text),
    ];
    for company in companies {
        columns.push(Column::new(
            company.key(),
            company.name.clone(),
            Type::Number,
        ));
    }
    columns.push(Column::new("leads", "Leads", Type::Text));
    columns.push(Column::new("verdict", "Verdict", Type::Code(Verdict::KEYS)));
    columns.push(Column::new("reasons", "Reasons", Type::List));
    let shared = comparisons
        .iter()
        .filter(|comparison| comparison.valued() > 1);
    let rows: Vec<Row<'a>> = shared
        .map(|comparison| {
            let mut row: Row<'a> = vec![name(comparison).into(), unit(comparison).into()];
            row.extend(values(comparison));
            row.extend(conclusion(comparison));
            row
        })
        .collect();
    let others = comparisons.len() - rows.len();
    let table = Table::new("metrics", columns, rows).title(if companies.len() == 2 {
        "Metrics that both have"
    } else {
        "Metrics that two or more have"
    });
    (table.only_for(Audience::People), others)
}

/// Shows the value of each company.
fn values<'a>(comparison: &Comparison<'a>) -> impl Iterator<Item = Cell<'a>> {
    comparison.sides.iter().map(sides::value)
}

/// Shows who leads, the verdict and its reasons.
fn conclusion<'a>(comparison: &Comparison<'a>) -> [Cell<'a>; 3] {
    let reasons = comparison.cautions.iter().map(|caution| caution.reason);
    [
        leads(comparison.leader),
        comparison.verdict.value(),
        sides::reasons(reasons),
    ]
    .map(Cell::from)
}

/// Makes the table of what the companies share and what only one of them has, for people.
fn common<'a>(parts: &[(Kind, Vec<Topic<'a>>)], companies: &[&'a Company]) -> Table<'a> {
    let all = if companies.len() == 2 { "Both" } else { "All" };
    let mut columns = vec![
        Column::new("part", "Part", Type::Text),
        Column::new("all", all, Type::List),
    ];
    if companies.len() > 2 {
        columns.push(Column::new("several", "Several", Type::List));
    }
    for company in companies {
        let label = format!("Only {}", company.name);
        columns.push(Column::new(company.key(), label, Type::List));
    }
    let rows = parts.iter().map(|(kind, topics)| {
        let of = |is_asked: &dyn Fn(&[usize]) -> bool| {
            let topics = topics.iter().filter(|topic| is_asked(&topic.holders()));
            Cell::from(Value::list(
                topics.map(|topic| words(&topic.key).into()).collect(),
            ))
        };
        let mut row: Row<'a> = vec![
            Value::text(kind.key()).into(),
            of(&|holders| holders.len() == companies.len()),
        ];
        if companies.len() > 2 {
            row.push(of(&|holders| (2..companies.len()).contains(&holders.len())));
        }
        row.extend((0..companies.len()).map(|place| of(&|holders| holders == [place])));
        row
    });
    let rows: Vec<Row<'a>> = rows.collect();
    let table = Table::new("topics", columns, rows).title("Shared and distinct");
    table.only_for(Audience::People)
}

/// Makes one table of everything: a row for each metric and each topic.
fn all<'a>(
    leads: &[Lead<'a>],
    comparisons: &[Comparison<'a>],
    parts: &[(Kind, Vec<Topic<'a>>)],
    companies: &[&'a Company],
) -> Result<Table<'a>> {
    let mut columns = vec![
        Column::new("part", "Part", Type::Text).group(),
        Column::new("topic", "Topic", Type::Text),
        Column::new("unit", "Unit", Type::Text),
    ];
    for company in companies {
        let relation = format!("{}_relation", company.key());
        let label = format!("{} relation", company.name);
        columns.push(Column::new(company.key(), company.name.clone(), Type::Text));
        columns.push(Column::new(relation, label, Type::Code(Relation::KEYS)).detail());
    }
    columns.push(Column::new("leads", "Leads", Type::Text));
    columns.push(Column::new("verdict", "Verdict", Type::Code(Verdict::KEYS)));
    columns.push(Column::new("reasons", "Reasons", Type::List));
    check_keys(&columns)?;
    let blank = || Cell::from(Value::Missing);
    let mut rows: Vec<Row<'a>> = Vec::new();
    for lead in leads {
        let topic = Value::code(lead.topic.key, lead.topic.words());
        let mut row: Row<'a> = vec![Value::text("dates").into(), topic.into(), blank()];
        row.extend(dates(lead).into_iter().flat_map(|date| [date, blank()]));
        row.extend([first(lead), lead.outcome.verdict.value(), Value::Missing].map(Cell::from));
        rows.push(row);
    }
    for comparison in comparisons
        .iter()
        .filter(|comparison| comparison.valued() > 1)
    {
        let mut row: Row<'a> = vec![
            Value::text(Kind::Metrics.key()).into(),
            name(comparison).into(),
            unit(comparison).into(),
        ];
        let relations = comparison.sides.iter();
        let relations = relations.map(|side| sides::field(side, |kpi| &kpi.relation));
        row.extend(
            values(comparison)
                .zip(relations)
                .flat_map(<[Cell<'a>; 2]>::from),
        );
        row.extend(conclusion(comparison));
        rows.push(row);
    }
    for (kind, topics) in parts {
        for topic in topics {
            let key = Value::code(topic.key.clone(), words(&topic.key));
            let mut row: Row<'a> = vec![Value::text(kind.key()).into(), key.into(), blank()];
            let held = topic.held.iter().map(|held| Cell::from(held.says()));
            row.extend(held.flat_map(|says| [says, blank()]));
            row.extend((0..3).map(|_| Cell::from(Value::Missing)));
            rows.push(row);
        }
    }
    Ok(Table::new("overview", columns, rows))
}
