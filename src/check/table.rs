//! One table, read once from its first row to its last: its header, its cells, its keys.

use std::io::{Cursor, Read};

use crate::base::Place;
use crate::package::{Broken, Origin, Piece, Problem, Row, delimiter_of, each_row};

use super::casebook::Casebook;
use super::columns::Columns;
use super::descriptor::Table;
use super::header::{Foreign, Header};
use super::keys::{Targets, cells_of, digest, named};
use super::labels::labels;
use super::{Finding, Findings, Rule};

/// What to do with a row in which nothing stands.
const DELETE: &str = "delete it, or run `casecmp fmt`";

/// What is told of a cell.
pub(super) struct Told {
    pub rule: Rule,
    /// The place of the cell in its row.
    pub cell: usize,
    pub message: String,
    pub hint: Option<String>,
}

impl Told {
    pub(super) fn new(rule: Rule, cell: usize, message: impl Into<String>) -> Self {
        Self {
            rule,
            cell,
            message: message.into(),
            hint: None,
        }
    }

    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

/// A table and its file.
struct Of<'a> {
    table: &'a Table,
    /// The file, as the user can find it.
    path: String,
    /// Its place among all files.
    file: usize,
}

/// A table that is being read.
struct Reading<'a> {
    of: Of<'a>,
    findings: &'a mut Findings,
    targets: &'a mut Targets,
    casebook: &'a mut Casebook,
    header: Option<Header<'a>>,
    rows: u64,
    /// The line on which the last row ended.
    last: u64,
}

/// Reads a table, and returns how many rows it has.
pub(super) fn read(
    table: &Table,
    origin: &Origin,
    findings: &mut Findings,
    targets: &mut Targets,
    casebook: &mut Casebook,
) -> u64 {
    let is_utf8 =
        |name: &str| matches!(name, "utf-8" | "utf8" | "utf-8-sig" | "ascii" | "us-ascii");
    let opened: Result<Box<dyn Read>, _> = match table.encoding.as_deref() {
        Some(name) if !is_utf8(name) => {
            let file = origin.read(&table.path);
            file.map(|file| Box::new(Cursor::new(file.text)) as Box<dyn Read>)
        }
        Some(_) | None => origin.open(&table.path),
    };
    let mut from = match opened {
        Ok(from) => from,
        Err(error) => {
            for mut problem in error.problems {
                let hint = "the descriptor names this file: put it there, or mend its `path`";
                problem.hint.get_or_insert_with(|| hint.into());
                findings.add(Finding::new(Rule::Source, problem));
            }
            return 0;
        }
    };
    let path = origin.show(&table.path);
    let file = casebook.file(&path);
    let mut reading = Reading {
        of: Of { table, path, file },
        findings,
        targets,
        casebook,
        header: None,
        rows: 0,
        last: 0,
    };
    let delimiter = |text: &str| delimiter_of(text, table.delimiter);
    let ended = each_row(&mut *from, &delimiter, &mut |piece, row| {
        reading.row(piece, row);
    });
    reading.end(ended);
    reading.rows
}

impl Of<'_> {
    /// Makes a finding of what is told of a cell.
    fn finding(&self, piece: &Piece<'_>, row: &Row<'_>, id: Option<usize>, told: Told) -> Finding {
        let (line, column) = piece.place(row, told.cell);
        let place = Place::file(&*self.path).line(line).column(column);
        let problem = Problem::new(place, told.message).hint(told.hint);
        let mut finding = Finding::new(told.rule, problem);
        finding.show(piece.line(row, line));
        let id = id.and_then(|id| row.cells.get(id));
        match (self.table.kind, id) {
            (Some(kind), Some(id)) => finding.of(kind.label(), id.trim_ascii()),
            _ => finding,
        }
    }
}

