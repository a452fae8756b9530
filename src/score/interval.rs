//! What the intervals have in common.

/// Enough halvings for any double between two of the size of 1.
const STEPS: usize = 60;

/// Returns the greatest number from `low` on for which something holds, when it holds up to some number and for none above.
/// `low` is not asked.
pub(super) fn bisect(mut low: f64, mut high: f64, holds: impl Fn(f64) -> bool) -> f64 {
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

/// Returns an interval that ends within the possible values and holds the value, which the adjusted methods may leave out.
pub(super) fn around(value: f64, (low, high): (f64, f64), (least, most): (f64, f64)) -> (f64, f64) {
    (low.min(value).max(least), high.max(value).min(most))
}
