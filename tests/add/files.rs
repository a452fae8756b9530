//! Which files are changed, when, and by how many at once.

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use casecmp::model::{Collection as _, Profile};

use super::numbers::Numbers;
use super::own::{
    DESCRIPTOR, PROFILES, RECORD, call, casebook, contents, done, loader, profile, refused,
};
use super::program::casecmp;

#[test]
fn only_a_folder_of_the_users_is_changed() {
    let (one, other) = (casebook("one"), casebook("other"));
    let record = [["add", "profile"].as_slice(), &RECORD].concat();
    let told = |data: &[&str]| {
        let data = data.iter().flat_map(|data| ["--data", data]);
        let args: Vec<&str> = data.chain(record.iter().copied()).collect();
        let (code, _, err) = casecmp(&args);
        (code, err)
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
    let (code, row, err) = casecmp(&[
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
    ]);
    assert_eq!(code, ExitCode::SUCCESS, "{err}");
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

    fs::set_permissions(&file, fs::Permissions::from_mode(0o440)).unwrap();
    let told = refused(&folder, &profile("@report"));
    assert!(
        told.contains("profiles.csv` cannot be written: permission denied"),
        "{told}"
    );
}
