//! The Data Package descriptor, as far as loading needs it: which table is in which file.

use serde::Deserialize;

use crate::base::Place;
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
    path: String,
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

    /// Returns the path of the file of a table, `None` when the casebook has no such table.
    pub(super) fn path_of(&self, kind: Kind) -> Option<&str> {
        let mut resources = self.resources.iter();
        let resource = resources.find(|resource| resource.name == kind.key());
        resource.map(|resource| resource.path.as_str())
    }
}

/// Returns what is wrong without the place, which is said elsewhere.
pub(super) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line ") {
        Some((reason, _)) => reason.to_owned(),
        None => text,
    }
}
