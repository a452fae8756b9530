//! Frictionless, the validator of the standard: one start of Python for many packages.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

/// What it found in a package.
pub(crate) struct Verdict {
    /// The rules that tables break, each once.
    pub(crate) of_tables: BTreeSet<String>,
    /// All that it said.
    pub(crate) said: Vec<String>,
}

impl Verdict {
    /// Says whether nothing is wrong.
    pub(crate) fn is_valid(&self) -> bool {
        self.said.is_empty()
    }
}

/// Validates packages, each in a folder; `None`, said on stderr, when Frictionless is not installed.
pub(crate) fn validate(folders: &[PathBuf]) -> Option<Vec<Verdict>> {
    let Some(python) = python() else {
        let _ = writeln!(std::io::stderr(), "skipped: frictionless is not installed");
        return None;
    };
    let mut program = Command::new(python)
        .arg("tests/check/validator.py")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let paths = folders.iter().map(|folder| folder.join("datapackage.json"));
    let lines: Vec<String> = paths.map(|path| path.display().to_string()).collect();
    let mut input = program.stdin.take().unwrap();
    input.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(input);
    let output = program.wait_with_output().unwrap();
    assert!(output.status.success());
    let found: Vec<Vec<Value>> = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(found.len(), folders.len());
    Some(found.iter().map(|errors| verdict(errors)).collect())
}

/// Returns the Python that Frictionless runs in.
fn python() -> Option<String> {
    let folders = std::env::var_os("PATH")?;
    let mut folders = std::env::split_paths(&folders);
    let script = folders.find_map(|folder| fs::read_to_string(folder.join("frictionless")).ok())?;
    let first = script.lines().next()?.strip_prefix("#!")?;
    Path::new(first).exists().then(|| first.to_owned())
}

fn verdict(errors: &[Value]) -> Verdict {
    let text = |error: &Value, key: &str| error[key].as_str().unwrap_or_default().to_owned();
    let is_shifted = |error: &Value| {
        errors.iter().any(|other| {
            let is_row = ["table", "row"]
                .iter()
                .all(|key| error[*key] == other[*key]);
            let rules = ["extra-cell", "missing-cell", "blank-row"];
            is_row && rules.contains(&&*text(other, "type"))
        })
    };
    // What is said of the cells of a row that has too many or too few, or none, says nothing more.
    let of_tables = errors.iter().filter(|error| {
        let rule = text(error, "type");
        error["table"].is_string()
            && (rule.ends_with("-cell") || rule == "blank-row" || !is_shifted(error))
    });
    Verdict {
        of_tables: of_tables
            .map(|error| match &*text(error, "type") {
                "scheme-error" => "source-error".into(),
                rule => rule.to_owned(),
            })
            .collect(),
        said: errors
            .iter()
            .map(|error| format!("{}: {}", text(error, "type"), text(error, "note")))
            .collect(),
    }
}
