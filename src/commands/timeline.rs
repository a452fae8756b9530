//! `casecmp timeline`: dated events, each at its preferred date, with those who say otherwise beside it.

use anyhow::Result;
use clap::Args;

use crate::base::sort::{sort_by, sort_by_key};
use crate::base::{Complaint, Elapsed, Type, Value};
use crate::model::{Claim as _, Company, Event, Record as _, subjects};
use crate::report::{Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::align::Alignment;
use super::charts::with_chart;
use super::lanes::lanes;
use super::tables::{Names, TableArgs, column, sources_of, with_label};
use super::terms::date;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp timeline netflix
  casecmp timeline amazon netflix --from 2005 --to 2010
  casecmp timeline amazon netflix --align founded
  casecmp timeline amazon -f csv -o amazon.csv";

/// The most companies that get a lane each; more are told apart by a column with their names.
const LANES: usize = 4;

/// Which companies and when.
#[derive(Debug, Args)]
pub struct TimelineArgs {
    /// Companies by id, name, ticker or alias; all without any
    #[arg(value_name = "COMPANY")]
    companies: Vec<String>,
    /// Leave out what is surely before this date
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Leave out what is surely after this date
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Keep one category of events; repeat for several
    #[arg(long, value_name = "CATEGORY")]
    category: Vec<String>,
    /// Count years from an event of each company, or from its first event of a category
    #[arg(long, value_name = "WHAT")]
    align: Option<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// Lists events by date: of one company, of up to four in lanes, of more with their names.
pub(super) fn run<'a>(args: &TimelineArgs, context: &'a Context) -> Result<Report<'a>> {
    if args.align.is_some() && context.is_drawn() {
        let complaint = Complaint::new("a drawing is by date, not by the years since an event");
        return Err(complaint.hint("leave out --align, or the format").into());
    }
    if args.align.is_some() {
        // An anchor that only companies not asked for have is no unknown one: their rows must not be left out.
        context.casebook.table::<Event>()?;
    }
    let mut companies = context.companies(&args.companies)?;
    let alignment = args.align.as_deref();
    let alignment = alignment.map(|name| Alignment::of(name, &companies, context));
    let alignment = alignment.transpose()?;
    if let Some(alignment) = &alignment {
        companies = alignment.companies();
    }
    let (mut entries, hidden) = entries(args, &companies, context)?;
    let mut elapsed = Vec::new();
    if let Some(alignment) = &alignment {
        let of = |entry: &Entry<'_>| alignment.elapsed(entry.event);
        sort_by_key(&mut entries, |entry| of(entry).map(Elapsed::order));
        elapsed.extend(entries.iter().map(of));
    }
    let mut table = events(entries, &companies);
    if let Some(alignment) = &alignment {
        table = alignment.with_years(table, elapsed);
    }
    if (2..=LANES).contains(&companies.len()) {
        table = lanes(table, &companies)?;
    }
    let from = date("--from", args.from.as_deref())?.map(|from| from.first());
    let to = date("--to", args.to.as_deref())?.and_then(|to| to.last());
    let mut report = with_chart(&args.table, table, &companies, (from, to), context)?;
    let notes = alignment.as_ref().map(Alignment::notes);
    report.notes.splice(0..0, notes.unwrap_or_default());
    if hidden > 0 {
        // What the conditions would keep of them is not known.
        let claims = match hidden {
            _ if args.table.is_reshaped() => {
                "claims of lower rank have no lines of their own".to_owned()
            }
            1 => "1 claim of lower rank has no line of its own".to_owned(),
            _ => format!("{hidden} claims of lower rank have no lines of their own"),
        };
        let list = context.command("query events");
        report.notes.push(format!("{claims}; {list} lists all"));
    }
    Ok(report)
}

/// An event at one of its claimed dates, and the claims that contradict it.
struct Entry<'a> {
    event: &'a Event,
    against: Vec<&'a Event>,
}

/// Returns the events asked for, by date, and how many claims of that time have no line of their own.
fn entries<'a>(
    args: &TimelineArgs,
    companies: &[&Company],
    context: &'a Context,
) -> Result<(Vec<Entry<'a>>, usize)> {
    let events = context.casebook.table::<Event>()?;
    let from = date("--from", args.from.as_deref())?;
    let to = date("--to", args.to.as_deref())?;
    if let (Some(from), Some(to)) = (&from, &to)
        && to.is_before(from)
    {
        return Err(Complaint::new(format!("--to {to} is before --from {from}")).into());
    }
    for wanted in &args.category {
        if !events.iter().any(|event| event.category == *wanted) {
            let mut known: Vec<&str> = events.iter().map(|event| &*event.category).collect();
            known.sort_unstable();
            known.dedup();
            let all = format!("categories: {}", known.join(", "));
            return Err(Complaint::unknown("category", wanted, known, &all).into());
        }
    }
    let is_asked = |event: &Event| {
        companies.iter().any(|company| company.id == event.company)
            && (args.category.is_empty()
                || args.category.iter().any(|wanted| *wanted == event.category))
            && from.as_ref().is_none_or(|from| !event.date.is_before(from))
            && to.as_ref().is_none_or(|to| !to.is_before(&event.date))
    };
    let mut entries = Vec::new();
    for subject in subjects(events.iter()) {
        for event in subject.shown() {
            if is_asked(event) {
                let against = subject.against(event);
                entries.push(Entry { event, against });
            }
        }
    }
    let asked = events.iter().filter(|event| is_asked(event)).count();
    let hidden = asked - entries.len();
    sort_by(&mut entries, |left, right| {
        left.event.date.cmp(&right.event.date)
    });
    Ok((entries, hidden))
}

/// Makes the table of all fields of the events, then whether and by whom the date is disputed.
fn events<'a>(entries: Vec<Entry<'a>>, companies: &[&'a Company]) -> Table<'a> {
    let is_single = companies.len() == 1;
    let mut columns: Vec<Column> = Event::FIELDS
        .iter()
        .map(|field| column(&field.info))
        .collect();
    for column in &mut columns {
        // A single company is the one that was asked for, and the claims shown are those of the best rank.
        column.is_detail |= column.key == "rank" || (is_single && column.key == "company");
    }
    let cite = columns
        .iter()
        .position(|column| column.key == "cite")
        .unwrap_or(columns.len());
    let otherwise = Column::new("otherwise", "Otherwise", Type::List);
    let disputed = Column::new("disputed", "Disputed", Type::Truth).detail();
    columns.splice(cite..cite, [otherwise, disputed]);
    let names: Names<'a> = companies
        .iter()
        .map(|company| (company.id.as_str(), &*company.name))
        .collect();
    let rows = entries.into_iter().map(move |entry| {
        let is_disputed = !entry.against.is_empty();
        let mut row: Row<'a> = Vec::with_capacity(Event::FIELDS.len() + 2);
        row.extend(Event::FIELDS.iter().map(|field| {
            let value = (field.get)(entry.event);
            let value = match field.info.refers_to {
                Some(_) => with_label(value, &names),
                None => value,
            };
            let is_date = field.info.key == "date";
            Cell::from(value).mark_if(is_date && is_disputed, Mark::Disputed)
        }));
        let claims = entry
            .against
            .iter()
            .map(|claim| rival(claim).into())
            .collect();
        let added = [Value::List(claims), Value::Truth(is_disputed)].map(Cell::from);
        row.splice(cite..cite, added);
        row
    });
    Table::new("timeline", columns, rows)
}

/// Writes who says otherwise: `1999 (perez2024)`.
fn rival(claim: &Event) -> String {
    format!("{} ({})", claim.date, sources_of(claim.cite()))
}
