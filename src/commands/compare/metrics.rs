//! Companies side by side on metrics, each with its verdict.

use anyhow::Result;

use crate::base::count::counted;
use crate::base::fold::same;
use crate::base::sort::sort_by_key;
use crate::base::{Complaint, Polarity, Relation, Scalar as _, Type, Value};
use crate::commands::Context;
use crate::commands::charts::bars;
use crate::commands::tables::{check_keys, sources_of};
use crate::commands::terms::TermsArgs;
use crate::compare::{Comparison, Figures, Leader, Margin, Rival, Side, Verdict, compare};
use crate::model::{Company, Kpi, Metric};
use crate::report::{Cell, Column, Mark, Report, Row, Table};

use super::{CompareArgs, check_number, details, pairs};

/// How to read who leads.
pub(super) const LEADS: &str = "leads: by the printed numbers, where rounding leaves no doubt; the verdict says what that is worth";

/// What no verdict on several companies takes into account.
pub(in crate::commands) const SAME_CONFIDENCE: &str = "each two are told apart at 95 per cent, without correction for their number: of many pairs some differ by chance";

/// What is compared: a metric of each company.
pub(super) type Asked<'a> = Vec<(&'a Company, &'a Metric)>;

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
    check_number(&companies)?;
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
    if context.is_drawn {
        for comparison in comparisons
            .iter()
            .filter(|comparison| comparison.valued() > 0)
        {
            let places = 0..comparison.sides.len();
            report
                .charts
                .extend(bars(comparison, places, &mut report.notes));
        }
        report.notes.extend(left_out(&comparisons));
        return Ok(report);
    }
    report.notes = notes(&comparisons, &companies, baseline, is_detailed);
    report.notes.extend(others_note(others));
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

/// Returns the metrics of those ids or names, for each company; of no names, every metric. `A:B` is one metric for each.
///
/// # Errors
/// A name that no metric has; not as many metrics as companies.
pub(super) fn asked<'a>(
    names: &[String],
    companies: &[&'a Company],
    context: &'a Context,
) -> Result<Vec<Asked<'a>>> {
    let metrics = context.casebook.table::<Metric>()?;
    let of_all = |metric: &'a Metric| companies.iter().map(|company| (*company, metric)).collect();
    if names.is_empty() {
        return Ok(metrics.iter().map(of_all).collect());
    }
    let mut asked: Vec<Asked<'a>> = Vec::new();
    for name in names {
        let next: Asked<'a> = match metric(name, context) {
            Ok(metric) => of_all(metric),
            Err(_) if name.contains(':') => {
                let each: Result<Vec<&Metric>> =
                    name.split(':').map(|name| metric(name, context)).collect();
                let each = each?;
                if each.len() != companies.len() {
                    let complaint = format!(
                        "`{name}` names {} for {}",
                        counted(each.len(), "metric", "metrics"),
                        counted(companies.len(), "company", "companies")
                    );
                    return Err(Complaint::new(complaint)
                        .hint("name one metric for each company, in their order: A:B")
                        .into());
                }
                companies.iter().copied().zip(each).collect()
            }
            Err(error) => return Err(error),
        };
        let ids = |asked: &Asked<'_>| -> Vec<String> {
            asked
                .iter()
                .map(|(_, metric)| metric.id.to_string())
                .collect()
        };
        if !asked.iter().any(|known| ids(known) == ids(&next)) {
            asked.push(next);
        }
    }
    Ok(asked)
}

/// Returns the metric of that id or name.
///
/// # Errors
/// A name that no metric has.
pub(in crate::commands) fn metric<'a>(name: &str, context: &'a Context) -> Result<&'a Metric> {
    let metrics = context.casebook.table::<Metric>()?;
    let is_called = |metric: &&Metric| same(metric.id.as_str(), name) || same(&metric.name, name);
    metrics.iter().find(is_called).ok_or_else(|| {
        let known = metrics
            .iter()
            .flat_map(|metric| [metric.id.as_str(), &metric.name]);
        Complaint::unknown("metric", name, known, "`casecmp metrics` lists all").into()
    })
}

/// Says whether a row is about a comparison.
fn is_of(row: &Row<'_>, comparison: &Comparison<'_>) -> bool {
    let cell = row.first().map(|cell| &cell.value);
    matches!(cell, Some(Value::Code { key, .. }) if **key == *id(comparison))
}

/// Returns the key of a comparison: the id of its metric, or of each company's.
pub(super) fn id(comparison: &Comparison<'_>) -> String {
    let metrics = comparison.metrics();
    let ids = metrics.iter().map(|metric| metric.id.as_str());
    ids.collect::<Vec<_>>().join(":")
}

/// Names what is compared.
pub(super) fn name<'a>(comparison: &Comparison<'a>) -> Value<'a> {
    let metrics = comparison.metrics();
    let names = metrics.iter().map(|metric| &*metric.name);
    Value::code(id(comparison), names.collect::<Vec<_>>().join(" : "))
}

