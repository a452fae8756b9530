//! The Data Package descriptor, as far as loading needs it: which table is in which file.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::base::Place;
use crate::base::suggest::did_you_mean;
use crate::model::Kind;

use super::problem::{LoadError, Problem};

/// The name of the descriptor in its folder.
pub(super) const FILE: &str = "datapackage.json";

#[derive(Deserialize)]
pub(super) struct Descriptor {
    resources: Vec<Resource>,
}

#[derive(Deserialize)]
struct Resource {
    name: String,
    path: Option<Path>,
}

/// The standard also allows several files for a resource, which no table here has.
#[derive(Deserialize)]
#[serde(untagged)]
enum Path {
    One(String),
    Other(IgnoredAny),
}

impl Descriptor {
    pub(super) fn read(text: &str, path: &str) -> Result<Self, LoadError> {
        serde_json::from_str(text).map_err(|error| {
            let place = Place::file(path)
                .line(error.line() as u64)
                .column(error.column().max(1) as u64);
            let message = format!("must be a Data Package descriptor: {}", reason(&error));
            Problem::new(place, message).into()
        })
    }

    /// Returns the path of the file of a table, `None` when the casebook has no such table. `file` is the
    /// descriptor, for complaints.
    pub(super) fn path_of(&self, kind: Kind, file: &str) -> Result<Option<&str>, LoadError> {
        let mut resources = self.resources.iter();
        let Some(resource) = resources.find(|resource| resource.name == kind.key()) else {
            return Ok(None);
        };
        if let Some(Path::One(path)) = &resource.path {
            return Ok(Some(path));
        }
        let message = format!("table `{}` must have a `path` to one file", resource.name);
        Err(Problem::new(Place::file(file), message).into())
    }

    /// Tells of the resources that are no tables of a casebook.
    pub(super) fn warnings(&self, file: &str) -> Vec<String> {
        let unknown = self
            .resources
            .iter()
            .filter(|resource| resource.name.parse::<Kind>().is_err());
        let told = unknown.map(|Resource { name, .. }| {
            let near = did_you_mean(name, Kind::KEYS.iter().copied());
            let near = near.map_or_else(String::new, |near| format!(": {near}"));
            format!("{file}: table `{name}` is not known and is left out{near}")
        });
        told.collect()
    }
}

/// Returns what is wrong without the place, which is said elsewhere.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text
        .rsplit_once(" at line ")
        .map_or(&*text, |(reason, _)| reason);
    // The words of the deserialiser for what only it knows by these names.
    let mut text = text
        .replace("u16", "a whole number")
        .replace("u32", "a whole number");
    if let Some(start) = text.find("struct ") {
        text.replace_range(start.., "an object");
    }
    text
}
