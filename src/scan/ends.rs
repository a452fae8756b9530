//! Where fields and rows end.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "the hot loop: positions lie within a buffer of far less than 4 GiB, and slices are as long as they are made here"
)]

#[cfg(target_arch = "x86_64")]
use fearless_simd::Level;
use fearless_simd::prelude::*;

#[cfg(target_arch = "x86_64")]
use super::avx512::pack;
use super::structure::BLOCK;

/// The ends in a block: a bit for each byte that ends a field, and for each that ends a row.
#[derive(Clone, Copy)]
pub(super) struct Found {
    pub fields: u64,
    pub rows: u64,
}

/// Where fields and rows end, in order, of the rows not yet taken.
#[derive(Default)]
pub(super) struct Ends {
    /// The end of the row before, then the ends of fields; what lies behind `length` is spare room.
    fields: Vec<u32>,
    length: usize,
    /// Places in `fields` of the ends of rows; what lies behind `count` is spare room.
    rows: Vec<u32>,
    count: usize,
}

impl Ends {
    /// Makes the ends of a text whose first row follows the byte before `start`.
    pub(super) fn new(start: usize) -> Self {
        let mut ends = Self {
            fields: vec![0; BLOCK],
            length: 0,
            rows: Vec::new(),
            count: 0,
        };
        ends.restart(start);
        ends
    }

    /// Forgets everything; the next row follows the byte before `start`.
    pub(super) fn restart(&mut self, start: usize) {
        self.fields[0] = (start as u32).wrapping_sub(1);
        self.length = 1;
        self.count = 0;
    }

    /// Returns, for each whole row, the end of the row before it and the ends of its fields.
    #[inline(always)]
    pub(super) fn rows(&self) -> impl Iterator<Item = &[u32]> {
        let mut first = 0;
        self.rows[..self.count].iter().map(move |last| {
            let last = *last as usize;
            let ends = &self.fields[first..=last];
            first = last;
            ends
        })
    }

    /// Drops the whole rows, and keeps the ends of what follows them.
    #[inline(always)]
    pub(super) fn drop_rows(&mut self) {
        let Some(last) = self.count.checked_sub(1) else {
            return;
        };
        let last = self.rows[last] as usize;
        self.fields.copy_within(last..self.length, 0);
        self.length -= last;
        self.count = 0;
    }

    /// Returns where the row begins that follows the whole ones.
    pub(super) fn next_start(&self) -> usize {
        let last = self.count.checked_sub(1).map_or(0, |last| self.rows[last]);
        self.fields[last as usize].wrapping_add(1) as usize
    }

    /// Ends the last row where the text ends.
    pub(super) fn finish(&mut self, at: usize) {
        self.make_room(1);
        self.fields[self.length] = at as u32;
        self.rows[self.count] = self.length as u32;
        self.length += 1;
        self.count += 1;
    }

    /// Makes room for the ends in so many bytes, and in a block more.
    pub(super) fn make_room(&mut self, bytes: usize) {
        let fields = self.length + bytes + BLOCK;
        if self.fields.len() < fields {
            self.fields.resize(fields, 0);
        }
        let rows = self.count + bytes + BLOCK;
        if self.rows.len() < rows {
            self.rows.resize(rows, 0);
        }
    }

    /// Adds the ends in a block at `base`.
    #[inline(always)]
    pub(super) fn add<S: Simd>(&mut self, simd: S, base: usize, found: Found) {
        let Found { fields, mut rows } = found;
        let length = self.length as u32;
        // Most blocks end one row or none: written without a branch, the second and later ones in a loop.
        let below = |rows: u64| (fields & rows.wrapping_sub(1) & !rows).count_ones();
        self.rows[self.count] = length + below(rows);
        self.count += usize::from(rows != 0);
        rows &= rows.wrapping_sub(1);
        while rows != 0 {
            self.rows[self.count] = length + below(rows);
            self.count += 1;
            rows &= rows - 1;
        }
        let room = &mut self.fields[self.length..self.length + BLOCK];
        match simd.level() {
            #[cfg(target_arch = "x86_64")]
            Level::Avx512(avx512) => pack(avx512, base as u32, fields, room),
            _ => write(base as u32, fields, room),
        }
        self.length += fields.count_ones() as usize;
    }
}

/// Writes the place of each bit, from `base` on.
#[inline(always)]
fn write(base: u32, mut bits: u64, room: &mut [u32]) {
    let count = bits.count_ones() as usize;
    let mut next = || {
        let place = base + bits.trailing_zeros();
        bits &= bits.wrapping_sub(1);
        place
    };
    let (few, many) = room.split_at_mut(8);
    // Written out, for the compiler leaves a loop a loop where it saves room.
    if let Some(few) = few.first_chunk_mut::<8>() {
        *few = [
            next(),
            next(),
            next(),
            next(),
            next(),
            next(),
            next(),
            next(),
        ];
    }
    for place in many.iter_mut().take(count.saturating_sub(8)) {
        *place = next();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    /// Returns the ends of the fields of each row in blocks of ends that are found alike in all processors.
    fn rows_of(level: Level, blocks: &[Found]) -> Vec<Vec<u32>> {
        let mut ends = Ends::new(0);
        ends.make_room(blocks.len() * BLOCK);
        for (number, found) in blocks.iter().enumerate() {
            dispatch!(level, simd => ends.add(simd, number * BLOCK, *found));
        }
        ends.rows().map(<[u32]>::to_vec).collect()
    }

    #[test]
    fn packing_writes_what_one_by_one_is_written() {
        let mut bits = 1_u64;
        let mut random = || {
            bits = bits.wrapping_mul(0x5851_F42D_4C95_7F2D).wrapping_add(1);
            bits.rotate_left(32)
        };
        // Blocks with many ends, with few, with none.
        let found = (0..4000).map(|number| {
            let fields = (0..number % 7).fold(u64::MAX, |fields, _| fields & random());
            let rows = fields & random();
            Found { fields, rows }
        });
        let found: Vec<Found> = found.collect();
        let rows = rows_of(Level::new(), &found);
        assert_eq!(rows, rows_of(Level::baseline(), &found));
        let ends = |bits: u64, number: u32| {
            (0..64)
                .filter(move |at| bits >> at & 1 == 1)
                .map(move |at| number * 64 + at)
        };
        let all = (0..)
            .zip(&found)
            .flat_map(|(number, found)| ends(found.fields, number));
        let (length, all): (usize, Vec<u32>) =
            (rows.iter().map(|row| row.len() - 1).sum(), all.collect());
        let written: Vec<u32> = rows
            .iter()
            .flat_map(|row| row.iter().skip(1))
            .copied()
            .collect();
        assert_eq!(written, all[..length]);
        let last = (0..)
            .zip(&found)
            .flat_map(|(number, found)| ends(found.rows, number));
        assert!(last.eq(rows.iter().filter_map(|row| row.last().copied())));
    }
}
