//! From records to report tables, and the options that every table command shares.

use anyhow::Result;
use clap::Args;

use crate::base::{Citations, Complaint, Scalar as _, Value};
use crate::model::{Collection as _, Company, FieldInfo, Kind, Metric, Other, Target};
use crate::query;
use crate::report::{Cell, Column, Report, Row, Table};

use super::{Context, references};

/// Ids and the names that people know them by.
pub(super) type Names<'a> = Vec<(&'a str, &'a str)>;

/// The options of every command that prints a table.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Rows and columns")]
pub(super) struct TableArgs {
    /// Keep rows that meet a condition: 'FIELD OP VALUE' with = != < <= > >= or ~ (contains); repeat for several
    #[arg(long = "where", value_name = "COND")]
    conditions: Vec<String>,
    /// Sort by a field, -FIELD for descending; repeat or separate by commas for several
    #[arg(
        long,
        value_name = "FIELD",
        value_delimiter = ',',
        allow_hyphen_values = true
    )]
    sort: Vec<String>,
    /// Show these fields, in this order
    #[arg(long, value_name = "A,B", value_delimiter = ',')]
    columns: Vec<String>,
    /// Show at most N rows
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Give the full references of the cited sources
    #[arg(long)]
    cite: bool,
}

impl TableArgs {
    /// Says whether rows are left out or stand in an order of their own.
    pub(super) fn is_reshaped(&self) -> bool {
        !self.conditions.is_empty() || !self.sort.is_empty() || self.limit.is_some()
    }

    /// Says whether all rows and columns stand as they were made.
    pub(super) fn is_as_made(&self) -> bool {
        !self.is_reshaped() && self.columns.is_empty()
    }

    /// Keeps the rows that meet the conditions.
    pub(super) fn filter<'a>(&self, table: Table<'a>) -> Result<Table<'a>> {
        Ok(query::filter(table, &self.conditions)?)
    }

    /// Sorts and cuts, and returns what was cut.
    pub(super) fn order<'a>(&self, table: Table<'a>) -> Result<(Table<'a>, Vec<String>)> {
        let table = query::sort(table, &self.sort)?;
        let Some(most) = self.limit else {
            return Ok((table, Vec::new()));
        };
        let (table, all) = query::limit(table, most);
        let is_cut = most < all;
        let notes = is_cut.then(|| format!("{most} of {all} rows shown: --limit {most}"));
        Ok((table, notes.into_iter().collect()))
    }

    /// Adds references, selects the columns, and makes the report.
    pub(super) fn select<'a>(&self, table: Table<'a>, context: &'a Context) -> Result<Report<'a>> {
        if !self.cite {
            return Ok(Report::of(query::select(table, &self.columns)?));
        }
        let (table, references) = references::resolve(table, context)?;
        let mut columns = self.columns.clone();
        if !columns.is_empty() {
            columns.push("references".into());
        }
        let mut table = query::select(table, &columns)?;
        // People read the list below the table.
        table.hide_if("references", true);
        let tables = std::iter::once(table).chain(references).collect();
        Ok(Report {
            tables,
            ..Report::default()
        })
    }

    /// Sorts, cuts and selects, and makes the report.
    pub(super) fn arrange<'a>(&self, table: Table<'a>, context: &'a Context) -> Result<Report<'a>> {
        let (table, notes) = self.order(table)?;
        let mut report = self.select(table, context)?;
        report.notes = notes;
        Ok(report)
    }

    /// Filters, sorts, cuts and selects, and makes the report.
    pub(super) fn report<'a>(&self, table: Table<'a>, context: &'a Context) -> Result<Report<'a>> {
        self.arrange(self.filter(table)?, context)
    }
}

/// Returns the table of a name.
pub(super) fn kind_of(name: &str) -> Result<Kind, Complaint> {
    name.to_lowercase().parse().map_err(|_| {
        let all = format!("tables: {}", Kind::KEYS.join(", "));
        Complaint::unknown("table", name, Kind::KEYS.iter().copied(), &all)
    })
}

/// Returns the table of a name as a table of the report: that of a kind, or a further one of the casebook.
///
/// # Errors
/// A name that no table has; the mistakes of its files.
pub(super) fn named<'a>(name: &str, context: &'a Context) -> Result<Table<'a>> {
    if let Ok(kind) = kind_of(name) {
        return of_kind(kind, context);
    }
    let others = context.casebook.others()?.iter();
    let others: Vec<&Other> = others.filter(|other| other.is_table()).collect();
    if let Some(other) = others.iter().find(|other| other.name == name) {
        return Ok(of_other(other));
    }
    let names = others.iter().map(|other| other.name.as_str());
    let known: Vec<&str> = Kind::KEYS.iter().copied().chain(names).collect();
    let all = format!("tables: {}", known.join(", "));
    Err(Complaint::unknown("table", name, known.iter().copied(), &all).into())
}

/// Returns the rows of a further table of the casebook.
pub(super) fn of_other(other: &Other) -> Table<'_> {
    let columns = other.fields().iter().map(column).collect();
    let rows = (0..other.len()).map(|row| {
        let values = other.values(row).into_iter();
        values.map(Cell::from).collect::<Row<'_>>()
    });
    Table::new(other.name.clone(), columns, rows)
}

/// Makes the column of a field.
pub(super) fn column(field: &FieldInfo) -> Column {
    Column {
        is_detail: field.is_detail,
        ..Column::new(field.key, field.label, field.kind)
    }
}

