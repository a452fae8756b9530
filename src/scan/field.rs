//! A field as it reads, without the quotes that it is written with.

use std::borrow::Cow;

/// Returns a field without its quotes, two quotes within them as one, as the crate `csv` reads it.
pub(crate) fn unquoted(field: &[u8]) -> Cow<'_, [u8]> {
    let Some(inside) = field.strip_prefix(b"\"") else {
        return field.into();
    };
    let mut plain = Vec::with_capacity(inside.len());
    let mut rest = inside;
    while let Some(quote) = rest.iter().position(|byte| *byte == b'"') {
        let (before, after) = rest.split_at(quote);
        plain.extend_from_slice(before);
        match after {
            [_, b'"', after @ ..] => {
                plain.push(b'"');
                rest = after;
            }
            // Behind the closing quote every byte is what it is.
            [_, after @ ..] => {
                plain.extend_from_slice(after);
                return plain.into();
            }
            [] => break,
        }
    }
    plain.extend_from_slice(rest);
    plain.into()
}
