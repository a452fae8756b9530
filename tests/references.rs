//! Sources in the hands of reference managers: Pandoc reads BibTeX and CSL-JSON and finds the same in both, BibTeX makes
//! a bibliography of every entry.
//!
//! Where Pandoc or BibTeX is not installed, its test says so on stderr and passes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;

/// The casebooks whose sources are read.
const CASEBOOKS: [&str; 2] = ["builtin", "tests/casebooks/rivals"];

/// Makes an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn sources(casebook: &str, format: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_casecmp"));
    let args = ["sources", "--data", casebook, "-f", format];
    let output = program.args(args).output().unwrap();
    assert!(output.status.success(), "{casebook} {format}");
    String::from_utf8(output.stdout).unwrap()
}

/// Runs a program in a folder; `None`, said on stderr, when it is not installed.
fn run(program: &str, args: &[&str], folder: &Path) -> Option<Output> {
    let output = Command::new(program)
        .args(args)
        .current_dir(folder)
        .output();
    if output.is_err() {
        let _ = writeln!(std::io::stderr(), "skipped: {program} is not installed");
    }
    output.ok()
}

fn items(json: &str) -> Vec<Json> {
    let items: Json = serde_json::from_str(json).unwrap();
    items.as_array().expect("an array").clone()
}

#[test]
fn every_source_is_a_csl_item() {
    for casebook in CASEBOOKS {
        let of_json = sources(casebook, "json");
        let items = items(&sources(casebook, "csl-json"));
        assert_eq!(items.len(), self::items(&of_json).len());
        for item in &items {
            let is_text = |key: &str| item[key].as_str().is_some_and(|text| !text.is_empty());
            assert!(["id", "type", "title"].into_iter().all(is_text), "{item}");
        }
    }
}

#[test]
fn pandoc_finds_the_same_in_both_formats() {
    let folder = folder("pandoc");
    for casebook in CASEBOOKS {
        fs::write(folder.join("sources.bib"), sources(casebook, "bibtex")).unwrap();
        let args = ["-f", "bibtex", "-t", "csljson", "sources.bib"];
        let Some(output) = run("pandoc", &args, &folder) else {
            return;
        };
        assert!(output.status.success(), "{output:?}");
        let of_bibtex = items(&String::from_utf8(output.stdout).unwrap());
        let of_csl = items(&sources(casebook, "csl-json"));
        assert_eq!(of_bibtex.len(), of_csl.len());
        for item in &of_csl {
            let other = of_bibtex.iter().find(|other| other["id"] == item["id"]);
            let other = other.unwrap_or_else(|| panic!("{} is lost", item["id"]));
            for key in [
                "title", "author", "issued", "volume", "page", "DOI", "edition",
            ] {
                assert_eq!(item[key], other[key], "{key} of {}", item["id"]);
            }
        }
    }
}

#[test]
fn pandoc_cites_by_the_keys_of_the_casebook() {
    let folder = folder("citeproc");
    fs::write(folder.join("sources.json"), sources("builtin", "csl-json")).unwrap();
    fs::write(
        folder.join("text.md"),
        "Listed [@perez2024, Table 1, row 1999].\n",
    )
    .unwrap();
    let args = [
        "--citeproc",
        "--bibliography",
        "sources.json",
        "-t",
        "plain",
        "text.md",
    ];
    let Some(output) = run("pandoc", &args, &folder) else {
        return;
    };
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(
        text.contains("(Pérez Jesús et al. 2024, Table 1, row 1999)"),
        "{text}"
    );
    assert!(
        text.contains("Educational\nAdministration") || text.contains("Educational Administration"),
        "{text}"
    );
}

#[test]
fn bibtex_makes_a_bibliography_of_every_entry() {
    let folder = folder("bibtex");
    let bib = sources("builtin", "bibtex");
    fs::write(folder.join("sources.bib"), &bib).unwrap();
    let aux = "\\relax\n\\citation{*}\n\\bibstyle{plain}\n\\bibdata{sources}\n";
    fs::write(folder.join("text.aux"), aux).unwrap();
    let Some(output) = run("bibtex", &["text"], &folder) else {
        return;
    };
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    if told.contains("couldn't open style file") {
        let _ = writeln!(std::io::stderr(), "skipped: BibTeX has no styles");
        return;
    }
    // Warnings tell of years and institutions that nobody knows.
    assert!(
        output.status.success() && !told.contains("error message"),
        "{told}"
    );
    let entries = bib.lines().filter(|line| line.starts_with('@')).count();
    let listed = fs::read_to_string(folder.join("text.bbl")).unwrap();
    assert_eq!(listed.matches("\\bibitem").count(), entries);
}
