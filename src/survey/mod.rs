//! Counts the answers in files of survey data: in one pass, in constant memory, on all cores.
//!
//! A file is CSV, as the crate `csv` reads it. Every row is accounted for: it is an answer, or it is left out for a reason.

#![allow(
    clippy::inline_always,
    reason = "what is called in the hot loop must be compiled for the same set of instructions, which only inlining does"
)]

mod cell;
mod columns;
mod file;
mod outcomes;
mod reason;
mod tally;
mod text;
mod totals;
mod unpack;
mod weights;
mod wrong;

use std::sync::atomic::{AtomicU64, Ordering};

use crate::base::Complaint;
use crate::scan::{Effort, Log, Span, read_parts, read_stream};

use columns::Columns;
use file::{Body, called, unreadable};
use outcomes::Outcomes;
use tally::{MOST_GROUPS, Tally};

pub use columns::{SQUARES, UNWEIGHED};
pub use file::File;
pub use reason::Reason;
pub use totals::{Group, Totals};
pub use wrong::Wrong;

/// What is asked of the files.
pub struct Ask<'a> {
    /// The column of answers.
    pub score: String,
    /// The least and the greatest answer.
    pub scale: (i32, i32),
    /// The columns that groups are made of.
    pub by: Vec<String>,
    /// The column of weights; where rows are counts, of sums of weights, with the sums of squared weights beside it.
    pub weight: Option<String>,
    /// The column that says how many answers a row stands for.
    pub count: Option<String>,
    /// What rows must meet to be counted.
    pub conditions: Vec<Condition<'a>>,
}

/// What the value of a column must meet.
pub struct Condition<'a> {
    /// The column.
    pub column: String,
    /// Says whether a value meets it.
    pub holds: Box<dyn Fn(&str) -> bool + Sync + 'a>,
}

impl Ask<'_> {
    /// Counts the answers that the scale has.
    fn answers(&self) -> usize {
        self.scale.0.abs_diff(self.scale.1) as usize + 1
    }
}

/// Counts the answers in files. `progress` is called with the bytes read so far and all bytes,
/// where they are known.
///
/// # Errors
/// A column that a file does not have; a file that cannot be read; a row that is too long, or quotes that are never closed.
pub fn count(
    files: Vec<File>,
    ask: &Ask<'_>,
    effort: Effort,
    progress: &(dyn Fn(u64, Option<u64>) + Sync),
) -> Result<Totals, Complaint> {
    let columns = files
        .iter()
        .map(|file| Columns::of(ask, &file.columns, &called(&file.name)));
    let columns: Result<Vec<Columns>, Complaint> = columns.collect();
    let sizes = files.iter().map(|file| match file.body {
        Body::Anywhere { end, .. } => Some(end),
        Body::Stream(_) => None,
    });
    let all: Option<u64> = sizes.sum();
    let done = AtomicU64::new(0);
    let progress = |bytes: usize| {
        let bytes = bytes as u64;
        progress(done.fetch_add(bytes, Ordering::Relaxed) + bytes, all);
    };
    let outcomes = Outcomes::new(ask);
    let mut totals = Totals::new(ask.scale);
    for (file, columns) in files.into_iter().zip(columns?) {
        let (name, lines, delimiter) = (file.name, file.lines, file.delimiter);
        let tally = || Tally::new(ask, &columns, &outcomes, delimiter);
        let read = match file.body {
            Body::Anywhere { source, start, end } if end - start > effort.worth_parts() => {
                let span = Span {
                    source: &*source,
                    start,
                    end,
                    delimiter,
                    width: columns.width,
                };
                read_parts(span, effort, tally, &progress)
            }
            body => {
                let (mut tally, mut text) = (tally(), body.into_stream());
                let log = read_stream(&mut *text, delimiter, effort.part, &mut tally, &progress);
                log.map(|log| (vec![tally], log))
            }
        };
        let (tallies, log) = read.map_err(|error| unreadable(&name, &error))?;
        if tallies.iter().any(|tally| tally.has_too_many) {
            let complaint = format!("more than {MOST_GROUPS} groups in {}", called(&name));
            return Err(Complaint::new(complaint)
                .hint("name a column that several answers share, such as a company or a country"));
        }
        fault(&name, lines, &log)?;
        for tally in &tallies {
            tally.add_to(&mut totals);
        }
        totals.tell(&name, lines + 1, log.told);
    }
    Ok(totals)
}

/// Tells what makes a file unreadable.
fn fault(name: &str, lines: usize, log: &Log<Vec<Wrong>>) -> Result<(), Complaint> {
    let Some((fault, line)) = log.fault else {
        return Ok(());
    };
    let complaint = format!("{name}:{}: {}", line + lines + 1, fault.message());
    Err(Complaint::new(complaint).hint(fault.hint()))
}
