//! Where the files of a package are: in the binary, in a folder, in a ZIP file.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use crate::base::Place;

use super::builtin::FILES;
use super::decode::{decode, is_csv};
use super::descriptor::DESCRIPTOR;
use super::dialect::{Dialect, delimiter_of, separator_line};
use super::encoding::Encoding;
use super::file::File;
use super::problem::{LoadError, Problem};
use super::zip::Zip;

/// The most bytes of a file that are read as a whole.
pub(super) const LARGEST: u64 = 1 << 28;

/// Where a package is.
#[derive(Debug, Clone)]
pub enum Origin {
    /// Inside the program.
    Builtin,
    /// In a folder with a `datapackage.json`.
    Folder(PathBuf),
    /// In a ZIP file.
    Zip(Zip),
    /// In a folder, with one file as it is going to be.
    Overlay(Overlay),
}

/// A file of a folder, and the bytes that it is going to have.
#[derive(Debug, Clone)]
pub struct Overlay {
    /// The folder of the package.
    pub folder: PathBuf,
    /// The path of the file below it.
    pub path: String,
    /// What is going to stand in it.
    pub bytes: Vec<u8>,
}

impl Origin {
    /// Returns the origin that a user named: `builtin`, a folder, its `datapackage.json`, or a ZIP file.
    pub fn named(name: &Path) -> Self {
        let is_zip = |name: &Path| {
            let extension = name.extension();
            extension.is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
        };
        if name.as_os_str() == "builtin" {
            Self::Builtin
        } else if name.file_name().is_some_and(|file| file == DESCRIPTOR) {
            Self::Folder(name.parent().unwrap_or(Path::new("")).into())
        } else if is_zip(name) && !name.is_dir() {
            Self::Zip(Zip::new(name))
        } else {
            Self::Folder(name.into())
        }
    }

    /// Returns how a user calls the package.
    pub fn name(&self) -> String {
        match self {
            Self::Builtin => "the casebook inside the program".into(),
            Self::Folder(folder) | Self::Overlay(Overlay { folder, .. }) => {
                let is_here = folder.as_os_str().is_empty();
                let folder = if is_here { Path::new(".") } else { folder };
                folder.display().to_string()
            }
            Self::Zip(zip) => zip.path().display().to_string(),
        }
    }

    /// Returns the path of a file as the user can find it.
    pub fn show(&self, path: &str) -> String {
        match self {
            Self::Builtin => format!("data/{}", plain(path)),
            Self::Folder(folder) | Self::Overlay(Overlay { folder, .. }) => {
                folder.join(plain(path)).display().to_string()
            }
            Self::Zip(zip) => zip.path().join(plain(path)).display().to_string(),
        }
    }

