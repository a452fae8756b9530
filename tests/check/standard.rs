//! What `casecmp check` says of the form of packages is what the validator of the standard says.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use casecmp::package::FILES;
use serde_json::{Value, json};

use super::case::cases;
use super::validator::{Verdict, validate};
use super::{check, folder};

/// Rules that the standard knows.
const OF_TABLES: [&str; 19] = [
    "source-error",
    "encoding-error",
    "byte-count",
    "hash-count",
    "blank-header",
    "blank-label",
    "duplicate-label",
    "extra-label",
    "missing-label",
    "incorrect-label",
    "unmatched-header",
    "blank-row",
    "extra-cell",
    "missing-cell",
    "type-error",
    "constraint-error",
    "unique-error",
    "primary-key",
    "foreign-key",
];

/// Rules of the standard for descriptors, which the validator calls by several names.
const OF_DESCRIPTORS: [&str; 3] = ["package-error", "resource-error", "schema-error"];

/// The cases in which the validator says something else, and why casecmp does not.
const DIFFERENT: &[(&str, &str)] = &[
    ("there are no resources", "the standard wants one at least"),
    (
        "a file is a link that leads out",
        "it follows links; the standard forbids paths that lead out, and a link is one",
    ),
    (
        "a table is empty",
        "it tells each key that names a row of it, too",
    ),
    (
        "the header is empty",
        "it tells each column, and casecmp the header",
    ),
    (
        "a quote is never closed",
        "the reader of Python closes it in the end",
    ),
    ("a moment is none", MOMENT),
    (
        "an id stands twice",
        "it tells twice what is a key and unique",
    ),
    ("a unique key names no field", UNIQUE),
    ("a unique key stands twice", UNIQUE),
    ("uniqueKeys: broken", UNIQUE),
    ("uniqueKeys of two: broken", UNIQUE),
    ("uniqueKeys and nothing: broken", UNIQUE),
    ("schema: a unique key of no field", UNIQUE),
    ("number: 1_000", NUMBER),
    ("number: Infinity", NUMBER),
    (
        "date: 2024-1-1",
        "days are YYYY-MM-DD: it takes what strptime of Python takes",
    ),
    ("datetime: 2024-02-29 15:04:05", MOMENT),
    (
        "yearmonth: 1997-5",
        "months are YYYY-MM, as those of XML Schema",
    ),
    (
        "groupChar of whole numbers",
        "version 2 of the standard has it for them too",
    ),
    ("minimum of durations", DURATION),
    ("minimum of durations: broken", DURATION),
    (
        "pattern of one of two: broken",
        "a pattern is one of XML Schema, which matches the whole value: it ties `^` to the first of two and `$` to the last",
    ),
    (
        "fieldsMatch exact: b,a",
        "it goes on with the cells by their places, casecmp by the names above them",
    ),
    (
        "fieldsMatch in a list",
        "the JSON Schema of the standard wants a list, its text a text: both are taken",
    ),
    (
        "a line of nothing at the beginning",
        "it takes it for the header",
    ),
    (
        "a row of blanks",
        "it tells each cell of blanks, and casecmp the row",
    ),
    (
        "primaryKey of two, half empty: broken",
        "in the standard each field of a primary key is required, as in SQL",
    ),
    (
        "foreignKeys to a table without a schema",
        "it makes numbers of the cells of one and texts of the other's, where no schema says so",
    ),
    (
        "schema: a minLength below none",
        "lengths are whole numbers, 0 or more",
    ),
];

const UNIQUE: &str = "it does not know `uniqueKeys`, which came with version 2 of the standard";
const MOMENT: &str = "a T stands between day and time, as in XML Schema: it takes a blank";
const NUMBER: &str =
    "it takes what Python takes; those of XML Schema are without `_`, and infinity is INF";
const DURATION: &str =
    "the standard has bounds of durations; casecmp leaves them out, for months have no length";

/// A package, by its name, and what each program found in it.
struct Both {
    name: String,
    ours: BTreeSet<String>,
    theirs: Verdict,
}

impl Both {
    /// Says how the two differ; `None` when they agree.
    fn difference(&self) -> Option<String> {
        let of_tables = |rules: &BTreeSet<String>| -> BTreeSet<String> {
            let rules = rules.iter().filter(|rule| OF_TABLES.contains(&&***rule));
            let rules = rules.map(|rule| match &**rule {
                // Columns are told apart by their names here, by their places there.
                "missing-label" | "extra-label" | "incorrect-label" => "labels".into(),
                rule => rule.to_owned(),
            });
            rules.collect()
        };
        let (ours, theirs) = (of_tables(&self.ours), of_tables(&self.theirs.of_tables));
        let is_ours = |rule: &String| OF_DESCRIPTORS.contains(&&**rule);
        let is_valid = ours.is_empty() && !self.ours.iter().any(is_ours);
        let is_descriptor = self.ours.iter().any(is_ours);
        let agree = is_valid == self.theirs.is_valid() && (is_descriptor || ours == theirs);
        (!agree).then(|| {
            format!(
                "{}: ours {:?}, theirs {:?}\n  {}",
                self.name,
                self.ours,
                theirs,
                self.theirs.said.join("\n  ")
            )
        })
    }
}

