//! `casecmp why`: a record, its rivals, its citations down to the origin, its file and line.

mod shown;

use anyhow::Result;
use clap::Args;

use crate::base::fold::{fold, same};
use crate::base::sort::sort_by_key;
use crate::base::{Complaint, Date, Place, Value};
use crate::model::{AnySubject, Kind, Source, Support, support};
use crate::report::{Audience, Report};

use super::Context;
use super::claims::{self, standing};
use super::gist::{Gist, Gists};
use super::tables::TableArgs;
use shown::{chain, fields, flat, rivals};

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp why amazon.ipo
  casecmp why netflix.nps
  casecmp why netflix-open-connect";

/// What to explain.
#[derive(Debug, Args)]
pub struct WhyArgs {
    /// Id of a record, or COMPANY.SUBJECT, the subject an event, an attribute or a metric; .PERIOD may follow
    #[arg(value_name = "ID")]
    id: String,
    #[command(flatten)]
    table: TableArgs,
}

/// A record and all that must be told of it.
struct Entry<'a> {
    kind: Kind,
    company: Value<'a>,
    subject: Value<'a>,
    period: Option<&'a Date>,
    id: Value<'a>,
    says: Value<'a>,
    rank: Value<'a>,
    is_disputed: bool,
    note: Value<'a>,
    place: Place,
    supports: Vec<Support<'a>>,
}

/// Shows the claims of the subject asked for, or the record, with everything that they rest on.
pub(super) fn run<'a>(args: &WhyArgs, context: &'a Context) -> Result<Report<'a>> {
    let all = claims::all(context)?;
    let gists = Gists::of(context)?;
    let subjects = match of_subject(&args.id, &all, context)? {
        Some(subjects) => subjects,
        None => of_claim(&fold(&args.id), &all),
    };
    let (entries, shown) = if subjects.is_empty() {
        // A company goes by its name, ticker or alias here too.
        let company = context.company(&args.id).ok();
        let company = company.filter(|_| gists.find(&fold(&args.id)).is_none());
        let id = company.map_or(&*args.id, |company| company.id.as_str());
        let gist = of_record(id, &gists, context)?;
        (vec![entry(gist, context)?], fields(gist, context)?)
    } else {
        let mut entries = Vec::new();
        for subject in &subjects {
            entries.extend(claims_of(subject, &gists, context)?);
        }
        let shown = rivals(&entries);
        (entries, shown)
    };
    let chain = chain(&entries, context)?;
    let mut report = args.table.report(flat(&entries, context)?, context)?;
    if args.table.is_as_made() {
        for table in &mut report.tables {
            table.audience = match table.audience {
                Audience::All => Audience::Machines,
                audience => audience,
            };
        }
        report
            .tables
            .splice(0..0, std::iter::once(shown).chain(chain));
    }
    for subject in subjects {
        report.notes.push(summary(subject, context)?);
    }
    Ok(report)
}

/// Finds the subjects of `company.topic` or `company.topic.period`; `None` when the text is not of that form.
fn of_subject<'d, 'a>(
    text: &str,
    all: &'d [AnySubject<'a>],
    context: &'a Context,
) -> Result<Option<Vec<&'d AnySubject<'a>>>> {
    let mut parts = text.splitn(3, '.');
    let (Some(company), Some(topic), period) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(None);
    };
    let company = context.company(company)?;
    let mut found = Vec::new();
    let mut known = Vec::new();
    for subject in all
        .iter()
        .filter(|subject| subject.company == company.id.as_str())
    {
        let name = claims::topic(subject, context)?;
        let is_named =
            matches!(&name, Value::Code { key, label } if same(key, topic) || same(label, topic));
        if is_named && period.is_none_or(|period| subject.period == period) {
            found.push(subject);
        }
        known.push(match subject.period {
            period if is_named && !period.is_empty() => {
                format!("{}.{}.{period}", company.id, subject.topic)
            }
            _ => format!("{}.{}", company.id, subject.topic),
        });
    }
    if found.is_empty() {
        known.sort_unstable();
        known.dedup();
        let known = known.iter().map(String::as_str);
        let hint = format!(
            "`{}` finds records and their ids",
            context.command("search TEXT")
        );
        return Err(Complaint::unknown("subject", text, known, &hint).into());
    }
    Ok(Some(found))
}

