//! Text that a spreadsheet would run as a formula, and the apostrophe that keeps it text.
//!
//! OWASP Application Security Verification Standard 5.0, 1.2.10; CWE-1236.

use std::borrow::Cow;

/// Says whether a spreadsheet may take the text for a formula, a number or a command.
///
/// A plain negative number and a lone dash are harmless.
pub fn is_risky(text: &str) -> bool {
    let risky = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];
    text.starts_with(risky) && !is_harmless(text)
}

fn is_harmless(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('-') else {
        return false;
    };
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
    rest.is_empty() || (!whole.is_empty() && digits(whole) && digits(fraction))
}

/// Returns the text with one apostrophe before it where it is risky.
pub fn guard(text: &str) -> Cow<'_, str> {
    if is_risky(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Takes off the apostrophe that [`guard`] put on.
pub fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_risky(rest) => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guards_formulas_and_nothing_else() {
        for risky in ["=1+1", "+62", "-foo", "@SUM(1)", "\tx", "＝1", "-1+2", "--"] {
            assert_eq!(guard(risky), format!("'{risky}"));
            assert_eq!(unguard(&guard(risky)), risky);
        }
        for plain in ["", "-", "-62", "-6.25", "62", "a=b", "'quoted'", "1997"] {
            assert_eq!(guard(plain), plain);
            assert_eq!(unguard(plain), plain);
        }
    }
}
