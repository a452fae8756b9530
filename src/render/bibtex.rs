//! BibTeX: an entry for each source, in UTF-8, for `LaTeX` and reference managers.
//!
//! Only the characters that TeX acts on are escaped; what the curator remarks goes into `annote`, which no style prints.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::report::Report;

use super::bibliography::Item;

/// The fields taken over as they are: the name in BibTeX, the key of the column.
const FIELDS: [(&str, &str); 8] = [
    ("address", "place"),
    ("volume", "volume"),
    ("edition", "edition"),
    ("doi", "doi"),
    ("url", "url"),
    ("language", "language"),
    ("keywords", "keyword"),
    ("annote", "note"),
];

/// The months as BibTeX knows them.
const MONTHS: [&str; 12] = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
];

pub(super) fn render(report: Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Some(table) = report.tables.into_iter().next() else {
        return Ok(());
    };
    for (index, row) in table.rows.enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        entry(&Item::new(&table.columns, &row), out)?;
    }
    Ok(())
}

fn entry(item: &Item<'_, '_>, out: &mut dyn Write) -> io::Result<()> {
    let container = item.text("container");
    let kind = match &*item.text("type") {
        "book" => "book",
        "chapter" | "paper-conference" => "incollection",
        "report" => "techreport",
        "thesis" => "phdthesis",
        kind if kind.starts_with("article") && !container.is_empty() => "article",
        _ => "misc",
    };
    write!(out, "@{kind}{{{}", item.text("id"))?;
    let mut field = |name: &str, value: &str| -> io::Result<()> {
        if value.is_empty() {
            return Ok(());
        }
        write!(out, ",\n  {name} = {{{value}}}")
    };
    let authors: Vec<String> = item
        .list("author")
        .iter()
        .map(|name| author(name))
        .collect();
    field("author", &authors.join(" and "))?;
    // The inner braces keep the capitals of the title.
    field("title", &format!("{{{}}}", escaped(&item.text("title"))))?;
    let publisher = item.text("publisher");
    match kind {
        "article" => field("journal", &escaped(&container))?,
        "incollection" => field("booktitle", &escaped(&container))?,
        "techreport" => field("institution", &escaped(&publisher))?,
        "phdthesis" => field("school", &escaped(&publisher))?,
        "book" => field("series", &escaped(&container))?,
        _ => field("howpublished", &escaped(&container))?,
    }
    if !matches!(kind, "techreport" | "phdthesis") {
        field("publisher", &escaped(&publisher))?;
    }
    if authors.is_empty() {
        // What styles sort and label by.
        field("key", &escaped(&item.text("title")))?;
    }
    let [issue, number] = ["issue", "number"].map(|key| item.text(key));
    field(
        "number",
        &escaped(if issue.is_empty() { &number } else { &issue }),
    )?;
    field(
        "pages",
        &escaped(&item.text("page").replace("--", "-").replace('-', "--")),
    )?;
    let date = item.date().into_iter().next().unwrap_or_default();
    field(
        "year",
        &date.first().map_or_else(String::new, ToString::to_string),
    )?;
    for (name, key) in FIELDS {
        let text = item.text(key);
        // Styles print addresses as they stand, so nothing may be escaped there.
        let text = if matches!(key, "url" | "doi") {
            address(&text)
        } else {
            escaped(&text)
        };
        field(name, &text)?;
    }
    if let [year, month, day] = date.as_slice() {
        // BibTeX has no day; biblatex and Pandoc read this one.
        write!(out, ",\n  date = {{{year:04}-{month:02}-{day:02}}}")?;
    }
    if let Some(month) = date
        .get(1)
        .and_then(|month| MONTHS.get(usize::from(*month) - 1))
    {
        write!(out, ",\n  month = {month}")?;
    }
    writeln!(out, "\n}}")
}

/// Writes an author; a name that is not split into family and given names stays together.
fn author(name: &str) -> String {
    let bare = name
        .strip_prefix('{')
        .and_then(|name| name.strip_suffix('}'));
    match bare {
        Some(bare) => format!("{{{}}}", escaped(bare)),
        // BibTeX takes `and` between blanks for the end of a name, outside of braces.
        None if name.contains(" and ") => {
            let parts = name
                .split(", ")
                .map(|part| format!("{{{}}}", escaped(part)));
            parts.collect::<Vec<_>>().join(", ")
        }
        None if name.contains(',') => escaped(name),
        None => format!("{{{}}}", escaped(name)),
    }
}

/// Escapes the characters that TeX acts on.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => safe.push_str("{\\textbackslash}"),
            '~' => safe.push_str("{\\textasciitilde}"),
            '^' => safe.push_str("{\\textasciicircum}"),
            '{' => safe.push_str("{\\textbraceleft}"),
            '}' => safe.push_str("{\\textbraceright}"),
            '&' | '%' | '$' | '#' | '_' => safe.extend(['\\', c]),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

/// Writes an address without what would end its field.
fn address(text: &str) -> String {
    let encoded = |c: char| -> Cow<'static, str> {
        match c {
            '{' => "%7B".into(),
            '}' => "%7D".into(),
            '\\' => "%5C".into(),
            ' ' => "%20".into(),
            c => c.to_string().into(),
        }
    };
    text.chars().map(encoded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_what_tex_acts_on_and_nothing_else() {
        assert_eq!(
            escaped(r"R&D: 50% of $1 #1 a_b {x} ~^\ Tuñón"),
            "R\\&D: 50\\% of \\$1 \\#1 a\\_b {\\textbraceleft}x{\\textbraceright} \
             {\\textasciitilde}{\\textasciicircum}{\\textbackslash} Tuñón"
        );
        assert_eq!(
            address("https://x.org/a_b?c=%20{d}"),
            "https://x.org/a_b?c=%20%7Bd%7D"
        );
    }

    #[test]
    fn names_that_are_not_split_stay_together() {
        assert_eq!(author("Tuñón, J."), "Tuñón, J.");
        assert_eq!(author("Bain & Company"), "{Bain \\& Company}");
        assert_eq!(author("{Amazon.com, Inc.}"), "{Amazon.com, Inc.}");
        assert_eq!(author("Rock and Roll, A."), "{Rock and Roll}, {A.}");
    }
}
