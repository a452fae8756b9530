//! `casecmp check`: a catalogue of broken casebooks, the validator of the standard beside it, and thousands of random edits.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod case;
mod catalogue;
mod mutations;
#[path = "../program/mod.rs"]
mod program;
mod sarif;
mod standard;
mod validator;

use std::fs;
use std::path::Path;

use serde_json::Value;

/// What a run answered: its exit code, stdout and stderr.
struct Answer {
    code: u8,
    out: String,
    err: String,
}

/// Runs casecmp.
fn casecmp(args: &[&str]) -> Answer {
    let (code, out, err) = program::casecmp(args);
    let code = format!("{code:?}");
    let code = code.chars().filter(char::is_ascii_digit);
    Answer {
        code: code.collect::<String>().parse().unwrap(),
        out,
        err,
    }
}

/// Checks a casebook and returns the exit code and what was found.
fn check(folder: &Path, more: &[&str]) -> (Answer, Vec<Value>) {
    let mut args = vec!["check", folder.to_str().unwrap(), "-f", "json"];
    args.extend(more);
    let answer = casecmp(&args);
    let found = match serde_json::from_str(&answer.out) {
        Ok(Value::Array(found)) => found,
        _ => Vec::new(),
    };
    (answer, found)
}

/// Makes an empty folder for a test.
fn folder(name: &str) -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("check")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}
