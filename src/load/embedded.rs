//! The casebook inside the program.

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        /// The files of the built-in casebook: path below `data/`, text.
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
    "experience.csv",
    "metrics.csv",
    "kpis.csv",
    "swot.csv",
    "sources.json",
    "METHOD.md",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_embedded() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
        let mut on_disk: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        let mut inside: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        on_disk.sort();
        inside.sort_unstable();
        assert_eq!(inside, on_disk);
    }
}
