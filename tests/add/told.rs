//! What is wrong with a record, told by its options; what is advised.

use std::fs;

use super::own::{KPIS, RECORD, casebook, done, kpi, profile, refused};

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
    let kpi = kpi("62");
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
    let told = refused(&folder, &profile("@nope"));
    assert_eq!(
        told,
        "error: --cite: cites `nope`, which is no source of the casebook\n\
         hint: add it first: casecmp --data DIR add source --id nope\n"
    );
}
