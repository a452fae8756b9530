//! The arguments of `casecmp add TABLE`: an option for each field of the table.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, FromArgMatches, error::ErrorKind};

use crate::base::Type;
use crate::model::{FieldInfo, Kind};
use crate::package::descriptions;

use super::super::Global;
use super::source;

/// The option for further columns.
const COLUMNS: &str = "set";

/// The option that keeps the file as it is.
const DRY_RUN: &str = "dry-run";

const REQUIRED: &str = "What every record says";

const OPTIONAL: &str = "What it may say";

/// The table, and what the record is to say.
#[derive(Debug)]
pub struct AddArgs {
    pub(super) kind: Kind,
    /// The fields that were given, in the order of columns, and their texts.
    pub(super) given: Vec<(FieldInfo, String)>,
    /// Columns that only the user's file has, or members of an object: `COLUMN=VALUE`.
    pub(super) columns: Vec<String>,
    pub(super) is_dry_run: bool,
}

/// Returns the name of one row of a table: that of the table itself where it has no other.
pub(super) fn singular(kind: Kind) -> String {
    let key = kind.key();
    if let Some(stem) = key.strip_suffix("ies") {
        return format!("{stem}y");
    }
    if let Some(stem) = key.strip_suffix("eses") {
        return format!("{stem}esis");
    }
    key.strip_suffix('s').unwrap_or(key).into()
}

/// Returns the fields that a record of a kind may be given.
pub(super) fn fields(kind: Kind) -> Vec<FieldInfo> {
    match kind {
        Kind::Sources => source::fields(),
        // What bears on a hypothesis is a list of records, which no option holds.
        Kind::Hypotheses => Vec::new(),
        Kind::Companies
        | Kind::Profiles
        | Kind::Events
        | Kind::Technologies
        | Kind::Challenges
        | Kind::Strategies
        | Kind::Experience
        | Kind::Metrics
        | Kind::Kpis
        | Kind::Swot
        | Kind::Findings
        | Kind::Concepts => kind.stored(),
    }
}

/// Returns a sentence on each field of a kind, by its key.
pub(super) fn described(kind: Kind) -> Vec<(String, String)> {
    if kind == Kind::Sources {
        return source::described();
    }
    descriptions(kind.key())
}

/// Returns the option of a field.
pub(super) fn option(key: &str) -> String {
    format!("--{}", key.replace('_', "-"))
}

impl Args for AddArgs {
    /// Adds a subcommand for each table; the options of one are only built when it is asked for.
    fn augment_args(command: Command) -> Command {
        let command = command
            .subcommand_required(true)
            .arg_required_else_help(true)
            .disable_help_subcommand(true)
            .subcommand_value_name("TABLE")
            .subcommand_help_heading("Tables");
        Kind::ALL.iter().fold(command, |command, kind| {
            let name: &'static str = singular(*kind).leak();
            let table = Command::new(name)
                .about(format!("Add one {}", kind.label()))
                .hide(*kind == Kind::Hypotheses);
            let table = match kind.key() {
                key if key == name => table,
                key => table.alias(key),
            };
            command.subcommand(table.defer(options))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}

impl FromArgMatches for AddArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let missing = || clap::Error::new(ErrorKind::MissingSubcommand);
        let (name, matches) = matches.subcommand().ok_or_else(missing)?;
        let kind = named(name).ok_or_else(missing)?;
        let given = fields(kind).into_iter().filter_map(|field| {
            let texts = matches.get_many::<String>(field.key)?;
            let texts: Vec<&str> = texts.map(String::as_str).collect();
            Some((field, texts.join("; ")))
        });
        let columns = matches.get_many::<String>(COLUMNS);
        Ok(Self {
            kind,
            given: given.collect(),
            columns: columns.map_or_else(Vec::new, |columns| columns.cloned().collect()),
            is_dry_run: matches.get_flag(DRY_RUN),
        })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

/// Returns the kind of which a row is called so.
fn named(name: &str) -> Option<Kind> {
    let mut kinds = Kind::ALL.iter().copied();
    kinds.find(|kind| singular(*kind) == name)
}

/// Adds the options of the table that a subcommand is named after.
fn options(command: Command) -> Command {
    let Some(kind) = named(command.get_name()) else {
        return command;
    };
    let described = described(kind);
    let (required, others): (Vec<FieldInfo>, Vec<FieldInfo>) =
        fields(kind).into_iter().partition(is_asked);
    let command = required
        .iter()
        .chain(&others)
        .fold(command, |command, field| {
            let mut described = described.iter();
            let found = described.find(|(name, _)| *name == field.key);
            command.arg(argument(field, found.map(|(_, text)| &**text)))
        });
    let columns = Arg::new(COLUMNS)
        .long("set")
        .value_name("COLUMN=VALUE")
        .action(ArgAction::Append)
        .allow_hyphen_values(true)
        .help_heading(OPTIONAL)
        .help(if kind == Kind::Sources {
            "Write a member of the object that no option has"
        } else {
            "Fill a column that only your file has"
        });
    let dry_run = Arg::new(DRY_RUN)
        .long("dry-run")
        .action(ArgAction::SetTrue)
        .help("Show what would be written, and write nothing");
    let command = command.arg(columns.hide(kind == Kind::Hypotheses));
    Global::augment_args(command.arg(dry_run))
        .about(format!("Add one {}", kind.label()))
        .long_about(None)
}

/// Says whether a record cannot be made without the field: an id can be made.
pub(super) fn is_asked(field: &FieldInfo) -> bool {
    field.is_required && field.key != "id"
}

/// Makes the option of a field.
fn argument(field: &FieldInfo, description: Option<&str>) -> Arg {
    let option: &'static str = option(field.key).leak();
    let is_made = field.key == "id";
    let (value, action) = match field.kind {
        Type::Number => ("NUMBER", ArgAction::Set),
        Type::Date => ("DATE", ArgAction::Set),
        Type::List => ("NAME; NAME", ArgAction::Append),
        Type::Cites => ("@SOURCE, PLACE", ArgAction::Append),
        Type::Text if is_made || field.refers_to.is_some() => ("ID", ArgAction::Set),
        Type::Text | Type::Code(_) | Type::Truth => ("TEXT", ArgAction::Set),
    };
    let says = match description {
        None | Some("") => field.label,
        Some(text) => text.trim_end_matches('.'),
    };
    let help = if let Type::Code(choices) = field.kind {
        format!("{says} [one of: {}]", choices.join(", "))
    } else if is_made {
        format!("{says} [default: made of what the record says]")
    } else {
        says.to_owned()
    };
    let argument = Arg::new(field.key)
        .long(option.trim_start_matches('-'))
        .value_name(value)
        .action(action)
        .allow_hyphen_values(true)
        .help_heading(if is_asked(field) { REQUIRED } else { OPTIONAL })
        .help(help);
    if field.key.contains('_') {
        return argument.alias(field.key);
    }
    argument
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_a_name_for_one_row() {
        let names: Vec<String> = Kind::ALL.iter().copied().map(singular).collect();
        assert_eq!(
            names.join(" "),
            "company profile event technology challenge strategy experience metric kpi swot hypothesis finding concept source"
        );
        for kind in Kind::ALL {
            assert_eq!(named(&singular(*kind)), Some(*kind));
        }
    }

    #[test]
    fn the_options_of_every_table_can_be_built() {
        AddArgs::augment_args(Command::new("add")).debug_assert();
        for kind in Kind::ALL {
            options(Command::new(&*singular(*kind).leak())).debug_assert();
        }
    }
}
