//! CSV in the hands of those who read it: `LibreOffice` Calc and pandas take numbers for numbers, days for dates,
//! texts for texts, and nothing for a formula.
//!
//! Where `LibreOffice` or pandas is not installed, its test says so on stderr and passes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The texts of the small casebook, with what a spreadsheet must show.
const TEXTS: [(&str, &str); 7] = [
    ("=1+1", "'=1+1"),
    ("+62 812", "'+62 812"),
    ("@SUM(1,2)", "'@SUM(1,2)"),
    ("-2+3", "'-2+3"),
    ("a comma, and a \"quote\"", "a comma, and a \"quote\""),
    ("Pérez Jesús <ñandú> & 東京", "Pérez Jesús <ñandú> & 東京"),
    ("one line\nanother", "one line\nanother"),
];

/// A cell as Calc holds it.
#[derive(Debug, Clone, Default, PartialEq)]
struct Cell {
    /// `string`, `float`, `date` and others; empty for an empty cell.
    kind: String,
    /// The number or the date; empty for a text.
    value: String,
    /// What is shown.
    text: String,
}

/// Makes an empty folder for the files of a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Says why a test has nothing to do, past the test harness, which hides what passes.
fn skip(reason: &str) {
    let mut stderr = std::io::stderr().lock();
    writeln!(stderr, "skipped: {reason}").unwrap();
}

/// Returns what a program answers, `None` where it is not installed.
fn ask(program: &str, args: &[&str]) -> Option<Output> {
    Command::new(program).args(args).output().ok()
}

/// Runs casecmp, keeps its CSV in a file, and returns what it told beside it.
fn csv_of(args: &[&str], file: &Path) -> String {
    let mut casecmp = Command::new(env!("CARGO_BIN_EXE_casecmp"));
    casecmp.args(args).args(["-f", "csv"]);
    let output = casecmp.env_remove("CASECMP_DATA").output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{args:?}: {told}");
    fs::write(file, output.stdout).unwrap();
    told
}

/// Reads the rows of a CSV file, the header first.
fn rows_of(file: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).from_path(file).unwrap();
    let rows = reader.records().map(Result::unwrap);
    rows.map(|row| row.iter().map(Into::into).collect())
        .collect()
}

/// Makes a casebook of one company whose events have the texts for titles.
fn write_casebook(folder: &Path) {
    let tables = ["companies", "events"];
    let resources =
        tables.map(|name| serde_json::json!({"name": name, "path": format!("{name}.csv")}));
    let descriptor = serde_json::json!({"name": "small", "resources": resources});
    fs::write(folder.join("datapackage.json"), descriptor.to_string()).unwrap();
    let companies = "id,name,cite\nacme,Acme,\"@a, p. 1\"\n";
    fs::write(folder.join("companies.csv"), companies).unwrap();
    let header = String::from("id,company,event,date,category,title,cite\n");
    let rows = (2001..).zip(TEXTS).map(|(year, (text, _))| {
        let quoted = text.replace('"', "\"\"");
        format!("e{year},acme,e{year},{year},product,\"{quoted}\",\"@a, p. 1\"\n")
    });
    let events: String = std::iter::once(header).chain(rows).collect();
    fs::write(folder.join("events.csv"), events).unwrap();
}

/// Returns Calc without windows and with a profile of its own; `None` where it is not installed.
fn calc(folder: &Path) -> Option<Command> {
    let program = ["soffice", "libreoffice"];
    let mut program = program.into_iter();
    let program = program.find(|program| ask(program, &["--version"]).is_some())?;
    let profile = folder.join("profile").display().to_string();
    let mut office = Command::new(program);
    office.arg("--headless").arg(format!(
        "-env:UserInstallation=file://{}",
        profile.replace(' ', "%20")
    ));
    Some(office)
}

/// Opens CSV files in Calc and returns each as flat XML, `None` where it is not installed.
fn open_in_calc(folder: &Path, names: &[&str]) -> Option<Vec<String>> {
    let mut office = calc(folder)?;
    office
        // Comma, double quote, UTF-8, from line 1.
        .args([
            "--convert-to",
            "fods",
            "--infilter=CSV:44,34,76,1",
            "--outdir",
        ])
        .arg(folder);
    let files = names.iter().map(|name| folder.join(format!("{name}.csv")));
    let output = office.args(files).output().unwrap();
    let sheets = names.iter().map(|name| {
        let sheet = fs::read_to_string(folder.join(format!("{name}.fods")));
        sheet.unwrap_or_else(|error| panic!("{name}: {error}: {output:?}"))
    });
    Some(sheets.collect())
}

