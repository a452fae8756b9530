//! Compares companies on cited evidence.
//!
//! One way through: arguments ([`cli`]), [`commands`], [`load`], [`package`], [`model`], [`query`], [`mod@compare`], [`diff`], [`mod@audit`] and [`score`], [`report`],
//! [`render`], bytes. Each module stands on a floor and uses only the floors below it:
//!
//! | floor | modules | may use |
//! |---|---|---|
//! | 4 | [`cli`], and [`output`] for it | all below |
//! | 3 | [`commands`] | all below |
//! | 2 | [`load`], [`mod@check`], [`query`], [`mod@compare`], [`diff`], [`mod@audit`], [`score`], [`survey`], [`render`] | [`base`], and [`package`], [`model`], [`report`] or [`scan`], not each other |
//! | 1 | [`package`], [`model`], [`report`], [`scan`] | [`base`] |
//! | 0 | [`base`] | nothing |
//!
//! `tests/floors.rs` keeps them.

pub mod audit;
pub mod base;
pub mod check;
pub mod cli;
pub mod commands;
pub mod compare;
pub mod diff;
pub mod load;
pub mod model;
pub mod output;
pub mod package;
pub mod query;
pub mod render;
pub mod report;
pub mod scan;
pub mod score;
pub mod survey;
