//! The reader of big CSV files against the crate `csv`: the rows of any text, its counts and the rows kept of it in parts of any
//! size.
//!
//! `cargo fuzz run survey`, with a nightly toolchain.

#![no_main]

use libfuzzer_sys::fuzz_target;

#[path = "../../tests/survey/kept.rs"]
mod kept;
#[path = "../../tests/survey/reference.rs"]
mod reference;

fuzz_target!(|data: &[u8]| {
    let [part, delimiter, text @ ..] = data else {
        return;
    };
    let delimiter = b",;\t"[usize::from(delimiter % 3)];
    // Few texts have the columns that are counted: those of the crate's own choice, and those given a header.
    reference::check(text, delimiter, 1 + usize::from(*part));
    kept::check_kept(text, delimiter, 1 + usize::from(*part));
    let header = format!("g{delimiter}s{delimiter}h\n", delimiter = char::from(delimiter));
    reference::check(&[header.as_bytes(), text].concat(), delimiter, 1 + usize::from(*part));
});
