//! Folders that are made: written whole elsewhere and put in place, so that nobody ever meets half of one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::base::Complaint;
use crate::report::Folder;

use super::folder_of;

/// Makes a folder with its files.
///
/// # Errors
/// A file in its place, or a folder that holds something; a place that cannot be written to. Nothing is left behind then.
pub(super) fn make(folder: &Folder) -> Result<(), Complaint> {
    let path = &folder.path;
    // The message of an error would name the temporary folder, which is not the user's.
    let failed = |error: io::Error| {
        let reason = io::Error::from(error.kind());
        Complaint::new(format!("`{}` cannot be made: {reason}", path.display()))
    };
    let is_there = is_there(path)?;
    let beside = if is_there { path } else { folder_of(path)? };
    let stage = stage(beside).map_err(failed)?;
    for (name, text) in &folder.files {
        write(&stage.path().join(name), text).map_err(failed)?;
    }
    if is_there {
        // A folder that somebody may work in stays the same one.
        return fill(path, &stage, folder).map_err(failed);
    }
    // A file or a full folder that appeared in the meantime makes it fail; of `cases/.` the name is `cases`.
    let place = beside.join(path.file_name().unwrap_or_default());
    fs::rename(stage.path(), place).map_err(failed)
}

/// Says whether a folder that may be filled is there; otherwise nothing is.
fn is_there(path: &Path) -> Result<bool, Complaint> {
    let hint = "name a folder that does not exist, or an empty one: nothing is overwritten";
    let taken = |what: &str| Complaint::new(format!("`{}` {what}", path.display())).hint(hint);
    if fs::symlink_metadata(path).is_err() {
        return Ok(false);
    }
    if !path.is_dir() {
        return Err(taken("exists and is no folder"));
    }
    let mut entries =
        fs::read_dir(path).map_err(|error| taken(&format!("cannot be read: {error}")))?;
    if entries.next().is_some() {
        return Err(taken("is not empty"));
    }
    Ok(true)
}

/// Makes a temporary folder in another, with the rights that any new folder has there. It is removed when dropped.
fn stage(place: &Path) -> io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".casecmp-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o777));
    }
    builder.tempdir_in(place)
}

/// Writes a file and makes the folders that it is in.
fn write(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, text)
}

/// Moves what was made into an empty folder, or nothing of it.
fn fill(path: &Path, stage: &TempDir, folder: &Folder) -> io::Result<()> {
    let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
    for name in tops(folder) {
        let (from, to) = (stage.path().join(name), path.join(name));
        let done = match fs::symlink_metadata(&to) {
            Ok(_) => Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&from, &to),
        };
        if let Err(error) = done {
            for (from, to) in moved {
                fs::rename(to, from)?;
            }
            return Err(error);
        }
        moved.push((from, to));
    }
    Ok(())
}

/// Returns the names of what stands in the folder itself, each once, in order.
fn tops(folder: &Folder) -> Vec<&str> {
    let mut tops = Vec::new();
    for (name, _) in &folder.files {
        let top = name.split('/').next().unwrap_or(name);
        if !tops.contains(&top) {
            tops.push(top);
        }
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(path: &Path) -> Folder {
        Folder {
            path: path.into(),
            files: vec![("a", "1".into()), ("b/c", "2".into()), ("d", "3".into())],
        }
    }

    fn names(path: &Path) -> Vec<String> {
        let entries = fs::read_dir(path).unwrap();
        let names = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    #[test]
    fn a_folder_is_filled_or_stays_as_it_is() {
        let (place, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let folder = folder(place.path());
        make(&folder).unwrap();
        assert_eq!(
            names(place.path()),
            ["a", "b", "d"],
            "and no temporary folder"
        );

        // A file appears between the look and the move.
        let stage = stage(other.path()).unwrap();
        for (name, text) in &folder.files {
            write(&stage.path().join(name), text).unwrap();
        }
        fs::write(other.path().join("d"), "theirs").unwrap();
        let error = fill(other.path(), &stage, &folder).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::AlreadyExists);
        drop(stage);
        assert_eq!(names(other.path()), ["d"]);
        assert_eq!(fs::read(other.path().join("d")).unwrap(), b"theirs");
    }
}
