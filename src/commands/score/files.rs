//! Reads the files of a survey: which columns, which rows, and what is wrong with them.

use std::fs;
use std::path::PathBuf;
use std::thread;

use anyhow::Result;
use clap::Args;

use crate::base::count::counted;
use crate::base::repeated::repeated;
use crate::base::{Complaint, Place};
use crate::package::{LoadError, Problem};
use crate::query::Predicate;
use crate::scan::Effort;
use crate::score::Question;
use crate::survey::{self, Ask, Condition, File, Group, Reason, Totals};

use super::super::Context;
use super::guess::guess;

/// Bytes that are read at a time.
const PART: usize = 1 << 20;

/// What the column of counts is called that databases make.
const COUNTS: &str = "answers";

/// Which files, columns and rows.
#[derive(Debug, Args)]
#[command(next_help_heading = "Files")]
pub(super) struct FilesArgs {
    /// CSV files of answers, - for stdin; several are one survey; .gz and .zst too
    #[arg(value_name = "FILE")]
    files: Vec<String>,
    /// Column of the answers [default: the one that is obvious]
    #[arg(long, value_name = "COL")]
    pub score: Option<String>,
    /// Columns that make the groups, separated by commas
    #[arg(long, value_name = "COL", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Column of weights
    #[arg(long, value_name = "COL")]
    pub weight: Option<String>,
    /// Column that says how many answers a row stands for: the files are counts
    #[arg(long, value_name = "COL")]
    counts: Option<String>,
    /// Count rows that meet a condition: 'COL OP VALUE' with = != < <= > >= or ~ (contains); repeat for several
    #[arg(long = "where", value_name = "COND")]
    pub conditions: Vec<String>,
    /// What separates fields: a character, or tab [default: what the header shows of , ; and tab]
    #[arg(long, value_name = "CHAR")]
    delimiter: Option<String>,
    /// Leave wrong rows out, and say how many
    #[arg(long)]
    skip_invalid: bool,
    /// The most threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
}

/// What the files hold.
pub(super) struct Survey {
    /// The columns that groups are made of.
    pub by: Vec<String>,
    /// The groups in the order of their names; one without a name where there are no columns.
    pub groups: Vec<Group>,
    /// The column of weights, where answers are weighted.
    pub weight: Option<String>,
    /// Rows that do not meet the conditions; `None` where there are none.
    pub others: Option<u64>,
    /// Rows with more or fewer fields than the header.
    pub ragged: u64,
    /// What the reader must know of the reading.
    pub notes: Vec<String>,
    /// The files as the user named them.
    pub files: Vec<String>,
    /// The conditions as the user wrote them.
    pub conditions: Vec<String>,
    /// How many wrong rows are left out.
    pub wrong: u64,
}

impl FilesArgs {
    /// Returns the files as the user named them.
    pub(super) fn named(&self) -> &[String] {
        &self.files
    }

    /// Reads the files.
    ///
    /// # Errors
    /// Files, columns or conditions that are none; wrong rows, unless they are to be left out.
    pub(super) fn read(&self, question: &Question, context: &Context) -> Result<Survey> {
        self.check()?;
        let delimiter = self.delimiter()?;
        let files: Result<Vec<File>, Complaint> = self
            .files
            .iter()
            .map(|file| File::open(file, delimiter))
            .collect();
        let files = files?;
        let mut notes = Vec::new();
        let others = [&self.weight, &self.counts];
        let is_other = |name: &String| {
            self.by.contains(name) || others.iter().any(|other| other.as_ref() == Some(name))
        };
        let score = match (&self.score, files.first()) {
            (Some(score), _) => score.clone(),
            (None, Some(file)) => {
                let found = guess(file, question, is_other)?;
                notes.push(format!(
                    "the answers are taken from the column `{found}`; --score names another"
                ));
                found
            }
            (None, None) => String::new(),
        };
        let has_counts = files
            .iter()
            .any(|file| file.columns.iter().any(|name| name == COUNTS));
        if self.counts.is_none() && has_counts && score != COUNTS {
            notes.push(format!("a column is called `{COUNTS}`: if a row stands for so many answers, say --counts {COUNTS}"));
        }
        if delimiter.is_none() {
            notes.extend(
                files
                    .iter()
                    .filter(|file| file.delimiter != b',')
                    .map(separated),
            );
        }
        let by = files
            .first()
            .map_or_else(Vec::new, |file| self.groups(&file.columns));
        let conditions = files.first().map(|file| self.predicates(&file.columns));
        let ask = Ask {
            score,
            scale: (question.least, question.most),
            by: by.clone(),
            weight: self.weight.clone(),
            count: self.counts.clone(),
            conditions: conditions.transpose()?.unwrap_or_default(),
        };
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let effort = Effort {
            threads: self.threads.map_or(cores, usize::from),
            part: PART,
        };
        let totals = survey::count(files, &ask, effort, &*context.progress)?;
        let (wrong, kinds) = wrong(&totals);
        if wrong > 0 && !self.skip_invalid {
            return Err(self.refusal(&totals, wrong, &kinds).into());
        }
        if wrong > 0 {
            notes.push(format!("{} left out: {kinds}", rows(wrong)));
        }
        if totals.is_old_encoding() {
            notes.push("names of groups are not in UTF-8, and read as Windows-1252".into());
        }
        let mut groups = totals.groups();
        if groups.is_empty() && ask.by.is_empty() {
            groups.push(Group::empty(ask.scale));
        }
        Ok(Survey {
            by,
            groups,
            weight: self.weight.clone(),
            others: (!self.conditions.is_empty()).then(|| totals.others()),
            ragged: totals.ragged(),
            notes,
            files: self.files.clone(),
            conditions: self.conditions.clone(),
            wrong,
        })
    }

