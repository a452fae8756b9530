//! Companies in pairs: each with the baseline, or each two.

use crate::base::{Type, Value};
use crate::commands::sides;
use crate::compare::{Comparison, Verdict};
use crate::report::{Cell, Column, Row, Table};

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
    let pairs = comparison.each_two().into_iter();
    pairs
        .filter_map(|[left, right]| row(comparison, left, right))
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
    let shown = |cell: Cell<'a>| {
        if is_itself {
            Cell::from(Value::Missing)
        } else {
            cell
        }
    };
    let mut row: Row<'a> = vec![
        name(comparison).into(),
        side.company.to_value().into(),
        sides::value(side),
        sides::unit(side),
        sides::field(side, |kpi| &kpi.period),
        shown(against.company.to_value().into()),
        shown(sides::value(against)),
    ];
    row.extend(margin_cells(comparison.difference(place, other)));
    row.extend(margin_cells(comparison.ratio(place, other)));
    row.extend([
        shown(leads(comparison.leader_of(place, other)).into()),
        shown(verdict.value().into()),
        shown(sides::reasons(reasons).into()),
        sides::field(side, |kpi| &kpi.cite),
        sides::field(side, |kpi| &kpi.via),
    ]);
    Some(row)
}
