//! `casecmp add` and `casecmp fmt`: what they write is read back, and nothing else of a file changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod files;
mod fmt;
mod numbers;
mod own;
#[path = "../program/mod.rs"]
mod program;
mod rows;
mod sources;
mod told;
