//! CSV and TSV for spreadsheets and data tools.

use std::borrow::Cow;
use std::io::{self, Write};

use csv::{QuoteStyle, Terminator, WriterBuilder};

use crate::base::count::counted;
use crate::base::guard::guard;
use crate::base::{Type, Value};
use crate::report::Report;

use super::Options;

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Dialect {
    /// RFC 4180 with LF line ends: quoted where needed.
    Csv,
    /// IANA text/tab-separated-values: never quoted.
    Tsv,
}

/// Writes the first table and returns what had to be changed on the way.
pub(super) fn render(
    report: Report<'_>,
    options: Options,
    dialect: Dialect,
    out: &mut dyn Write,
) -> io::Result<Vec<String>> {
    let Some(table) = report.tables.into_iter().next() else {
        return Ok(Vec::new());
    };
    let mut builder = WriterBuilder::new();
    builder.terminator(Terminator::Any(b'\n'));
    if dialect == Dialect::Tsv {
        builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
    }
    let mut writer = builder.from_writer(out);
    writer
        .write_record(table.columns.iter().map(|column| column.key.as_bytes()))
        .map_err(io_error)?;

    let mut guarded = vec![0_usize; table.columns.len()];
    let mut flattened = 0_usize;
    for row in table.rows {
        for ((cell, column), guarded) in row.iter().zip(&table.columns).zip(&mut guarded) {
            let text = cell.value.plain();
            let text = if is_text(column.kind, &cell.value) {
                let mut text = clean(&text);
                if dialect == Dialect::Tsv && text.contains(['\t', '\n']) {
                    flattened += 1;
                    text = text.replace(['\t', '\n'], " ").into();
                }
                if options.is_unguarded {
                    text
                } else {
                    let safe = guard(&text);
                    *guarded += usize::from(safe.len() != text.len());
                    Cow::Owned(safe.into_owned())
                }
            } else {
                text
            };
            writer.write_field(text.as_bytes()).map_err(io_error)?;
        }
        writer.write_record(None::<&[u8]>).map_err(io_error)?;
    }
    writer.flush()?;

    let counted = table
        .columns
        .iter()
        .zip(guarded)
        .filter(|(_, times)| *times > 0);
    let mut told: Vec<String> = counted
        .map(|(column, times)| {
            format!(
                "column `{}`: a spreadsheet would run the text of {} as a formula, so it begins with '; \
                 --no-guard writes it as it is",
                column.key,
                cells(times)
            )
        })
        .collect();
    if flattened > 0 {
        told.push(format!(
            "tabs and line breaks of {} are spaces in TSV",
            cells(flattened)
        ));
    }
    Ok(told)
}

/// Returns the error of the writer below, which the crate's own conversion would hide: a closed pipe is no failure.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

fn cells(count: usize) -> String {
    counted(count, "cell", "cells")
}

/// Says whether a cell holds free text; numbers and dates never need a guard.
fn is_text(kind: Type, value: &Value<'_>) -> bool {
    let is_typed = matches!(value, Value::Number(..) | Value::Date(_) | Value::Day(_));
    !is_typed && matches!(kind, Type::Text | Type::Code(_) | Type::List | Type::Cites)
}

/// Makes every line end LF and removes other control characters but tab.
fn clean(text: &str) -> Cow<'_, str> {
    let is_clean = |c: char| !c.is_control() || matches!(c, '\n' | '\t');
    if text.chars().all(is_clean) {
        return Cow::Borrowed(text);
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars()
        .filter(|c| is_clean(*c))
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{Cell, Column, Table};

    fn rendered(
        texts: &[&'static str],
        dialect: Dialect,
        options: Options,
    ) -> (String, Vec<String>) {
        let row: Vec<Cell<'_>> = texts.iter().map(|text| Value::text(*text).into()).collect();
        let columns = (0..texts.len()).map(|i| Column::new(format!("c{i}"), "C", Type::Text));
        let table = Table::new("t", columns.collect(), [row]);
        let mut out = Vec::new();
        let told = render(Report::of(table), options, dialect, &mut out).unwrap();
        (String::from_utf8(out).unwrap(), told)
    }

    #[test]
    fn quotes_where_needed_and_guards_formulas() {
        let texts = ["plain", "a,b", "say \"x\"", "=1+1", "", "l1\r\nl2\u{7}"];
        let (csv, told) = rendered(&texts, Dialect::Csv, Options::default());
        assert_eq!(
            csv,
            "c0,c1,c2,c3,c4,c5\nplain,\"a,b\",\"say \"\"x\"\"\",'=1+1,,\"l1\nl2\"\n"
        );
        assert_eq!(told.len(), 1);
        assert!(
            told[0].contains("`c3`: a spreadsheet would run the text of 1 cell "),
            "{told:?}"
        );
        let options = Options {
            is_unguarded: true,
            ..Options::default()
        };
        assert!(rendered(&texts, Dialect::Csv, options).0.contains(",=1+1,"));
    }

    #[test]
    fn tabs_are_never_quoted() {
        let (tsv, told) = rendered(
            &["a\tb", "say \"x\"", "l1\nl2"],
            Dialect::Tsv,
            Options::default(),
        );
        assert_eq!(tsv, "c0\tc1\tc2\na b\tsay \"x\"\tl1 l2\n");
        assert_eq!(told, ["tabs and line breaks of 2 cells are spaces in TSV"]);
    }
}
