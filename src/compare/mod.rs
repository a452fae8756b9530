//! Puts claims and companies side by side: pure computation on records.

mod caution;
mod metric;
mod rivals;

pub use caution::Reason;
pub use metric::{Comparison, Leader, Side, compare};
pub use rivals::{Subject, subjects};