/// Finds the subject that a record of that id is a claim of; none for a record that is no claim.
fn of_claim<'d, 'a>(id: &str, all: &'d [AnySubject<'a>]) -> Vec<&'d AnySubject<'a>> {
    let has =
        |subject: &&AnySubject<'_>| subject.claims.iter().any(|claim| claim.id.as_str() == id);
    all.iter().find(has).into_iter().collect()
}

fn of_record<'g, 'a>(
    id: &str,
    gists: &'g Gists<'a>,
    context: &Context,
) -> Result<&'g Gist<'a>, Complaint> {
    gists.find(&fold(id)).ok_or_else(|| {
        let mut known: Vec<&str> = gists.ids().collect();
        known.sort_unstable();
        let search = context.command("search TEXT");
        let hint =
            format!("give an id, or COMPANY.SUBJECT; `{search}` finds records and their ids");
        Complaint::unknown("record", id, known, &hint)
    })
}

/// Makes an entry of each claim of a subject, the best ranked first.
fn claims_of<'a>(
    subject: &AnySubject<'a>,
    gists: &Gists<'a>,
    context: &'a Context,
) -> Result<Vec<Entry<'a>>> {
    let mut ranked: Vec<_> = subject.claims.iter().collect();
    sort_by_key(&mut ranked, |claim| claim.rank);
    let mut entries = Vec::new();
    for claim in ranked {
        let gist = of_record(claim.id.as_str(), gists, context)?;
        let mut pairs = subject.contradictions().flatten();
        entries.push(Entry {
            subject: claims::topic(subject, context)?,
            period: claim.period,
            says: claims::says(claim, claims::unit(subject, claim, context)?),
            is_disputed: pairs.any(|one| one.id == claim.id),
            ..entry(gist, context)?
        });
    }
    Ok(entries)
}

/// Makes the entry of a record of any kind.
fn entry<'a>(gist: &Gist<'a>, context: &'a Context) -> Result<Entry<'a>> {
    let sources = context.casebook.table::<Source>()?;
    let records = context.casebook.collection(gist.kind)?;
    let values = records.fields().into_iter().zip(records.values(gist.place));
    let mut known: Vec<_> = values.map(|(info, value)| (info.key, value)).collect();
    let mut take = |wanted: &str| {
        let found = known.iter_mut().find(|(key, _)| *key == wanted);
        found.map_or(Value::Missing, |(_, value)| std::mem::take(value))
    };
    let citations = |value: Value<'a>| match value {
        Value::Cites(citations) => citations,
        _ => Vec::new(),
    };
    Ok(Entry {
        kind: gist.kind,
        company: gist.company.clone(),
        subject: Value::Missing,
        period: None,
        id: take("id"),
        says: gist.says.clone(),
        rank: take("rank"),
        is_disputed: false,
        note: take("note"),
        place: records.place(gist.place),
        supports: support(&citations(take("cite")), &citations(take("via")), sources),
    })
}

/// Says how a subject stands: `Amazon, ipo: 2 claims, 2 origins; they disagree`.
fn summary<'a>(subject: &AnySubject<'a>, context: &'a Context) -> Result<String> {
    let sources = context.casebook.table::<Source>()?;
    let mut names = Vec::new();
    for value in [
        claims::company(subject, context)?,
        claims::topic(subject, context)?,
    ] {
        if let Value::Code { label, .. } = value {
            names.push(label.into_owned());
        }
    }
    names.extend((!subject.period.is_empty()).then(|| subject.period.to_owned()));
    let verdict = match subject.claims.as_slice() {
        [_] => "",
        _ if subject.is_disputed() => "; they disagree",
        _ => "; they agree",
    };
    Ok(format!(
        "{}: {}{verdict}",
        names.join(", "),
        standing(subject, sources)
    ))
}
