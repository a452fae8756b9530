//! Keeps the rows of a text the plain way: with the crate `csv`, a row at a time. The program must keep the same.

use casecmp::scan::{Effort, Failure, Fault, Span, kept};

use super::reference::MARK;

/// The line that a row begins in, its text, its fields.
type Written = (usize, Vec<u8>, Vec<Vec<u8>>);

/// Reads all rows with the crate `csv`.
fn written(text: &[u8], delimiter: u8) -> Vec<Written> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter);
    let mut reader = reader.from_reader(text);
    let (mut rows, mut record) = (Vec::new(), csv::ByteRecord::new());
    let is_end = |byte: &u8| matches!(byte, b'\n' | b'\r');
    let mut start = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        let end = usize::try_from(reader.position().byte()).unwrap();
        // What ended the line before, or stood between, is no part of the row.
        start += text[start..].iter().take_while(|byte| is_end(byte)).count();
        let ends = text[start..end].iter().rev();
        let length = end - start - ends.take_while(|byte| is_end(byte)).count();
        let line = text[..start].split(|byte| *byte == b'\n').count();
        rows.push((
            line,
            text[start..start + length].to_vec(),
            record.iter().map(<[u8]>::to_vec).collect(),
        ));
        start = end;
    }
    rows
}

/// Says whether a text ends within quotes: a row behind it is then no row.
fn is_open(text: &[u8], delimiter: u8) -> bool {
    let longer = written(&[text, b"\nz"].concat(), delimiter);
    longer.last().is_none_or(|(_, text, _)| text != b"z")
}

/// Says whether a value is looked for: that of some of the rows.
fn is_wanted(value: &[u8]) -> bool {
    value.len().is_multiple_of(2) || value.contains(&b'9')
}

/// Returns the lines and the texts of rows, or why there are none.
fn told<T>(read: Result<T, Failure>) -> Result<T, usize> {
    read.map_err(|failure| match failure {
        Failure::Row(Fault::Unclosed, line) => line,
        other => panic!("{other:?}"),
    })
}

/// Holds the rows that are kept of a piece of a text against those of the crate `csv`.
pub(crate) fn check_kept(text: &[u8], delimiter: u8, part: usize) {
    let start = part % (text.len() + 1);
    let end = text.len() - 7 * part % (text.len() - start + 1);
    for (start, end) in [(0, text.len()), (start, end)] {
        let piece = &text[start..end];
        if !piece.starts_with(MARK) {
            check_piece(text, (start, end), delimiter, part);
        }
    }
}

fn check_piece(text: &[u8], (start, end): (usize, usize), delimiter: u8, part: usize) {
    let piece = &text[start..end];
    let rows = written(piece, delimiter);
    let unclosed = rows.last().filter(|_| is_open(piece, delimiter));
    let unclosed = unclosed.map(|(line, ..)| *line);
    let width = rows.first().map_or(1, |(.., fields)| fields.len());
    let column = part % width;
    let plain = |(line, text, _): &Written| (*line, text.clone());
    let shown = || String::from_utf8_lossy(piece);

    let is_kept = |(.., fields): &&Written| fields.len() != width || is_wanted(&fields[column]);
    let expected: Vec<(usize, Vec<u8>)> = rows.iter().filter(is_kept).map(plain).collect();
    let span = Span {
        source: &text.to_vec(),
        start: start as u64,
        end: end as u64,
        delimiter,
        width,
    };
    let threads = 1 + part % 2;
    let found = told(kept(span, column, &is_wanted, Effort { threads, part }));
    let found = found.map(|kept| {
        let rows = kept.rows().map(|(line, text)| (line, text.to_vec()));
        let (lines, texts): (Vec<usize>, Vec<Vec<u8>>) = rows.unzip();
        if !kept.text.starts_with(MARK) {
            let again = written(&kept.text, delimiter).into_iter();
            let again: Vec<Vec<u8>> = again.map(|(_, text, _)| text).collect();
            assert_eq!(again, texts, "what is kept is a text: {:?}", shown());
        }
        lines.into_iter().zip(texts).collect()
    });
    let expected = unclosed.map_or(Ok(expected), Err);
    assert_eq!(
        found,
        expected,
        "{threads} threads, {part} bytes: {:?}",
        shown()
    );
}
