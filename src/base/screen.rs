//! Text that is safe to show on a terminal.

use std::borrow::Cow;

/// Returns the text without what would act on a terminal instead of being shown: control characters, and the
/// marks that turn the direction of writing.
pub fn harmless(text: &str) -> Cow<'_, str> {
    let acts =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let is_plain = text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    if is_plain || !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().filter_map(|c| match c {
        '\n' | '\t' => Some(' '),
        c => (!acts(c)).then_some(c),
    });
    shown.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_acts_on_the_terminal() {
        assert_eq!(harmless("a\u{1b}[31mb\u{202e}c\nd"), "a[31mbc d");
    }
}
