//! `casecmp export`: the whole casebook, every citation resolved.

use anyhow::Result;
use clap::Args;

use crate::model::Kind;
use crate::report::Report;

use super::tables::{of_kind, of_other};
use super::{Context, references};

pub(super) const EXAMPLES: &str = "\
Writes one object a line with its table (-f ndjson, the default), or one object of all tables (-f json).
For one table as CSV: casecmp query TABLE -f csv

Example:
  casecmp export -o casebook.json";

/// No arguments of its own.
#[derive(Debug, Args)]
pub struct ExportArgs {}

/// Reports every table with all fields and references.
pub(super) fn run<'a>(_: &ExportArgs, context: &'a Context) -> Result<Report<'a>> {
    let tables: Result<Vec<_>> = Kind::ALL
        .iter()
        .map(|kind| {
            let (mut table, _) = references::resolve(of_kind(*kind, context)?, context)?;
            table.title = Some(kind.key().into());
            for column in &mut table.columns {
                column.is_detail = false;
            }
            Ok(table)
        })
        .collect();
    let others = context.casebook.others()?.iter();
    let others = others.filter(|other| other.is_table());
    let others = others.map(|other| of_other(other).title(other.name.clone()));
    Ok(Report {
        tables: tables?.into_iter().chain(others).collect(),
        ..Report::default()
    })
}
