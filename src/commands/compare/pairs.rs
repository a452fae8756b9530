//! Companies in pairs: each with the baseline, or each two.

use crate::base::{Scalar as _, Type, Value};
use crate::compare::{Comparison, Side, Verdict};
use crate::report::{Cell, Column, Mark, Row, Table};

use super::summary::{leads, margin_cells, margin_columns, name};

/// Compares every company with the one at a place: its own row has neither difference nor verdict.
pub(super) fn against<'a>(comparisons: &[Comparison<'a>], baseline: usize) -> Table<'a> {
    let mut rows: Vec<Row<'a>> = Vec::new();
    for comparison in comparisons {
        let places = 0..comparison.sides.len();
        rows.extend(places.filter_map(|place| row(comparison, place, baseline)));
    }
    Table::new("comparison", columns(), rows)
}

/// Compares each two companies that have values.
pub(super) fn each_two<'a>(comparison: &Comparison<'a>) -> Vec<Row<'a>> {
    let places = 0..comparison.sides.len();
    let each_two = places.clone().flat_map(|left| {
        let after = places.clone().skip(left + 1);
        after.map(move |right| (left, right))
    });
    let has_value = |place: usize| {
        let side = comparison.sides.get(place);
        side.is_some_and(|side| side.kpi.is_some())
    };
    let both = each_two.filter(|(left, right)| has_value(*left) && has_value(*right));
    both.filter_map(|(left, right)| row(comparison, left, right))
        .collect()
}

/// Makes the columns of a pair.
pub(super) fn columns() -> Vec<Column> {
    let mut columns = vec![
        Column::new("metric", "Metric", Type::Text).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("value", "Value", Type::Number),
        Column::new("unit", "Unit", Type::Text).detail(),
        Column::new("period", "Period", Type::Date).detail(),
        Column::new("against", "Against", Type::Text),
        Column::new("against_value", "Its value", Type::Number).detail(),
    ];
    columns.extend(margin_columns(false));
    for column in &mut columns {
        column.is_detail &= column.key != "ratio";
    }
    columns.extend([
        Column::new("leads", "Leads", Type::Text),
        Column::new("verdict", "Verdict", Type::Code(Verdict::KEYS)),
        Column::new("reasons", "Reasons", Type::List),
        Column::new("cite", "Source", Type::Cites).detail(),
        Column::new("via", "Via", Type::Cites).detail(),
    ]);
    columns
}

/// Makes the row of a company against another; against itself it has its value only.
fn row<'a>(comparison: &Comparison<'a>, place: usize, other: usize) -> Option<Row<'a>> {
    let (side, against) = (comparison.sides.get(place)?, comparison.sides.get(other)?);
    let is_itself = place == other;
    let (verdict, reasons) = comparison.between(place, other);
    let reasons = reasons.into_iter().map(|reason| reason.key().into());
    let of = |side: &Side<'a>| match side.kpi {
        Some(kpi) => Cell::from(Value::Number(kpi.value, kpi.relation))
            .mark_if(!side.against.is_empty(), Mark::Disputed),
        None => Cell::from(Value::Missing),
    };
    let shown = |is_shown: bool, value: Value<'a>| if is_shown { value } else { Value::Missing };
    let mut row: Row<'a> = vec![
        name(comparison).into(),
        side.company.to_value().into(),
        of(side),
        side.figure()
            .map_or(Value::Missing, |figure| Value::text(figure.unit()))
            .into(),
        side.kpi
            .map_or(Value::Missing, |kpi| kpi.period.to_value())
            .into(),
        shown(!is_itself, against.company.to_value()).into(),
        if is_itself {
            Cell::from(Value::Missing)
        } else {
            of(against)
        },
    ];
    row.extend(margin_cells(comparison.difference(place, other)));
    row.extend(margin_cells(comparison.ratio(place, other)));
    row.extend([
        shown(!is_itself, leads(comparison.leader_of(place, other))).into(),
        shown(!is_itself, verdict.value()).into(),
        shown(!is_itself, Value::list(reasons.collect())).into(),
        side.kpi
            .map_or(Value::Missing, |kpi| kpi.cite.to_value())
            .into(),
        side.kpi
            .map_or(Value::Missing, |kpi| kpi.via.to_value())
            .into(),
    ]);
    Some(row)
}
