//! `casecmp diff`: what changed from one casebook to another, in records and in what follows from them.

mod records;
mod summary;
mod verdicts;

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::report::{Audience, Report};

use super::Context;
use super::tables::TableArgs;

pub(super) const EXAMPLES: &str = "\
Records of one id are one. A record of another id whose other fields are all the same is renamed.

Examples:
  casecmp diff builtin my-casebook
  casecmp diff 2023.zip 2024.zip --only verdicts
  casecmp diff old new --where 'kind = kpis' --where 'change ~ value' -f csv
  casecmp diff old new --fail";

/// Which casebooks, and what of the difference.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// The casebook before: a folder, its datapackage.json, a ZIP file, or builtin
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The casebook after
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// Show one part of the answer
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// Exit with 1 when anything changed
    #[arg(long)]
    fail: bool,
    #[command(flatten)]
    table: TableArgs,
}

/// The parts of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// What became of each record
    Records,
    /// What is concluded otherwise
    Verdicts,
}

impl DiffArgs {
    /// Returns the casebooks.
    pub(super) fn casebooks(&self) -> [&Path; 2] {
        [&self.old, &self.new]
    }
}

/// Lists what became of the records, and what is concluded otherwise. People get the records table by table, unless they ask for
/// rows or columns.
pub(super) fn run<'a>(args: &DiffArgs, context: &'a Context) -> Result<Report<'a>> {
    let (old, new) = (context.open(&args.old), context.open(&args.new));
    let has = |part: Part| match args.only {
        Some(only) => only == part,
        // Rows and columns that are asked for are those of the records.
        None => part == Part::Records || args.table.is_as_made(),
    };
    let (mut tables, mut for_people) = (Vec::new(), Vec::new());
    let (mut counts, mut notes) = (Vec::new(), Vec::new());
    if has(Part::Records) {
        let mut table = args.table.filter(records::table(old, new, &mut notes)?)?;
        let summary = summary::of_records(&mut table);
        counts.extend(summary.counts);
        notes.splice(0..0, summary.notes);
        if args.table.is_as_made() && context.has_room_for(Audience::People) {
            for_people = summary::split(&mut table);
        }
        if !for_people.is_empty() {
            table = table.only_for(Audience::Machines);
        }
        tables.push(table);
    }
    if has(Part::Verdicts) {
        let mut table = args.table.filter(verdicts::table(old, new, &mut notes)?)?;
        let summary = summary::of_verdicts(&mut table);
        tables.push(match args.only {
            Some(_) => table,
            // People need no empty table below another.
            None if summary.counts.is_empty() => table.only_for(Audience::Nested),
            None => table.title("Verdicts").only_for(Audience::Beside),
        });
        counts.extend(summary.counts);
    } else if args.only.is_none() {
        notes.push(
            "verdicts are left out where rows or columns are asked for; --only verdicts lists them"
                .into(),
        );
    }
    let mut tables = tables.into_iter();
    let mut report = match tables.next() {
        Some(table) => args.table.arrange(table, new)?,
        None => Report::default(),
    };
    report.tables.splice(0..0, for_people);
    report.tables.extend(tables);
    report.is_no = args.fail && !counts.is_empty();
    report.notes.push(if counts.is_empty() {
        nothing(args).into()
    } else {
        counts.join(", ")
    });
    report.notes.extend(notes);
    Ok(report)
}

/// Says that nothing changed, of what is asked for.
fn nothing(args: &DiffArgs) -> &'static str {
    match args.only {
        _ if args.table.is_reshaped() => "nothing of what is asked for changed",
        Some(Part::Records) => "no record changed",
        Some(Part::Verdicts) => "no verdict changed",
        None => "no record and no verdict changed",
    }
}
