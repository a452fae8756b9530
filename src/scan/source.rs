//! What can be read at any place, by several threads at once.

use std::fs;
use std::io;

/// What can be read at any place.
pub trait Source: Send + Sync {
    /// Reads bytes from a place on, and returns how many there were: fewer than there is room, 0 only at the end.
    ///
    /// # Errors
    /// What cannot be read.
    fn read_at(&self, room: &mut [u8], offset: u64) -> io::Result<usize>;
}

impl Source for fs::File {
    #[cfg(unix)]
    fn read_at(&self, room: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::unix::fs::FileExt::read_at(self, room, offset)
    }

    #[cfg(windows)]
    fn read_at(&self, room: &mut [u8], offset: u64) -> io::Result<usize> {
        std::os::windows::fs::FileExt::seek_read(self, room, offset)
    }
}

/// A text in memory.
impl Source for Vec<u8> {
    fn read_at(&self, room: &mut [u8], offset: u64) -> io::Result<usize> {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let rest = self.get(offset..).unwrap_or_default();
        let count = rest.len().min(room.len());
        for (byte, read) in room.iter_mut().zip(rest) {
            *byte = *read;
        }
        Ok(count)
    }
}

/// What is read from a source, from a place on.
pub(crate) struct Reader<S> {
    pub source: S,
    pub offset: u64,
}

impl<S: AsRef<dyn Source>> io::Read for Reader<S> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let count = self.source.as_ref().read_at(room, self.offset)?;
        self.offset += count as u64;
        Ok(count)
    }
}
