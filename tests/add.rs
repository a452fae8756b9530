//! `casecmp add` and `casecmp fmt`: what they write is read back, and nothing else of a file changes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use casecmp::cli::{Io, run};
use casecmp::load::Loader;
use casecmp::model::{Collection as _, Kind, Profile, Record as _, Source};
use casecmp::package::{Encoding, FILES, Origin, Rows};

const COMPANIES: &str = "id,name,cite\nalder,Alder Works,@report\nbirch,Birch,@report\n";

const PROFILES: &str = "id,company,attribute,value,period,rank,cite,note\n\
                        alder-founded,alder,founded,1994,,normal,\"@report, p. 1\",\n";

const KPIS: &str =
    "id,company,metric,relation,value,interval_low,interval_high,rank,rival_of,cite\n";

const METRICS: &str = "id,name,unit,polarity,cite\nnps,Net Promoter Score,points,higher,@report\n";

const SOURCES: &str = "[\n  {\"id\": \"report\", \"type\": \"report\", \"title\": \"Oak\", \"custom\": {\"kind\": \"study\"}}\n]\n";

const DESCRIPTOR: &str = r#"{"name": "trees", "resources": [
  {"name": "companies", "path": "companies.csv"}, {"name": "profiles", "path": "profiles.csv"},
  {"name": "kpis", "path": "kpis.csv"}, {"name": "metrics", "path": "metrics.csv"},
  {"name": "hypotheses", "path": "hypotheses.json"}, {"name": "sources", "path": "sources.json"}]}"#;

/// Makes an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("add")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Makes a small casebook.
fn casebook(name: &str) -> PathBuf {
    let folder = folder(name);
    for (file, text) in [
        ("companies.csv", COMPANIES),
        ("profiles.csv", PROFILES),
        ("kpis.csv", KPIS),
        ("metrics.csv", METRICS),
        ("sources.json", SOURCES),
        ("hypotheses.json", "[]\n"),
        ("datapackage.json", DESCRIPTOR),
    ] {
        fs::write(folder.join(file), text).unwrap();
    }
    folder
}

/// Runs the program on a casebook; returns its exit code, data and messages, the folder named `DIR` in both.
fn call(folder: &Path, args: &[&str]) -> (ExitCode, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io::new(&mut out, &mut err);
    let data = folder.to_str().unwrap();
    let program = ["casecmp", "--data", data];
    let code = run(program.iter().chain(args).copied(), &mut io);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(data, "DIR");
    (code, text(out), text(err))
}

/// Runs the program where it must succeed, and returns its data.
fn done(folder: &Path, args: &[&str]) -> String {
    let (code, out, err) = call(folder, args);
    assert_eq!(code, ExitCode::SUCCESS, "{args:?}: {err}");
    out
}

/// Runs the program where it must fail without a change of the folder, and returns what it tells.
fn refused(folder: &Path, args: &[&str]) -> String {
    let before = contents(folder);
    let (code, out, err) = call(folder, args);
    assert_eq!(
        (code, out),
        (ExitCode::from(2), String::new()),
        "{args:?}: {err}"
    );
    assert_eq!(contents(folder), before, "{args:?}");
    err
}

/// Returns the names and the bytes of the files of a folder.
fn contents(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().is_file());
    let files = files.map(|entry| {
        let name = entry.file_name().into_string().unwrap();
        (name, fs::read(entry.path()).unwrap())
    });
    let mut files: Vec<_> = files.collect();
    files.sort();
    files
}

fn loader(folder: &Path) -> Loader {
    Loader::new([Origin::named(folder)])
}

const RECORD: [&str; 8] = [
    "--company",
    "birch",
    "--attribute",
    "founded",
    "--value",
    "Ünder \"oaks\", 2000",
    "--cite",
    "@report, p. 2",
];

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

