//! Counts a survey the plain way: with the crate `csv`, a row at a time. The program must count the same.

use std::collections::BTreeMap;
use std::sync::Arc;

use casecmp::scan::{Effort, first_rows};
use casecmp::survey::{Ask, File, count};

/// For each group how often each answer was given, then how many rows are left out; and how many rows are ragged.
pub(crate) type Counts = (BTreeMap<Vec<String>, Vec<u64>>, u64);

/// Reads all rows with the crate `csv`.
pub(crate) fn rows(text: &[u8], delimiter: u8) -> Vec<Vec<Vec<u8>>> {
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter);
    let records = reader.from_reader(text).into_byte_records();
    records
        .map(|record| record.unwrap().iter().map(<[u8]>::to_vec).collect())
        .collect()
}

/// Returns the answer from 0 to 10 in a cell, 11 where there is none.
fn outcome(cell: &[u8], delimiter: u8) -> usize {
    let text = String::from_utf8_lossy(cell).trim().to_owned();
    let text = if delimiter == b',' {
        text
    } else {
        text.replace(',', ".")
    };
    let number: f64 = text.parse().unwrap_or(f64::NAN);
    let is_close = |answer: &u8| (number - f64::from(*answer)).abs() < f64::EPSILON;
    usize::from((0..11).find(is_close).unwrap_or(11))
}

/// Counts the answers in the column `s` by the columns `g`, where the header names them so.
pub(crate) fn counts(rows: &[Vec<Vec<u8>>], delimiter: u8, by: &[&str]) -> Option<Counts> {
    let (header, rows) = rows.split_first()?;
    let place = |name: &str| header.iter().position(|known| known == name.as_bytes());
    let score = place("s")?;
    let by: Option<Vec<usize>> = by.iter().map(|name| place(name)).collect();
    let by = by?;
    let mut counts = Counts::default();
    for row in rows {
        if row.len() != header.len() {
            counts.1 += 1;
            continue;
        }
        let group = by
            .iter()
            .map(|place| String::from_utf8_lossy(&row[*place]).into_owned());
        let group = counts
            .0
            .entry(group.collect())
            .or_insert_with(|| vec![0; 12]);
        group[outcome(&row[score], delimiter)] += 1;
    }
    Some(counts)
}

/// Lets the program count, `part` bytes at a time.
pub(crate) fn counted(
    text: &[u8],
    delimiter: u8,
    by: &[&str],
    effort: Effort,
) -> Result<Counts, String> {
    let source = Arc::new(text.to_vec());
    let ask = Ask {
        score: "s".into(),
        scale: (0, 10),
        by: by.iter().map(|name| (*name).to_owned()).collect(),
        weight: None,
        count: None,
        conditions: Vec::new(),
    };
    let told = |complaint: casecmp::base::Complaint| complaint.message;
    let file = File::read("text", source, text.len() as u64, Some(delimiter)).map_err(told)?;
    let totals = count(vec![file], &ask, effort, &|_, _| {}).map_err(told)?;
    let groups = totals.groups().into_iter().map(|group| {
        let mut counts = group.answers.counts.clone();
        counts.push(group.missing() + group.wrong());
        (group.names, counts)
    });
    Ok((groups.collect(), totals.ragged()))
}

/// What the crate `csv` takes for a mark at the beginning of a text, not for text.
pub(crate) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Holds the reading of a text against that of the crate `csv`: its rows, and its counts in parts of any size.
pub(crate) fn check(text: &[u8], delimiter: u8, part: usize) {
    let bare = text.strip_prefix(MARK).unwrap_or(text);
    // Of several marks the crate `csv` would take another one away.
    if bare.starts_with(MARK) {
        return;
    }
    let expected = rows(bare, delimiter);
    let found = first_rows(bare, delimiter, true, usize::MAX).into_iter();
    let found: Vec<Vec<Vec<u8>>> = found.map(|row| row.fields).collect();
    let shown = String::from_utf8_lossy(text);
    assert_eq!(found, expected, "{shown:?}");
    // The names of groups in other encodings are not the matter here.
    let text: Vec<u8> = bare.iter().map(|byte| byte & 0x7f).collect();
    let read = rows(&text, delimiter);
    for by in [&[][..], &["g"], &["g", "h"]] {
        let Some(mut expected) = counts(&read, delimiter, by) else {
            continue;
        };
        for effort in [(1, text.len() + 1), (1, part), (2, part)] {
            let (threads, part) = effort;
            let mut found = match counted(&text, delimiter, by, Effort { threads, part }) {
                Ok(found) => found,
                // What is refused is refused as a whole.
                Err(message) => {
                    let known = ["within quotes", "two columns", "not a text in", "is empty"];
                    assert!(
                        known.iter().any(|known| message.contains(known)),
                        "{message}: {shown:?}"
                    );
                    return;
                }
            };
            // In a file of one column an empty line is an answer left blank; the crate `csv` does not see it.
            if read.first().is_some_and(|header| header.len() == 1) {
                for counts in [&mut found.0, &mut expected.0] {
                    for counts in counts.values_mut() {
                        counts[11] = 0;
                    }
                    counts.retain(|_, counts| counts.iter().any(|count| *count > 0));
                }
            }
            assert_eq!(found, expected, "by {by:?}, {effort:?}: {shown:?}");
        }
    }
}
