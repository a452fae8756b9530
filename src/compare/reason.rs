//! Why less may be concluded than the numbers seem to say: stable keys.

use crate::base::code::codes;

codes! {
    /// Why less may be concluded from a comparison than the numbers seem to say, the gravest first.
    Reason {
        /// A company has no value.
        #[default]
        Missing = "missing", "no value";
        /// The values are of different metrics.
        Metric = "metric", "different metrics";
        /// The values are in different units.
        Unit = "unit", "different units";
        /// The values are shares of different wholes.
        Denominator = "denominator", "shares of different wholes";
        /// The values come from different questions, or from different answer scales.
        Instrument = "instrument", "different questions or answer scales";
        /// More is better for one value and worse for the other.
        Polarity = "polarity", "opposite directions";
        /// The values are for different times, for times that are not stated, or for some time within several years.
        Period = "period", "different, unstated or vague period";
        /// The values cover different people or things, or it is not stated whom.
        Population = "population", "different or unstated population";
        /// A value is a bound or an estimate.
        Relation = "relation", "a bound or an estimate instead of a value";
        /// The samples do not tell chance from difference: too few answers, their number or the ends of the scale not stated.
        Sample = "sample", "sample unpublished or not telling";
        /// The values go back to different sources.
        Source = "source", "different sources";
        /// The origin of a value is not stated, or cannot be found.
        Origin = "origin", "unstated or unresolved origin";
        /// Somebody claims another value.
        Disputed = "disputed", "disputed value";
    }
}
