//! Puts claims and companies side by side: pure computation on records.

mod caution;
mod metric;
mod sample;
mod verdict;

pub use caution::Reason;
pub use metric::{Comparison, Leader, Side, compare};
pub use verdict::Verdict;
