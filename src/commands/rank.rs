//! `casecmp rank`: companies by a metric, the best first, and how sure that is.

use anyhow::Result;
use clap::Args;

use crate::base::sort::sort_by;
use crate::base::{Polarity, Relation, Scalar as _, Type, Value};
use crate::compare::{Comparison, Figures, Side, Standing, Verdict, compare, rank};
use crate::model::Kpi;
use crate::report::{Column, Report, Row, Table};

use super::Context;
use super::charts::bars;
use super::compare::{SAME_CONFIDENCE, left_out, metric};
use super::context::check_two;
use super::sides;
use super::tables::TableArgs;
use super::terms::TermsArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp rank nps
  casecmp rank csat -f chart";

/// By which metric, and which companies.
#[derive(Debug, Args)]
pub struct RankArgs {
    /// The metric by id or name
    #[arg(value_name = "METRIC")]
    metric: String,
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    #[command(flatten)]
    terms: TermsArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Ranks the companies.
pub(super) fn run<'a>(args: &RankArgs, context: &'a Context) -> Result<Report<'a>> {
    let metric = metric(&args.metric, context)?;
    let companies = context.companies(&args.companies)?;
    check_two(&companies, "a ranking needs", context)?;
    let figures = Figures::of(context.casebook.table::<Kpi>()?.iter());
    let terms = args.terms.terms(context)?;
    let asked: Vec<_> = companies.iter().map(|company| (*company, metric)).collect();
    let comparison = compare(&asked, &figures, &terms);
    let mut standings = rank(&comparison);
    if metric.polarity == Polarity::Neutral {
        by_value(&mut standings, &comparison);
    }
    let rows = standings
        .iter()
        .filter_map(|standing| row(standing, &standings, &comparison));
    let table = Table::new("ranking", columns(), rows.collect::<Vec<_>>());
    let (mut table, cut) = args.table.order(args.table.filter(table)?)?;
    let company = table.position("company");
    let rows: Vec<Row<'a>> = table.rows.collect();
    let order = rows.iter().filter_map(|row| {
        let id = row.get(company?)?.value.plain();
        let mut sides = comparison.sides.iter();
        sides.position(|side| *side.company.id.as_str() == *id)
    });
    let order: Vec<usize> = order.collect();
    table.rows = Box::new(rows.into_iter());
    let mut report = args.table.select(table, context)?;
    if context.is_drawn() {
        report
            .charts
            .extend(bars(&comparison, order.into_iter(), &mut report.notes));
        return Ok(report);
    }
    report.notes.extend(notes(&comparison, metric.polarity));
    report
        .notes
        .extend(left_out(std::slice::from_ref(&comparison), context));
    report.notes.extend(cut);
    Ok(report)
}

/// Sorts companies by their printed values, the highest first, where neither direction is better.
fn by_value(standings: &mut Vec<Standing>, comparison: &Comparison<'_>) {
    let value = |standing: &Standing| {
        let kpi = comparison
            .sides
            .get(standing.side)
            .and_then(|side| side.kpi);
        kpi.map_or(f64::NEG_INFINITY, |kpi| kpi.value.value())
    };
    sort_by(standings, |left, right| {
        value(right).total_cmp(&value(left))
    });
}

fn columns() -> Vec<Column> {
    let detail =
        |key: &'static str, label: &'static str, kind| Column::new(key, label, kind).detail();
    vec![
        Column::new("rank", "Rank", Type::Number),
        detail("tied", "Tied", Type::Truth),
        detail("rank_best", "Best rank", Type::Number),
        detail("rank_worst", "Worst rank", Type::Number),
        Column::new("allowed", "Evidence allows", Type::Text),
        Column::new("company", "Company", Type::Text),
        Column::new("value", "Value", Type::Number),
        detail("relation", "Relation", Relation::TYPE),
        Column::new("unit", "Unit", Type::Text),
        Column::new("period", "Period", Type::Date),
        Column::new("verdict", "Verdict", Verdict::TYPE),
        Column::new("reasons", "Reasons", Type::List),
        Column::new("cite", "Source", Type::Cites),
        detail("via", "Via", Type::Cites),
        detail("otherwise", "Otherwise", Type::List),
    ]
}

/// Makes the row of a company; its verdict is that against the company that stands first, and of that one against the
/// next.
fn row<'a>(
    standing: &Standing,
    standings: &[Standing],
    comparison: &Comparison<'a>,
) -> Option<Row<'a>> {
    let side = comparison.sides.get(standing.side)?;
    let mut others = standings.iter().filter(|other| other.side != standing.side);
    let (verdict, reasons) = comparison.between(standing.side, others.next()?.side);
    let allowed = standing.allowed.map(|(best, worst)| {
        if best == worst {
            best.to_string()
        } else {
            format!("{best} to {worst}")
        }
    });
    let number = |rank: Option<usize>| rank.map_or(Value::Missing, Value::tally);
    Some(vec![
        number(standing.rank).into(),
        Value::Truth(standing.is_tied).into(),
        number(standing.allowed.map(|(best, _)| best)).into(),
        number(standing.allowed.map(|(_, worst)| worst)).into(),
        allowed.map_or(Value::Missing, Value::text).into(),
        side.company.to_value().into(),
        sides::value(side),
        sides::field(side, |kpi| &kpi.relation),
        sides::unit(side),
        sides::field(side, |kpi| &kpi.period),
        verdict.value().into(),
        sides::reasons(reasons).into(),
        sides::field(side, |kpi| &kpi.cite),
        sides::field(side, |kpi| &kpi.via),
        sides::otherwise(side),
    ])
}

/// Says how to read the ranking.
fn notes(comparison: &Comparison<'_>, polarity: Polarity) -> Vec<String> {
    let mut notes = vec![match polarity {
        Polarity::Higher => "more is better".to_owned(),
        Polarity::Lower => "less is better".to_owned(),
        Polarity::Neutral => {
            "neither direction is better: there are no ranks, the highest value comes first".into()
        }
    }];
    if polarity != Polarity::Neutral {
        notes.push(
            "rank: by the numbers as printed, companies that share one are tied; evidence allows: counting only those \
             whose verdict is differs; verdict: against the first, and of the first against the second"
                .into(),
        );
    }
    if comparison.valued() > 2 && comparison.is_surveyed() {
        notes.push(SAME_CONFIDENCE.into());
    }
    let unsettled: Vec<&str> = (0..comparison.sides.len())
        .filter(|place| comparison.is_unsettled(*place))
        .filter_map(|place| Some(&*comparison.sides.get(place)?.company.name))
        .collect();
    if !unsettled.is_empty() {
        notes.push(format!(
            "no rank, for claims of one rank disagree and it matters which is right: {}",
            unsettled.join(", ")
        ));
    }
    let unknown: Vec<&str> = comparison
        .sides
        .iter()
        .filter(|side: &&Side<'_>| side.kpi.is_none())
        .map(|side| &*side.company.name)
        .collect();
    if !unknown.is_empty() {
        notes.push(format!(
            "unknown, not last: no value for {}",
            unknown.join(", ")
        ));
    }
    notes
}
