//! Horizontal bars on one scale, each with the interval that its value may lie in on the line below.

use crate::base::screen::harmless;
use crate::base::{Quantity, Relation, Type, Value};
use crate::report::{Bar, Cell};

use super::super::human;
use super::super::wrap::wrap;
use super::page::{Page, padded, width};
use super::scale::{STEPS, Scale, interval, written};

/// Blanks between a label, its bar, and its value.
const GAP: usize = 2;

/// The fewest columns of bars beside their labels; with fewer, labels stand above.
const NARROWEST: usize = 20;

/// What is written of a bar.
struct Texts {
    label: String,
    value: String,
    interval: String,
}

/// Draws the bars of one chart.
pub(super) fn draw(title: Option<&str>, unit: &str, bars: &[Bar<'_>], page: &Page) -> Vec<String> {
    let mut lines = Vec::new();
    let heading = match (title, unit) {
        (Some(title), "") => title.to_owned(),
        (Some(title), unit) => format!("{title} ({unit})"),
        (None, unit) => unit.to_owned(),
    };
    if !heading.is_empty() {
        lines.extend(page.heading(&harmless(&heading)));
        lines.push(String::new());
    }
    let ends = Scale::ends(bars);
    let texts: Vec<Texts> = bars.iter().map(|bar| texts(bar, page)).collect();
    let widest = |of: fn(&Texts) -> usize| texts.iter().map(of).max().unwrap_or_default();
    let label = widest(|texts| width(&texts.label));
    let right = widest(|texts| width(&texts.value).max(width(&texts.interval)));
    let beside = page.width.saturating_sub(label + right + 2 * GAP);
    let least = width(&ends.0.text) + width(&ends.1.text) + GAP;
    if beside >= NARROWEST.max(least) {
        let scale = Scale::over(beside, ends);
        let indent = label + GAP;
        for (bar, texts) in bars.iter().zip(&texts) {
            let before = padded(&texts.label, indent);
            let drawn = padded(&line(bar, &scale, page), beside + GAP);
            lines.push(format!("{before}{drawn}{}", texts.value));
            if let Some(drawn) = interval_line(bar, &scale, page) {
                let drawn = padded(&drawn, beside + GAP);
                lines.push(format!("{:indent$}{drawn}{}", "", texts.interval));
            }
        }
        let axis = axis(&scale, page).into_iter();
        lines.extend(axis.map(|line| format!("{:indent$}{line}", "")));
        return lines;
    }
    let scale = Scale::over(page.width, ends);
    for (bar, texts) in bars.iter().zip(&texts) {
        lines.extend(wrap(
            &format!("{}: {}", texts.label, texts.value),
            page.width,
        ));
        if bar.value.is_some() {
            lines.push(line(bar, &scale, page));
        }
        if let Some(drawn) = interval_line(bar, &scale, page) {
            lines.push(drawn);
            lines.extend(wrap(&texts.interval, page.width));
        }
        lines.push(String::new());
    }
    lines.extend(axis(&scale, page));
    lines
}

/// Writes what stands beside a bar.
fn texts(bar: &Bar<'_>, page: &Page) -> Texts {
    let value = match bar.value {
        None => "no value".to_owned(),
        Some(number) => {
            let cell = Cell {
                value: Value::Number(number, bar.relation),
                mark: bar.mark,
            };
            page.own(&human::cell(&cell, Type::Number))
        }
    };
    let is_own = |end: f64| {
        let same = bar.value.map(Quantity::value);
        same.is_some_and(|value| value.to_bits() == end.to_bits())
    };
    let end = |end: f64| written(end, bar.value);
    let interval = match interval(bar) {
        (None, None) => String::new(),
        (Some(low), Some(high)) => format!("{} to {}", end(low), end(high)),
        (Some(low), None) if is_own(low) => "and above".into(),
        (Some(low), None) => format!("{} and above", end(low)),
        (None, Some(high)) if is_own(high) => "and below".into(),
        (None, Some(high)) => format!("{} and below", end(high)),
    };
    Texts {
        label: harmless(&bar.label).into_owned(),
        value,
        interval,
    }
}

/// Draws a bar from zero to its value; hollow where the value is only known to be less than that.
fn line(bar: &Bar<'_>, scale: &Scale, page: &Page) -> String {
    let signs = page.signs;
    let value = bar.value.map(Quantity::value);
    let steps = value.map_or(0, |value| scale.steps(value));
    let is_hollow = matches!(bar.relation, Relation::Lt | Relation::Le);
    let full = if is_hollow { signs.hollow } else { signs.full };
    let (columns, rest) = if is_hollow {
        (steps.div_ceil(STEPS), 0)
    } else {
        (steps / STEPS, steps % STEPS)
    };
    let bar = full.repeat(columns);
    let zero = if scale.has_zero() { signs.zero } else { "" };
    if value.is_some_and(|value| value < 0.0) {
        let half = if 2 * rest >= STEPS || columns == 0 && rest > 0 {
            signs.half
        } else {
            ""
        };
        let blanks = scale.below.saturating_sub(columns + width(half));
        return format!("{:blanks$}{half}{bar}{zero}", "");
    }
    let start = rest.checked_sub(1).and_then(|rest| signs.starts.get(rest));
    let start = match start {
        // The least of bars is seen in ASCII too.
        Some(&"") if columns == 0 => signs.full,
        start => start.copied().unwrap_or_default(),
    };
    format!("{:below$}{zero}{bar}{start}", "", below = scale.below)
}

/// Draws the interval of a bar, with arrows at its open ends; `None` when it has none.
fn interval_line(bar: &Bar<'_>, scale: &Scale, page: &Page) -> Option<String> {
    let signs = page.signs;
    let (low, high) = interval(bar);
    if low.is_none() && high.is_none() {
        return None;
    }
    let last = scale.columns().saturating_sub(1);
    let from = low.map_or(0, |low| scale.column(low));
    let to = high.map_or(last, |high| scale.column(high));
    let (from, to) = (from.min(to), from.max(to));
    let between = signs.line.repeat((to - from).saturating_sub(1));
    let left = if low.is_some() {
        signs.from
    } else {
        signs.before
    };
    let right = if high.is_some() {
        signs.to
    } else {
        signs.beyond
    };
    Some(match (low, high) {
        _ if from < to => format!("{:from$}{left}{between}{right}", ""),
        (Some(_), Some(_)) => format!("{:from$}{}", "", signs.point),
        (_, None) => format!("{:from$}{right}", ""),
        (None, Some(_)) => format!("{:from$}{left}", ""),
    })
}

/// Draws the axis and below it its least number, zero where it lies between, and its greatest number.
fn axis(scale: &Scale, page: &Page) -> Vec<String> {
    let columns = scale.columns();
    let mut line = page.signs.line.repeat(columns);
    let (least, greatest) = (&scale.least.text, &scale.greatest.text);
    let room = columns.saturating_sub(width(least));
    if room <= width(greatest) {
        return vec![line, least.clone(), format!("{greatest:>columns$}")];
    }
    let mut numbers = format!("{least}{greatest:>room$}");
    if scale.has_zero() && scale.above > 0 {
        let (left, right) = (scale.below, scale.above);
        line = [left, right]
            .map(|side| page.signs.line.repeat(side))
            .join(page.signs.point);
        if left > width(least) && right > width(greatest) {
            let (left, right) = (left - width(least), right);
            numbers = format!("{least}{:left$}0{greatest:>right$}", "");
        }
    }
    vec![line, numbers]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::Options;
    use crate::report::Mark;

    fn bar(label: &'static str, value: &str, relation: Relation) -> Bar<'static> {
        Bar {
            label: label.into(),
            value: value.parse().ok(),
            relation,
            ..Bar::default()
        }
    }

    fn drawn(bars: &[Bar<'_>], width: u16, is_ascii: bool) -> String {
        let options = Options {
            width: Some(width),
            is_ascii,
            ..Options::default()
        };
        let lines = draw(Some("Score"), "points", bars, &Page::of(options));
        for line in &lines {
            assert!(super::width(line) <= width.into(), "{line}");
        }
        let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
        lines.join("\n")
    }

    fn scores() -> [Bar<'static>; 3] {
        let mut first = bar("Amazon", "62", Relation::Eq);
        (first.low, first.high) = (Some(58.31), Some(65.7));
        first.mark = Some(Mark::Disputed);
        let second = bar("Netflix", "33", Relation::Approx);
        [first, second, bar("Nobody", "", Relation::Eq)]
    }

    #[test]
    fn values_stand_on_one_scale_from_zero() {
        let expected = "\
Score (points)

Amazon   ███████████████████████████▎   62†
                                  ├──┤  58.3 to 65.7
Netflix  ██████████████▌                ≈ 33
Nobody                                  no value
         ─────────────────────────────
         0                          66";
        assert_eq!(drawn(&scores(), 52, false), expected);
    }

    #[test]
    fn ascii_draws_the_same() {
        let expected = "\
Score (points)

Amazon   ###########################    62!
                                  |--|  58.3 to 65.7
Netflix  ###############                ~ 33
Nobody                                  no value
         -----------------------------
         0                          66";
        assert_eq!(drawn(&scores(), 52, true), expected);
    }

    #[test]
    fn bars_take_the_whole_width_when_labels_leave_little() {
        let mut scores = scores();
        scores[1].label = "A company of many words".into();
        let expected = "\
Score (points)

Amazon: 62†
█████████████████████████████████████▋
                                   ├───┤
58.3 to 65.7

A company of many words: ≈ 33
████████████████████

Nobody: no value

────────────────────────────────────────
0                                     66";
        assert_eq!(drawn(&scores, 40, false), expected);
    }

    #[test]
    fn negative_values_stand_left_of_zero() {
        let mut bars = [
            bar("Alder", "-20", Relation::Eq),
            bar("Birch", "40", Relation::Eq),
            bar("Cedar", "0", Relation::Eq),
        ];
        (bars[0].low, bars[0].high) = (Some(-30.0), Some(10.0));
        let expected = "\
Score (points)

Alder      ████████│                   -20
       ├────────────────┤              -30.0 to 10.0
Birch              │████████████████▋  40
Cedar              │                   0
       ────────────┼─────────────────
       -30         0               40";
        assert_eq!(drawn(&bars, 52, false), expected);
        let below = [bar("Alder", "-20", Relation::Eq)];
        let expected = "\
Score (points)

Alder  ███████████████████████████│  -20
       ────────────────────────────
       -20                        0";
        assert_eq!(drawn(&below, 40, false), expected);
    }

    #[test]
    fn open_ends_are_arrows_and_what_is_less_than_a_bound_is_hollow() {
        let bars = [
            bar("Alder", "300e6", Relation::Gt),
            bar("Birch", "410e6", Relation::Le),
            bar("Cedar", "0.5e6", Relation::Eq),
        ];
        let expected = "\
Score (points)

Alder  ███████████████████████████▊            > 300 million
                                  ├─────────▶  and above
Birch  ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░  ≤ 410 million
       ◀────────────────────────────────────┤  and below
Cedar  ▏                                       500,000
       ──────────────────────────────────────
       0                          410 million";
        assert_eq!(drawn(&bars, 60, false), expected);
    }
}
