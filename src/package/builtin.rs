//! The package inside the program.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// The files of the package inside the program: path below `data/`, text.
        pub static FILES: &[(&str, &str)] =
            &[$(($name, include_str!(concat!("../../data/", $name)))),+];
    };
}

files![
    "datapackage.json",
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
];

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
    fn every_file_of_the_folder_is_embedded() {
        let mut on_disk = below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data"), "");
        let mut inside: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        on_disk.sort();
        inside.sort_unstable();
        assert_eq!(inside, on_disk);
    }
}