/// A small generator of numbers, so that the same texts are made every time (Marsaglia 2003, xorshift).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// Makes a text of pieces that are hard for a file.
    fn text(&mut self, is_old: bool) -> String {
        const PIECES: [&str; 26] = [
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\r",
            "\r\n",
            "=1+1",
            "+",
            "-",
            "@",
            "'",
            "'=x",
            " ",
            "a",
            "1,5",
            "é",
            "ü",
            "ß",
            "€",
            "\u{feff}",
            "日本",
            "👩‍🌾",
            "\u{2028}",
        ];
        // Behind these, the old encoding has no bytes, or not always others than UTF-8.
        let end = if is_old { 20 } else { PIECES.len() };
        let mut text = String::new();
        for _ in 0..=self.below(7) {
            text.push_str(PIECES[self.below(end)]);
        }
        text
    }
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

#[test]
fn every_mistake_is_told_by_its_option() {
    let folder = casebook("mistakes");
    let args = [
        "add",
        "kpi",
        "--id",
        "9",
        "--company",
        "birhc",
        "--metric",
        "npz",
        "--value",
        "64 (est.)",
        "--relation",
        "about",
        "--rival-of",
        "none",
        "--cite",
        "report",
        "--note",
        "x",
        "--set",
        "mood=good",
        "--set",
        "value=1",
        "--set",
        "x",
    ];
    assert_eq!(
        refused(&folder, &args),
        "error: --id: must be an id: lower-case letters, digits, `-` and `_`, beginning with a letter, found `9`\n\
         error: --company: unknown company `birhc`\n\
         hint: did you mean `Birch`? `casecmp --data DIR companies` lists all\n\
         error: --metric: must be the id of a metric, found `npz`\n\
         hint: did you mean `nps`?\n\
         error: --relation: must be one of `eq` `gt` `ge` `lt` `le` `approx`, found `about`\n\
         error: --value: must be a number, found `64 (est.)`\n\
         hint: put the hedge in column `relation` and the wording in `printed`\n\
         error: --rival-of: must be the id of a kpi, found `none`\n\
         hint: casecmp --data DIR kpis lists all\n\
         error: --cite: must be citations, found `report`\n\
         hint: write `@source, place in it`, several separated by `;`: `@perez2024, Table 2`\n\
         error: --note: DIR/kpis.csv has no column `note`\n\
         hint: add `note` to its header, or leave --note out\n\
         error: --set: DIR/kpis.csv has no column `mood`\n\
         hint: add `mood` to its header first\n\
         error: --set: `value` has an option of its own\n\
         hint: write --value instead\n\
         error: --set: must be COLUMN=VALUE, found `x`\n\
         hint: write --set mood=good\n"
    );
    let told = refused(
        &folder,
        &[
            "add",
            "profile",
            "--company",
            "alder",
            "--id",
            "alder-founded",
        ],
    );
    assert_eq!(
        told,
        "error: --id: the id `alder-founded` is taken by DIR/profiles.csv:2\n\
         hint: leave --id out, and one is made\n\
         error: --attribute: must be given\n\
         hint: what is stated about the company; with the company, the subject of rival claims\n\
         error: --value: must be given\n\
         hint: what the source states, in our words; names and figures exact\n\
         error: --cite: must be given\n\
         hint: sources that state this, each with the place in it, as Pandoc citations separated by semicolons\n"
    );
    let told = refused(
        &folder,
        &[
            "add", "profile", "--id", "report", "--value", " ", "--cite", "@report",
        ],
    );
    assert!(
        told.starts_with("error: --id: the id `report` is taken by DIR/sources.json:2\n"),
        "{told}"
    );
    assert!(told.contains("error: --value: must be given\n"), "{told}");
}