    /// Returns the path of a file that is shown so; `None` when it is not of this package.
    pub fn path_of<'s>(&self, shown: &'s str) -> Option<&'s str> {
        let below = |folder: &Path| Path::new(shown).strip_prefix(folder).ok()?.to_str();
        match self {
            Self::Builtin => shown.strip_prefix("data/"),
            Self::Folder(folder) | Self::Overlay(Overlay { folder, .. }) => below(folder),
            Self::Zip(zip) => below(zip.path()),
        }
    }

    /// Reads a file.
    ///
    /// # Errors
    /// A path that leads out of the package; a file that cannot be read, or is no text.
    pub fn read(&self, path: &str) -> Result<File, LoadError> {
        self.read_as(path, &Dialect::default())
    }

    /// Reads a file, a table of a dialect.
    ///
    /// # Errors
    /// As those of [`Origin::read`].
    pub(super) fn read_as(&self, path: &str, dialect: &Dialect) -> Result<File, LoadError> {
        let shown = self.show(path);
        let (text, encoding, told): (&'static str, _, _) = match self.text(path)? {
            Text::Builtin(text) => (text, Encoding::default(), None),
            Text::Bytes(bytes) => {
                let (text, encoding, told) = decode(bytes, &shown)?;
                (text.leak(), encoding, told)
            }
        };
        let mut file = File::new(shown, text);
        file.encoding = encoding;
        file.notes.extend(told);
        if is_csv(path) {
            if let Some(line) = separator_line(text) {
                let message = format!("the header is missing, found `{line}`");
                let hint = "delete that line: the header itself shows what separates cells";
                let problem = Problem::new(file.place().line(1).column(1), message);
                return Err(problem.hint(Some(hint)).into());
            }
            file.delimiter = delimiter_of(text, dialect.declared());
        }
        file.notes
            .extend(told_of(&file.path, file.delimiter, dialect.declared()));
        Ok(file)
    }

    /// Opens a file to be read from its beginning to its end.
    ///
    /// # Errors
    /// As those of [`Origin::read`].
    pub fn open(&self, path: &str) -> Result<Box<dyn io::Read>, LoadError> {
        if let Some(file) = self.file(path) {
            return Ok(Box::new(file));
        }
        Ok(match self.text(path)? {
            Text::Builtin(text) => Box::new(text.as_bytes()),
            Text::Bytes(bytes) => Box::new(io::Cursor::new(bytes)),
        })
    }

    /// Opens a file of a folder; `None` for what is in no folder, leads out of it, or cannot be opened.
    pub(super) fn file(&self, path: &str) -> Option<fs::File> {
        let Self::Folder(folder) = self else {
            return None;
        };
        let file = folder.join(path);
        let is_own = Self::is_inside(path) && is_below(&file, folder);
        // To open a pipe waits for somebody to write into it.
        let is_file = is_own && fs::metadata(&file).is_ok_and(|found| found.is_file());
        is_file.then(|| fs::File::open(file).ok()).flatten()
    }

    /// Counts the bytes of a file.
    ///
    /// # Errors
    /// As those of [`Origin::read`].
    pub fn length(&self, path: &str) -> Result<u64, LoadError> {
        if let Self::Folder(folder) = self
            && let Ok(found) = fs::metadata(folder.join(path))
        {
            return Ok(found.len());
        }
        Ok(match self.text(path)? {
            Text::Builtin(text) => text.len() as u64,
            Text::Bytes(bytes) => bytes.len() as u64,
        })
    }

    /// Says whether a path of the descriptor stays below its folder; it may begin with `./`.
    pub fn is_inside(path: &str) -> bool {
        let mut parts = Path::new(plain(path)).components().peekable();
        let is_some = parts.peek().is_some() && !path.contains('\\') && !path.contains("://");
        is_some && parts.all(|part| matches!(part, Component::Normal(_)))
    }

    fn text(&self, path: &str) -> Result<Text, LoadError> {
        let path = plain(path);
        let problem = |message: String| Problem::new(Place::file(self.show(path)), message);
        if !Self::is_inside(path) {
            let hint = "name a file below the folder, without `..`";
            let problem = problem("the path leads out of the casebook".into());
            return Err(problem.hint(Some(hint)).into());
        }
        let failed = |error: io::Error| {
            let hint = "a casebook is a folder with a `datapackage.json`, or a ZIP file of one";
            let hint = (path == DESCRIPTOR).then_some(hint);
            LoadError::from(problem(format!("cannot be read: {error}")).hint(hint))
        };
        match self {
            Self::Builtin => {
                let file = FILES.iter().find(|(name, _)| *name == path);
                let (_, text) = file.ok_or_else(|| problem("no such file".into()))?;
                Ok(Text::Builtin(text))
            }
            Self::Overlay(overlay) if overlay.path == path => {
                Ok(Text::Bytes(overlay.bytes.clone()))
            }
            Self::Folder(folder) | Self::Overlay(Overlay { folder, .. }) => {
                let file = folder.join(path);
                if !is_below(&file, folder) {
                    let hint = "put the file itself into the folder, not a link to one elsewhere";
                    let problem =
                        problem("the file is a link that leads out of the casebook".into());
                    return Err(problem.hint(Some(hint)).into());
                }
                let found = fs::metadata(&file).map_err(failed)?;
                if !found.is_file() && !found.is_dir() {
                    let problem = problem("is a pipe or a device".into());
                    let hint = "put a file in its place";
                    return Err(problem.hint(Some(hint)).into());
                }
                if found.len() > LARGEST {
                    let message = format!("is larger than {} MB", LARGEST >> 20);
                    return Err(problem(message).into());
                }
                fs::read(&file).map(Text::Bytes).map_err(failed)
            }
            Self::Zip(zip) => zip.read(path).map(Text::Bytes).map_err(failed),
        }
    }
}

/// Tells what separates the cells of a file where that is not what is declared.
pub(super) fn told_of(path: &str, delimiter: u8, declared: Option<u8>) -> Option<String> {
    let sign = match delimiter {
        b',' => return None,
        byte if declared == Some(byte) => return None,
        b'\t' => "tabs".to_owned(),
        byte => format!("`{}`", char::from(byte)),
    };
    Some(format!(
        "{path}: the cells are separated by {sign}, and a comma in a number is its decimal point"
    ))
}

/// Returns a path of the descriptor without the `./` that it may begin with.
pub(super) fn plain(path: &str) -> &str {
    path.strip_prefix("./").unwrap_or(path)
}

/// What stands in a file.
enum Text {
    Builtin(&'static str),
    Bytes(Vec<u8>),
}

/// Says whether a file that exists is below a folder, wherever links lead.
fn is_below(file: &Path, folder: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() {
        Path::new(".")
    } else {
        folder
    };
    match (fs::canonicalize(file), fs::canonicalize(folder)) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        // That it cannot be found is told when it is read.
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stays_inside_the_folder() {
        for bad in [
            "../x",
            "/etc/passwd",
            "a/../../x",
            "a\\b",
            "",
            "https://x.org/a.csv",
            ".",
            "./",
            "./../x",
            ".//etc/passwd",
        ] {
            assert!(!Origin::is_inside(bad), "{bad}");
        }
        assert!(Origin::is_inside("tables/events.csv"));
        assert!(Origin::is_inside("./events.csv"));
    }

    #[test]
    fn a_casebook_is_named_by_its_folder_its_descriptor_or_its_zip() {
        let named = |name: &str| Origin::named(Path::new(name));
        assert!(matches!(named("builtin"), Origin::Builtin));
        assert!(
            matches!(named("mine/datapackage.json"), Origin::Folder(folder) if folder == Path::new("mine"))
        );
        assert_eq!(named("datapackage.json").show("kpis.csv"), "kpis.csv");
        for name in ["builtin", "mine", "datapackage.json", "mine.zip"] {
            let origin = named(name);
            let shown = origin.show("schemas/kpis.json");
            assert_eq!(origin.path_of(&shown), Some("schemas/kpis.json"), "{name}");
        }
        assert_eq!(named("mine").path_of("yours/kpis.csv"), None);
        assert!(matches!(named("mine.ZIP"), Origin::Zip(_)));
        assert!(matches!(named("src"), Origin::Folder(_)));
    }
}
