//! Counts a file in parts, on all cores at once.
//!
//! Each worker takes the next part and reads it into its own memory. Whether a part begins within quotes is not known before all
//! parts ahead of it are read, and nobody waits for that: it is guessed from how the rows look, and a part that was guessed wrong
//! is taken away and counted anew in the end.

use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::buffer::Buffer;
use super::log::{Fault, Log};
use super::scan::{LONGEST_ROW, Row, Rows, Scan};
use super::source::Source;
use super::structure::State;
use super::tally::Tally;

/// Bytes that are read beyond a part for its last row; more if the row is longer.
const AHEAD: usize = 1 << 14;

/// Bytes by which it is guessed whether a part begins within quotes: at first, and where these do not tell.
const SAMPLES: [usize; 2] = [1 << 13, 1 << 18];

/// The rows below the header of a file.
#[derive(Clone, Copy)]
pub(super) struct Span<'a> {
    pub source: &'a dyn Source,
    pub start: u64,
    pub end: u64,
    /// Bytes of a part, 1 or more.
    pub part: usize,
}

impl Span<'_> {
    /// Returns where a part begins.
    fn start_of(self, number: u64) -> u64 {
        self.start + number * self.part as u64
    }
}

/// A part that was counted.
struct Part {
    number: u64,
    /// The state that it was taken to begin in; `None` for the first part, which begins with a row.
    begins: Option<State>,
    /// The state that it ends in, if it begins so.
    ends: State,
    log: Log,
}

/// Reads the rows of a file into tallies, one of each worker.
///
/// # Errors
/// A file that cannot be read.
pub(super) fn read<'a>(
    span: Span<'_>,
    threads: usize,
    tally: impl Fn() -> Tally<'a> + Sync,
    progress: &(dyn Fn(usize) + Sync),
) -> io::Result<(Vec<Tally<'a>>, Log)> {
    let next = AtomicU64::new(0);
    let count = (span.end - span.start).div_ceil(span.part as u64);
    let work = || -> io::Result<(Tally<'a>, Vec<Part>)> {
        let mut worker = Worker::new(span, tally());
        let mut parts = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || worker.tally.has_too_many {
                return Ok((worker.tally, parts));
            }
            parts.push(worker.guess(number)?);
            progress(span.part);
        }
    };
    // Whoever starts the threads only waits: where it worked too, a thread often waited for its core, while another was idle,
    // until the clock of the scheduler struck, which is a tenth of the time that 100 MB take.
    let done: io::Result<Vec<_>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let workers = workers.into_iter().map(|worker| {
            let ended = worker.join();
            ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        workers.collect()
    });
    let (mut tallies, parts): (Vec<Tally<'a>>, Vec<Vec<Part>>) = done?.into_iter().unzip();
    let mut parts: Vec<Part> = parts.into_iter().flatten().collect();
    parts.sort_unstable_by_key(|part| part.number);
    let mut worker = Worker::new(span, tally());
    let log = mend(parts, &mut worker)?;
    tallies.push(worker.tally);
    Ok((tallies, log))
}

/// Counts the parts anew that were taken to begin in a state in which the part before does not end, and puts together what must
/// be told of all parts.
fn mend(parts: Vec<Part>, worker: &mut Worker<'_, '_>) -> io::Result<Log> {
    let mut log = Log::default();
    let mut state = None;
    for mut part in parts {
        if part.begins != state {
            worker.tally.sign = -1;
            worker.part(part.number, part.begins)?;
            worker.tally.sign = 1;
            part = worker.part(part.number, state)?;
        }
        state = Some(part.ends);
        log.add(part.log);
    }
    Ok(log)
}

/// Whoever counts parts, one after the other.
struct Worker<'s, 'a> {
    span: Span<'s>,
    scan: Scan,
    tally: Tally<'a>,
    buffer: Buffer,
}

impl<'s, 'a> Worker<'s, 'a> {
    fn new(span: Span<'s>, tally: Tally<'a>) -> Self {
        Self {
            span,
            scan: Scan::new(tally.delimiter()),
            tally,
            buffer: Buffer::new(1 + span.part + AHEAD),
        }
    }

