//! Turns reports into bytes: one file a format.

mod bibliography;
mod bibtex;
mod chart;
mod csl;
mod csv;
mod diagnoses;
mod human;
mod json;
mod markdown;
mod mermaid;
mod sarif;
mod text;
mod wrap;

use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::{iter, mem};

use crate::base::count::counted;
use crate::base::{Relation, Value};
use crate::report::{Audience, Chart, Report};

/// A form of output.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Aligned columns for a terminal.
    Table,
    /// RFC 4180, for spreadsheets and data tools.
    Csv,
    /// Tab-separated, never quoted.
    Tsv,
    /// An array of objects; an object of arrays for several tables.
    Json,
    /// One object a line.
    Ndjson,
    /// A GitHub table.
    Markdown,
    /// Sources for LaTeX.
    Bibtex,
    /// Sources for reference managers.
    CslJson,
    /// Charts drawn with characters.
    Chart,
    /// A timeline diagram in the language of Mermaid.
    Mermaid,
    /// What is wrong in files, for editors and continuous integration.
    Sarif,
}

/// How to render, where the format leaves a choice.
#[derive(Debug, Clone, Copy, Default)]
pub struct Options {
    /// Columns of the terminal; `None` for no limit.
    pub width: Option<u16>,
    /// Whether headings may be emphasised with escape codes.
    pub is_styled: bool,
    /// Whether text that a spreadsheet would run is kept as it is.
    pub is_unguarded: bool,
    /// Whether charts are drawn with ASCII alone.
    pub is_ascii: bool,
}

impl Format {
    /// Says whether people read it: notes go with the data.
    pub fn is_for_people(self) -> bool {
        match self {
            Self::Table | Self::Markdown | Self::Chart => true,
            Self::Csv
            | Self::Tsv
            | Self::Json
            | Self::Ndjson
            | Self::Bibtex
            | Self::CslJson
            | Self::Mermaid
            | Self::Sarif => false,
        }
    }

    /// Says whether it draws charts.
    pub fn is_drawn(self) -> bool {
        match self {
            Self::Chart | Self::Mermaid => true,
            Self::Table
            | Self::Markdown
            | Self::Csv
            | Self::Tsv
            | Self::Json
            | Self::Ndjson
            | Self::Bibtex
            | Self::CslJson
            | Self::Sarif => false,
        }
    }

    /// Returns the columns that a table must have to be written in it.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Self::Bibtex | Self::CslJson => &bibliography::NEEDED,
            Self::Mermaid => &mermaid::NEEDED,
            Self::Table
            | Self::Markdown
            | Self::Csv
            | Self::Tsv
            | Self::Json
            | Self::Ndjson
            | Self::Chart
            | Self::Sarif => &[],
        }
    }

    /// Says whether it holds one table only.
    pub fn is_flat(self) -> bool {
        match self {
            Self::Csv | Self::Tsv | Self::Bibtex | Self::CslJson | Self::Mermaid => true,
            Self::Table
            | Self::Markdown
            | Self::Json
            | Self::Ndjson
            | Self::Chart
            | Self::Sarif => false,
        }
    }
}

/// Names the tables that a format has no room for.
fn left_out(report: &Report<'_>, format: Format) -> Option<String> {
    let tables = report.tables.iter();
    let others =
        tables.filter(|table| matches!(table.audience, Audience::Beside | Audience::Nested));
    let others: Vec<&str> = others.map(|table| &*table.name).collect();
    (format.is_flat() && !others.is_empty()).then(|| {
        format!(
            "csv and tsv hold one table; others are: {} (--only shows one)",
            others.join(", ")
        )
    })
}

/// Writes a report and returns what remains to be told beside it.
///
/// # Errors
/// What the writer returns.
pub fn render(
    mut report: Report<'_>,
    format: Format,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let mut told = Vec::new();
    if let Some(text) = report.text {
        out.write_all(text.as_bytes())?;
        return Ok(report.notes);
    }
    told.extend(left_out(&report, format));
    let (is_for_people, is_flat) = (format.is_for_people(), format.is_flat());
    report
        .tables
        .retain(|table| table.audience.is_served(is_for_people, is_flat));
    if !format.is_for_people() {
        told.append(&mut report.notes);
    }
    // That nothing is wrong is told by the notes.
    let is_of_mistakes = report.diagnoses.is_some();
    let drawn: usize = report.charts.iter().map(Chart::count).sum();
    let rows = count_rows(&mut report);
    let unhedged = (!format.is_for_people()).then(|| count_unhedged(&mut report));
    match format {
        Format::Table => text::render(report, options, out)?,
        Format::Markdown => markdown::render(report, out)?,
        Format::Json => json::render(report, out)?,
        Format::Ndjson => json::render_lines(report, out)?,
        Format::Csv => told.extend(csv::render(report, options, csv::Dialect::Csv, out)?),
        Format::Bibtex => bibtex::render(report, out)?,
        Format::CslJson => csl::render(report, out)?,
        Format::Tsv => told.extend(csv::render(report, options, csv::Dialect::Tsv, out)?),
        Format::Chart => chart::render(&report, options, out)?,
        Format::Mermaid => mermaid::render(report, out)?,
        Format::Sarif => sarif::render(&report.diagnoses.unwrap_or_default(), out)?,
    }
    if let Some(count) = unhedged.map(|count| count.get()).filter(|count| *count > 0) {
        told.push(format!(
            "{}; select the column of its relation too",
            counted(
                count,
                "number is a bound or an estimate and stands without its hedge",
                "numbers are bounds or estimates and stand without their hedge"
            )
        ));
    }
    let shown = if format == Format::Chart {
        drawn
    } else {
        rows.get()
    };
    if shown == 0 && !is_of_mistakes {
        told.push("no rows".into());
    }
    Ok(told)
}

/// Counts the numbers that lose their hedge, as they are written: machines get the number alone, and the hedge from a column
/// `relation`, or from that of a company, `amazon_relation`.
fn count_unhedged(report: &mut Report<'_>) -> Rc<Cell<usize>> {
    let count = Rc::new(Cell::new(0));
    for table in &mut report.tables {
        let has = |key: &str| table.columns.iter().any(|column| column.key == key);
        let bare = table
            .columns
            .iter()
            .map(|column| !has("relation") && !has(&format!("{}_relation", column.key)));
        let bare: Vec<bool> = bare.collect();
        if !bare.contains(&true) {
            continue;
        }
        let count = Rc::clone(&count);
        let rows = mem::replace(&mut table.rows, Box::new(iter::empty()));
        table.rows = Box::new(rows.inspect(move |row| {
            let hedged = row.iter().zip(&bare).filter(|(cell, is_bare)| {
                let is_hedged =
                    matches!(cell.value, Value::Number(_, relation) if relation != Relation::Eq);
                **is_bare && is_hedged
            });
            count.set(count.get() + hedged.count());
        }));
    }
    count
}

/// Counts the rows of a report as they are written.
fn count_rows(report: &mut Report<'_>) -> Rc<Cell<usize>> {
    let rows = Rc::new(Cell::new(0));
    for table in &mut report.tables {
        let rows = Rc::clone(&rows);
        let counted = mem::replace(&mut table.rows, Box::new(iter::empty()));
        table.rows = Box::new(counted.inspect(move |_| rows.set(rows.get() + 1)));
    }
    rows
}