impl Reading<'_> {
    fn row(&mut self, piece: &Piece<'_>, row: &Row<'_>) {
        if row.line > self.last + 1 {
            self.blank(self.last + 1);
        }
        self.last = row.last;
        let Some(header) = &mut self.header else {
            return self.begin(piece, row);
        };
        self.rows += 1;
        let (mut told, mut is_whole) = (Vec::new(), false);
        if row.is_blank() {
            told.push(Told::new(Rule::BlankRow, 0, "nothing stands in this row").hint(DELETE));
        } else if row.is_open {
            let cell = row.cells.len().saturating_sub(1);
            let message = "a double quote opens a cell and is never closed";
            let hint = "close it, or double it where it is part of the text";
            told.push(Told::new(Rule::Row, cell, message).hint(hint));
        } else {
            is_whole = header.body(row, &mut told);
        }
        if is_whole {
            header.unique(row, self.of.file, &mut told);
            self.casebook.row(
                self.of.table.kind,
                &header.columns,
                row,
                self.of.file,
                &mut told,
            );
        }
        let id = header.columns.id;
        for told in told {
            self.findings.add(self.of.finding(piece, row, id, told));
        }
        if is_whole {
            self.foreign(piece, row);
        }
    }

    /// Tells of a line on which nothing stands.
    fn blank(&mut self, line: u64) {
        let place = Place::file(&*self.of.path).line(line).column(1);
        let problem = Problem::new(place, "nothing stands in this line").hint(Some(DELETE));
        self.findings.add(Finding::new(Rule::BlankRow, problem));
    }

    /// Looks at the foreign keys of a row. One that names no row so far is looked at again in the end.
    fn foreign(&mut self, piece: &Piece<'_>, row: &Row<'_>) {
        let Some(header) = &mut self.header else {
            return;
        };
        let name = &self.of.table.name;
        let mut foreign = std::mem::take(&mut header.foreign);
        for Foreign { key, columns, good } in &mut foreign {
            let is_missing = |column: &usize| {
                let cell = row.cells.get(*column);
                cell.is_none_or(|cell| header.is_missing(*column, cell))
            };
            if columns.iter().all(is_missing) {
                continue;
            }
            let digest = digest(cells_of(columns, row));
            if good.contains(&digest) {
                continue;
            }
            if self.targets.has(name, key, digest) {
                good.insert(digest);
                continue;
            }
            let cells: Vec<&str> = cells_of(columns, row).collect();
            let table = key.target(name);
            let message = format!(
                "{} must name a row of `{table}`, found `{}`",
                named(&key.fields),
                cells.join("`, `")
            );
            let cell = columns.first().copied().unwrap_or_default();
            let told = Told::new(Rule::ForeignKey, cell, message);
            let finding = self.of.finding(piece, row, header.columns.id, told);
            self.targets.wait(name, key, digest, finding);
        }
        header.foreign = foreign;
    }

    /// Reads the header.
    fn begin(&mut self, piece: &Piece<'_>, row: &Row<'_>) {
        let cells = row.cells.iter();
        let names: Vec<String> = cells.map(|cell| cell.trim_ascii().to_owned()).collect();
        let mut told = labels(&names);
        let columns = Columns::of(self.of.table.kind, &names);
        let targets = self.targets.take(&self.of.table.name);
        let mut header = Header::new(names, self.of.table, columns, targets, &mut told);
        header.columns.is_id_unique =
            self.casebook.is_single && header.is_unique(header.columns.id);
        self.header = Some(header);
        for told in told {
            self.findings.add(self.of.finding(piece, row, None, told));
        }
    }

    /// Ends the table: gives back what its rows are called by, and tells why it could not be read to its end.
    fn end(&mut self, ended: Result<u64, Broken>) {
        let place = Place::file(&*self.of.path);
        if let Some(header) = self.header.take() {
            let mut named = header.into_named();
            if ended.is_err() {
                // Rows that were not read may be meant.
                named.clear();
            }
            self.targets.give(&self.of.table.name, named);
        } else if ended.is_ok() {
            let problem = Problem::new(place.clone(), "is empty: the header is missing");
            self.findings.add(Finding::new(Rule::Source, problem));
        }
        let broken = match ended {
            Ok(line) if self.last > 0 && line > self.last + 1 => return self.blank(self.last + 1),
            Ok(_) => return,
            Err(broken) => broken,
        };
        let (rule, place, message, hint) = match broken {
            Broken::Unreadable(error) => (
                Rule::Source,
                place,
                format!("cannot be read: {error}"),
                None,
            ),
            Broken::NoText(line, column, byte) => (
                Rule::Encoding,
                place.line(line).column(column),
                match (line, column, byte) {
                    (1, 1, 0xFE | 0xFF) => "must be UTF-8 text, found UTF-16".into(),
                    _ => format!("must be UTF-8 text, found the byte 0x{byte:02X}"),
                },
                Some("save the file as \"CSV UTF-8\", or run `casecmp fmt`"),
            ),
            Broken::TooLong(line) => (
                Rule::Row,
                place.line(line),
                "the row that begins here is longer than 1 MB".into(),
                Some("is a quote in it never closed?"),
            ),
        };
        let problem = Problem::new(place, message).hint(hint);
        self.findings.add(Finding::new(rule, problem));
    }
}