    /// Reads a part into the buffer, with the byte before it and some behind it. Returns where the part stands there.
    fn load(&mut self, number: u64) -> io::Result<Range<usize>> {
        let start = self.span.start_of(number);
        // There is a header before the first part.
        let before = 1;
        let length = usize::try_from(self.span.end - start)
            .map_or(self.span.part, |left| left.min(self.span.part));
        let offset = start - before as u64;
        let count = self
            .buffer
            .load(self.span.source, offset, before + self.span.part + AHEAD)?;
        if count < before + length {
            return Err(io::Error::other("it became shorter while it was read"));
        }
        Ok(before..before + length)
    }

    /// Counts a part, in the state that its rows seem to begin in.
    fn guess(&mut self, number: u64) -> io::Result<Part> {
        let part = self.load(number)?;
        let state = (number > 0).then(|| self.guessed(part.start));
        self.count(number, part, state)
    }

    /// Counts a part that begins in a state.
    fn part(&mut self, number: u64, begins: Option<State>) -> io::Result<Part> {
        let part = self.load(number)?;
        self.count(number, part, begins)
    }

    fn count(
        &mut self,
        number: u64,
        part: Range<usize>,
        begins: Option<State>,
    ) -> io::Result<Part> {
        let offset = self.span.start_of(number) - part.start as u64;
        let until = part.end;
        self.tally.begin(part.start);
        self.scan.begin(part, begins);
        let mut fault = None;
        loop {
            let text = self.buffer.text();
            let end = offset + text.len() as u64;
            if self.scan.walk(text, end >= self.span.end, &mut self.tally) {
                break;
            }
            if text.len() > until + LONGEST_ROW {
                fault = Some(Fault::TooLong);
                break;
            }
            self.buffer.load_more(self.span.source, end, 16 * AHEAD)?;
        }
        let text = self.buffer.text();
        let unclosed = self.scan.unclosed();
        let row = unclosed.unwrap_or_else(|| self.scan.next_start().min(text.len()));
        let fault = fault.or(unclosed.map(|_| Fault::Unclosed));
        let fault = fault.map(|fault| (fault, self.tally.lines_before(text, row)));
        Ok(Part {
            number,
            begins,
            ends: self.scan.state_at_end(),
            log: Log {
                lines: self.scan.lines(),
                wrong: std::mem::take(&mut self.tally.wrong),
                fault,
            },
        })
    }

    /// Returns the state in which the text from a place on seems to begin: that in which more rows have the width of the header.
    fn guessed(&mut self, start: usize) -> State {
        let text = self.buffer.text();
        let before = start.checked_sub(1).and_then(|at| text.get(at));
        let outside = match before {
            Some(b'"') => State::QuoteInQuoted,
            Some(b'\n' | b'\r') => State::FieldStart,
            Some(byte) if *byte == self.tally.delimiter() => State::FieldStart,
            Some(_) | None => State::Unquoted,
        };
        for length in SAMPLES {
            let end = text.len().min(start + length);
            let text = text.get(..end).unwrap_or_default();
            let mut fit = |state| {
                let mut widths = Widths::of(self.tally.width());
                self.scan.begin(start..end, Some(state));
                self.scan
                    .walk(text, false, &mut (&mut widths as &mut dyn Rows));
                widths
            };
            let (outside_fit, inside_fit) = (fit(outside).points(), fit(State::Quoted).points());
            if outside_fit != inside_fit {
                return if outside_fit > inside_fit {
                    outside
                } else {
                    State::Quoted
                };
            }
            // Both fit where the quotes close in the row at hand: a quote that opens stands behind the end of a field.
            let mut pairs = text
                .get(start.saturating_sub(1)..)
                .unwrap_or_default()
                .windows(2);
            let is_quote = |pair: &&[u8]| pair.ends_with(b"\"");
            if let Some([before, _]) = pairs.find(is_quote) {
                let is_end = [b'\n', b'\r', self.tally.delimiter()].contains(before);
                return if is_end { outside } else { State::Quoted };
            }
        }
        outside
    }
}

/// Counts rows by their width.
struct Widths {
    width: usize,
    right: usize,
    wrong: usize,
}

impl Widths {
    fn of(width: usize) -> Self {
        Self {
            width,
            right: 0,
            wrong: 0,
        }
    }

    /// Returns how well the rows fit; one wrong row says more than one right row.
    fn points(&self) -> usize {
        (1000 * self.right) / (self.right + 10 * self.wrong + 1)
    }
}

impl Rows for Widths {
    fn row(&mut self, row: Row<'_>) {
        if row.width() == self.width {
            self.right += 1;
        } else if !row.is_half() {
            self.wrong += 1;
        }
    }
}
