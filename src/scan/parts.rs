//! Reads a file in parts, on all cores at once.
//!
//! Each worker takes the next part and reads it into its own memory. Whether a part begins within quotes is not known before all
//! parts ahead of it are read, and nobody waits for that: it is guessed from how the rows look, and a part that was guessed wrong
//! is given back and read anew in the end.

use std::io;
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

use super::buffer::Buffer;
use super::collector::Collector;
use super::lines::lines;
use super::log::{Fault, LONGEST_ROW, Log};
use super::row::{Row, Rows};
use super::structure::State;
use super::walk::Scan;
use super::{Effort, Span};

/// Bytes that are read beyond a part for its last row; more if the row is longer.
const AHEAD: usize = 1 << 12;

/// Bytes by which it is guessed whether a part begins within quotes: at first, and where these do not tell.
const SAMPLES: [usize; 2] = [1 << 13, 1 << 18];

/// Bytes by which it is mostly seen at a glance.
const GLANCE: usize = 1 << 11;

/// A part that was read.
struct Part<T> {
    number: u64,
    /// The state that it was taken to begin in; `None` for the first part, which begins with a row.
    begins: Option<State>,
    /// The state that it ends in, if it begins so.
    ends: State,
    log: Log<T>,
}

/// Reads the rows of a file into collectors, one of each worker.
///
/// # Errors
/// A file that cannot be read.
pub(crate) fn read<C: Collector + Send>(
    span: Span<'_>,
    effort: Effort,
    collector: impl Fn() -> C + Sync,
    progress: &(dyn Fn(usize) + Sync),
) -> io::Result<(Vec<C>, Log<C::Told>)> {
    let next = AtomicU64::new(0);
    let count = span
        .end
        .saturating_sub(span.start)
        .div_ceil(effort.part as u64);
    let work = || -> io::Result<(C, Vec<Part<C::Told>>)> {
        let mut worker = Worker::new(span, effort.part, collector());
        let mut parts = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            if number >= count || worker.collector.is_full() {
                return Ok((worker.collector, parts));
            }
            parts.push(worker.guess(number)?);
            progress(effort.part);
        }
    };
    // Whoever starts the threads only waits: where it worked too, a thread often waited for its core, while another was idle,
    // until the clock of the scheduler struck, which is a tenth of the time that 100 MB take.
    let done: io::Result<Vec<_>> = thread::scope(|scope| {
        let workers: Vec<_> = (0..count.min(effort.threads as u64))
            .map(|_| scope.spawn(work))
            .collect();
        let workers = workers.into_iter().map(|worker| {
            let ended = worker.join();
            ended.unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        workers.collect()
    });
    let (mut collectors, mut parts) = (Vec::new(), Vec::new());
    for (collector, read) in done? {
        collectors.push(collector);
        parts.extend(read);
    }
    parts.sort_unstable_by_key(|part| part.number);
    let mut worker = Worker::new(span, effort.part, collector());
    let log = mend(parts, &mut worker)?;
    collectors.push(worker.collector);
    Ok((collectors, log))
}

/// Reads the parts anew that were taken to begin in a state in which the part before does not end, and puts together what is
/// known of all parts.
fn mend<C: Collector>(
    parts: Vec<Part<C::Told>>,
    worker: &mut Worker<'_, C>,
) -> io::Result<Log<C::Told>> {
    let mut log = Log::default();
    let mut state = None;
    for mut part in parts {
        if part.begins != state {
            worker.collector.give_back(true);
            worker.part(part.number, part.begins)?;
            worker.collector.give_back(false);
            part = worker.part(part.number, state)?;
        }
        state = Some(part.ends);
        log.add(part.log);
    }
    Ok(log)
}

/// Whoever reads parts, one after the other.
struct Worker<'s, C> {
    span: Span<'s>,
    /// Bytes of a part.
    part: usize,
    scan: Scan,
    collector: C,
    buffer: Buffer,
}

impl<'s, C: Collector> Worker<'s, C> {
    fn new(span: Span<'s>, part: usize, collector: C) -> Self {
        Self {
            span,
            part,
            scan: Scan::new(span.delimiter),
            collector,
            buffer: Buffer::new(1 + part + AHEAD),
        }
    }

    /// Returns where a part begins.
    fn start_of(&self, number: u64) -> u64 {
        self.span.start + number * self.part as u64
    }

