//! `casecmp conflicts`: the subjects whose claims disagree, each claim, who makes it, and which is preferred and why.

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::sort::sort_by_key;
use crate::base::{Rank, Scalar as _, Type, Value};
use crate::model::{AnySubject, Kind, Source};
use crate::report::{Column, Report, Row, Table};

use super::Context;
use super::claims::{self, all_origins, standing};
use super::tables::TableArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp conflicts amazon
  casecmp conflicts --where 'kind = kpis' -f csv -o conflicts.csv
  casecmp conflicts --fail --where 'preferred = false'";

/// Whose conflicts.
#[derive(Debug, Args)]
pub struct ConflictsArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    /// Exit with 1 when there are any
    #[arg(long)]
    fail: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// Lists every claim of every subject whose claims disagree.
pub(super) fn run<'a>(args: &ConflictsArgs, context: &'a Context) -> Result<Report<'a>> {
    let companies = context.companies(&args.companies)?;
    let is_asked = |subject: &AnySubject<'_>| {
        args.companies.is_empty()
            || companies
                .iter()
                .any(|one| one.id.as_str() == subject.company)
    };
    let mut rows = Vec::new();
    for subject in claims::all(context)? {
        if subject.is_disputed() && is_asked(&subject) {
            rows.extend(rows_of(&subject, context)?);
        }
    }
    let mut table = args
        .table
        .filter(Table::new("conflicts", columns(), rows))?;
    // A single company is the one that was asked for.
    table.hide_if("company", args.companies.len() == 1);
    let (kept, summary) = summarised(table, context);
    let mut report = args.table.arrange(kept, context)?;
    report.is_no = args.fail && summary.is_some();
    report.notes.extend(summary);
    Ok(report)
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("company", "Company", Type::Text).group(),
        Column::new("subject", "Subject", Type::Text).group(),
        Column::new("standing", "Standing", Type::Text).detail(),
        Column::new("kind", "Kind", Type::Code(Kind::KEYS)).detail(),
        Column::new("period", "Period", Type::Date).detail(),
        Column::new("claim", "Claim", Type::Text).detail(),
        Column::new("says", "Says", Type::Text),
        Column::new("value", "Value", Type::Text).detail(),
        Column::new("unit", "Unit", Type::Text).detail(),
        Column::new("rank", "Rank", Type::Code(Rank::KEYS)),
        Column::new("cite", "Source", Type::Cites),
        Column::new("via", "Via", Type::Cites).detail(),
        Column::new("note", "Why", Type::Text),
        Column::new("claims", "Claims", Type::Number).detail(),
        Column::new("origins", "Origins", Type::Number).detail(),
        Column::new("preferred", "Preferred", Type::Truth).detail(),
    ]
}

/// Makes a row for each claim of a subject, the best ranked first.
fn rows_of<'a>(subject: &AnySubject<'a>, context: &'a Context) -> Result<Vec<Row<'a>>> {
    let sources = context.casebook.table::<Source>()?;
    let is_decided = subject
        .claims
        .iter()
        .any(|claim| claim.rank == Rank::Preferred);
    let standing = standing(subject, sources);
    let origins = all_origins(subject, sources).len();
    let mut ranked: Vec<_> = subject.claims.iter().collect();
    sort_by_key(&mut ranked, |claim| claim.rank);
    let mut rows = Vec::new();
    for claim in ranked {
        let unit = claims::unit(subject, claim, context)?;
        let row = [
            claims::company(subject, context)?,
            headed(claims::topic(subject, context)?, subject.period, &standing),
            Value::text(standing.clone()),
            subject.kind.value(),
            claim.period.map_or(Value::Missing, Value::Date),
            claim.id.to_value(),
            claims::says(claim, unit.clone()),
            claim.value.clone(),
            unit,
            claim.rank.value(),
            claim.cite.to_value(),
            claim.via.map_or(Value::Missing, |via| via.to_value()),
            claim.note.map_or(Value::Missing, Value::text),
            Value::tally(subject.claims.len()),
            Value::tally(origins),
            Value::Truth(is_decided),
        ];
        rows.push(row.map(Into::into).into());
    }
    Ok(rows)
}

/// Adds to the words for a subject the time that it is for and how it stands: `subscribers, 2005: 2 claims, 1 origin`.
fn headed<'a>(topic: Value<'a>, period: &str, standing: &str) -> Value<'a> {
    match topic {
        Value::Code { key, label } if period.is_empty() => {
            Value::code(key, format!("{label}: {standing}"))
        }
        Value::Code { key, label } => Value::code(key, format!("{label}, {period}: {standing}")),
        topic => topic,
    }
}

/// Counts the subjects and claims of a table; `None` when there are none.
fn summarised<'a>(mut table: Table<'a>, context: &Context) -> (Table<'a>, Option<String>) {
    let rows: Vec<Row<'_>> = table.rows.collect();
    // The words for a subject hold its time; its slug does not.
    let key = |row: &Row<'_>| -> Vec<String> {
        let cells = row.iter().take(2).map(|cell| match &cell.value {
            Value::Code { label, .. } => label.to_string(),
            value => value.plain().into_owned(),
        });
        cells.collect()
    };
    let subjects = rows.chunk_by(|row, next| key(row) == key(next)).count();
    let summary = (subjects > 0).then(|| {
        let (subjects, claims) = (
            counted(subjects, "subject", "subjects"),
            counted(rows.len(), "claim", "claims"),
        );
        let why = context.command("why CLAIM");
        format!("{subjects} disputed, {claims}; {why} tells where one comes from")
    });
    table.rows = Box::new(rows.into_iter());
    (table, summary)
}
