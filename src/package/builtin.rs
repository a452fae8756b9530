//! The package inside the program, and the example that others begin with.

use std::borrow::Cow;

/// A file of a casebook: path below its folder, text.
pub type Content = (&'static str, Cow<'static, str>);

/// Embeds the files of a folder.
macro_rules! files {
    ($folder:literal: $($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../", $folder, "/", $name)))),+]
    };
}

/// The files of the built-in casebook: path below `data/`, text.
pub static FILES: &[(&str, &str)] = files![
    "data":
    "companies.csv",
    "profiles.csv",
    "events.csv",
    "technologies.csv",
    "challenges.csv",
    "strategies.csv",
    "experience.csv",
    "metrics.csv",
    "kpis.csv",
    "swot.csv",
    "hypotheses.json",
    "findings.csv",
    "concepts.csv",
    "sources.json",
    "METHOD.md",
    "FIELDS.md",
    "schemas/companies.json",
    "schemas/profiles.json",
    "schemas/events.json",
    "schemas/technologies.json",
    "schemas/challenges.json",
    "schemas/strategies.json",
    "schemas/experience.json",
    "schemas/metrics.json",
    "schemas/kpis.json",
    "schemas/swot.json",
    "schemas/hypotheses.json",
    "schemas/findings.json",
    "schemas/concepts.json",
    "schemas/sources.json",
    "datapackage.json",
];

/// What the example casebook has of its own: path below `template/`, text. The rest is that of the built-in one.
static OWN: &[(&str, &str)] = files![
    "template":
    "README.md",
    "companies.csv",
    "profiles.csv",
    "events.csv",
    "technologies.csv",
    "challenges.csv",
    "strategies.csv",
    "experience.csv",
    "metrics.csv",
    "kpis.csv",
    "swot.csv",
    "hypotheses.json",
    "findings.csv",
    "concepts.csv",
    "sources.json",
    "METHOD.md",
    "datapackage.json",
];

/// What the list of tables begins with in a descriptor.
const TABLES: &str = "\"resources\": [";

/// Returns the files of a small casebook of invented companies, to begin one's own with; the descriptor, without which it
/// is no casebook, comes last.
pub fn example() -> Vec<Content> {
    let find = |files: &[(&str, &'static str)], name: &str| {
        let found = files.iter().find(|(known, _)| *known == name);
        found.map(|(_, text)| *text)
    };
    let added = OWN.iter().filter(|(name, _)| find(FILES, name).is_none());
    let added = added.map(|(name, text)| (*name, Cow::Borrowed(*text)));
    let others = FILES.iter().map(|(name, text)| match find(OWN, name) {
        Some(own) if *name == "datapackage.json" => (*name, Cow::Owned(with_tables(own, text))),
        own => (*name, Cow::Borrowed(own.unwrap_or(text))),
    });
    added.chain(others).collect()
}

/// Returns a descriptor with the tables of another.
fn with_tables(descriptor: &str, other: &str) -> String {
    let (head, _) = descriptor.split_once(TABLES).unwrap_or_default();
    let (_, tables) = other.split_once(TABLES).unwrap_or_default();
    format!("{head}{TABLES}{tables}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    /// Lists the files below a folder, with `/` between folders.
    fn below(folder: &Path, prefix: &str) -> Vec<String> {
        let mut files = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{prefix}{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                files.extend(below(&entry.path(), &format!("{name}/")));
            } else {
                files.push(name);
            }
        }
        files
    }

    #[test]
    fn every_file_of_the_folders_is_embedded() {
        for (folder, files) in [("data", FILES), ("template", OWN)] {
            let mut on_disk = below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), "");
            let mut inside: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
            on_disk.sort();
            inside.sort_unstable();
            assert_eq!(inside, on_disk, "{folder}");
        }
    }

    #[test]
    fn the_example_has_every_table_and_no_row_of_the_built_in_casebook() {
        let example = example();
        for (name, text) in FILES {
            let (_, other) = example.iter().find(|(known, _)| known == name).unwrap();
            let is_shared = name.starts_with("schemas/") || *name == "FIELDS.md";
            assert_eq!(other == text, is_shared, "{name}");
        }
    }

    #[test]
    fn the_descriptor_of_the_example_is_its_own_but_for_the_tables() {
        let parse = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap();
        let text = |files: &[Content]| files.last().unwrap().1.to_string();
        let (example, own) = (parse(&text(&example())), parse(OWN.last().unwrap().1));
        let (_, built_in) = FILES.last().unwrap();
        assert_eq!(example["resources"], parse(built_in)["resources"]);
        for (key, value) in own.as_object().unwrap() {
            assert!(key == "resources" || example[key] == *value, "{key}");
        }
    }
}
