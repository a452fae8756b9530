//! Counts lines, 64 bytes at a time.

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x64};

use super::structure::BLOCK;

/// Counts the LF in some bytes.
pub(crate) fn lines(bytes: &[u8]) -> usize {
    dispatch!(Level::new(), simd => lines_with(simd, bytes))
}

#[inline(always)]
fn lines_with<S: Simd>(simd: S, bytes: &[u8]) -> usize {
    let feed = u8x64::splat(simd, b'\n');
    let mut blocks = bytes.chunks_exact(BLOCK);
    let mut lines = 0;
    for block in &mut blocks {
        let feeds = u8x64::from_slice(simd, block).simd_eq(feed).to_bitmask();
        lines += feeds.count_ones() as usize;
    }
    let rest = blocks.remainder().iter();
    lines + rest.map(|byte| usize::from(*byte == b'\n')).sum::<usize>()
}

/// Counts the LF between the beginning of a part and places in it, each place behind the one before.
#[derive(Default)]
pub(super) struct Lines {
    place: usize,
    count: usize,
}

impl Lines {
    /// Begins a part of a buffer.
    pub(super) fn begin(&mut self, start: usize) {
        (self.place, self.count) = (start, 0);
    }

    /// Counts the LF before a place.
    pub(super) fn before(&mut self, bytes: &[u8], place: usize) -> usize {
        self.count += lines(bytes.get(self.place..place).unwrap_or_default());
        self.place = place;
        self.count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_counted_in_blocks_and_behind_them() {
        for length in 0..200_usize {
            let text: Vec<u8> = (0..length)
                .map(|place| if place % 3 == 0 { b'\n' } else { b'\r' })
                .collect();
            assert_eq!(lines(&text), length.div_ceil(3), "{length} bytes");
        }
    }

    #[test]
    fn lines_before_places_are_counted_from_the_beginning_of_the_part() {
        let mut lines = Lines::default();
        let text = b"\n\na\nb\n\nc";
        for _ in 0..2 {
            lines.begin(2);
            let before = [2, 4, 4, 7].map(|place| lines.before(text, place));
            assert_eq!(before, [0, 1, 1, 3]);
        }
    }
}
