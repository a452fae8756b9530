//! What stands below a comparison for people: the conclusion in words, who states the values, why no more can be concluded,
//! what rivals would change, what the curator remarks.

use crate::base::{Scalar as _, Type, Value};
use crate::commands::tables::sources_of;
use crate::compare::{Comparison, Rival, Side, Verdict};
use crate::model::{Kpi, Metric};
use crate::report::{Audience, Cell, Column, Mark, Row, Table};

use super::conclusion::conclusion;
use super::pairs;
use super::summary::{leads, name};

/// The most companies of which each two are shown.
pub(super) const ROOM: usize = 6;

/// Returns the tables that have anything to say; each two of several companies, unless they stand in the comparison itself.
pub(super) fn tables<'a>(
    comparisons: &[Comparison<'a>],
    is_paired: bool,
) -> impl Iterator<Item = Table<'a>> {
    let tables = [
        conclusions(comparisons),
        (!is_paired).then(|| each_two(comparisons)).flatten(),
        claims(comparisons),
        cautions(comparisons),
        rivals(comparisons),
        remarks(comparisons),
    ];
    tables.into_iter().flatten()
}

/// Says in words what may be concluded.
fn conclusions<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("verdict", "Verdict", Type::Code(Verdict::KEYS)),
        Column::new("because", "Because", Type::Text),
    ];
    let rows = comparisons.iter().map(|comparison| {
        let row = [
            name(comparison),
            comparison.verdict.value(),
            conclusion(comparison),
        ];
        row.map(Cell::from).into()
    });
    detail(
        "What may be concluded",
        comparisons,
        columns,
        rows.collect(),
    )
}

/// Puts each two of several companies side by side, as long as a page has room for them.
fn each_two<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let has_room = |comparison: &&Comparison<'_>| (3..=ROOM).contains(&comparison.sides.len());
    let rows = comparisons
        .iter()
        .filter(has_room)
        .flat_map(pairs::each_two);
    detail("Each two", comparisons, pairs::columns(), rows.collect())
}

/// Makes the claims behind the comparisons, those against them included, for people.
fn claims<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let mut unit = Column::new("unit", "Unit", Type::Text);
    let mut denominator = Column::new("denominator", "Percent of", Type::Text);
    let sides = comparisons.iter().flat_map(|comparison| &comparison.sides);
    let kpis = sides.flat_map(Side::claims);
    let kpis: Vec<&Kpi> = kpis.collect();
    // The summary has those of the metric.
    unit.is_detail = kpis.iter().all(|kpi| kpi.unit.is_none());
    denominator.is_detail = kpis.iter().all(|kpi| kpi.denominator.is_none());
    let mut sample = Column::new("sample_size", "Sample", Type::Number);
    sample.is_detail = kpis.iter().all(|kpi| kpi.sample_size.is_none());
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("value", "Value", Type::Number),
        unit,
        denominator,
        Column::new("period", "Period", Type::Date),
        Column::new("population", "Population", Type::Text),
        sample,
        Column::new("cite", "Source", Type::Cites),
        Column::new("via", "Via", Type::Cites),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        for side in &comparison.sides {
            for kpi in side.claims() {
                let value = Cell::from(Value::Number(kpi.value, kpi.relation));
                rows.push(vec![
                    side.metric.name.to_value().into(),
                    side.company.name.to_value().into(),
                    value.mark_if(!side.against.is_empty(), Mark::Disputed),
                    Value::text(kpi.unit_of(side.metric)).into(),
                    kpi.denominator_of(side.metric)
                        .map_or(Value::Missing, Value::text)
                        .into(),
                    kpi.period.to_value().into(),
                    kpi.population.to_value().into(),
                    kpi.sample_size.to_value().into(),
                    kpi.cite.to_value().into(),
                    kpi.via.to_value().into(),
                ]);
            }
        }
    }
    detail("Who states it", comparisons, columns, rows)
}

/// Makes the reasons, and how far each weakens the verdict, for people.
fn cautions<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("reason", "Reason", Type::Text),
        Column::new("cap", "Allows at best", Type::Text),
        Column::new("message", "How it stands", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        for caution in &comparison.cautions {
            let row = [
                name(comparison),
                caution.reason.value(),
                caution.cap.value(),
                Value::text(caution.message.clone()),
            ];
            rows.push(row.map(Cell::from).into());
        }
    }
    detail("Why to be careful", comparisons, columns, rows)
}

/// Makes the rivals, and what would follow if they were compared instead, for people.
fn rivals<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("rival", "If instead", Type::Text),
        Column::new("source", "As stated by", Type::Text),
        Column::new("verdict", "Verdict", Type::Text),
        Column::new("leads", "Leads", Type::Text),
        Column::new("changes", "Changes it", Type::Truth),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        for Rival {
            company,
            kpi,
            verdict,
            leader,
            is_decisive,
        } in &comparison.rivals
        {
            let value = Value::Number(kpi.value, kpi.relation);
            let row = [
                name(comparison),
                Value::phrase([company.name.to_value(), value]),
                Value::text(sources_of(&kpi.cite)),
                verdict.value(),
                leads(*leader),
                Value::Truth(*is_decisive),
            ];
            rows.push(row.map(Cell::from).into());
        }
    }
    detail("With a rival claim instead", comparisons, columns, rows)
}

/// Makes the curator's remarks on the metrics and the claims, for people.
fn remarks<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("about", "About", Type::Text),
        Column::new("note", "Remark", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        let name = || Cell::from(name(comparison));
        for metric in comparison.metrics() {
            if let Some(note) = &metric.note {
                rows.push(vec![
                    name(),
                    metric_label(comparison, metric).into(),
                    note.to_value().into(),
                ]);
            }
        }
        for side in &comparison.sides {
            for kpi in side.claims() {
                if let Some(note) = &kpi.note {
                    let about = format!("{}, {}", side.company.name, sources_of(&kpi.cite));
                    rows.push(vec![
                        name(),
                        Value::text(about).into(),
                        note.to_value().into(),
                    ]);
                }
            }
        }
    }
    detail("What the curator remarks", comparisons, columns, rows)
}

/// Names what a remark on a metric is about.
fn metric_label<'a>(comparison: &Comparison<'a>, metric: &'a Metric) -> Value<'a> {
    match comparison.metrics().len() {
        1 => Value::text("the metric"),
        _ => metric.name.to_value(),
    }
}

/// Makes a table below the comparison; of a single metric it need not repeat the name.
fn detail<'a>(
    title: &str,
    comparisons: &[Comparison<'a>],
    mut columns: Vec<Column>,
    mut rows: Vec<Row<'a>>,
) -> Option<Table<'a>> {
    if rows.is_empty() {
        return None;
    }
    if comparisons.len() == 1 {
        columns.remove(0);
        for row in &mut rows {
            row.remove(0);
        }
    }
    let table = Table::new("detail", columns, rows).title(title);
    Some(table.only_for(Audience::People))
}