/// Says how to read the comparison, and what is left out of it.
fn notes(
    comparisons: &[Comparison<'_>],
    companies: &[&Company],
    baseline: Option<usize>,
    is_detailed: bool,
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
    let is_surveyed = |comparison: &Comparison<'_>| {
        let metrics = comparison.metrics();
        metrics.iter().any(|metric| metric.instrument.is_some())
    };
    if companies.len() > 2 && comparisons.iter().any(is_surveyed) {
        notes.push(SAME_CONFIDENCE.into());
    }
    notes.extend(left_out(comparisons));
    if !is_detailed {
        notes.push("sources and reasons in full: casecmp compare --metric METRIC".into());
    }
    notes
}

/// Tells of metrics that cannot be compared, for fewer than two companies have a value.
pub(super) fn others_note(others: usize) -> Option<String> {
    let metrics = counted(others, "metric has", "metrics have");
    (others > 0).then(|| {
        format!("{metrics} a value for one of the companies or none; casecmp compare --on metrics lists all")
    })
}

/// Tells of values that are not compared.
pub(in crate::commands) fn left_out(comparisons: &[Comparison<'_>]) -> Option<String> {
    let of = |comparison: &&Comparison<'_>| -> usize {
        comparison.sides.iter().map(|side| side.left_out).sum()
    };
    let all: usize = comparisons.iter().map(|comparison| of(&comparison)).sum();
    let mut concerned = comparisons.iter().filter(|comparison| of(comparison) > 0);
    let first = concerned.next()?.metrics();
    let list = match first.as_slice() {
        [metric] if concerned.next().is_none() => {
            format!("casecmp kpis --where 'metric = {}'", metric.id)
        }
        _ => "casecmp kpis".to_owned(),
    };
    let values = counted(all, "value", "values");
    Some(format!(
        "{values} of other periods left out; {list} lists all"
    ))
}

/// Makes a row for each comparison: what machines need in full, what people need at a glance.
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
        let relation = Type::Code(Relation::KEYS);
        for (suffix, what, kind) in [
            ("_relation", "relation", relation),
            ("_unit", "unit", Type::Text),
            ("_denominator", "percent of", Type::Text),
            ("_period", "period", Type::Date),
            ("_population", "population", Type::Text),
            ("_sample_size", "sample", Type::Number),
            ("_cite", "source", Type::Cites),
            ("_via", "via", Type::Cites),
            ("_otherwise", "otherwise", Type::List),
        ] {
            columns.push(Column::new(key(suffix), name(what), kind).detail());
        }
    }
    columns.extend(margin_columns(companies.len() > 2));
    columns.extend(verdict_columns());
    check_keys(&columns)?;
    let rows: Vec<Row<'a>> = comparisons.iter().map(row).collect();
    Ok(Table::new("comparison", columns, rows))
}

/// Makes the columns of a difference and a ratio; people see the difference of two.
pub(super) fn margin_columns(is_hidden: bool) -> Vec<Column> {
    let detail =
        |key: &'static str, label: &'static str| Column::new(key, label, Type::Number).detail();
    let mut difference = Column::new("difference", "Difference", Type::Number);
    difference.is_detail = is_hidden;
    vec![
        difference,
        detail("difference_low", "Difference from"),
        detail("difference_high", "Difference to"),
        detail("ratio", "Ratio"),
        detail("ratio_low", "Ratio from"),
        detail("ratio_high", "Ratio to"),
    ]
}

/// Makes the columns of a conclusion.
fn verdict_columns() -> Vec<Column> {
    vec![
        Column::new("leads", "Leads", Type::Text),
        Column::new("verdict", "Verdict", Type::Code(Verdict::KEYS)),
        Column::new("reasons", "Reasons", Type::List),
        Column::new("warnings", "Warnings", Type::List).detail(),
        Column::new("rival_changes", "Rival changes it", Type::Truth).detail(),
        Column::new("rivals", "With a rival", Type::List).detail(),
        Column::new("answers_least", "Answers needed at least", Type::Number).detail(),
        Column::new("answers_most", "Answers needed at most", Type::Number).detail(),
    ]
}