#[test]
fn what_no_field_shows_is_checked_too() {
    let folder = casebook("whole");
    let kpi = [
        "add",
        "kpi",
        "--company",
        "alder",
        "--metric",
        "nps",
        "--value",
        "62",
        "--cite",
        "@report",
    ];
    let told = refused(
        &folder,
        &[kpi.as_slice(), &["--interval-low", "60"]].concat(),
    );
    assert_eq!(
        told,
        "error: --interval-high: must not be empty where `interval_low` is stated\n\
         hint: state both ends of the interval, or neither\n"
    );
    // A mistake that was there before is none of the new record.
    let wrong = format!("{KPIS}old,alder,nps,eq,many,,,,,@report\n");
    fs::write(folder.join("kpis.csv"), &wrong).unwrap();
    done(&folder, &kpi);
    let file = fs::read_to_string(folder.join("kpis.csv")).unwrap();
    assert_eq!(
        file,
        format!("{wrong}alder-nps,alder,nps,eq,62,,,normal,,@report\n")
    );
    // And its id is taken.
    let told = refused(&folder, &[kpi.as_slice(), &["--id", "old"]].concat());
    assert!(
        told.contains("--id: the id `old` is taken by DIR/kpis.csv:2"),
        "{told}"
    );
}

#[test]
fn what_check_would_advise_is_told_at_once() {
    let folder = casebook("advice");
    let kpi = |value| {
        [
            "add",
            "kpi",
            "--company",
            "alder",
            "--metric",
            "nps",
            "--value",
            value,
            "--cite",
            "@report",
        ]
    };
    assert!(!done(&folder, &kpi("44")).contains("says what"));
    let advice =
        "kpi `alder-nps-2`: says what line 2 says; make it one record with the citations of both\n";
    let told = done(&folder, &kpi("44"));
    assert!(told.contains(advice), "{told}");
    // What was there before is not the matter here.
    assert!(!done(&folder, &kpi("45")).contains("says what"));
}

#[test]
fn what_cannot_be_written_is_told() {
    let folder = casebook("cannot");
    let profile = [["add", "profile"].as_slice(), &RECORD].concat();
    let write = |bytes: &[u8]| fs::write(folder.join("profiles.csv"), bytes).unwrap();

    write(b"id,company,attribute,value,cite,caf\xE9\n");
    let told = refused(
        &folder,
        &[profile.as_slice(), &["--id", "b", "--set", "café=→"]].concat(),
    );
    assert_eq!(
        told,
        "error: --set: `→` cannot be written in Windows-1252, as DIR/profiles.csv is\n\
         hint: casecmp fmt DIR writes its files in UTF-8\n"
    );
    for (bytes, wanted) in [
        (
            "id,company,attribute,value,cite\n\"a",
            "error: DIR/profiles.csv: a double quote opens a cell and is never closed\n",
        ),
        (
            "",
            "error: DIR/profiles.csv: is empty: the header is missing\n",
        ),
        (
            "id,company,attribute,cite,cite\n",
            "error: --value: DIR/profiles.csv has no column `value`\n",
        ),
        (
            "id,company,attribute,value,cite,cite\n",
            "error: --cite: DIR/profiles.csv has 2 columns `cite`\n",
        ),
    ] {
        write(bytes.as_bytes());
        let told = refused(&folder, &profile);
        assert!(told.starts_with(wanted), "{told}");
    }
    fs::remove_file(folder.join("profiles.csv")).unwrap();
    let told = refused(&folder, &profile);
    assert!(
        told.starts_with("error: DIR/profiles.csv: cannot be read"),
        "{told}"
    );

    let event = ["add", "event", "--company", "alder"];
    assert_eq!(
        refused(&folder, &event),
        "error: DIR/datapackage.json: the casebook has no table `events`\n\
         hint: make the file events.csv with the line id,company,event,date,category,title,detail,rank,domain,cite,via,note and \
         add {\"name\": \"events\", \"path\": \"events.csv\"} to the resources\n"
    );
    let told = refused(&folder, &["add", "hypothesis"]);
    assert!(
        told.starts_with("error: a hypothesis cannot be added by a command"),
        "{told}"
    );
}

