//! `casecmp score`: net promoter, satisfaction and effort scores out of the answers to a survey.

mod answers;
mod comparisons;
mod files;
mod groups;
mod guess;
mod kpis;
mod plan;
mod published;
mod question;
mod rows;
mod sql;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::base::Complaint;
use crate::render::Format;
use crate::report::{Audience, Report, Table};
use crate::score::{Score, Terms};

use super::Context;
use super::compare::metric;
use files::FilesArgs;
use kpis::KpisArgs;
use plan::PlanArgs;
use question::{QuestionArgs, TermsArgs};
use sql::SqlArgs;

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp score nps answers.csv --by company
  casecmp score csat answers.csv --score satisfaction -f chart
  casecmp score nps --counts answers counts.csv --by company
  casecmp score nps --plan --difference 2";

/// Of which question, in which files, and how.
#[derive(Debug, Args)]
pub struct ScoreArgs {
    #[command(flatten)]
    question: QuestionArgs,
    #[command(flatten)]
    files: FilesArgs,
    #[command(flatten)]
    terms: TermsArgs,
    /// Also test whether two groups are the same within so many points
    #[arg(
        long,
        value_name = "POINTS",
        help_heading = "Statistics",
        allow_negative_numbers = true,
        requires = "by"
    )]
    equivalent_within: Option<f64>,
    /// Show one part of the answer
    #[arg(long, value_enum, value_name = "PART")]
    only: Option<Part>,
    /// Show what the casebook has of the same companies on this metric: nps
    #[arg(long, value_name = "METRIC")]
    beside: Option<String>,
    #[command(flatten)]
    plan: PlanArgs,
    #[command(flatten)]
    sql: SqlArgs,
    #[command(flatten)]
    kpis: KpisArgs,
}

/// The parts of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Part {
    /// The score of each group
    Scores,
    /// Each two groups compared
    Comparisons,
    /// How often each answer was given
    Answers,
    /// What became of the rows
    Rows,
}

impl ScoreArgs {
    /// Returns the files of answers.
    pub(super) fn inputs(&self) -> &[String] {
        self.files.named()
    }

    /// Returns the format when none is asked for: rows for a casebook are CSV.
    pub(super) fn default_format(&self) -> Format {
        if self.kpis.is_asked() {
            Format::Csv
        } else {
            Format::Table
        }
    }
}

/// Scores the files, or does without them what else is asked.
pub(super) fn run<'a>(args: &ScoreArgs, context: &'a Context) -> Result<Report<'a>> {
    let question = args.question.question()?;
    let terms = args.terms.terms()?;
    if args.sql.is_asked() {
        return Ok(sql::run(args)?);
    }
    if args.plan.is_asked() {
        return plan::run(args, &question, &terms);
    }
    let survey = args.files.read(&question, context)?;
    check_population(&survey, &terms)?;
    if args.kpis.is_asked() {
        return kpis::run(args, &survey, &question, &terms, context);
    }
    let within = within(args.equivalent_within)?;
    let scores = survey.groups.iter();
    let scores = scores.map(|group| Score::of(&group.answers, &question, &terms));
    let scores: Vec<Score> = scores.collect();
    let mut notes = survey.notes.clone();
    let is_shown = |part: Part| args.only.is_none_or(|only| only == part);
    // What is asked for by name stands alone in any format.
    let unless_only = |table: Table<'a>, audience: Audience| match args.only {
        Some(_) => table,
        None => table.only_for(audience),
    };
    let mut tables: Vec<Table<'a>> = Vec::new();
    if is_shown(Part::Scores) {
        tables.extend(groups::tables(&survey, &scores, &question));
    }
    if is_shown(Part::Comparisons) {
        // Of many groups they take longer than all else: they are made where they are shown.
        let table = if args.only.is_some() || context.has_room_for(Audience::Beside) {
            comparisons::table(&survey, &scores, &question, &terms, within, &mut notes)
        } else {
            comparisons::unfilled(&survey, within)
        };
        tables.extend(table.map(|table| unless_only(table, Audience::Beside)));
    }
    if is_shown(Part::Answers) {
        tables.push(unless_only(answers::table(&survey), Audience::Nested));
    }
    if is_shown(Part::Rows) {
        tables.push(unless_only(rows::table(&survey), Audience::Beside));
    }
    if let Some(name) = &args.beside {
        let published = published::table(&survey, metric(name, context)?, context)?;
        tables.push(published.only_for(Audience::Beside));
        notes.push(format!("published: what the casebook in force has on `{name}` of companies that are called as groups are"));
    }
    if tables.is_empty() {
        // The notes say it when there are too many groups.
        let complaint = match notes.last() {
            Some(note) if survey.groups.len() > 1 => Complaint::new(note.clone()),
            _ => Complaint::new("nothing to compare: the answers are one group")
                .hint("name the column that makes groups: --by COLUMN"),
        };
        return Err(complaint.into());
    }
    let charts = if context.is_drawn() {
        answers::charts(&survey, &scores, &question)
    } else {
        Vec::new()
    };
    if is_shown(Part::Scores) || is_shown(Part::Comparisons) {
        notes.extend(groups::notes(&survey, &scores, &question, &terms));
    }
    Ok(Report {
        tables,
        charts,
        notes,
        ..Report::default()
    })
}

/// Makes sure that no group has more answers than people.
fn check_population(survey: &files::Survey, terms: &Terms) -> Result<(), Complaint> {
    let Some(population) = terms.population else {
        return Ok(());
    };
    let most = survey
        .groups
        .iter()
        .map(|group| group.answers.total())
        .max();
    if most.is_some_and(|most| most > population) {
        let complaint = format!(
            "--population {population}, but a group has {} answers",
            most.unwrap_or_default()
        );
        return Err(Complaint::new(complaint)
            .hint("it is how many people there are in each group, whether they answered or not"));
    }
    Ok(())
}

/// Reads the margin of the test of equivalence.
fn within(points: Option<f64>) -> Result<Option<f64>, Complaint> {
    match points {
        Some(points) if !points.is_finite() || points <= 0.0 => Err(Complaint::new(format!(
            "--equivalent-within must be more than 0, found `{points}`"
        ))
        .hint("the greatest difference that does not matter to you, in points of the score: 2")),
        points => Ok(points),
    }
}
