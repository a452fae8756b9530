//! Databases count the answers: what `casecmp score --sql` prints runs as it is in `DuckDB` and in `PostgreSQL`, and what
//! they count scores byte for byte as the raw file does.
//!
//! Where a database is not installed, its test says so on stderr and passes; where `CI` is `true`, it fails.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::ffi::OsString;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// The raw answers of 60 respondents, 5 of them blank.
const ANSWERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/surveys/answers.csv");

/// The groups and weights that are asked for.
const QUESTIONS: [&[&str]; 4] = [
    &["--by", "company"],
    &["--by", "company,wave"],
    &["--by", "company", "--weight", "weight"],
    &["--by", "company,wave", "--weight", "weight"],
];

/// The two halves of the survey, as views.
const HALVES: [(&str, &str); 2] = [
    (
        "first_half",
        "CREATE VIEW first_half AS SELECT * FROM survey WHERE wave = '2025-Q1'",
    ),
    (
        "second_half",
        "CREATE VIEW second_half AS SELECT * FROM survey WHERE wave = '2025-Q2'",
    ),
];

/// Says why a test has nothing to do, past the test harness, which hides what passes.
fn skip(reason: &str) {
    let is_ci = std::env::var_os("CI").is_some_and(|ci| ci == "true");
    assert!(!is_ci, "{reason}, and CI is true");
    let mut stderr = std::io::stderr().lock();
    writeln!(stderr, "skipped: {reason}").unwrap();
}

/// Says whether a program is installed.
fn is_installed(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

/// Runs a command that must succeed, and returns what it prints.
fn output_of(command: &mut Command) -> String {
    let output = command.output();
    let output = output.unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// Scores files of answers, or of counts that are read from stdin where a file is `-`.
fn score(args: &[&[&str]], stdin: &str) -> String {
    let mut casecmp = Command::new(env!("CARGO_BIN_EXE_casecmp"));
    casecmp.args(["score", "nps"]).args(args.concat());
    casecmp.env_remove("CASECMP_DATA").stdin(Stdio::piped());
    casecmp.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = casecmp.spawn().unwrap();
    let mut pipe = child.stdin.take().unwrap();
    pipe.write_all(stdin.as_bytes()).unwrap();
    drop(pipe);
    let output = child.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{args:?}: {told}\n{stdin}");
    String::from_utf8(output.stdout).unwrap()
}

/// Checks that counts score as the raw answers do.
fn assert_scores_as_raw(question: &[&str], counts: &[&str], stdin: &str) {
    for part in ["scores", "comparisons", "answers"] {
        for format in ["csv", "json"] {
            let shown: &[&str] = &["--only", part, "-f", format];
            let found = score(&[&["--counts", "answers"], counts, question, shown], stdin);
            let raw = score(&[&[ANSWERS], question, shown], "");
            assert_eq!(found, raw, "{question:?}: {part} as {format} of\n{stdin}");
        }
    }
}

/// Checks that the answers of the table `survey`, counted by the printed statements, score as the raw answers do.
fn assert_counts(folder: &Path, ask: &dyn Fn(&str) -> String) {
    for question in QUESTIONS {
        let counts = ask(&score(&[&["--sql"], question], ""));
        assert_scores_as_raw(question, &["-"], &counts);

        let halves = HALVES.map(|(view, _)| {
            let half = ask(&score(&[&["--sql", "--table", view], question], ""));
            let file = folder.join(format!("{view}.csv"));
            fs::write(&file, half).unwrap();
            file.display().to_string()
        });
        assert_scores_as_raw(question, &halves.each_ref().map(String::as_str), "");
    }

    let counts = ask(&score(&[&["--sql", "--by", "company"]], ""));
    let args: &[&str] = &["--counts", "answers", "-", "--by", "company"];
    let scores = score(&[args, &["--only", "scores", "-f", "csv"]], &counts);
    for answers_and_missing in ["\namazon,27,3,", "\nnetflix,28,2,"] {
        assert!(scores.contains(answers_and_missing), "{scores}");
    }
}

/// Makes an empty folder for the files of a test, with the raw answers in it.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    fs::copy(ANSWERS, folder.join("answers.csv")).unwrap();
    folder
}

/// Runs a statement in a `DuckDB` database of the folder, without the settings of whoever runs the test.
fn ask_duckdb(folder: &Path, statement: &str) -> String {
    let mut duckdb = Command::new("duckdb");
    duckdb.args(["-csv", "survey.duckdb", "-c", statement]);
    output_of(duckdb.current_dir(folder).env("HOME", folder))
}

#[test]
fn duckdb_counts_what_scores_as_the_raw_answers() {
    if !is_installed("duckdb") {
        return skip("duckdb is not installed");
    }
    let folder = folder("duckdb");
    ask_duckdb(&folder, "CREATE TABLE survey AS FROM 'answers.csv'");
    for (_, view) in HALVES {
        ask_duckdb(&folder, view);
    }
    assert_counts(&folder, &|statement| ask_duckdb(&folder, statement));
}

#[test]
fn the_line_of_the_readme_scores_a_parquet_file() {
    let readme = fs::read_to_string("README.md").unwrap();
    let blocks = readme.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().expect("a block ends"));
    let mut lines = blocks.flat_map(str::lines);
    let line = lines.find(|line| line.starts_with("duckdb "));
    let line = line.expect("the README has a line for DuckDB");
    if !is_installed("duckdb") {
        return skip("duckdb is not installed");
    }
    let folder = folder("parquet");
    ask_duckdb(&folder, "COPY (FROM 'answers.csv') TO 'answers.parquet'");

    let program = Path::new(env!("CARGO_BIN_EXE_casecmp"));
    let path = std::env::var_os("PATH").unwrap();
    let path = std::env::split_paths(&path);
    let path = std::iter::once(program.parent().unwrap().into()).chain(path);
    let mut shell = Command::new("sh");
    shell.args(["-e", "-c", line]).current_dir(&folder);
    shell.env("PATH", std::env::join_paths(path).unwrap());
    shell.env("HOME", &folder).env_remove("CASECMP_DATA");
    let found = output_of(&mut shell);
    let raw = score(&[&[ANSWERS, "--by", "company"]], "");
    // Below stands why rows have no answer: they are blank in the file, and DuckDB writes NULL.
    let scores = |text: &str| {
        let (scores, _) = text.split_once("What became of the rows").unwrap();
        scores.to_owned()
    };
    assert_eq!(scores(&found), scores(&raw), "{line}");
}