#[test]
fn only_a_folder_of_the_users_is_changed() {
    let (one, other) = (casebook("one"), casebook("other"));
    let record = [["add", "profile"].as_slice(), &RECORD].concat();
    let told = |data: &[&str]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let data = data.iter().flat_map(|data| ["--data", data]);
        let args = std::iter::once("casecmp")
            .chain(data)
            .chain(record.iter().copied());
        let code = run(
            args.collect::<Vec<&str>>(),
            &mut Io::new(&mut out, &mut err),
        );
        (code, String::from_utf8(err).unwrap())
    };
    let (one, other) = (one.to_str().unwrap(), other.to_str().unwrap());
    let failure = ExitCode::from(2);
    for none in [&[][..], &["builtin"]] {
        let (code, err) = told(none);
        assert_eq!(code, failure);
        assert_eq!(
            err,
            "error: the casebook inside the program cannot be changed\nhint: name a folder of your own: --data DIR\n"
        );
    }
    let zip = format!("{one}/cases.zip");
    fs::write(&zip, "PK").unwrap();
    let (code, err) = told(&[&zip]);
    assert_eq!(code, failure);
    assert!(err.contains("is a ZIP file, and is only read"), "{err}");
    let (code, err) = told(&[one, other]);
    assert_eq!(code, failure);
    assert!(err.starts_with("error: it is not clear whether"), "{err}");

    // What the one inside the program has may be named, and its ids are taken.
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = [
        "casecmp",
        "add",
        "profile",
        "--data",
        "builtin",
        "--data",
        one,
        "--company",
        "NFLX",
        "--attribute",
        "founded",
        "--value",
        "1997",
        "--cite",
        "@report",
        "-f",
        "csv",
    ];
    let code = run(args, &mut Io::new(&mut out, &mut err));
    assert_eq!(code, ExitCode::SUCCESS, "{}", String::from_utf8_lossy(&err));
    let row = String::from_utf8(out).unwrap();
    assert!(
        row.contains(",netflix-founded-2,netflix,founded,1997,"),
        "{row}"
    );
}

#[test]
fn a_dry_run_shows_the_change_and_makes_none() {
    let folder = casebook("dry");
    let before = contents(&folder);
    let (code, out, err) = call(
        &folder,
        &[["add", "profile"].as_slice(), &RECORD, &["--dry-run"]].concat(),
    );
    assert_eq!(code, ExitCode::SUCCESS, "{err}");
    assert_eq!(
        out,
        "--- DIR/profiles.csv\n+++ DIR/profiles.csv\n@@ -2,0 +3 @@\n\
         +birch-founded,birch,founded,\"Ünder \"\"oaks\"\", 2000\",,normal,\"@report, p. 2\",\n"
    );
    assert_eq!(err, "note: nothing is written: --dry-run\n");
    assert_eq!(contents(&folder), before);
}

#[test]
fn a_source_is_an_object_of_csl() {
    let folder = casebook("source");
    let source = [
        "add",
        "source",
        "--type",
        "report",
        "--title",
        " A \"title\"\nof two lines ",
        "--author",
        "Root, R.; {Leaf, Inc.}",
        "--issued",
        "2023-05/2024",
        "--kind",
        "primary",
        "--cite",
        "@report, p. 9",
        "--same-as",
        "report",
        "--doi",
        "10.1/x",
    ];
    let (code, out, err) = call(&folder, &[source.as_slice(), &["-f", "csv"]].concat());
    assert_eq!(code, ExitCode::SUCCESS, "{err}");
    assert!(
        out.contains("DIR/sources.json:3,root2023,primary,report,"),
        "{out}"
    );
    assert_eq!(
        fs::read_to_string(folder.join("sources.json")).unwrap(),
        SOURCES.replace("}}\n]", "}},\n  {\"id\": \"root2023\", \"type\": \"report\", \"title\": \"A \\\"title\\\"\\nof two lines\", \
            \"author\": [{\"family\": \"Root\", \"given\": \"R.\"}, {\"literal\": \"Leaf, Inc.\"}], \
            \"issued\": {\"date-parts\": [[2023, 5], [2024]]}, \"DOI\": \"10.1/x\", \
            \"custom\": {\"kind\": \"primary\", \"cite\": \"@report, p. 9\", \"same_as\": \"report\"}}\n]")
    );
    let casebook = loader(&folder);
    let read = casebook
        .table::<Source>()
        .unwrap()
        .by_id("root2023")
        .unwrap();
    assert_eq!(read.title, "A \"title\"\nof two lines");
    assert_eq!(read.issued.as_ref().unwrap().0.as_str(), "2023-05/2024");
    // The same once more is another one.
    assert!(done(&folder, &source).contains("root2023-2"));

    let told = refused(
        &folder,
        &[
            "add",
            "sources",
            "--kind",
            "primari",
            "--issued",
            "2024-Q1",
            "--same-as",
            "oak",
            "--cite",
            "x",
            "--title",
            "t",
        ],
    );
    let options: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with("error"))
        .collect();
    assert_eq!(
        options,
        [
            "error: --kind: must be one of `study` `comments` `primary` `cited` `unresolved`, found `primari`",
            "error: --type: must be given",
            "error: --issued: must be a year, a month, a day, or two of these with `/` between, found `2024-Q1`",
            "error: --cite: must be citations, found `x`",
            "error: --same-as: must be the id of a source, found `oak`",
        ]
    );
}

