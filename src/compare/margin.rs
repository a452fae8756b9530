//! Differences and ratios of printed numbers, with the rounding of both carried through.

use crate::base::Quantity;

use super::figure::Figure;

/// A number computed from two printed ones, and between what it lies however these were rounded and hedged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Margin {
    /// As the printed numbers give it, with as many digits as they warrant.
    pub value: Quantity,
    /// The least that it may be.
    pub low: Quantity,
    /// The most that it may be.
    pub high: Quantity,
}

impl Margin {
    /// Returns the first minus the second.
    pub(super) fn difference(left: &Figure<'_>, right: &Figure<'_>) -> Self {
        let ((low, high), (least, most)) = (left.range(), right.range());
        let (first, second) = (left.kpi.value, right.kpi.value);
        let place = first.place().min(second.place()) - 1;
        let coarse = first.minus(second);
        // At the end of a scale the coarser number may round to what cannot be.
        let is_possible = (low - most..=high - least).contains(&coarse.value());
        let exact = first.value() - second.value();
        Self {
            value: if is_possible {
                coarse
            } else {
                Quantity::to_place(exact, place).trimmed()
            },
            low: Quantity::outwards(low - most, place, false).trimmed(),
            high: Quantity::outwards(high - least, place, true).trimmed(),
        }
    }

    /// Returns the first divided by the second; `None` unless both are surely above zero.
    pub(super) fn ratio(left: &Figure<'_>, right: &Figure<'_>) -> Option<Self> {
        let ((low, high), (least, most)) = (left.range(), right.range());
        if low <= 0.0 || least <= 0.0 {
            return None;
        }
        let value = left.kpi.value.over(right.kpi.value)?;
        let place = value.place();
        Some(Self {
            value,
            low: Quantity::outwards(low / most, place, false).trimmed(),
            high: Quantity::outwards(high / least, place, true).trimmed(),
        })
    }
}
