//! The descriptor of a Data Package: which table is in which file, and how it is written.

use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::base::Place;

use super::decode::{is_csv, is_json};
use super::dialect::{Dialect, delimiter_of};
use super::file::File;
use super::origin::{Origin, Overlay, plain, told_of};
use super::problem::{LoadError, Problem};

/// The name of the descriptor in its folder.
pub const DESCRIPTOR: &str = "datapackage.json";

/// What a descriptor says of its tables.
#[derive(Debug, Deserialize)]
pub struct Descriptor {
    /// The tables, in order.
    pub resources: Vec<Resource>,
}

/// What a descriptor says of one table.
#[derive(Debug, Deserialize)]
pub struct Resource {
    /// Its name.
    pub name: String,
    path: Option<OneOrMore>,
    dialect: Option<Inline<Dialect>>,
    encoding: Option<Inline<String>>,
    schema: Option<Inline<String>>,
}

/// The standard also allows several files for a resource, which no table here has.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(IgnoredAny),
}

/// What is given in the form that is of use here, or in the other one: itself, or the file that it stands in.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Inline<T> {
    Here(T),
    Elsewhere(IgnoredAny),
}

impl Descriptor {
    /// Reads the descriptor of a package.
    ///
    /// # Errors
    /// A file that cannot be read or is no descriptor.
    pub fn of(origin: &Origin) -> Result<Self, LoadError> {
        let file = origin.read(DESCRIPTOR)?;
        serde_json::from_str(file.text)
            .map_err(|error| file.malformed("a Data Package descriptor", &error).into())
    }

    /// Returns the files of a package, as far as its descriptor can be read; none of the one inside the program.
    pub fn files(origin: &Origin) -> Vec<PathBuf> {
        match origin {
            Origin::Builtin => Vec::new(),
            Origin::Zip(zip) => vec![zip.path().into()],
            Origin::Folder(folder) | Origin::Overlay(Overlay { folder, .. }) => {
                let descriptor = Self::of(origin).ok();
                let resources = descriptor.iter().flat_map(|found| &found.resources);
                let named = resources.flat_map(|resource| [resource.path(), resource.schema()]);
                let files = std::iter::once(DESCRIPTOR).chain(named.flatten());
                files.map(|file| folder.join(file)).collect()
            }
        }
    }

    /// Complains about every name that several resources have; `path` is that of the descriptor.
    pub fn repeated(&self, path: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (place, resource) in self.resources.iter().enumerate() {
            let name = &resource.name;
            let mut before = self.resources.iter().take(place);
            let first = before.find(|other| other.name == *name);
            if let Some(first) = first {
                let files = [first, resource].map(|resource| resource.path().unwrap_or("no file"));
                let message = format!(
                    "two resources have the name `{name}`: {}",
                    files.join(" and ")
                );
                let hint = "rename one of them, or put the rows of both into one file";
                let place = Place::file(path);
                problems.push(Problem::new(place, message).hint(Some(hint)));
            }
        }
        problems
    }

    /// Returns the resource of a name.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.name == name)
    }
}

/// The file of a table in a folder, opened and not yet read.
pub struct Opened {
    /// The file itself.
    pub file: fs::File,
    /// How many bytes it has.
    pub length: u64,
    /// The file, as the user can find it.
    pub path: String,
    declared: Option<u8>,
}

impl Opened {
    /// Returns what separates the cells of the table, which begins so.
    pub fn delimiter(&self, text: &str) -> u8 {
        delimiter_of(text, self.declared)
    }

    /// Tells what the user must know of what separates cells.
    pub fn notes(&self, delimiter: u8) -> Vec<String> {
        let told = told_of(&self.path, delimiter, self.declared);
        told.into_iter().collect()
    }
}

impl Resource {
    /// Says whether its file may be a table: one of cells, or JSON.
    pub fn is_text(&self) -> bool {
        self.path()
            .is_some_and(|path| is_csv(path) || is_json(path))
    }

    /// Returns the path of its file below the folder, without `./`; `None` where it has none, or several.
    pub fn path(&self) -> Option<&str> {
        match &self.path {
            Some(OneOrMore::One(path)) => Some(plain(path)),
            Some(OneOrMore::More(_)) | None => None,
        }
    }

    /// Returns the path of the file that its schema stands in; `None` where it has none, or has it here.
    fn schema(&self) -> Option<&str> {
        match &self.schema {
            Some(Inline::Here(path)) => Some(path),
            Some(Inline::Elsewhere(_)) | None => None,
        }
    }

    /// Returns what is declared to separate cells.
    pub fn delimiter(&self) -> Option<u8> {
        match &self.dialect {
            Some(Inline::Here(dialect)) => dialect.declared(),
            Some(Inline::Elsewhere(_)) | None => None,
        }
    }

    /// Returns the encoding that is declared, where it is another than UTF-8.
    pub fn encoding(&self) -> Option<&str> {
        match &self.encoding {
            Some(Inline::Here(encoding)) => Some(&**encoding),
            Some(Inline::Elsewhere(_)) | None => None,
        }
        .filter(|encoding| !encoding.to_lowercase().starts_with("utf-8"))
    }

    /// Opens its file where it is one of cells in a folder.
    pub fn open(&self, origin: &Origin) -> Option<Opened> {
        let path = self.path()?;
        let file = is_csv(path).then(|| origin.file(path)).flatten()?;
        let found = file.metadata().ok().filter(fs::Metadata::is_file)?;
        Some(Opened {
            length: found.len(),
            path: origin.show(path),
            file,
            declared: self.delimiter(),
        })
    }

    /// Reads its file.
    ///
    /// # Errors
    /// None, or several files; a file that cannot be read.
    pub fn read(&self, origin: &Origin) -> Result<File, LoadError> {
        let Some(path) = self.path() else {
            let message = format!("table `{}` must have a `path` to one file", self.name);
            let place = Place::file(origin.show(DESCRIPTOR));
            return Err(Problem::new(place, message).into());
        };
        match &self.dialect {
            Some(Inline::Here(dialect)) => origin.read_as(path, dialect),
            Some(Inline::Elsewhere(_)) | None => origin.read(path),
        }
    }
}

/// Returns what is wrong with a JSON text without the place, which is said elsewhere.
pub fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(reason, _)| reason);
    // The words of the deserialiser for what only it knows by these names.
    let mut text = text
        .replace("u16", "a whole number")
        .replace("u32", "a whole number")
        .replace("invalid type: map", "found an object")
        .replace("expected a sequence", "expected a list");
    if text.starts_with("EOF") {
        text = "the text ends too early".into();
    }
    if let Some(start) = text.find("struct ") {
        text.replace_range(start.., "an object");
    }
    text
}
