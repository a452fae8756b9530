//! Bytes as text: UTF-8, or Windows-1252 where it is not.

use std::borrow::Cow;

use yore::CodePage as _;
use yore::code_pages::CP1252;

/// Returns the text of some bytes, and whether they are read as Windows-1252.
pub(super) fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.into(), false),
        Err(_) => (CP1252.decode_lossy(bytes), true),
    }
}
