//! `casecmp fmt`: the tables of the user's own casebook written tidily.

use std::path::{Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::base::{Type, Value};
use crate::load::Loader;
use crate::model::Kind;
use crate::package::{DESCRIPTOR, Descriptor, File, LoadError, Origin, Resource, Tidied, tidy};
use crate::report::{Change, Column, Replacement, Report, Row, Table};

use super::{Context, own};

pub(super) const EXAMPLES: &str = "\
Writes every CSV file of the casebook in UTF-8 with LF, with commas between the cells (or what datapackage.json declares), decimal points, quotes only where \
needed, and without empty rows and the empty columns at the end. No row moves, nothing is sorted or aligned, no value changes; JSON files are left as \
they are.

Exit codes: with --check 1 when a file is not tidy.

Examples:
  casecmp fmt my-cases
  casecmp fmt my-cases --check";

/// Which casebook.
#[derive(Debug, Args)]
pub struct FmtArgs {
    /// Folder of the casebook [default: that of --data]
    #[arg(value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Write nothing, and exit with 1 when a file is not tidy
    #[arg(long)]
    check: bool,
}

impl FmtArgs {
    /// Returns the folder that is named.
    pub(super) fn folder(&self) -> Option<&Path> {
        self.folder.as_deref()
    }
}

/// A file that is not tidy.
struct Untidy {
    path: PathBuf,
    /// What the descriptor says of it that is wrong then.
    declared: Option<String>,
    file: File,
    tidied: Tidied,
}

/// Reports the files that are not tidy and what is to be changed in them.
pub(super) fn run<'a>(args: &FmtArgs, context: &'a Context) -> Result<Report<'a>> {
    let named = args.folder().map(Origin::named);
    let folder = match &named {
        Some(origin) => own::folder([origin])?,
        None => own::folder(context.casebook.origins())?,
    };
    let untidy = untidy(folder)?;
    let mut notes = Vec::new();
    if untidy.is_empty() {
        notes.push("all files are tidy".into());
    } else if args.check {
        notes.push("nothing is written: --check".into());
    }
    notes.extend(untidy.iter().filter_map(|untidy| untidy.declared.clone()));
    let change = (!args.check && !untidy.is_empty()).then(|| {
        let replacements = untidy.iter().map(|untidy| Replacement {
            path: untidy.path.clone(),
            old: untidy
                .file
                .encoding
                .encode(untidy.file.text)
                .unwrap_or_default(),
            new: untidy.tidied.text.clone().into_bytes(),
        });
        Change::Replace(replacements.collect())
    });
    Ok(Report {
        // People are told by the note alone.
        diagnoses: untidy.is_empty().then(Vec::new),
        change,
        notes,
        is_no: args.check && !untidy.is_empty(),
        ..Report::of(table(untidy))
    })
}

/// Returns the tables that are not tidy.
fn untidy(folder: &Path) -> Result<Vec<Untidy>> {
    let origin = Origin::Folder(folder.into());
    let descriptor = Descriptor::of(&origin)?;
    LoadError::unless_none(descriptor.repeated(&origin.show(DESCRIPTOR)))?;
    let casebook = Loader::new([origin.clone()]);
    let (mut untidy, mut problems) = (Vec::new(), Vec::new());
    for resource in &descriptor.resources {
        match one(resource, &origin, &casebook) {
            Ok(None) => {}
            Ok(Some((file, tidied))) => {
                if !tidied.changes.is_empty() {
                    untidy.push(Untidy {
                        path: folder.join(resource.path().unwrap_or_default()),
                        declared: declared(resource, &origin),
                        file,
                        tidied,
                    });
                }
            }
            Err(error) => problems.extend(error.problems),
        }
    }
    LoadError::unless_none(problems)?;
    Ok(untidy)
}

/// Tidies a table; `None` where its file is none of cells.
fn one(
    resource: &Resource,
    origin: &Origin,
    casebook: &Loader,
) -> Result<Option<(File, Tidied)>, LoadError> {
    let file = resource.read(origin)?;
    if !file.is_table() {
        return Ok(None);
    }
    let numbers = numbers(resource, casebook)?;
    let delimiter = resource.delimiter().unwrap_or(b',');
    let is_number = |name: &str| numbers.iter().any(|number| number == name);
    let tidied = tidy(&file, delimiter, is_number)?;
    Ok(Some((file, tidied)))
}

/// Tells of an encoding that the descriptor declares for a table.
fn declared(resource: &Resource, origin: &Origin) -> Option<String> {
    let (path, name) = (origin.show(DESCRIPTOR), &resource.name);
    let encoding = resource.encoding()?;
    Some(format!(
        "{path}: declares the encoding `{encoding}` for `{name}`; tidy files are in UTF-8: take it out"
    ))
}

/// Returns the columns of a table that hold numbers.
fn numbers(resource: &Resource, casebook: &Loader) -> Result<Vec<String>, LoadError> {
    let is_number = |kind: Type| kind == Type::Number;
    if let Ok(kind) = resource.name.parse::<Kind>() {
        let stored = kind.stored().into_iter();
        let numbers = stored.filter(|field| is_number(field.kind));
        return Ok(numbers.map(|field| field.key.to_owned()).collect());
    }
    let mut others = casebook.others()?.iter();
    let columns = others.find(|other| other.name == resource.name);
    let columns = columns.into_iter().flat_map(|other| &other.columns);
    let numbers = columns.filter(|(_, kind)| is_number(*kind));
    Ok(numbers.map(|(name, _)| (*name).to_owned()).collect())
}

/// Lists the files and what is changed in each.
fn table<'a>(untidy: Vec<Untidy>) -> Table<'a> {
    let columns = vec![
        Column::new("file", "File", Type::Text),
        Column::new("changes", "Changes", Type::List),
    ];
    let rows = untidy.into_iter().map(|untidy| -> Row<'a> {
        let changes = untidy.tidied.changes.into_iter().map(Into::into).collect();
        [Value::text(untidy.file.path), Value::list(changes)]
            .map(Into::into)
            .into()
    });
    Table::new("files", columns, rows)
}
