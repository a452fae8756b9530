//! Confidence intervals of shares, and what else the answers of surveys have in common.

/// The two-sided normal quantile of 95 per cent confidence.
pub const Z95: f64 = 1.959_964;

/// The fewest answers for which the tests of shares and net scores are meant.
pub const FEWEST: f64 = 10.0;

/// The fewest answers for which the mean of an answer scale is about normal.
pub const FEWEST_OF_MEAN: f64 = 30.0;

/// Returns the least and the greatest variance that one answer on a scale may have when only the mean of whole answers is
/// known.
///
/// They vary least when all lie at the two numbers around the mean, and most when all lie at the ends of the
/// scale (Bhatia and Davis 2000, American Mathematical Monthly 107:353). For a share p both are p (1 - p); for a net score m they are
/// |m| (1 - |m|) and 1 - m^2. The bounds are sharp.
pub fn variance_bounds(mean: f64, (least, most): (f64, f64)) -> (f64, f64) {
    let above = mean - mean.floor();
    (above * (1.0 - above), (most - mean) * (mean - least))
}

/// Returns the least and the greatest share that `p` of `n` answers may stand for (Wilson 1927, Journal of the American
/// Statistical Association 22:209). `p` is 0 to 1, `n` is 1 or more, `z` the normal quantile.
pub fn wilson(p: f64, n: f64, z: f64) -> (f64, f64) {
    let square = z * z / n;
    let centre = p + square / 2.0;
    let width = z * (p * (1.0 - p) / n + square / (4.0 * n)).sqrt();
    let end = |sum: f64| (sum / (1.0 + square)).clamp(0.0, 1.0);
    (end(centre - width), end(centre + width))
}

/// Returns the least and the greatest difference `p1 - p2` of two independent shares (Newcombe 1998, Statistics in
/// Medicine 17:873, method 10: square and add). Each share comes with its number of answers.
pub fn newcombe((p1, n1): (f64, f64), (p2, n2): (f64, f64), z: f64) -> (f64, f64) {
    square_and_add((p1, wilson(p1, n1, z)), (p2, wilson(p2, n2, z)))
}

/// Returns the interval of the difference of two independent values by their own intervals, whatever these are of
/// (Zou and Donner 2008, Statistics in Medicine 27:1693: the method of variance estimates recovery).
pub fn square_and_add(
    (value1, (low1, high1)): (f64, (f64, f64)),
    (value2, (low2, high2)): (f64, (f64, f64)),
) -> (f64, f64) {
    let difference = value1 - value2;
    (
        difference - (value1 - low1).hypot(high2 - value2),
        difference + (high1 - value1).hypot(value2 - low2),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_close((low, high): (f64, f64), expected: (f64, f64)) -> bool {
        (low - expected.0).abs() < 5e-5 && (high - expected.1).abs() < 5e-5
    }

    /// Newcombe 1998, Statistics in Medicine 17:857, table I.
    #[test]
    fn wilson_gives_the_published_intervals() {
        assert!(is_close(wilson(81.0 / 263.0, 263.0, Z95), (0.2553, 0.3662)));
        assert!(is_close(wilson(0.0, 20.0, Z95), (0.0, 0.1611)));
    }

    /// Newcombe 1998, Statistics in Medicine 17:873, table II.
    #[test]
    fn newcombe_gives_the_published_intervals() {
        let of = |a: f64, m: f64, b: f64, n: f64| newcombe((a / m, m), (b / n, n), Z95);
        assert!(is_close(of(56.0, 70.0, 48.0, 80.0), (0.0524, 0.3339)));
        assert!(is_close(of(10.0, 10.0, 0.0, 10.0), (0.6075, 1.0)));
    }

    /// As above, for the intervals of Wilson: 0.6918 to 0.8770 and 0.4905 to 0.7004.
    #[test]
    fn two_intervals_give_that_of_the_difference() {
        let (left, right) = ((0.8, wilson(0.8, 70.0, Z95)), (0.6, wilson(0.6, 80.0, Z95)));
        assert!(is_close(square_and_add(left, right), (0.0524, 0.3339)));
        let (low, high) = square_and_add(right, left);
        assert!(is_close((-high, -low), (0.0524, 0.3339)));
        // Of means with as much on both sides it is the interval by the normal approximation.
        let means = square_and_add((5.0, (4.7, 5.3)), (4.0, (3.6, 4.4)));
        assert!(is_close(means, (0.5, 1.5)));
    }
}