    /// Makes sure that files are named, and nothing twice.
    fn check(&self) -> Result<(), Complaint> {
        if self.files.is_empty() {
            let hint = "name CSV files, or - for stdin: casecmp score nps answers.csv --by company";
            return Err(Complaint::new("no file of answers").hint(hint));
        }
        if self.files.iter().filter(|file| *file == "-").count() > 1 {
            return Err(
                Complaint::new("stdin is named twice").hint("it can be read once: name - once")
            );
        }
        let paths = self.files.iter().map(fs::canonicalize);
        let paths: Vec<PathBuf> = paths.filter_map(Result::ok).collect();
        if let Some(path) = repeated(&paths) {
            let is_it = |file: &&String| fs::canonicalize(file).is_ok_and(|whole| whole == *path);
            let file = self.files.iter().rfind(is_it).map_or("", String::as_str);
            return Err(Complaint::new(format!("the file `{file}` is named twice"))
                .hint("its answers would count twice: name it once"));
        }
        if let Some(name) = repeated(&self.by) {
            return Err(
                Complaint::new(format!("the column `{name}` is named twice"))
                    .hint("name each column of --by once"),
            );
        }
        Ok(())
    }

    fn delimiter(&self) -> Result<Option<u8>, Complaint> {
        let Some(text) = self.delimiter.as_deref() else {
            return Ok(None);
        };
        let byte = match text.as_bytes() {
            _ if matches!(text, "tab" | "\\t") => b'\t',
            [byte] if byte.is_ascii_punctuation() || *byte == b'\t' || *byte == b' ' => *byte,
            _ => 0,
        };
        if matches!(byte, 0 | b'"' | b'.' | b'-') {
            return Err(Complaint::new(format!(
                "--delimiter must be one character, found `{text}`"
            ))
            .hint("one of , ; | or the word tab"));
        }
        Ok(Some(byte))
    }

    /// Returns the columns that make the groups: as they are named, or without blanks around; a column whose name has commas is one.
    fn groups(&self, columns: &[String]) -> Vec<String> {
        let whole = self.by.join(",");
        if columns.contains(&whole) {
            return vec![whole];
        }
        let named = self.by.iter().map(|name| {
            let bare = name.trim();
            if columns.contains(name) {
                name.clone()
            } else {
                bare.to_owned()
            }
        });
        named.collect()
    }

    fn predicates(&self, columns: &[String]) -> Result<Vec<Condition<'static>>, Complaint> {
        let conditions = self.conditions.iter().map(|text| {
            let predicate = Predicate::parse(text, columns)?;
            Ok(Condition {
                column: predicate.column().to_owned(),
                holds: Box::new(move |cell| predicate.holds(cell)),
            })
        });
        conditions.collect()
    }

    /// Makes the refusal of wrong rows, all kinds at once, with the places of the first.
    fn refusal(&self, totals: &Totals, wrong: u64, kinds: &str) -> LoadError {
        let mut problems: Vec<Problem> = totals
            .wrong()
            .iter()
            .map(|(file, wrong)| {
                let line = u64::try_from(wrong.line).unwrap_or(u64::MAX);
                let found = match wrong.reason {
                    Reason::Ragged => format!("{} fields, unlike the header", wrong.found),
                    reason => format!("{}: found `{}`", reason.label(), shortened(&wrong.found)),
                };
                Problem::new(Place::file(file.clone()).line(line), found)
            })
            .collect();
        let all = Problem::new(
            Place::file(self.files.join(", ")),
            format!("{}: {kinds}", rows(wrong)),
        );
        problems.push(all.hint(Some("mend them, or leave them out: --skip-invalid")));
        LoadError { problems }
    }
}

/// Counts the wrong rows, and says how many there are of each kind.
fn wrong(totals: &Totals) -> (u64, String) {
    let groups = totals.groups();
    let kinds = Reason::ALL.iter().filter(|reason| reason.is_wrong());
    let counts = kinds.map(|reason| match reason {
        Reason::Ragged => (totals.ragged(), reason),
        _ => (
            groups.iter().map(|group| group.left_out(*reason)).sum(),
            reason,
        ),
    });
    let counts: Vec<(u64, &Reason)> = counts.filter(|(count, _)| *count > 0).collect();
    let texts = counts
        .iter()
        .map(|(count, reason)| format!("{count} {}", reason.label()));
    let texts: Vec<String> = texts.collect();
    (
        counts.iter().map(|(count, _)| count).sum(),
        texts.join(", "),
    )
}

fn rows(wrong: u64) -> String {
    counted(
        usize::try_from(wrong).unwrap_or(usize::MAX),
        "wrong row",
        "wrong rows",
    )
}

/// Says what separates the fields of a file.
fn separated(file: &File) -> String {
    let name = if file.name == "-" {
        "stdin"
    } else {
        &file.name
    };
    let sign = match file.delimiter {
        b'\t' => "tabs".to_owned(),
        byte => format!("`{}`", char::from(byte)),
    };
    format!("the fields of {name} are separated by {sign}")
}

/// Cuts a text that is too long for a message.
fn shortened(text: &str) -> String {
    let mut short: String = text.chars().take(40).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}
