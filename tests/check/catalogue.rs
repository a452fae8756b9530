//! Every case of the catalogue is found for what it is.
//!
//! `CHECK=overwrite cargo test --test check` writes what is found into the catalogue; read every changed line before you commit it.

use std::fs;
use std::path::Path;

use casecmp::check::Rule;

use super::case::{Case, cases, told};
use super::{check, folder};

/// Where the catalogue is.
const CATALOGUE: &str = "tests/check/catalogue.txt";

/// Checks a case, and returns what was found, after a look at the exit code.
fn outcome(case: &Case, folder: &Path) -> String {
    case.make(folder);
    let (answer, found) = check(folder, &[]);
    if answer.code == 2 {
        let shown = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
        let lines = answer.err.lines();
        let lines = lines.map(|line| line.replace(&shown, ""));
        return format!("  {}\n", lines.collect::<Vec<_>>().join("\n  "));
    }
    let is_wrong = found.iter().any(|finding| finding["level"] == "error");
    assert_eq!(answer.code, u8::from(is_wrong), "{}", case.name);
    let (strict, _) = check(folder, &["--strict"]);
    assert_eq!(strict.code, u8::from(!found.is_empty()), "{}", case.name);
    told(&found, folder)
}

#[test]
fn every_broken_casebook_is_told_for_what_it_is() {
    let text = fs::read_to_string(CATALOGUE).unwrap();
    let (mut wrong, mut anew) = (Vec::new(), text.clone());
    let cases: Vec<Case> = cases(&text);
    assert!(cases.len() > 45);
    for (number, case) in cases.iter().enumerate() {
        if !case.is_possible() {
            continue;
        }
        let found = outcome(case, &folder(&format!("catalogue-{number}")));
        if found != case.wanted {
            wrong.push(format!(
                "## {}\nwanted:\n{}found:\n{found}",
                case.name, case.wanted
            ));
            anew = overwritten(&anew, case, &found);
        }
    }
    if std::env::var_os("CHECK").is_some_and(|what| what == "overwrite") {
        fs::write(CATALOGUE, anew).unwrap();
        return;
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Puts what was found of a case into the text of the catalogue.
fn overwritten(text: &str, case: &Case, found: &str) -> String {
    let start = text.find(&format!("\n## {}\n", case.name)).unwrap() + 1;
    let end = text[start..].find("\n## ").map(|end| start + end + 1);
    let end = end.unwrap_or(text.len());
    let kept = text[start..end].lines();
    let is_kept = |line: &&str| {
        let word = line.split(' ').next().unwrap_or_default();
        ["##", "of", "in", "gone", "wide", "link", "-", "+"].contains(&word)
    };
    let kept: Vec<&str> = kept.filter(is_kept).collect();
    let gap = if end == text.len() { "" } else { "\n" };
    format!(
        "{}{}\n{found}{gap}{}",
        &text[..start],
        kept.join("\n"),
        &text[end..]
    )
}

#[test]
fn every_rule_has_a_case() {
    let text = fs::read_to_string(CATALOGUE).unwrap();
    for rule in Rule::KEYS {
        let told = [format!("\nerror {rule} "), format!("\nwarning {rule} ")];
        assert!(told.iter().any(|told| text.contains(told)), "{rule}");
    }
}