/// Returns the cells of a flat XML sheet, without the empty ones that fill it to its edges.
fn cells(sheet: &str) -> Vec<Vec<Cell>> {
    assert!(!sheet.contains("table:formula"), "a cell is a formula");
    let mut rows = Vec::new();
    for row in sheet.split("<table:table-row").skip(1) {
        let row = row.split("</table:table-row>").next().unwrap();
        let mut cells = Vec::new();
        for cell in row.split("<table:table-cell").skip(1) {
            let (tag, inside) = cell.split_once('>').unwrap();
            let times = attribute(tag, "table:number-columns-repeated");
            let value = attribute(tag, "office:value").or(attribute(tag, "office:date-value"));
            let lines = inside.split("<text:p>").skip(1);
            let lines = lines.map(|line| plain(line.split("</text:p>").next().unwrap()));
            let cell = Cell {
                kind: attribute(tag, "office:value-type")
                    .unwrap_or_default()
                    .into(),
                value: value.unwrap_or_default().into(),
                text: lines.collect::<Vec<_>>().join("\n"),
            };
            let times = times.map_or(1, |times| times.parse().unwrap());
            // The last cell of a row may stand for all that is right of it.
            let times = if cell == Cell::default() {
                times.min(100)
            } else {
                times
            };
            cells.extend(vec![cell; times]);
        }
        let filled = cells.iter().rposition(|cell| *cell != Cell::default());
        cells.truncate(filled.map_or(0, |last| last + 1));
        rows.push(cells);
    }
    let filled = rows.iter().rposition(|row| !row.is_empty());
    rows.truncate(filled.map_or(0, |last| last + 1));
    rows
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

/// Returns XML text without tags and with its entities resolved.
fn plain(xml: &str) -> String {
    let xml = xml.replace("<text:s/>", " ");
    let kept = xml.split('<').enumerate().map(|(index, part)| match index {
        0 => part,
        _ => part.split_once('>').unwrap().1,
    });
    let text = kept.collect::<String>();
    let text = text.replace("&lt;", "<").replace("&gt;", ">");
    let text = text.replace("&quot;", "\"").replace("&apos;", "'");
    text.replace("&amp;", "&")
}

/// Says what is to become of a column in Calc: `None` where it depends on the text.
fn kind_of(column: &str) -> Option<&'static str> {
    match column {
        "value" | "sample_size" | "interval_low" | "interval_high" => Some("float"),
        // Calc takes a year for a number and a day for a date.
        "date" | "period" | "base_period" | "disputed" => None,
        day if day.ends_with("_start") || day.ends_with("_end") => Some("date"),
        _ => Some("string"),
    }
}

#[test]
fn calc_takes_every_cell_for_what_it_is() {
    let folder = folder("calc");
    csv_of(&["timeline", "amazon"], &folder.join("timeline.csv"));
    csv_of(&["kpis"], &folder.join("kpis.csv"));
    let names = ["timeline", "kpis"];
    let Some(sheets) = open_in_calc(&folder, &names) else {
        return skip("neither soffice nor libreoffice is installed");
    };
    for (name, sheet) in names.iter().zip(sheets) {
        let sheet = cells(&sheet);
        let rows = rows_of(&folder.join(format!("{name}.csv")));
        let header = &rows[0];
        assert!(rows.len() > 10, "{name} has rows");
        assert_eq!(sheet.len(), rows.len(), "{name}: rows");
        let width = sheet.iter().map(Vec::len).max();
        assert_eq!(width, Some(header.len()), "{name}: columns");
        let shown: Vec<&String> = sheet[0].iter().map(|cell| &cell.text).collect();
        assert_eq!(shown, header.iter().collect::<Vec<_>>(), "{name}");
        for (line, (row, cells)) in rows.iter().zip(&sheet).enumerate().skip(1) {
            for (index, (text, column)) in row.iter().zip(header).enumerate() {
                let cell = cells.get(index).cloned().unwrap_or_default();
                let place = format!("{name}, line {line}, `{column}`: {text:?}, in Calc {cell:?}");
                if text.is_empty() {
                    assert_eq!(cell, Cell::default(), "{place}");
                    continue;
                }
                let Some(kind) = kind_of(column) else {
                    continue;
                };
                assert_eq!(cell.kind, kind, "{place}");
                match kind {
                    "float" => {
                        let (found, wanted) = (cell.value.parse(), text.parse::<f64>());
                        assert_eq!(found, wanted, "{place}");
                    }
                    "date" => assert_eq!(cell.value, *text, "{place}"),
                    _ => assert_eq!(cell.text, *text, "{place}"),
                }
            }
        }
    }
}

