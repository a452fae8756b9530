//! A small casebook to add to, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casecmp::load::Loader;
use casecmp::package::Origin;

use super::program::casecmp;

pub(crate) const COMPANIES: &str = "id,name,cite\nalder,Alder Works,@report\nbirch,Birch,@report\n";

pub(crate) const PROFILES: &str = "id,company,attribute,value,period,rank,cite,note\n\
                        alder-founded,alder,founded,1994,,normal,\"@report, p. 1\",\n";

pub(crate) const KPIS: &str =
    "id,company,metric,relation,value,interval_low,interval_high,rank,rival_of,cite\n";

pub(crate) const METRICS: &str =
    "id,name,unit,polarity,cite\nnps,Net Promoter Score,points,higher,@report\n";

pub(crate) const SOURCES: &str = "[\n  {\"id\": \"report\", \"type\": \"report\", \"title\": \"Oak\", \"custom\": {\"kind\": \"study\"}}\n]\n";

pub(crate) const DESCRIPTOR: &str = r#"{"name": "trees", "resources": [
  {"name": "companies", "path": "companies.csv"}, {"name": "profiles", "path": "profiles.csv"},
  {"name": "kpis", "path": "kpis.csv"}, {"name": "metrics", "path": "metrics.csv"},
  {"name": "hypotheses", "path": "hypotheses.json"}, {"name": "sources", "path": "sources.json"}]}"#;

/// Makes an empty folder for a test.
pub(crate) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("add")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Makes a small casebook.
pub(crate) fn casebook(name: &str) -> PathBuf {
    let folder = folder(name);
    for (file, text) in [
        ("companies.csv", COMPANIES),
        ("profiles.csv", PROFILES),
        ("kpis.csv", KPIS),
        ("metrics.csv", METRICS),
        ("sources.json", SOURCES),
        ("hypotheses.json", "[]\n"),
        ("datapackage.json", DESCRIPTOR),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

/// Runs the program on a casebook; returns its exit code, data and messages, the folder named `DIR` in both.
pub(crate) fn call(folder: &Path, args: &[&str]) -> (ExitCode, String, String) {
    let data = folder.to_str().unwrap();
    let (code, out, err) = casecmp(&[&["--data", data], args].concat());
    (code, out.replace(data, "DIR"), err.replace(data, "DIR"))
}

/// Runs the program where it must succeed, and returns its data.
pub(crate) fn done(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = call(folder, args);
    assert_eq!(code, ExitCode::SUCCESS, "{args:?}: {err}");
    out
}

/// Runs the program where it must fail without a change of the folder, and returns what it tells.
pub(crate) fn refused(folder: &Path, args: &[&str]) -> String {
    let before = contents(folder);
    let (code, out, err) = call(folder, args);
    assert_eq!(
        (code, out),
        (ExitCode::from(2), String::new()),
        "{args:?}: {err}"
    );
    assert_eq!(contents(folder), before, "{args:?}");
    err
}

/// Returns the names and the bytes of the files of a folder.
pub(crate) fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file());
    let files = files.map(|entry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

pub(crate) fn loader(folder: &Path) -> Loader {
    Loader::new([Origin::named(folder)])
}

pub(crate) const RECORD: [&str; 8] = [
    "--company",
    "birch",
    "--attribute",
    "founded",
    "--value",
    "Ünder \"oaks\", 2000",
    "--cite",
    "@report, p. 2",
];

/// Returns the arguments that add a value of the NPS of a company.
pub(crate) fn kpi(value: &str) -> [&str; 10] {
    [
        "add",
        "kpi",
        "--company",
        "alder",
        "--metric",
        "nps",
        "--value",
        value,
        "--cite",
        "@report",
    ]
}

/// Returns the arguments that add a profile with a citation.
pub(crate) fn profile(cite: &str) -> [&str; 10] {
    [
        "add",
        "profile",
        "--company",
        "alder",
        "--attribute",
        "x",
        "--value",
        "y",
        "--cite",
        cite,
    ]
}
