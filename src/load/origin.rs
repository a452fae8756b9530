//! Where the files of a casebook are: in the binary or in a folder.

use std::path::{Component, Path, PathBuf};

use crate::base::Place;

use super::descriptor;
use super::embedded::FILES;
use super::problem::{LoadError, Problem};

/// Where a casebook comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The casebook inside the program.
    Embedded,
    /// A folder with a `datapackage.json`.
    Dir(PathBuf),
}

impl Origin {
    /// Returns the origin that a user named: `builtin`, or a folder.
    pub fn named(name: &Path) -> Self {
        if name.as_os_str() == "builtin" {
            Self::Embedded
        } else {
            Self::Dir(name.into())
        }
    }

    /// Returns the path of a file as the user can find it.
    pub(super) fn show(&self, path: &str) -> String {
        match self {
            Self::Embedded => format!("data/{path}"),
            Self::Dir(dir) => dir.join(path).display().to_string(),
        }
    }

    /// Returns the text of a file, without a byte order mark. It stays in memory: records borrow from it.
    pub(super) fn read(&self, path: &str) -> Result<&'static str, LoadError> {
        let problem = |message: String| Problem::new(Place::file(self.show(path)), message);
        match self {
            Self::Embedded => {
                let file = FILES.iter().find(|(name, _)| *name == path);
                let (_, text) = file.ok_or_else(|| problem("no such file".into()))?;
                Ok(*text)
            }
            Self::Dir(dir) => {
                if !is_inside(path) {
                    let hint = "name a file below the folder, without `..`";
                    let problem = problem("the path leads out of the casebook".into());
                    return Err(problem.hint(Some(hint)).into());
                }
                let bytes = std::fs::read(dir.join(path)).map_err(|error| {
                    let hint = (path == descriptor::FILE)
                        .then_some("a casebook is a folder with a `datapackage.json`");
                    problem(format!("cannot be read: {error}")).hint(hint)
                })?;
                Ok(decode(bytes, &self.show(path))?.leak())
            }
        }
    }
}

/// Says whether a path of the descriptor stays below its folder.
fn is_inside(path: &str) -> bool {
    let mut parts = Path::new(path).components();
    !path.contains('\\') && parts.all(|part| matches!(part, Component::Normal(_)))
}

/// Makes text of UTF-8 bytes.
fn decode(mut bytes: Vec<u8>, path: &str) -> Result<String, LoadError> {
    if bytes.starts_with(b"\xEF\xBB\xBF") {
        bytes.drain(..3);
    }
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let (before, after) = bytes.split_at(good);
        let line = before.split(|b| *b == b'\n').count();
        let last = before.rsplit(|b| *b == b'\n').next().unwrap_or_default();
        let column = String::from_utf8_lossy(last).chars().count() + 1;
        let found = after.first().copied().unwrap_or_default();
        let place = Place::file(path).line(line as u64).column(column as u64);
        // Spreadsheets call it by another name than editors do.
        let extension = Path::new(path).extension();
        let is_csv = extension.is_some_and(|extension| extension.eq_ignore_ascii_case("csv"));
        let name = if is_csv { "CSV UTF-8" } else { "UTF-8" };
        Problem::new(
            place,
            format!("must be UTF-8 text, found the byte 0x{found:02X}"),
        )
        .hint(Some(format!("save the file as \"{name}\"")))
        .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_byte_that_is_not_text() {
        let error = decode(b"\xEF\xBB\xBFid\ncaf\xE9,1\n".to_vec(), "x.csv").unwrap_err();
        assert_eq!(
            error.to_string(),
            "x.csv:2:4: must be UTF-8 text, found the byte 0xE9"
        );
    }

    #[test]
    fn stays_inside_the_folder() {
        for bad in ["../x", "/etc/passwd", "a/../../x", "a\\b", ""] {
            assert!(!is_inside(bad) || bad.is_empty(), "{bad}");
        }
        assert!(is_inside("tables/events.csv"));
    }
}
