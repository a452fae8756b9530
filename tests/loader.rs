//! Whatever is in a file of a casebook, reading it ends with records or with mistakes, never with a panic.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use casecmp::load::{Read, Table};
use casecmp::model::{Company, Event, Kpi, Metric, Source};
use casecmp::package::{FILES, File, LoadError};

/// Reads a text as a table and returns whether it is one; mistakes must name the file.
fn is_read<R: Table>(text: String) -> bool {
    match R::read(&File::new("x", text.leak()), &[]).and_then(Read::into_records) {
        Ok(_) => true,
        Err(LoadError { problems }) => {
            assert!(!problems.is_empty());
            for problem in problems {
                assert!(problem.to_string().starts_with('x'), "{problem}");
            }
            false
        }
    }
}

/// Reads a file with one place after the other spoiled in several ways.
fn spoil<R: Table>(name: &str, step: usize) {
    let (_, text) = FILES.iter().find(|(file, _)| *file == name).unwrap();
    assert!(is_read::<R>((*text).to_owned()));
    let mut refused = 0;
    for (place, found) in text.char_indices().step_by(step) {
        let (before, after) = (&text[..place], &text[place + found.len_utf8()..]);
        for instead in ["", "\"", ",", "\n", "\r\n", "\0", "é", "{", "9"] {
            refused += usize::from(!is_read::<R>(format!("{before}{instead}{after}")));
        }
        refused += usize::from(!is_read::<R>(before.to_owned()));
    }
    assert!(refused > 0, "some of it is noticed");
}

#[test]
fn no_spoiled_file_is_a_panic() {
    spoil::<Company>("companies.csv", 7);
    spoil::<Event>("events.csv", 97);
    spoil::<Kpi>("kpis.csv", 47);
    spoil::<Metric>("metrics.csv", 31);
    spoil::<Source>("sources.json", 211);
}
