//! Numbers the different values of a column in the order in which they are met.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "the hot loop: values are shorter than a row, and places are cut to the size of the table"
)]

use super::field::unquoted;

/// The longest value that is looked up by its own bytes.
const SHORT: usize = 16;

/// For each length what is kept of the sixteen bytes that a value begins.
const KEPT: [u128; SHORT + 1] = {
    let mut kept = [0; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        kept[length] = kept[length - 1] << 8 | 0xff;
        length += 1;
    }
    kept
};

/// The different values of a column. A table with open addressing (Knuth 1998, The Art of Computer Programming 3, 6.4): a value of
/// up to 16 bytes is its own key, a longer one is hashed to one and then compared.
pub(crate) struct Names {
    values: Vec<Box<[u8]>>,
    slots: Vec<Slot>,
    /// Bits of a hash that are not used.
    shift: u32,
}

/// A place of the table; free where `mark` is 0.
#[derive(Clone, Copy, Default)]
struct Slot {
    key: u128,
    /// The length of the value, and 1.
    mark: u32,
    number: u32,
}

impl Names {
    /// Makes an empty table.
    pub(crate) fn new() -> Self {
        // Far more places than there are groups: few values share one.
        let bits = 12;
        Self {
            values: Vec::new(),
            slots: vec![Slot::default(); 1 << bits],
            shift: u64::BITS - bits,
        }
    }

    /// Returns the values, in the order of their numbers.
    pub(crate) fn all(&self) -> &[Box<[u8]>] {
        &self.values
    }

    /// Returns the number of the field between two places. Quotes around it do not count.
    #[inline(always)]
    pub(crate) fn number(&mut self, bytes: &[u8], (start, end): (usize, usize)) -> usize {
        let length = end - start;
        // Sixteen bytes are read at once where the buffer has them, and those behind the value are cut off.
        let Some(ahead) = bytes.get(start..start + SHORT) else {
            return self.written(&bytes[start..end]);
        };
        if length > SHORT || ahead[0] == b'"' {
            return self.written(&bytes[start..end]);
        }
        let ahead = u128::from_le_bytes(ahead.try_into().unwrap_or_default());
        let key = ahead & KEPT[length];
        let mark = length as u32 + 1;
        let mut at = self.place(key);
        loop {
            let slot = self.slots[at];
            if slot.key == key && slot.mark == mark {
                return slot.number as usize;
            }
            if slot.mark == 0 {
                return self.add(
                    at,
                    Slot {
                        key,
                        mark,
                        number: 0,
                    },
                    &bytes[start..end],
                );
            }
            at = self.after(at);
        }
    }

    /// Returns the number of a field that is quoted, or long, or at the very end of the text.
    #[inline(never)]
    fn written(&mut self, field: &[u8]) -> usize {
        self.plain(&unquoted(field))
    }

    /// Returns the number of a value.
    pub(crate) fn plain(&mut self, name: &[u8]) -> usize {
        let mut key = 0_u128;
        for piece in name.chunks(SHORT) {
            let mut padded = [0; SHORT];
            padded[..piece.len()].copy_from_slice(piece);
            let odd = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;
            key = key.wrapping_mul(odd).rotate_left(61) ^ u128::from_le_bytes(padded);
        }
        let mark = name.len() as u32 + 1;
        let mut at = self.place(key);
        loop {
            let slot = self.slots[at];
            let is_same = slot.key == key && slot.mark == mark;
            if is_same && (name.len() <= SHORT || *self.values[slot.number as usize] == *name) {
                return slot.number as usize;
            }
            if slot.mark == 0 {
                return self.add(
                    at,
                    Slot {
                        key,
                        mark,
                        number: 0,
                    },
                    name,
                );
            }
            at = self.after(at);
        }
    }

    /// Returns the place that a key is looked for at first: the upper bits of a product with a number that has no pattern.
    #[inline(always)]
    fn place(&self, key: u128) -> usize {
        let folded = key as u64 ^ ((key >> 64) as u64).rotate_left(29);
        (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    #[inline(always)]
    fn after(&self, at: usize) -> usize {
        (at + 1) & (self.slots.len() - 1)
    }

    /// Adds a value at a free place, and returns its number.
    #[cold]
    #[inline(never)]
    fn add(&mut self, at: usize, slot: Slot, name: &[u8]) -> usize {
        let number = self.values.len();
        self.values.push(name.into());
        self.slots[at] = Slot {
            number: number as u32,
            ..slot
        };
        if 2 * self.values.len() > self.slots.len() {
            self.grow();
        }
        number
    }

    /// Doubles the table.
    fn grow(&mut self) {
        let old = std::mem::take(&mut self.slots);
        self.slots = vec![Slot::default(); 2 * old.len()];
        self.shift -= 1;
        for slot in old.into_iter().filter(|slot| slot.mark != 0) {
            let mut at = self.place(slot.key);
            while self.slots[at].mark != 0 {
                at = self.after(at);
            }
            self.slots[at] = slot;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(fields: &[&str]) -> (Vec<usize>, usize) {
        let mut names = Names::new();
        let numbers = fields.iter().map(|field| {
            let text = format!("x,{field},more than sixteen bytes behind it");
            let whole = names.number(text.as_bytes(), (2, 2 + field.len()));
            let alone = names.number(field.as_bytes(), (0, field.len()));
            assert_eq!(whole, alone, "{field}: with text behind it and without");
            whole
        });
        (numbers.collect(), names.all().len())
    }

    #[test]
    fn a_value_keeps_its_number_however_it_is_written() {
        let fields = ["amazon", "netflix", "\"amazon\"", "", "\"\"", "amazon "];
        assert_eq!(numbers(&fields), (vec![0, 1, 0, 2, 2, 3], 4));
        let fields = [
            "a \"b\"",
            "\"a \"\"b\"\"\"",
            "exactly16letters",
            "a value of 17 let",
        ];
        assert_eq!(numbers(&fields), (vec![0, 0, 1, 2], 3));
    }

    #[test]
    fn values_with_zero_bytes_and_values_of_one_hash_stay_apart() {
        assert_eq!(numbers(&["a", "a\0", "a\0\0", "\0a"]).1, 4);
        let long: Vec<String> = (0..6000).map(|n| format!("{n:020} and more")).collect();
        let long: Vec<&str> = long.iter().map(String::as_str).collect();
        assert_eq!(numbers(&long).1, 6000);
        let short: Vec<String> = (0..6000).map(|n| format!("{n:x}")).collect();
        let short: Vec<&str> = short.iter().map(String::as_str).collect();
        assert_eq!(numbers(&short), ((0..6000).collect(), 6000));
    }
}
