//! Keeps the rows of a file that somebody wants to read, on all cores at once.

use super::collector::{Collector, Told};
use super::judged::Judged;
use super::lines::Lines;
use super::log::Failure;
use super::row::{Row, Rows};
use super::{Effort, Span, parts};

/// Rows that were kept, in the order of the file.
#[derive(Debug, Default)]
pub struct Kept {
    /// The rows as they are written, each with a line feed behind it: a CSV text.
    pub text: Vec<u8>,
    /// Where each row ends in the text, and the line that it begins in.
    rows: Vec<(usize, usize)>,
}

impl Kept {
    /// Returns for each row the line that it begins in, counted from 1 where the reading began, and its text without a line end.
    pub fn rows(&self) -> impl Iterator<Item = (usize, &[u8])> {
        let mut start = 0;
        self.rows.iter().map(move |(end, line)| {
            let text = self.text.get(start..*end).unwrap_or_default();
            start = end + 1;
            (line + 1, text)
        })
    }

    fn push(&mut self, row: Row<'_>, line: usize) {
        self.text.extend_from_slice(row.text());
        self.rows.push((self.text.len(), line));
        self.text.push(b'\n');
    }
}

impl Told for Kept {
    fn add(&mut self, next: Self, lines: usize) {
        let start = self.text.len();
        self.text.extend_from_slice(&next.text);
        let rows = next.rows.iter();
        self.rows
            .extend(rows.map(|(end, line)| (start + end, line + lines)));
    }
}

/// Reads the rows of a file, and keeps those whose value in a column of the header, without quotes, `is_wanted`. Those that have
/// more or fewer fields than the header are kept too, lest nobody learns of them. Empty lines are no rows.
///
/// # Errors
/// A file that cannot be read, or is shorter than it should be; a row that is too long, or quotes that are never closed.
pub fn kept(
    span: Span<'_>,
    column: usize,
    is_wanted: &(dyn Fn(&[u8]) -> bool + Sync),
    effort: Effort,
) -> Result<Kept, Failure> {
    let keeper = || Keeper {
        width: span.width,
        column,
        is_wanted,
        judged: Judged::new(),
        lines: Lines::default(),
        kept: Kept::default(),
    };
    let (_, log) = parts::read(span, effort, keeper, &|_| {})?;
    log.told()
}

/// Whoever keeps rows.
struct Keeper<'a> {
    width: usize,
    column: usize,
    is_wanted: &'a (dyn Fn(&[u8]) -> bool + Sync),
    judged: Judged,
    lines: Lines,
    /// The rows of the part at hand.
    kept: Kept,
}

impl Keeper<'_> {
    #[cold]
    #[inline(never)]
    fn keep(&mut self, row: Row<'_>) {
        if !row.is_empty() {
            let line = self.lines.before(row.bytes(), row.start());
            self.kept.push(row, line);
        }
    }
}

impl Rows for Keeper<'_> {
    #[inline(always)]
    fn row(&mut self, row: Row<'_>) {
        if row.width() != self.width || self.judged.is(row, self.column, self.is_wanted) {
            self.keep(row);
        }
    }
}

impl Collector for Keeper<'_> {
    type Told = Kept;

    fn begin(&mut self, start: usize) {
        self.lines.begin(start);
    }

    fn end(&mut self) -> Kept {
        let mut kept = std::mem::take(&mut self.kept);
        kept.text.shrink_to_fit();
        kept.rows.shrink_to_fit();
        kept
    }

    /// Nothing stays here of a part that has ended.
    fn give_back(&mut self, _: bool) {}

    fn is_full(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn effort(part: usize) -> Effort {
        Effort { threads: 2, part }
    }

    /// Returns the lines of the rows whose first field is wanted, or the line of one that cannot be read.
    fn lines_of(
        text: &str,
        is_wanted: fn(&[u8]) -> bool,
        part: usize,
    ) -> Result<Vec<usize>, String> {
        let span = Span {
            source: &text.as_bytes().to_vec(),
            start: 0,
            end: text.len() as u64,
            delimiter: b',',
            width: 2,
        };
        let kept =
            kept(span, 0, &is_wanted, effort(part)).map_err(|failure| format!("{failure:?}"))?;
        Ok(kept.rows().map(|(line, _)| line).collect())
    }

    #[test]
    fn lines_count_quoted_and_empty_ones_however_the_text_is_cut() {
        for end in ["\n", "\r\n"] {
            let text = "a,1\n\n\"a\",\"2\n\n3\"\nb,4\na,5,6\nb\na,7".replace('\n', end);
            for part in 1..40 {
                let found = lines_of(&text, |value| value == b"a", part);
                assert_eq!(found, Ok(vec![1, 3, 7, 8, 9]), "{part} bytes");
            }
        }
    }

    #[test]
    fn a_row_that_cannot_be_read_is_named_by_its_line() {
        let long = format!("a,1\n\na,\"2\n{}", "b,22\n".repeat(1 << 19));
        let short = format!("{}a,\"1\n", "b,\"2\n3\"\n".repeat(1 << 12));
        for (text, wrong) in [(long, "Row(TooLong, 3)"), (short, "Row(Unclosed, 8193)")] {
            for part in [1 << 14, 1 << 20] {
                let found = lines_of(&text, |_| false, part);
                assert_eq!(found, Err(wrong.to_owned()), "{part} bytes");
            }
        }
    }

    #[test]
    fn a_value_is_judged_by_itself_however_many_there_are() {
        let rows = (0..30_000).map(|row| row * 7919 % 15_000);
        let text: String = rows.clone().fold(String::new(), |text, value| {
            text + &value.to_string() + ",x\n"
        });
        let found = lines_of(&text, |value| value.ends_with(b"77"), 1 << 12).unwrap();
        let expected = (1..).zip(rows).filter(|(_, value)| value % 100 == 77);
        let expected: Vec<usize> = expected.map(|(line, _)| line).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_file_that_is_shorter_than_it_should_be_is_told() {
        for part in [1, 4, 100] {
            let span = Span {
                source: &b"a,1\na,2".to_vec(),
                start: 0,
                end: 9,
                delimiter: b',',
                width: 2,
            };
            let failure = kept(span, 0, &|_| true, effort(part)).unwrap_err();
            assert!(
                matches!(failure, Failure::File(_)),
                "{part} bytes: {failure:?}"
            );
        }
    }
}
