//! Aligns events by the time since something that each company did: `casecmp timeline --align founded`.

use anyhow::Result;

use crate::base::{Complaint, Elapsed, Quantity, Relation, Type, Value};
use crate::compare::{Dated, Onset, Topic, TopicKind, occurrences};
use crate::model::{Company, Event};
use crate::report::{Cell, Column, Row, Table};

use super::Context;
use super::topics::{found, known, stated};

/// The most anchors that a note names.
const ROOM: usize = 6;

/// What time is counted from, company by company.
pub(super) struct Alignment<'a> {
    topic: Topic<'a>,
    anchors: Vec<(&'a Company, Onset<'a>)>,
    unanchored: Vec<&'a Company>,
}

impl<'a> Alignment<'a> {
    /// Finds the anchor of each company: an event, or the first event of a category.
    ///
    /// # Errors
    /// A name of neither; a topic that no company asked for has dated.
    pub(super) fn of(name: &str, companies: &[&'a Company], context: &'a Context) -> Result<Self> {
        let events = context.casebook.table::<Event>()?;
        let mut topics = known(events.iter(), std::iter::empty());
        topics.retain(|topic| topic.kind != TopicKind::Domain);
        let all = context.command("query events --columns company,event,category");
        let topics = found(
            name,
            &topics,
            "event or category",
            &format!("`{all}` lists all"),
        )?;
        let slug = topics.first().map_or(name, |topic| topic.key);
        let occurrences = occurrences(events.iter(), []);
        // An event of that name comes before a category of that name.
        for topic in topics {
            let (mut anchors, mut unanchored) = (Vec::new(), Vec::new());
            for company in companies {
                match Onset::of(topic, &company.id, &occurrences) {
                    Some(onset) => anchors.push((*company, onset)),
                    None => unanchored.push(*company),
                }
            }
            if !anchors.is_empty() {
                return Ok(Self {
                    topic,
                    anchors,
                    unanchored,
                });
            }
        }
        let names = listed(companies.iter().copied());
        let complaint = Complaint::new(format!("`{slug}` is not dated for {names}"));
        let command = context.command(&format!("timeline --align {slug}"));
        let hint = format!("`{command}` shows who has it");
        Err(complaint.hint(hint).into())
    }

    /// Returns the companies that have an anchor, in the order asked for.
    pub(super) fn companies(&self) -> Vec<&'a Company> {
        self.anchors.iter().map(|(company, _)| *company).collect()
    }

    /// Returns the time from the anchor of its company to an event, `None` when the company has no anchor.
    pub(super) fn elapsed(&self, event: &Event) -> Option<Elapsed> {
        let mut anchors = self.anchors.iter();
        let (_, onset) = anchors.find(|(company, _)| company.id == event.company)?;
        let elapsed = Elapsed::between(onset.span, (&event.date).into());
        Some(match onset.has(&event.id) {
            // It is the anchor, whatever its date.
            true if onset.is_single() => Elapsed::NONE,
            // It may be the anchor, and nothing of the kind comes before that.
            true => elapsed.forward(),
            false => elapsed,
        })
    }

    /// Adds the years to the rows of a table, before the date.
    pub(super) fn with_years(
        &self,
        mut table: Table<'a>,
        elapsed: Vec<Option<Elapsed>>,
    ) -> Table<'a> {
        let at = table.position("date").unwrap_or_default();
        let column = |key: &'static str, label: &str, kind| {
            Column::new(key, format!("{label} {}", self.since()), kind)
        };
        let columns = [
            column("years", "Middle years", Type::Number).detail(),
            column("years_low", "Least years", Type::Number).detail(),
            column("years_high", "Most years", Type::Number).detail(),
            column("elapsed", "Years", Type::Text),
        ];
        table.columns.splice(at..at, columns);
        table.rows = Box::new(table.rows.zip(elapsed).map(move |(mut row, elapsed)| {
            let of = |end: fn(Elapsed) -> Option<Quantity>| -> Cell<'a> {
                let years = elapsed.and_then(end);
                let years = years.map(|years| Value::Number(years, Relation::Eq));
                years.unwrap_or_default().into()
            };
            let words = elapsed.map(|elapsed| Value::text(elapsed.to_string()));
            let cells: Row<'a> = vec![
                of(Elapsed::middle),
                of(Elapsed::least),
                of(Elapsed::most),
                words.unwrap_or_default().into(),
            ];
            row.splice(at..at, cells);
            row
        }));
        table
    }

    /// Says what time is counted from, who disputes it, and who is left out.
    pub(super) fn notes(&self) -> Vec<String> {
        let anchors = self.anchors.iter().take(ROOM);
        let anchors = anchors.map(|(company, onset)| format!("{} {}", company.name, onset.words()));
        let mut anchors: Vec<String> = anchors.collect();
        let others = self.anchors.len().saturating_sub(ROOM);
        anchors.extend((others > 0).then(|| format!("{others} more")));
        let mut notes = vec![format!(
            "years {} are derived here, from {}; a date that is only a year may be any day of it",
            self.since(),
            anchors.join(", ")
        )];
        for (company, onset) in &self.anchors {
            let name = &company.name;
            let undecided: Vec<String> = onset.undecided().map(stated).collect();
            if !undecided.is_empty() {
                notes.push(format!(
                    "the anchor of {name} spans claims of one rank that disagree: {}",
                    undecided.join(", ")
                ));
            }
            let is_ranked = |rival: &&Dated<'_>| !onset.has(rival.id);
            let rivals: Vec<String> = onset.rivals.iter().filter(is_ranked).map(stated).collect();
            if !rivals.is_empty() {
                notes.push(format!(
                    "the anchor of {name} is disputed: {}",
                    rivals.join(", ")
                ));
            }
        }
        if !self.unanchored.is_empty() {
            let names = listed(self.unanchored.iter().copied());
            notes.push(format!("left out, for they have no anchor: {names}"));
        }
        notes
    }

    fn since(&self) -> String {
        format!("since {}", self.words())
    }

    fn words(&self) -> String {
        let words = self.topic.words();
        match self.topic.kind {
            TopicKind::Event | TopicKind::Domain => words,
            TopicKind::Category => format!("first {words} event"),
        }
    }
}

/// Lists the names of companies.
fn listed<'a>(companies: impl Iterator<Item = &'a Company>) -> String {
    let names: Vec<&str> = companies.map(|company| &*company.name).collect();
    names.join(", ")
}
