//! Sources: objects of CSL-JSON.

use std::fs;
use std::process::ExitCode;

use casecmp::model::Source;

use super::own::{SOURCES, call, casebook, done, loader, profile, refused};

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
    let profile = profile("@nowhere");
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
