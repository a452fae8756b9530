//! Output files: written beside and renamed, so that no reader ever meets half a file.

mod folder;
mod replacement;

use std::fs::{self, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::base::Complaint;
use crate::render::Format;
use crate::report::Change;

/// The extensions that name a format.
const EXTENSIONS: [(&str, Format); 12] = [
    ("csv", Format::Csv),
    ("tsv", Format::Tsv),
    ("json", Format::Json),
    ("ndjson", Format::Ndjson),
    ("jsonl", Format::Ndjson),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("txt", Format::Table),
    ("bib", Format::Bibtex),
    ("mmd", Format::Mermaid),
    ("mermaid", Format::Mermaid),
    ("sarif", Format::Sarif),
];

/// Returns the format that the extension of a file names.
///
/// # Errors
/// No extension, or one that names no format.
pub fn format_of(path: &Path) -> Result<Format, Complaint> {
    let extension = path
        .extension()
        .unwrap_or_default()
        .to_string_lossy()
        .to_lowercase();
    let known = EXTENSIONS.iter().find(|(name, _)| *name == extension);
    known.map(|(_, format)| *format).ok_or_else(|| {
        let names: Vec<&str> = EXTENSIONS.iter().map(|(name, _)| *name).collect();
        let hint = format!(
            "end it with one of .{}, or give -f FORMAT",
            names.join(" .")
        );
        Complaint::new(format!(
            "no format is known for the file `{}`",
            path.display()
        ))
        .hint(hint)
    })
}

/// Makes a change of files; `false` where one has changed since it was read, and nothing is done.
///
/// # Errors
/// What is in its way; a place that cannot be written to. Nothing is changed then.
pub fn make(change: &Change) -> Result<bool, Complaint> {
    match change {
        Change::Make(folder) => folder::make(folder).map(|()| true),
        Change::Replace(files) => replacement::replace(files),
    }
}

/// A file to be written.
pub struct Target {
    path: PathBuf,
    may_replace: bool,
}

impl Target {
    /// Makes a target of a path.
    ///
    /// # Errors
    /// A folder; a file that exists when it may not be replaced; a folder around it that does not exist.
    pub fn new(path: &Path, may_replace: bool) -> Result<Self, Complaint> {
        let target = Self {
            path: path.into(),
            may_replace,
        };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                Err(Complaint::new(format!("`{}` is a folder", path.display())))
            }
            Ok(found) if found.is_file() && !may_replace => Err(target.exists()),
            Ok(_) => Ok(target),
            Err(_) => folder_of(path).map(|_| target),
        }
    }

    /// Makes sure that it can be written to once a change is made.
    ///
    /// # Errors
    /// A place that cannot be written to, or that is in the folder to be made.
    pub fn check(&self, change: &Change) -> Result<(), Complaint> {
        let path = whole(&self.path);
        if let Change::Make(folder) = change
            && path.starts_with(whole(&folder.path))
        {
            let message = format!("`{}` is in the folder to be made", self.path.display());
            return Err(Complaint::new(message).hint("name a file elsewhere: -o answer.csv"));
        }
        let opened = if is_device(&path) {
            // Opening a pipe waits for its reader, and is left to who writes.
            Ok(())
        } else {
            beside(folder_of(&path)?).map(drop)
        };
        // The message of the error would name the temporary file, which is not the user's.
        opened.map_err(|error| self.unwritten(&error.kind().into()))
    }

    /// Lets a function write the contents; the file appears, or changes, only when all of it is written.
    ///
    /// # Errors
    /// A place that cannot be written to; a file that appeared in the meantime; what the function returns.
    pub fn write<T>(
        &self,
        contents: impl FnOnce(&mut dyn Write) -> io::Result<T>,
    ) -> anyhow::Result<T> {
        let failed = |error: io::Error| anyhow::Error::new(self.unwritten(&error));
        // A link to a file keeps pointing there: the file is replaced.
        let path = whole(&self.path);
        if is_device(&path) {
            // A device or a pipe cannot be renamed over.
            let device = OpenOptions::new().write(true).open(&path).map_err(failed)?;
            return write_all(device, contents).map_err(failed);
        }
        let folder = folder_of(&path)?;
        // The message of the error would name the temporary file, which is not the user's.
        let mut beside = beside(folder).map_err(|error| failed(error.kind().into()))?;
        let told = write_all(beside.as_file_mut(), contents).map_err(failed)?;
        if let Ok(old) = fs::metadata(&path) {
            beside
                .as_file()
                .set_permissions(old.permissions())
                .map_err(failed)?;
        }
        if self.may_replace {
            beside.persist(&path).map_err(|error| failed(error.error))?;
        } else {
            beside
                .persist_noclobber(&path)
                .map_err(|error| match error.error.kind() {
                    io::ErrorKind::AlreadyExists => self.exists().into(),
                    _ => failed(error.error),
                })?;
        }
        Ok(told)
    }

    fn unwritten(&self, error: &io::Error) -> Complaint {
        Complaint::new(format!(
            "`{}` cannot be written: {error}",
            self.path.display()
        ))
    }

    fn exists(&self) -> Complaint {
        Complaint::new(format!("`{}` exists", self.path.display())).hint("--force replaces it")
    }
}

/// Returns the path of a file, or of one that is to be, with all links followed; as it is where its folder cannot be found.
pub fn whole(path: &Path) -> PathBuf {
    let to_be = || {
        let folder = fs::canonicalize(folder_of(path).ok()?).ok()?;
        Some(folder.join(path.file_name()?))
    };
    let found = fs::canonicalize(path).ok().or_else(to_be);
    found.unwrap_or_else(|| path.into())
}

/// Says whether something other than a file stands at a path.
fn is_device(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|found| !found.is_file())
}

/// Returns the folder that a path is in.
///
/// # Errors
/// There is none; what stands there is no folder.
fn folder_of(path: &Path) -> Result<&Path, Complaint> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if folder.is_dir() {
        return Ok(folder);
    }
    let name = folder.display();
    Err(if folder.exists() {
        Complaint::new(format!("`{name}` is no folder"))
    } else {
        Complaint::new(format!("the folder `{name}` does not exist")).hint("make it first")
    })
}

fn write_all<T>(
    file: impl Write,
    contents: impl FnOnce(&mut dyn Write) -> io::Result<T>,
) -> io::Result<T> {
    let mut out = BufWriter::new(file);
    let told = contents(&mut out)?;
    out.flush()?;
    Ok(told)
}

/// Makes a temporary file in a folder, with the rights that any new file has there.
fn beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".casecmp-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}
