//! Companies side by side on metrics, each with its verdict.

use anyhow::Result;

use crate::base::Value;
use crate::base::count::counted;
use crate::base::sort::sort_by_key;
use crate::commands::Context;
use crate::commands::charts::bars;
use crate::commands::context::check_two;
use crate::commands::terms::TermsArgs;
use crate::compare::{Comparison, Figures, compare};
use crate::model::{Company, Kpi};
use crate::report::{Report, Row};

use super::asked::{Asked, asked};
use super::summary::{id, summary};
use super::{CompareArgs, details, pairs};

/// How to read who leads.
pub(super) const LEADS: &str = "leads: by the printed numbers, where rounding leaves no doubt; the verdict says what that is worth";

/// What no verdict on several companies takes into account.
pub(in crate::commands) const SAME_CONFIDENCE: &str = "each two are told apart at 95 per cent, without correction for their number: of many pairs some differ by chance";

/// Compares companies on the metrics asked for, on all without any.
pub(super) fn run<'a>(args: &CompareArgs, context: &'a Context) -> Result<Report<'a>> {
    let mut names = args.companies.clone();
    if !names.is_empty() {
        // Whoever is compared with others need not be named among them.
        names.splice(
            0..0,
            args.baseline.clone().filter(|name| !names.contains(name)),
        );
    }
    let baseline = args.baseline.as_deref().map(|name| context.company(name));
    let baseline = baseline.transpose()?;
    let companies = context.companies(&names)?;
    check_two(&companies, "a comparison needs", context)?;
    let is_detailed = !args.metric.is_empty();
    let asked = asked(&args.metric, &companies, context)?;
    let mut comparisons = comparisons(&asked, &args.terms, context)?;
    if !is_detailed {
        sort_by_key(&mut comparisons, |comparison| {
            (comparison.verdict, comparison.cautions.len())
        });
    }
    let of_baseline = |company: &&Company| baseline.is_some_and(|of| of.id == company.id);
    let baseline = companies.iter().position(of_baseline);
    let all = comparisons.len();
    if baseline.is_some() && !is_detailed {
        comparisons.retain(|comparison| comparison.valued() > 1);
    }
    let others = all - comparisons.len();
    let table = match baseline {
        None => summary(&comparisons, &companies)?,
        Some(place) => pairs::against(&comparisons, place),
    };
    let mut table = args.table.filter(table)?;
    // What a list of all metrics has no room for stands below a single one, and the other way round.
    table.hide_if("polarity", !is_detailed);
    table.hide_if("reasons", is_detailed);
    let (mut table, cut) = args.table.order(table)?;
    let rows: Vec<Row<'a>> = table.rows.collect();
    comparisons.retain(|comparison| rows.iter().any(|row| is_of(row, comparison)));
    table.rows = Box::new(rows.into_iter());

    let mut report = args.table.select(table, context)?;
    if is_detailed {
        let details = details::tables(&comparisons, baseline.is_some());
        report.tables.splice(1..1, details);
    }
    if context.is_drawn() {
        for comparison in comparisons
            .iter()
            .filter(|comparison| comparison.valued() > 0)
        {
            let places = 0..comparison.sides.len();
            report
                .charts
                .extend(bars(comparison, places, &mut report.notes));
        }
        report.notes.extend(left_out(&comparisons, context));
        return Ok(report);
    }
    report.notes = notes(&comparisons, &companies, baseline, is_detailed, context);
    report.notes.extend(others_note(others, context));
    report.notes.extend(cut);
    Ok(report)
}

/// Compares what is asked for, on the terms asked for.
pub(super) fn comparisons<'a>(
    asked: &[Asked<'a>],
    terms: &TermsArgs,
    context: &'a Context,
) -> Result<Vec<Comparison<'a>>> {
    let figures = Figures::of(context.casebook.table::<Kpi>()?.iter());
    let terms = terms.terms(context)?;
    let compared = asked.iter().map(|asked| compare(asked, &figures, &terms));
    Ok(compared.collect())
}

/// Says whether a row is about a comparison.
fn is_of(row: &Row<'_>, comparison: &Comparison<'_>) -> bool {
    let cell = row.first().map(|cell| &cell.value);
    matches!(cell, Some(Value::Code { key, .. }) if **key == *id(comparison))
}

/// Says how to read the comparison, and what is left out of it.
fn notes(
    comparisons: &[Comparison<'_>],
    companies: &[&Company],
    baseline: Option<usize>,
    is_detailed: bool,
    context: &Context,
) -> Vec<String> {
    let mut notes = Vec::new();
    match (companies, baseline.and_then(|place| companies.get(place))) {
        (_, Some(baseline)) => {
            let of = &baseline.name;
            notes.push(format!("difference: minus the value of {of}; ratio: divided by it"));
        }
        ([first, second], None) => {
            notes.push(format!("difference: {} minus {}", first.name, second.name));
        }
        _ => notes.push(
            "the verdict is that of the two companies that allow the least; --baseline COMPANY compares each with one"
                .into(),
        ),
    }
    if baseline.is_none() {
        notes.push(LEADS.into());
    }
    if companies.len() > 2 && comparisons.iter().any(Comparison::is_surveyed) {
        notes.push(SAME_CONFIDENCE.into());
    }
    notes.extend(left_out(comparisons, context));
    if !is_detailed {
        let one = context.command("compare --metric METRIC");
        notes.push(format!("sources and reasons in full: {one}"));
    }
    notes
}

/// Tells of metrics that cannot be compared, for fewer than two companies have a value.
pub(super) fn others_note(others: usize, context: &Context) -> Option<String> {
    let metrics = counted(others, "metric has", "metrics have");
    (others > 0).then(|| {
        let list = context.command("compare --on metrics");
        format!("{metrics} a value for one of the companies or none; {list} lists all")
    })
}

/// Tells of values that are not compared.
pub(in crate::commands) fn left_out(
    comparisons: &[Comparison<'_>],
    context: &Context,
) -> Option<String> {
    let of = |comparison: &&Comparison<'_>| -> usize {
        comparison.sides.iter().map(|side| side.left_out).sum()
    };
    let all: usize = comparisons.iter().map(|comparison| of(&comparison)).sum();
    let mut concerned = comparisons.iter().filter(|comparison| of(comparison) > 0);
    let first = concerned.next()?.metrics();
    let list = match first.as_slice() {
        [metric] if concerned.next().is_none() => {
            context.command(&format!("kpis --where 'metric = {}'", metric.id))
        }
        _ => context.command("kpis"),
    };
    let values = counted(all, "value", "values");
    Some(format!(
        "{values} of other periods or populations left out; {list} lists all"
    ))
}
