//! What users can ask: one file a subcommand, each turning its arguments into a report.

mod add;
mod align;
mod audit;
mod charts;
mod check;
mod claims;
mod compare;
mod conclusions;
mod conflicts;
mod context;
mod diff;
mod export;
mod fmt;
mod gist;
mod global;
mod hypotheses;
mod init;
mod lanes;
mod lead_lag;
mod list;
mod own;
mod query;
mod rank;
mod references;
mod reliances;
mod score;
mod search;
mod show;
mod sides;
mod sources;
mod tables;
mod tabulate;
mod terms;
mod timeline;
mod topics;
mod transpose;
mod weakest;
mod why;

use std::path::{Path, PathBuf};

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, FromArgMatches as _};

use crate::base::Complaint;
use crate::model::Kind;
use crate::render::Format;
use crate::report::Report;

pub use context::{Context, Progress};
pub use global::{Global, NARROWEST};

/// Defines the subcommands. The arguments of one are only built when it is the one asked for: building all of them
/// would take longer than most answers.
macro_rules! commands {
    ($( #[doc = $about:literal] $variant:ident($args:ty) = $name:literal $(, $examples:expr)?; )+) => {
        /// The subcommands, in the order of the help.
        #[derive(Debug)]
        pub enum Command { $( #[doc = $about] $variant($args), )+ }

        impl Command {
            /// Adds the subcommands to a program; only the one that is surely asked for, where `first`, the first
            /// argument, names it.
            pub fn augment(program: clap::Command, first: Option<&str>) -> clap::Command {
                let only = first.filter(|first| [$($name),+].contains(first));
                let program = program.subcommand_required(true).arg_required_else_help(true);
                $(
                    let program = if only.is_none_or(|only| only == $name) {
                        // The doc comments of argument structs are for readers of the code, so `about` comes last.
                        program.subcommand(clap::Command::new($name).about($about.trim_start()).defer(
                            |command| {
                                Global::augment_args(<$args>::augment_args(command))
                                    .about($about.trim_start())
                                    .long_about(None)
                                    $(.after_help($examples))?
                            },
                        ))
                    } else {
                        program
                    };
                )+
                program
            }

            /// Returns the subcommand asked for.
            ///
            /// # Errors
            /// No subcommand; values that are not of their type.
            pub fn of_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
                match matches.subcommand() {
                    $( Some(($name, matches)) => {
                        <$args>::from_arg_matches(matches).map(Self::$variant)
                    } )+
                    _ => Err(clap::Error::new(ErrorKind::MissingSubcommand)),
                }
            }
        }
    };
}

commands! {
    /// List the companies of the casebook
    Companies(list::AllArgs) = "companies";
    /// Show one company on a page
    Show(show::ShowArgs) = "show";
    /// List dated events; up to four companies in lanes side by side
    Timeline(timeline::TimelineArgs) = "timeline", timeline::EXAMPLES;
    /// List the technologies that companies put to use
    Technologies(list::ListArgs) = "technologies";
    /// List the challenges that companies met
    Challenges(list::ListArgs) = "challenges";
    /// List strategies, alignments, marketing pillars and channels, and culture
    Strategies(list::ListArgs) = "strategies";
    /// List customer-experience areas: the technology and its effect on the customer
    Experience(list::ListArgs) = "experience";
    /// List KPI values with unit, period and origin
    Kpis(list::ListArgs) = "kpis";
    /// List the definitions of metrics
    Metrics(list::AllArgs) = "metrics";
    /// List strengths and weaknesses
    Swot(list::ListArgs) = "swot";
    /// List hypotheses with the verdict claimed and the evidence for and against
    Hypotheses(hypotheses::HypothesesArgs) = "hypotheses", hypotheses::EXAMPLES;
    /// List questions, objectives, findings, conclusions and recommendations
    Findings(list::ListArgs) = "findings";
    /// List terms and their definitions
    Concepts(list::AllArgs) = "concepts";
    /// List the sources, what they are, and how often they are relied on
    Sources(sources::SourcesArgs) = "sources", sources::EXAMPLES;
    /// Search every table for words, the best answers first
    Search(search::SearchArgs) = "search", search::EXAMPLES;
    /// Tell where a claim comes from: its rivals, its citations down to the origin, its file and line
    Why(why::WhyArgs) = "why", why::EXAMPLES;
    /// List the subjects whose claims disagree
    Conflicts(conflicts::ConflictsArgs) = "conflicts", conflicts::EXAMPLES;
    /// Query any table by conditions on its fields
    Query(query::QueryArgs) = "query", query::EXAMPLES;
    /// Judge a source by its records: origins, contradictions, hypotheses, arithmetic
    Audit(audit::AuditArgs) = "audit", audit::EXAMPLES;
    /// Put companies side by side, and say what may be concluded and why not more
    Compare(compare::CompareArgs) = "compare", compare::EXAMPLES;
    /// Tell who was first, and by how long
    LeadLag(lead_lag::LeadLagArgs) = "lead-lag", lead_lag::EXAMPLES;
    /// Rank companies by a metric, with ties and unknowns, and how sure that is
    Rank(rank::RankArgs) = "rank", rank::EXAMPLES;
    /// What if a source were wrong? List the conclusions that change when it is left out
    Weakest(weakest::WeakestArgs) = "weakest", weakest::EXAMPLES;
    /// Tell what changed from one casebook to another: records, fields, verdicts
    Diff(diff::DiffArgs) = "diff", diff::EXAMPLES;
    /// Cross-tabulate any table by two of its fields
    Tabulate(tabulate::TabulateArgs) = "tabulate", tabulate::EXAMPLES;
    /// Score the raw answers of a survey: NPS, CSAT, CES, with intervals and comparisons
    Score(Box<score::ScoreArgs>) = "score", score::EXAMPLES;
    /// Check a casebook: every mistake with its place and the way to mend it
    Check(check::CheckArgs) = "check", check::EXAMPLES;
    /// Make a casebook of your own to begin with
    Init(init::InitArgs) = "init", init::EXAMPLES;
    /// Add a record to a casebook of your own
    Add(add::AddArgs) = "add", add::EXAMPLES;
    /// Make the files of a casebook of your own tidy
    Fmt(fmt::FmtArgs) = "fmt", fmt::EXAMPLES;
    /// Write the whole casebook, citations resolved
    Export(export::ExportArgs) = "export", export::EXAMPLES;
}

impl Command {
    /// Runs the command on a casebook.
    ///
    /// # Errors
    /// What the user must mend: arguments that name nothing, a casebook with mistakes.
    pub fn run<'a>(&self, context: &'a Context) -> anyhow::Result<Report<'a>> {
        match self {
            Self::Companies(args) => list::run_all(Kind::Companies, args, context),
            Self::Show(args) => show::run(args, context),
            Self::Timeline(args) => timeline::run(args, context),
            Self::Technologies(args) => list::run(Kind::Technologies, args, context),
            Self::Challenges(args) => list::run(Kind::Challenges, args, context),
            Self::Strategies(args) => list::run(Kind::Strategies, args, context),
            Self::Experience(args) => list::run(Kind::Experience, args, context),
            Self::Kpis(args) => list::run(Kind::Kpis, args, context),
            Self::Metrics(args) => list::run_all(Kind::Metrics, args, context),
            Self::Swot(args) => list::run(Kind::Swot, args, context),
            Self::Hypotheses(args) => hypotheses::run(args, context),
            Self::Findings(args) => list::run(Kind::Findings, args, context),
            Self::Concepts(args) => list::run_all(Kind::Concepts, args, context),
            Self::Sources(args) => sources::run(args, context),
            Self::Search(args) => search::run(args, context),
            Self::Why(args) => why::run(args, context),
            Self::Conflicts(args) => conflicts::run(args, context),
            Self::Query(args) => query::run(args, context),
            Self::Audit(args) => audit::run(args, context),
            Self::Compare(args) => compare::run(args, context),
            Self::LeadLag(args) => lead_lag::run(args, context),
            Self::Rank(args) => rank::run(args, context),
            Self::Weakest(args) => weakest::run(args, context),
            Self::Diff(args) => diff::run(args, context),
            Self::Tabulate(args) => tabulate::run(args, context),
            Self::Score(args) => score::run(args, context),
            Self::Check(args) => check::run(args, context),
            Self::Init(args) => init::run(args),
            Self::Add(args) => add::run(args, context),
            Self::Fmt(args) => fmt::run(args, context),
            Self::Export(args) => export::run(args, context),
        }
    }

    /// Returns the files that the command reads, as the user named them: they are never written to.
    pub fn inputs(&self) -> Vec<&Path> {
        if let Self::Score(args) = self {
            args.inputs().iter().map(Path::new).collect()
        } else {
            Vec::new()
        }
    }

    /// Returns the casebooks that the command names itself: their files are never written an answer to.
    pub fn casebooks(&self) -> Vec<&Path> {
        if let Self::Diff(args) = self {
            args.casebooks().into()
        } else if let Self::Check(args) = self {
            args.casebook().into_iter().collect()
        } else if let Self::Fmt(args) = self {
            args.folder().into_iter().collect()
        } else {
            Vec::new()
        }
    }

    /// Makes sure that no casebook is put in force for a command that names its own.
    ///
    /// # Errors
    /// One is, and the command does.
    pub fn check_data(&self, data: &[PathBuf]) -> Result<(), Complaint> {
        let (reason, hint) = match self {
            Self::Diff(_) => (
                "the casebooks are the two that are named",
                "leave it out: casecmp diff OLD NEW",
            ),
            Self::Check(args) if args.casebook().is_some() => (
                "the casebook is the one that is named",
                "leave one of them out: casecmp check DIR",
            ),
            Self::Init(_) => (
                "the casebook is made anew",
                "leave it out: casecmp init DIR; --from builtin copies the one inside the program",
            ),
            _ => return Ok(()),
        };
        if data.is_empty() {
            return Ok(());
        }
        Err(Complaint::new(format!("--data has no meaning here: {reason}")).hint(hint))
    }

    /// Returns the format when none is asked for.
    pub fn default_format(&self) -> Format {
        match self {
            Self::Export(_) => Format::Ndjson,
            Self::Score(args) => args.default_format(),
            Self::Companies(_)
            | Self::Show(_)
            | Self::Timeline(_)
            | Self::Technologies(_)
            | Self::Challenges(_)
            | Self::Strategies(_)
            | Self::Experience(_)
            | Self::Kpis(_)
            | Self::Metrics(_)
            | Self::Swot(_)
            | Self::Hypotheses(_)
            | Self::Findings(_)
            | Self::Concepts(_)
            | Self::Sources(_)
            | Self::Search(_)
            | Self::Why(_)
            | Self::Conflicts(_)
            | Self::Query(_)
            | Self::Audit(_)
            | Self::Compare(_)
            | Self::Rank(_)
            | Self::Weakest(_)
            | Self::LeadLag(_)
            | Self::Diff(_)
            | Self::Tabulate(_)
            | Self::Check(_)
            | Self::Init(_)
            | Self::Add(_)
            | Self::Fmt(_) => Format::Table,
        }
    }
}