/// Returns all records of a kind as a table; fields that name a company or a metric carry its name as label, and a
/// KPI value carries its metric's unit unless it has its own.
pub(super) fn of_kind<'a>(kind: Kind, context: &'a Context) -> Result<Table<'a>> {
    let collection = context.casebook.collection(kind)?;
    let fields = collection.fields();
    let labels: Result<Vec<Option<Names<'a>>>> = fields
        .iter()
        .map(|field| match field.refers_to {
            Some(Target::Kind(kind)) => names(kind, context).map(Some),
            Some(Target::Any) | None => Ok(None),
        })
        .collect();
    let labels = labels?;
    let rows = (0..collection.len()).map(move |record| {
        let values = collection.values(record).into_iter().zip(&labels);
        let labelled = values.map(|(value, labels)| match labels {
            Some(labels) => with_label(value, labels),
            None => value,
        });
        labelled.map(Cell::from).collect::<Row<'a>>()
    });
    let table = Table::new(kind.key(), fields.iter().map(column).collect(), rows);
    if kind == Kind::Kpis {
        return with_units(table, context);
    }
    Ok(table)
}

/// Gives an id the name that people know it by.
pub(super) fn with_label<'a>(id: Value<'a>, names: &Names<'a>) -> Value<'a> {
    let Value::Text(key) = &id else { return id };
    match names.iter().find(|(known, _)| known == key) {
        Some((key, label)) => Value::code(*key, *label),
        None => id,
    }
}

/// Returns the ids of a kind with their names; only companies and metrics have names.
fn names(kind: Kind, context: &Context) -> Result<Names<'_>> {
    Ok(match kind {
        Kind::Companies => {
            let companies = context.casebook.table::<Company>()?.iter();
            companies
                .map(|company| (company.id.as_str(), &*company.name))
                .collect()
        }
        Kind::Metrics => {
            let metrics = context.casebook.table::<Metric>()?.iter();
            metrics
                .map(|metric| (metric.id.as_str(), &*metric.name))
                .collect()
        }
        Kind::Profiles
        | Kind::Events
        | Kind::Technologies
        | Kind::Challenges
        | Kind::Strategies
        | Kind::Experience
        | Kind::Kpis
        | Kind::Swot
        | Kind::Hypotheses
        | Kind::Findings
        | Kind::Concepts
        | Kind::Sources => Vec::new(),
    })
}

/// Returns the records of a kind that belong to the named companies; of no names, all records.
pub(super) fn of_companies<'a>(
    kind: Kind,
    names: &[String],
    context: &'a Context,
) -> Result<Table<'a>> {
    let companies = context.companies(names)?;
    let mut table = of_kind(kind, context)?;
    let place = table.position("company");
    let is_theirs = move |row: &Row<'a>| match place.and_then(|place| row.get(place)) {
        Some(Cell {
            value: Value::Code { key, .. },
            ..
        }) => companies.iter().any(|company| company.id.as_str() == key),
        Some(_) | None => false,
    };
    if !names.is_empty() {
        table.rows = Box::new(table.rows.filter(is_theirs));
    }
    Ok(table)
}

/// Fills the unit of every value, and what it is a share of, from its metric, unless the value has its own. People
/// read both as one: `percent of sales`.
fn with_units<'a>(mut table: Table<'a>, context: &'a Context) -> Result<Table<'a>> {
    let metrics = context.casebook.table::<Metric>()?;
    let places = ["metric", "unit", "denominator"].map(|key| table.position(key));
    let [Some(metric), Some(unit), Some(denominator)] = places else {
        return Ok(table);
    };
    if let Some(column) = table.columns.get_mut(unit) {
        column.is_detail = false;
    }
    table.rows = Box::new(table.rows.map(move |mut row| {
        let id = match row.get(metric).map(|cell| &cell.value) {
            Some(Value::Code { key, .. }) => metrics.by_id(key),
            _ => None,
        };
        let Some(metric) = id else { return row };
        let mut fill = |place: usize, of_metric: Value<'a>| {
            let cell = row.get_mut(place)?;
            if cell.value.is_missing() {
                cell.value = of_metric;
            }
            (!cell.value.is_missing()).then(|| cell.value.plain().into_owned())
        };
        let own = fill(unit, metric.unit.to_value());
        let of = fill(denominator, metric.denominator.to_value());
        if let (Some(own), Some(of), Some(cell)) = (own, of, row.get_mut(unit))
            && own.starts_with("percent")
        {
            let label = format!("{own} of {of}");
            cell.value = Value::code(own, label);
        }
        row
    }));
    Ok(table)
}

/// Names the sources of citations, each once: `perez2024, mesbah2025`.
pub(super) fn sources_of(citations: &Citations) -> String {
    let mut sources: Vec<&str> = Vec::new();
    for citation in citations.iter() {
        if !sources.contains(&citation.source) {
            sources.push(citation.source);
        }
    }
    sources.join(", ")
}

/// Makes sure that no two columns have the same key.
///
/// # Errors
/// Two that do, because of the id of a company.
pub(super) fn check_keys(columns: &[Column]) -> Result<(), Complaint> {
    let mut keys: Vec<&str> = columns.iter().map(|column| &*column.key).collect();
    keys.sort_unstable();
    let twice = keys.windows(2).find(|pair| pair.first() == pair.last());
    match twice.and_then(<[&str]>::first) {
        None => Ok(()),
        Some(key) => Err(
            Complaint::new(format!("two columns would be called `{key}`"))
                .hint("give the company or the record of that id another one: each has columns of its own here"),
        ),
    }
}
