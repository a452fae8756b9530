//! The casebook of the user: the one folder that commands may change.

use std::path::Path;

use crate::base::Complaint;
use crate::package::{Origin, Overlay};

/// Returns the folder among the places of a casebook.
///
/// # Errors
/// None among them, or several.
pub(super) fn folder<'a>(
    origins: impl IntoIterator<Item = &'a Origin>,
) -> Result<&'a Path, Complaint> {
    let (mut folders, mut others) = (Vec::new(), Vec::new());
    for origin in origins {
        match origin {
            Origin::Folder(folder) | Origin::Overlay(Overlay { folder, .. }) => {
                folders.push(folder.as_path());
            }
            Origin::Builtin | Origin::Zip(_) => others.push(origin),
        }
    }
    match (folders.as_slice(), others.first()) {
        ([folder], _) => Ok(folder),
        ([], Some(Origin::Zip(zip))) => {
            let message = format!("`{}` is a ZIP file, and is only read", zip.path().display());
            Err(Complaint::new(message).hint("unpack it, and name the folder: --data DIR"))
        }
        ([], _) => Err(
            Complaint::new("the casebook inside the program cannot be changed")
                .hint("name a folder of your own: --data DIR"),
        ),
        ([first, second, ..], _) => {
            let (first, second) = (first.display(), second.display());
            let message =
                format!("it is not clear whether `{first}` or `{second}` is to be changed");
            Err(Complaint::new(message)
                .hint("name one folder with --data; builtin may stand beside it"))
        }
    }
}

/// Returns the path of the folder as `--data` takes it.
pub(super) fn shown(folder: &Path) -> String {
    let folder = folder.display().to_string();
    if folder.is_empty() {
        ".".into()
    } else {
        folder
    }
}
