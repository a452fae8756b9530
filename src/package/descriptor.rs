//! The descriptor of a Data Package: which table is in which file, and how it is written.

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::dialect::Dialect;
use super::file::File;
use super::origin::Origin;
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
}

/// The standard also allows several files for a resource, which no table here has.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(IgnoredAny),
}

/// What stands in the descriptor itself, or, of no use here, in a file that it names.
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
        serde_json::from_str(file.text).map_err(|error| {
            let place = file.place();
            let place = place
                .line(error.line() as u64)
                .column(error.column().max(1) as u64);
            let message = format!("must be a Data Package descriptor: {}", reason(&error));
            Problem::new(place, message).into()
        })
    }

    /// Returns the resource of a name.
    pub fn resource(&self, name: &str) -> Option<&Resource> {
        self.resources.iter().find(|resource| resource.name == name)
    }
}

impl Resource {
    /// Reads its file.
    ///
    /// # Errors
    /// None, or several files; a file that cannot be read.
    pub fn read(&self, origin: &Origin) -> Result<File, LoadError> {
        let Some(OneOrMore::One(path)) = &self.path else {
            let message = format!("table `{}` must have a `path` to one file", self.name);
            let place = crate::base::Place::file(origin.show(DESCRIPTOR));
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
