//! Data Packages: where their files are, the descriptor that names their tables, the rows of a table, and what is wrong with them.
//!
//! Of a package only its form matters here: what its tables mean is the business of others.

mod builtin;
mod constraints;
mod decode;
mod description;
mod descriptor;
mod dialect;
mod edit;
mod encoding;
mod file;
mod hash;
mod item;
mod json;
mod kind;
mod origin;
mod problem;
mod reading;
mod rows;
mod schema;
mod stream;
mod tidy;
mod zip;

pub use builtin::{Content, FILES, example};
pub use decode::is_json;
pub use description::descriptions;
pub use descriptor::{DESCRIPTOR, Descriptor, Opened, Resource, reason};
pub use dialect::delimiter_of;
pub use edit::{Edited, with_row};
pub use encoding::Encoding;
pub use file::File;
pub use hash::Hash;
pub use item::{Json, with_item};
pub use json::{Fault, Step, place_in, place_of, places};
pub use origin::{Origin, Overlay};
pub use problem::{LoadError, Problem};
pub use rows::{Row, Rows};
pub use schema::{Field, ForeignKey, Matching, Schema};
pub use stream::{Broken, Piece, each_row};
pub use tidy::{Tidied, tidy};
