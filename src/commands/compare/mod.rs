//! `casecmp compare`: companies side by side, and what may be concluded.

mod asked;
mod conclusion;
mod details;
mod metrics;
mod overview;
mod pairs;
mod summary;
mod topics;

use anyhow::Result;
use clap::Args;

use crate::base::Complaint;
use crate::report::Report;

pub(super) use asked::metric;
pub(super) use metrics::{SAME_CONFIDENCE, left_out};

use super::Context;
use super::context::misplaced;
use super::tables::TableArgs;
use super::terms::TermsArgs;

pub(super) const EXAMPLES: &str = "\
Verdicts, from the strongest; none is better than its weakest reason allows:
  differs, no evidence of a difference, same within rounding, cannot tell,
  one-sided (one company has a value), not comparable, no data

Reasons:
  missing       no value
  metric        different metrics
  unit          different units
  denominator   shares of different wholes
  instrument    different questions or answer scales
  polarity      more is better for one and worse for the other
  period        different, unstated or vague times
  population    different or unstated people
  relation      a bound or an estimate instead of a value
  sample        size unpublished, or too small to tell
  source        different sources
  origin        origin unstated, or cited but never listed
  disputed      another claim says otherwise

Examples:
  casecmp compare amazon netflix
  casecmp compare --metric nps
  casecmp compare --metric monthly-active-users:subscribers
  casecmp compare --on challenges
  casecmp compare --on metrics -f csv -o comparison.csv";

/// The part of a casebook that is compared by verdicts.
const METRICS: &str = "metrics";

/// Which companies, and what of them.
#[derive(Debug, Args)]
pub struct CompareArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    /// Metrics by id or name, separated by commas; A:B compares one metric of the first company with another of the second
    #[arg(long, value_name = "METRIC", value_delimiter = ',')]
    metric: Vec<String>,
    /// What to put side by side.
    #[arg(long, value_name = "TABLE", conflicts_with = "metric", help = topics::help())]
    on: Option<String>,
    /// Compare the values of all companies with those of this one
    #[arg(long, value_name = "COMPANY")]
    baseline: Option<String>,
    /// Turn rows into columns: a column for each metric or topic
    #[arg(long)]
    transpose: bool,
    #[command(flatten)]
    terms: TermsArgs,
    #[command(flatten)]
    table: TableArgs,
}

/// Compares companies: on metrics, on a table, or on everything in short.
pub(super) fn run<'a>(args: &CompareArgs, context: &'a Context) -> Result<Report<'a>> {
    context.named(&args.companies).map_err(|error| {
        let is_metric = |name: &&String| metric(name, context).is_ok();
        match args.companies.iter().find(is_metric) {
            Some(name) => misplaced(
                error,
                &context.command(&format!("compare --metric '{name}'")),
            ),
            None => error,
        }
    })?;
    let on = args.on.as_deref().map(str::to_lowercase);
    let is_on_metrics =
        !args.metric.is_empty() || args.baseline.is_some() || on.as_deref() == Some(METRICS);
    let mut report = match on {
        Some(table) if table != METRICS => {
            if args.baseline.is_some() || args.terms.is_given() {
                let complaint = "--baseline, --as-of and --max-gap are for metrics";
                return Err(Complaint::new(complaint)
                    .hint("leave them out, or compare --on metrics")
                    .into());
            }
            topics::run(args, &table, context)?
        }
        _ if is_on_metrics => metrics::run(args, context)?,
        _ if args.transpose => {
            let complaint = "an overview of everything has no rows to turn into columns";
            return Err(Complaint::new(complaint)
                .hint("say what to compare: --metric METRIC, or --on TABLE")
                .into());
        }
        _ => overview::run(args, context)?,
    };
    if args.transpose {
        super::transpose::transpose(&mut report)?;
    }
    Ok(report)
}
