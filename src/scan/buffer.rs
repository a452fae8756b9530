//! Memory to read into, used again and again.

use std::io::{self, Read};

use super::source::Source;

/// Bytes of a page of memory.
const PAGE: usize = 4096;

/// Memory to read into.
pub(super) struct Buffer {
    bytes: Vec<u8>,
    start: usize,
    end: usize,
}

impl Buffer {
    /// Makes a buffer for about so many bytes; it grows where it must.
    pub(super) fn new(size: usize) -> Self {
        Self {
            bytes: vec![0; size + 2 * PAGE],
            start: 0,
            end: 0,
        }
    }

    /// Returns what was read and not yet dropped.
    pub(super) fn text(&self) -> &[u8] {
        self.bytes.get(self.start..self.end).unwrap_or_default()
    }

    /// Returns the place, some bytes behind the beginning, where bytes are best put that stand at `offset` in a file: half a page away
    /// from their place in a page of the file. Some processors copy five times slower to a place that is a few bytes behind it.
    fn place(&self, offset: u64, behind: usize) -> usize {
        let in_page = usize::try_from(offset % PAGE as u64).unwrap_or_default();
        let pages = self.bytes.as_ptr().align_offset(PAGE);
        let least = pages + in_page + PAGE / 2;
        least + behind.saturating_sub(least).next_multiple_of(PAGE)
    }

    /// Drops everything, and reads bytes from a place of a file. Returns how many there were.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(super) fn load(
        &mut self,
        source: &dyn Source,
        offset: u64,
        count: usize,
    ) -> io::Result<usize> {
        self.start = self.place(offset, 0);
        self.end = self.start;
        self.load_more(source, offset, count)
    }

    /// Adds bytes from a place of a file. Returns how many there were.
    ///
    /// # Errors
    /// A file that cannot be read.
    pub(super) fn load_more(
        &mut self,
        source: &dyn Source,
        offset: u64,
        count: usize,
    ) -> io::Result<usize> {
        let mut offset = offset;
        self.add(count, |room| {
            let count = source.read_at(room, offset)?;
            offset += count as u64;
            Ok(count)
        })
    }

    /// Keeps what stands behind a place, and adds what comes next. Returns how much there was, less than `count` only where
    /// nothing is left.
    ///
    /// # Errors
    /// What cannot be read.
    pub(super) fn follow(
        &mut self,
        kept: usize,
        from: &mut dyn Read,
        count: usize,
    ) -> io::Result<usize> {
        let kept = self.start + kept..self.end;
        let place = self.place(0, kept.len());
        if self.bytes.len() < place {
            self.bytes.resize(place, 0);
        }
        self.start = place - kept.len();
        self.bytes.copy_within(kept, self.start);
        self.end = place;
        self.add(count, |room| from.read(room))
    }

    /// Adds bytes until there are as many as wanted, or no more.
    fn add(
        &mut self,
        count: usize,
        mut read: impl FnMut(&mut [u8]) -> io::Result<usize>,
    ) -> io::Result<usize> {
        let (first, last) = (self.end, self.end + count);
        if self.bytes.len() < last {
            self.bytes.resize(last, 0);
        }
        while let Some(room) = self
            .bytes
            .get_mut(self.end..last)
            .filter(|room| !room.is_empty())
        {
            match read(room) {
                Ok(0) => break,
                Ok(count) => self.end += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(self.end - first)
    }
}
