//! What may be concluded from a comparison.

use crate::base::code::codes;

codes! {
    /// What may be concluded, from the strongest conclusion to the weakest.
    Verdict {
        /// The values differ.
        Differs = "differs", "differs";
        /// The samples are known, and chance alone may have made the difference.
        NoEvidence = "no-evidence", "no evidence of a difference";
        /// The printed numbers may be one number before rounding.
        SameWithinRounding = "same-within-rounding", "same within rounding";
        /// What is published does not tell.
        CannotTell = "cannot-tell", "cannot tell";
        /// Only one company has a value.
        OneSided = "one-sided", "one-sided";
        /// The values are not of the same thing.
        NotComparable = "not-comparable", "not comparable";
        /// No company has a value.
        #[default]
        NoData = "no-data", "no data";
    }
}
