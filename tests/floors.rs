//! Keeps the floors: no module uses a module above it or beside it, nor a crate that is not its own.
//!
//! Reads the sources as text. Every path `a::b` counts, in `use` lines and elsewhere; comments do not.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

/// Each module, from the highest floor to the lowest: the modules that it may use, then the outside
/// crates, with the file that alone may use one.
const FLOORS: &str = "
    main: | casecmp
    lib: |
    cli: output commands load check query compare diff audit score survey render package model report scan base | clap anyhow anstream terminal_size
    output: render report base | anyhow tempfile
    commands: load check query compare diff audit score survey render package model report scan base | clap anyhow
    load: package model scan base | serde load/json.rs=serde_ignored serde_json
    query: report base |
    check: package model base | serde_json
    survey: scan base | survey/unpack.rs=flate2 survey/unpack.rs=ruzstd survey/text.rs=yore
    compare: model base |
    diff: model base |
    audit: model base |
    score: base | score/distribution.rs=statrs
    render: report base | csv render/text.rs=comfy_table serde_json unicode_width
    package: base | serde serde_json package/constraints.rs=regex_lite package/zip.rs=rawzip package/zip.rs=flate2 package/decode.rs=yore package/encoding.rs=yore package/hash.rs=sha2 package/hash.rs=md5
    model: base | serde
    report: base |
    scan: base | scan/avx512.rs=fearless_simd scan/ends.rs=fearless_simd scan/lines.rs=fearless_simd scan/parity.rs=fearless_simd scan/structure.rs=fearless_simd scan/walk.rs=fearless_simd
    base: | serde base/suggest.rs=strsim base/fold.rs=unicode_normalization
";

/// What `cli.rs` alone does: print, exit, and read the environment.
const ONLY_CLI: [&str; 4] = ["print!(", "println!(", "std::env::", "process::exit::"];

/// A file and what it may not hold, a line each; `\n` begins a new line of it.
const PLANTED: &str = r#"
    render/csv.rs    use crate::{base::Id, model::{Kind}};
    load/csv.rs      use std::io;\nuse crate::{\n    base,\n    query::filter,\n};
    load/mod.rs      use super::compare;
    compare/x.rs     fn x() { let y = *super::super::report::Report::of(z); }
    output.rs        use super::*;
    base/x.rs        #[cfg(test)]\nmod tests {\n    use super::super::super::model;\n}
    render/json.rs   use comfy_table::Table;
    base/id.rs       fn x() { strsim::jaro(a, b) }
    query.rs         #[derive(serde::Deserialize)]
    package/rows.rs  #[cfg(test)]\nmod tests {\n}\nuse csv::Reader;
    main.rs          use clap::Args;
    load/x.rs        use std::{env, fs};
    commands/x.rs    fn x() { std::process::exit(1) }
    commands/x.rs    fn x() { eprintln!("{}", 1) }
    scan/row.rs      use crate::survey::Reason;
    chart/svg.rs     fn x() {}
"#;

/// Code that may stand in `load/json.rs`.
const FINE: &str = r#"//! See crate::cli.
mod csv;
use super::{Read, problem::Problem}; // crate::cli
fn x() -> std::process::ExitCode { csv::read(env!("X")) }
#[cfg(test)]
mod tests {
    use super::super::Read;
    use strsim::jaro;
}"#;

/// Returns the crates of `Cargo.toml`, as code writes their names, and casecmp itself.
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

