//! A small casebook to add to, and the program run on it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casecmp::cli::{Io, run};
use casecmp::load::Loader;
use casecmp::package::Origin;

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
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io::new(&mut out, &mut err);
    let data = folder.to_str().unwrap();
    let program = ["casecmp", "--data", data];
    let code = run(program.iter().chain(args).copied(), &mut io);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(data, "DIR");
    (code, text(out), text(err))
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
