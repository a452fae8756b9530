//! Whether as many quotes stand before a byte as close what they open.

#[cfg(target_arch = "x86_64")]
use fearless_simd::Level;
use fearless_simd::prelude::*;

/// Sets every bit that has an odd number of set bits up to it, itself included.
#[inline(always)]
pub(super) fn odd<S: Simd>(simd: S, mut bits: u64) -> u64 {
    #[cfg(target_arch = "x86_64")]
    if let Level::Avx512(avx512) = simd.level() {
        return product(avx512, bits);
    }
    for shift in [1, 2, 4, 8, 16, 32] {
        bits ^= bits << shift;
    }
    bits
}

#[cfg(target_arch = "x86_64")]
fearless_simd::kernel!(
    /// Does the same with one product without carries, of which the factor is all ones.
    #[inline(always)]
    fn product(avx512: Avx512, bits: u64) -> u64 {
        use std::arch::x86_64::{
            _mm_clmulepi64_si128, _mm_cvtsi64_si128, _mm_cvtsi128_si64, _mm_set1_epi8,
        };
        let bits = _mm_cvtsi64_si128(bits.cast_signed());
        _mm_cvtsi128_si64(_mm_clmulepi64_si128::<0>(bits, _mm_set1_epi8(-1))).cast_unsigned()
    }
);

#[cfg(test)]
mod tests {
    use super::*;
    use fearless_simd::{Level, dispatch};

    #[test]
    fn every_way_finds_what_counting_finds() {
        for seed in 0..1000_u64 {
            let bits = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15)
                & seed.rotate_right(7).wrapping_mul(0xD1B5_4A32_D192_ED03);
            let up_to = |place: u32| bits << (u64::BITS - 1 - place);
            let counted = (0..u64::BITS).fold(0, |odd, place| {
                odd | u64::from(up_to(place).count_ones() % 2) << place
            });
            for level in [Level::new(), Level::baseline()] {
                let found = dispatch!(level, simd => odd(simd, bits));
                assert_eq!(found, counted, "{bits:b}");
            }
        }
    }
}
