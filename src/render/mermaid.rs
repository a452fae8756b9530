//! A timeline diagram for Mermaid, the diagram language of GitHub, GitLab and many wikis.
//!
//! Syntax: <https://mermaid.js.org/syntax/timeline.html>

use std::io::{self, Write};

use crate::base::screen::harmless;
use crate::base::{Type, Value};
use crate::report::{Cell, Mark, Report, Row};

use super::human;

/// The columns without which a table is no table of dated events of companies.
pub(super) const NEEDED: [&str; 3] = ["date", "title", "company"];

/// A company and its events, each with its date.
struct Section {
    company: String,
    events: Vec<(String, String)>,
}

/// Writes the events of the first table, a section a company.
pub(super) fn render(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(table) = report.tables.into_iter().next() else {
        return Ok(());
    };
    let places = NEEDED.map(|key| table.position(key));
    let (mut sections, mut marks) = (Vec::<Section>::new(), Vec::<Mark>::new());
    for row in table.rows {
        let [date, title, company] = places.map(|place| cell(&row, place));
        marks.extend(date.mark);
        let event = (
            escape(&human::cell(&date, Type::Date)),
            escape(&human::cell(&title, Type::Text)),
        );
        let company = escape(&human::cell(&company, Type::Text));
        match sections
            .iter_mut()
            .find(|section| section.company == company)
        {
            Some(section) => section.events.push(event),
            None => sections.push(Section {
                company,
                events: vec![event],
            }),
        }
    }
    writeln!(out, "timeline")?;
    let names: Vec<&str> = sections.iter().map(|section| &*section.company).collect();
    if !names.is_empty() {
        writeln!(out, "    title {}", names.join(", "))?;
    }
    for section in &sections {
        if sections.len() > 1 {
            writeln!(out, "    section {}", section.company)?;
        }
        for events in section
            .events
            .chunk_by(|(left, _), (right, _)| left == right)
        {
            let date = events.first().map(|(date, _)| &**date).unwrap_or_default();
            let titles = events.iter().map(|(_, title)| format!(" : {title}"));
            writeln!(out, "    {date}{}", titles.collect::<String>())?;
        }
    }
    marks.sort();
    marks.dedup();
    for mark in marks {
        writeln!(out, "%% {}", human::legend(mark))?;
    }
    Ok(())
}

fn cell<'a>(row: &Row<'a>, place: Option<usize>) -> Cell<'a> {
    let cell = place.and_then(|place| row.get(place));
    cell.cloned().unwrap_or_else(|| Value::Missing.into())
}

/// Writes what Mermaid would take for its own signs as its entity codes.
fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in harmless(text).trim().chars() {
        match c {
            ':' => escaped.push_str("#58;"),
            ';' => escaped.push_str("#59;"),
            '#' => escaped.push_str("#35;"),
            '"' => escaped.push_str("#quot;"),
            '<' => escaped.push_str("#lt;"),
            // Two of them begin a comment, wherever they stand.
            '%' if escaped.ends_with('%') => escaped.push_str("#37;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_is_syntax() {
        assert_eq!(
            escape("a: \"b\"; #1 <i> 5 % %%% c\n& > it's\u{1b}"),
            "a#58; #quot;b#quot;#59; #35;1 #lt;i> 5 % %#37;% c & > it's"
        );
    }
}
