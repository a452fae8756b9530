//! What a user asks to compare: metrics by id or name, one for all companies or one for each.

use anyhow::Result;

use crate::base::Complaint;
use crate::base::count::counted;
use crate::base::fold::same;
use crate::commands::Context;
use crate::model::{Company, Metric};

/// What is compared: a metric of each company.
pub(super) type Asked<'a> = Vec<(&'a Company, &'a Metric)>;

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
        let all = format!("`{}` lists all", context.command("metrics"));
        Complaint::unknown("metric", name, known, &all).into()
    })
}
