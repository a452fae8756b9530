//! `casecmp technologies`, `challenges`, `strategies`, `experience`, `kpis`, `swot`, `findings`; `companies`, `metrics`,
//! `concepts`: the records of one kind as they are.

use anyhow::Result;
use clap::Args;

use crate::model::Kind;
use crate::report::Report;

use super::Context;
use super::tables::{TableArgs, of_companies, of_kind};

/// Which companies, and which rows and columns.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Which rows and columns, of a kind that belongs to no company.
#[derive(Debug, Args)]
pub struct AllArgs {
    #[command(flatten)]
    table: TableArgs,
}

/// Lists the records of a kind that belong to the companies asked for.
pub(super) fn run<'a>(kind: Kind, args: &ListArgs, context: &'a Context) -> Result<Report<'a>> {
    let mut table = of_companies(kind, &args.companies, context)?;
    // A single company is the one that was asked for.
    table.hide_if("company", args.companies.len() == 1);
    let mut report = args.table.report(table, context)?;
    let fields = context.casebook.collection(kind)?.fields();
    let is_of_a_company = fields
        .iter()
        .any(|info| info.key == "company" && info.is_required);
    if !args.companies.is_empty() && !is_of_a_company {
        let name = kind.key();
        report.notes.push(format!(
            "{name} that are about no single company are left out; casecmp {name} lists all"
        ));
    }
    Ok(report)
}

/// Lists all records of a kind.
pub(super) fn run_all<'a>(kind: Kind, args: &AllArgs, context: &'a Context) -> Result<Report<'a>> {
    args.table.report(of_kind(kind, context)?, context)
}
