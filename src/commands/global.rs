//! The options of every command. They may stand before the command or after it.
//!
//! They are built twice, for the program and for the command asked for, instead of being propagated to all commands,
//! which would take longer than most answers.

use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, ColorChoice, FromArgMatches as _, ValueEnum};

use crate::render::Format;

/// The narrowest that tables are fitted to.
pub const NARROWEST: u16 = 40;

/// The options of every command; what is `None` was not said.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct Global {
    /// The casebooks, which are read as one.
    #[arg(
        long,
        value_name = "DIR",
        help = "Folder or ZIP file of a casebook, or builtin; repeat to read several as one [env: CASECMP_DATA] [default: builtin]"
    )]
    pub data: Vec<PathBuf>,
    /// Form of the output [default: table, or by the extension of --output]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    format: Option<FormatName>,
    /// Write to a file instead of stdout
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the output file if it exists
    #[arg(long)]
    pub force: bool,
    /// When to use colours [default: auto]
    #[arg(long, value_name = "WHEN")]
    color: Option<ColorChoice>,
    /// Fit tables and charts to N columns, 40 or more [default: the terminal's width; in a pipe, no limit for tables,
    /// 80 for charts]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(i64::from(NARROWEST)..))]
    pub width: Option<u16>,
    /// Leave text as it is that a spreadsheet would run as a formula (csv, tsv)
    #[arg(long)]
    pub no_guard: bool,
}

/// The names of the formats.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatName {
    /// Aligned columns
    Table,
    /// For spreadsheets and data tools
    Csv,
    /// Tab-separated
    Tsv,
    /// Array of objects
    Json,
    /// One object a line
    Ndjson,
    /// GitHub table
    Md,
    /// Sources for LaTeX and reference managers
    Bibtex,
    /// Sources for Zotero and Pandoc
    CslJson,
    /// Drawn with characters
    Chart,
    /// Timeline for Mermaid
    Mermaid,
    /// Mistakes for editors and continuous integration
    Sarif,
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Table => Self::Table,
            FormatName::Csv => Self::Csv,
            FormatName::Tsv => Self::Tsv,
            FormatName::Json => Self::Json,
            FormatName::Ndjson => Self::Ndjson,
            FormatName::Md => Self::Markdown,
            FormatName::Bibtex => Self::Bibtex,
            FormatName::CslJson => Self::CslJson,
            FormatName::Chart => Self::Chart,
            FormatName::Mermaid => Self::Mermaid,
            FormatName::Sarif => Self::Sarif,
        }
    }
}

impl Global {
    /// Returns what was said after a command, and for the rest what was said before it.
    ///
    /// # Errors
    /// Values that are not of their type.
    pub fn of_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let before = Self::from_arg_matches(matches)?;
        match matches.subcommand() {
            Some((_, after)) => Ok(Self::of_matches(after)?.or(before)),
            None => Ok(before),
        }
    }

    /// Returns what was said here, and for the rest what was said there.
    #[must_use]
    fn or(self, other: Self) -> Self {
        Self {
            data: [other.data, self.data].concat(),
            format: self.format.or(other.format),
            output: self.output.or(other.output),
            force: self.force || other.force,
            color: self.color.or(other.color),
            width: self.width.or(other.width),
            no_guard: self.no_guard || other.no_guard,
        }
    }

    /// Returns the file to write to; `None` for stdout, which `-` names too.
    pub fn file(&self) -> Option<&Path> {
        self.output
            .as_deref()
            .filter(|path| path.as_os_str() != "-")
    }

    /// Returns the format asked for by name.
    pub fn format(&self) -> Option<Format> {
        self.format.map(Format::from)
    }

    /// Says whether to colour, given whether it would be done by itself.
    pub fn is_coloured(&self, by_itself: bool) -> bool {
        match self.color {
            Some(ColorChoice::Always) => true,
            Some(ColorChoice::Never) => false,
            Some(ColorChoice::Auto) | None => by_itself,
        }
    }
}