/// A server with a folder of its own, which listens to a socket there and nowhere else; it ends with the test.
struct Cluster {
    folder: TempDir,
    /// Where `initdb` and `pg_ctl` are.
    programs: PathBuf,
    /// Whether the test runs as root, as which no server starts.
    is_root: bool,
}

impl Cluster {
    /// Starts a server.
    ///
    /// # Errors
    /// What is not installed.
    fn start() -> Result<Self, &'static str> {
        if !is_installed("psql") {
            return Err("psql is not installed");
        }
        let programs = server_programs().ok_or("initdb and pg_ctl are not installed")?;
        let folder = tempfile::tempdir().unwrap();
        let is_root = output_of(Command::new("id").arg("-u")).trim() == "0";
        if is_root {
            let mut chown = Command::new("chown");
            let chown = chown.arg("postgres").arg(folder.path()).output();
            if !chown.is_ok_and(|output| output.status.success()) {
                return Err("root finds no user postgres to run a server as");
            }
        }
        let cluster = Self {
            folder,
            programs,
            is_root,
        };
        let mut initdb = cluster.command("initdb");
        initdb.args(["--username", "postgres", "--auth", "trust"]);
        initdb.args(["--encoding", "UTF8", "--no-locale", "--no-sync"]);
        output_of(&mut initdb);
        let options = "-p 5432 -c listen_addresses='' -c unix_socket_directories=.. -c fsync=off";
        let mut start = cluster.command("pg_ctl");
        start.args(["start", "--wait", "--log", "log", "-o", options]);
        output_of(&mut start);
        Ok(cluster)
    }

    /// Returns a program of the server, to be run by whoever owns the data.
    fn command(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if self.is_root {
            let mut runuser = Command::new("runuser");
            runuser.args(["-u", "postgres", "--"]).arg(program);
            runuser
        } else {
            Command::new(program)
        };
        let data = self.folder.path().join("data");
        command.arg("--pgdata").arg(data);
        without_settings(&mut command).current_dir(self.folder.path());
        command
    }

    /// Runs a statement.
    fn ask(&self, statement: &str) -> String {
        let mut psql = Command::new("psql");
        psql.args(["--no-psqlrc", "--quiet", "--csv", "-v", "ON_ERROR_STOP=1"]);
        psql.args(["-p", "5432", "-U", "postgres", "-d", "postgres", "-h"]);
        psql.arg(self.folder.path()).args(["-c", statement]);
        output_of(without_settings(&mut psql).current_dir(self.folder.path()))
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        // Where the server did not start, there is nothing to stop.
        let _ = stop
            .args(["stop", "--wait", "--mode", "immediate"])
            .output();
    }
}

/// Finds the folder of the programs that make and start a server, which Debian keeps off the `PATH`; the newest first there.
fn server_programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten();
    let versions = versions.map(|version| version.unwrap().path());
    let mut versions: Vec<PathBuf> = versions.collect();
    versions.sort_by_key(|version| {
        let number = version.file_name()?.to_str()?;
        number.parse::<u32>().ok()
    });
    let versions = versions.iter().rev().map(|version| version.join("bin"));
    let mut folders = std::env::split_paths(&path).chain(versions);
    let programs = ["initdb", "pg_ctl"];
    folders.find(|folder| programs.iter().all(|name| folder.join(name).is_file()))
}

/// Takes away what `PostgreSQL` reads from the environment of whoever runs the test.
fn without_settings(command: &mut Command) -> &mut Command {
    let names = std::env::vars_os().map(|(name, _)| name);
    let is_setting = |name: &OsString| name.to_string_lossy().starts_with("PG");
    for name in names.filter(is_setting) {
        command.env_remove(name);
    }
    command
}

#[test]
fn postgresql_counts_what_scores_as_the_raw_answers() {
    let cluster = match Cluster::start() {
        Ok(cluster) => cluster,
        Err(reason) => return skip(reason),
    };
    let folder = folder("postgresql");
    let file = folder.join("answers.csv").display().to_string();
    cluster.ask(
        "CREATE TABLE survey (respondent text, company text, wave text, country text, score integer, weight numeric, comment text)",
    );
    let file = file.replace('\'', "''");
    cluster.ask(&format!(
        "\\copy survey FROM '{file}' WITH (FORMAT csv, HEADER)"
    ));
    for (_, view) in HALVES {
        cluster.ask(view);
    }
    assert_counts(&folder, &|statement| cluster.ask(statement));
}
