//! Reads of a big file only the rows that are asked for, while it is scanned: nothing else of it is ever in memory.

use std::thread;

use crate::base::guard::unguard;
use crate::base::{Id, Place};
use crate::package::{File, LoadError, Opened, Problem, Rows};
use crate::scan::{Effort, Failure, Span, kept};

/// Bytes from which on a file is big: smaller ones are read as a whole before threads would have started.
const BIG: u64 = 4 << 20;

/// Bytes that are read at a time.
const PART: usize = 1 << 20;

/// The header, as the beginning of a file shows it.
struct Header {
    /// The bytes that it takes, its line end included.
    length: usize,
    /// The lines that it takes.
    lines: u64,
    width: usize,
    /// The place of the column of companies.
    company: usize,
}

/// Reads the rows of a file that are of none of the `others`. `None` where the file is not big, has no column of companies, or must be
/// read as a whole to be text.
///
/// # Errors
/// A file that cannot be read to its end.
pub(super) fn read(opened: &Opened, others: &[Id]) -> Result<Option<File>, LoadError> {
    if others.is_empty() || opened.length < BIG {
        return Ok(None);
    }
    let failed = |error: std::io::Error| {
        let message = format!("cannot be read: {error}");
        LoadError::from(Problem::new(Place::file(&*opened.path), message))
    };
    let mut head = vec![0; PART];
    let count = crate::scan::Source::read_at(&opened.file, &mut head, 0).map_err(failed)?;
    head.truncate(count);
    let text = String::from_utf8_lossy(&head);
    let delimiter = opened.delimiter(&text);
    let Some(header) = header(&text, delimiter) else {
        return Ok(None);
    };
    let span = Span {
        source: &opened.file,
        start: header.length as u64,
        end: opened.length,
        delimiter,
        width: header.width,
    };
    let is_wanted =
        |value: &[u8]| std::str::from_utf8(value).map_or(true, |value| !is_of(others, value));
    let effort = Effort {
        threads: thread::available_parallelism().map_or(1, usize::from),
        part: PART,
    };
    let kept = kept(span, header.company, &is_wanted, effort).map_err(|failure| match failure {
        Failure::File(error) => failed(error),
        Failure::Row(fault, line) => {
            let place = Place::file(&*opened.path).line(header.lines + line as u64);
            let problem = Problem::new(place, fault.message());
            problem.hint(Some(fault.hint())).into()
        }
    })?;
    let mut lines = vec![(0, 1)];
    let mut start = header.length;
    for (line, row) in kept.rows() {
        lines.push((start, header.lines + line as u64));
        start += row.len() + 1;
    }
    let mut bytes = head;
    bytes.truncate(header.length);
    bytes.extend_from_slice(&kept.text);
    let text = String::from_utf8(bytes).ok();
    let Some(text) = text.filter(|text| !text.contains('\0')) else {
        return Ok(None);
    };
    let mut file = File::new(&*opened.path, text.leak());
    file.delimiter = delimiter;
    file.notes = opened.notes(delimiter);
    file.lines = lines;
    Ok(Some(file))
}

/// Says whether a company is one of the others, which are in order.
pub(super) fn is_of(others: &[Id], company: &str) -> bool {
    let company = unguard(company.trim_ascii());
    others
        .binary_search_by(|other| other.as_str().cmp(company))
        .is_ok()
}

fn header(text: &str, delimiter: u8) -> Option<Header> {
    let mut rows = Rows::of(text, delimiter);
    let row = rows.next()?;
    let company = row
        .cells
        .iter()
        .position(|name| name.trim_ascii() == "company")?;
    let end = rows.position();
    let rest = text.get(end..)?;
    let ends = ["\r\n", "\n", "\r"]
        .iter()
        .find(|ends| rest.starts_with(**ends))?;
    let length = end + ends.len();
    let lines = text.get(..length)?.matches('\n').count() as u64;
    // A mark at the beginning is no part of the first name, and lines that end with CR alone are not counted anywhere.
    let is_plain = !text.starts_with('\u{feff}') && *ends != "\r";
    is_plain.then_some(Header {
        length,
        lines,
        width: row.cells.len(),
        company,
    })
}
