//! What the shortest fields answer, looked up instead of read: nearly all answers have one digit or two.

use super::Ask;
use super::reason::Reason;

/// The codes of fields: two bytes, zeros where a field is shorter.
const CODES: usize = 1 << 16;

/// For each length what a field keeps of the two bytes that it begins.
const KEPT: [u16; 3] = [0, 0xff, 0xffff];

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
        let code = match *field.as_bytes() {
            [] => [0, 0],
            [first] => [first, 0],
            [first, second] => [first, second],
            _ => return,
        };
        let room = self.of_codes.get_mut(usize::from(u16::from_le_bytes(code)));
        if let (Some(room), Ok(outcome)) = (room, u16::try_from(outcome + 1)) {
            *room = outcome;
        }
    }

    /// Returns what the field between two places answers; `None` where it must be read as a text.
    #[inline(always)]
    pub(super) fn of(&self, bytes: &[u8], (start, end): (usize, usize)) -> Option<usize> {
        let code = bytes.get(start..)?.first_chunk()?;
        let code = u16::from_le_bytes(*code) & KEPT.get(end - start)?;
        usize::from(*self.of_codes.get(usize::from(code))?).checked_sub(1)
    }
}
