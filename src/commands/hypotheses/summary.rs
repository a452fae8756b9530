//! The hypotheses with their evidence weighed: what speaks for and against each, what of that tells hypotheses apart, and what
//! separates the companies.

use std::collections::HashMap;

use anyhow::Result;

use crate::base::{ClaimedVerdict, Scalar as _, Stance, Type, Value};
use crate::commands::Context;
use crate::commands::tables::TableArgs;
use crate::commands::terms::TermsArgs;
use crate::compare::{Concluded, Conclusion, Diagnosticity, Grounds, Part, Verdict, diagnosticity};
use crate::model::{Company, Event, Hypothesis, Kpi, Metric, Technology};
use crate::report::{Cell, Column, Report, Row, Table};

use super::Name;

/// Makes the summary alone.
pub(super) fn run<'a>(
    args: &TableArgs,
    name: &Name<'_, 'a>,
    hypotheses: &[&'a Hypothesis],
    context: &'a Context,
) -> Result<Report<'a>> {
    let verdicts = verdicts(context)?;
    let mut report = args.report(table(hypotheses, name, &verdicts), context)?;
    report.notes.extend(notes(hypotheses, &verdicts));
    let matrix = context.command("hypotheses --matrix");
    report.notes.push(format!("record by record: {matrix}"));
    Ok(report)
}

/// Returns what may be concluded on the companies from the comparison that a value or an event belongs to, by the id of the record.
pub(super) fn verdicts(context: &Context) -> Result<HashMap<&str, Verdict>> {
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
            Some(Concluded::Verdict(verdict, _)) => Some(verdict),
            Some(Concluded::Balance(_)) | None => None,
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

/// Counts, for each hypothesis, what speaks for and against it, and how much of that tells anything.
pub(super) fn table<'a>(
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
    Table::new("hypotheses", columns, rows)
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
pub(super) fn notes(hypotheses: &[&Hypothesis], verdicts: &HashMap<&str, Verdict>) -> Vec<String> {
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
    ]
}