    /// Returns how many of so many bytes from a place on belong to the text.
    fn up_to_end(&self, offset: u64, count: usize) -> usize {
        let left = self.span.end.saturating_sub(offset);
        usize::try_from(left).map_or(count, |left| left.min(count))
    }

    /// Reads a part into the buffer, with the byte before it and some behind it. Returns where the part stands there.
    fn load(&mut self, number: u64) -> io::Result<Range<usize>> {
        let start = self.start_of(number);
        let before = usize::from(start > 0);
        let length = self.up_to_end(start, self.part);
        let offset = start - before as u64;
        let wanted = self.up_to_end(offset, before + self.part + AHEAD);
        let count = self.buffer.load(self.span.source, offset, wanted)?;
        if count < before + length {
            return Err(became_shorter());
        }
        Ok(before..before + length)
    }

    /// Reads a part, in the state that its rows seem to begin in.
    fn guess(&mut self, number: u64) -> io::Result<Part<C::Told>> {
        let part = self.load(number)?;
        let state = (number > 0).then(|| self.guessed(part.start));
        self.collect(number, part, state)
    }

    /// Reads a part that begins in a state.
    fn part(&mut self, number: u64, begins: Option<State>) -> io::Result<Part<C::Told>> {
        let part = self.load(number)?;
        self.collect(number, part, begins)
    }

    fn collect(
        &mut self,
        number: u64,
        part: Range<usize>,
        begins: Option<State>,
    ) -> io::Result<Part<C::Told>> {
        let offset = self.start_of(number) - part.start as u64;
        let (start, until) = (part.start, part.end);
        self.collector.begin(start);
        self.scan.begin(part, begins);
        let mut fault = None;
        loop {
            let text = self.buffer.text();
            let end = offset + text.len() as u64;
            if self
                .scan
                .walk(text, end >= self.span.end, &mut self.collector)
            {
                break;
            }
            if text.len() > until + LONGEST_ROW {
                fault = Some(Fault::TooLong);
                break;
            }
            let wanted = self.up_to_end(end, 16 * AHEAD);
            if self.buffer.load_more(self.span.source, end, wanted)? == 0 {
                return Err(became_shorter());
            }
        }
        let text = self.buffer.text();
        let unclosed = self.scan.unclosed();
        let row = unclosed.unwrap_or_else(|| self.scan.next_start().min(text.len()));
        let fault = fault.or(unclosed.map(|_| Fault::Unclosed));
        let fault = fault.map(|fault| (fault, lines(text.get(start..row).unwrap_or_default())));
        Ok(Part {
            number,
            begins,
            ends: self.scan.state_at_end(),
            log: Log {
                lines: self.scan.lines(),
                told: self.collector.end(),
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
            Some(byte) if *byte == self.span.delimiter => State::FieldStart,
            Some(_) | None => State::Unquoted,
        };
        // Where a row is read from its middle on, all others may fit whether it begins within quotes or not. Then the first quote
        // tells: one that opens stands behind the end of a field.
        let ends = [b'\n', b'\r', self.span.delimiter];
        let by_quote = |length| {
            let text = text.get(start.saturating_sub(1)..text.len().min(start + length));
            let mut pairs = text.unwrap_or_default().windows(2);
            let first = pairs.find(|pair| pair.ends_with(b"\""))?.first()?;
            Some(if ends.contains(first) {
                outside
            } else {
                State::Quoted
            })
        };
        let scan = &mut self.scan;
        let width = self.span.width;
        let mut fit = |state, length| {
            let end = text.len().min(start + length);
            let mut widths = Widths::of(width);
            scan.begin(start..end, Some(state));
            let text = text.get(..end).unwrap_or_default();
            scan.walk(text, false, &mut (&mut widths as &mut dyn Rows));
            widths
        };
        let likely = by_quote(GLANCE).unwrap_or(outside);
        if fit(likely, GLANCE).is_clear() {
            return likely;
        }
        for length in SAMPLES {
            let outside_fit = fit(outside, length).points();
            let inside_fit = fit(State::Quoted, length).points();
            if outside_fit != inside_fit {
                return if outside_fit > inside_fit {
                    outside
                } else {
                    State::Quoted
                };
            }
            if let Some(state) = by_quote(length) {
                return state;
            }
        }
        outside
    }
}

fn became_shorter() -> io::Error {
    io::Error::other("it became shorter while it was read")
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

    /// Says whether so many rows fit, and no row does not, that this is how the text reads.
    fn is_clear(&self) -> bool {
        self.wrong == 0 && self.right >= 8
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
