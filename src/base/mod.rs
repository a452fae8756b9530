//! Scalar types and text tools that know nothing of companies: the lowest floor.

pub mod answers;
pub mod arithmetic;
pub mod cite;
pub mod code;
pub mod complaint;
pub mod count;
pub mod date;
pub mod day;
pub mod elapsed;
pub mod fold;
pub mod guard;
pub mod id;
pub mod invalid;
pub mod loc;
pub mod proportion;
pub mod quantity;
pub mod repeated;
pub mod screen;
pub mod sort;
pub mod span;
pub mod suggest;
pub mod value;

pub use answers::{Answers, Weights};
pub use arithmetic::Arithmetic;
pub use cite::{Citation, Citations};
pub use code::{
    ClaimedVerdict, FindingKind, Polarity, Rank, Relation, SourceKind, Stance, SwotKind,
};
pub use complaint::Complaint;
pub use date::Date;
pub use day::Day;
pub use elapsed::Elapsed;
pub use id::Id;
pub use invalid::Invalid;
pub use loc::{Located, Place};
pub use quantity::Quantity;
pub use span::Span;
pub use value::{Scalar, Text, Type, Value};