#[test]
fn calc_runs_no_text_of_a_casebook() {
    let folder = folder("guarded");
    write_casebook(&folder);
    let args = ["timeline", "acme", "--data", folder.to_str().unwrap()];
    let told = csv_of(&args, &folder.join("guarded.csv"));
    assert!(told.contains("column `title`"), "{told}");
    assert!(told.contains("4 cells"), "{told}");
    let unguarded = [&args[..], &["--no-guard"]].concat();
    csv_of(&unguarded, &folder.join("unguarded.csv"));

    let rows = rows_of(&folder.join("guarded.csv"));
    let title = rows[0].iter().position(|column| column == "title").unwrap();
    let shown = TEXTS.map(|(_, shown)| shown);
    let written: Vec<&str> = rows[1..].iter().map(|row| &*row[title]).collect();
    assert_eq!(written, shown, "in the file");
    let Some(sheets) = open_in_calc(&folder, &["guarded", "unguarded"]) else {
        return skip("neither soffice nor libreoffice is installed");
    };
    let guarded = cells(&sheets[0]);
    let cells: Vec<&Cell> = guarded[1..].iter().map(|row| &row[title]).collect();
    let texts: Vec<&str> = cells.iter().map(|cell| &*cell.text).collect();
    assert_eq!(texts, shown, "in Calc");
    assert!(cells.iter().all(|cell| cell.kind == "string"), "{cells:?}");
    let is_run = sheets[1].contains("table:formula");
    assert!(is_run, "without the guard Calc runs them, so it is needed");
}

/// Reads a CSV file without any option and writes what pandas made of it as JSON.
const PANDAS: &str = "
import json, sys, pandas
table = pandas.read_csv(sys.argv[1])
json.dump({
    'rows': len(table),
    'columns': {name: {
        'type': str(table[name].dtype),
        'missing': int(table[name].isna().sum()),
        'days': int(pandas.to_datetime(table[name], format='%Y-%m-%d').notna().sum())
                if name.endswith(('_start', '_end')) else None,
    } for name in table.columns},
}, sys.stdout)
";

#[test]
fn pandas_reads_numbers_days_and_missing_values() {
    let has_pandas = ask("python3", &["-c", "import pandas"]);
    if !has_pandas.is_some_and(|answer| answer.status.success()) {
        return skip("python3 cannot import pandas");
    }
    let file = folder("pandas").join("table.csv");
    for args in [&["timeline", "amazon"][..], &["kpis"], &["technologies"]] {
        csv_of(args, &file);
        let rows = rows_of(&file);
        let answer = ask("python3", &["-c", PANDAS, file.to_str().unwrap()]).unwrap();
        let told = String::from_utf8_lossy(&answer.stderr);
        assert!(answer.status.success(), "{args:?}: {told}");
        let table: serde_json::Value = serde_json::from_slice(&answer.stdout).unwrap();
        assert_eq!(table["rows"], rows.len() - 1, "{args:?}");
        assert_eq!(table["columns"].as_object().unwrap().len(), rows[0].len());
        for (index, column) in rows[0].iter().enumerate() {
            let place = format!("{args:?}: `{column}`");
            let seen = &table["columns"][column];
            let missing = rows.iter().filter(|row| row[index].is_empty()).count();
            assert_eq!(seen["missing"], missing, "{place}: missing");
            if kind_of(column) == Some("date") {
                assert_eq!(seen["days"], rows.len() - 1 - missing, "{place}: days");
            }
            if column == "value" {
                let kind = seen["type"].as_str().unwrap();
                assert!(["float64", "int64"].contains(&kind), "{place}: {kind}");
            }
        }
    }
}

/// The casebook in the hands of somebody who opens its tables in Calc, all columns as text, and saves them as other programs do.
#[test]
fn tables_that_calc_saved_are_read_as_they_were() {
    let folder = folder("saved");
    let Some(mut office) = calc(&folder) else {
        return skip("LibreOffice is not installed");
    };
    for (name, text) in casecmp::package::FILES {
        let file = folder.join("casebook").join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let answer = |more: &[&str]| {
        let mut casecmp = Command::new(env!("CARGO_BIN_EXE_casecmp"));
        let output = casecmp
            .args(["export", "-f", "json"])
            .args(more)
            .env_remove("CASECMP_DATA");
        let output = output.output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "{told}");
        (String::from_utf8(output.stdout).unwrap(), told)
    };
    let (expected, _) = answer(&[]);
    // Semicolons in UTF-8 with a mark, tabs in UTF-16 with one; quoted where needed.
    for (separator, encoding, told) in [(59, 76, "`;`"), (9, 65535, "tabs")] {
        let columns = (1..=40).map(|column| format!("{column}/2"));
        let columns: Vec<String> = columns.collect();
        let as_text = format!("--infilter=CSV:44,34,76,1,{}", columns.join("/"));
        let to = format!(
            "csv:Text - txt - csv (StarCalc):{separator},34,{encoding},1,,0,false,false,false"
        );
        let tables = ["kpis", "events", "profiles", "metrics"];
        let inputs = tables
            .map(|name| Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("data/{name}.csv")));
        let saved = folder.join("casebook");
        office
            .args([&as_text, "--convert-to", &to, "--outdir"])
            .arg(&saved)
            .args(inputs);
        let output = office.output().unwrap();
        let kpis = fs::read(saved.join("kpis.csv")).unwrap();
        assert!(kpis != fs::read("data/kpis.csv").unwrap(), "{output:?}");
        let (found, notes) = answer(&["--data", saved.to_str().unwrap()]);
        assert!(found == expected, "what Calc saved is read otherwise");
        assert!(notes.contains(told), "{notes}");
        office = calc(&folder).unwrap();
    }
}
