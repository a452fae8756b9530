//! What the confidence intervals that two surveys state can tell.

use crate::base::Quantity;
use crate::base::proportion::square_and_add;

use super::figure::Figure;

/// A value with the interval stated for it, each number as far as its rounding leaves it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stated {
    value: (f64, f64),
    low: (f64, f64),
    high: (f64, f64),
}

impl Stated {
    /// Reads it from a value; `None` when no interval is stated or it has no width, or the value is not on its scale, a bound, an
    /// estimate, or in a unit of its own.
    pub(super) fn of(figure: &Figure<'_>) -> Option<Self> {
        let (kpi, metric) = (figure.kpi, figure.metric);
        let (low, high) = kpi.interval()?;
        let value = kpi.value.value();
        let is_on_scale = metric.scale_min.is_none_or(|least| least.value() <= value)
            && metric.scale_max.is_none_or(|most| most.value() >= value);
        // Answers that are all alike leave none of the usual intervals a width, which says nothing of those who were not asked.
        let is_wide = low.value() < high.value();
        (figure.is_plain() && kpi.unit.is_none() && is_on_scale && is_wide)
            .then(|| Self::new(kpi.value, low, high))
    }

    fn new(value: Quantity, low: Quantity, high: Quantity) -> Self {
        let unrounded = |number: Quantity| {
            let (number, rounding) = (number.value(), number.rounding());
            (number - rounding, number + rounding)
        };
        let (low, high) = (unrounded(low), unrounded(high));
        let (least, most) = unrounded(value);
        Self {
            // Before rounding it lay between the ends.
            value: (least.max(low.0), most.min(high.1)),
            low,
            high,
        }
    }

    /// Returns the lower end of the interval of `self - other`: the least and the greatest that rounding leaves. It grows with
    /// the value and the lower end of the first, and falls with the value and the upper end of the second.
    pub(super) fn lower_end(self, other: Self) -> (f64, f64) {
        let end = |value: f64, low: f64, less: f64, high: f64| {
            let ends = (
                (value, (low.min(value), value)),
                (less, (less, high.max(less))),
            );
            square_and_add(ends.0, ends.1).0
        };
        (
            end(self.value.0, self.low.0, other.value.1, other.high.1),
            end(self.value.1, self.low.1, other.value.0, other.high.0),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(value: &str, low: &str, high: &str) -> Stated {
        let [value, low, high] = [value, low, high].map(|text| text.parse().unwrap());
        Stated::new(value, low, high)
    }

    /// Newcombe 1998, Statistics in Medicine 17:873, table II: 56 of 70 against 48 of 80, from the two intervals of Wilson.
    #[test]
    fn printed_intervals_give_the_published_one() {
        let left = stated("0.800000", "0.691834", "0.876953");
        let right = stated("0.600000", "0.490455", "0.700382");
        let is_close = |(least, most): (f64, f64), expected: f64| {
            least < most && most - least < 1e-5 && (least - expected).abs() < 5e-5
        };
        assert!(is_close(left.lower_end(right), 0.0524));
        assert!(is_close(right.lower_end(left), -0.3339));
    }

    /// Every number that the printed ones may have been is tried, at the borders of rounding and between.
    #[test]
    fn the_ends_hold_however_the_numbers_were_rounded() {
        let steps = |(least, most): (f64, f64)| {
            [0.0, 0.25, 0.5, 0.75, 1.0].map(|part| least + part * (most - least))
        };
        for (left, right) in [
            (stated("64", "63", "65"), stated("62", "61", "63")),
            (stated("64", "63.7", "64.2"), stated("62", "61.6", "62.3")),
            (stated("5", "4.9", "8"), stated("5.0", "4", "5.0")),
        ] {
            let (least, most) = left.lower_end(right);
            for value in steps(left.value) {
                for low in steps(left.low).into_iter().filter(|low| *low <= value) {
                    for less in steps(right.value) {
                        for high in steps(right.high).into_iter().filter(|high| *high >= less) {
                            let ends = ((value, (low, value)), (less, (less, high)));
                            let end = square_and_add(ends.0, ends.1).0;
                            assert!((least - 1e-9..=most + 1e-9).contains(&end));
                        }
                    }
                }
            }
        }
    }
}
