//! p values of many comparisons.

use crate::base::sort::sort_by;

/// Returns p values adjusted for being many, in their order (Holm 1979, Scandinavian Journal of Statistics 6:65): the least times their
/// number, the next times one less, and so on, none less than one before it, 1 at most.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut sorted: Vec<(usize, f64)> = p_values.iter().copied().enumerate().collect();
    sort_by(&mut sorted, |left, right| left.1.total_cmp(&right.1));
    let mut least = 0.0_f64;
    for ((_, p), left) in sorted.iter_mut().zip((1..=p_values.len()).rev()) {
        let left = u32::try_from(left).map_or(f64::INFINITY, f64::from);
        least = least.max(*p * left).min(1.0);
        *p = least;
    }
    sort_by(&mut sorted, |left, right| left.0.cmp(&right.0));
    sorted.into_iter().map(|(_, p)| p).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_close(found: &[f64], expected: &[f64]) -> bool {
        let pairs = found.iter().zip(expected);
        found.len() == expected.len()
            && pairs
                .into_iter()
                .all(|(found, expected)| (found - expected).abs() < 1e-9)
    }

    /// The 15 p values of Benjamini and Hochberg 1995, Journal of the Royal Statistical Society B 57:289, of which Holm's
    /// procedure rejects three at 5 per cent; adjusted by `multipletests(method="holm")` of statsmodels 0.15.
    #[test]
    fn a_published_example_is_adjusted() {
        let p_values = [
            0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
            0.5719, 0.6528, 0.7590, 1.0,
        ];
        let expected = [
            0.0015, 0.0056, 0.0247, 0.114, 0.2211, 0.278, 0.278, 0.278, 0.3213, 1.0, 1.0, 1.0, 1.0,
            1.0, 1.0,
        ];
        assert!(is_close(&holm(&p_values), &expected));
        let (mut p_values, mut expected) = (p_values, expected);
        p_values.reverse();
        expected.reverse();
        assert!(is_close(&holm(&p_values), &expected));
    }

    #[test]
    fn the_order_is_kept_and_none_or_one_is_not_adjusted() {
        let found = holm(&[0.01, 0.04, 0.03, 0.005]);
        assert!(is_close(&found, &[0.03, 0.06, 0.06, 0.02]), "{found:?}");
        assert!(is_close(&holm(&[0.04]), &[0.04]));
        assert!(is_close(&holm(&[0.0, 0.0]), &[0.0, 0.0]));
        assert!(holm(&[]).is_empty());
    }
}
