//! What a chart is drawn on: its width, the signs it is drawn with, and how text is laid on it.

use unicode_width::UnicodeWidthStr as _;

use super::super::Options;
use super::super::wrap::wrap;

/// The columns when nothing limits them.
const USUAL_WIDTH: u16 = 80;

/// What is written in ASCII instead of the signs that we write ourselves.
const IN_ASCII: [(char, &str); 7] = [
    ('≥', ">="),
    ('≤', "<="),
    ('≈', "~"),
    ('–', "-"),
    ('†', "!"),
    ('‡', "^"),
    ('§', "?"),
];

/// A surface of a certain width.
pub(super) struct Page {
    /// Its columns.
    pub width: usize,
    /// The signs to draw with.
    pub signs: &'static Signs,
    is_ascii: bool,
    is_styled: bool,
}

/// The signs that lines and bars are made of, each one column wide.
pub(super) struct Signs {
    /// An event within one column.
    pub dot: &'static str,
    /// A line.
    pub line: &'static str,
    /// The left end of a span.
    pub from: &'static str,
    /// The right end of a span.
    pub to: &'static str,
    /// A span of one column.
    pub point: &'static str,
    /// A span that goes on at the left.
    pub before: &'static str,
    /// A span that goes on at the right.
    pub beyond: &'static str,
    /// A place on an axis.
    pub tick: &'static str,
    /// A place of the axis, beside what is drawn.
    pub guide: char,
    /// Zero, when bars stand on both sides of it.
    pub zero: &'static str,
    /// A full column of a bar.
    pub full: &'static str,
    /// A column of a bar whose value is only known to be below its end.
    pub hollow: &'static str,
    /// What begins a column from its left, in equal steps.
    pub starts: &'static [&'static str],
    /// The right half of a column.
    pub half: &'static str,
}

const UNICODE: Signs = Signs {
    dot: "●",
    line: "─",
    from: "├",
    to: "┤",
    point: "┼",
    before: "◀",
    beyond: "▶",
    tick: "┬",
    guide: '┊',
    zero: "│",
    full: "█",
    hollow: "░",
    starts: &["▏", "▎", "▍", "▌", "▋", "▊", "▉"],
    half: "▐",
};

/// Columns are full or empty here, so their parts are rounded.
const ASCII: Signs = Signs {
    dot: "*",
    line: "-",
    from: "|",
    to: "|",
    point: "|",
    before: "<",
    beyond: ">",
    tick: "+",
    guide: '.',
    zero: "|",
    full: "#",
    hollow: ".",
    starts: &["", "", "", "#", "#", "#", "#"],
    half: "#",
};

impl Page {
    /// Makes the page that the options ask for.
    pub(super) fn of(options: Options) -> Self {
        Self {
            width: options.width.unwrap_or(USUAL_WIDTH).into(),
            signs: if options.is_ascii { &ASCII } else { &UNICODE },
            is_ascii: options.is_ascii,
            is_styled: options.is_styled,
        }
    }

    /// Writes a text of ours, which holds no text of a record, with the signs of the page.
    pub(super) fn own(&self, text: &str) -> String {
        if !self.is_ascii {
            return text.into();
        }
        let known = |c: char| IN_ASCII.iter().find(|(sign, _)| *sign == c);
        let mut plain = String::new();
        for c in text.chars() {
            match known(c) {
                Some((_, ascii)) => plain.push_str(ascii),
                None => plain.push(c),
            }
        }
        plain
    }

    /// Breaks a heading to the width of the page.
    pub(super) fn heading(&self, text: &str) -> Vec<String> {
        let mut lines = self.wrap(text);
        if self.is_styled {
            for line in &mut lines {
                *line = format!("\u{1b}[1m{line}\u{1b}[0m");
            }
        }
        lines
    }

    /// Breaks a text to the width of the page.
    pub(super) fn wrap(&self, text: &str) -> Vec<String> {
        wrap(text, self.width)
    }
}

/// Returns the columns that a text takes.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// Fills a text with blanks up to a width.
pub(super) fn padded(text: &str, columns: usize) -> String {
    let blanks = columns.saturating_sub(width(text));
    format!("{text}{:blanks$}", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_has_no_other_sign() {
        let options = Options {
            is_ascii: true,
            ..Options::default()
        };
        assert_eq!(Page::of(options).own("≥ 5†, – ≈"), ">= 5!, - ~");
        let Signs { starts, .. } = ASCII;
        assert!(starts.iter().all(|start| start.is_ascii()));
        assert_eq!(starts.len(), UNICODE.starts.len());
    }
}
