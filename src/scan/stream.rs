//! Reads what can only be read from its beginning to its end: a pipe, a compressed file. Also small files.

use std::io::{self, Read};

use super::buffer::Buffer;
use super::collector::Collector;
use super::lines::lines;
use super::log::{Fault, LONGEST_ROW, Log};
use super::walk::Scan;

/// Reads the rows of a text into a collector, `part` bytes at a time.
///
/// # Errors
/// What cannot be read.
pub(crate) fn read<C: Collector>(
    text: &mut dyn Read,
    delimiter: u8,
    part: usize,
    collector: &mut C,
    progress: &(dyn Fn(usize) + Sync),
) -> io::Result<Log<C::Told>> {
    let mut log = Log::default();
    let mut scan = Scan::new(delimiter);
    let mut buffer = Buffer::new(part);
    // The byte before the first row that is not yet taken stays in the buffer.
    let (mut kept, mut start) = (0, 0);
    loop {
        let count = buffer.follow(kept, text, part)?;
        progress(count);
        let is_end = count < part;
        let text = buffer.text();
        scan.begin(start..usize::MAX, None);
        collector.begin(start);
        scan.walk(text, is_end, collector);
        let next = scan.next_start().min(text.len());
        let row = text.get(next..).unwrap_or_default();
        let fault = match scan.unclosed() {
            Some(row) => Some((Fault::Unclosed, row)),
            None => (row.len() > LONGEST_ROW).then_some((Fault::TooLong, next)),
        };
        log.add(Log {
            lines: scan.lines() - lines(row),
            told: collector.end(),
            fault: fault
                .map(|(fault, row)| (fault, lines(text.get(start..row).unwrap_or_default()))),
        });
        if is_end || fault.is_some() || collector.is_full() {
            return Ok(log);
        }
        kept = next.saturating_sub(1);
        start = next - kept;
    }
}
