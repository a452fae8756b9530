//! `casecmp why`: a record, its rivals, its citations down to the origin, its file and line.

use anyhow::Result;
use clap::Args;

use crate::base::fold::same;
use crate::base::{Citation, Complaint, Place, Rank, Type, Value};
use crate::model::{Dispute, Kind, Source, Support, support};
use crate::report::{Audience, Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::claims::{self, known_as, standing};
use super::gist::{Gist, Gists};
use super::tables::{TableArgs, of_kind};

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
    period: &'a str,
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
        None => of_claim(&args.id, &all),
    };
    let (entries, shown) = if subjects.is_empty() {
        let gist = of_record(&args.id, &gists)?;
        (vec![entry(gist, context)?], fields(gist, context)?)
    } else {
        let mut entries = Vec::new();
        for subject in &subjects {
            entries.extend(of_dispute(subject, &gists, context)?);
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
        report.tables.splice(0..0, [shown, chain]);
    }
    for subject in subjects {
        report.notes.push(summary(subject, context)?);
    }
    Ok(report)
}

/// Finds the subjects of `company.topic` or `company.topic.period`; `None` when the text is not of that form.
fn of_subject<'d, 'a>(
    text: &str,
    all: &'d [Dispute<'a>],
    context: &'a Context,
) -> Result<Option<Vec<&'d Dispute<'a>>>> {
    let mut parts = text.splitn(3, '.');
    let (Some(company), Some(topic), period) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(None);
    };
    let company = context.company(company)?;
    let mut found = Vec::new();
    let mut known = Vec::new();
    for dispute in all
        .iter()
        .filter(|dispute| dispute.company == company.id.as_str())
    {
        let name = claims::topic(dispute, context)?;
        let is_named =
            matches!(&name, Value::Code { key, label } if same(key, topic) || same(label, topic));
        if is_named && period.is_none_or(|period| dispute.period == period) {
            found.push(dispute);
        }
        known.push(match dispute.period {
            period if is_named && !period.is_empty() => {
                format!("{}.{}.{period}", company.id, dispute.topic)
            }
            _ => format!("{}.{}", company.id, dispute.topic),
        });
    }
    if found.is_empty() {
        known.sort_unstable();
        known.dedup();
        let known = known.iter().map(String::as_str);
        let hint = "`casecmp search TEXT` finds records and their ids";
        return Err(Complaint::unknown("subject", text, known, hint).into());
    }
    Ok(Some(found))
}

/// Finds the subject that a record of that id is a claim of; none for a record that is no claim.
fn of_claim<'d, 'a>(id: &str, all: &'d [Dispute<'a>]) -> Vec<&'d Dispute<'a>> {
    let has = |dispute: &&Dispute<'_>| dispute.claims.iter().any(|claim| claim.id.as_str() == id);
    all.iter().find(has).into_iter().collect()
}

fn of_record<'g, 'a>(id: &str, gists: &'g Gists<'a>) -> Result<&'g Gist<'a>, Complaint> {
    gists.find(id).ok_or_else(|| {
        let mut known: Vec<&str> = gists.ids().collect();
        known.sort_unstable();
        let hint =
            "give an id, or COMPANY.SUBJECT; `casecmp search TEXT` finds records and their ids";
        Complaint::unknown("record", id, known, hint)
    })
}