/// Reads the path at the beginning of a text, opens its groups in braces, and returns its length.
fn path(text: &str, before: &str, line: usize, found: &mut Vec<(usize, String)>) -> usize {
    let mut at = text.find(|c| !is_word(c)).unwrap_or(text.len());
    let name = format!("{before}{}", &text[..at]);
    let before = format!("{name}::");
    match text[at..].strip_prefix("::") {
        Some(rest) if rest.starts_with(is_word) => {
            return at + 2 + path(rest, &before, line, found);
        }
        Some(rest) if rest.starts_with('{') => at += 2,
        rest => {
            found.push((line, if rest.is_some() { before } else { name }));
            return at;
        }
    }
    while !text[at..].starts_with('}') {
        at += 1; // `{` or `,`
        at += text[at..].find(|c: char| !c.is_whitespace()).unwrap();
        if text[at..].starts_with(is_word) {
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

/// Returns what a file, named as below `src/`, does that it may not, with the lines.
fn violations(file: &str, text: &str) -> Vec<String> {
    let top = file.split('/').next().unwrap().trim_end_matches(".rs");
    let mut floors = FLOORS.lines().filter_map(|line| line.split_once(':'));
    let Some((_, may)) = floors.find(|(name, _)| name.trim() == top) else {
        return vec![format!("src/{file}: `{top}` stands on no floor")];
    };
    let (modules, outside) = may.split_once('|').unwrap();
    let has = |list: &str, name: &str| list.split_whitespace().any(|known| known == name);
    let bare = |line: &str| format!("{}\n", line.split("//").next().unwrap_or_default());
    let code: String = text.lines().map(bare).collect();
    // rustfmt closes a module of the file's own level with a brace at the beginning of a line.
    let line_of = |at: usize| code[..at].matches('\n').count() + 1;
    let tests = code.find("#[cfg(test)]\nmod tests {").map(|start| {
        let end = start + code[start..].find("\n}").unwrap();
        line_of(start)..=line_of(end)
    });
    let mut told = Vec::new();
    let mut tell = |line: usize, what: &str| told.push(format!("src/{file}:{line}: {top}: {what}"));
    let mut lines: Vec<(usize, String)> = (1..).zip(code.lines().map(Into::into)).collect();
    for (line, path) in paths(&code) {
        let is_test = tests.as_ref().is_some_and(|lines| lines.contains(&line));
        let words: Vec<&str> = path.split("::").collect();
        let ups = words.iter().take_while(|word| **word == "super").count();
        let depth = file.trim_end_matches("/mod.rs").split('/').count() + usize::from(is_test);
        let is_from_root = words[0] == "crate" || ups >= depth;
        let used = words.get(ups.max(1)).filter(|_| is_from_root);
        if used.is_some_and(|used| *used != top && !has(modules, used)) {
            tell(line, &format!("may not use `{path}`"));
        }
        let name = words[0];
        // A module of the same name hides the crate.
        let is_outside =
            crates().iter().any(|known| known == name) && !code.contains(&format!("mod {name};"));
        let is_allowed = has(outside, name) || has(outside, &format!("{file}={name}"));
        if is_outside && !is_allowed && !is_test {
            tell(line, &format!("may not use the crate of `{path}`"));
        }
        lines.push((line, path + "::"));
    }
    for (line, text) in lines {
        if top != "cli" && ONLY_CLI.iter().any(|only| text.contains(only)) {
            tell(line, &format!("for cli.rs alone: {}", text.trim()));
        }
    }
    told
}

/// Returns what the sources below a folder do that they may not.
fn violations_below(folder: &Path, before: &str) -> Vec<String> {
    let mut told = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{before}{}", entry.file_name().to_str().unwrap());
        told.extend(match entry.path() {
            path if path.is_dir() => violations_below(&path, &format!("{name}/")),
            path => violations(&name, &fs::read_to_string(path).unwrap()),
        });
    }
    told.sort();
    told
}

#[test]
fn every_module_stays_on_its_floor() {
    let told = violations_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), "");
    assert!(told.is_empty(), "\n{}", told.join("\n"));
}

#[test]
fn a_planted_violation_is_found() {
    for planted in PLANTED.trim().lines() {
        let (file, code) = planted.trim().split_once(' ').unwrap();
        let told = violations(file, &code.trim().replace("\\n", "\n"));
        assert_eq!(told.len(), 1, "{planted}: {told:?}");
    }
    assert_eq!(violations("load/json.rs", FINE), [""; 0]);
    let told = violations(
        "load/x.rs",
        "use crate::{\n    base::Id,\n    render,\n};\n",
    );
    assert_eq!(told, ["src/load/x.rs:3: load: may not use `crate::render`"]);
}