#[test]
fn nothing_is_changed_where_the_output_cannot_be_written() {
    let folder = casebook("output");
    let record = [["add", "profile"].as_slice(), &RECORD].concat();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let told = refused(
        &folder,
        &[record.as_slice(), &["-o", &path("none/o.csv")]].concat(),
    );
    assert_eq!(
        told,
        "error: the folder `DIR/none` does not exist\nhint: make it first\n"
    );
    let made = path("made");
    refused(&folder, &["init", &made, "-o", &path("none/o.csv")]);
    assert!(!Path::new(&made).exists());
    refused(&folder, &["init", &made, "-o", &path("profiles.csv/o.csv")]);
    assert!(!Path::new(&made).exists());

    done(
        &folder,
        &[record.as_slice(), &["-o", &path("o.csv")]].concat(),
    );
    assert!(
        fs::read_to_string(path("o.csv"))
            .unwrap()
            .contains("birch-founded")
    );
}

#[test]
fn no_answer_is_written_over_a_casebook() {
    let folder = casebook("over");
    let record = [["add", "profile"].as_slice(), &RECORD].concat();
    let schema = DESCRIPTOR.replace(
        r#""profiles.csv""#,
        r#""profiles.csv", "schema": "schema.json""#,
    );
    fs::write(folder.join("datapackage.json"), schema).unwrap();
    fs::write(folder.join("schema.json"), "{\"fields\": []}").unwrap();
    let data = folder.to_str().unwrap();
    let over = |name: &str, args: &[&str]| {
        let path = format!("{data}/../over/{name}");
        let told = refused(
            &folder,
            &[args, &["--force", "-f", "csv", "-o", &path]].concat(),
        );
        let wanted = format!("error: `DIR/{name}` is read, and cannot be the output too\n");
        assert!(told.starts_with(&wanted), "{told}");
    };
    for name in [
        "profiles.csv",
        "kpis.csv",
        "datapackage.json",
        "schema.json",
    ] {
        over(name, &record);
        over(name, &["companies"]);
    }
    // A casebook that the command names itself.
    let other = casebook("over-other");
    let path = format!("{data}/kpis.csv");
    for args in [["fmt", data].as_slice(), &["check", data]] {
        let before = contents(&folder);
        let (code, _, err) = call(&other, &[args, &["--force", "-o", &path]].concat());
        assert_eq!(code, ExitCode::from(2), "{err}");
        assert_eq!(contents(&folder), before);
    }
    // A folder that is made holds nothing of the answer.
    let made = folder.join("made");
    fs::create_dir(&made).unwrap();
    let made = made.to_str().unwrap();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_casecmp"))
        .args(["init", made, "-o", &format!("{made}/events.csv")])
        .output()
        .unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(
        told.replace(data, "DIR"),
        "error: `DIR/made/events.csv` is in the folder to be made\nhint: name a file elsewhere: -o answer.csv\n"
    );
    assert!(contents(Path::new(made)).is_empty());
}

