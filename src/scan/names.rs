//! Numbers the different values of a column in the order in which they are met.

#![allow(
    clippy::cast_possible_truncation,
    clippy::indexing_slicing,
    reason = "the hot loop: values are shorter than a row, and places are cut to the size of the table"
)]

use super::field::unquoted;

/// The longest value that is looked up by its own bytes.
const SHORT: usize = 15;

/// For each length what is kept of the sixteen bytes that a value begins.
const KEPT: [Key; SHORT + 1] = {
    let mut kept = [[0; 2]; SHORT + 1];
    let mut length = 1;
    while length <= SHORT {
        kept[length] = kept[length - 1];
        let half = &mut kept[length][(length - 1) / 8];
        *half = *half << 8 | 0xff;
        length += 1;
    }
    kept
};

/// What a value is looked up by: up to 15 bytes of it, then its length and 1; or a hash and a mark that no length is.
type Key = [u64; 2];

/// Where the length stands in the second half of a key.
const LENGTH: u32 = 56;

/// What stands there for a value that is longer.
const LONG: u64 = 0xff << LENGTH;

/// The different values of a column. A table with open addressing (Knuth 1998, The Art of Computer Programming 3, 6.4): a value of
/// up to 15 bytes is its own key, a longer one is hashed to one and then compared.
pub(crate) struct Names {
    values: Vec<Box<[u8]>>,
    /// The table; zeros, which no value has for a key, where a place is free.
    keys: Vec<Key>,
    /// The numbers of the values that have these keys.
    numbers: Vec<u32>,
    /// Bits of a hash that are not used.
    shift: u32,
}

impl Names {
    /// Makes an empty table.
    pub(crate) fn new() -> Self {
        // Far more places than there are groups: few values share one.
        let bits = 12;
        Self {
            values: Vec::new(),
            keys: vec![[0; 2]; 1 << bits],
            numbers: vec![0; 1 << bits],
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
        let ahead = bytes.get(start..start + 16);
        let Some((ahead, kept)) = ahead.zip(KEPT.get(length)) else {
            return self.written(&bytes[start..end]);
        };
        if ahead[0] == b'"' {
            return self.written(&bytes[start..end]);
        }
        let key = key_of(ahead, *kept, length);
        let at = self.place(key);
        if self.keys[at] == key {
            return self.numbers[at] as usize;
        }
        self.look_further(key, at, &bytes[start..end])
    }

    /// Returns the number of a value of eight bytes.
    #[inline(always)]
    pub(crate) fn number_of_eight(&mut self, name: [u8; 8]) -> usize {
        self.find([u64::from_le_bytes(name), 9 << LENGTH], &name)
    }

    /// Returns the number of a value by its key.
    #[inline(always)]
    fn find(&mut self, key: Key, name: &[u8]) -> usize {
        let at = self.place(key);
        if self.keys[at] == key {
            return self.numbers[at] as usize;
        }
        self.look_further(key, at, name)
    }

    /// Returns the number of a field that is quoted, or long, or at the very end of the text.
    #[inline(never)]
    fn written(&mut self, field: &[u8]) -> usize {
        let name = &*unquoted(field);
        let key = match KEPT.get(name.len()) {
            Some(kept) => {
                let mut padded = [0; 16];
                padded[..name.len()].copy_from_slice(name);
                key_of(&padded, *kept, name.len())
            }
            None => hashed(name),
        };
        self.look_further(key, self.place(key), name)
    }

    /// Returns the number of a value by its key, which is at a place or behind it, or is added.
    #[inline(never)]
    fn look_further(&mut self, key: Key, mut at: usize, name: &[u8]) -> usize {
        while self.keys[at] != [0; 2] {
            let number = self.numbers[at] as usize;
            if self.keys[at] == key && (name.len() <= SHORT || *self.values[number] == *name) {
                return number;
            }
            at = self.after(at);
        }
        let number = self.values.len();
        self.values.push(name.into());
        self.keys[at] = key;
        self.numbers[at] = number as u32;
        if 2 * self.values.len() > self.keys.len() {
            self.grow();
        }
        number
    }

    /// Returns the place that a key is looked for at first: the upper bits of a product with a number that has no pattern.
    #[inline(always)]
    fn place(&self, [low, high]: Key) -> usize {
        let folded = low ^ high.rotate_left(29);
        (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize
    }

    fn after(&self, at: usize) -> usize {
        (at + 1) & (self.keys.len() - 1)
    }

    /// Doubles the table.
    fn grow(&mut self) {
        let size = 2 * self.keys.len();
        let keys = std::mem::replace(&mut self.keys, vec![[0; 2]; size]);
        let numbers = std::mem::replace(&mut self.numbers, vec![0; size]);
        self.shift -= 1;
        for (key, number) in keys.into_iter().zip(numbers) {
            if key == [0; 2] {
                continue;
            }
            let mut at = self.place(key);
            while self.keys[at] != [0; 2] {
                at = self.after(at);
            }
            self.keys[at] = key;
            self.numbers[at] = number;
        }
    }
}

/// Returns the key of a short value, of the sixteen bytes that it begins.
#[inline(always)]
fn key_of(ahead: &[u8], kept: Key, length: usize) -> Key {
    let (low, high) = ahead.split_at(8);
    let half = |bytes: &[u8]| u64::from_le_bytes(bytes.try_into().unwrap_or_default());
    let length = (length as u64 + 1) << LENGTH;
    [half(low) & kept[0], half(high) & kept[1] | length]
}

/// Returns the key of a long value.
fn hashed(name: &[u8]) -> Key {
    let mut key = 0_u128;
    for piece in name.chunks(16) {
        let mut padded = [0; 16];
        padded[..piece.len()].copy_from_slice(piece);
        let odd = 0x9E37_79B9_7F4A_7C15_F39C_C060_5CED_C835;
        key = key.wrapping_mul(odd).rotate_left(61) ^ u128::from_le_bytes(padded);
    }
    [key as u64, (key >> 64) as u64 | LONG]
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
            "with 15 letters",
            "exactly16letters",
            "\"exactly16letters\"",
        ];
        assert_eq!(numbers(&fields), (vec![0, 0, 1, 2, 2], 3));
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
