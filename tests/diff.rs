//! What changed between whole casebooks: there and back are mirror images.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod program;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use program::casecmp;
use serde_json::Value as Json;

/// Casebooks that can be read as a whole.
const CASEBOOKS: [&str; 7] = [
    "builtin",
    "tests/casebooks/older",
    "tests/casebooks/newer",
    "tests/casebooks/rivals",
    "tests/casebooks/trees",
    "tests/casebooks/plain",
    "tests/casebooks/verdicts",
];

/// Runs `casecmp diff` and returns its exit code, data and messages.
fn diff(args: &[&str]) -> (ExitCode, String, String) {
    casecmp(&[&["diff"], args].concat())
}

/// Makes an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("diff")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Turns a row round: what was is, and what came went.
fn mirrored(row: &Json) -> Json {
    let mut turned = row.clone();
    for (here, there) in [
        ("old", "new"),
        ("old_relation", "new_relation"),
        ("old_leader", "new_leader"),
    ] {
        if row.get(here).is_some() {
            turned[here] = row[there].clone();
            turned[there] = row[here].clone();
        }
    }
    match row["change"].as_str() {
        Some("added") => turned["change"] = "removed".into(),
        Some("removed") => turned["change"] = "added".into(),
        Some("renamed") => turned["id"] = row["old"].clone(),
        _ => (),
    }
    turned
}

/// Returns the rows of a part, sorted: their order follows the newer casebook.
fn sorted(answer: &Json, part: &str, turn: fn(&Json) -> Json) -> Vec<String> {
    let rows = answer[part].as_array().unwrap().iter();
    let mut rows: Vec<String> = rows.map(|row| turn(row).to_string()).collect();
    rows.sort();
    rows
}

#[test]
fn a_casebook_does_not_differ_from_itself() {
    for casebook in CASEBOOKS {
        let (code, out, err) = diff(&[casebook, casebook, "-f", "json", "--fail"]);
        assert_eq!(code, ExitCode::SUCCESS, "{casebook}: {out} {err}");
        assert_eq!(out, "{\n\"records\": [],\n\"verdicts\": []\n}\n");
        assert!(err.contains("no record and no verdict changed"), "{err}");
    }
}

#[test]
fn there_and_back_are_mirror_images() {
    let answer = |old, new| -> Json {
        let (code, out, err) = diff(&[old, new, "-f", "json", "--fail"]);
        assert_eq!(code, ExitCode::from(1), "{old} {new}: {err}");
        serde_json::from_str(&out).unwrap()
    };
    for (place, old) in CASEBOOKS.iter().enumerate() {
        for new in CASEBOOKS.iter().skip(place + 1) {
            let (there, back) = (answer(old, new), answer(new, old));
            for part in ["records", "verdicts"] {
                assert_eq!(
                    sorted(&there, part, Json::clone),
                    sorted(&back, part, mirrored),
                    "{part} of {old} and {new}"
                );
            }
        }
    }
}

#[test]
fn what_is_no_table_is_not_compared_and_that_is_told() {
    let [with, changed, without] = ["with", "changed", "without"].map(|name| {
        let folder = folder(name);
        let letter = r#"{"name": "letter", "path": "letter.html"}"#;
        let resources = if name == "without" { "" } else { letter };
        let descriptor = format!(r#"{{"resources": [{resources}]}}"#);
        fs::write(folder.join("datapackage.json"), descriptor).unwrap();
        fs::write(folder.join("letter.html"), name).unwrap();
        folder.to_str().unwrap().to_owned()
    });
    let (_, out, err) = diff(&[&with, &changed, "-f", "csv", "--only", "records"]);
    assert_eq!(out.lines().count(), 1, "{out}");
    assert_eq!(
        err,
        "note: no record changed\nnote: `letter` is no table: what is in it is not compared\nnote: no rows\n"
    );
    for (old, new, told) in [
        (&with, &without, "letter,,removed,,no table,,,\n"),
        (&without, &with, "letter,,added,,,no table,,\n"),
    ] {
        let (_, out, _) = diff(&[old, new, "-f", "csv"]);
        assert!(out.ends_with(told), "{out}");
    }
}

#[test]
fn a_casebook_that_is_read_is_not_written_over() {
    let path = folder("read").join("new.zip");
    fs::write(&path, "mine").unwrap();
    let path = path.to_str().unwrap();
    let (code, _, err) = diff(&["builtin", path, "-f", "csv", "-o", path, "--force"]);
    assert_eq!(code, ExitCode::from(2));
    assert!(
        err.contains("new.zip` is read, and cannot be the output too"),
        "{err}"
    );
    assert_eq!(fs::read_to_string(path).unwrap(), "mine");
}
