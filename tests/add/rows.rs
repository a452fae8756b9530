//! Rows: written as their file is written, read back as they were given.

use std::fs;

use casecmp::model::{Collection as _, Profile};
use casecmp::package::Encoding;

use super::numbers::Numbers;
use super::own::{DESCRIPTOR, KPIS, RECORD, casebook, done, loader};

/// Adds the same profile to a file, and returns what stands behind what stood there before.
fn added(name: &str, before: &[u8]) -> Vec<u8> {
    let folder = casebook(name);
    let path = folder.join("profiles.csv");
    fs::write(&path, before).unwrap();
    let out = done(
        &folder,
        &[["add", "profile"].as_slice(), &RECORD, &["-f", "csv"]].concat(),
    );
    let (_, row) = out.split_once('\n').unwrap();
    assert!(
        row.ends_with(
            ",birch-founded,birch,founded,\"Ünder \"\"oaks\"\", 2000\",\"[@report, p. 2]\"\n"
        ),
        "{row}"
    );
    let after = fs::read(&path).unwrap();
    let casebook = loader(&folder);
    let profile = casebook
        .table::<Profile>()
        .unwrap()
        .by_id("birch-founded")
        .unwrap();
    assert_eq!(profile.value, "Ünder \"oaks\", 2000");
    assert_eq!(
        profile.cite.iter().next().unwrap().to_string(),
        "report, p. 2"
    );
    after
        .strip_prefix(before)
        .expect("nothing before it changes")
        .to_vec()
}

#[test]
fn a_row_is_written_as_its_file_is_written() {
    let text = |text: &str| text.as_bytes().to_vec();
    let wide = |text: &str, unit: fn(u16) -> [u8; 2]| {
        text.encode_utf16().flat_map(unit).collect::<Vec<u8>>()
    };
    let header = "id,company,attribute,value,cite\n";
    for (name, before, wanted) in [
        (
            "plain",
            text(header),
            text("birch-founded,birch,founded,\"Ünder \"\"oaks\"\", 2000\",\"@report, p. 2\"\n"),
        ),
        (
            "unended",
            text(header.trim_end()),
            text("\nbirch-founded,birch,founded,\"Ünder \"\"oaks\"\", 2000\",\"@report, p. 2\""),
        ),
        (
            "spreadsheet",
            text("\u{feff}id;company;cite;attribute;value;;\r\n"),
            text("birch-founded;birch;@report, p. 2;founded;\"Ünder \"\"oaks\"\", 2000\";;\r\n"),
        ),
        (
            "guarded",
            text("id\tcompany\tattribute\tvalue\tcite\na\tbirch\tx\ty\t'@report\n"),
            text("birch-founded\tbirch\tfounded\t\"Ünder \"\"oaks\"\", 2000\"\t[@report, p. 2]\n"),
        ),
        (
            "old",
            b"id;company;attribute;value;cite;caf\xE9\n".to_vec(),
            b"birch-founded;birch;founded;\"\xDCnder \"\"oaks\"\", 2000\";@report, p. 2;\n"
                .to_vec(),
        ),
        (
            "little",
            wide(
                "\u{feff}id\tcompany\tattribute\tvalue\trank\tcite\r\n",
                u16::to_le_bytes,
            ),
            wide(
                "birch-founded\tbirch\tfounded\t\"Ünder \"\"oaks\"\", 2000\"\tnormal\t@report, p. 2\r\n",
                u16::to_le_bytes,
            ),
        ),
        (
            "big",
            wide(
                "\u{feff}id\tcompany\tattribute\tvalue\tcite",
                u16::to_be_bytes,
            ),
            wide(
                "\nbirch-founded\tbirch\tfounded\t\"Ünder \"\"oaks\"\", 2000\"\t@report, p. 2",
                u16::to_be_bytes,
            ),
        ),
    ] {
        let (found, wanted) = (added(name, &before), wanted);
        assert_eq!(
            String::from_utf8_lossy(&found),
            String::from_utf8_lossy(&wanted),
            "{name}"
        );
    }
}

