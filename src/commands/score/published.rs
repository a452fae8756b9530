//! What a casebook has published of the companies of a survey, beside their scores.

use anyhow::Result;

use crate::base::{Scalar as _, Type, Value};
use crate::model::{Company, Kpi, Metric};
use crate::report::{Cell, Column, Row, Table};

use super::super::Context;
use super::files::Survey;

/// Makes the table of the values of a metric, all claims of each company that is among the names of the groups.
pub(super) fn table<'a>(
    survey: &Survey,
    metric: &'a Metric,
    context: &'a Context,
) -> Result<Table<'a>> {
    let names: Vec<&String> = survey
        .groups
        .iter()
        .flat_map(|group| &group.names)
        .collect();
    let companies = context.casebook.table::<Company>()?.iter();
    let companies: Vec<&Company> = companies
        .filter(|company| {
            names
                .iter()
                .any(|name| company.id.as_str() == *name || company.is_called(name))
        })
        .collect();
    let kpis = context.casebook.table::<Kpi>()?;
    let rows = companies.iter().flat_map(|company| {
        let theirs = kpis
            .iter()
            .filter(|kpi| kpi.company == company.id && kpi.metric == metric.id);
        theirs.map(|kpi| -> Row<'a> {
            [
                Value::code(company.id.as_str(), &*company.name),
                Value::Number(kpi.value, kpi.relation),
                Value::text(kpi.unit_of(metric)),
                kpi.period.to_value(),
                kpi.population.to_value(),
                kpi.sample_size.to_value(),
                kpi.rank.value(),
                kpi.cite.to_value(),
            ]
            .map(Cell::from)
            .into()
        })
    });
    let columns = vec![
        Column::new("company", "Company", Type::Text),
        Column::new("value", "Published", Type::Number),
        Column::new("unit", "Unit", Type::Text),
        Column::new("period", "Period", Type::Date),
        Column::new("population", "Population", Type::Text),
        Column::new("sample_size", "Answers", Type::Number),
        Column::new("rank", "Rank", Type::Text),
        Column::new("cite", "Source", Type::Cites),
    ];
    let rows: Vec<Row<'a>> = rows.collect();
    Ok(Table::new("published", columns, rows).title(format!("Published: {}", metric.name)))
}
