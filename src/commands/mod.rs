//! What users can ask: one file a subcommand, each turning its arguments into a report.

mod compare;
mod context;
mod export;
mod global;
mod lanes;
mod list;
mod query;
mod references;
mod show;
mod tables;
mod timeline;

use clap::error::ErrorKind;
use clap::{ArgMatches, Args as _, FromArgMatches as _};

use crate::model::Kind;
use crate::render::Format;
use crate::report::Report;

pub use context::Context;
pub use global::{Global, NARROWEST};

/// Defines the subcommands. The arguments of one are only built when it is the one asked for: building all of them
/// would take longer than most answers.
macro_rules! commands {
    ($( #[doc = $about:literal] $variant:ident($args:ty) = $name:literal $(, $examples:expr)?; )+) => {
        /// The subcommands, in the order of the help.
        #[derive(Debug)]
        pub enum Command { $( #[doc = $about] $variant($args), )+ }

        impl Command {
            /// Adds the subcommands to a program.
            pub fn augment(program: clap::Command) -> clap::Command {
                program.subcommand_required(true).arg_required_else_help(true)$(.subcommand(
                    // The doc comments of argument structs are for readers of the code, so `about` comes last.
                    clap::Command::new($name).about($about.trim_start()).defer(|command| {
                        Global::augment_args(<$args>::augment_args(command))
                            .about($about.trim_start())
                            .long_about(None)
                            $(.after_help($examples))?
                    }),
                ))+
            }

            /// Returns the subcommand asked for and the global options that stand after it.
            ///
            /// # Errors
            /// No subcommand; values that are not of their type.
            pub fn of_matches(matches: &ArgMatches) -> Result<(Self, Global), clap::Error> {
                match matches.subcommand() {
                    $( Some(($name, matches)) => {
                        let command = <$args>::from_arg_matches(matches).map(Self::$variant)?;
                        Ok((command, Global::from_arg_matches(matches)?))
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
    /// List customer-experience areas: the technology and its effect on the customer
    Experience(list::ListArgs) = "experience";
    /// List KPI values with unit, period and origin
    Kpis(list::ListArgs) = "kpis";
    /// List the definitions of metrics
    Metrics(list::AllArgs) = "metrics";
    /// List strengths and weaknesses
    Swot(list::ListArgs) = "swot";
    /// List the sources and what they are
    Sources(list::AllArgs) = "sources";
    /// Query any table by conditions on its fields
    Query(query::QueryArgs) = "query", query::EXAMPLES;
    /// Put companies side by side on metrics, with every reason for caution
    Compare(compare::CompareArgs) = "compare", compare::EXAMPLES;
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
            Self::Experience(args) => list::run(Kind::Experience, args, context),
            Self::Kpis(args) => list::run(Kind::Kpis, args, context),
            Self::Metrics(args) => list::run_all(Kind::Metrics, args, context),
            Self::Swot(args) => list::run(Kind::Swot, args, context),
            Self::Sources(args) => list::run_all(Kind::Sources, args, context),
            Self::Query(args) => query::run(args, context),
            Self::Compare(args) => compare::run(args, context),
            Self::Export(args) => export::run(args, context),
        }
    }

    /// Returns the format when none is asked for.
    pub fn default_format(&self) -> Format {
        match self {
            Self::Export(_) => Format::Ndjson,
            Self::Companies(_)
            | Self::Show(_)
            | Self::Timeline(_)
            | Self::Technologies(_)
            | Self::Challenges(_)
            | Self::Experience(_)
            | Self::Kpis(_)
            | Self::Metrics(_)
            | Self::Swot(_)
            | Self::Sources(_)
            | Self::Query(_)
            | Self::Compare(_) => Format::Table,
        }
    }
}
