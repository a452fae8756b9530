//! What users can ask: one file a subcommand, each turning its arguments into a report.

mod compare;
mod context;
mod export;
mod kpis;
mod list;
mod query;
mod references;
mod show;
mod tables;
mod timeline;

use anyhow::Result;
use clap::Subcommand;

use crate::model::Kind;
use crate::render::Format;
use crate::report::Report;

pub use context::Context;

/// The subcommands, in the order of the help.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the companies of the casebook
    Companies(list::AllArgs),
    /// Show one company on a page
    Show(show::ShowArgs),
    /// List dated events; several companies in lanes side by side
    #[command(after_help = timeline::EXAMPLES)]
    Timeline(timeline::TimelineArgs),
    /// List the technologies that companies put to use
    Technologies(list::ListArgs),
    /// List the challenges that companies met
    Challenges(list::ListArgs),
    /// List customer-experience areas: the technology and its effect on the customer
    Experience(list::ListArgs),
    /// List KPI values with unit, period and origin
    Kpis(list::ListArgs),
    /// List the definitions of metrics
    Metrics(list::AllArgs),
    /// List strengths and weaknesses
    Swot(list::ListArgs),
    /// List the sources and what they are
    Sources(list::AllArgs),
    /// Query any table by conditions on its fields
    #[command(after_help = query::EXAMPLES)]
    Query(query::QueryArgs),
    /// Put companies side by side on metrics, with every reason for caution
    #[command(after_help = compare::EXAMPLES)]
    Compare(compare::CompareArgs),
    /// Write the whole casebook, citations resolved
    #[command(after_help = export::EXAMPLES)]
    Export(export::ExportArgs),
}

impl Command {
    /// Runs the command on a casebook.
    ///
    /// # Errors
    /// What the user must mend: arguments that name nothing, a casebook with mistakes.
    pub fn run<'a>(&self, context: &'a Context) -> Result<Report<'a>> {
        match self {
            Self::Companies(args) => list::run_all(Kind::Companies, args, context),
            Self::Show(args) => show::run(args, context),
            Self::Timeline(args) => timeline::run(args, context),
            Self::Technologies(args) => list::run(Kind::Technologies, args, context),
            Self::Challenges(args) => list::run(Kind::Challenges, args, context),
            Self::Experience(args) => list::run(Kind::Experience, args, context),
            Self::Kpis(args) => kpis::run(args, context),
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
