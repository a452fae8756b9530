//! Quantiles and tails of the normal distribution and of Student's t.

use std::f64::consts::SQRT_2;

use statrs::distribution::{ContinuousCDF, StudentsT};
use statrs::function::erf::{erfc, erfc_inv};

use super::interval::bisect;

/// The degrees of freedom of the normal distribution.
pub(super) const NORMAL: f64 = f64::INFINITY;

/// From so many degrees of freedom on, t is taken as normal: they agree in five digits, and t itself loses digits.
const NEARLY_NORMAL: f64 = 1e6;

/// From so many degrees of freedom on the series for t is exact: to eleven digits at 95 per cent, to nine at 99.9.
const LARGE: f64 = 200.0;

/// Returns the two-sided quantile: what `confidence` (0 to 1) of all values do not exceed in size.
pub(super) fn quantile(confidence: f64, freedom: f64) -> f64 {
    if freedom >= LARGE {
        return expanded(SQRT_2 * erfc_inv(1.0 - confidence), freedom);
    }
    // By bisection of the tail, so that intervals and p values agree.
    let value = |part: f64| part / (1.0 - part);
    let is_within = |part| 2.0 * tail(value(part), freedom) >= 1.0 - confidence;
    value(bisect(0.0, 1.0 - f64::EPSILON, is_within))
}

/// Returns the quantile of t where that of the normal distribution is `z`: a series in powers of `1 / freedom` (Abramowitz and Stegun
/// 1964, Handbook of Mathematical Functions, 26.7.5).
fn expanded(z: f64, freedom: f64) -> f64 {
    let square = z * z;
    let terms = [
        (square + 1.0) / 4.0,
        ((5.0 * square + 16.0) * square + 3.0) / 96.0,
        (((3.0 * square + 19.0) * square + 17.0) * square - 15.0) / 384.0,
        ((((79.0 * square + 776.0) * square + 1482.0) * square - 1920.0) * square - 945.0)
            / 92160.0,
    ];
    let sum = terms
        .iter()
        .rev()
        .fold(0.0, |sum, term| (sum + term) / freedom);
    z * (1.0 + sum)
}

/// Returns the chance of more than `value`.
pub(super) fn tail(value: f64, freedom: f64) -> f64 {
    // The other distribution is made only where it is needed: that takes longer than the normal tail.
    let student = (freedom < NEARLY_NORMAL).then(|| StudentsT::new(0.0, 1.0, freedom));
    match student {
        Some(Ok(student)) => student.sf(value),
        Some(Err(_)) | None => erfc(value / SQRT_2) / 2.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// From `SciPy` 1.17: `t.isf(0.025, freedom)`, `t.sf(2, freedom)`.
    #[test]
    fn student_agrees_with_scipy() {
        for (freedom, expected, chance) in [
            (1.0, 12.706_204_736_174_7, 0.147_583_6),
            (2.0, 4.302_652_729_749_46, 0.091_751_71),
            (9.0, 2.262_157_162_798_21, 0.038_276_41),
            (29.5, 2.043_724_965_772_12, 0.027_390_81),
            (200.0, 1.971_896_223_633_91, 0.023_426_59),
            (1e3, 1.962_339_080_826_41, 0.022_885_17),
            (1e5, 1.959_987_707_534_61, 0.022_751_48),
            (1e6, 1.959_966_356_814_11, 0.022_750_27),
            (NORMAL, 1.959_963_984_540_05, 0.022_750_13),
        ] {
            let found = quantile(0.95, freedom);
            let slack = if freedom < 1e4 { 1e-9 } else { 3e-6 };
            assert!((found - expected).abs() < slack, "{freedom}: {found}");
            assert!((tail(2.0, freedom) - chance).abs() < 3e-7, "{freedom}");
        }
    }

    /// The usual error in tables of margins: 1.645 where 1.960 is meant.
    #[test]
    fn quantiles_are_two_sided() {
        assert!((quantile(0.95, NORMAL) - 1.96).abs() < 1e-4);
        assert!((quantile(0.90, NORMAL) - 1.645).abs() < 2e-4);
    }

    /// Where one way to find a quantile takes over from the other, nobody sees it.
    #[test]
    fn the_series_goes_on_where_the_bisection_ends() {
        for (confidence, slack) in [
            (0.5, 1e-11),
            (0.95, 1e-11),
            (0.999, 1e-9),
            (1.0 - 1e-9, 1e-6),
        ] {
            let [below, above] = [LARGE - 1e-9, LARGE].map(|freedom| quantile(confidence, freedom));
            assert!(
                (below - above).abs() < slack,
                "{confidence}: {below}, {above}"
            );
        }
    }

    #[test]
    fn quantiles_are_numbers_however_sure_one_wants_to_be() {
        for confidence in [1e-15, 0.5, 1.0 - 1e-15] {
            for freedom in [0.999, 1.0, 7.7, 1e5, 1e6, 1e15, NORMAL] {
                let found = quantile(confidence, freedom);
                assert!(found.is_finite() && found >= 0.0, "{freedom}: {found}");
            }
        }
    }
}
