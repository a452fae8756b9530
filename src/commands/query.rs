//! `casecmp query`: any table of the casebook, by conditions on its fields.

use anyhow::Result;
use clap::Args;

use crate::model::Kind;
use crate::report::Report;

use super::Context;
use super::tables::{TableArgs, named};

pub(super) const EXAMPLES: &str = "\
Example:
  casecmp query events --where 'date < 2000' --where 'company = netflix' --columns date,title,cite";

/// Which table, rows and columns.
#[derive(Debug, Args)]
pub struct QueryArgs {
    /// The table to query.
    #[arg(value_name = "TABLE", help = format!("One of {}; or a further table of the casebook", Kind::KEYS.join(", ")))]
    table: String,
    #[command(flatten)]
    rows: TableArgs,
}

/// Lists the records of the table asked for.
pub(super) fn run<'a>(args: &QueryArgs, context: &'a Context) -> Result<Report<'a>> {
    args.rows.report(named(&args.table, context)?, context)
}
