//! Puts claims and companies side by side: pure computation on records.

mod choice;
mod conclusions;
mod diagnosticity;
mod disputes;
mod figure;
mod judge;
mod lead;
mod leader;
mod margin;
mod metric;
mod onset;
mod pairs;
mod rank;
mod reason;
mod rules;
mod sample;
mod scale;
mod stated;
mod terms;
#[cfg(test)]
mod tests;
mod verdict;

pub use choice::Side;
pub use conclusions::{Balance, Concluded, Conclusion, Grounds, Part};
pub use diagnosticity::{Diagnosticity, diagnosticity, stances};
pub use disputes::Rival;
pub use figure::{Figure, Figures};
pub use lead::{Entrant, Lead, Outcome, RivalDate, lead};
pub use leader::Leader;
pub use margin::Margin;
pub use metric::{Caution, Comparison, compare};
pub use onset::{Dated, Occurrence, Onset, Topic, TopicKind, occurrences, topics};
pub use rank::{Standing, rank};
pub use reason::Reason;
pub use sample::{Answers, interval};
pub use terms::{MAX_GAP, Terms};
pub use verdict::Verdict;
