//! Opens a file of answers, or stdin: what it is compressed with, what separates its fields, its header.

use std::fs;
use std::io::{self, Cursor, Read};
use std::sync::Arc;

use crate::base::Complaint;
use crate::scan::{FirstRow, Reader, Source, first_rows, lines};

use super::text::decoded;
use super::unpack::{MAGIC, is_packed, unpacked};

/// The longest header that is read.
const LONGEST_HEADER: usize = 1 << 20;

/// Bytes that are read at first.
const HEAD: usize = 1 << 16;

/// What may separate fields; of those that make as many fields, the first is believed.
const DELIMITERS: [u8; 3] = *b",;\t";

/// Rows of a sample.
const SAMPLED: usize = 100;

/// The mark at the beginning of a text in UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// A file of answers, opened, its header read.
pub struct File {
    /// How the user named it.
    pub name: String,
    /// The names of its columns.
    pub columns: Vec<String>,
    /// What separates its fields.
    pub delimiter: u8,
    /// The first rows below the header, as far as they were read with it.
    pub sample: Vec<Vec<String>>,
    /// Lines that the header takes.
    pub(super) lines: usize,
    pub(super) body: Body,
}

/// Where the rows below the header are.
pub(super) enum Body {
    /// In what can be read at any place, from a byte to the end.
    Anywhere {
        source: Arc<dyn Source>,
        start: u64,
        end: u64,
    },
    /// In what is read from beginning to end.
    Stream(Box<dyn Read + Send>),
}

impl File {
    /// Opens a file, or stdin where it is called `-`, whose fields are separated by `delimiter`, or by what the header shows.
    ///
    /// # Errors
    /// A file that cannot be read, is empty, is in UTF-16, or has no header.
    pub fn open(name: &str, delimiter: Option<u8>) -> Result<Self, Complaint> {
        let failed = |error: io::Error| Complaint::new(format!("`{name}` cannot be read: {error}"));
        if name == "-" {
            return Self::of(name, Box::new(io::stdin()), None, delimiter);
        }
        let file = fs::File::open(name).map_err(failed)?;
        let found = file.metadata().map_err(failed)?;
        if found.is_dir() {
            return Err(Complaint::new(format!("`{name}` is a folder"))
                .hint("name the files in it: several are one survey"));
        }
        if found.is_file() {
            Self::read(name, Arc::new(file), found.len(), delimiter)
        } else {
            Self::of(name, Box::new(file), None, delimiter)
        }
    }

    /// Opens what can be read at any place and has so many bytes.
    ///
    /// # Errors
    /// As those of [`File::open`].
    pub fn read(
        name: &str,
        source: Arc<dyn Source>,
        length: u64,
        delimiter: Option<u8>,
    ) -> Result<Self, Complaint> {
        let stream = Reader {
            source: Arc::clone(&source),
            offset: 0,
        };
        Self::of(name, Box::new(stream), Some((source, length)), delimiter)
    }

    fn of(
        name: &str,
        mut stream: Box<dyn Read + Send>,
        whole: Option<(Arc<dyn Source>, u64)>,
        delimiter: Option<u8>,
    ) -> Result<Self, Complaint> {
        let failed = |error: io::Error| unreadable(name, &error);
        let mut head = Vec::new();
        fill(&mut stream, &mut head, MAGIC).map_err(failed)?;
        let whole = whole.filter(|_| !is_packed(&head));
        let start = std::mem::take(&mut head);
        let mut stream = unpacked(&start.clone(), Box::new(Cursor::new(start).chain(stream)));
        let mut wanted = HEAD;
        let (header, delimiter) = loop {
            fill(&mut stream, &mut head, wanted).map_err(failed)?;
            let is_end = head.len() < wanted;
            check(name, &head)?;
            let delimiter = delimiter.unwrap_or_else(|| sniff(&head, is_end));
            match header(&head, delimiter, is_end) {
                Some(header) => break (header, delimiter),
                None if is_end => {
                    return Err(Complaint::new(format!("{} is empty", called(name)))
                        .hint("the first row names the columns"));
                }
                None if wanted >= LONGEST_HEADER => {
                    let complaint = format!("the header of {} does not end", called(name));
                    return Err(Complaint::new(complaint)
                        .hint("the first row names the columns: is a quote in it never closed?"));
                }
                None => wanted *= 4,
            }
        };
        let rest = head.split_off(header.end);
        let body = match whole {
            Some((source, end)) => Body::Anywhere {
                source,
                start: header.end as u64,
                end,
            },
            None => Body::Stream(Box::new(Cursor::new(rest.clone()).chain(stream))),
        };
        Ok(Self {
            name: name.to_owned(),
            columns: header.names,
            delimiter,
            sample: sample(&rest, delimiter),
            lines: lines(&head),
            body,
        })
    }
}

