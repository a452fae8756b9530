//! `docs/guide.md` is run from its first command to its last in an empty folder, and every answer compared byte for byte.
//!
//! - A block `console` holds commands, a `$` before each, and what they answer. A command fails when its answer tells an error, and only then.
//! - A block `sh` holds commands whose answer is not shown; the lines of programs that are not installed are skipped.
//! - Any other block whose line before it ends in a name and a colon is what that file holds from there on.
//!
//! `GUIDE=overwrite cargo test --test guide` writes the answers anew.

#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stderr)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const GUIDE: &str = "docs/guide.md";

/// The reader: an empty folder, a shell that finds casecmp, and a terminal of 80 columns.
struct Reader {
    folder: PathBuf,
    path: std::ffi::OsString,
}

impl Reader {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        let program = Path::new(env!("CARGO_BIN_EXE_casecmp")).parent().unwrap();
        let known = std::env::var_os("PATH").unwrap();
        let folders = std::iter::once(program.into()).chain(std::env::split_paths(&known));
        let path = std::env::join_paths(folders).unwrap();
        Self { folder, path }
    }

    /// Runs one command, its messages among its data as a terminal shows them.
    fn run(&self, command: &str) -> Output {
        let mut shell = Command::new("sh");
        shell
            .args(["-e", "-c", &format!("exec 2>&1\n{command}")])
            .current_dir(&self.folder)
            .env("PATH", &self.path)
            .env("COLUMNS", "80")
            .env("CASECMP_DATA", "")
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        for name in ["GIT_AUTHOR", "GIT_COMMITTER"] {
            shell.env(format!("{name}_NAME"), "A reader");
            shell.env(format!("{name}_EMAIL"), "reader@example.org");
        }
        shell.output().unwrap()
    }

    /// Answers a block `console`, given its commands and answers.
    fn converse(&self, block: &str) -> String {
        let (mut told, mut lines, mut gap) = (String::new(), block.lines(), "");
        while let Some(line) = lines.next() {
            let Some(first) = line.strip_prefix("$ ") else {
                continue;
            };
            let mut command = first.to_owned();
            while command.ends_with('\\') {
                command = command + "\n" + lines.next().expect("a command ends");
            }
            let output = self.run(&command);
            let answer = String::from_utf8(output.stdout).unwrap();
            let fails = answer.lines().any(|line| line.starts_with("error"));
            assert_eq!(!output.status.success(), fails, "$ {command}\n{answer}");
            // A line is left between an answer and the next command.
            told = told + gap + "$ " + &command + "\n" + &answer;
            gap = if answer.is_empty() { "" } else { "\n" };
        }
        told
    }

    /// Runs the lines of a block `sh`.
    fn obey(&self, block: &str) {
        for line in block.lines() {
            let program = line.split(' ').next().unwrap();
            if !self.run(&format!("command -v {program}")).status.success() {
                eprintln!("skipped, for `{program}` is not installed: {line}");
                continue;
            }
            let output = self.run(line);
            let told = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{line}\n{told}");
        }
    }

    /// Reads a guide, and returns it with the answers that its commands give.
    fn read(&self, guide: &str) -> String {
        let (mut told, mut rest, mut before) = (String::new(), guide, "");
        while let Some((line, after)) = rest.split_once('\n') {
            told = told + line + "\n";
            rest = after;
            if let Some(language) = line.strip_prefix("```") {
                let (block, after) = rest.split_once("```\n").expect("a block ends");
                match (language, file(before)) {
                    ("console", _) => told += &self.converse(block),
                    ("sh", _) => {
                        self.obey(block);
                        told += block;
                    }
                    (_, Some(name)) => {
                        fs::write(self.folder.join(name), block).unwrap();
                        told += block;
                    }
                    (_, None) => told += block,
                }
                told += "```\n";
                rest = after;
            } else if !line.is_empty() {
                before = line;
            }
        }
        told
    }
}

/// Returns the name of a file at the end of a line: `` `mall/events.csv`: ``.
fn file(line: &str) -> Option<&str> {
    let (_, name) = line.strip_suffix("`:")?.rsplit_once('`')?;
    Some(name)
}

#[test]
fn every_command_of_the_guide_answers_as_printed() {
    let guide = fs::read_to_string(GUIDE).unwrap();
    let told = Reader::new("guide").read(&guide);
    if std::env::var_os("GUIDE").is_some_and(|value| value == "overwrite") {
        fs::write(GUIDE, &told).unwrap();
        return;
    }
    for (number, (found, printed)) in (1..).zip(told.lines().zip(guide.lines())) {
        assert_eq!(found, printed, "{GUIDE}:{number}: the answer is another");
    }
    assert!(
        told == guide,
        "GUIDE=overwrite cargo test --test guide writes it anew"
    );
}

#[test]
fn a_reader_runs_commands_writes_files_and_shows_what_is_told() {
    let guide = "The file `names.txt`:\n\n```text\none\ntwo\n```\n\n```sh\nmv names.txt list.txt\n\
                 no-such-program-is-installed\n```\n\n```console\n$ cat \\\n  list.txt\nwrong\n\n\
                 $ echo error: no && exit 1\n```\n\n```text\nnot a file\n```\n";
    let told = Reader::new("guide-of-guides").read(guide);
    let cured = guide
        .replace("wrong", "one\ntwo")
        .replace("exit 1\n", "exit 1\nerror: no\n");
    assert_eq!(told, cured);
}

#[test]
#[should_panic(expected = "boom")]
fn a_command_that_fails_without_an_error_is_told() {
    Reader::new("guide-that-fails").read("```console\n$ echo boom && exit 1\n```\n");
}
