//! The table of a comparison: a row for each metric, its columns for each company.

use crate::base::{Complaint, Polarity, Relation, Scalar as _, Type, Value};
use crate::commands::sides;
use crate::commands::tables::check_keys;
use crate::compare::{Comparison, Figure, Leader, Margin, Rival, Side, Verdict};
use crate::model::Company;
use crate::report::{Cell, Column, Mark, Row, Table};

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

/// Makes a row for each comparison: what machines need in full, what people need at a glance.
pub(super) fn summary<'a>(
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
        Column::new("reason_caps", "Allow at best", Type::List).detail(),
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
    let caps = comparison.cautions.iter();
    let caps =
        caps.map(|caution| format!("{}: {}", caution.reason.key(), caution.cap.key()).into());
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
            sides::reasons(reasons),
            Value::list(caps.collect()),
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
        Leader::Company(company) => company.to_value(),
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
    let own = |figure: &Figure<'a>| figure.kpi.denominator.as_deref();
    let mut units: Vec<Figure<'a>> = Vec::new();
    for figure in figures {
        let is_known =
            |known: &Figure<'a>| (known.unit(), own(known)) == (figure.unit(), own(&figure));
        if !units.iter().any(is_known) {
            units.push(figure);
        }
    }
    let words = |unit: &str, of: Option<&str>| match of {
        Some(of) => format!("{unit} of {of}"),
        None => unit.to_owned(),
    };
    match units.as_slice() {
        [one] => Value::code(one.unit(), words(one.unit(), own(one))),
        [] => shared(
            comparison
                .metrics()
                .iter()
                .map(|metric| metric.unit.to_value()),
        ),
        several => {
            let several = several.iter();
            let several = several.map(|one| words(one.unit(), one.denominator()));
            Value::code("", several.collect::<Vec<_>>().join(" : "))
        }
    }
}

/// Makes the cells of one company: the value, then all that it depends on.
fn side_cells<'a>(side: &Side<'a>) -> [Cell<'a>; 10] {
    let denominator = side.figure().and_then(|figure| figure.denominator());
    [
        sides::value(side),
        sides::field(side, |kpi| &kpi.relation),
        sides::unit(side),
        denominator.map_or(Value::Missing, Value::text).into(),
        sides::field(side, |kpi| &kpi.period),
        sides::field(side, |kpi| &kpi.population),
        sides::field(side, |kpi| &kpi.sample_size),
        sides::field(side, |kpi| &kpi.cite),
        sides::field(side, |kpi| &kpi.via),
        sides::otherwise(side),
    ]
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
        sides::stated(rival.kpi)
    )
}
