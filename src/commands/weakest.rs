//! `casecmp weakest`: the conclusions that change when one source is left out.

use std::collections::HashSet;

use anyhow::Result;
use clap::Args;

use crate::audit::Reliance;
use crate::base::count::counted;
use crate::base::sort::sort_by_key;
use crate::base::{Id, Scalar as _, Type, Value};
use crate::compare::{Conclusion, Part};
use crate::model::{Company, Metric, Records, Source, Support, support};
use crate::report::{Cell, Column, Report, Row, Table};

use super::Context;
use super::conclusions::{grounds, leader, says, topic};
use super::reliances::reliances;
use super::tables::TableArgs;
use super::terms::TermsArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp weakest
  casecmp weakest --where 'part = hypotheses'
  casecmp weakest amazon netflix --where 'source = bain2023' -f csv";

/// Which companies.
#[derive(Debug, Args)]
pub struct WeakestArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    #[command(flatten)]
    terms: TermsArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Leaves out one source after the other, and lists what would be concluded otherwise.
pub(super) fn run<'a>(args: &WeakestArgs, context: &'a Context) -> Result<Report<'a>> {
    let companies = context.named(&args.companies)?;
    let sources = context.casebook.table::<Source>()?;
    let metrics = context.casebook.table::<Metric>()?;
    let grounds = grounds(companies, &args.terms, context)?;
    let as_is = grounds.conclusions(&|_| true);
    let reliances = reliances(context)?;
    let mut of_one = 0;
    let mut of_sources: Vec<Vec<Row<'a>>> = Vec::new();
    for source in sources.iter() {
        let fallen = fallen(source, &reliances, sources);
        if fallen.is_empty() {
            continue;
        }
        let without = grounds.conclusions(&|id: &Id| !fallen.contains(id.as_str()));
        let both = as_is.iter().zip(&without);
        let changed = both.filter(|(before, after)| before.outcome != after.outcome);
        let (bare, changed): (Vec<_>, Vec<_>) = changed
            .partition(|(before, after)| before.outcome.is_bare() && after.outcome.is_bare());
        of_one += bare.len();
        let rows: Vec<Row<'a>> = changed
            .into_iter()
            .map(|(before, after)| {
                row(
                    source,
                    fallen.len(),
                    before,
                    after,
                    metrics,
                    &grounds.companies,
                )
            })
            .collect();
        of_sources.push(rows);
    }
    let harmless = of_sources.iter().filter(|rows| rows.is_empty()).count();
    // The source that decides most comes first; the sort keeps the order of the casebook otherwise.
    sort_by_key(&mut of_sources, |rows| std::cmp::Reverse(rows.len()));
    let table = Table::new("weakest", columns(), of_sources.into_iter().flatten());
    let mut report = args.table.report(table, context)?;
    report.notes.push(
        "without a source: every record falls that it alone states, or is the only origin of"
            .into(),
    );
    if args.table.is_reshaped() {
        // The counts below are of all sources.
        return Ok(report);
    }
    if of_one > 0 {
        report.notes.push(format!(
            "left out: {} of one company alone, which would lose {}",
            counted(of_one, "value or date", "values and dates"),
            if of_one == 1 {
                "its source"
            } else {
                "their only source"
            }
        ));
    }
    if harmless > 0 {
        report.notes.push(format!(
            "{} would change no conclusion if left out",
            counted(
                harmless,
                "other source that records rest on",
                "other sources that records rest on"
            )
        ));
    }
    Ok(report)
}

/// Returns the ids of the records that would fall with a source: for each document that states it, the document is that
/// source, or names it as its only origin.
fn fallen<'r>(
    source: &Source,
    reliances: &'r [Reliance<'_>],
    sources: &Records<Source>,
) -> HashSet<&'r str> {
    let id = source.id.as_str();
    let rests = reliances.iter().filter(|record| {
        let mut support = support(&record.cite, &record.via, sources).into_iter();
        support.all(|Support { cite, via }| {
            cite.source == id || (!via.is_empty() && via.iter().all(|origin| origin.source == id))
        })
    });
    rests.map(|record| record.id).collect()
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("source", "Without", Type::Text).group(),
        Column::new("records", "Records", Type::Number).detail(),
        Column::new("part", "About", Type::Code(Part::KEYS)),
        Column::new("topic", "Conclusion", Type::Text),
        Column::new("with", "Is", Type::Text),
        Column::new("with_leader", "Leads with it", Type::Text).detail(),
        Column::new("without", "Would be", Type::Text),
        Column::new("without_leader", "Leads without it", Type::Text).detail(),
    ]
}

fn row<'a>(
    source: &'a Source,
    records: usize,
    before: &Conclusion<'a>,
    after: &Conclusion<'a>,
    metrics: &Records<Metric>,
    companies: &[&'a Company],
) -> Row<'a> {
    let row = [
        source.id.to_value(),
        Value::tally(records),
        before.part.value(),
        topic(before, metrics),
        says(before.outcome, companies),
        leader(before.outcome),
        says(after.outcome, companies),
        leader(after.outcome),
    ];
    row.map(Cell::from).into()
}
