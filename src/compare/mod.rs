//! Puts claims and companies side by side: pure computation on records.

mod caution;
mod metric;
mod sample;

pub use caution::Reason;
pub use metric::{Comparison, Leader, Side, compare};
