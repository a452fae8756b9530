//! Turns the bytes of a file into text.

use std::path::Path;

use yore::code_pages::CP1252;

use crate::base::Place;

use super::encoding::{Encoding, is_unlettered};
use super::problem::{LoadError, Problem};

/// The mark at the beginning of a text in UTF-8.
pub(super) const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Makes a unit of UTF-16 of two bytes.
type Unit = fn([u8; 2]) -> u16;

/// The mark in UTF-16, for each order of bytes, with how to read it.
const WIDE: [(&[u8], Encoding, Unit); 2] = [
    (b"\xFF\xFE", Encoding::Utf16Le, u16::from_le_bytes),
    (b"\xFE\xFF", Encoding::Utf16Be, u16::from_be_bytes),
];

/// The text of a file, how it was written, and what the user must know of that.
pub(super) type Decoded = (String, Encoding, Option<String>);

/// Makes text of the bytes of a file. A table may be in UTF-16, or in Windows-1252 where no letter of it is written as UTF-8 writes
/// it: so do spreadsheets save them.
///
/// # Errors
/// Bytes that are no text, with the place of the first. A zero byte in a table is none: UTF-16 without a mark is full of them.
pub(super) fn decode(bytes: Vec<u8>, path: &str) -> Result<Decoded, LoadError> {
    let is_table = is_csv(path);
    let decoded = any_text(bytes, path, is_table)?;
    match decoded.0.split_once('\0') {
        Some((before, _)) if is_table => Err(no_text(before, 0, path, is_table).into()),
        Some(_) | None => Ok(decoded),
    }
}

fn any_text(mut bytes: Vec<u8>, path: &str, is_table: bool) -> Result<Decoded, LoadError> {
    let mut wide = WIDE.iter();
    let wide = wide.find(|(mark, ..)| bytes.starts_with(mark));
    if let Some((_, encoding, unit)) = wide.filter(|_| is_table) {
        let (text, told) = of_wide(&bytes, *unit, path)?;
        return Ok((text, *encoding, told));
    }
    let mut encoding = Encoding::Utf8;
    if bytes.starts_with(BOM) {
        bytes.drain(..BOM.len());
        encoding = Encoding::MarkedUtf8;
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok((text, encoding, None)),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    let mut pieces = bytes.utf8_chunks();
    let is_old = is_table && pieces.all(|piece| piece.valid().is_ascii());
    let text = is_old.then(|| CP1252.decode(bytes));
    if let Some(text) = text.filter(|text| !text.contains(is_unlettered)) {
        let told = format!("{path}: is not UTF-8, and read as Windows-1252");
        return Ok((text.into_owned(), Encoding::Windows1252, Some(told)));
    }
    let (before, after) = bytes.split_at(error.utf8_error().valid_up_to());
    let found = after.first().copied().unwrap_or_default();
    Err(no_text(&String::from_utf8_lossy(before), found, path, is_table).into())
}

/// Complains about a byte that is no text, behind the text before it.
fn no_text(before: &str, found: u8, path: &str, is_table: bool) -> Problem {
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    let column = last.chars().count() + 1;
    let place = Place::file(path).line(line as u64).column(column as u64);
    let message = format!("must be UTF-8 text, found the byte 0x{found:02X}");
    // Spreadsheets call it by another name than editors do.
    let name = if is_table { "CSV UTF-8" } else { "UTF-8" };
    let hint = format!("save the file as \"{name}\"");
    Problem::new(place, message).hint(Some(hint))
}

fn of_wide(bytes: &[u8], unit: Unit, path: &str) -> Result<(String, Option<String>), LoadError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().skip(1).map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    match text {
        Ok(text) if rest.is_empty() => Ok((
            text,
            Some(format!("{path}: is in UTF-16, and read as such")),
        )),
        Ok(_) | Err(_) => {
            let problem = Problem::new(Place::file(path), "must be UTF-16 text as it begins");
            Err(problem.hint(Some("save the file as \"CSV UTF-8\"")).into())
        }
    }
}

/// Says whether a file is JSON.
pub fn is_json(path: &str) -> bool {
    path.to_ascii_lowercase().ends_with(".json")
}

/// Says whether a file is a table of cells.
pub(super) fn is_csv(path: &str) -> bool {
    let extension = Path::new(path).extension();
    extension.is_some_and(|extension| {
        ["csv", "tsv", "txt"]
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], path: &str) -> Result<Decoded, String> {
        decode(bytes.to_vec(), path).map_err(|error| error.to_string())
    }

    #[test]
    fn tables_are_read_as_spreadsheets_save_them() {
        let marked = read(b"\xEF\xBB\xBFid\ncaf\xC3\xA9\n", "x.csv").unwrap();
        assert_eq!(marked, ("id\ncafé\n".into(), Encoding::MarkedUtf8, None));
        let (old, _, told) = read(b"id\n\x80 caf\xE9\n", "x.csv").unwrap();
        assert_eq!(old, "id\n€ café\n");
        assert_eq!(
            told.unwrap(),
            "x.csv: is not UTF-8, and read as Windows-1252"
        );
        for (mark, unit) in [
            (0xFEFF_u16, u16::to_le_bytes as fn(u16) -> [u8; 2]),
            (0xFEFF, u16::to_be_bytes),
        ] {
            let units = std::iter::once(mark).chain("é;€".encode_utf16());
            let bytes: Vec<u8> = units.flat_map(unit).collect();
            assert_eq!(read(&bytes, "x.csv").unwrap().0, "é;€");
            assert!(read(&bytes[..5], "x.csv").is_err(), "half a letter");
        }
    }

    #[test]
    fn what_was_read_is_written_in_the_same_bytes() {
        let files: [&[u8]; 5] = [
            b"caf\xC3\xA9\r\n",
            b"\xEF\xBB\xBF\xEF\xBB\xBFcaf\xC3\xA9",
            b"\x80 caf\xE9\n",
            b"\xFF\xFE=\xD8\x00\xDEa\x00",
            b"\xFE\xFF\xD8=\xDE\x00\x00a",
        ];
        for bytes in files {
            let (text, encoding, _) = read(bytes, "x.csv").unwrap();
            assert_eq!(encoding.encode(&text).unwrap(), bytes, "{encoding:?}");
        }
    }

    #[test]
    fn finds_the_byte_that_is_not_text() {
        assert_eq!(
            read(b"\xEF\xBB\xBFid\ncaf\xE9,1\n", "x.json").unwrap_err(),
            "x.json:2:4: must be UTF-8 text, found the byte 0xE9"
        );
        let both = read(b"caf\xC3\xA9\ncaf\xE9\n", "x.csv").unwrap_err();
        assert_eq!(both, "x.csv:2:4: must be UTF-8 text, found the byte 0xE9");
        let none = read(b"a\x81", "x.csv").unwrap_err();
        assert_eq!(none, "x.csv:1:2: must be UTF-8 text, found the byte 0x81");
    }

    #[test]
    fn a_zero_byte_is_no_text_of_a_table() {
        for (bytes, place) in [
            (b"i\0d\0\n\0".as_slice(), "1:2"),
            (b"\0i\0d\0\n", "1:1"),
            (b"id\na\0b\n", "2:2"),
            (b"id\n\xE9\0\n", "2:2"),
            (b"\xFF\xFEi\0\n\0\0\0", "2:1"),
        ] {
            let told = format!("x.csv:{place}: must be UTF-8 text, found the byte 0x00");
            assert_eq!(read(bytes, "x.csv").unwrap_err(), told);
        }
    }
}
