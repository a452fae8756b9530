//! `casecmp compare`: companies side by side on metrics.

use anyhow::Result;
use clap::Args;

use crate::base::fold::same;
use crate::base::{Complaint, Polarity, Relation, Scalar as _, Type, Value};
use crate::compare::{Comparison, Leader, Reason, Side, compare};
use crate::model::{Company, Kpi, Metric, Source};
use crate::report::{Audience, Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::tables::TableArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp compare --metric nps
  casecmp compare amazon netflix --metric nps,csat --cite
  casecmp compare -f csv -o comparison.csv";

/// Which companies and metrics.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    /// Metrics by id or name, separated by commas; all without any, the comparable ones first
    #[arg(long, value_name = "METRIC", value_delimiter = ',')]
    metric: Vec<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Compares companies on the metrics asked for.
pub(super) fn run<'a>(args: &CompareArgs, context: &'a Context) -> Result<Report<'a>> {
    let companies = context.companies(&args.companies)?;
    if companies.len() < 2 {
        let hint = "name two or more; `casecmp companies` lists all";
        return Err(Complaint::new("a comparison needs two companies")
            .hint(hint)
            .into());
    }
    let metrics = metrics(&args.metric, context)?;
    let kpis = context.casebook.table::<Kpi>()?;
    let sources = context.casebook.table::<Source>()?;
    let compared = metrics
        .iter()
        .map(|metric| compare(metric, &companies, kpis, sources));
    let mut comparisons: Vec<Comparison<'a>> = compared.collect();
    if args.metric.is_empty() {
        comparisons.sort_by_key(|c| (gravest(c), c.cautions.len()));
    }

    let mut details = Vec::new();
    let mut notes =
        vec!["leads: by the numbers as printed; the cautions say what that is worth".into()];
    if args.metric.is_empty() {
        notes.push("sources and reasons in full: casecmp compare --metric METRIC".into());
    } else {
        details.push(claims(&comparisons));
        details.push(cautions(&comparisons));
    }
    if companies.len() > 2 {
        notes.push("the difference is between two companies: name two to see it".into());
    }
    let mut table = summary(&comparisons, &companies);
    for column in table
        .columns
        .iter_mut()
        .filter(|column| column.key == "polarity")
    {
        // The list of all metrics needs the room.
        column.is_detail = args.metric.is_empty();
    }
    let mut report = args.table.report(table, context)?;
    report.tables.splice(1..1, details);
    report.notes.extend(notes);
    Ok(report)
}

/// Orders comparisons: both sides known, then some, then none.
fn gravest(comparison: &Comparison<'_>) -> usize {
    comparison
        .sides
        .iter()
        .filter(|side| side.kpi.is_none())
        .count()
}

/// Returns the metrics of those ids or names; of no names, every metric.
fn metrics<'a>(names: &[String], context: &'a Context) -> Result<Vec<&'a Metric>> {
    let metrics = context.casebook.table::<Metric>()?;
    if names.is_empty() {
        return Ok(metrics.iter().collect());
    }
    let find = |name: &String| {
        let is_called =
            |metric: &&Metric| same(metric.id.as_str(), name) || same(&metric.name, name);
        metrics.iter().find(is_called).ok_or_else(|| {
            let known = metrics
                .iter()
                .flat_map(|metric| [metric.id.as_str(), &metric.name]);
            Complaint::unknown("metric", name, known, "`casecmp metrics` lists all").into()
        })
    };
    names.iter().map(find).collect()
}

