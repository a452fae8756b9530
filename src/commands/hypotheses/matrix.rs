//! The evidence matrix: records by hypotheses, what each tells between them, and whether it separates the companies.

use anyhow::Result;

use crate::base::{Stance, Type, Value};
use crate::commands::Context;
use crate::commands::gist::Gists;
use crate::commands::tables::{TableArgs, check_keys};
use crate::compare::{Diagnosticity, Verdict, diagnosticity, stances};
use crate::model::{Hypothesis, Kind};
use crate::report::{Audience, Cell, Column, Report, Row, Table};

use super::{Name, heading, summary};

/// Makes the matrix.
pub(super) fn run<'a>(
    args: &TableArgs,
    name: &Name<'_, 'a>,
    hypotheses: &[&'a Hypothesis],
    context: &'a Context,
) -> Result<Report<'a>> {
    let gists = Gists::of(context)?;
    let verdicts = summary::verdicts(context)?;
    let mut records: Vec<&'a str> = Vec::new();
    for item in hypotheses
        .iter()
        .flat_map(|hypothesis| &hypothesis.evidence)
    {
        if !records.contains(&item.record.as_str()) {
            records.push(item.record.as_str());
        }
    }
    let mut columns = vec![
        Column::new("record", "Record", Type::Text),
        Column::new("kind", "Kind", Type::Code(Kind::KEYS)).detail(),
        Column::new("company", "Company", Type::Text),
        Column::new("says", "Says", Type::Text).detail(),
    ];
    for hypothesis in hypotheses {
        let label = heading(&name(hypothesis));
        columns.push(Column::new(hypothesis.id.to_string(), label, Type::Text));
    }
    columns.push(Column::new(
        "diagnosticity",
        "Between them",
        Type::Code(Diagnosticity::KEYS),
    ));
    columns.push(Column::new(
        "companies",
        "The companies",
        Type::Code(Verdict::KEYS),
    ));
    check_keys(&columns)?;
    let rows = records.iter().map(|record| {
        let gist = gists.find(record);
        let kind = gist.map_or(Value::Missing, |gist| gist.kind.value());
        let mut row: Row<'a> = [
            Value::text(*record),
            kind,
            gist.map_or(Value::Missing, |gist| gist.company.clone()),
            gist.map_or(Value::Missing, |gist| gist.says.clone()),
        ]
        .map(Cell::from)
        .into();
        row.extend(
            hypotheses
                .iter()
                .map(|hypothesis| Cell::from(sign(&stances(hypothesis, record)))),
        );
        row.push(diagnosticity(hypotheses, record).value().into());
        let verdict = verdicts.get(record).copied();
        row.push(verdict.map_or(Value::Missing, Verdict::value).into());
        row
    });
    let rows: Vec<Row<'a>> = rows.collect();
    let summary = summary::table(hypotheses, name, &verdicts).title("Hypotheses");
    let summary = summary.only_for(Audience::People);
    let table = Table::new("matrix", columns, rows).title("Evidence");
    let mut report = args.report(table, context)?;
    if !hypotheses.is_empty() {
        report.tables.insert(0, summary);
        report.notes.extend(summary::notes(hypotheses, &verdicts));
        report.notes.extend(legend());
    }
    Ok(report)
}

/// Shows stances: their keys for machines, signs for people.
fn sign<'a>(stances: &[Stance]) -> Value<'a> {
    if stances.is_empty() {
        return Value::Missing;
    }
    let join = |of: fn(&Stance) -> &'static str, gap: &str| {
        stances.iter().map(of).collect::<Vec<_>>().join(gap)
    };
    let sign = |stance: &Stance| match stance {
        Stance::Supports => "+",
        Stance::Opposes => "−",
        Stance::Neutral => "0",
    };
    Value::code(join(|stance| stance.key(), "; "), join(sign, " "))
}

/// Says how to read the matrix.
fn legend() -> [String; 3] {
    [
        "+ supports, − opposes, 0 neutral".into(),
        "between them: evidence that fits every hypothesis alike says nothing (analysis of competing hypotheses, Heuer \
         1999); weak: weighed under all, but not alike; open: not weighed under all"
            .into(),
        "the companies: the verdict of the comparison that a value or an event belongs to; other records compare nothing"
            .into(),
    ]
}