/// Makes an entry of each claim of a subject, the best ranked first.
fn of_dispute<'a>(
    dispute: &Dispute<'a>,
    gists: &Gists<'a>,
    context: &'a Context,
) -> Result<Vec<Entry<'a>>> {
    let mut ranked: Vec<_> = dispute.claims.iter().collect();
    ranked.sort_by_key(|claim| claim.rank);
    let mut entries = Vec::new();
    for claim in ranked {
        let gist = of_record(claim.id.as_str(), gists)?;
        let mut pairs = dispute.contradictions().flatten();
        entries.push(Entry {
            subject: claims::topic(dispute, context)?,
            period: dispute.period,
            says: claims::says(claim, claims::unit(dispute, claim, context)?),
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
        found.map_or(Value::Missing, |(_, value)| {
            std::mem::replace(value, Value::Missing)
        })
    };
    let citations = |value: Value<'a>| match value {
        Value::Cites(citations) => citations,
        _ => Vec::new(),
    };
    Ok(Entry {
        kind: gist.kind,
        company: gist.company.clone(),
        subject: Value::Missing,
        period: "",
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
fn summary<'a>(dispute: &Dispute<'a>, context: &'a Context) -> Result<String> {
    let sources = context.casebook.table::<Source>()?;
    let mut names = Vec::new();
    for value in [
        claims::company(dispute, context)?,
        claims::topic(dispute, context)?,
    ] {
        if let Value::Code { label, .. } = value {
            names.push(label.into_owned());
        }
    }
    names.extend((!dispute.period.is_empty()).then(|| dispute.period.to_owned()));
    let verdict = match dispute.claims.as_slice() {
        [_] => "",
        _ if dispute.is_disputed() => "; they disagree",
        _ => "; they agree",
    };
    Ok(format!(
        "{}: {}{verdict}",
        names.join(", "),
        standing(dispute, sources)
    ))
}

/// Makes the list of the claims, for people.
fn rivals<'a>(entries: &[Entry<'a>]) -> Table<'a> {
    let columns = vec![
        Column::new("company", "Company", Type::Text).group(),
        Column::new("subject", "Subject", Type::Text).group(),
        Column::new("period", "Period", Type::Text).group(),
        Column::new("claim", "Claim", Type::Text),
        Column::new("says", "Says", Type::Text),
        Column::new("rank", "Rank", Type::Code(Rank::KEYS)),
        Column::new("note", "Why", Type::Text),
        Column::new("place", "Stands in", Type::Text),
    ];
    let used = entries.iter().any(|entry| !entry.period.is_empty());
    let rows = entries.iter().map(|entry| -> Row<'a> {
        let says = Cell::from(entry.says.clone());
        vec![
            entry.company.clone().into(),
            entry.subject.clone().into(),
            Value::text(entry.period).into(),
            entry.id.clone().into(),
            says.mark_if(entry.is_disputed, Mark::Disputed),
            entry.rank.clone().into(),
            entry.note.clone().into(),
            Value::text(entry.place.to_string()).into(),
        ]
    });
    let mut table = Table::new("claims", columns, rows.collect::<Vec<_>>());
    for column in table
        .columns
        .iter_mut()
        .filter(|column| column.key == "period")
    {
        column.is_detail = !used;
    }
    table.title("Claims").only_for(Audience::People)
}

/// Makes the list of the fields of a record that are known, for people.
fn fields<'a>(gist: &Gist<'a>, context: &'a Context) -> Result<Table<'a>> {
    let place = context.casebook.collection(gist.kind)?.place(gist.place);
    let mut table = of_kind(gist.kind, context)?;
    let row = table.rows.nth(gist.place).unwrap_or_default();
    let cites = |key: &str| matches!(key, "cite" | "via");
    let known = table.columns.iter().zip(row);
    let known = known.filter(|(column, cell)| !cell.value.is_missing() && !cites(&column.key));
    let mut rows: Vec<Row<'a>> = known
        .map(|(column, cell)| vec![Value::text(column.label.clone()).into(), cell])
        .collect();
    let stands = Value::text(place.to_string());
    rows.push(vec![Value::text("Stands in").into(), stands.into()]);
    let columns = vec![
        Column::new("field", "Field", Type::Text),
        Column::new("value", "Value", Type::Text),
    ];
    let title = format!("A {} of the casebook", gist.kind.label());
    Ok(Table::new("record", columns, rows)
        .title(title)
        .only_for(Audience::People))
}

