//! The program as a function call, for all tests that look at what it answers.

use std::process::ExitCode;

use casecmp::cli::{Io, run};

/// Runs casecmp with these arguments, and returns its exit code, data and messages.
pub(crate) fn casecmp(args: &[&str]) -> (ExitCode, String, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("casecmp").chain(args.iter().copied());
    let code = run(args, &mut Io::new(&mut out, &mut err));
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (code, text(out), text(err))
}
