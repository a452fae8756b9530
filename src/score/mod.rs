//! Scores of surveys: net scores, shares and means of answers, what they leave open, and whether two of them differ.
//!
//! [`Answers`](crate::base::Answers) and a [`Question`] make a [`Score`]; two make a [`Difference`]. All scores are on the unit scale
//! (a net score of +62 is 0.62) and means on the scale of the answers. A score is always that of the answers as they are; only its
//! interval is adjusted.

mod difference;
mod distribution;
mod estimate;
mod holm;
mod interval;
mod mean;
mod measure;
mod net;
mod plan;
#[cfg(test)]
mod properties;
mod share;
mod terms;

pub use difference::Difference;
pub use estimate::{Estimate, Score, compare, compare_nets};
pub use holm::holm;
pub use mean::Mean;
pub use measure::{Instrument, Measure, Question};
pub use net::Split;
pub use plan::{needed_for_difference, needed_for_margin, needed_for_scores};
pub use share::Share;
pub use terms::{Method, Terms};
