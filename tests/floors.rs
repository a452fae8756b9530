//! Keeps the floors: no module uses a module above it or beside it, nor a crate that is not its own.
//!
//! Reads the sources as text. Every path `a::b` counts, in `use` lines and elsewhere; comments do not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

/// Each module, from the highest floor to the lowest: the modules and the outside crates that it may use.
const FLOORS: &[(&str, &[&str], &[&str])] = &[
    ("main", &[], &["casecmp"]),
    ("lib", &[], &[]),
    (
        "cli",
        &[
            "output", "commands", "load", "query", "compare", "render", "model", "report", "base",
        ],
        &["clap", "anyhow", "anstream", "terminal_size"],
    ),
    ("output", &["render", "base"], &["anyhow", "tempfile"]),
    (
        "commands",
        &[
            "load", "query", "compare", "render", "model", "report", "base",
        ],
        &["clap", "anyhow"],
    ),
    (
        "load",
        &["model", "base"],
        &["serde", "serde_json", "memchr"],
    ),
    ("query", &["report", "base"], &[]),
    ("compare", &["model", "base"], &[]),
    (
        "render",
        &["report", "base"],
        &["csv", "comfy_table", "serde_json", "unicode_width"],
    ),
    ("model", &["base"], &["serde"]),
    ("report", &["base"], &[]),
    ("base", &[], &["serde", "strsim", "unicode_normalization"]),
];

/// Crates that one file alone may use.
const ALONE: &[(&str, &str)] = &[
    ("comfy_table", "render/text.rs"),
    ("strsim", "base/suggest.rs"),
    ("unicode_normalization", "base/fold.rs"),
];

/// What only `cli.rs` does: print, exit, and read the environment.
const ONLY_CLI: &[&str] = &[
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "std::env",
    "process::exit",
];

/// The names of the crates of `Cargo.toml`, as code writes them, and of casecmp itself.
fn crates() -> Vec<String> {
    let (mut names, mut is_list) = (vec!["casecmp".to_owned()], false);
    for line in include_str!("../Cargo.toml").lines() {
        if line.starts_with('[') {
            is_list = line.ends_with("dependencies]");
        } else if let (true, Some((name, _))) = (is_list, line.split_once('=')) {
            names.push(name.trim().replace('-', "_"));
        }
    }
    names
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Reads the path at the beginning of a text, groups in braces opened, and returns its length.
fn path(text: &str, before: &str, line: usize, found: &mut Vec<(usize, String)>) -> usize {
    let mut at = text.find(|c| !is_word(c)).unwrap_or(text.len());
    at += usize::from(at == 0 && text.starts_with('*'));
    let so_far = format!("{before}{}", &text[..at]);
    let Some(rest) = text[at..].strip_prefix("::") else {
        found.push((line, so_far));
        return at;
    };
    at += 2;
    let before = format!("{so_far}::");
    if rest.starts_with(|c| is_word(c) || c == '*') {
        return at + path(rest, &before, line, found);
    }
    if !rest.starts_with('{') {
        found.push((line, so_far));
        return at;
    }
    while !text[at..].starts_with('}') {
        at += 1;
        at += text[at..].find(|c: char| !c.is_whitespace()).unwrap();
        if text[at..].starts_with(|c| is_word(c) || c == '*') {
            let line = line + text[..at].matches('\n').count();
            at += path(&text[at..], &before, line, found);
        }
        at += text[at..].find([',', '}']).unwrap();
    }
    at + 1
}

/// Returns every path of several words with its line.
fn paths(code: &str) -> Vec<(usize, String)> {
    let (mut found, mut at, mut line) = (Vec::new(), 0, 1);
    while let Some(c) = code[at..].chars().next() {
        let mut length = c.len_utf8();
        if is_word(c) {
            length = path(&code[at..], "", line, &mut found);
        }
        line += code[at..at + length].matches('\n').count();
        at += length;
    }
    found.retain(|(_, path)| path.contains("::"));
    found
}

/// Returns what a file does that it may not, each with its line. The file is named as below `src/`.
fn violations(file: &str, text: &str) -> Vec<String> {
    let top = file.split('/').next().unwrap().trim_end_matches(".rs");
    let Some((_, modules, outside)) = FLOORS.iter().find(|(name, ..)| *name == top) else {
        return vec![format!("src/{file}: `{top}` stands on no floor")];
    };
    let parts = file.trim_end_matches("/mod.rs").split('/').count();
    let code: String = text
        .lines()
        .map(|line| {
            line.split_once("//")
                .map_or(line, |(code, _)| code)
                .to_owned()
                + "\n"
        })
        .collect();
    // rustfmt closes a module of the file's own level with a brace at the beginning of a line.
    let tests = code.find("\n#[cfg(test)]\nmod ").map(|start| {
        let end = code[start..].find("\n}").unwrap() + start;
        let line = |at: usize| code[..at].matches('\n').count() + 1;
        line(start)..=line(end)
    });
    let mut told = Vec::new();
    let mut tell = |line: usize, what: &str| told.push(format!("src/{file}:{line}: {what}"));

    for (line, path) in paths(&code) {
        let is_test = tests.as_ref().is_some_and(|lines| lines.contains(&line));
        let words: Vec<&str> = path
            .split("::")
            .skip_while(|word| *word == "self")
            .collect();
        let ups = words.iter().take_while(|word| **word == "super").count();
        let depth = parts + usize::from(is_test);
        let used = match words[0] {
            "crate" => Some(words[1]),
            "super" if ups >= depth => words.get(ups).copied(),
            _ => None,
        };
        if let Some(used) = used
            && used != top
            && !modules.contains(&used)
        {
            tell(line, &format!("`{top}` may not use `{used}`"));
        }
        let name = words[0];
        // A module of the same name hides the crate.
        let is_outside =
            crates().iter().any(|known| known == name) && !code.contains(&format!("mod {name};"));
        let is_alone = |(only, place): &(&str, &str)| *only != name || *place == file;
        let is_allowed = outside.contains(&name) && ALONE.iter().all(is_alone);
        if is_outside && !is_test && !is_allowed {
            tell(
                line,
                &format!("`{file}` may not use the crate `{name}`: {path}"),
            );
        }
        let is_own = |only: &&&str| path.starts_with(**only) || path.ends_with(**only);
        if let (Some(only), true) = (ONLY_CLI.iter().find(is_own), top != "cli") {
            tell(line, &format!("`{only}` is for cli.rs alone"));
        }
    }
    for (index, line) in code.lines().enumerate() {
        let called = |only: &&&str| only.ends_with('!') && line.contains(**only);
        if let (Some(only), true) = (ONLY_CLI.iter().find(called), top != "cli") {
            tell(index + 1, &format!("`{only}` is for cli.rs alone"));
        }
    }
    told
}

/// Returns the sources below a folder, named as below `src/`, with their texts.
fn sources(folder: &Path, before: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        if path.is_dir() {
            found.extend(sources(&path, &format!("{before}{name}/")));
        } else {
            found.push((
                format!("{before}{name}"),
                fs::read_to_string(&path).unwrap(),
            ));
        }
    }
    found.sort();
    found
}

