//! The evidence matrix: records by hypotheses, what each tells between them, and whether it separates the companies.

use std::collections::HashMap;

use anyhow::Result;

use crate::base::{ClaimedVerdict, Scalar as _, Stance, Type, Value};
use crate::commands::Context;
use crate::commands::gist::Gists;
use crate::commands::tables::{TableArgs, check_keys};
use crate::commands::terms::TermsArgs;
use crate::compare::{
    Conclusion, Diagnosticity, Finding, Grounds, Part, Verdict, diagnosticity, stances,
};
use crate::model::{Company, Event, Hypothesis, Kind, Kpi, Metric, Technology};
use crate::report::{Audience, Cell, Column, Report, Row, Table};

use super::{Name, heading};

/// Makes the matrix.
pub(super) fn run<'a>(
    args: &TableArgs,
    name: &Name<'_, 'a>,
    hypotheses: &[&'a Hypothesis],
    context: &'a Context,
) -> Result<Report<'a>> {
    let gists = Gists::of(context)?;
    let verdicts = verdicts(context)?;
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
    let summary = summary(hypotheses, name, &verdicts);
    let table = Table::new("matrix", columns, rows).title("Evidence");
    let mut report = args.report(table, context)?;
    if !hypotheses.is_empty() {
        report.tables.insert(0, summary);
    }
    if !hypotheses.is_empty() {
        report.notes.extend(notes(hypotheses, &verdicts));
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

/// Returns what may be concluded on the companies from the comparison that a value or an event belongs to, by the id of the record.
fn verdicts(context: &Context) -> Result<HashMap<&str, Verdict>> {
    let (kpis, events) = (
        context.casebook.table::<Kpi>()?,
        context.casebook.table::<Event>()?,
    );
    let grounds = Grounds {
        companies: context.casebook.table::<Company>()?.iter().collect(),
        metrics: context.casebook.table::<Metric>()?.iter().collect(),
        kpis: kpis.iter().collect(),
        events: events.iter().collect(),
        technologies: context.casebook.table::<Technology>()?.iter().collect(),
        hypotheses: Vec::new(),
        terms: TermsArgs::default().terms(context)?,
    };
    let conclusions = grounds.conclusions(&|_| true);
    let of = |part: Part, topic: &str| {
        let its =
            |conclusion: &&Conclusion<'_>| conclusion.part == part && conclusion.topic == topic;
        match conclusions
            .iter()
            .find(its)
            .map(|conclusion| conclusion.outcome)
        {
            Some(Finding::Verdict(verdict, _)) => Some(verdict),
            Some(Finding::Balance(_)) | None => None,
        }
    };
    let of_kpis = kpis
        .iter()
        .map(|kpi| (kpi.id.as_str(), of(Part::Metrics, kpi.metric.as_str())));
    let of_events = events.iter().map(|event| {
        let topic = event.domain.as_deref().unwrap_or(&event.event);
        (event.id.as_str(), of(Part::Dates, topic))
    });
    let all = of_kpis.chain(of_events);
    Ok(all
        .filter_map(|(id, verdict)| Some((id, verdict?)))
        .collect())
}

/// Counts, for each hypothesis, what supports it and how much of that tells anything, for people.
fn summary<'a>(
    hypotheses: &[&'a Hypothesis],
    name: &Name<'_, 'a>,
    verdicts: &HashMap<&str, Verdict>,
) -> Table<'a> {
    let columns = vec![
        Column::new("hypothesis", "Hypothesis", Type::Text),
        Column::new("statement", "Statement", Type::Text),
        Column::new("verdict", "Claimed", Type::Code(ClaimedVerdict::KEYS)),
        Column::new("supports", "For", Type::Number),
        Column::new("opposes", "Against", Type::Number),
        Column::new("diagnostic", "Tell", Type::Number),
        Column::new("compared", "Compared", Type::Number),
        Column::new("separating", "Apart", Type::Number),
    ];
    let rows = hypotheses.iter().map(|hypothesis| {
        let supporting = records(hypothesis, Stance::Supports);
        let is_diagnostic =
            |record: &&&str| diagnosticity(hypotheses, record) == Diagnosticity::Separates;
        let is_compared = |record: &&&str| {
            let verdict = verdicts.get(**record);
            verdict.is_some_and(|verdict| !matches!(verdict, Verdict::OneSided | Verdict::NoData))
        };
        let compared = supporting.iter().filter(is_compared);
        let row = [
            name(hypothesis),
            hypothesis.statement.to_value(),
            hypothesis.verdict.value(),
            Value::tally(supporting.len()),
            Value::tally(records(hypothesis, Stance::Opposes).len()),
            Value::tally(supporting.iter().filter(is_diagnostic).count()),
            Value::tally(compared.count()),
            Value::tally(separating(hypothesis, verdicts)),
        ];
        row.map(Cell::from).into()
    });
    let rows: Vec<Row<'a>> = rows.collect();
    let table = Table::new("overview", columns, rows).title("Hypotheses");
    table.only_for(Audience::People)
}

/// Returns the records that have a stance to a hypothesis, each once.
fn records(hypothesis: &Hypothesis, stance: Stance) -> Vec<&str> {
    let items = hypothesis.evidence.iter();
    let items = items.filter(|item| item.stance == stance);
    let mut records: Vec<&str> = items.map(|item| item.record.as_str()).collect();
    records.sort_unstable();
    records.dedup();
    records
}

/// Counts the supporting records whose comparison tells the companies apart.
fn separating(hypothesis: &Hypothesis, verdicts: &HashMap<&str, Verdict>) -> usize {
    let supporting = records(hypothesis, Stance::Supports);
    let is_told = |record: &&&str| verdicts.get(**record) == Some(&Verdict::Differs);
    supporting.iter().filter(is_told).count()
}

/// Says how to read the matrix, and which hypotheses rest on evidence that separates the companies.
fn notes(hypotheses: &[&Hypothesis], verdicts: &HashMap<&str, Verdict>) -> Vec<String> {
    let claimed = hypotheses
        .iter()
        .filter(|hypothesis| match hypothesis.verdict {
            ClaimedVerdict::Confirmed | ClaimedVerdict::Supported => true,
            ClaimedVerdict::Rejected | ClaimedVerdict::Undecided => false,
        });
    let separated: Vec<&str> = claimed
        .clone()
        .filter(|hypothesis| separating(hypothesis, verdicts) > 0)
        .map(|hypothesis| hypothesis.id.as_str())
        .collect();
    let which = match separated.as_slice() {
        [] => "none".to_owned(),
        some => some.join(", "),
    };
    vec![
        format!(
            "called confirmed or supported: {}; of these rest on evidence that separates the companies: {which}",
            claimed.count()
        ),
        "for, against: records that support or oppose it; tell: of those for it separate the hypotheses; compared: are values or dates that \
         several companies have; apart: of these the verdict is differs"
            .into(),
        "+ supports, − opposes, 0 neutral".into(),
        "between them: evidence that fits every hypothesis alike says nothing (analysis of competing hypotheses, Heuer \
         1999); weak: weighed under all, but not alike; open: not weighed under all"
            .into(),
        "the companies: the verdict of the comparison that a value or an event belongs to; other records compare nothing"
            .into(),
    ]
}
