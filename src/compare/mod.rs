//! Puts claims and companies side by side: pure computation on records.

mod caution;
mod lead;
mod metric;
mod onset;
mod sample;
mod verdict;

pub use caution::Reason;
pub use lead::{Entrant, Lead, Outcome, Rival, lead};
pub use metric::{Comparison, Leader, Side, compare};
pub use onset::{Dated, Occurrence, Onset, Topic, TopicKind, occurrences, topics};
pub use verdict::Verdict;