#[test]
fn nothing_is_added_beside_sources_that_cannot_be_read() {
    let folder = casebook("unread");
    let path = folder.join("sources.json");
    let dated = SOURCES.replace(
        "\"title\"",
        "\"issued\": {\"date-parts\": [[\"2o24\"]]}, \"title\"",
    );
    let source = [
        "add", "source", "--type", "report", "--title", "t", "--kind", "study",
    ];
    let profile = [
        "add",
        "profile",
        "--company",
        "alder",
        "--attribute",
        "x",
        "--value",
        "y",
        "--cite",
        "@nowhere",
    ];
    for text in [&*dated, "[7]\n"] {
        fs::write(&path, text).unwrap();
        for args in [source.as_slice(), &profile] {
            let told = refused(&folder, args);
            assert!(told.starts_with("error: DIR/sources.json:"), "{told}");
        }
    }
}

#[test]
fn what_no_option_has_is_a_member_of_a_source() {
    let folder = casebook("member");
    let source = [
        "add",
        "source",
        "--type",
        "report",
        "--title",
        "-5 percent",
        "--kind",
        "study",
        "--set",
        "mood=-ok",
    ];
    done(&folder, &source);
    let file = fs::read_to_string(folder.join("sources.json")).unwrap();
    assert!(
        file.contains(
            "\"title\": \"-5 percent\", \"mood\": \"-ok\", \"custom\": {\"kind\": \"study\"}}"
        ),
        "{file}"
    );
    let more = [
        "--set",
        "mood=bad",
        "--set",
        "DOI=1",
        "--set=custom=x",
        "--set",
        "=x",
    ];
    assert_eq!(
        refused(&folder, &[source.as_slice(), &more].concat()),
        "error: --set: `mood` is given twice\n\
         hint: leave one of the two out\n\
         error: --set: `DOI` has an option of its own\n\
         hint: write --doi instead\n\
         error: --set: `custom` follows from other fields\n\
         hint: leave it out\n\
         error: --set: must be COLUMN=VALUE, found `=x`\n\
         hint: write --set mood=good\n"
    );
}

#[test]
fn a_hint_names_what_was_asked_for() {
    let folder = casebook("hints");
    let record = [["add", "profile"].as_slice(), &RECORD].concat();
    let text = "error: this answer is a text and has one format\n";
    for (option, value) in [("-f", "csv"), ("-o", "none.csv")] {
        let told = refused(
            &folder,
            &[record.as_slice(), &["--dry-run", option, value]].concat(),
        );
        let hint = format!("hint: leave {option} out, and write it to a file with > FILE\n");
        assert_eq!(told, format!("{text}{hint}"));
    }
    let told = refused(
        &folder,
        &[
            "add",
            "profile",
            "--company",
            "alder",
            "--attribute",
            "x",
            "--value",
            "y",
            "--cite",
            "@nope",
        ],
    );
    assert_eq!(
        told,
        "error: --cite: cites `nope`, which is no source of the casebook\n\
         hint: add it first: casecmp --data DIR add source --id nope\n"
    );
}

/// Runs the program as its own process.
fn process(folder: &Path, number: usize) -> std::process::Child {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_casecmp"));
    let attribute = format!("a{number}");
    program.args([
        "add",
        "profile",
        "--company",
        "alder",
        "--attribute",
        &attribute,
        "--value",
        "1",
        "--cite",
        "@report",
    ]);
    program.arg("--data").arg(folder);
    let quiet = std::process::Stdio::null;
    program.stdout(quiet()).stderr(quiet()).spawn().unwrap()
}

#[test]
fn of_several_that_write_at_once_none_loses_a_record() {
    let folder = casebook("crowd");
    let crowd: Vec<_> = (0..24).map(|one| process(&folder, one)).collect();
    for mut one in crowd {
        assert!(one.wait().unwrap().success());
    }
    let casebook = loader(&folder);
    let profiles = casebook.table::<Profile>().unwrap();
    assert_eq!(profiles.len(), 25);
    for one in 0..24 {
        assert!(profiles.by_id(&format!("alder-a{one}")).is_some(), "{one}");
    }
}

