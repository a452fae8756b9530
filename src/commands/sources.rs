//! `casecmp sources`: the sources, what they are, and how often they are relied on.

use std::collections::{HashMap, HashSet};

use anyhow::Result;
use clap::Args;

use crate::audit::Reliance;
use crate::base::{Citation, SourceKind, Type, Value};
use crate::model::Kind;
use crate::report::{Cell, Column, Mark, Report, Row};

use super::Context;
use super::reliances::reliances;
use super::tables::{TableArgs, of_kind};

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp sources --where 'kind = unresolved' --sort=-via_count
  casecmp sources -f bibtex -o casebook.bib
  casecmp sources -f csl-json -o references.json";

/// Which rows and columns.
#[derive(Debug, Args)]
pub struct SourcesArgs {
    #[command(flatten)]
    table: TableArgs,
}

/// Lists all sources with the number of records that cite them, and that rest on them through a document.
pub(super) fn run<'a>(args: &SourcesArgs, context: &'a Context) -> Result<Report<'a>> {
    let reliances = reliances(context)?;
    let cited = counts(&reliances, |reliance| &reliance.cite);
    let via = counts(&reliances, |reliance| &reliance.via);
    let mut table = of_kind(Kind::Sources, context)?;
    let [id, kind, reference] = ["id", "kind", "reference"].map(|key| table.position(key));
    let (id, kind) = (id.unwrap_or_default(), kind.unwrap_or_default());
    let at = reference.unwrap_or_default();
    // The counts take its room.
    table.hide_if("cite", true);
    table.columns.splice(
        at..at,
        [
            Column::new("cite_count", "Cited", Type::Number),
            Column::new("via_count", "Via", Type::Number),
        ],
    );
    let unresolved = SourceKind::Unresolved.key();
    table.rows = Box::new(table.rows.map(move |mut row: Row<'a>| {
        let key = row
            .get(id)
            .map(|cell| cell.value.plain().into_owned())
            .unwrap_or_default();
        let of = |counts: &HashMap<&str, u32>| counts.get(&*key).copied().unwrap_or(0);
        let counted = [of(&cited), of(&via)].map(|count| Cell::from(Value::count(count)));
        let is_unresolved = matches!(
            row.get(kind).map(|cell| &cell.value),
            Some(Value::Code { key, .. }) if key == unresolved
        );
        if let Some(cell) = row.get_mut(id) {
            *cell = cell.clone().mark_if(is_unresolved, Mark::Unresolved);
        }
        row.splice(at..at, counted);
        row
    }));
    args.table.report(table, context)
}

/// Counts the records that name each source among some of their citations.
fn counts<'a>(
    reliances: &[Reliance<'a>],
    of: for<'r> fn(&'r Reliance<'a>) -> &'r [Citation<'a>],
) -> HashMap<&'a str, u32> {
    let mut counts = HashMap::new();
    for reliance in reliances {
        let named: HashSet<&str> = of(reliance)
            .iter()
            .map(|citation| citation.source)
            .collect();
        for source in named {
            *counts.entry(source).or_insert(0) += 1;
        }
    }
    counts
}
