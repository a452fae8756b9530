//! `casecmp kpis`: the values of metrics, each with the unit of its metric.

use anyhow::Result;

use crate::base::Value;
use crate::model::{Kind, Metric};
use crate::report::{Report, Table};

use super::Context;
use super::list::ListArgs;
use super::tables::{of_companies, of_kind};

/// Lists the KPI values of the companies asked for.
pub(super) fn run<'a>(args: &ListArgs, context: &'a Context) -> Result<Report<'a>> {
    let table = of_companies(of_kind(Kind::Kpis, context)?, &args.companies, context)?;
    args.table.report(with_units(table, context)?, context)
}

/// Fills the unit of every value from its metric, unless the value has its own.
fn with_units<'a>(mut table: Table<'a>, context: &'a Context) -> Result<Table<'a>> {
    let metrics = context.casebook.table::<Metric>()?;
    let (Some(unit), Some(metric)) = (table.position("unit"), table.position("metric")) else {
        return Ok(table);
    };
    if let Some(column) = table.columns.get_mut(unit) {
        column.is_detail = false;
    }
    table.rows = Box::new(table.rows.map(move |mut row| {
        let id = match row.get(metric).map(|cell| &cell.value) {
            Some(Value::Code { key, .. }) => metrics.by_id(key),
            _ => None,
        };
        if let (Some(cell), Some(metric)) = (row.get_mut(unit), id)
            && cell.value.is_missing()
        {
            cell.value = Value::text(&*metric.unit);
        }
        row
    }));
    Ok(table)
}
