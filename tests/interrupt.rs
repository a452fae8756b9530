//! Whoever is stopped while it writes leaves the old file or the new one, never half of one.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// Starts a command that replaces a file, again and again, and stops it after longer and longer; returns how often the file was
/// replaced, and how often it was not.
fn stopped(args: &[&str], file: &Path, new: &[u8]) -> (usize, usize) {
    let old = b"what was there before";
    let mut replaced = 0;
    for round in 0..120 {
        fs::write(file, old).unwrap();
        let mut casecmp = Command::new(env!("CARGO_BIN_EXE_casecmp"));
        casecmp.args(args).env_remove("CASECMP_DATA");
        let casecmp = casecmp.stdout(Stdio::null()).stderr(Stdio::null()).spawn();
        let mut casecmp = casecmp.unwrap();
        thread::sleep(Duration::from_micros(800 * round));
        let _ = casecmp.kill();
        casecmp.wait().unwrap();
        let found = fs::read(file).unwrap();
        assert!(found == old || found == new, "half a file in round {round}");
        replaced += usize::from(found == new);
    }
    (replaced, 120 - replaced)
}

#[test]
fn an_export_that_is_stopped_leaves_the_old_file_or_the_new_one() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("casebook.json");
    let args = ["export", "--force", "-o", file.to_str().unwrap()];
    let done = Command::new(env!("CARGO_BIN_EXE_casecmp"))
        .args(args)
        .env_remove("CASECMP_DATA")
        .status();
    assert!(done.unwrap().success());
    let new = fs::read(&file).unwrap();
    let (replaced, kept) = stopped(&args, &file, &new);
    assert!(replaced > 0 && kept > 0, "{replaced} replaced, {kept} kept");
}
