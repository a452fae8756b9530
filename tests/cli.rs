//! Runs of the whole program: streams, exit codes, colours, files.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

use casecmp::cli::{Io, run};

/// Runs the program as a function call and returns its exit code, data and messages.
fn call(args: &[&str], set: impl FnOnce(&mut Io<'_>)) -> (ExitCode, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut io = Io::new(&mut out, &mut err);
    set(&mut io);
    let code = run(
        std::iter::once("casecmp").chain(args.iter().copied()),
        &mut io,
    );
    (
        code,
        String::from_utf8(out).unwrap(),
        String::from_utf8(err).unwrap(),
    )
}

/// Makes an empty folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Returns the names of the files in a folder.
fn files(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

/// Makes a casebook of more events than a pipe holds, and returns its folder.
fn long_timeline() -> String {
    let folder = folder("long");
    for file in ["companies.csv", "sources.json", "datapackage.json"] {
        fs::copy(
            Path::new("tests/casebooks/marks").join(file),
            folder.join(file),
        )
        .unwrap();
    }
    let head = "id,company,event,date,category,title,cite".to_owned();
    let event =
        |number| format!("e{number},idle,e{number},1990,store,Opened a shop again,\"@report\"");
    let lines: Vec<String> = std::iter::once(head).chain((1..=3000).map(event)).collect();
    let events = lines.join("\n");
    fs::write(folder.join("events.csv"), events).unwrap();
    folder.into_os_string().into_string().unwrap()
}

fn program() -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_casecmp"));
    for name in [
        "NO_COLOR",
        "CLICOLOR",
        "CLICOLOR_FORCE",
        "COLUMNS",
        "CASECMP_DATA",
    ] {
        program.env_remove(name);
    }
    program
}

#[test]
fn data_goes_to_out_and_messages_to_err() {
    let (code, out, err) = call(
        &["timeline", "netflix", "--from", "2030", "-f", "csv"],
        |_| (),
    );
    assert_eq!(code, ExitCode::SUCCESS);
    assert!(out.starts_with("id,company,event,date,"), "{out}");
    assert_eq!(err, "note: no rows\n");
    let (code, out, err) = call(&["timeline", "netflx"], |_| ());
    assert_eq!(code, ExitCode::from(2));
    assert_eq!(out, "");
    assert!(
        err.starts_with("error: unknown company `netflx`\nhint: "),
        "{err}"
    );
}

#[test]
fn options_may_stand_before_the_command_or_after_it() {
    let (_, before, _) = call(&["-f", "csv", "companies"], |_| ());
    let (_, after, _) = call(&["companies", "-f", "csv"], |_| ());
    assert_eq!(before, after);
    let (_, nearer, _) = call(&["-f", "json", "companies", "-f", "csv"], |_| ());
    assert_eq!(nearer, after, "the one after the command wins");
}

#[test]
fn the_same_question_gets_the_same_bytes() {
    for args in [
        &["export"][..],
        &["compare"],
        &["timeline", "amazon", "netflix"],
    ] {
        assert_eq!(call(args, |_| ()).1, call(args, |_| ()).1);
    }
}

#[test]
fn the_order_of_the_companies_changes_no_lead() {
    let answer = |companies: &[&str], rest: &[&str]| -> serde_json::Value {
        let args = [&["lead-lag"], companies, rest, &["-f", "json"]].concat();
        serde_json::from_str(&call(&args, |_| ()).1).unwrap()
    };
    let trees = "tests/casebooks/trees";
    let topics = "cloud,service,market,founded,recommendation,voice";
    for (companies, swapped, rest) in [
        (["amazon", "netflix"], ["netflix", "amazon"], &[][..]),
        (
            ["amazon", "netflix"],
            ["netflix", "amazon"],
            &["--topic", topics],
        ),
        (
            ["alder", "birch"],
            ["birch", "alder"],
            &["--data", trees, "--topic", "opening,fire"],
        ),
    ] {
        let rows = answer(&companies, rest);
        assert!(rows.as_array().is_some_and(|rows| rows.len() > 1), "{rows}");
        // Two objects of JSON are equal whatever the order of their members.
        assert_eq!(rows, answer(&swapped, rest), "{rest:?}");
    }
}

#[test]
fn tables_fit_the_screen_unless_a_width_is_given() {
    let widest = |text: &str| text.lines().map(|line| line.chars().count()).max().unwrap();
    let args = ["timeline", "amazon"];
    assert!(widest(&call(&args, |io| io.width = Some(70)).1) <= 70);
    assert!(widest(&call(&args, |_| ()).1) > 120, "no screen, no limit");
    let args = ["timeline", "amazon", "--width", "60"];
    assert!(widest(&call(&args, |io| io.width = Some(200)).1) <= 60);
    for command in [
        "companies",
        "technologies",
        "challenges",
        "experience",
        "kpis",
        "metrics",
        "swot",
        "lead-lag",
    ] {
        for width in 60..=200 {
            let width = width.to_string();
            let (_, out, _) = call(&[command, "--width", &width], |_| ());
            assert!(
                widest(&out) <= width.parse().unwrap(),
                "{command} at {width}"
            );
        }
    }
}

#[test]
fn numbers_and_dates_are_whole_at_every_width() {
    for width in ["40", "60", "80", "120"] {
        let (_, out, _) = call(&["kpis", "--width", width], |_| ());
        for whole in [
            "1.84 trillion",
            "> 310 million",
            "260.3 million",
            "2022/2024",
            "2023-12-31",
        ] {
            assert!(out.contains(whole), "{whole} at {width}:\n{out}");
        }
    }
}

#[test]
fn charts_fit_every_width_and_do_without_a_screen() {
    let columns = |line: &str| line.chars().count();
    let args = ["timeline", "amazon", "netflix", "-f", "chart"];
    let (_, out, err) = call(&args, |_| ());
    assert_eq!(out.lines().map(columns).max(), Some(80));
    assert_eq!(err, "", "the notes stand below the chart");
    for width in 40..=200 {
        let option = width.to_string();
        let (_, out, _) = call(&[&args[..], &["--width", &option]].concat(), |_| ());
        let widest = out.lines().map(columns).max().unwrap();
        // The columns after the last of the axis are for the number of a mark that stands there.
        let (least, most) = (widest, widest + 2);
        assert!((least..=most).contains(&width), "{width}:\n{out}");
    }
}

#[test]
fn charts_are_ascii_on_screens_of_ascii_and_nowhere_else() {
    let is_ascii = |args: &[&str], by_itself: bool| {
        let (code, out, _) = call(args, |io| io.is_ascii = by_itself);
        assert_eq!(code, ExitCode::SUCCESS);
        assert!(out.contains("Founded by Jeff Bezos") || args.contains(&"-o"));
        out.is_ascii()
    };
    let args = ["timeline", "amazon", "-f", "chart"];
    assert!(is_ascii(&args, true));
    assert!(!is_ascii(&args, false));
    let file = folder("ascii").join("chart.txt");
    let to_file = [&args[..], &["-o", file.to_str().unwrap()]].concat();
    is_ascii(&to_file, true);
    assert!(!fs::read_to_string(&file).unwrap().is_ascii());

    // A pipe gets the same bytes whatever the locale.
    let mut piped = program();
    let output = piped.args(args).env("LC_ALL", "C").output().unwrap();
    assert!(!output.stdout.is_ascii());
}

#[test]
fn colours_are_for_screens_or_for_those_who_ask() {
    let is_coloured = |args: &[&str], by_itself: bool| {
        call(args, |io| io.is_out_coloured = by_itself)
            .1
            .contains('\u{1b}')
    };
    assert!(is_coloured(&["companies"], true));
    assert!(!is_coloured(&["companies"], false));
    assert!(is_coloured(&["companies", "--color", "always"], false));
    assert!(!is_coloured(&["companies", "--color", "never"], true));
    assert!(
        !is_coloured(&["companies", "-f", "csv"], true),
        "never in data"
    );
}

#[test]
fn the_environment_decides_on_colours_too() {
    let is_coloured = |name: &str, value: &str| {
        let output = program()
            .arg("companies")
            .env(name, value)
            .output()
            .unwrap();
        output.stdout.contains(&0x1b)
    };
    assert!(!is_coloured("TERM", "xterm"), "a pipe");
    assert!(is_coloured("CLICOLOR_FORCE", "1"));
    let mut both = program();
    both.arg("companies")
        .env("CLICOLOR_FORCE", "1")
        .env("NO_COLOR", "1");
    assert!(
        !both.output().unwrap().stdout.contains(&0x1b),
        "NO_COLOR wins"
    );
    let mut asked = program();
    asked
        .args(["companies", "--color", "always"])
        .env("NO_COLOR", "1");
    assert!(
        asked.output().unwrap().stdout.contains(&0x1b),
        "the option wins"
    );
}

#[test]
fn the_environment_names_the_casebook() {
    let output = program()
        .arg("companies")
        .env("CASECMP_DATA", "tests/casebooks/trees")
        .output();
    assert!(
        String::from_utf8(output.unwrap().stdout)
            .unwrap()
            .contains("Alder")
    );
    let mut told = program();
    told.args(["companies", "--data", "builtin"])
        .env("CASECMP_DATA", "tests/casebooks/trees");
    assert!(
        String::from_utf8(told.output().unwrap().stdout)
            .unwrap()
            .contains("Amazon")
    );
}

#[test]
fn a_closed_pipe_ends_the_program_quietly() {
    let long = long_timeline();
    for format in [
        "table", "csv", "tsv", "json", "ndjson", "md", "bibtex", "csl-json", "chart", "mermaid",
    ] {
        // More than a pipe holds.
        let (table, data) = match format {
            "bibtex" | "csl-json" => ("sources", "builtin"),
            "chart" | "mermaid" => ("timeline", &*long),
            _ => ("findings", "builtin"),
        };
        let mut child = program()
            .args([table, "-f", format, "--data", data])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 1];
        let mut pipe = child.stdout.take().unwrap();
        pipe.read_exact(&mut first).unwrap();
        drop(pipe);
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{format}: {}", output.status);
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("error"), "{format}: {err}");
    }
}

