//! What stands below a comparison for people: who states the values, why to be careful, what the curator remarks.

use crate::base::{Scalar as _, Type, Value};
use crate::commands::tables::sources_of;
use crate::compare::Comparison;
use crate::model::Kpi;
use crate::report::{Audience, Cell, Column, Mark, Row, Table};

/// Returns the tables that have anything to say.
pub(super) fn tables<'a>(comparisons: &[Comparison<'a>]) -> impl Iterator<Item = Table<'a>> {
    let tables = [
        claims(comparisons),
        cautions(comparisons),
        remarks(comparisons),
    ];
    tables.into_iter().flatten()
}

/// Makes the claims behind the comparisons, those against them included, for people.
fn claims<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let mut unit = Column::new("unit", "Unit", Type::Text);
    let mut denominator = Column::new("denominator", "Percent of", Type::Text);
    let sides = comparisons.iter().flat_map(|comparison| &comparison.sides);
    let kpis = sides.flat_map(|side| side.kpi.into_iter().chain(side.against.iter().copied()));
    let kpis: Vec<&Kpi> = kpis.collect();
    // The summary has those of the metric.
    unit.is_detail = kpis.iter().all(|kpi| kpi.unit.is_none());
    denominator.is_detail = kpis.iter().all(|kpi| kpi.denominator.is_none());
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("value", "Value", Type::Number),
        unit,
        denominator,
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
                    Value::text(kpi.unit_of(comparison.metric)).into(),
                    kpi.denominator_of(comparison.metric)
                        .map_or(Value::Missing, Value::text)
                        .into(),
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
fn cautions<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
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

/// Makes the curator's remarks on the metrics and the claims, for people.
fn remarks<'a>(comparisons: &[Comparison<'a>]) -> Option<Table<'a>> {
    let columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("about", "About", Type::Text),
        Column::new("note", "Remark", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        let name = || Cell::from(comparison.metric.name.to_value());
        if let Some(note) = &comparison.metric.note {
            rows.push(vec![
                name(),
                Value::text("the metric").into(),
                note.to_value().into(),
            ]);
        }
        for side in &comparison.sides {
            for kpi in side.kpi.into_iter().chain(side.against.iter().copied()) {
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