/// Checks packages by both programs.
fn both(packages: Vec<(String, PathBuf)>) -> Option<Vec<Both>> {
    let folders: Vec<PathBuf> = packages.iter().map(|(_, folder)| folder.clone()).collect();
    let verdicts = validate(&folders)?;
    let both = packages.into_iter().zip(verdicts);
    let both = both.map(|((name, folder), theirs)| Both {
        name,
        ours: rules(&folder),
        theirs,
    });
    Some(both.collect())
}

/// Returns the rules that a package breaks, by our own program.
pub(crate) fn rules(folder: &Path) -> BTreeSet<String> {
    let (answer, found) = check(folder, &[]);
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let mistakes = || found.iter().filter(|found| text(found, "level") == "error");
    let row = |finding: &Value| (finding["file"].clone(), finding["line"].clone());
    // What is said of the cells of a row that has too many or too few says nothing more.
    let is_shifted = |finding: &Value| {
        let mut others = mistakes().filter(|other| row(other) == row(finding));
        others.any(|other| text(other, "rule").ends_with("-cell"))
    };
    let rules = mistakes().map(|found| (found, text(found, "rule")));
    let rules = rules.filter(|(found, rule)| rule.ends_with("-cell") || !is_shifted(found));
    let mut rules: BTreeSet<String> = rules.map(|(_, rule)| rule).collect();
    if answer.code == 2 {
        rules.insert("package-error".into());
    }
    rules
}

#[test]
fn the_validator_of_the_standard_agrees_on_the_catalogue() {
    let text = fs::read_to_string("tests/check/catalogue.txt").unwrap();
    let mut packages = Vec::new();
    for (number, case) in cases(&text).iter().enumerate() {
        if case.is_possible() {
            let folder = folder(&format!("standard-{number}"));
            case.make(&folder);
            packages.push((case.name.clone(), folder));
        }
    }
    let built_in = folder("standard-built-in");
    fs::create_dir_all(built_in.join("schemas")).unwrap();
    for (name, text) in FILES {
        fs::write(built_in.join(name), text).unwrap();
    }
    packages.push(("the built-in casebook".into(), built_in));
    agree(packages);
}

#[test]
fn the_validator_of_the_standard_agrees_on_small_packages() {
    let text = fs::read_to_string("tests/check/standard.txt").unwrap();
    let mut packages = Vec::new();
    for (number, package) in text.split("\n## ").skip(1).enumerate() {
        let folder = folder(&format!("small-{number}"));
        packages.push((small(package, &folder), folder));
    }
    agree(packages);
}

/// Asserts that both programs say the same but for the differences that are known.
fn agree(packages: Vec<(String, PathBuf)>) {
    let Some(both) = both(packages) else { return };
    let is_known = |both: &&Both| DIFFERENT.iter().any(|(name, _)| *name == both.name);
    let (known, others): (Vec<&Both>, Vec<&Both>) = both.iter().partition(is_known);
    let told: Vec<String> = others.iter().filter_map(|both| both.difference()).collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
    for both in known {
        let is_different = both.difference().is_some();
        assert!(is_different, "{}: they agree by now", both.name);
    }
}

/// Makes a small package in a folder, and returns its name: a line of JSON begins a table, what it says of the resource; the lines
/// behind it are the file.
fn small(text: &str, folder: &Path) -> String {
    let (name, rest) = text.split_once('\n').unwrap();
    let mut resources: Vec<Value> = Vec::new();
    for line in rest.lines() {
        if let Ok(Value::Object(mut resource)) = serde_json::from_str(line) {
            let name = format!("t{}", resources.len() + 1);
            resource.insert("path".into(), format!("{name}.csv").into());
            resource.insert("name".into(), name.into());
            resources.push(resource.into());
            continue;
        }
        let path = folder.join(resources.last().unwrap()["path"].as_str().unwrap());
        let before = fs::read_to_string(&path).unwrap_or_default();
        fs::write(path, format!("{before}{}\n", line.trim_end_matches('¶'))).unwrap();
    }
    let descriptor = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "small",
        "resources": resources,
    });
    let text = serde_json::to_string_pretty(&descriptor).unwrap();
    fs::write(folder.join("datapackage.json"), text).unwrap();
    name.into()
}
