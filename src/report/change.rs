//! What a command wants changed on disk: said here, done by whoever writes the answer.

use std::borrow::Cow;
use std::path::PathBuf;

/// A change of files: all of it is made, or nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Make a folder. It must not exist, or be empty.
    Make(Folder),
}

/// A folder and the files to be in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where it is to be.
    pub path: PathBuf,
    /// Its files: path below the folder, with `/` between folders, and contents. The last is put in place last.
    pub files: Vec<(&'static str, Cow<'static, str>)>,
}
