//! One table, read once from its first row to its last: its header, its cells, its keys.

use std::io::{Cursor, Read};

use crate::base::Place;
use crate::package::{Broken, Origin, Piece, Problem, Row, delimiter_of, each_row};

use super::casebook::{Casebook, Columns};
use super::descriptor::Table;
use super::header::{Header, labels};
use super::keys::{Targets, cells_of, digest};
use super::{Finding, Findings, Rule};

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
            for problem in error.problems {
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
        let finding = Finding::new(told.rule, problem).on(piece.line(row, line));
        let id = id.and_then(|id| row.cells.get(id));
        match (self.table.kind, id) {
            (Some(kind), Some(id)) => finding.of(kind.label(), id.trim_ascii()),
            _ => finding,
        }
    }
}

impl Reading<'_> {
    fn row(&mut self, piece: &Piece<'_>, row: &Row<'_>) {
        let Some(header) = &mut self.header else {
            return self.begin(piece, row);
        };
        self.rows += 1;
        let mut told = Vec::new();
        if row.is_blank() {
            let hint = "delete it, or run `casecmp fmt`";
            told.push(Told::new(Rule::BlankRow, 0, "nothing stands in this row").hint(hint));
        } else if row.is_open {
            let cell = row.cells.len().saturating_sub(1);
            let message = "a double quote opens a cell and is never closed";
            let hint = "close it, or double it where it is part of the text";
            told.push(Told::new(Rule::Row, cell, message).hint(hint));
        } else {
            header.body(row, &mut told);
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
        if !row.is_blank() {
            self.foreign(piece, row);
        }
    }

    /// Looks at the foreign keys of a row. One that names no row so far is looked at again in the end.
    fn foreign(&mut self, piece: &Piece<'_>, row: &Row<'_>) {
        let Some(header) = &mut self.header else {
            return;
        };
        let name = &self.of.table.name;
        for foreign in &mut header.foreign {
            let (key, columns) = (foreign.key, &foreign.columns);
            if columns
                .iter()
                .all(|column| row.cells.get(*column).is_none_or(|cell| cell.is_empty()))
            {
                continue;
            }
            let digest = digest(cells_of(columns, row));
            if foreign.good.contains(&digest) {
                continue;
            }
            if self.targets.has(name, key, digest) {
                foreign.good.insert(digest);
                continue;
            }
            let cells: Vec<&str> = cells_of(columns, row).collect();
            let table = if key.table.is_empty() {
                name
            } else {
                &key.table
            };
            let message = format!(
                "column `{}` must name a row of `{table}`, found `{}`",
                key.fields.join("`, `"),
                cells.join("`, `")
            );
            let cell = columns.first().copied().unwrap_or_default();
            let told = Told::new(Rule::ForeignKey, cell, message);
            let finding = self.of.finding(piece, row, header.columns.id, told);
            self.targets.wait(name, key, digest, finding);
        }
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
    fn end(&mut self, ended: Result<(), Broken>) {
        let place = Place::file(&*self.of.path);
        if let Some(header) = self.header.take() {
            self.targets.give(&self.of.table.name, header.into_named());
        } else if ended.is_ok() {
            let problem = Problem::new(place.clone(), "is empty: the header is missing");
            self.findings.add(Finding::new(Rule::BlankHeader, problem));
        }
        let Err(broken) = ended else { return };
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
                format!("must be UTF-8 text, found the byte 0x{byte:02X}"),
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
