//! `casecmp init`: what it makes answers every command, is valid, and overwrites nothing.
//!
//! Where `frictionless` or the Python package `jsonschema` is not installed, its test says so on stderr and passes.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use casecmp::package::FILES;

/// Makes an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("init")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Runs casecmp in a folder.
fn run(args: &[&str], folder: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_casecmp"));
    let program = program.args(args).current_dir(folder);
    program.env_remove("CASECMP_DATA").output().unwrap()
}

/// Runs casecmp in a folder and returns its answer, which must come without a word beside it.
fn answer(args: &[&str], folder: &Path) -> String {
    let output = run(args, folder);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.success() && told.is_empty(),
        "{args:?}: {told}"
    );
    String::from_utf8(output.stdout).unwrap()
}

/// Runs casecmp where it must fail and returns what it tells.
fn refusal(args: &[&str], folder: &Path) -> String {
    let output = run(args, folder);
    assert_eq!(output.status.code(), Some(2), "{args:?}");
    assert!(output.stdout.is_empty(), "{args:?}");
    String::from_utf8(output.stderr).unwrap()
}

/// Makes the example casebook.
fn example(name: &str) -> PathBuf {
    let folder = folder(name);
    answer(&["init", "."], &folder);
    folder
}

/// Lists the files below a folder, with `/` between folders.
fn below(folder: &Path, before: &str) -> Vec<String> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{before}{}", entry.file_name().to_str().unwrap());
        match entry.path() {
            path if path.is_dir() => files.extend(below(&path, &format!("{name}/"))),
            _ => files.push(name),
        }
    }
    files.sort();
    files
}

/// Returns the names of the commands, as the help lists them.
fn commands() -> Vec<String> {
    let help = answer(&["-h"], Path::new("."));
    let (_, list) = help.split_once("Commands:\n").unwrap();
    let (list, _) = list.split_once("\n\n").unwrap();
    // What does not fit a line goes on further to the right.
    let names = list.lines().filter_map(|line| line.strip_prefix("  "));
    let names = names.filter(|line| !line.starts_with(' '));
    names
        .map(|line| line.split(' ').next().unwrap().to_owned())
        .collect()
}

/// Says why a test has nothing to do, past the test harness, which hides what passes.
fn skip(reason: &str) {
    writeln!(std::io::stderr().lock(), "skipped: {reason}").unwrap();
}

#[test]
fn the_example_answers_every_command() {
    let folder = example("commands");
    let mut asked = 0;
    for command in commands() {
        let rest: &[&str] = match command.as_str() {
            // These read no casebook, name two, change one, or say in one line that nothing is wrong with it.
            "add" | "check" | "diff" | "fmt" | "help" | "init" | "score" => continue,
            "show" => &["alpha"],
            "search" => &["app"],
            "why" => &["alpha.app"],
            "query" => &["events"],
            "rank" => &["nps"],
            "tabulate" => &["events", "--rows", "company", "--columns", "category"],
            _ => &[],
        };
        let args = [&[&*command, "--data", "."], rest].concat();
        let lines = answer(&args, &folder).lines().count();
        // Of a casebook that is right, `check` has one line to say.
        let least = if command == "check" { 1 } else { 4 };
        assert!(lines >= least, "{command}: {lines} lines");
        asked += 1;
    }
    assert!(asked > 20, "{asked} commands");
}

#[test]
fn every_command_in_the_readme_of_the_example_works() {
    let folder = example("readme");
    let readme = fs::read_to_string(folder.join("README.md")).unwrap();
    let blocks = readme.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    let known = commands();
    let mut asked = 0;
    for line in blocks.flat_map(str::lines) {
        let args: Vec<&str> = line.strip_prefix("casecmp ").unwrap().split(' ').collect();
        if args.contains(&"check") && !known.iter().any(|name| name == "check") {
            continue;
        }
        assert_ne!(answer(&args, &folder), "", "{line}");
        asked += 1;
    }
    assert!(asked > 10, "{asked} commands");
}

#[test]
fn the_example_is_a_valid_data_package() {
    let folder = example("valid");
    let mut frictionless = Command::new("frictionless");
    let frictionless = frictionless.args(["validate", "datapackage.json"]);
    match frictionless.current_dir(&folder).output() {
        Err(_) => skip("frictionless is not installed"),
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{told}");
            assert!(
                told.contains(" VALID ") && !told.contains("INVALID"),
                "{told}"
            );
        }
    }
}

