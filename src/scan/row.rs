//! A row of a CSV text, and whoever takes rows.

#![allow(
    clippy::indexing_slicing,
    reason = "the hot loop: the ends of fields lie within the bytes that they were found in"
)]

/// A row: its fields as they are written, quotes and all.
#[derive(Clone, Copy)]
pub(crate) struct Row<'b> {
    bytes: &'b [u8],
    /// The end of the row before, then the ends of the fields.
    ends: &'b [u32],
}

impl<'b> Row<'b> {
    /// Makes a row of the bytes that it stands in, and of the end of the row before and the ends of its fields.
    #[inline(always)]
    pub(super) fn new(bytes: &'b [u8], ends: &'b [u32]) -> Self {
        Self { bytes, ends }
    }

    /// Counts the fields.
    #[inline(always)]
    pub(crate) fn width(self) -> usize {
        self.ends.len() - 1
    }

    /// Returns where it begins in the bytes.
    #[inline(always)]
    pub(crate) fn start(self) -> usize {
        self.ends[0].wrapping_add(1) as usize
    }

    /// Returns where it ends in the bytes, ahead of its line end.
    pub(crate) fn end(self) -> usize {
        self.place(self.width() - 1).1
    }

    /// Returns where a field begins and ends in the bytes.
    #[inline(always)]
    pub(crate) fn place(self, field: usize) -> (usize, usize) {
        let start = self.ends[field].wrapping_add(1) as usize;
        let end = self.ends[field + 1] as usize;
        // Where CR and LF end a row together, its end is LF.
        if field + 1 == self.width()
            && self.bytes[start..]
                .get(..=end - start)
                .is_some_and(|last| last.ends_with(b"\r\n"))
        {
            return (start, end - 1);
        }
        (start, end)
    }

    /// Returns the bytes that it stands in, those before and after it too.
    #[inline(always)]
    pub(crate) fn bytes(self) -> &'b [u8] {
        self.bytes
    }

    /// Returns a field.
    #[inline(always)]
    pub(crate) fn field(self, field: usize) -> &'b [u8] {
        let (start, end) = self.place(field);
        &self.bytes[start..end]
    }

    /// Returns it as it is written, without its line end.
    pub(super) fn text(self) -> &'b [u8] {
        &self.bytes[self.start()..self.end()]
    }

    /// Says whether it is an empty line, in which the crate `csv` too reads nothing.
    pub(crate) fn is_empty(self) -> bool {
        self.width() == 1 && self.field(0).is_empty()
    }

    /// Says whether it is only the second half of a line end CR LF.
    pub(crate) fn is_half(self) -> bool {
        let start = self.start();
        let before = start.checked_sub(1).and_then(|at| self.bytes.get(at));
        self.is_empty() && before == Some(&b'\r') && self.bytes.get(start) == Some(&b'\n')
    }
}

/// Whoever takes rows.
pub(crate) trait Rows {
    /// Takes a row. Lines without a byte are rows of one empty field.
    fn row(&mut self, row: Row<'_>);
}

/// Whoever takes rows where speed does not matter: the walk is compiled once for all of them.
impl Rows for &mut dyn Rows {
    fn row(&mut self, row: Row<'_>) {
        (**self).row(row);
    }
}
