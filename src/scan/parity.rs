//! Whether as many quotes stand before a byte as close what they open.

#[cfg(target_arch = "x86_64")]
use fearless_simd::Level;
use fearless_simd::prelude::*;

#[cfg(target_arch = "x86_64")]
use super::avx512::odd_at_once;

/// Sets every bit that has an odd number of set bits up to it, itself included.
#[inline(always)]
pub(super) fn odd<S: Simd>(simd: S, mut bits: u64) -> u64 {
    match simd.level() {
        #[cfg(target_arch = "x86_64")]
        Level::Avx512(avx512) => odd_at_once(avx512, bits),
        _ => {
            for shift in [1, 2, 4, 8, 16, 32] {
                bits ^= bits << shift;
            }
            bits
        }
    }
}

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
