//! `casecmp audit`: what is wrong with a source, judged by the records that cite it.

use std::borrow::Cow;

use anyhow::Result;
use clap::Args;

use crate::audit::{Evidence, Reliance, Rule, audit};
use crate::base::count::counted;
use crate::base::{Citation, Complaint, SourceKind, Type, Value};
use crate::model::{Company, Kind, Kpi, Metric, Source};
use crate::report::{Cell, Column, Report, Row, Table};

use super::Context;
use super::claims;
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
                Value::code(finding.rule.key(), finding.rule.label()),
                company.map_or(Value::Missing, |company| {
                    Value::code(company.id.as_str(), &*company.name)
                }),
                finding.says,
                Value::list(records),
            ];
            rows.push(row.map(Cell::from).into());
        }
    }
    let mut columns = vec![
        Column::new("source", "Source", Type::Text).group(),
        Column::new("rule", "What", Type::Code(Rule::KEYS)).group(),
        Column::new("company", "Company", Type::Text),
        Column::new("finding", "Finding", Type::Text),
        Column::new("records", "Records", Type::List),
    ];
    if let (Some(column), [_]) = (columns.first_mut(), audited.as_slice()) {
        column.is_detail = true;
    }
    let mut report = args
        .table
        .report(Table::new("audit", columns, rows), context)?;
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
        Complaint::unknown("source", id, known, "`casecmp sources` lists all")
    })?;
    Ok(vec![found])
}

/// Returns every record of the casebook, sources apart, with what it rests on.
fn reliances(context: &Context) -> Result<Vec<Reliance<'_>>> {
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Sources) {
        let records = context.casebook.collection(*kind)?;
        let fields = records.fields();
        for (record, id) in records.ids().into_iter().enumerate() {
            let values = records.values(record);
            let citations = |key: &str| -> Vec<Citation<'_>> {
                let place = fields.iter().position(|info| info.key == key);
                match place.and_then(|place| values.get(place)) {
                    Some(Value::Cites(citations)) => citations.clone(),
                    _ => Vec::new(),
                }
            };
            let (cite, via) = (citations("cite"), citations("via"));
            let company = fields.iter().position(|info| info.key == "company");
            let company = company.and_then(|place| values.get(place));
            let company = company.map_or(String::new(), |value| value.plain().into_owned());
            all.push(Reliance {
                id,
                company,
                cite,
                via,
            });
        }
    }
    Ok(all)
}
