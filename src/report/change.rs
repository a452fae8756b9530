//! What a command wants changed on disk: said here, done by whoever writes the answer.

use std::borrow::Cow;
use std::path::PathBuf;

/// A change of files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Make a folder, or nothing of it. It must not exist, or be empty.
    Make(Folder),
    /// Write files anew, each wholly or not at all. What they hold must still be what was read, or none is written.
    Replace(Vec<Replacement>),
}

/// A folder and the files to be in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Folder {
    /// Where it is to be.
    pub path: PathBuf,
    /// Its files: path below the folder, with `/` between folders, and contents. The last is put in place last.
    pub files: Vec<(&'static str, Cow<'static, str>)>,
}

/// A file that exists, and what it is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replacement {
    /// Where it is.
    pub path: PathBuf,
    /// What was read of it.
    pub old: Vec<u8>,
    /// What it is to hold.
    pub new: Vec<u8>,
}
