//! `casecmp compare`: companies side by side on metrics.

mod details;

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::fold::same;
use crate::base::{Complaint, Polarity, Relation, Scalar as _, Type, Value};
use crate::compare::{Comparison, Leader, Side, compare};
use crate::model::{Company, Kpi, Metric, Source};
use crate::report::{Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::tables::{TableArgs, check_keys, sources_of};

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
    let is_detailed = !args.metric.is_empty();
    let kpis = context.casebook.table::<Kpi>()?;
    let sources = context.casebook.table::<Source>()?;
    let metrics = metrics(&args.metric, context)?;
    let compared = metrics
        .into_iter()
        .map(|metric| compare(metric, &companies, kpis, sources));
    let mut comparisons: Vec<Comparison<'a>> = compared.collect();
    if !is_detailed {
        comparisons
            .sort_by_key(|comparison| (missing_sides(comparison), comparison.cautions.len()));
    }

    let mut table = args.table.filter(summary(&comparisons, &companies)?)?;
    // The list of all metrics needs the room.
    table.hide_if("polarity", !is_detailed);
    let (mut table, cut) = args.table.order(table)?;
    let rows: Vec<Row<'a>> = table.rows.collect();
    let is_shown =
        |comparison: &Comparison<'_>| rows.iter().any(|row| is_of(row, comparison.metric));
    comparisons.retain(is_shown);
    table.rows = Box::new(rows.into_iter());

    let mut report = args.table.select(table, context)?;
    if is_detailed {
        report.tables.splice(1..1, details::tables(&comparisons));
    }
    report.notes = notes(&comparisons, &companies, is_detailed);
    report.notes.extend(cut);
    Ok(report)
}

/// Returns how many companies have no value, to put the comparable metrics first.
fn missing_sides(comparison: &Comparison<'_>) -> usize {
    comparison
        .sides
        .iter()
        .filter(|side| side.kpi.is_none())
        .count()
}

/// Says whether a row of the summary is about a metric.
fn is_of(row: &Row<'_>, metric: &Metric) -> bool {
    let cell = row.first().map(|cell| &cell.value);
    matches!(cell, Some(Value::Code { key, .. }) if key == metric.id.as_str())
}

/// Says how to read the comparison, and what is left out of it.
fn notes(comparisons: &[Comparison<'_>], companies: &[&Company], is_detailed: bool) -> Vec<String> {
    let mut notes = Vec::new();
    match companies {
        [first, second] => notes.push(format!("difference: {} minus {}", first.name, second.name)),
        _ => notes.push("the difference is between two companies: name two to see it".into()),
    }
    notes.push("leads: by the numbers as printed; the cautions say what that is worth".into());
    for comparison in comparisons
        .iter()
        .filter(|comparison| comparison.left_out > 0)
    {
        let left_out = counted(comparison.left_out, "value", "values");
        let id = &comparison.metric.id;
        notes.push(format!(
            "{}: {left_out} of other periods left out; casecmp kpis --where 'metric = {id}'",
            comparison.metric.name
        ));
    }
    if !is_detailed {
        notes.push("sources and reasons in full: casecmp compare --metric METRIC".into());
    }
    notes
}

/// Returns the metrics of those ids or names; of no names, every metric.
fn metrics<'a>(names: &[String], context: &'a Context) -> Result<Vec<&'a Metric>> {
    let metrics = context.casebook.table::<Metric>()?;
    if names.is_empty() {
        return Ok(metrics.iter().collect());
    }
    let find = |name: &String| -> Result<&'a Metric> {
        let is_called =
            |metric: &&Metric| same(metric.id.as_str(), name) || same(&metric.name, name);
        metrics.iter().find(is_called).ok_or_else(|| {
            let known = metrics
                .iter()
                .flat_map(|metric| [metric.id.as_str(), &metric.name]);
            Complaint::unknown("metric", name, known, "`casecmp metrics` lists all").into()
        })
    };
    let mut found: Vec<&Metric> = Vec::new();
    for name in names {
        let metric = find(name)?;
        if !found.iter().any(|known| known.id == metric.id) {
            found.push(metric);
        }
    }
    Ok(found)
}

