//! Golden runs: every command with its formats and errors, and every command of the README, byte for byte.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::path::Path;
use std::process::Command;

#[test]
fn every_command_answers_as_recorded() {
    trycmd::TestCases::new()
        .env("CASECMP_DATA", "")
        .case("tests/cmd/*.trycmd");
}

/// The examples of the README are shown as an 80-column terminal shows them.
#[test]
fn every_example_of_the_readme_answers_as_printed() {
    trycmd::TestCases::new()
        .env("COLUMNS", "80")
        .env("CASECMP_DATA", "")
        .case("README.md");
}

/// What the README pipes or writes to files is run by a shell in an empty folder.
#[test]
fn every_shell_line_of_the_readme_works() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let program = Path::new(env!("CARGO_BIN_EXE_casecmp"));
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readme");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let path = std::env::join_paths(
        std::iter::once(program.parent().unwrap().into())
            .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
    );
    let path = path.unwrap();

    let mut lines = 0;
    let blocks = readme.split("```sh\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().expect("a block ends"));
    for line in blocks
        .flat_map(str::lines)
        .filter(|line| line.starts_with("casecmp "))
    {
        let mut shell = Command::new("sh");
        shell
            .args(["-e", "-c", line])
            .env("PATH", &path)
            .current_dir(&folder);
        let output = shell.output().unwrap();
        assert!(
            output.status.success(),
            "{line}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        lines += 1;
    }
    assert!(lines > 0, "the README has shell lines");
}
