//! What changed, on tables as their files have them, and the laws of it.

use super::*;
use crate::base::{Located, Text, Type};
use crate::model::{Other, Profile, Records};

/// Makes a table that is of no kind, of a header and rows separated by blanks; `-` is an empty cell, and a column whose name
/// ends with `#` holds numbers.
fn table(lines: &'static str) -> Other {
    let mut lines = lines.lines().map(str::trim);
    let head = lines.next().unwrap().split(' ');
    let columns = head.map(|name| match name.strip_suffix('#') {
        Some(name) => (name, Type::Number),
        None => (name, Type::Text),
    });
    let cell = |cell: &'static str| Text::Borrowed(if cell == "-" { "" } else { cell });
    let rows = lines.map(|line| Located {
        line: 1,
        value: line.split(' ').map(cell).collect(),
    });
    Other {
        name: "t".into(),
        path: "t.csv".into(),
        columns: columns.collect(),
        rows: rows.collect(),
    }
}

/// Writes changes in a line each: `a changed n: 1 > 2`.
fn written(changes: &[Change<'_>]) -> Vec<String> {
    let written = changes.iter().map(|change| {
        let what = format!("{} {}", change.id.plain(), change.what().key());
        let edits = change.edits.iter().map(|edit| {
            let (old, new) = (edit.old.plain(), edit.new.plain());
            format!(" {}: {old} > {new}", edit.key)
        });
        what + &edits.collect::<String>()
    });
    written.collect()
}

fn told(old: &'static str, new: &'static str) -> Vec<String> {
    let [old, new] = [old, new].map(table);
    written(&changes(&Rows::of(&old), &Rows::of(&new)))
}

#[test]
fn records_are_matched_by_id_and_only_what_changed_is_told() {
    let old = "id n# s\na 1 x\nb 2 y\nc 3 z";
    assert_eq!(told(old, old), [""; 0]);
    assert_eq!(
        told(old, "id n# s\nc 3 z\nd 4 w\na 5 x"),
        ["d added", "a changed n: 1 > 5", "b removed"]
    );
}

#[test]
fn the_precision_of_a_number_is_part_of_it_and_its_spelling_is_not() {
    assert_eq!(
        told("id n#\na 62\nb 5e3\nc 7", "id n#\na 62.0\nb 5e3\nc -"),
        ["a changed n: 62 > 62.0", "c changed n: 7 > "]
    );
    assert_eq!(
        told("id n#\na 62\nb 5e3", "id n\na 62\nb 5e3\nc many"),
        ["c added"],
        "one word makes the column text"
    );
}

#[test]
fn a_record_of_another_id_and_the_same_content_is_renamed() {
    assert_eq!(
        told("id s t\na x y\nb x z", "id s t\nc x y\nd x w"),
        ["c renamed id: a > c", "b removed", "d added"]
    );
    assert_eq!(
        told("id s\na x\nb x", "id s\nc x\nd x"),
        ["c renamed id: a > c", "d renamed id: b > d"],
        "of equals the first is the first"
    );
    assert_eq!(
        told("id s\na -", "id s\nb -"),
        ["a removed", "b added"],
        "without content nothing tells that they are one"
    );
}

#[test]
fn rows_without_ids_are_there_or_not() {
    assert_eq!(
        told("s t\nx y\nx y\nz w", "s t\nn m\nx y\nz v"),
        [" added", " removed", " removed", " added"]
    );
    assert_eq!(told("s t\nx y\nz w", "s t\nz w\nx y"), [""; 0]);
}

#[test]
fn a_column_counts_where_it_says_something() {
    assert_eq!(
        told("id s old\na x 1\nb y -", "id new s\na - x\nb 2 y"),
        ["a changed old: 1 > ", "b changed new:  > 2"]
    );
}

#[test]
fn claims_that_changed_value_or_rank_are_said_to() {
    let profile = |value: &'static str, rank, note: Option<&'static str>| {
        let value = Profile {
            id: "a".parse().unwrap(),
            value: value.into(),
            period: Some("2020".parse().unwrap()),
            rank,
            note: note.map(Into::into),
            ..Profile::default()
        };
        Records::new("profiles.csv", vec![Located { line: 2, value }])
    };
    let old = profile("Bonn", Rank::Normal, None);
    let mut new = profile("Ulm", Rank::Preferred, Some("It is"));
    for record in new.iter_mut() {
        record.period = Some("2021".parse().unwrap());
    }
    let changes = changes(&Rows::of(&old), &Rows::of(&new));
    let edits: Vec<(What, &str)> = changes[0].edits.iter().map(|e| (e.what, e.key)).collect();
    assert_eq!(
        edits,
        [
            (What::Value, "value"),
            (What::Changed, "period"),
            (What::Rank, "rank"),
            (What::Changed, "note")
        ],
        "the days of the period repeat it"
    );
}

/// Two tables for each seed, of few ids and few words, so that all that can happen to a record does.
fn random(seed: u64) -> [Other; 2] {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = |below: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state % below
    };
    [0, 1].map(|_| {
        let rows = next(7);
        let mut cell = |words: [&'static str; 4]| {
            let word = words[usize::try_from(next(4)).unwrap()];
            Text::Borrowed(word)
        };
        let rows = (0..rows).map(|_| Located {
            line: 1,
            value: vec![
                cell(["a", "b", "c", "d"]),
                cell(["x", "y", "", "x"]),
                cell(["1", "2", "2", ""]),
            ],
        });
        Other {
            rows: rows.collect(),
            ..table("id s n#")
        }
    })
}

/// Sorts the lines of changes, since the order follows the new table.
fn sorted(changes: &[Change<'_>]) -> Vec<String> {
    let mut lines = written(changes);
    lines.sort();
    lines
}

#[test]
fn there_and_back_are_mirror_images() {
    for seed in 0..3000 {
        let [a, b] = random(seed);
        let (a, b) = (Rows::of(&a), Rows::of(&b));
        assert_eq!(changes(&a, &a), [], "{seed}: a table and itself");
        let there = changes(&a, &b);
        let mirrored = there.iter().map(|change| {
            let edits = change.edits.iter().map(|edit| Edit {
                old: edit.new.clone(),
                new: edit.old.clone(),
                ..edit.clone()
            });
            let edits: Vec<Edit<'_>> = edits.collect();
            let [old, new] = change.places;
            let renamed = edits.iter().find(|edit| edit.what == What::Renamed);
            Change {
                id: renamed.map_or_else(|| change.id.clone(), |edit| edit.new.clone()),
                places: [new, old],
                edits,
            }
        });
        let mirrored: Vec<Change<'_>> = mirrored.collect();
        let back = changes(&b, &a);
        assert_eq!(sorted(&back), sorted(&mirrored), "{seed}");
        let count = |what| there.iter().filter(|change| change.what() == what).count();
        assert_eq!(
            a.len() + count(What::Added),
            b.len() + count(What::Removed),
            "{seed}: every record is accounted for"
        );
    }
}
