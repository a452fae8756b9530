//! Files that are written anew, unless somebody else has changed them since they were read.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::base::Complaint;
use crate::report::Replacement;

use super::{beside, folder_of};

/// A file that is written beside the one that it is to replace.
struct Staged<'a> {
    file: &'a Replacement,
    /// Where the file is in the end, links followed.
    path: PathBuf,
    beside: NamedTempFile,
    /// Keeps other runs of the program waiting.
    _lock: Option<File>,
}

/// Replaces files; `false` where one has changed since it was read, and nothing is done. Whoever reads one meets what it
/// held or what it is to hold, also when this is interrupted.
///
/// # Errors
/// A place that cannot be written to. Nothing is changed then, unless it happens between two files.
pub(super) fn replace(files: &[Replacement]) -> Result<bool, Complaint> {
    let mut staged: Vec<Staged<'_>> = Vec::new();
    for file in files {
        let path = fs::canonicalize(&file.path).map_err(|error| unwritten(&file.path, &error))?;
        // Several names of one file, which would wait for itself.
        if !staged.iter().any(|staged| staged.path == path) {
            let Some(stage) = stage(file, path)? else {
                return Ok(false);
            };
            staged.push(stage);
        }
    }
    for staged in staged {
        let failed = |error: io::Error| unwritten(&staged.file.path, &error);
        staged
            .beside
            .persist(&staged.path)
            .map_err(|error| failed(error.error))?;
    }
    Ok(true)
}

/// Writes the new contents to the disk, with the rights of the old file; `None` where that has changed.
fn stage(file: &Replacement, path: PathBuf) -> Result<Option<Staged<'_>>, Complaint> {
    let failed = |error: io::Error| unwritten(&file.path, &error);
    let lock = lock(&path);
    // Only now: whoever held the lock may have written.
    if fs::read(&path).map_err(failed)? != file.old {
        return Ok(None);
    }
    let old = fs::metadata(&path).map_err(failed)?;
    if old.permissions().readonly() {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    // The message of the error would name the temporary file, which is not the user's.
    let mut beside = beside(folder_of(&path)?).map_err(|error| failed(error.kind().into()))?;
    let out = beside.as_file_mut();
    out.write_all(&file.new).map_err(failed)?;
    out.set_permissions(old.permissions()).map_err(failed)?;
    out.sync_all().map_err(failed)?;
    Ok(Some(Staged {
        file,
        path,
        beside,
        _lock: lock,
    }))
}

/// Waits until no other run of the program is at a file; `None` where files cannot be locked.
fn lock(path: &Path) -> Option<File> {
    // Windows replaces no file that is open.
    let file = File::open(path).ok().filter(|_| cfg!(unix))?;
    file.lock().ok().map(|()| file)
}

fn unwritten(path: &Path, error: &io::Error) -> Complaint {
    Complaint::new(format!("`{}` cannot be written: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_files_are_replaced_or_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let file = |name: &str, old: &str, new: &str| Replacement {
            path: path(name),
            old: old.into(),
            new: new.into(),
        };
        let texts = || ["a", "b"].map(|name| fs::read_to_string(path(name)).unwrap());
        for (name, text) in [("a", "1"), ("b", "2")] {
            fs::write(path(name), text).unwrap();
        }

        let is_done = replace(&[file("a", "1", "3"), file("b", "theirs", "4")]);
        assert_eq!(is_done, Ok(false));
        assert_eq!(texts(), ["1", "2"]);
        let error = replace(&[file("a", "1", "3"), file("c", "", "4")]).unwrap_err();
        assert!(error.message.contains("c` cannot be written"), "{error}");
        assert_eq!(texts(), ["1", "2"]);

        let is_done = replace(&[
            file("a", "1", "3"),
            file("b", "2", "4"),
            file("./a", "1", "3"),
        ]);
        assert_eq!(is_done, Ok(true));
        assert_eq!(texts(), ["3", "4"]);
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            2,
            "and no temporary file"
        );
    }
}