/// Makes the list of citations, each down to the origin, for people.
fn chain<'a>(entries: &[Entry<'a>], context: &'a Context) -> Result<Table<'a>> {
    let columns = vec![
        Column::new("claim", "Claim", Type::Text).group(),
        Column::new("source", "Stated by", Type::Text).group(),
        Column::new("locator", "Place", Type::Text).group(),
        Column::new("via", "Citing", Type::Text),
        Column::new("reference", "Which is", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for link in links(entries, context)? {
        let origin = Cell::from(Value::text(link.origin_reference.clone()));
        rows.push(vec![
            link.entry.id.clone().into(),
            Value::text(link.cite.source).into(),
            link.cite.locator.map_or(Value::Missing, Value::text).into(),
            link.via
                .map_or(Value::Missing, |via| Value::text(via.to_string()))
                .into(),
            origin.mark_if(link.is_unresolved, Mark::Unresolved),
        ]);
    }
    let table = Table::new("citations", columns, rows).title("Where it comes from");
    Ok(table.only_for(Audience::People))
}

/// One way from a record to a source: a citation, and one of the origins behind it if it names any.
struct Link<'e, 'a> {
    entry: &'e Entry<'a>,
    cite: Citation<'a>,
    via: Option<Citation<'a>>,
    /// Id of the source at the end of the way.
    origin: &'a str,
    origin_reference: String,
    is_unresolved: bool,
}

/// Lists every way from a record to a source.
fn links<'e, 'a>(entries: &'e [Entry<'a>], context: &'a Context) -> Result<Vec<Link<'e, 'a>>> {
    use crate::base::SourceKind;
    let sources = context.casebook.table::<Source>()?;
    let mut links = Vec::new();
    for entry in entries {
        for support in &entry.supports {
            let none = support.via.is_empty().then_some(None);
            for via in support.via.iter().copied().map(Some).chain(none) {
                let named = via.unwrap_or(support.cite).source;
                let reference = |id: &str| {
                    let unknown = || format!("{id}: {}", super::references::UNKNOWN);
                    sources.by_id(id).map_or_else(unknown, Source::to_reference)
                };
                let known = known_as(named, sources);
                let origin = known.unwrap_or(named);
                links.push(Link {
                    entry,
                    cite: support.cite,
                    via,
                    origin,
                    origin_reference: match known {
                        Some(known) => format!("{known}: {}", reference(known)),
                        None => reference(named),
                    },
                    is_unresolved: sources
                        .by_id(origin)
                        .is_none_or(|source| source.custom.kind == SourceKind::Unresolved),
                });
            }
        }
    }
    Ok(links)
}

/// Makes a row for every way from a record to a source.
fn flat<'a>(entries: &[Entry<'a>], context: &'a Context) -> Result<Table<'a>> {
    let columns = vec![
        Column::new("kind", "Kind", Type::Code(Kind::KEYS)),
        Column::new("id", "Id", Type::Text),
        Column::new("company", "Company", Type::Text),
        Column::new("subject", "Subject", Type::Text),
        Column::new("period", "Period", Type::Text),
        Column::new("says", "Says", Type::Text),
        Column::new("rank", "Rank", Type::Code(Rank::KEYS)),
        Column::new("disputed", "Disputed", Type::Truth),
        Column::new("note", "Note", Type::Text),
        Column::new("file", "File", Type::Text),
        Column::new("line", "Line", Type::Number),
        Column::new("cite", "Source", Type::Cites),
        Column::new("via", "Via", Type::Cites),
        Column::new("origin", "Origin", Type::Text),
        Column::new("origin_reference", "Origin in full", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for link in links(entries, context)? {
        let entry = link.entry;
        let line = entry.place.line.and_then(|line| u32::try_from(line).ok());
        let row = [
            Value::code(entry.kind.key(), entry.kind.label()),
            entry.id.clone(),
            entry.company.clone(),
            entry.subject.clone(),
            Value::text(entry.period),
            entry.says.clone(),
            entry.rank.clone(),
            Value::Truth(entry.is_disputed),
            entry.note.clone(),
            Value::text(entry.place.path.clone()),
            line.map_or(Value::Missing, Value::count),
            Value::Cites(vec![link.cite]),
            link.via
                .map_or(Value::Missing, |via| Value::Cites(vec![via])),
            Value::text(link.origin),
            Value::text(link.origin_reference),
        ];
        rows.push(row.map(Cell::from).into());
    }
    Ok(Table::new("why", columns, rows))
}
