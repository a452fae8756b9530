//! Puts claims and companies side by side: pure computation on records.

mod metric;
mod rivals;

pub use metric::{Comparison, Leader, Reason, Side, compare};
pub use rivals::{Subject, subjects};