#[test]
fn every_module_stays_on_its_floor() {
    let sources = sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "");
    assert!(sources.len() > 20, "the sources are found");
    let told = sources
        .iter()
        .flat_map(|(file, text)| violations(file, text));
    let told: Vec<String> = told.collect();
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn every_planted_violation_is_found() {
    let planted = [
        ("render/csv.rs", "use crate::model::Kind;"),
        (
            "render/csv.rs",
            "use crate::{base::Id, model::{Kind, Kpi}};",
        ),
        (
            "load/csv.rs",
            "use std::io;\nuse crate::{\n    base,\n    query::filter,\n};",
        ),
        ("load/mod.rs", "use super::compare;"),
        ("load/csv.rs", "use super::super::compare::{self};"),
        (
            "compare/x.rs",
            "fn x() { let y = crate::report::Report::of(z); }",
        ),
        ("output.rs", "use super::cli;"),
        ("commands/x.rs", "use crate::cli::Io;"),
        ("commands/x.rs", "use crate::*;"),
        (
            "base/x.rs",
            "#[cfg(test)]\nmod tests {\n    use super::super::super::model;\n}",
        ),
        ("render/json.rs", "use comfy_table::Table;"),
        ("base/id.rs", "fn x() { strsim::jaro(a, b) }"),
        ("query.rs", "#[derive(serde::Deserialize)]"),
        ("load/rows.rs", "use csv::Reader;"),
        (
            "load/rows.rs",
            "#[cfg(test)]\nmod tests {\n}\nuse csv::Reader;",
        ),
        ("main.rs", "use clap::Args;"),
        ("load/x.rs", "use std::{env, fs};"),
        ("commands/x.rs", "fn x() { std::process::exit(1) }"),
        ("commands/x.rs", "fn x() { println!(\"{}\", 1) }"),
        ("chart/svg.rs", ""),
    ];
    for (file, code) in planted {
        // The line above lets tests be found at the beginning.
        let told = violations(file, &format!("\n{code}\n"));
        assert!(!told.is_empty(), "{file}: {code}");
    }
    let fine = "//! See crate::cli.\nmod csv;\nuse super::{Read, problem::Problem}; // crate::cli\n\
                use crate::model::{\n    Kind,\n};\nfn x() -> std::process::ExitCode { csv::read(env!(\"X\")) }\n\
                #[cfg(test)]\nmod tests {\n    use super::super::Read;\n    use strsim::jaro;\n}\n";
    assert_eq!(violations("load/json.rs", fine), [""; 0]);
    let where_it_is = violations(
        "load/x.rs",
        "use crate::{\n    base::Id,\n    render,\n};\n",
    );
    assert_eq!(
        where_it_is,
        ["src/load/x.rs:3: `load` may not use `render`"]
    );
}
