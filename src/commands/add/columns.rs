//! The columns of the user's file that a new record fills.

use crate::base::Type;
use crate::base::suggest::did_you_mean;
use crate::model::Kind;
use crate::package::{File, LoadError, Problem};

use super::arguments::{AddArgs, option};
use super::fields::Said;
use crate::base::Place;

/// Takes over what was given for columns of the file, and finds what has no column.
///
/// # Errors
/// A file without a header.
pub(super) fn check(
    args: &AddArgs,
    said: &mut Said,
    file: &File,
) -> Result<Vec<Problem>, LoadError> {
    let names = names(file);
    if names.is_empty() {
        let message = "is empty: the header is missing";
        return Err(Problem::new(file.place(), message).into());
    }
    let mut problems = Vec::new();
    for (field, _) in &said.fields {
        let key = field.key;
        let times = names.iter().filter(|name| *name == key).count();
        let message = match times {
            1 => continue,
            0 => format!("{} has no column `{key}`", file.path),
            _ => format!("{} has {times} columns `{key}`", file.path),
        };
        let hint = match times {
            0 => format!("add `{key}` to its header, or leave {} out", option(key)),
            _ => format!("rename all but one of them: `{key}` must stand once in its header"),
        };
        let place = Place::file(option(key));
        problems.push(Problem::new(place, message).hint(Some(hint)));
    }
    for pair in &args.columns {
        match extra(args.kind, pair, &names, file) {
            Ok(extra) => said.extras.push(extra),
            Err(problem) => problems.push(problem),
        }
    }
    Ok(problems)
}

/// Reads `COLUMN=VALUE` for a column that is of no field.
fn extra(
    kind: Kind,
    pair: &str,
    names: &[String],
    file: &File,
) -> Result<(String, String), Problem> {
    let problem = |message: String| Problem::new(Place::file("--set"), message);
    let Some((name, text)) = pair.split_once('=') else {
        let problem = problem(format!("must be COLUMN=VALUE, found `{pair}`"));
        return Err(problem.hint(Some("write --set mood=good")));
    };
    let name = name.trim();
    if kind.stored().iter().any(|field| field.key == name) {
        let option = option(name);
        let problem = problem(format!("`{name}` has an option of its own"));
        return Err(problem.hint(Some(format!("write {option} instead"))));
    }
    if kind.fields().iter().any(|field| field.key == name) {
        let problem = problem(format!("`{name}` follows from other fields"));
        return Err(problem.hint(Some("leave it out")));
    }
    if !names.iter().any(|known| known == name) {
        let near = did_you_mean(name, names.iter().map(String::as_str));
        let hint = near.unwrap_or_else(|| format!("add `{name}` to its header first"));
        let problem = problem(format!("{} has no column `{name}`", file.path));
        return Err(problem.hint(Some(hint)));
    }
    Ok((name.into(), text.trim_ascii().into()))
}

/// Returns the names of the columns, without the empty ones behind the last.
fn names(file: &File) -> Vec<String> {
    let Some(header) = file.rows().next() else {
        return Vec::new();
    };
    let names = header.cells.iter().take(header.width(0));
    names.map(|name| name.trim_ascii().into()).collect()
}

/// Returns the cells of a record in the order of columns, each with the type of its column.
pub(super) fn cells(kind: Kind, said: &Said, file: &File) -> Vec<(Type, String)> {
    let stored = kind.stored();
    let cells = names(file).into_iter().map(|name| {
        let Some(field) = stored.iter().find(|field| field.key == name) else {
            let extra = said.extras.iter().rfind(|(known, _)| *known == name);
            return (
                Type::Text,
                extra.map_or_else(String::new, |(_, text)| text.clone()),
            );
        };
        let text = said.text(field.key).unwrap_or_else(|| match field.kind {
            // Written out, so that nobody need know what an empty cell means.
            Type::Code(_) => kind.silent(field.key),
            Type::Text | Type::Number | Type::Date | Type::Truth | Type::List | Type::Cites => {
                String::new()
            }
        });
        (field.kind, text)
    });
    cells.collect()
}
