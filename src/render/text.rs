//! Aligned columns for a terminal: words wrap, numbers and dates never break.
//!
//! A table that fits is written plainly, which costs a tenth of wrapping it; one whose columns cannot stand side by
//! side even when wrapped is written record by record.

use std::io::{self, Write};

use comfy_table::{
    Attribute, Cell, CellAlignment, ColumnConstraint, ContentArrangement, LineStyle, TableStyle,
    Width,
};
use unicode_width::UnicodeWidthStr;

use crate::base::screen::harmless;
use crate::base::{Type, Value};
use crate::report::{Column, Mark, Report, Table};

use super::{Options, diagnoses, human};

/// Blanks between two columns.
const GAP: u16 = 2;

/// The longest word that keeps its column from being narrower.
const LONGEST_WORD: u16 = 28;

/// A blank at which no line breaks; it is printed as a blank.
const FIRM: &str = "\u{a0}";

/// A line under the heading and nothing else.
const STYLE: TableStyle = TableStyle::new().header_separator(LineStyle::none().fill('─'));

pub(super) fn render(
    mut report: Report<'_>,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut marks = Vec::new();
    let mut is_begun = !report.tables.is_empty();
    if let Some(diagnoses) = &report.diagnoses {
        diagnoses::render(diagnoses, options, out)?;
        is_begun = !diagnoses.is_empty();
        report.tables.clear();
    }
    for (index, table) in report.tables.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        if let Some(title) = &table.title {
            write_lines([heading(title, options)], options, out)?;
            writeln!(out)?;
        }
        Grid::of(table, options.width.is_some(), &mut marks).write(options, out)?;
    }
    marks.sort();
    marks.dedup();
    let notes: Vec<String> = marks
        .into_iter()
        .map(human::legend)
        .chain(report.notes)
        .collect();
    if !notes.is_empty() {
        if is_begun {
            writeln!(out)?;
        }
        let notes = notes.iter().map(|note| Cell::new(harmless(note)));
        write_lines(notes, options, out)?;
    }
    Ok(())
}

/// The visible part of a table as text.
struct Grid {
    columns: Vec<Column>,
    rows: Vec<Vec<String>>,
}

impl Grid {
    fn of(table: Table<'_>, is_limited: bool, marks: &mut Vec<Mark>) -> Self {
        let columns = table.columns;
        let rows = table.rows.map(|row| {
            let cells = row
                .iter()
                .zip(&columns)
                .filter(|(_, column)| !column.is_detail);
            let texts = cells.map(|(cell, column)| {
                marks.extend(cell.mark);
                let text = harmless(&human::cell(cell, column.kind)).into_owned();
                // Only a limit can make a line break.
                if is_limited && matches!(cell.value, Value::Number(..)) {
                    return text.replace(' ', FIRM);
                }
                text
            });
            texts.collect()
        });
        let rows = rows.collect();
        let columns = columns.into_iter().filter(|column| !column.is_detail);
        Self {
            columns: columns.collect(),
            rows,
        }
    }

    /// Returns the width of each column: that of its label or of its widest text.
    fn widths(
        &self,
        of_label: impl Fn(&str) -> u16,
        of_text: impl Fn(&Column, &str) -> u16,
    ) -> Vec<u16> {
        let columns = self.columns.iter().enumerate();
        let widths = columns.map(|(index, column)| {
            let texts = self.rows.iter().filter_map(|row| row.get(index));
            let widths = texts.map(|text| of_text(column, text));
            widths.fold(of_label(&column.label), u16::max)
        });
        widths.collect()
    }

