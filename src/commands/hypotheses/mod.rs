//! `casecmp hypotheses`: each hypothesis with the verdict that its study claims, and the records that bear on it.

mod matrix;
mod summary;

use anyhow::Result;
use clap::Args;

use crate::base::{ClaimedVerdict, Scalar as _, Stance, Type, Value};
use crate::model::{Evidence, Hypothesis, Kind};
use crate::report::{Audience, Cell, Column, Report, Row, Table};

use super::Context;
use super::gist::Gists;
use super::tables::TableArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp hypotheses
  casecmp hypotheses --where 'stance = opposes'
  casecmp hypotheses --summary
  casecmp hypotheses --matrix";

/// What says who uses a piece of evidence.
const BY: [&str; 2] = ["study", "curator"];

/// Which rows and columns.
#[derive(Debug, Args)]
pub struct HypothesesArgs {
    /// Show the hypotheses only, with how much evidence speaks for and against each and what of it separates the companies
    #[arg(long, conflicts_with = "matrix")]
    summary: bool,
    /// Show the evidence matrix: records by hypotheses, and what each record tells between them
    #[arg(long)]
    matrix: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// Lists the hypotheses, then the evidence of each; machines get a row for each piece of evidence.
pub(super) fn run<'a>(args: &HypothesesArgs, context: &'a Context) -> Result<Report<'a>> {
    let hypotheses = context.casebook.table::<Hypothesis>()?;
    let mut ordinals: Vec<u32> = hypotheses
        .iter()
        .map(|hypothesis| hypothesis.ordinal)
        .collect();
    ordinals.sort_unstable();
    let is_numbered = ordinals.is_sorted_by(|left, right| left < right);
    // The number is enough for people where the hypotheses are of one study.
    let name = |hypothesis: &'a Hypothesis| match hypothesis.ordinal {
        0 if is_numbered => Value::code(hypothesis.id.as_str(), "general"),
        ordinal if is_numbered => Value::code(hypothesis.id.as_str(), ordinal.to_string()),
        _ => hypothesis.id.to_value(),
    };
    let all: Vec<&Hypothesis> = hypotheses.iter().collect();
    if args.summary {
        return summary::run(&args.table, &name, &all, context);
    }
    if args.matrix {
        return matrix::run(&args.table, &name, &all, context);
    }
    let gists = Gists::of(context)?;
    let mut rows: Vec<Row<'a>> = Vec::new();
    for hypothesis in hypotheses.iter() {
        for item in &hypothesis.evidence {
            rows.push(row(hypothesis, &name, Some(item), &gists));
        }
        if hypothesis.evidence.is_empty() {
            rows.push(row(hypothesis, &name, None, &gists));
        }
    }
    let table = args
        .table
        .filter(Table::new("hypotheses", columns(), rows))?;
    let (mut table, cut) = args.table.order(table)?;
    let rows: Vec<Row<'a>> = table.rows.collect();
    let is_shown = |hypothesis: &&Hypothesis| {
        let is_its = |row: &Row<'_>| {
            let id = row.first().map(|cell| cell.value.plain());
            id.as_deref() == Some(hypothesis.id.as_str())
        };
        rows.iter().any(is_its)
    };
    let overview = overview(hypotheses.iter().filter(is_shown), &name);
    table.rows = Box::new(rows.into_iter());
    let mut report = args.table.select(table.title("Evidence"), context)?;
    report.tables.splice(0..0, overview);
    report.notes = cut;
    report.notes.push("the verdicts are the study's; by study: it uses the record itself; by curator: it does not".into());
    Ok(report)
}

/// Names a hypothesis: its id for machines, what is shortest for people.
type Name<'n, 'a> = dyn Fn(&'a Hypothesis) -> Value<'a> + 'n;

/// Heads a column with a hypothesis: `H1` for a number.
fn heading(name: &Value<'_>) -> String {
    match name {
        Value::Code { label, .. } if label.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("H{label}")
        }
        Value::Code { label, .. } => label.to_string(),
        name => name.plain().into_owned(),
    }
}

/// Makes the list of the hypotheses, for people; `None` when there are none.
fn overview<'a>(
    hypotheses: impl Iterator<Item = &'a Hypothesis>,
    name: &Name<'_, 'a>,
) -> Option<Table<'a>> {
    let columns = vec![
        Column::new("hypothesis", "Hypothesis", Type::Text),
        Column::new("statement", "Statement", Type::Text),
        Column::new("verdict", "Claimed", Type::Code(ClaimedVerdict::KEYS)),
        Column::new("supports", "For", Type::Number),
        Column::new("opposes", "Against", Type::Number),
        Column::new("neutral", "Neutral", Type::Number),
        Column::new("cite", "Source", Type::Cites),
    ];
    let rows: Vec<Row<'a>> = hypotheses
        .map(|hypothesis| {
            let count = |stance| {
                let of_stance = hypothesis
                    .evidence
                    .iter()
                    .filter(|item| item.stance == stance);
                Value::tally(of_stance.count())
            };
            let row = [
                name(hypothesis),
                hypothesis.statement.to_value(),
                hypothesis.verdict.to_value(),
                count(Stance::Supports),
                count(Stance::Opposes),
                count(Stance::Neutral),
                hypothesis.cite.to_value(),
            ];
            row.map(Cell::from).into()
        })
        .collect();
    let is_any = !rows.is_empty();
    let table = Table::new("overview", columns, rows).title("Hypotheses");
    is_any.then(|| table.only_for(Audience::People))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("hypothesis", "Hypothesis", Type::Text).group(),
        Column::new("ordinal", "No.", Type::Number).detail(),
        Column::new("statement", "Statement", Type::Text).detail(),
        Column::new(
            "verdict",
            "Claimed verdict",
            Type::Code(ClaimedVerdict::KEYS),
        )
        .detail(),
        Column::new("cite", "Source", Type::Cites).detail(),
        Column::new("stance", "Stance", Type::Code(Stance::KEYS)),
        Column::new("record", "Record", Type::Text),
        Column::new("kind", "Kind", Type::Code(Kind::KEYS)).detail(),
        Column::new("company", "Company", Type::Text),
        Column::new("says", "Says", Type::Text),
        Column::new("by", "By", Type::Code(&BY)),
        Column::new("evidence_cite", "Used in", Type::Cites).detail(),
        Column::new("note", "Remark", Type::Text),
    ]
}

fn row<'a>(
    hypothesis: &'a Hypothesis,
    name: &Name<'_, 'a>,
    item: Option<&'a Evidence>,
    gists: &Gists<'a>,
) -> Row<'a> {
    let gist = item.and_then(|item| gists.find(item.record.as_str()));
    let [study, curator] = BY;
    let by = item.map_or(Value::Missing, |item| {
        let by = if item.cite.is_some() { study } else { curator };
        Value::code(by, by)
    });
    let row = [
        name(hypothesis),
        Value::count(hypothesis.ordinal),
        hypothesis.statement.to_value(),
        hypothesis.verdict.to_value(),
        hypothesis.cite.to_value(),
        item.map_or(Value::Missing, |item| item.stance.to_value()),
        item.map_or(Value::Missing, |item| item.record.to_value()),
        gist.map_or(Value::Missing, |gist| gist.kind.value()),
        gist.map_or(Value::Missing, |gist| gist.company.clone()),
        gist.map_or(Value::Missing, |gist| gist.says.clone()),
        by,
        item.map_or(Value::Missing, |item| item.cite.to_value()),
        item.map_or(Value::Missing, |item| item.note.to_value()),
    ];
    row.map(Cell::from).into()
}
