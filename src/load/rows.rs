//! Splits the text of a CSV file into rows, each with the byte and the line where it begins.
//!
//! This is the state machine of the `csv` crate without its buffers: its tables are built once for all files of a
//! casebook, which takes longer than reading a small file.

use csv_core::{ReadRecordResult, Reader};

/// The state machine and the room for a row.
pub(super) struct Splitter {
    machine: Reader,
    cells: Vec<u8>,
    ends: Vec<usize>,
}

/// One row of a file.
pub(super) struct Row<'s> {
    /// Byte of the text at which it begins.
    pub start: usize,
    /// Line on which it begins, counted from 1.
    pub line: u64,
    cells: &'s str,
    ends: &'s [usize],
}

impl Splitter {
    pub(super) fn new() -> Self {
        Self {
            machine: Reader::new(),
            cells: vec![0; 1024],
            ends: vec![0; 32],
        }
    }

    /// Begins a text.
    pub(super) fn rows<'s>(&'s mut self, text: &'s str) -> Rows<'s> {
        self.machine.reset();
        Rows {
            splitter: self,
            text,
            at: 0,
            line: 1,
        }
    }
}

/// The rows of a text that are still to come.
pub(super) struct Rows<'s> {
    splitter: &'s mut Splitter,
    text: &'s str,
    at: usize,
    line: u64,
}

impl Rows<'_> {
    /// Returns the next row, `None` at the end. Blank lines are no rows.
    pub(super) fn next(&mut self) -> Option<Row<'_>> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        let (skipped, rest) = rest.split_at(blank);
        self.line += newlines(skipped);
        let (start, line) = (self.at + blank, self.line);

        let Splitter { machine, cells, ends } = &mut *self.splitter;
        let (mut read, mut written, mut ended) = (0, 0, 0);
        loop {
            let input = rest.as_bytes().get(read..).unwrap_or_default();
            let room = cells.get_mut(written..).unwrap_or_default();
            let marks = ends.get_mut(ended..).unwrap_or_default();
            let (result, took, wrote, marked) = machine.read_record(input, room, marks);
            (read, written, ended) = (read + took, written + wrote, ended + marked);
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => cells.resize(cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
                ReadRecordResult::Record => break,
                ReadRecordResult::End => return None,
            }
        }
        self.at = start + read;
        self.line += newlines(rest.get(..read).unwrap_or_default());
        let cells = cells.get(..written).unwrap_or_default();
        Some(Row {
            start,
            line,
            // Quotes and commas are ASCII: taking them out of UTF-8 leaves UTF-8.
            cells: std::str::from_utf8(cells).unwrap_or_default(),
            ends: ends.get(..ended).unwrap_or_default(),
        })
    }
}

fn newlines(text: &str) -> u64 {
    text.bytes().map(|byte| u64::from(byte == b'\n')).sum()
}

impl<'s> Row<'s> {
    /// Returns the number of cells.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the cells in order, without the blanks around them.
    pub(super) fn cells(&self) -> impl Iterator<Item = &'s str> {
        let (cells, ends) = (self.cells, self.ends);
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(ends).map(|(start, end)| cells.get(start..*end).unwrap_or_default().trim())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns every row with its line, read by us.
    fn ours(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut splitter = Splitter::new();
        let mut rows = splitter.rows(text);
        let mut all = Vec::new();
        while let Some(row) = rows.next() {
            all.push((row.line, row.cells().map(Into::into).collect()));
        }
        all
    }

    /// Returns every row, read by the `csv` crate.
    fn theirs(text: &str) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().map(|c| c.trim().into()).collect());
        rows.collect()
    }

    #[test]
    fn reads_as_the_csv_crate_reads() {
        let long = format!("a,{}\n{}b", "x".repeat(5000), ",".repeat(100));
        for text in [
            "",
            "a",
            "a,b\n1,2\n",
            "a,b\r\n1,2\r\n",
            "a,\"b\nc\"\n\n\n\"d\"\"e\",f",
            "joh\"n,x\n\"quoted\"tail,y\n",
            "\"never closed, \n to the end",
            ",,\n\"\"\n",
            "caf\u{e9},\"na\u{ef}ve\"\n",
            &long,
        ] {
            let ours: Vec<Vec<String>> = ours(text).into_iter().map(|(_, cells)| cells).collect();
            assert_eq!(ours, theirs(text), "{text:?}");
        }
    }

    #[test]
    fn lines_count_quoted_and_blank_ones() {
        let lines = |text| ours(text).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
        assert_eq!(lines("a\n\n\"b\nc\"\nd\n"), [1, 3, 5]);
        assert_eq!(lines("a\r\n\r\n\"b\r\nc\"\r\nd\r\n"), [1, 3, 5]);
    }
}
