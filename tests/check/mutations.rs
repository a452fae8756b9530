//! Thousands of random edits of the example casebook: never a panic, and whatever the other commands refuse is a mistake.

use std::fs;
use std::path::{Path, PathBuf};

use super::case::write_example;
use super::validator::validate;
use super::{casecmp, check, folder};

/// How many of the edits the validator of the standard sees, too.
const SEEN: usize = if cfg!(debug_assertions) { 100 } else { 300 };

/// What edits put into files.
const PIECES: [&str; 16] = [
    ",", "\"", "\n", "\r\n", ";", "\t", "{", "]", "\\", "é", "\u{0}", "=1+1", "-", " ", "null",
    "1e999",
];

/// Numbers that look random and are the same in every run (`SplitMix64`, Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below another.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap()
    }

    fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// How many edits are made; `EDITS=10000 cargo test --test check mutations` makes more.
fn edits() -> usize {
    let wanted = std::env::var("EDITS").ok();
    let usual = if cfg!(debug_assertions) {
        1_000
    } else {
        10_000
    };
    wanted.map_or(usual, |wanted| wanted.parse().unwrap())
}

/// Edits the bytes of a file.
fn edited(random: &mut Random, bytes: &[u8], name: &str) -> Vec<u8> {
    let is_csv = !name.contains(".json");
    let mut edited = bytes.to_vec();
    let place = random.below(edited.len());
    match random.below(if is_csv { 10 } else { 6 }) {
        0 => edited[place] ^= 1 << random.below(8),
        1 => {
            edited.remove(place);
        }
        2 => {
            let piece = random.one(&PIECES).bytes();
            edited.splice(place..place, piece);
        }
        3 => edited.truncate(place),
        4 => {
            let end = (place + random.below(40)).min(edited.len());
            edited.drain(place..end);
        }
        5 => return without_member(random, bytes),
        6 => return rows(random, bytes),
        7 => return columns(random, bytes),
        8 => return cell(random, bytes),
        _ => {
            let end = (place + random.below(200)).min(edited.len());
            let again = edited[place..end].to_vec();
            edited.splice(place..place, again);
        }
    }
    edited
}

/// Takes a line out, which in JSON is a member or an item most of the time.
fn without_member(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    lines.remove(random.below(lines.len()));
    lines.concat()
}

/// Swaps two rows, or has one twice.
fn rows(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let (one, other) = (random.below(lines.len()), random.below(lines.len()));
    match random.below(2) {
        0 => lines.swap(one, other),
        _ => lines.insert(one, lines[other]),
    }
    lines.concat()
}

/// Reads the cells of a table, each as it is written.
fn cells(bytes: &[u8]) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true);
    let mut reader = reader.from_reader(bytes);
    let rows = reader.records().map(Result::unwrap);
    let rows = rows.map(|row| row.iter().map(Into::into).collect());
    rows.collect()
}

fn written(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new();
    let mut writer = writer.flexible(true).from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Swaps two columns, has one twice, or takes one out.
fn columns(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut rows = cells(bytes);
    let width = rows[0].len();
    let (how, one, other) = (random.below(3), random.below(width), random.below(width));
    for row in &mut rows {
        match how {
            0 => row.swap(one, other),
            1 => row.insert(one, row[other].clone()),
            _ => {
                row.remove(one);
            }
        }
    }
    written(&rows)
}

/// Puts into a cell what stands in another, or something else.
fn cell(random: &mut Random, bytes: &[u8]) -> Vec<u8> {
    let mut rows = cells(bytes);
    let (row, column) = (random.below(rows.len()), random.below(rows[0].len()));
    let from = random.below(rows.len());
    let other = random.one(&rows[from]).clone();
    rows[row][column] = match random.below(4) {
        0 => other,
        1 => String::new(),
        2 => (*random.one(&PIECES)).into(),
        _ => format!("{}x", rows[row][column]),
    };
    written(&rows)
}

/// Says whether the other commands read all tables.
fn is_read(folder: &Path) -> Result<(), String> {
    let data = folder.to_str().unwrap();
    let answer = casecmp(&["--data", data, "export", "-f", "json"]);
    if answer.code == 2 {
        return Err(answer.err);
    }
    Ok(())
}

/// The files of the example that are edited.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let schemas = fs::read_dir(folder.join("schemas")).unwrap();
    let all = fs::read_dir(folder).unwrap().chain(schemas);
    let paths = all.map(|entry| entry.unwrap().path());
    let mut paths: Vec<PathBuf> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|end| end == "csv" || end == "json")
        })
        .collect();
    paths.sort();
    let files = paths.into_iter().map(|path| {
        let bytes = fs::read(&path).unwrap();
        (path, bytes)
    });
    files.collect()
}

#[test]
fn whatever_is_edited_the_commands_agree_on_what_is_wrong() {
    let folder = folder("mutations");
    write_example(&folder);
    let files = files(&folder);
    let (mut random, mut wrong, mut seen) = (Random(42), Vec::new(), Vec::new());
    let (edits, mut right) = (edits(), 0);
    for number in 0..edits {
        let (path, bytes) = random.one(&files);
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut after = edited(&mut random, bytes, name);
        if random.below(8) == 0 && !after.is_empty() && after.is_ascii() {
            after = edited(&mut random, &after, ".json");
        }
        fs::write(path, &after).unwrap();
        let (answer, found) = check(&folder, &[]);
        assert_eq!(
            fs::read(path).unwrap(),
            after,
            "{number}: the file was changed"
        );
        let is_wrong = answer.code != 0;
        right += usize::from(!is_wrong);
        assert!(
            answer.code == 2 || is_wrong == found.iter().any(|finding| finding["level"] == "error")
        );
        let read = is_read(&folder);
        if let (false, Err(error)) = (is_wrong, &read) {
            wrong.push(format!(
                "{number}: {name}: check finds nothing, but: {error}"
            ));
        }
        if number % edits.div_ceil(SEEN) == 0 {
            let copy = super::folder(&format!("mutation-{number}"));
            write_example(&copy);
            fs::write(copy.join(path.strip_prefix(&folder).unwrap()), &after).unwrap();
            seen.push((copy, is_wrong));
        }
        fs::write(path, bytes).unwrap();
        if wrong.len() > 10 {
            break;
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(right > edits / 50, "edits that leave it right: {right}");
    let folders: Vec<PathBuf> = seen.iter().map(|(folder, _)| folder.clone()).collect();
    let Some(verdicts) = validate(&folders) else {
        return;
    };
    for ((folder, is_wrong), verdict) in seen.iter().zip(verdicts) {
        assert!(
            *is_wrong || verdict.is_valid(),
            "{}: only the validator of the standard rejects it: {}",
            folder.display(),
            verdict.said.join("\n")
        );
        fs::remove_dir_all(folder).unwrap();
    }
}
