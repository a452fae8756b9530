//! What the shortest fields answer, looked up instead of read: nearly all answers have one digit or two.

use super::Ask;
use super::reason::Reason;

/// The codes of fields: two bytes, LF, which no field of two bytes has, where a field is shorter.
const CODES: usize = 1 << 16;

/// For each length what a field keeps of the two bytes that it begins.
const KEPT: [u16; 3] = [0, 0xff, 0xffff];

/// For each length what stands for the bytes that a field has not.
const FILLED: [u16; 3] = [0x0a0a, 0x0a00, 0];

/// Returns the code of a field, of its length and the two bytes that it begins; `None` of one that is longer.
#[inline(always)]
fn code(length: usize, begins: [u8; 2]) -> Option<usize> {
    let (kept, filled) = (KEPT.get(length)?, FILLED.get(length)?);
    Some(usize::from(u16::from_le_bytes(begins) & kept | filled))
}

/// The outcomes of fields of two bytes at most.
pub(super) struct Outcomes {
    /// For each code 1 and the outcome; 0 where the field must be read as a text.
    of_codes: Box<[u16]>,
}

impl Outcomes {
    /// Knows the answers of a scale, as they are mostly written, and the empty field.
    pub(super) fn new(ask: &Ask<'_>) -> Self {
        let mut outcomes = Self {
            of_codes: vec![0; CODES].into(),
        };
        let (least, most) = ask.scale;
        for answer in least..=most {
            outcomes.know(&answer.to_string(), answer.abs_diff(least) as usize);
        }
        outcomes.know("", ask.answers() + Reason::Blank.place());
        outcomes
    }

    fn know(&mut self, field: &str, outcome: usize) {
        let mut bytes = field.bytes();
        let begins = [(); 2].map(|()| bytes.next().unwrap_or_default());
        let room = code(field.len(), begins).and_then(|code| self.of_codes.get_mut(code));
        if let (Some(room), Ok(outcome)) = (room, u16::try_from(outcome + 1)) {
            *room = outcome;
        }
    }

    /// Returns what the field between two places answers; `None` where it must be read as a text.
    #[inline(always)]
    pub(super) fn of(&self, bytes: &[u8], (start, end): (usize, usize)) -> Option<usize> {
        let begins = bytes.get(start..)?.first_chunk()?;
        let outcome = self.of_codes.get(code(end - start, *begins)?)?;
        usize::from(*outcome).checked_sub(1)
    }
}
