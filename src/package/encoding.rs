//! How the text of a file is written in bytes.

use yore::code_pages::CP1252;

/// What the bytes of a text begin with in UTF-8 and in UTF-16, where they are marked.
pub(super) const MARK: char = '\u{FEFF}';

/// The encodings that tables come in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    #[default]
    Utf8,
    /// UTF-8 behind a byte order mark.
    MarkedUtf8,
    /// What spreadsheets of Western Europe and America write where they write no UTF-8.
    Windows1252,
    /// UTF-16 behind a byte order mark, the low byte of each unit first.
    Utf16Le,
    /// UTF-16 behind a byte order mark, the high byte of each unit first.
    Utf16Be,
}

impl Encoding {
    /// Returns its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 | Self::MarkedUtf8 => "UTF-8",
            Self::Windows1252 => "Windows-1252",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
        }
    }

    /// Writes a text, with the mark that belongs before it.
    ///
    /// # Errors
    /// The first character that it has no bytes for.
    pub fn encode(self, text: &str) -> Result<Vec<u8>, char> {
        let wide = |bytes: fn(u16) -> [u8; 2]| {
            let marked = std::iter::once(MARK).chain(text.chars());
            let units = marked.flat_map(|c| {
                let mut units = [0; 2];
                c.encode_utf16(&mut units).to_vec()
            });
            units.flat_map(bytes).collect()
        };
        match self {
            Self::Utf8 => Ok(text.into()),
            Self::MarkedUtf8 => Ok(format!("{MARK}{text}").into_bytes()),
            Self::Windows1252 => {
                let bytes: Result<Vec<u8>, char> = text.chars().map(|c| old(c).ok_or(c)).collect();
                bytes.and_then(told_apart)
            }
            Self::Utf16Le => Ok(wide(u16::to_le_bytes)),
            Self::Utf16Be => Ok(wide(u16::to_be_bytes)),
        }
    }
}

/// Says whether a character is one of the control characters of old, which stand for bytes that Windows-1252 has no letter for.
pub(super) fn is_unlettered(c: char) -> bool {
    ('\u{80}'..='\u{9f}').contains(&c)
}

/// Returns the byte of a character in Windows-1252.
fn old(c: char) -> Option<u8> {
    CP1252.encode_char(c).filter(|_| !is_unlettered(c))
}

/// Returns bytes in Windows-1252, unless a reader would take some of them for a letter of UTF-8, as `ß€` would be: then the first.
fn told_apart(bytes: Vec<u8>) -> Result<Vec<u8>, char> {
    let mut letters = bytes.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    match letters.find(|letter| !letter.is_ascii()) {
        None => Ok(bytes),
        Some(letter) => {
            let mut utf8 = [0; 4];
            letter.encode_utf8(&mut utf8);
            Err(CP1252.decode_byte(utf8[0]))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_windows_1252_has_its_byte_again() {
        let lettered = (0..=u8::MAX).filter(|byte| !is_unlettered(CP1252.decode_byte(*byte)));
        let bytes: Vec<u8> = lettered.collect();
        let text = CP1252.decode(&bytes).into_owned();
        let found: Option<Vec<u8>> = text.chars().map(old).collect();
        assert_eq!(found, Some(bytes));
        assert_eq!(
            Encoding::Windows1252.encode("€ ß"),
            Ok(b"\x80 \xDF".to_vec())
        );
        assert_eq!(
            Encoding::Windows1252.encode("é ß€"),
            Err('ß'),
            "U+07C0 in UTF-8"
        );
        assert_eq!(Encoding::Windows1252.encode("a→b"), Err('→'));
        assert_eq!(Encoding::Windows1252.encode("\u{81}"), Err('\u{81}'));
    }

    #[test]
    fn marks_stand_first() {
        let bytes = |encoding: Encoding| encoding.encode("é").unwrap();
        assert_eq!(bytes(Encoding::Utf8), b"\xC3\xA9");
        assert_eq!(bytes(Encoding::MarkedUtf8), b"\xEF\xBB\xBF\xC3\xA9");
        assert_eq!(bytes(Encoding::Utf16Le), b"\xFF\xFE\xE9\x00");
        assert_eq!(bytes(Encoding::Utf16Be), b"\xFE\xFF\x00\xE9");
    }
}
