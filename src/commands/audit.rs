//! `casecmp audit`: what is wrong with a source, judged by the records that cite it.

use std::borrow::Cow;

use anyhow::Result;
use clap::Args;

use crate::audit::{Evidence, Rule, audit};
use crate::base::count::counted;
use crate::base::{Complaint, SourceKind, Type, Value};
use crate::model::{Company, Kpi, Metric, Source};
use crate::report::{Cell, Column, Report, Row, Table};

use super::Context;
use super::claims;
use super::reliances::reliances;
use super::tables::TableArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp audit
  casecmp audit mesbah2025 --where 'rule = arithmetic'";

/// Which source.
#[derive(Debug, Args)]
pub struct AuditArgs {
    /// Id of a source; all studies and comments without any
    #[arg(value_name = "SOURCE")]
    source: Option<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Lists what every rule finds, source by source.
pub(super) fn run<'a>(args: &AuditArgs, context: &'a Context) -> Result<Report<'a>> {
    let casebook = &context.casebook;
    let audited = audited(args, context)?;
    let (subjects, reliances) = (claims::all(context)?, reliances(context)?);
    let evidence = Evidence {
        sources: casebook.table::<Source>()?,
        metrics: casebook.table::<Metric>()?,
        kpis: casebook.table::<Kpi>()?,
        hypotheses: casebook.table()?,
        subjects: &subjects,
        reliances: &reliances,
    };
    let companies = casebook.table::<Company>()?;
    let mut notes = Vec::new();
    let mut rows: Vec<Row<'a>> = Vec::new();
    for source in &audited {
        let findings = audit(source, &evidence);
        let id = source.id.as_str();
        let citing = reliances
            .iter()
            .filter(|reliance| reliance.cites(id))
            .count();
        let (citing, found) = (
            counted(citing, "record cites it", "records cite it"),
            counted(findings.len(), "point found", "points found"),
        );
        notes.push(format!("{id}: {citing}; {found}"));
        for finding in findings {
            let company = companies.by_id(finding.company);
            let records = finding.records.into_iter().map(Cow::Borrowed).collect();
            let row = [
                Value::text(id),
                finding.rule.value(),
                company.map_or(Value::Missing, |company| company.to_value()),
                finding.says,
                Value::list(records),
            ];
            rows.push(row.map(Cell::from).into());
        }
    }
    let columns = vec![
        Column::new("source", "Source", Type::Text).group(),
        Column::new("rule", "What", Type::Code(Rule::KEYS)).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("finding", "Finding", Type::Text),
        Column::new("records", "Records", Type::List),
    ];
    let mut table = Table::new("audit", columns, rows);
    // A single source is the one that was asked for.
    table.hide_if("source", audited.len() == 1);
    let mut report = args.table.report(table, context)?;
    report.notes.extend(notes);
    Ok(report)
}

/// Returns the source asked for; without any, the documents that the casebook was made from.
fn audited<'a>(args: &AuditArgs, context: &'a Context) -> Result<Vec<&'a Source>> {
    let sources = context.casebook.table::<Source>()?;
    let Some(id) = &args.source else {
        let is_document = |source: &&Source| match source.custom.kind {
            SourceKind::Study | SourceKind::Comments => true,
            SourceKind::Primary | SourceKind::Cited | SourceKind::Unresolved => false,
        };
        return Ok(sources.iter().filter(is_document).collect());
    };
    let found = sources.by_id(id).ok_or_else(|| {
        let known = sources.iter().map(|source| source.id.as_str());
        let all = format!("`{}` lists all", context.command("sources"));
        Complaint::unknown("source", id, known, &all)
    })?;
    Ok(vec![found])
}
