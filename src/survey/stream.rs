//! Counts what can only be read from its beginning to its end: a pipe, a compressed file. Also small files.

use std::io::{self, Read};

use super::buffer::Buffer;
use super::log::{Fault, Log, lines};
use super::scan::{LONGEST_ROW, Scan};
use super::tally::Tally;

/// Reads the rows of a text into a tally, `part` bytes at a time.
///
/// # Errors
/// What cannot be read.
pub(super) fn read(
    mut text: Box<dyn Read + Send>,
    part: usize,
    tally: &mut Tally<'_>,
    progress: &(dyn Fn(usize) + Sync),
) -> io::Result<Log> {
    let mut log = Log::default();
    let mut scan = Scan::new(tally.delimiter());
    let mut buffer = Buffer::new(part);
    // The byte before the first row that is not yet counted stays in the buffer.
    let (mut kept, mut start) = (0, 0);
    loop {
        let count = buffer.follow(kept, text.as_mut(), part)?;
        progress(count);
        let is_end = count < part;
        let text = buffer.text();
        scan.begin(start..usize::MAX, None);
        tally.begin(start);
        scan.walk(text, is_end, tally);
        let next = scan.next_start().min(text.len());
        let row = text.get(next..).unwrap_or_default();
        let fault = match scan.unclosed() {
            Some(row) => Some((Fault::Unclosed, row)),
            None => (row.len() > LONGEST_ROW).then_some((Fault::TooLong, next)),
        };
        log.add(Log {
            lines: scan.lines() - lines(row),
            wrong: std::mem::take(&mut tally.wrong),
            fault: fault.map(|(fault, row)| (fault, tally.lines_before(text, row))),
        });
        if is_end || fault.is_some() || tally.has_too_many {
            return Ok(log);
        }
        kept = next.saturating_sub(1);
        start = next - kept;
    }
}
