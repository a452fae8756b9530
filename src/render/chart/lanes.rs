//! Timelines drawn to scale: a lane for each company, each event with its number in the list below.

use crate::base::Day;
use crate::base::screen::harmless;
use crate::base::sort::sort_by_key;
use crate::report::{Item, Lane};

use super::super::wrap::wrap;
use super::axis::Axis;
use super::page::{Page, padded, width};

/// Draws the lanes, then lists their events, a block each.
pub(super) fn draw(
    title: Option<&str>,
    lanes: &[Lane<'_>],
    window: (Option<Day>, Option<Day>),
    page: &Page,
) -> Vec<Vec<String>> {
    let count = lanes.iter().map(|lane| lane.items.len()).sum::<usize>();
    let digits = count.to_string().len();
    let Some(axis) = Axis::of(lanes, window, page.width.saturating_sub(digits)) else {
        return Vec::new();
    };
    let heading = title.map(|title| page.heading(&harmless(title)));
    let mut chart = axis.draw(page);
    let mut lists = Vec::new();
    let mut next = 1;
    for (index, lane) in lanes.iter().enumerate() {
        let numbered: Vec<(usize, &Item<'_>)> = (next..).zip(&lane.items).collect();
        next += lane.items.len();
        let name = page.heading(&harmless(&lane.label));
        chart.extend((index > 0).then(String::new));
        chart.extend(name.clone());
        chart.extend(stacked(&numbered, &axis, page));
        if !numbered.is_empty() {
            let names = if lanes.len() > 1 { name } else { Vec::new() };
            lists.push((names, list(&numbered, lanes, digits, page)));
        }
    }
    let lists = lists.into_iter().map(|(name, list)| [name, list].concat());
    heading.into_iter().chain([chart]).chain(lists).collect()
}

/// Draws an event, and returns its first column: a dot, or a span, and its number.
fn mark(item: &Item<'_>, number: usize, axis: &Axis, page: &Page) -> (usize, String) {
    let signs = page.signs;
    let number = number.to_string();
    let first = axis.column(item.date.first());
    let last = item
        .date
        .last()
        .map_or(Err(axis.columns - 1), |last| axis.column(last));
    let (Ok(from) | Err(from), Ok(to) | Err(to)) = (first, last);
    let left = if first.is_ok() {
        signs.from
    } else {
        signs.before
    };
    let right = if last.is_ok() { signs.to } else { signs.beyond };
    if from >= to {
        let sign = match (first, last) {
            (Ok(_), Ok(_)) => signs.dot,
            (_, Err(_)) => right,
            (Err(_), Ok(_)) => left,
        };
        return (from, format!("{sign}{number}"));
    }
    let between = to - from - 1;
    let drawn = match between.checked_sub(number.len()) {
        Some(rest) => format!("{left}{number}{}{right}", signs.line.repeat(rest)),
        None => format!("{left}{}{right}{number}", signs.line.repeat(between)),
    };
    (from, drawn)
}

/// Draws the events of a lane, those that would hide each other in rows below each other.
fn stacked(items: &[(usize, &Item<'_>)], axis: &Axis, page: &Page) -> Vec<String> {
    let marks = items
        .iter()
        .map(|(number, item)| mark(item, *number, axis, page));
    let mut marks: Vec<(usize, String)> = marks.collect();
    sort_by_key(&mut marks, |(from, _)| *from);
    let mut rows: Vec<(usize, String)> = Vec::new();
    for (from, drawn) in marks {
        let end = from + width(&drawn);
        // A blank stays between two marks.
        match rows.iter_mut().find(|(end, _)| *end < from) {
            Some(row) => *row = (end, padded(&row.1, from) + &drawn),
            None => rows.push((end, padded("", from) + &drawn)),
        }
    }
    if rows.is_empty() {
        return vec!["none".into()];
    }
    rows.iter()
        .map(|(_, row)| guided(row, axis, page))
        .collect()
}

/// Marks the years of the axis where a row, whose signs are one column wide, is empty.
fn guided(row: &str, axis: &Axis, page: &Page) -> String {
    let mut signs: Vec<char> = padded(row, axis.columns).chars().collect();
    for (_, column) in axis.ticks() {
        // Beside a mark it would be taken for the end of a span.
        let around = signs.get(column.saturating_sub(1)..(column + 2).min(signs.len()));
        let is_empty = around.is_some_and(|around| around.iter().all(|sign| *sign == ' '));
        if let (true, Some(sign)) = (is_empty, signs.get_mut(column)) {
            *sign = page.signs.guide;
        }
    }
    signs.into_iter().collect()
}

/// Lists the events of a lane: number, date as written, text.
fn list(
    items: &[(usize, &Item<'_>)],
    lanes: &[Lane<'_>],
    digits: usize,
    page: &Page,
) -> Vec<String> {
    let date = |item: &Item<'_>| {
        let sign = item.mark.map(|mark| page.own(&mark.sign().to_string()));
        format!(
            "{}{}",
            harmless(item.date.as_str()),
            sign.unwrap_or_default()
        )
    };
    // The lists of all lanes stand in the same columns.
    let all = lanes.iter().flat_map(|lane| &lane.items);
    let dates = all.map(|item| width(&date(item))).max().unwrap_or_default();
    let indent = digits + 2 + dates + 2;
    let listed = items.iter().flat_map(|(number, item)| {
        let mut before = format!("{number:>digits$}  {}", padded(&date(item), dates + 2));
        let texts = wrap(&harmless(&item.text), page.width.saturating_sub(indent));
        let broken = texts.into_iter().map(|text| {
            let line = format!("{before}{text}");
            before = padded("", indent);
            line
        });
        broken.collect::<Vec<_>>()
    });
    listed.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Date;
    use crate::render::Options;

    fn dates(texts: &[&str]) -> Vec<Date> {
        texts.iter().map(|text| text.parse().unwrap()).collect()
    }

    fn lane<'a>(label: &'a str, dates: &'a [Date]) -> Lane<'a> {
        let item = |date| Item {
            date,
            text: "Something".into(),
            mark: None,
        };
        Lane {
            label: label.into(),
            items: dates.iter().map(item).collect(),
        }
    }

    fn drawn(lanes: &[Lane<'_>], window: (Option<Day>, Option<Day>), is_ascii: bool) -> String {
        let options = Options {
            width: Some(40),
            is_ascii,
            ..Options::default()
        };
        let blocks = draw(None, lanes, window, &Page::of(options));
        let chart = blocks.first().cloned().unwrap_or_default();
        let trimmed: Vec<&str> = chart.iter().map(|line| line.trim_end()).collect();
        trimmed.join("\n")
    }

    #[test]
    fn no_event_hides_another() {
        let (first, second) = (
            dates(&[
                "2001-03-02",
                "2001-03-02",
                "2001-03",
                "2001/2003",
                "2003/..",
            ]),
            dates(&[]),
        );
        let lanes = [lane("Alder", &first), lane("Birch", &second)];
        let expected = "\
2001         2002         2003
┬────────────┬────────────┬────────────
Alder
├4────────────────────────────────────┤
┊ ●1         ┊            ├5──────────▶
┊ ●2         ┊            ┊
┊ ├┤3        ┊            ┊

Birch
none";
        assert_eq!(drawn(&lanes, (None, None), false), expected);
        let expected = "\
2001         2002         2003
+------------+------------+------------
Alder
|4------------------------------------|
. *1         .            |5---------->
. *2         .            .
. ||3        .            .

Birch
none";
        assert_eq!(drawn(&lanes, (None, None), true), expected);
    }

    #[test]
    fn what_goes_on_outside_the_window_is_cut() {
        let dates = dates(&["1990/2005", "2001", "2000-05/..", "1999/2000-01-01"]);
        let window = (dates.get(2).map(Date::first), dates[1].last());
        let expected = "\
2000               2001
┬──────────────────┬───────────────────
Alder
◀1────────────────────────────────────▶
◀4    ├3──────────────────────────────▶
┊                  ├2─────────────────┤";
        assert_eq!(drawn(&[lane("Alder", &dates)], window, false), expected);
    }

    #[test]
    fn no_event_is_no_drawing() {
        assert_eq!(drawn(&[lane("Alder", &[])], (None, None), false), "");
    }
}
