//! Unpacks what is compressed: gzip and Zstandard, told by the first bytes.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// Bytes that it takes to know a compression.
pub(super) const MAGIC: usize = 4;

/// Says whether a file that begins so is compressed.
pub(super) fn is_packed(start: &[u8]) -> bool {
    is_gzip(start) || is_zstandard(start)
}

/// RFC 1952, 2.3.1.
fn is_gzip(start: &[u8]) -> bool {
    start.starts_with(&[0x1f, 0x8b])
}

/// RFC 8878, 3.1.1; a file may also begin with a frame to be skipped.
fn is_zstandard(start: &[u8]) -> bool {
    start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd])
        || matches!(start, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// Returns what reads the text of a file that begins with `start`, the rest being read from `packed`.
pub(super) fn unpacked(start: &[u8], packed: Box<dyn Read + Send>) -> Box<dyn Read + Send> {
    if is_gzip(start) {
        Box::new(MultiGzDecoder::new(BufReader::new(packed)))
    } else if is_zstandard(start) {
        Box::new(Frames {
            packed: BufReader::new(packed),
            decoder: FrameDecoder::new(),
            is_open: false,
        })
    } else {
        packed
    }
}

/// A reader of all the frames of a Zstandard file.
struct Frames<R> {
    packed: BufReader<R>,
    decoder: FrameDecoder,
    /// Whether a frame is begun.
    is_open: bool,
}

impl<R: Read> Frames<R> {
    /// Begins the next frame; says whether there is one.
    fn open(&mut self) -> io::Result<bool> {
        while !self.packed.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.packed) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    length,
                    ..
                })) => {
                    let mut skipped = self.packed.by_ref().take(length.into());
                    io::copy(&mut skipped, &mut io::sink())?;
                }
                Err(error) => return Err(io::Error::other(error)),
            }
        }
        Ok(false)
    }
}

impl<R: Read> Read for Frames<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            if self.is_open {
                while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                    let block = BlockDecodingStrategy::UptoBlocks(1);
                    let decoded = self.decoder.decode_blocks(&mut self.packed, block);
                    decoded.map_err(io::Error::other)?;
                }
                let count = self.decoder.read(room)?;
                if count > 0 || room.is_empty() {
                    return Ok(count);
                }
            }
            self.is_open = self.open()?;
            if !self.is_open {
                return Ok(0);
            }
        }
    }
}
