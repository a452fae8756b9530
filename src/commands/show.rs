//! `casecmp show`: one company on a page.

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::id::words;
use crate::base::{Citations, Relation, Scalar, Type, Value};
use crate::model::{Company, Kind, Kpi, Metric, Profile, subjects};
use crate::report::{Audience, Cell, Column, Mark, Report, Row, Table};

use super::Context;
use super::tables::TableArgs;

/// The section of the attributes.
const PROFILE: &str = "profile";

/// The most attributes for which a page has room.
const ROOM: usize = 40;

/// Which company.
#[derive(Debug, Args)]
pub struct ShowArgs {
    /// The company by id, name, ticker or alias
    #[arg(value_name = "COMPANY")]
    company: String,
    #[command(flatten)]
    table: TableArgs,
}

/// Shows what the company is, its profile, its figures, and how much the casebook holds of it.
pub(super) fn run<'a>(args: &ShowArgs, context: &'a Context) -> Result<Report<'a>> {
    let company = context.company(&args.company)?;
    let mut rows = identity(company);
    rows.extend(profile(company, context)?);
    rows.extend(figures(company, context)?);
    rows.extend(holdings(company, context)?);
    let columns = vec![
        Column::new("section", "Section", Type::Text),
        Column::new("item", "Item", Type::Text),
        Column::new("relation", "Relation", Type::Code(Relation::KEYS)).detail(),
        Column::new("value", "Value", Type::Text),
        Column::new("unit", "Unit", Type::Text),
        Column::new("period", "Period", Type::Date),
        Column::new("cite", "Source", Type::Cites),
        Column::new("via", "Via", Type::Cites).detail(),
        Column::new("disputed", "Disputed", Type::Truth).detail(),
    ];
    let mut report = args
        .table
        .report(Table::new("show", columns, rows), context)?;
    if !args.table.is_reshaped() {
        let shared = shared_attributes(company, context)?;
        let left_out = split_by_section(&mut report, &company.name, shared.as_deref());
        if left_out > 0 {
            report.notes.push(format!(
                "{} that no other company has left out; casecmp query profiles --where 'company = {}' lists all",
                counted(left_out, "claim", "claims"),
                company.id
            ));
        }
    }
    Ok(report)
}

/// Returns the attributes that another company has too, if a page has no room for all of the company's.
fn shared_attributes<'a>(company: &Company, context: &'a Context) -> Result<Option<Vec<&'a str>>> {
    let profiles = context.casebook.table::<Profile>()?;
    let (own, others): (Vec<&Profile>, Vec<&Profile>) = profiles
        .iter()
        .partition(|profile| profile.company == company.id);
    if own.len() <= ROOM {
        return Ok(None);
    }
    let attributes = own.iter().map(|profile| &*profile.attribute);
    let is_shared = |attribute: &&str| others.iter().any(|other| other.attribute == *attribute);
    Ok(Some(attributes.filter(is_shared).collect()))
}

/// Adds a table for each section, for people, unless the columns are not those of the page any more. Of the profile, only
/// the `attributes` are shown, if they are given; returns how many rows are left out.
fn split_by_section<'a>(report: &mut Report<'a>, name: &str, attributes: Option<&[&str]>) -> usize {
    let Some(page) = report
        .tables
        .first_mut()
        .filter(|table| table.position("section") == Some(0))
    else {
        return 0;
    };
    let all: Vec<Row<'a>> =
        std::mem::replace(&mut page.rows, Box::new(std::iter::empty())).collect();
    let is_shown = |row: &&Row<'a>| {
        let value = |place: usize| row.get(place).map(|cell| cell.value.plain());
        let has_room = |attributes: &[&str]| {
            value(0).as_deref() != Some(PROFILE)
                || attributes
                    .iter()
                    .any(|attribute| value(1).as_deref() == Some(attribute))
        };
        attributes.is_none_or(has_room)
    };
    let rows: Vec<Row<'a>> = all.iter().filter(is_shown).cloned().collect();
    let left_out = all.len() - rows.len();
    page.audience = Audience::Machines;
    let section = |row: &Row<'a>| match row.first().map(|cell| &cell.value) {
        Some(Value::Text(section)) => section.to_string(),
        _ => String::new(),
    };
    let mut sections = Vec::new();
    for same in rows.chunk_by(|row, next| section(row) == section(next)) {
        let is_used = |place: &usize| {
            *place > 0
                && same
                    .iter()
                    .any(|row| row.get(*place).is_some_and(|c| !c.value.is_missing()))
        };
        let used: Vec<usize> = (0..page.columns.len()).filter(is_used).collect();
        let columns = used
            .iter()
            .filter_map(|place| page.columns.get(*place).cloned())
            .collect();
        let pick = |row: &Row<'a>| -> Row<'a> {
            used.iter()
                .filter_map(|place| row.get(*place).cloned())
                .collect()
        };
        let rows: Vec<Row<'a>> = same.iter().map(pick).collect();
        let title = same.first().map(section).unwrap_or_default();
        let table = Table::new(title.clone(), columns, rows).title(format!("{name}: {title}"));
        sections.push(table.only_for(Audience::People));
    }
    page.rows = Box::new(all.into_iter());
    report.tables.splice(1..1, sections);
    left_out
}

