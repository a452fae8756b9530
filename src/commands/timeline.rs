//! `casecmp timeline`: dated events, each at its preferred date, with those who say otherwise beside it.

use anyhow::Result;
use clap::Args;

use crate::base::{Complaint, Date, Type, Value};
use crate::compare::subjects;
use crate::model::{Claim as _, Company, Event, Record as _};
use crate::report::{Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::tables::{TableArgs, column, with_label};

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp timeline netflix
  casecmp timeline amazon netflix --from 2005 --to 2010
  casecmp timeline amazon -f csv -o amazon.csv";

/// The most companies that get a lane each.
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
    #[command(flatten)]
    table: TableArgs,
}

/// Lists events by date: of one company, or of several in lanes.
pub fn run<'a>(args: &TimelineArgs, context: &'a Context) -> Result<Report<'a>> {
    let companies = context.companies(&args.companies)?;
    let entries = entries(args, &companies, context)?;
    let table = args.table.filter(events(entries, &companies))?;
    let is_laned = (2..=LANES).contains(&companies.len());
    let table = if is_laned { lanes(table, &companies) } else { table };
    args.table.arrange(table, context)
}

/// An event at one of its claimed dates, and the claims that contradict it.
struct Entry<'a> {
    event: &'a Event,
    against: Vec<&'a Event>,
}

/// Returns the events asked for, by date.
fn entries<'a>(
    args: &TimelineArgs,
    companies: &[&Company],
    context: &'a Context,
) -> Result<Vec<Entry<'a>>> {
    let events = context.casebook.table::<Event>()?;
    let from = date("--from", args.from.as_deref())?;
    let to = date("--to", args.to.as_deref())?;
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
            && (args.category.is_empty() || args.category.iter().any(|wanted| *wanted == event.category))
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
    entries.sort_by(|left, right| left.event.date.cmp(&right.event.date));
    Ok(entries)
}

/// Reads the date of an option.
fn date(option: &str, text: Option<&str>) -> Result<Option<Date>> {
    let Some(text) = text else { return Ok(None) };
    let date = text.parse::<Date>().map_err(|invalid| {
        let complaint = Complaint::new(format!("{option} must be {}, found `{text}`", invalid.wanted));
        complaint.hint(invalid.hint.unwrap_or_default())
    })?;
    Ok(Some(date))
}

/// Makes the table of all fields of the events, then whether and by whom the date is disputed.
fn events<'a>(entries: Vec<Entry<'a>>, companies: &[&'a Company]) -> Table<'a> {
    let is_single = companies.len() == 1;
    let mut columns: Vec<Column> = Event::FIELDS.iter().map(|field| column(&field.info)).collect();
    for column in columns.iter_mut().filter(|column| column.key == "company") {
        column.is_detail = is_single;
    }
    let cite = columns.iter().position(|column| column.key == "cite").unwrap_or(columns.len());
    let otherwise = Column::new("otherwise", "Otherwise", Type::List);
    let disputed = Column::new("disputed", "Disputed", Type::Truth).detail();
    columns.splice(cite..cite, [otherwise, disputed]);
    let names: Vec<(&str, &str)> = companies
        .iter()
        .map(|company| (company.id.as_str(), &*company.name))
        .collect();
    let rows = entries.into_iter().map(move |entry| {
        let is_disputed = !entry.against.is_empty();
        let mut row: Row<'a> = Event::FIELDS
            .iter()
            .map(|field| {
                let value = (field.get)(entry.event);
                let value = match field.info.refers_to {
                    Some(_) => with_label(value, &names),
                    None => value,
                };
                let is_date = field.info.key == "date";
                Cell::from(value).mark_if(is_date && is_disputed, Mark::Disputed)
            })
            .collect();
        let claims = entry.against.iter().map(|claim| rival(claim).into()).collect();
        let added = [Value::List(claims), Value::Truth(is_disputed)].map(Cell::from);
        row.splice(cite..cite, added);
        row
    });
    Table::new("timeline", columns, rows)
}

/// Writes who says otherwise: `1999 (perez2024)`.
fn rival(claim: &Event) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for citation in claim.cite().iter() {
        if !sources.contains(&citation.source) {
            sources.push(citation.source);
        }
    }
    format!("{} ({})", claim.date, sources.join(", "))
}

/// Merges the events of several companies into one table: a row for each date, a column for each company.
fn lanes<'a>(events: Table<'a>, companies: &[&'a Company]) -> Table<'a> {
    let place = |key: &str| events.position(key).unwrap_or(usize::MAX);
    let (company, title, cite) = (place("company"), place("title"), place("cite"));
    let (date, otherwise) = (place("date"), place("otherwise"));
    let dates = [date, place("date_start"), place("date_end")];

    let mut columns: Vec<Column> =
        dates.iter().filter_map(|place| events.columns.get(*place).cloned()).collect();
    for company in companies {
        columns.push(Column::new(company.id.to_string(), company.name.clone(), Type::Text));
    }
    columns.push(Column::new("otherwise", "Otherwise", Type::List));
    columns.push(Column::new("cite", "Source", Type::Cites));

    let mut merged: Vec<Row<'a>> = Vec::new();
    for row in events.rows {
        let cell = |place: usize| row.get(place).cloned().unwrap_or(Cell::from(Value::Missing));
        let lane = companies.iter().position(|known| {
            matches!(cell(company).value, Value::Code { key, .. } if key == known.id.as_str())
        });
        let Some(lane) = lane.map(|lane| lane + dates.len()) else {
            continue;
        };
        // The rows of one date follow each other; the event goes into the first that has its lane free.
        let same_date = merged.iter().rposition(|other| {
            other.first().map(|cell| &cell.value) != Some(&cell(date).value)
        });
        let mut of_date = merged.iter_mut().skip(same_date.map_or(0, |last| last + 1));
        let free = of_date.find(|row| row.get(lane).is_some_and(|cell| cell.value.is_missing()));
        let row = match free {
            Some(row) => row,
            None => {
                let mut row: Row<'a> = dates.iter().map(|place| cell(*place)).collect();
                row.resize(dates.len() + companies.len(), Cell::from(Value::Missing));
                row.push(Value::List(Vec::new()).into());
                row.push(Value::Missing.into());
                merged.push(row);
                let Some(row) = merged.last_mut() else { continue };
                row
            }
        };
        let mark = cell(date).mark;
        put(row, lane, Cell { mark, ..cell(title) });
        let last = dates.len() + companies.len();
        add(row, last, cell(otherwise).value);
        add(row, last + 1, cell(cite).value);
        if let Some(first) = row.first_mut() {
            first.mark = None;
        }
    }
    Table::new("timeline", columns, merged)
}

fn put<'a>(row: &mut Row<'a>, place: usize, cell: Cell<'a>) {
    if let Some(old) = row.get_mut(place) {
        *old = cell;
    }
}

/// Adds a list or citations to those that a cell has.
fn add<'a>(row: &mut Row<'a>, place: usize, more: Value<'a>) {
    let Some(cell) = row.get_mut(place) else { return };
    cell.value = match (std::mem::replace(&mut cell.value, Value::Missing), more) {
        (old, Value::Missing) => old,
        (Value::List(mut items), Value::List(more)) => {
            items.extend(more);
            Value::List(items)
        }
        (Value::Cites(mut citations), Value::Cites(more)) => {
            citations.extend(more);
            Value::Cites(citations)
        }
        (_, more) => more,
    };
}