/// Makes a row for each metric: what machines need in full, what people need at a glance.
fn summary<'a>(
    comparisons: &[Comparison<'a>],
    companies: &[&'a Company],
) -> Result<Table<'a>, Complaint> {
    let mut columns = vec![
        Column::new("metric", "Metric", Type::Text),
        Column::new("unit", "Unit", Type::Text),
        Column::new("polarity", "Better", Type::Code(Polarity::KEYS)),
        Column::new("denominator", "Percent of", Type::Text).detail(),
    ];
    for company in companies {
        let key = |suffix: &str| format!("{}{suffix}", company.key());
        let name = |what: &str| format!("{} {what}", company.name);
        columns.push(Column::new(key(""), company.name.clone(), Type::Number));
        columns.extend([
            Column::new(
                key("_relation"),
                name("relation"),
                Type::Code(Relation::KEYS),
            )
            .detail(),
            Column::new(key("_unit"), name("unit"), Type::Text).detail(),
            Column::new(key("_denominator"), name("percent of"), Type::Text).detail(),
            Column::new(key("_period"), name("period"), Type::Date).detail(),
            Column::new(key("_population"), name("population"), Type::Text).detail(),
            Column::new(key("_sample_size"), name("sample"), Type::Number).detail(),
            Column::new(key("_cite"), name("source"), Type::Cites).detail(),
            Column::new(key("_via"), name("via"), Type::Cites).detail(),
            Column::new(key("_otherwise"), name("otherwise"), Type::List).detail(),
        ]);
    }
    columns.extend([
        Column::new("difference", "Difference", Type::Number),
        Column::new("leads", "Leads", Type::Text),
        Column::new("caution", "Caution", Type::List),
        Column::new("warnings", "Warnings", Type::List).detail(),
    ]);
    check_keys(&columns)?;
    let rows: Vec<Row<'a>> = comparisons.iter().map(row).collect();
    Ok(Table::new("comparison", columns, rows))
}

fn row<'a>(comparison: &Comparison<'a>) -> Row<'a> {
    let metric = comparison.metric;
    let mut row: Row<'a> = vec![
        Value::code(metric.id.as_str(), &*metric.name).into(),
        unit(comparison).into(),
        metric.polarity.to_value().into(),
        metric.denominator.to_value().into(),
    ];
    for side in &comparison.sides {
        row.extend(side_cells(side, metric));
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
        .map(|(reason, message)| format!("{}: {message}", reason.label()).into());
    row.push(Cell::from(difference).mark_if(comparison.difference.is_some(), Mark::Derived));
    row.push(leads.into());
    row.push(Value::List(reasons.collect()).into());
    row.push(Value::List(warnings.collect()).into());
    row
}

/// Returns the unit of the values compared, and in words what they are shares of where that is not what the metric says.
/// Where the values differ in unit, it is the metric's; the cautions say so.
fn unit<'a>(comparison: &Comparison<'a>) -> Value<'a> {
    let metric = comparison.metric;
    let of = |kpi: &'a Kpi| (kpi.unit_of(metric), kpi.denominator.as_deref());
    let mut valued = comparison.sides.iter().filter_map(|side| side.kpi).map(of);
    let first = valued.next();
    match first.filter(|first| valued.all(|other| other == *first)) {
        Some((unit, Some(of))) => Value::code(unit, format!("{unit} of {of}")),
        Some((unit, None)) => Value::text(unit),
        None => Value::text(&*metric.unit),
    }
}

/// Makes the cells of one company: the value, then all that it depends on.
fn side_cells<'a>(side: &Side<'a>, metric: &'a Metric) -> Vec<Cell<'a>> {
    let Some(kpi) = side.kpi else {
        return vec![Cell::from(Value::Missing); 10];
    };
    let is_disputed = !side.against.is_empty();
    vec![
        Cell::from(Value::Number(kpi.value, kpi.relation)).mark_if(is_disputed, Mark::Disputed),
        kpi.relation.to_value().into(),
        Value::text(kpi.unit_of(metric)).into(),
        kpi.denominator_of(metric)
            .map_or(Value::Missing, Value::text)
            .into(),
        kpi.period.to_value().into(),
        kpi.population.to_value().into(),
        kpi.sample_size.to_value().into(),
        kpi.cite.to_value().into(),
        kpi.via.to_value().into(),
        Value::List(
            side.against
                .iter()
                .map(|rival| stated(rival).into())
                .collect(),
        )
        .into(),
    ]
}

/// Writes a claim and who makes it: `> 1800000000000 (mesbah2025)`.
fn stated(kpi: &Kpi) -> String {
    let hedge = match kpi.relation {
        Relation::Eq => String::new(),
        relation => format!("{} ", relation.label()),
    };
    format!("{hedge}{} ({})", kpi.value, sources_of(&kpi.cite))
}