#[test]
fn files_take_their_format_from_the_extension_and_are_never_lost() {
    let folder = folder("files");
    let file = folder.join("companies.csv");
    let path = file.to_str().unwrap();
    let (_, printed, _) = call(&["companies", "-f", "csv"], |_| ());

    let (code, out, err) = call(&["companies", "-o", path, "--color", "always"], |_| ());
    assert_eq!(
        (code, out.as_str(), err.as_str()),
        (ExitCode::SUCCESS, "", "")
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), printed);

    let (code, _, err) = call(&["metrics", "-o", path], |_| ());
    assert_eq!(code, ExitCode::from(2));
    assert!(err.contains("exists\nhint: --force"), "{err}");
    assert_eq!(fs::read_to_string(&file).unwrap(), printed, "kept");

    let (code, _, _) = call(&["timeline", "nobody", "-o", path, "--force"], |_| ());
    assert_eq!(code, ExitCode::from(2));
    assert_eq!(
        fs::read_to_string(&file).unwrap(),
        printed,
        "kept when the answer fails"
    );

    let (code, _, _) = call(&["metrics", "-o", path, "--force"], |_| ());
    assert_eq!(code, ExitCode::SUCCESS);
    assert!(
        fs::read_to_string(&file)
            .unwrap()
            .starts_with("id,name,unit,")
    );
    assert_eq!(files(&folder), ["companies.csv"], "nothing is left beside");

    let (_, _, err) = call(
        &["companies", "-f", "csv", "-o", folder.to_str().unwrap()],
        |_| (),
    );
    assert!(err.contains("is a folder"), "{err}");
}

#[cfg(unix)]
#[test]
fn devices_and_links_stay_what_they_are() {
    use std::os::unix::fs::{FileTypeExt as _, symlink};
    let (code, _, err) = call(
        &["companies", "-f", "csv", "-o", "/dev/null", "--force"],
        |_| (),
    );
    assert_eq!((code, err.as_str()), (ExitCode::SUCCESS, ""));
    assert!(
        fs::metadata("/dev/null")
            .unwrap()
            .file_type()
            .is_char_device()
    );

    let folder = folder("links");
    let (target, link) = (folder.join("target.json"), folder.join("link.json"));
    fs::write(&target, "old").unwrap();
    symlink(&target, &link).unwrap();
    call(
        &["companies", "-o", link.to_str().unwrap(), "--force"],
        |_| (),
    );
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(
        fs::read_to_string(&target)
            .unwrap()
            .starts_with("[\n{\"id\"")
    );
}
