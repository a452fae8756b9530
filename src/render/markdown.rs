//! GitHub tables, every cell escaped.

use std::io::{self, Write};

use crate::base::cite::to_pandoc;
use crate::base::screen::harmless;
use crate::base::{Type, Value};
use crate::report::{Cell, Mark, Report};

use super::human;

pub(super) fn render(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut marks: Vec<Mark> = Vec::new();
    for (index, table) in report.tables.into_iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        if let Some(title) = &table.title {
            writeln!(out, "## {}\n", escape(title))?;
        }
        let columns: Vec<_> = table
            .columns
            .iter()
            .filter(|column| !column.is_detail)
            .collect();
        let labels: Vec<String> = columns.iter().map(|column| escape(&column.label)).collect();
        writeln!(out, "| {} |", labels.join(" | "))?;
        let rules = columns.iter().map(|column| match column.kind {
            Type::Number => "---:",
            _ => "---",
        });
        writeln!(out, "| {} |", rules.collect::<Vec<_>>().join(" | "))?;
        for row in table.rows {
            let visible = row
                .iter()
                .zip(&table.columns)
                .filter(|(_, column)| !column.is_detail);
            let cells: Vec<String> = visible
                .map(|(cell, column)| written(cell, column.kind))
                .collect();
            marks.extend(
                row.iter()
                    .zip(&table.columns)
                    .filter_map(|(cell, column)| cell.mark.filter(|_| !column.is_detail)),
            );
            writeln!(out, "| {} |", cells.join(" | "))?;
        }
    }
    marks.sort();
    marks.dedup();
    let notes = marks.into_iter().map(human::legend).chain(report.notes);
    for (index, note) in notes.enumerate() {
        writeln!(
            out,
            "{}- {}",
            if index == 0 { "\n" } else { "" },
            escape(&note)
        )?;
    }
    Ok(())
}

/// Writes a cell; citations keep the syntax that Pandoc turns into references.
fn written(cell: &Cell<'_>, kind: Type) -> String {
    match &cell.value {
        Value::Cites(citations) => {
            let text = to_pandoc(citations)
                .replace('|', "\\|")
                .replace('<', "&lt;");
            harmless(&text).into_owned()
        }
        _ => escape(&human::cell(cell, kind)),
    }
}

/// Escapes what Markdown or HTML would take for markup.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\n' => escaped.push_str("<br>"),
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '|' | '*' | '_' | '`' | '[' | ']' | '~' | '#' => {
                escaped.push('\\');
                escaped.push(c);
            }
            _ => escaped.push(c),
        }
    }
    harmless(&escaped).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_cell_is_markup() {
        assert_eq!(
            escape("a|b *c* _d_ <e> `f`\n[g] & \\"),
            "a\\|b \\*c\\* \\_d\\_ &lt;e> \\`f\\`<br>\\[g\\] &amp; \\\\"
        );
    }
}
