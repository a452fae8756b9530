//! What processors with AVX-512 do in one step.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "the hot loop: there are 64 places in a block, and room for an end in each"
)]

use fearless_simd::prelude::*;
use fearless_simd::{Avx512, mask8x64, u8x64, u32x16};

use super::structure::BLOCK;

/// The places in a block.
const PLACES: [u8; BLOCK] = {
    let mut places = [0; BLOCK];
    let mut at = 0;
    while at < BLOCK {
        places[at] = at as u8;
        at += 1;
    }
    places
};

/// Where bytes come from to make numbers of 32 bits out of the first sixteen: of each four the first is one of these, the others are
/// the last byte of the block, a zero.
const SPREAD: [u8; BLOCK] = {
    let mut from = [BLOCK as u8 - 1; BLOCK];
    let mut at = 0;
    while at < BLOCK / 4 {
        from[4 * at] = at as u8;
        at += 1;
    }
    from
};

/// Writes the place of each bit, from `base` on: the bytes that bits choose are packed in one step.
#[inline(always)]
pub(super) fn pack(avx512: Avx512, base: u32, mut bits: u64, room: &mut [u32]) {
    let chosen = mask8x64::from_bitmask(avx512, bits);
    let places = u8x64::from_slice(avx512, &PLACES).compress(chosen);
    let spread: u32x16<Avx512> = places
        .swizzle_dyn(u8x64::from_slice(avx512, &SPREAD))
        .bitcast();
    (spread + base).store_slice(&mut room[..SPREAD.len() / 4]);
    let count = bits.count_ones() as usize;
    if count > SPREAD.len() / 4 {
        for place in &mut room[..count] {
            *place = base + bits.trailing_zeros();
            bits &= bits - 1;
        }
    }
}

fearless_simd::kernel!(
    /// Sets every bit that has an odd number of set bits up to it: one product without carries, of which a factor is all ones.
    #[inline(always)]
    pub(super) fn odd_at_once(avx512: Avx512, bits: u64) -> u64 {
        use std::arch::x86_64::{
            _mm_clmulepi64_si128, _mm_cvtsi64_si128, _mm_cvtsi128_si64, _mm_set1_epi8,
        };
        let bits = _mm_cvtsi64_si128(bits.cast_signed());
        _mm_cvtsi128_si64(_mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1))).cast_unsigned()
    }
);
