//! `casecmp fmt`: what other programs did to a file is undone.

use std::fmt::Write as _;
use std::fs;
use std::process::ExitCode;

use casecmp::load::Loader;
use casecmp::model::Kind;
use casecmp::package::{Encoding, FILES, Origin, Rows};

use super::own::{DESCRIPTOR, PROFILES, call, casebook, done, folder, loader, refused};

/// Writes a table untidily: other signs, every cell in quotes, commas before decimals, empty rows and columns.
fn spoiled(text: &str, numbers: &[bool], delimiter: char, end: &str) -> String {
    let mut spoiled = String::new();
    for (line, row) in Rows::of(text, b',').enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            let is_number = line > 0 && numbers[column];
            let cell = if is_number {
                cell.replacen('.', ",", 1)
            } else {
                cell.to_string()
            };
            let gap = if column == 0 {
                ""
            } else {
                &delimiter.to_string()
            };
            write!(spoiled, "{gap}\"{}\"", cell.replace('"', "\"\"")).unwrap();
        }
        write!(spoiled, "{delimiter}{delimiter}{end}").unwrap();
        if line % 5 == 0 {
            let empty = delimiter.to_string().repeat(row.cells.len());
            write!(spoiled, "{end}{empty}{end}").unwrap();
        }
    }
    spoiled
}

/// Returns every field of every record.
fn records(casebook: &Loader, kind: Kind) -> Vec<Vec<String>> {
    let collection = casebook.collection(kind).unwrap();
    let record = |record| {
        let values = collection.values(record).into_iter();
        values.map(|value| format!("{value:?}")).collect()
    };
    (0..collection.len()).map(record).collect()
}

#[test]
fn a_spoiled_casebook_is_made_what_it_was() {
    let builtin = Loader::new([Origin::Builtin]);
    for (name, encoding, delimiter, end) in [
        ("spoiled-semicolons", Encoding::MarkedUtf8, ';', "\r\n"),
        ("spoiled-tabs", Encoding::Utf16Le, '\t', "\n"),
        ("spoiled-big", Encoding::Utf16Be, ';', "\r"),
        ("spoiled-commas", Encoding::Utf8, ',', "\r\n"),
    ] {
        let folder = folder(name);
        fs::create_dir(folder.join("schemas")).unwrap();
        for (file, text) in FILES {
            let mut bytes = text.as_bytes().to_vec();
            if let Some(table) = file.strip_suffix(".csv") {
                let stored = table.parse::<Kind>().unwrap().stored();
                let header = Rows::of(text, b',').next().unwrap();
                let is_number = |key: &str| {
                    let kind = stored.iter().find(|field| field.key == key).unwrap().kind;
                    delimiter != ',' && kind == casecmp::base::Type::Number
                };
                let numbers: Vec<bool> = header.cells.iter().map(|key| is_number(key)).collect();
                bytes = encoding
                    .encode(&spoiled(text, &numbers, delimiter, end))
                    .unwrap();
            }
            fs::write(folder.join(file), bytes).unwrap();
        }
        let spoiled = loader(&folder);
        let (code, out, _) = call(&folder, &["fmt", "--check", "-f", "csv"]);
        assert_eq!(code, ExitCode::from(1));
        assert_eq!(out.lines().count(), 13, "{out}");
        let told = done(&folder, &["fmt", "-f", "csv"]);
        assert_eq!(told, out);
        let tidy = loader(&folder);
        for kind in Kind::ALL {
            let wanted = records(&builtin, *kind);
            assert!(
                records(&spoiled, *kind) == wanted,
                "{name}: {kind:?} read untidy"
            );
            assert!(
                records(&tidy, *kind) == wanted,
                "{name}: {kind:?} read tidy"
            );
        }
        for (file, text) in FILES {
            let found = fs::read(folder.join(file)).unwrap();
            assert!(found == text.as_bytes(), "{name}: {file}");
        }
        assert!(
            done(&folder, &["fmt", "--check", "-f", "csv"])
                .lines()
                .count()
                == 1
        );
    }
}

#[test]
fn what_fmt_changes_is_told() {
    let folder = casebook("told");
    let numbers = "id;price;name\na;1,5;b,c\n\n";
    fs::write(folder.join("prices.csv"), numbers).unwrap();
    let text = DESCRIPTOR.replace(
        "\"resources\": [",
        "\"resources\": [{\"name\": \"prices\", \"path\": \"prices.csv\"},",
    );
    fs::write(folder.join("datapackage.json"), text).unwrap();
    fs::write(folder.join("profiles.csv"), PROFILES.trim_end()).unwrap();
    let data = folder.to_str().unwrap();
    let (code, out, err) = call(&folder, &["fmt", data, "-f", "csv"]);
    assert_eq!((code, err.as_str()), (ExitCode::SUCCESS, ""));
    assert_eq!(
        out,
        "file,changes\n\
         DIR/prices.csv,semicolons; 1 decimal comma; 1 empty row\n\
         DIR/profiles.csv,no newline at the end\n"
    );
    assert_eq!(
        fs::read_to_string(folder.join("prices.csv")).unwrap(),
        "id,price,name\na,1.5,\"b,c\"\n"
    );

    fs::write(folder.join("prices.csv"), "id\n\"a").unwrap();
    fs::write(folder.join("profiles.csv"), "id\n\"a").unwrap();
    let told = refused(&folder, &["fmt"]);
    assert!(
        told.contains("DIR/profiles.csv:2:1: a double quote opens a cell and is never closed"),
        "{told}"
    );
}

#[test]
fn a_point_among_decimal_commas_is_refused() {
    let folder = casebook("thousands");
    fs::write(folder.join("prices.csv"), "id;price\na;8.000\nb;3,3\n").unwrap();
    let text = DESCRIPTOR.replace(
        "\"resources\": [",
        "\"resources\": [{\"name\": \"prices\", \"path\": \"prices.csv\"},",
    );
    fs::write(folder.join("datapackage.json"), text).unwrap();
    let told = refused(&folder, &["fmt"]);
    assert_eq!(
        told,
        "error: DIR/prices.csv:2:3: column `price` has decimal commas: is `8.000` a number with decimals, or 8000?\n\
         hint: write `8,000` for the one, or `8000` for the other\n"
    );
}

#[test]
fn an_encoding_that_is_declared_is_told_of() {
    let folder = casebook("declared");
    let declared = r#""profiles.csv", "encoding": "Windows-1252""#;
    let text = DESCRIPTOR.replace(r#""profiles.csv""#, declared);
    fs::write(folder.join("datapackage.json"), text).unwrap();
    fs::write(
        folder.join("profiles.csv"),
        Encoding::Windows1252
            .encode(&PROFILES.replace("1994", "Café"))
            .unwrap(),
    )
    .unwrap();
    let (code, out, err) = call(&folder, &["fmt", "-f", "csv"]);
    assert_eq!(code, ExitCode::SUCCESS);
    assert_eq!(out, "file,changes\nDIR/profiles.csv,Windows-1252\n");
    assert_eq!(
        err,
        "note: DIR/datapackage.json: declares the encoding `Windows-1252` for `profiles`; tidy files are in UTF-8: take it out\n"
    );
    let file = fs::read_to_string(folder.join("profiles.csv")).unwrap();
    assert_eq!(file, PROFILES.replace("1994", "Café"));
}
