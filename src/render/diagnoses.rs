//! What is wrong in files, for people: each with its line and a caret below the place.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::base::screen::harmless;
use crate::report::Diagnosis;

use super::Options;
use super::wrap::wrap;

/// Columns where there is no limit: lines of tables are long.
const USUAL_WIDTH: u16 = 100;

/// Writes each with its place, its line, its hint, and a blank line between two.
pub(super) fn render(
    diagnoses: &[Diagnosis],
    options: Options,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = usize::from(options.width.unwrap_or(USUAL_WIDTH));
    let (bold, plain) = if options.is_styled {
        ("\u{1b}[1m", "\u{1b}[0m")
    } else {
        ("", "")
    };
    for (number, diagnosis) in diagnoses.iter().enumerate() {
        if number > 0 {
            writeln!(out)?;
        }
        let (level, rule) = (diagnosis.level(), diagnosis.rule);
        let message = format!("{level}[{rule}]: {}", harmless(&diagnosis.message));
        let message = broken(&message, options.width, 2);
        writeln!(out, "{bold}{message}{plain}")?;
        let gutter = diagnosis
            .place
            .line
            .map_or(1, |line| line.to_string().len());
        writeln!(
            out,
            "{:gutter$}--> {}",
            "",
            harmless(&diagnosis.place.to_string())
        )?;
        if let (Some(line), Some(number)) = (&diagnosis.line, diagnosis.place.line) {
            let room = width.saturating_sub(gutter + 3);
            let (shown, before) = window(line, diagnosis.place.column, room);
            writeln!(out, "{:gutter$} |", "")?;
            let row = format!("{number} | {shown}");
            writeln!(out, "{}", row.trim_end())?;
            writeln!(out, "{:gutter$} | {:before$}^", "", "")?;
        }
        if let Some(hint) = &diagnosis.hint {
            let hint = format!("{:gutter$} = hint: {}", "", harmless(hint));
            writeln!(out, "{}", broken(&hint, options.width, gutter + 3))?;
        }
    }
    Ok(())
}

/// Breaks a text to a width, if there is one; lines below the first, and blanks before it, are indented.
fn broken(text: &str, width: Option<u16>, indent: usize) -> String {
    let Some(width) = width.map(usize::from) else {
        return text.to_owned();
    };
    let before = text.len() - text.trim_start().len();
    let columns = width.saturating_sub(indent.max(before)).max(1);
    let lines = wrap(text, columns);
    let blanks = " ".repeat(indent);
    format!(
        "{}{}",
        " ".repeat(before),
        lines.join(&format!("\n{blanks}"))
    )
}

/// Cuts a line to what fits around a column, and returns how much room is taken before that column.
fn window(line: &str, column: Option<u64>, room: usize) -> (String, usize) {
    // Without a column it is the whole line.
    let blanks = line.chars().take_while(|c| c.is_whitespace()).count();
    let before = column.map_or(blanks, |column| {
        usize::try_from(column.saturating_sub(1)).unwrap_or(usize::MAX)
    });
    // What would act on the terminal keeps its place.
    let safe = line.chars().map(|c| {
        let text = c.to_string();
        match harmless(&text).chars().next() {
            Some(c) if c.width().is_some() => c,
            Some(_) | None => '\u{fffd}',
        }
    });
    let safe: Vec<char> = safe.collect();
    let is_long = safe.iter().collect::<String>().width() > room;
    let skipped = if is_long {
        before.saturating_sub(room / 2)
    } else {
        0
    };
    let mut shown = String::new();
    let mark = if skipped > 0 { "…" } else { "" };
    shown.push_str(mark);
    let head: String = safe
        .iter()
        .skip(skipped)
        .take(before - skipped.min(before))
        .collect();
    let taken = mark.width() + head.width();
    for c in safe.iter().skip(skipped) {
        if is_long && shown.width() + c.width().unwrap_or(1) + 1 > room {
            shown.push('…');
            break;
        }
        shown.push(*c);
    }
    (shown.trim_end().to_owned(), taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_caret_stands_below_the_place() {
        assert_eq!(window("a,b,c", Some(3), 40), ("a,b,c".into(), 2));
        assert_eq!(window("配,送,c", Some(3), 40), ("配,送,c".into(), 3));
        assert_eq!(window("a\tb\u{1b}c", Some(3), 40).1, 2);
        let long = format!("{},here,{}", "x".repeat(100), "y".repeat(100));
        let (shown, before) = window(&long, Some(102), 30);
        assert_eq!(
            shown.chars().skip(before).take(4).collect::<String>(),
            "here"
        );
        assert!(shown.width() <= 30 && shown.starts_with('…') && shown.ends_with('…'));
        assert_eq!(window("", Some(1), 40), (String::new(), 0));
        assert_eq!(window("  {", None, 40), ("  {".into(), 2));
    }
}