fn row<'a>(comparison: &Comparison<'a>) -> Row<'a> {
    let metrics = comparison.metrics();
    let polarities = metrics.iter().map(|metric| metric.polarity);
    let mut row: Row<'a> = vec![
        name(comparison).into(),
        unit(comparison).into(),
        shared(polarities.map(Polarity::value)).into(),
        shared(metrics.iter().map(|metric| metric.denominator.to_value())).into(),
    ];
    for side in &comparison.sides {
        row.extend(side_cells(side));
    }
    let is_of_two = comparison.sides.len() == 2;
    let of_two = |margin: Option<Margin>| margin_cells(margin.filter(|_| is_of_two));
    row.extend(of_two(comparison.difference(0, 1)));
    row.extend(of_two(comparison.ratio(0, 1)));
    let reasons = comparison.cautions.iter().map(|caution| caution.reason);
    let reasons = reasons.map(|reason| reason.key().into());
    let warnings = comparison
        .cautions
        .iter()
        .map(|caution| format!("{}: {}", caution.reason.label(), caution.message).into());
    let is_decisive = comparison.rivals.iter().any(|rival| rival.is_decisive);
    let rivals = comparison.rivals.iter().map(|rival| outcome(rival).into());
    let answers = |count: Option<u32>| count.map_or(Value::Missing, Value::count);
    row.extend(
        [
            leads(comparison.leader),
            comparison.verdict.value(),
            Value::list(reasons.collect()),
            Value::list(warnings.collect()),
            if comparison.rivals.is_empty() {
                Value::Missing
            } else {
                Value::Truth(is_decisive)
            },
            Value::list(rivals.collect()),
            answers(comparison.answers.map(|answers| answers.least)),
            answers(comparison.answers.map(|answers| answers.most)),
        ]
        .map(Cell::from),
    );
    row
}

/// Makes the three cells of a computed number.
pub(super) fn margin_cells<'a>(margin: Option<Margin>) -> [Cell<'a>; 3] {
    let Some(margin) = margin else {
        return std::array::from_fn(|_| Cell::from(Value::Missing));
    };
    [margin.value, margin.low, margin.high]
        .map(|number| Cell::from(Value::Number(number, Relation::Eq)).mark_if(true, Mark::Derived))
}

/// Names who leads.
pub(super) fn leads(leader: Leader<'_>) -> Value<'_> {
    match leader {
        Leader::Company(company) => Value::code(company.id.as_str(), &*company.name),
        Leader::Tie => Value::text("tie"),
        Leader::None => Value::Missing,
    }
}

/// Returns the value that all share; `Missing` when they differ.
fn shared<'a>(mut values: impl Iterator<Item = Value<'a>>) -> Value<'a> {
    let first = values.next().unwrap_or_default();
    if values.all(|other| other == first) {
        first
    } else {
        Value::Missing
    }
}

/// Returns the unit of the values compared, and in words what they are shares of where that is not what the metric says.
/// Where the values differ in unit, people see each and machines find it with the value.
pub(super) fn unit<'a>(comparison: &Comparison<'a>) -> Value<'a> {
    let figures = comparison.sides.iter().filter_map(Side::figure);
    let mut units: Vec<(&str, Option<&str>)> = Vec::new();
    for figure in figures {
        let unit = (figure.unit(), figure.kpi.denominator.as_deref());
        if !units.contains(&unit) {
            units.push(unit);
        }
    }
    let words = |(unit, of): &(&str, Option<&str>)| match of {
        Some(of) => format!("{unit} of {of}"),
        None => (*unit).to_owned(),
    };
    match units.as_slice() {
        [(unit, of)] => Value::code(*unit, words(&(*unit, *of))),
        [] => shared(
            comparison
                .metrics()
                .iter()
                .map(|metric| metric.unit.to_value()),
        ),
        several => {
            let several = several.iter().map(words).collect::<Vec<_>>();
            Value::code("", several.join(" : "))
        }
    }
}

/// Makes the cells of one company: the value, then all that it depends on.
fn side_cells<'a>(side: &Side<'a>) -> Vec<Cell<'a>> {
    let Some(figure) = side.figure() else {
        return vec![Cell::from(Value::Missing); 10];
    };
    let kpi = figure.kpi;
    let is_disputed = !side.against.is_empty();
    vec![
        Cell::from(Value::Number(kpi.value, kpi.relation)).mark_if(is_disputed, Mark::Disputed),
        kpi.relation.to_value().into(),
        Value::text(figure.unit()).into(),
        figure
            .denominator()
            .map_or(Value::Missing, Value::text)
            .into(),
        kpi.period.to_value().into(),
        kpi.population.to_value().into(),
        kpi.sample_size.to_value().into(),
        kpi.cite.to_value().into(),
        kpi.via.to_value().into(),
        Value::list(
            side.against
                .iter()
                .map(|rival| stated(rival).into())
                .collect(),
        )
        .into(),
    ]
}

/// Writes a claim and who makes it: `> 1800000000000 (mesbah2025)`.
pub(in crate::commands) fn stated(kpi: &Kpi) -> String {
    let hedge = match kpi.relation {
        Relation::Eq => String::new(),
        relation => format!("{} ", relation.label()),
    };
    format!("{hedge}{} ({})", kpi.value, sources_of(&kpi.cite))
}

/// Writes what a rival would change: `Amazon 1840000000000 (mesbah2025): differs, Amazon leads`.
fn outcome(rival: &Rival<'_>) -> String {
    let leads = match rival.leader {
        Leader::Company(company) => format!(", {} leads", company.name),
        Leader::Tie => ", tie".into(),
        Leader::None => String::new(),
    };
    let verdict = rival.verdict.label();
    format!(
        "{} {}: {verdict}{leads}",
        rival.company.name,
        stated(rival.kpi)
    )
}
