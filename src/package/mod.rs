//! Data Packages: where their files are, the descriptor that names their tables, the rows of a table, and what is wrong with them.
//!
//! Of a package only its form matters here: what its tables mean is the business of others.

mod builtin;
pub mod cell;
mod decode;
mod descriptor;
mod dialect;
mod file;
mod hash;
mod json;
mod origin;
mod problem;
mod rows;
mod schema;
mod stream;
mod zip;

pub use builtin::{Content, FILES, example};
pub use descriptor::{DESCRIPTOR, Descriptor, Resource, reason};
pub use dialect::delimiter_of;
pub use file::File;
pub use hash::Hash;
pub use json::place_in;
pub use origin::Origin;
pub use problem::{LoadError, Problem};
pub use rows::{Row, Rows};
pub use schema::{Fault, Field, ForeignKey, Matching, Schema, Step};
pub use stream::{Broken, Piece, each_row};