/// Makes a row for each metric: what machines need in full, what people need at a glance.
fn summary<'a>(comparisons: &[Comparison<'a>], companies: &[&'a Company]) -> Table<'a> {
    let mut columns = vec![
        Column::new("metric", "Metric", Type::Text),
        Column::new("unit", "Unit", Type::Text),
        Column::new("polarity", "Better", Type::Code(Polarity::KEYS)),
        Column::new("denominator", "Percent of", Type::Text).detail(),
    ];
    for company in companies {
        let key = |suffix: &str| format!("{}{suffix}", company.id);
        let name = |what: &str| format!("{} {what}", company.name);
        columns.push(Column::new(key(""), company.name.clone(), Type::Number));
        columns.extend([
            Column::new(
                key("_relation"),
                name("relation"),
                Type::Code(Relation::KEYS),
            )
            .detail(),
            Column::new(key("_period"), name("period"), Type::Date).detail(),
            Column::new(key("_population"), name("population"), Type::Text).detail(),
            Column::new(key("_sample_size"), name("sample"), Type::Number).detail(),
            Column::new(key("_cite"), name("source"), Type::Cites).detail(),
            Column::new(key("_via"), name("via"), Type::Cites).detail(),
        ]);
    }
    columns.extend([
        Column::new("difference", "Difference", Type::Number),
        Column::new("leads", "Leads", Type::Text),
        Column::new("caution", "Caution", Type::List),
        Column::new("warnings", "Warnings", Type::List).detail(),
    ]);
    let rows: Vec<Row<'a>> = comparisons.iter().map(row).collect();
    Table::new("comparison", columns, rows)
}

fn row<'a>(comparison: &Comparison<'a>) -> Row<'a> {
    let metric = comparison.metric;
    let mut row: Row<'a> = vec![
        Value::code(metric.id.as_str(), &*metric.name).into(),
        Value::text(&*metric.unit).into(),
        metric.polarity.to_value().into(),
        metric.denominator.to_value().into(),
    ];
    for side in &comparison.sides {
        row.extend(side_cells(side));
    }
    let difference = comparison.difference;
    let difference = difference.map_or(Value::Missing, |d| Value::Number(d, Relation::Eq));
    let leads = match &comparison.leader {
        Leader::Company(company) => Value::code(company.id.as_str(), &*company.name),
        Leader::Tie => Value::text("tie"),
        Leader::None => Value::Missing,
    };
    let reasons = comparison
        .cautions
        .iter()
        .map(|(reason, _)| reason.key().into());
    let warnings = comparison
        .cautions
        .iter()
        .map(|(reason, message)| warning(*reason, message).into());
    row.push(Cell::from(difference).mark_if(comparison.difference.is_some(), Mark::Derived));
    row.push(leads.into());
    row.push(Value::List(reasons.collect()).into());
    row.push(Value::List(warnings.collect()).into());
    row
}

/// Makes the cells of one company: the value, then all that it depends on.
fn side_cells<'a>(side: &Side<'a>) -> Vec<Cell<'a>> {
    let Some(kpi) = side.kpi else {
        return vec![Cell::from(Value::Missing); 7];
    };
    let is_disputed = !side.against.is_empty();
    vec![
        Cell::from(Value::Number(kpi.value, kpi.relation)).mark_if(is_disputed, Mark::Disputed),
        kpi.relation.to_value().into(),
        kpi.period.to_value().into(),
        kpi.population.to_value().into(),
        kpi.sample_size.to_value().into(),
        kpi.cite.to_value().into(),
        kpi.via.to_value().into(),
    ]
}

fn warning(reason: Reason, message: &str) -> String {
    format!("{}: {message}", reason.label())
}

/// Makes the claims behind the comparisons, those against them included, for people.
fn claims<'a>(comparisons: &[Comparison<'a>]) -> Table<'a> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("value", "Value", Type::Number),
        Column::new("period", "Period", Type::Date),
        Column::new("population", "Population", Type::Text),
        Column::new("cite", "Source", Type::Cites),
        Column::new("via", "Via", Type::Cites),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        for side in &comparison.sides {
            for kpi in side.kpi.into_iter().chain(side.against.iter().copied()) {
                let value = Cell::from(Value::Number(kpi.value, kpi.relation));
                rows.push(vec![
                    comparison.metric.name.to_value().into(),
                    side.company.name.to_value().into(),
                    value.mark_if(!side.against.is_empty(), Mark::Disputed),
                    kpi.period.to_value().into(),
                    kpi.population.to_value().into(),
                    kpi.cite.to_value().into(),
                    kpi.via.to_value().into(),
                ]);
            }
        }
    }
    detail("Who states it", comparisons, columns, rows)
}

/// Makes the reasons for caution, for people.
fn cautions<'a>(comparisons: &[Comparison<'a>]) -> Table<'a> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("caution", "Caution", Type::Text),
        Column::new("reason", "Reason", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        for (reason, message) in &comparison.cautions {
            rows.push(vec![
                comparison.metric.name.to_value().into(),
                Value::code(reason.key(), reason.label()).into(),
                Value::text(message.clone()).into(),
            ]);
        }
    }
    detail("Why to be careful", comparisons, columns, rows)
}

/// Makes a table below the comparison; of a single metric it need not repeat the name.
fn detail<'a>(
    title: &str,
    comparisons: &[Comparison<'a>],
    mut columns: Vec<Column>,
    mut rows: Vec<Row<'a>>,
) -> Table<'a> {
    if comparisons.len() == 1 {
        columns.remove(0);
        for row in &mut rows {
            row.remove(0);
        }
    }
    Table::new("detail", columns, rows)
        .title(title)
        .only_for(Audience::People)
}
