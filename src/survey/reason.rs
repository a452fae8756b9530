//! Why a row is no answer that counts.

use crate::base::code::codes;

codes! {
    /// Why a row is no answer that counts.
    Reason {
        /// Nothing was answered.
        #[default]
        Blank = "blank", "blank";
        /// It is said that there is no answer.
        NotAvailable = "not-available", "NA and the like";
        /// The answer is not on the scale.
        OutOfRange = "out-of-range", "not on the scale";
        /// The answer is between two answers of the scale.
        NotWhole = "not-whole", "not a whole number";
        /// The answer is no number.
        NotANumber = "not-a-number", "not a number";
        /// The weight is no number, 0 or more.
        Weight = "weight", "no weight of 0 or more";
        /// The count is no whole number, 0 or more.
        Count = "count", "no whole count of 0 or more";
        /// The row has more or fewer fields than the header.
        Ragged = "ragged", "more or fewer fields than the header";
    }
}

impl Reason {
    /// Says whether the row is wrong, and not only without an answer.
    pub fn is_wrong(self) -> bool {
        match self {
            Self::Blank | Self::NotAvailable => false,
            Self::OutOfRange
            | Self::NotWhole
            | Self::NotANumber
            | Self::Weight
            | Self::Count
            | Self::Ragged => true,
        }
    }

    /// Returns its place among all reasons.
    pub(super) fn place(self) -> usize {
        self as usize
    }
}
