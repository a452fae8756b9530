//! Text folded for comparison: without case and without accents.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Returns the text in lower case and without accents: `Tuñón` gives `tunon`.
///
/// Uses compatibility decomposition (NFKD), so that `ﬁ` gives `fi` and `²` gives `2`.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        if text.bytes().any(|b| b.is_ascii_uppercase()) {
            return Cow::Owned(text.to_ascii_lowercase());
        }
        return Cow::Borrowed(text);
    }
    let unmarked: String = text.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    Cow::Owned(unmarked.to_lowercase())
}

/// Says whether two texts are the same but for case and accents.
pub fn same(left: &str, right: &str) -> bool {
    fold(left) == fold(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_and_accents() {
        assert_eq!(fold("Pérez TUÑÓN"), "perez tunon");
        assert_eq!(fold("plain"), "plain");
        assert!(same("NETFLIX", "netflix"));
        assert!(!same("Netflix", "Netflux"));
    }
}
