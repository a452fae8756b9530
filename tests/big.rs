//! A table of millions of rows answers as a small one does: of it only the rows of the companies asked for are read.
#![allow(clippy::unwrap_used)]

mod program;

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use program::casecmp;

/// Writes a casebook whose KPI values are those of some of 40 companies, with a note of two lines in each row; `end` ends lines.
fn write(folder: &Path, is_there: impl Fn(usize) -> bool, separator: char, end: &str) {
    let tables = ["companies", "metrics", "kpis"];
    let tables = tables.map(|name| format!(r#"{{"name": "{name}", "path": "{name}.csv"}}"#));
    let sources = r#"{"name": "sources", "path": "sources.json"}"#;
    let descriptor = format!(r#"{{"resources": [{}, {sources}]}}"#, tables.join(", "));
    let source = r#"[{"id": "s", "type": "report", "title": "S", "custom": {"kind": "study", "cite": "@s, p. 1"}}]"#;
    let (mut companies, mut kpis) = (
        String::from("id,name,cite\n"),
        ["id", "company", "metric", "value", "period", "note", "cite"].join(&separator.to_string())
            + end,
    );
    for company in 0..40 {
        writeln!(companies, "c{company},Company {company},\"@s, p. 1\"").unwrap();
        for year in (1900..2020).filter(|_| is_there(company)) {
            let note = format!("\"{}{end}and{separator} \"\"more\"\"\"", "é".repeat(600));
            let cells = [
                format!("k-{company}-{year}"),
                format!("c{company}"),
                "visits".into(),
                format!("{}", company + year),
                year.to_string(),
                note,
                "\"@s, p. 2\"".into(),
            ];
            kpis += &(cells.join(&separator.to_string()) + end);
        }
    }
    fs::create_dir_all(folder).unwrap();
    fs::write(folder.join("datapackage.json"), descriptor).unwrap();
    fs::write(folder.join("sources.json"), source).unwrap();
    fs::write(folder.join("companies.csv"), companies).unwrap();
    let metrics = "id,name,unit,polarity,cite\nvisits,Visits,visits,higher,\"@s, p. 1\"\n";
    fs::write(folder.join("metrics.csv"), metrics).unwrap();
    fs::write(folder.join("kpis.csv"), kpis).unwrap();
}

#[test]
fn a_big_table_answers_as_a_small_one() {
    let folder = tempfile::tempdir().unwrap();
    for (separator, end) in [(',', "\n"), (';', "\r\n")] {
        let (big, small) = (folder.path().join("big"), folder.path().join("small"));
        write(&big, |_| true, separator, end);
        write(&small, |company| [7, 33].contains(&company), separator, end);
        assert!(fs::metadata(big.join("kpis.csv")).unwrap().len() > 4 << 20);
        for args in [
            &["kpis", "c33", "c7", "-f", "csv"][..],
            &["compare", "c7", "c33", "--metric", "visits", "-f", "json"],
            &["show", "c33", "-f", "json"],
        ] {
            let answer = |folder: &Path| {
                let data = ["--data", folder.to_str().unwrap()];
                let (code, out, err) = casecmp(&[args, &data[..]].concat());
                assert_eq!(code, ExitCode::SUCCESS, "{args:?}: {err}");
                (out, err.replace(folder.to_str().unwrap(), ""))
            };
            let (found, expected) = (answer(&big), answer(&small));
            assert!(expected.0.lines().count() > 1, "{args:?}");
            assert_eq!(found, expected, "{args:?}");
        }
    }
}

#[test]
fn a_mistake_in_a_big_table_is_told_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), |_| true, ',', "\n");
    let file = folder.path().join("kpis.csv");
    let text = fs::read_to_string(&file).unwrap();
    let row = text.find("\nk-20-1950,").unwrap() + 1;
    let line = text.get(..row).unwrap().matches('\n').count() + 1;
    let data = ["kpis", "c20", "--data", folder.path().to_str().unwrap()];
    let (before, after) = text.split_at(row);
    let wrong = |row: &str| {
        fs::write(&file, format!("{before}{row}{after}")).unwrap();
        let (code, _, err) = casecmp(&data);
        assert_eq!(code, ExitCode::from(2), "{err}");
        err
    };
    let told = wrong("wrong,c20,visits,much,1950,,\"@s, p. 1\"\n");
    let place =
        format!("kpis.csv:{line}:18: kpi `wrong`: column `value` must be a number, found `much`");
    assert!(told.contains(&place), "{told}");
    // A row that lacks a cell may be anybody's, and one of a company that there is not is nobody else's.
    let told = wrong("short\n");
    assert!(
        told.contains(&format!("kpis.csv:{line}:6: has 1 cells, the header has 7")),
        "{told}"
    );
    let told = wrong("whose,c99,visits,1,1950,,\"@s, p. 1\"\n");
    assert!(
        told.contains(&format!("kpis.csv:{line}:7: kpi `whose`: column `company`")),
        "{told}"
    );
    let told = wrong("open,c20,visits,1,1950,\"never closed,\"@s, p. 1\"\n");
    assert!(told.contains("kpis.csv:"), "{told}");
    // Rows of others are not looked at.
    fs::write(
        &file,
        format!("{before}wrong,c1,visits,much,1950,,\"@s, p. 1\"\n{after}"),
    )
    .unwrap();
    assert_eq!(casecmp(&data).0, ExitCode::SUCCESS);
}