impl Body {
    /// Returns what reads the rows.
    pub(super) fn into_stream(self) -> Box<dyn Read + Send> {
        match self {
            Self::Anywhere { source, start, .. } => Box::new(Reader {
                source,
                offset: start,
            }),
            Self::Stream(text) => text,
        }
    }
}

/// Makes the complaint about a file that cannot be read to its end.
pub(super) fn unreadable(name: &str, error: &io::Error) -> Complaint {
    Complaint::new(format!("{} cannot be read: {error}", called(name))).hint("is the file whole?")
}

/// Returns how a file is called in messages.
pub(super) fn called(name: &str) -> String {
    if name == "-" {
        "stdin".into()
    } else {
        format!("`{name}`")
    }
}

/// Reads until a buffer holds as many bytes as wanted, or nothing is left.
pub(super) fn fill(from: &mut dyn Read, buffer: &mut Vec<u8>, wanted: usize) -> io::Result<()> {
    let missing = wanted.saturating_sub(buffer.len()) as u64;
    from.take(missing).read_to_end(buffer).map(|_| ())
}

/// Makes sure that a text is in an encoding that can be read.
fn check(name: &str, head: &[u8]) -> Result<(), Complaint> {
    let is_wide = head.starts_with(b"\xff\xfe") || head.starts_with(b"\xfe\xff");
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    if is_wide || line.contains(&0) {
        let complaint = format!("{} is not a text in UTF-8 or Windows-1252", called(name));
        return Err(Complaint::new(complaint).hint("save it as CSV in UTF-8"));
    }
    Ok(())
}

/// The first row, and where it ends.
struct Header {
    names: Vec<String>,
    end: usize,
}

/// Reads the header; `None` when there is none, or it is not whole.
fn header(head: &[u8], delimiter: u8, is_end: bool) -> Option<Header> {
    let text = head.strip_prefix(BOM).unwrap_or(head);
    let skipped = head.len() - text.len();
    let first = first_rows(text, delimiter, is_end, 1).into_iter().next()?;
    let line_end = match text.get(first.end..).unwrap_or_default() {
        [b'\r', b'\n', ..] => 2,
        [] => 0,
        _ => 1,
    };
    let names = first
        .fields
        .iter()
        .map(|name| decoded(name).0.trim().to_owned());
    Some(Header {
        names: names.collect(),
        end: skipped + first.end + line_end,
    })
}

/// Returns what separates most fields of the first row.
fn sniff(head: &[u8], is_end: bool) -> u8 {
    let width =
        |delimiter: u8| header(head, delimiter, is_end).map_or(0, |found| found.names.len());
    let mut best = (0, b',');
    for delimiter in DELIMITERS {
        let width = width(delimiter);
        if width > best.0 {
            best = (width, delimiter);
        }
    }
    best.1
}

/// Returns the cells of the first rows of a text that may go on.
fn sample(text: &[u8], delimiter: u8) -> Vec<Vec<String>> {
    let rows = first_rows(text, delimiter, text.len() < HEAD, SAMPLED).into_iter();
    let cells = |row: FirstRow| {
        row.fields
            .iter()
            .map(|cell| decoded(cell).0.trim().to_owned())
            .collect()
    };
    rows.map(cells).collect()
}