    /// Writes the table in the best way that fits: unwrapped, wrapped, or record by record.
    fn write(&self, options: Options, out: &mut dyn Write) -> io::Result<()> {
        let full = self.widths(width, |_, text| width(text));
        let Some(limit) = options.width.filter(|limit| !is_within(&full, *limit)) else {
            return self.unwrapped(&full, options, out);
        };
        // Ids of sources stay whole where there is room for them, and break before the table is given up.
        for longest_id in [LONGEST_WORD, LONGEST_WORD / 2] {
            let least = self.widths(longest_word, |column, text| match column.kind {
                Type::Number | Type::Date => width(text),
                Type::Cites => longest_word(text).min(longest_id),
                Type::Text | Type::Code(_) | Type::Truth | Type::List => {
                    longest_word(text).min(LONGEST_WORD)
                }
            });
            if is_within(&least, limit) {
                return write(&self.side_by_side(&least, options), out);
            }
        }
        self.record_by_record(options, out)
    }

    /// Writes the columns side by side, each as wide as its longest text.
    fn unwrapped(&self, widths: &[u16], options: Options, out: &mut dyn Write) -> io::Result<()> {
        let labels: Vec<&str> = self.columns.iter().map(|column| &*column.label).collect();
        let (bold, plain) = if options.is_styled {
            ("\u{1b}[1m", "\u{1b}[0m")
        } else {
            ("", "")
        };
        let mut line = String::new();
        self.push_line(&labels, widths, &mut line);
        writeln!(out, "{bold}{line}{plain}")?;
        let rule = widths
            .iter()
            .map(|width| usize::from(*width))
            .sum::<usize>();
        let gaps = usize::from(GAP) * widths.len().saturating_sub(1);
        writeln!(out, "{}", "─".repeat(rule + gaps))?;
        for cells in self.shown() {
            line.clear();
            self.push_line(&cells, widths, &mut line);
            if options.width.is_some() {
                line = line.replace(FIRM, " ");
            }
            line.push('\n');
            out.write_all(line.as_bytes())?;
        }
        Ok(())
    }

    /// Pads the texts of a line to the widths of their columns, without blanks at its end.
    fn push_line(&self, texts: &[&str], widths: &[u16], line: &mut String) {
        let (mut filled, mut start) = (0, 0);
        for ((text, column), width) in texts.iter().zip(&self.columns).zip(widths) {
            let (own, width) = (usize::from(self::width(text)), usize::from(*width));
            if own > 0 {
                let is_right = column.kind == Type::Number;
                let before = if is_right {
                    width.saturating_sub(own)
                } else {
                    0
                };
                for _ in filled..start + before {
                    line.push(' ');
                }
                line.push_str(text);
                filled = start + before + own;
            }
            start += width + usize::from(GAP);
        }
    }

    /// Returns the texts to show of each row: a group's name only where it begins.
    fn shown(&self) -> impl Iterator<Item = Vec<&str>> {
        // A row of nothing but groups would vanish.
        let may_blank = self.columns.iter().any(|column| !column.is_group);
        let above = std::iter::once(None).chain(self.rows.iter().map(Some));
        self.rows.iter().zip(above).map(move |(row, above)| {
            // A group within a group begins anew when the outer one does.
            let mut is_same_group = may_blank;
            let cells = row.iter().zip(&self.columns).enumerate();
            let cells = cells.map(|(index, (text, column))| {
                let repeats = above.and_then(|row| row.get(index)) == Some(text);
                is_same_group &= repeats || !column.is_group;
                if column.is_group && is_same_group {
                    ""
                } else {
                    text.as_str()
                }
            });
            cells.collect()
        })
    }

    fn side_by_side(&self, least: &[u16], options: Options) -> comfy_table::Table {
        let mut table = base(options);
        table.set_header(
            self.columns
                .iter()
                .map(|column| heading(&column.label, options)),
        );
        table.add_rows(self.shown());
        let rightmost = self.columns.len().saturating_sub(1);
        for (index, least) in least.iter().enumerate() {
            let gap = if index == rightmost { 0 } else { GAP };
            let Some(shape) = table.column_mut(index) else {
                continue;
            };
            shape.set_padding((0, gap));
            shape.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(least + gap)));
            if self
                .columns
                .get(index)
                .is_some_and(|column| column.kind == Type::Number)
            {
                shape.set_cell_alignment(CellAlignment::Right);
            }
        }
        table
    }

    fn record_by_record(&self, options: Options, out: &mut dyn Write) -> io::Result<()> {
        for (index, row) in self.rows.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            let mut table = base(options);
            for (text, column) in row.iter().zip(&self.columns) {
                if !text.is_empty() {
                    table.add_row([heading(&column.label, options), Cell::new(text)]);
                }
            }
            let label = self.columns.iter().map(|column| width(&column.label)).max();
            if let Some(labels) = table.column_mut(0) {
                labels.set_padding((0, GAP));
                let least = Width::Fixed(label.unwrap_or_default() + GAP);
                labels.set_constraint(ColumnConstraint::Absolute(least));
            }
            if let Some(values) = table.column_mut(1) {
                values.set_padding((0, 0));
            }
            write(&table, out)?;
        }
        Ok(())
    }
}