#[test]
fn whoever_is_stopped_leaves_the_old_file_or_the_new_one() {
    let folder = casebook("stopped");
    let mut numbers = Numbers(7);
    let mut before = fs::read_to_string(folder.join("profiles.csv")).unwrap();
    for number in 0..40 {
        let mut child = process(&folder, number);
        let pause = u64::try_from(numbers.below(12_000)).unwrap();
        std::thread::sleep(std::time::Duration::from_micros(pause));
        child.kill().unwrap();
        child.wait().unwrap();
        let after = fs::read_to_string(folder.join("profiles.csv")).unwrap();
        let row = format!("alder-a{number},alder,a{number},1,,normal,@report,\n");
        assert!(
            after == before || after == format!("{before}{row}"),
            "{after}"
        );
        before = after;
    }
}

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
fn two_resources_of_one_name_are_refused() {
    let folder = casebook("twice");
    let text = DESCRIPTOR.replace(
        "\"resources\": [",
        "\"resources\": [{\"name\": \"profiles\", \"path\": \"old.csv\"},",
    );
    fs::write(folder.join("datapackage.json"), text).unwrap();
    for args in [["fmt"].as_slice(), &["query", "profiles"]] {
        assert_eq!(
            refused(&folder, args),
            "error: DIR/datapackage.json: two resources have the name `profiles`: old.csv and profiles.csv\n\
             hint: rename one of them, or put the rows of both into one file\n"
        );
    }
}

#[test]
fn a_path_may_begin_with_the_folder_itself() {
    let folder = casebook("dotted");
    let text = DESCRIPTOR.replace("\"profiles.csv\"", "\"./profiles.csv\"");
    fs::write(folder.join("datapackage.json"), text).unwrap();
    fs::write(folder.join("profiles.csv"), PROFILES.replace('\n', "\r\n")).unwrap();
    let told = done(&folder, &["fmt", "-f", "csv"]);
    assert!(told.contains("\nDIR/profiles.csv,"), "{told}");
    done(&folder, &[["add", "profile"].as_slice(), &RECORD].concat());
    let file = fs::read_to_string(folder.join("profiles.csv")).unwrap();
    assert!(file.starts_with(PROFILES) && file.contains("birch-founded"));
}

#[cfg(unix)]
#[test]
fn nobody_waits_for_a_pipe() {
    let folder = casebook("pipe");
    let pipe = folder.join("profiles.csv");
    fs::remove_file(&pipe).unwrap();
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    for args in [["fmt"].as_slice(), &["query", "profiles"]] {
        let (code, _, err) = call(&folder, args);
        assert_eq!(code, ExitCode::from(2), "{args:?}");
        assert_eq!(
            err,
            "error: DIR/profiles.csv: is a pipe or a device\nhint: put a file in its place\n"
        );
    }
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

#[cfg(unix)]
#[test]
fn rights_stay_and_links_are_followed() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    let folder = casebook("links");
    let (link, file) = (folder.join("profiles.csv"), folder.join("kept.csv"));
    fs::rename(&link, &file).unwrap();
    symlink("kept.csv", &link).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    done(&folder, &[["add", "profile"].as_slice(), &RECORD].concat());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(
        fs::metadata(&file).unwrap().permissions().mode() & 0o777,
        0o640
    );
    assert!(fs::read_to_string(&file).unwrap().contains("birch-founded"));
    assert_eq!(Profile::KIND, Kind::Profiles);

    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let told = refused(
        &folder,
        &[
            "add",
            "profile",
            "--company",
            "alder",
            "--attribute",
            "x",
            "--value",
            "y",
            "--cite",
            "@report",
        ],
    );
    assert!(
        told.contains("profiles.csv` cannot be written: permission denied"),
        "{told}"
    );
}
