//! Scores of surveys from end to end: on any number of threads, from counts of any parts, and into a casebook.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod program;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use program::casecmp;

/// Runs the program, and returns data and messages.
fn call(args: &[&str]) -> (String, String) {
    let (_, out, err) = casecmp(args);
    (out, err)
}

/// Makes an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

fn write(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

/// Returns numbers below some others, without a pattern and the same in every run.
fn random(mut seed: u64) -> impl FnMut(u64) -> u64 {
    move |most| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        seed % most
    }
}

/// A survey of two companies, of which `netflix` has more promoters.
fn survey(rows: u64) -> String {
    let mut below = random(7);
    let mut text = String::from("id,company,score,comment\n");
    for row in 0..rows {
        let company = ["amazon", "netflix"][usize::try_from(row % 2).unwrap()];
        let score = match below(10) + row % 2 {
            0..3 => below(7),
            3..6 => 7 + below(2),
            _ => 9 + below(2),
        };
        let comment = [
            "fine",
            "\"late, and \"\"cold\"\"\"",
            "\"two\nlines\"",
            "5\" disc",
        ][usize::try_from(below(4)).unwrap()];
        writeln!(text, "{row},{company},{score},{comment}").unwrap();
    }
    text
}

#[test]
fn a_large_file_scores_alike_on_any_number_of_threads_and_from_a_stream() {
    let folder = folder("threads");
    let text = survey(250_000);
    assert!(text.len() > 5 << 20, "long enough to be read in parts");
    let file = write(&folder, "survey.csv", &text);
    let score = |threads: &str| {
        call(&[
            "score",
            "nps",
            &file,
            "--by",
            "company",
            "--threads",
            threads,
            "-f",
            "json",
        ])
    };
    let one = score("1");
    assert!(
        one.0
            .contains("\"company\": \"netflix\", \"answers\": 125000"),
        "{}",
        one.0
    );
    assert_eq!(score("2"), one);
    assert_eq!(score("5"), one);
}

#[test]
fn a_wrong_row_far_down_is_told_with_its_line() {
    let folder = folder("wrong");
    let mut text = survey(200_000);
    let line = text.matches('\n').count() + 1;
    text += "x,amazon,12,\n";
    text += survey(50_000).split_once('\n').unwrap().1;
    let file = write(&folder, "survey.csv", &text);
    for threads in ["1", "2"] {
        let (_, told) = call(&["score", "nps", &file, "--threads", threads]);
        let expected = format!("error: {file}:{line}: not on the scale: found `12`");
        assert!(told.contains(&expected), "{told}");
    }
    let (rows, _) = call(&[
        "score",
        "nps",
        &file,
        "--skip-invalid",
        "--only",
        "rows",
        "-f",
        "csv",
    ]);
    assert!(rows.contains("out-of-range,1\nall,250001"), "{rows}");
}

/// A score needs only how often each answer was given: counts of parts, in any order, score as the whole does.
#[test]
fn counts_of_parts_score_as_the_whole() {
    let folder = folder("counts");
    let mut below = random(11);
    let mut text = String::from("company,wave,score,weight\n");
    let mut counts: BTreeMap<(u64, String), (u64, f64, f64)> = BTreeMap::new();
    for _ in 0..3_000 {
        let (company, score, weight) = (below(3), below(12), below(4));
        // Quarters have exact squares, so that sums do not depend on their order.
        let weight = f64::from(u32::try_from(weight).unwrap()) / 4.0;
        let score = if score == 11 {
            String::new()
        } else {
            score.to_string()
        };
        let wave = below(2);
        writeln!(text, "c{company},{wave},{score},{weight}").unwrap();
        let count = counts
            .entry((wave, format!("c{company},{score}")))
            .or_default();
        *count = (count.0 + 1, count.1 + weight, count.2 + weight * weight);
    }
    let whole = write(&folder, "survey.csv", &text);
    let part = |wave: u64| {
        let mut part = String::from("company,answer,answers,weight,weight_squares\n");
        for ((_, key), (count, weight, squares)) in counts.iter().filter(|((of, _), _)| *of == wave)
        {
            writeln!(part, "{key},{count},{weight},{squares}").unwrap();
        }
        write(&folder, &format!("counts{wave}.csv"), &part)
    };
    let (first, second) = (part(0), part(1));
    for measure in [
        &["nps"][..],
        &["csat", "--scale", "0-10"],
        &[
            "ces",
            "--instrument",
            "ces2",
            "--scale",
            "0-10",
            "--cuts",
            "3,7",
        ],
    ] {
        for weight in [&[][..], &["--weight", "weight"]] {
            let with = |files: &[&str]| {
                let mut args = vec!["score"];
                args.extend(measure);
                args.extend(files);
                args.extend(weight);
                args.extend(["--by", "company", "-f", "json"]);
                let (data, told) = call(&args);
                assert!(data.contains("comparisons"), "{told}");
                data
            };
            let expected = with(&[&whole, "--score", "score"]);
            assert_eq!(with(&[&first, &second, "--counts", "answers"]), expected);
            assert_eq!(with(&[&second, &first, "--counts", "answers"]), expected);
        }
    }
}

/// With the answers in a casebook `compare` knows their number: it says that the scores differ, or that nothing shows it.
#[test]
fn a_scored_survey_is_compared_in_a_casebook() {
    for (rows, verdict) in [(4_000, "differs"), (60, "no-evidence")] {
        let folder = folder(verdict);
        for entry in fs::read_dir("data").unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
            }
        }
        let answers = write(&folder, "answers.txt", &survey(rows));
        let (kpis, _) = call(&[
            "score",
            "nps",
            &answers,
            "--by",
            "company",
            "--as-kpis",
            "company",
            "--source",
            "survey2025",
            "--period",
            "2025",
        ]);
        let (header, kpis) = kpis.split_once('\n').unwrap();
        let stored = fs::read_to_string(folder.join("kpis.csv")).unwrap();
        assert!(
            stored.starts_with(header),
            "the columns are those of the file"
        );
        write(&folder, "kpis.csv", &(stored + kpis));
        let sources = fs::read_to_string(folder.join("sources.json")).unwrap();
        let source = r#", {"id": "survey2025", "type": "dataset", "title": "Our survey", "custom": {"kind": "primary"}}]"#;
        write(
            &folder,
            "sources.json",
            &(sources.trim_end().trim_end_matches(']').to_owned() + source),
        );
        let (data, told) = call(&[
            "--data",
            folder.to_str().unwrap(),
            "compare",
            "--metric",
            "nps",
            "-f",
            "json",
        ]);
        assert!(
            data.contains(&format!("\"verdict\": \"{verdict}\"")),
            "{rows}: {data}{told}"
        );
    }
}