/// Makes an empty table of our style and width.
fn base(options: Options) -> comfy_table::Table {
    let mut table = comfy_table::Table::new();
    table.load_style(STYLE).force_no_tty();
    if options.is_styled {
        table.enforce_styling();
    }
    if let Some(width) = options.width {
        table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(width);
    }
    table
}

fn heading(text: &str, options: Options) -> Cell {
    let cell = Cell::new(harmless(text));
    if options.is_styled {
        cell.add_attribute(Attribute::Bold)
    } else {
        cell
    }
}

/// Writes texts below each other, wrapped to the width.
fn write_lines(
    texts: impl IntoIterator<Item = Cell>,
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut lines = base(options);
    lines.add_rows(texts.into_iter().map(|text| [text]));
    if let Some(column) = lines.column_mut(0) {
        column.set_padding((0, 0));
    }
    write(&lines, out)
}

fn write(table: &comfy_table::Table, out: &mut dyn Write) -> io::Result<()> {
    for line in table.lines() {
        writeln!(out, "{}", line.trim_end().replace(FIRM, " "))?;
    }
    Ok(())
}

fn width(text: &str) -> u16 {
    // What is left of ASCII has no control characters: every byte is one column wide.
    let width = if text.is_ascii() {
        text.len()
    } else {
        text.width()
    };
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// Says whether columns of these widths can stand side by side.
fn is_within(widths: &[u16], limit: u16) -> bool {
    let gaps = usize::from(GAP) * widths.len().saturating_sub(1);
    let all = widths
        .iter()
        .map(|width| usize::from(*width))
        .sum::<usize>();
    all + gaps <= usize::from(limit)
}

fn longest_word(text: &str) -> u16 {
    text.split(' ').map(width).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Relation;

    fn rendered(width: Option<u16>) -> String {
        let number = Value::Number("1234567.5".parse().unwrap(), Relation::Eq);
        let row = ["some words to wrap", "unbreakable"].map(|text| Value::text(text).into());
        let columns = vec![
            Column::new("text", "Text", Type::Text),
            Column::new("word", "Word", Type::Text),
            Column::new("number", "Number", Type::Number),
        ];
        let row = row.into_iter().chain([number.into()]).collect();
        let mut out = Vec::new();
        let options = Options {
            width,
            ..Options::default()
        };
        render(
            Report::of(Table::new("t", columns, [row])),
            options,
            &mut out,
        )
        .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn without_a_limit_nothing_wraps() {
        let line = "─".repeat(44);
        assert_eq!(
            rendered(None),
            format!(
                "Text                Word              Number\n{line}\n\
                 some words to wrap  unbreakable  1,234,567.5\n"
            )
        );
    }

    #[test]
    fn words_wrap_and_numbers_do_not() {
        let line = "─".repeat(36);
        assert_eq!(
            rendered(Some(36)),
            format!(
                "Text        Word              Number\n{line}\n\
                 some words  unbreakable  1,234,567.5\nto wrap\n"
            )
        );
    }

    #[test]
    fn columns_that_cannot_stand_side_by_side_are_written_below_each_other() {
        assert_eq!(
            rendered(Some(22)),
            "Text    some words to\n        wrap\nWord    unbreakable\nNumber  1,234,567.5\n"
        );
    }
}