/// A line of the page.
struct Line<'a> {
    section: &'static str,
    item: Value<'a>,
    value: Value<'a>,
    unit: Value<'a>,
    period: Value<'a>,
    cite: Option<&'a Citations>,
    via: Option<&'a Citations>,
    is_disputed: bool,
}

impl<'a> Line<'a> {
    fn new(section: &'static str, item: Value<'a>, value: Value<'a>) -> Self {
        Self {
            section,
            item,
            value,
            unit: Value::Missing,
            period: Value::Missing,
            cite: None,
            via: None,
            is_disputed: false,
        }
    }

    fn into_row(self) -> Row<'a> {
        let cites =
            |citations: Option<&'a Citations>| citations.map_or(Value::Missing, Scalar::to_value);
        let relation = match &self.value {
            Value::Number(_, relation) => relation.value(),
            _ => Value::Missing,
        };
        vec![
            Value::text(self.section).into(),
            self.item.into(),
            relation.into(),
            Cell::from(self.value).mark_if(self.is_disputed, Mark::Disputed),
            self.unit.into(),
            self.period.into(),
            cites(self.cite).into(),
            cites(self.via).into(),
            Value::Truth(self.is_disputed).into(),
        ]
    }
}

fn identity(company: &Company) -> Vec<Row<'_>> {
    let items = [
        ("legal name", company.legal_name.to_value()),
        ("also called", company.aliases.to_value()),
        ("industry", company.industry.to_value()),
        ("ticker", company.ticker.to_value()),
        ("SEC register", company.cik.to_value()),
        ("Wikidata", company.wikidata.to_value()),
    ];
    let known = items.into_iter().filter(|(_, value)| !value.is_missing());
    let lines = known.map(|(item, value)| Line::new("identity", Value::text(item), value));
    // The sources belong to the whole record; its note says which part is whose.
    let whole = Line {
        cite: Some(&company.cite),
        via: company.via.as_ref(),
        ..Line::new("identity", Value::text("sources"), company.note.to_value())
    };
    lines.chain([whole]).map(Line::into_row).collect()
}

fn profile<'a>(company: &Company, context: &'a Context) -> Result<Vec<Row<'a>>> {
    let profiles = context.casebook.table::<Profile>()?;
    let of_company = profiles
        .iter()
        .filter(|profile| profile.company == company.id);
    let mut rows = Vec::new();
    for subject in subjects(of_company) {
        for profile in subject.shown() {
            let item = Value::code(&*profile.attribute, words(&profile.attribute));
            let line = Line {
                period: profile.period.to_value(),
                cite: Some(&profile.cite),
                via: profile.via.as_ref(),
                is_disputed: !subject.against(profile).is_empty(),
                ..Line::new(PROFILE, item, profile.value.to_value())
            };
            rows.push(line.into_row());
        }
    }
    Ok(rows)
}

fn figures<'a>(company: &Company, context: &'a Context) -> Result<Vec<Row<'a>>> {
    let metrics = context.casebook.table::<Metric>()?;
    let kpis = context.casebook.table::<Kpi>()?;
    let of_company = kpis.iter().filter(|kpi| kpi.company == company.id);
    let mut rows = Vec::new();
    for subject in subjects(of_company) {
        for kpi in subject.shown() {
            let metric = metrics.by_id(kpi.metric.as_str());
            let name = metric.map_or(kpi.metric.as_str(), |metric| &metric.name);
            let unit = metric.map_or(kpi.unit.as_deref(), |metric| Some(kpi.unit_of(metric)));
            let of = kpi.denominator.as_ref().map(|of| format!("of {of}"));
            let item = Value::code(kpi.metric.as_str(), name);
            let line = Line {
                unit: Value::phrase(
                    [unit.map(Value::text), of.map(Value::text)]
                        .into_iter()
                        .flatten(),
                ),
                period: kpi.period.to_value(),
                cite: Some(&kpi.cite),
                via: kpi.via.as_ref(),
                is_disputed: !subject.against(kpi).is_empty(),
                ..Line::new("figures", item, Value::Number(kpi.value, kpi.relation))
            };
            rows.push(line.into_row());
        }
    }
    Ok(rows)
}

/// Counts the records of the company in each table that has any.
fn holdings<'a>(company: &Company, context: &'a Context) -> Result<Vec<Row<'a>>> {
    let mut rows = Vec::new();
    for kind in Kind::ALL {
        let collection = context.casebook.collection(*kind)?;
        let place = collection
            .fields()
            .iter()
            .position(|field| field.key == "company");
        let Some(place) = place else { continue };
        let is_of_company = |record: &usize| {
            let values = collection.values(*record);
            matches!(values.get(place), Some(Value::Text(id)) if *id == company.id.as_str())
        };
        let count = (0..collection.len()).filter(is_of_company).count();
        if let Ok(count @ 1..) = u32::try_from(count) {
            let line = Line {
                unit: Value::text("records"),
                ..Line::new(
                    "in the casebook",
                    Value::text(kind.key()),
                    Value::count(count),
                )
            };
            rows.push(line.into_row());
        }
    }
    Ok(rows)
}