#[test]
fn a_number_has_the_decimal_point_of_its_file() {
    let folder = casebook("numbers");
    fs::write(folder.join("kpis.csv"), KPIS.replace(',', ";")).unwrap();
    let kpi = [
        "add",
        "kpi",
        "--company",
        "Alder Works",
        "--metric",
        "nps",
        "--value",
        "-6.25",
        "--relation",
        "approx",
    ];
    let args = [
        kpi.as_slice(),
        &[
            "--cite",
            "@report, p. 3",
            "--cite=@report, p. 4",
            "-f",
            "json",
        ],
    ]
    .concat();
    assert_eq!(
        done(&folder, &args),
        "[\n{\"place\": \"DIR/kpis.csv:2\", \"id\": \"alder-nps\", \"company\": \"alder\", \"metric\": \"nps\", \
         \"relation\": \"approx\", \"value\": -6.25, \"cite\": \"[@report, p. 3; @report, p. 4]\"}\n]\n"
    );
    let file = fs::read_to_string(folder.join("kpis.csv")).unwrap();
    let row = file.lines().last().unwrap();
    assert_eq!(
        row,
        "alder-nps;alder;nps;approx;-6,25;;;normal;;\"@report, p. 3; @report, p. 4\""
    );
}

/// Returns what a reader finds of a text: no blanks around it, no guard before a formula.
fn bare(text: &str) -> &str {
    casecmp::base::guard::unguard(text.trim_ascii())
}

/// Adds 50 profiles of hard texts to a file that is written so, and compares what is read of it.
fn add_hard_texts(encoding: Encoding, delimiter: &str, end: &str, numbers: &mut Numbers) {
    let folder = casebook("hard");
    let is_old = encoding == Encoding::Windows1252;
    if delimiter == "|" {
        let declared = r#""profiles.csv", "dialect": {"delimiter": "|"}"#;
        let text = DESCRIPTOR.replace(r#""profiles.csv""#, declared);
        fs::write(folder.join("datapackage.json"), text).unwrap();
    }
    // A letter of the old encoding, so that it is told from UTF-8.
    let extra = if is_old { "caf\u{e9}" } else { "mood" };
    let header = format!("id,company,attribute,value,cite,note,{extra}");
    let text = header.replace(',', delimiter) + end;
    let path = folder.join("profiles.csv");
    fs::write(&path, encoding.encode(&text).unwrap()).unwrap();
    let mut wanted: Vec<[String; 3]> = Vec::new();
    while wanted.len() < 50 {
        let [value, note, mood] = [(); 3].map(|()| numbers.text(is_old));
        if bare(&value).is_empty() {
            continue;
        }
        let args = [
            "add".to_owned(),
            "profiles".into(),
            "--company=alder".into(),
            format!("--attribute=a{}", wanted.len()),
            format!("--value={value}"),
            format!("--note={note}"),
            format!("--set={extra}={mood}"),
            "--cite=@report".into(),
        ];
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let before = fs::read(&path).unwrap();
        done(&folder, &args);
        assert!(fs::read(&path).unwrap().starts_with(&before), "{args:?}");
        wanted.push([value, note, mood].map(|text| bare(&text).to_owned()));
    }
    let casebook = loader(&folder);
    let profiles = casebook.table::<Profile>().unwrap();
    let fields = profiles.fields();
    let found = (0..profiles.len()).map(|record| {
        let values = profiles.values(record);
        ["value", "note", extra].map(|key| {
            let place = fields.iter().position(|field| field.key == key);
            values[place.unwrap()].plain().into_owned()
        })
    });
    assert_eq!(
        found.collect::<Vec<_>>(),
        wanted,
        "{encoding:?} {delimiter:?} {end:?}"
    );
}

#[test]
fn two_thousand_hard_texts_are_read_back_as_they_were_given() {
    let mut numbers = Numbers(20_261_130);
    for _ in 0..8 {
        add_hard_texts(Encoding::Utf8, ",", "\n", &mut numbers);
        add_hard_texts(Encoding::MarkedUtf8, ";", "\r\n", &mut numbers);
        add_hard_texts(Encoding::Utf16Le, "\t", "\r\n", &mut numbers);
        add_hard_texts(Encoding::Utf8, "|", "\r", &mut numbers);
        add_hard_texts(Encoding::Windows1252, ";", "", &mut numbers);
    }
}