#[test]
fn the_json_files_of_the_example_obey_their_schemas() {
    let folder = example("schemas");
    let python = |args: &[&str]| {
        let mut python = Command::new("python3");
        let python = python.args(["-W", "ignore"]).args(args);
        python.current_dir(&folder).output()
    };
    if !python(&["-c", "import jsonschema"]).is_ok_and(|output| output.status.success()) {
        return skip("jsonschema is not installed");
    }
    for table in ["hypotheses", "sources"] {
        let (file, schema) = (format!("{table}.json"), format!("schemas/{table}.json"));
        let output = python(&["-m", "jsonschema", "-i", &file, &schema]).unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{table}: {told}");
    }
}

#[test]
fn a_copy_of_the_built_in_casebook_is_the_same_to_the_byte() {
    let folder = folder("copy");
    answer(&["init", "copy", "--from", "builtin"], &folder);
    let mut names: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
    names.sort_unstable();
    assert_eq!(below(&folder.join("copy"), ""), names);
    for name in names {
        let copied = fs::read(folder.join("copy").join(name)).unwrap();
        let original = fs::read(Path::new("data").join(name)).unwrap();
        assert!(copied == original, "{name}");
    }
    let companies = answer(&["companies", "--data", "copy"], &folder);
    assert_eq!(companies, answer(&["companies"], &folder));
}

#[test]
fn nothing_is_overwritten() {
    let folder = folder("kept");
    answer(&["init", "cases"], &folder);
    fs::write(folder.join("cases/companies.csv"), "mine").unwrap();
    fs::write(folder.join("file"), "mine").unwrap();
    let before = below(&folder, "");
    for (name, message) in [
        ("cases", "`cases` is not empty"),
        ("cases/schemas/..", "`cases/schemas/..` is not empty"),
        ("file", "`file` exists and is no folder"),
        ("file/new", "`file` is no folder"),
        ("missing/new", "the folder `missing` does not exist"),
        ("builtin", "`builtin` names the casebook inside the program"),
    ] {
        for from in [&[][..], &["--from", "builtin"]] {
            let told = refusal(&[&["init", name], from].concat(), &folder);
            assert!(told.starts_with(&format!("error: {message}\n")), "{told}");
        }
    }
    // Nor is anything made when the answer cannot be written.
    refusal(&["init", "new", "-f", "bibtex"], &folder);
    refusal(&["init", "new", "-o", "file", "-f", "csv"], &folder);
    assert_eq!(below(&folder, ""), before);
    for file in ["cases/companies.csv", "file"] {
        assert_eq!(fs::read(folder.join(file)).unwrap(), b"mine", "{file}");
    }
}

#[test]
fn a_path_may_end_with_a_slash_or_a_dot() {
    let folder = folder("paths");
    for name in ["a/", "b/.", "./c"] {
        answer(&["init", name], &folder);
        answer(&["companies", "--data", name], &folder);
    }
}

#[cfg(unix)]
#[test]
fn an_empty_folder_is_filled_and_stays_the_same_one() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let folder = folder("empty");
    let (real, link) = (folder.join("real"), folder.join("link"));
    fs::create_dir(&real).unwrap();
    symlink(&real, &link).unwrap();
    symlink(folder.join("gone"), folder.join("nowhere")).unwrap();
    let before = fs::metadata(&real).unwrap();
    answer(&["init", "link"], &folder);
    let after = fs::metadata(&real).unwrap();
    assert_eq!((before.ino(), before.mode()), (after.ino(), after.mode()));
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    let names = below(&real, "");
    assert!(names.iter().all(|name| !name.starts_with('.')), "{names:?}");
    let told = refusal(&["init", "nowhere"], &folder);
    assert!(told.contains("`nowhere` exists and is no folder"), "{told}");

    // A new one has the rights that any new folder has.
    answer(&["init", "new"], &folder);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&folder.join("new")), mode(&real));
    assert_eq!(mode(&folder.join("new/schemas")), mode(&real));
    assert_eq!(below(&folder.join("new"), ""), names);
}

#[cfg(target_os = "linux")]
#[test]
fn a_place_that_takes_no_folder_is_told() {
    let told = refusal(&["init", "/proc/cases"], Path::new("."));
    assert!(
        told.starts_with("error: `/proc/cases` cannot be made: "),
        "{told}"
    );
}
