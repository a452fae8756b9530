//! Numbers without a pattern, the same in every run.

/// A small generator of numbers, so that the same texts are made every time (Marsaglia 2003, xorshift).
pub(crate) struct Numbers(pub u64);

impl Numbers {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % end as u64).unwrap()
    }

    /// Makes a text of pieces that are hard for a file.
    pub(crate) fn text(&mut self, is_old: bool) -> String {
        const PIECES: [&str; 26] = [
            "\"",
            "\"\"",
            ",",
            ";",
            "\t",
            "|",
            "\n",
            "\r",
            "\r\n",
            "=1+1",
            "+",
            "-",
            "@",
            "'",
            "'=x",
            " ",
            "a",
            "1,5",
            "é",
            "ü",
            "ß",
            "€",
            "\u{feff}",
            "日本",
            "👩‍🌾",
            "\u{2028}",
        ];
        // Behind these, the old encoding has no bytes, or not always others than UTF-8.
        let end = if is_old { 20 } else { PIECES.len() };
        let mut text = String::new();
        for _ in 0..=self.below(7) {
            text.push_str(PIECES[self.below(end)]);
        }
        text
    }
}
