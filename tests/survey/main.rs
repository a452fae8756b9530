//! The reader of big CSV files against the crate `csv`, on every short text and on many long ones.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::expect_used)]

mod kept;
mod reference;

use kept::check_kept;
use reference::check;

/// A number without a pattern, the same in every run (Marsaglia 2003, Journal of Statistical Software 8:14).
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most as u64).unwrap()
    }
}

/// Returns every text of so many bytes of an alphabet of 6.
fn every_text(length: u32) -> impl Iterator<Item = Vec<u8>> {
    (0..6_usize.pow(length)).map(move |number| {
        let bytes = (0..length).map(|place| b"9,\"\n\ra"[number / 6_usize.pow(place) % 6]);
        bytes.collect()
    })
}

fn assert_rows(text: &[u8]) {
    let expected = reference::rows(text, b',');
    let found = casecmp::scan::first_rows(text, b',', true, usize::MAX);
    let found: Vec<Vec<Vec<u8>>> = found.into_iter().map(|row| row.fields).collect();
    assert_eq!(found, expected, "{:?}", String::from_utf8_lossy(text));
}

#[test]
fn every_short_text_is_read_as_the_crate_csv_reads_it() {
    for length in 0..=6 {
        for text in every_text(length) {
            assert_rows(&text);
            for part in (1..4).take_while(|_| length < 5) {
                check_kept(&text, b',', part);
            }
        }
    }
}

/// Of long texts 64 bytes are read at a time: every short one in the midst of such a block, and across two.
#[test]
fn every_short_text_is_read_so_wherever_it_stands() {
    for text in every_text(5) {
        for before in [59, 61, 63, 64, 96] {
            for first in ["x", "\n", ",", "\""] {
                let rest = "x".repeat(before - 1);
                assert_rows(&[first.as_bytes(), rest.as_bytes(), &text, &[b'x'; 64]].concat());
            }
        }
    }
}

/// Texts of pieces that are hard to read: quotes anywhere, rows of many blocks, several ends of lines.
#[test]
fn hard_texts_are_read_and_counted_as_the_crate_csv_reads_them() {
    let long = format!("\"{}\"", "x,\n".repeat(50));
    let pieces = [
        ",",
        ",",
        ",",
        "\n",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        "9",
        "10",
        "0",
        "11",
        "NA",
        "amazon",
        "\"netflix\"",
        "\"a \"\"b\"\", c\"",
        "5\" disc",
        "\"x\ny,9\"",
        " 7 ",
        "\0",
        "a name of more than sixteen bytes",
        &long,
        "\u{e9}",
    ];
    let mut random = Random(20_261_124);
    for round in 0..5_000 {
        let mut text = [
            "g,s\n",
            "s\n",
            "g,s,h\r\n",
            "s,\"g\",x\r",
            "",
            "\u{feff}g,s\n",
        ][round % 5]
            .to_owned();
        for _ in 0..random.below(40) {
            text += pieces[random.below(pieces.len())];
        }
        let part = 1 + random.below(70);
        check(text.as_bytes(), b',', part);
        check_kept(text.as_bytes(), b',', part);
    }
}

/// Surveys as they are, in which some fields are quoted and hold everything, cut into parts anywhere.
#[test]
fn regular_surveys_are_counted_alike_however_they_are_cut() {
    let mut random = Random(5);
    let comments = [
        "",
        "fine",
        "\"late, and cold\"",
        "\"it said \"\"no\"\"\"",
        "\"two\nlines\"",
        "\"amazon,9,x\nnetflix,3,y\n\"",
        "an unquoted 5\" disc",
        "caf\u{e9}",
        "\"\"",
    ];
    for round in 0..300 {
        let (end, delimiter) = [("\n", ";"), ("\r\n", ","), ("\r", "\t")][round % 3];
        let mut text = format!("g{delimiter}s{delimiter}h{end}");
        for _ in 0..random.below(200) {
            let group = ["amazon", "netflix", "\"netflix\"", "\"a, b\"", ""][random.below(5)];
            let score = [
                "0", "6", "7", "9", "10", "\"10\"", "", "NA", "-1", "x", "11",
            ][random.below(11)];
            let comment = comments[random.below(comments.len())];
            // The commas of comments are delimiters only where fields are separated by them.
            text += &[group, delimiter, score, delimiter, comment, end].concat();
        }
        let (delimiter, part) = (delimiter.as_bytes()[0], 1 + random.below(300));
        check(text.as_bytes(), delimiter, part);
        check_kept(text.as_bytes(), delimiter, part);
    }
}
