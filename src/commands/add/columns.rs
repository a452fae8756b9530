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
    problems.extend(further(args, said, |name| {
        check_column(args.kind, name, &names, file)
    }));
    Ok(problems)
}

/// Takes over what was given for what is of no field, each name once, and finds what cannot be.
pub(super) fn further(
    args: &AddArgs,
    said: &mut Said,
    check: impl Fn(&str) -> Result<(), Problem>,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for pair in &args.columns {
        let split = pair.split_once('=');
        let split = split.map(|(name, text)| (name.trim(), text.trim_ascii()));
        let Some((name, text)) = split.filter(|(name, _)| !name.is_empty()) else {
            let problem = problem(format!("must be COLUMN=VALUE, found `{pair}`"));
            problems.push(problem.hint(Some("write --set mood=good")));
            continue;
        };
        if said.extras.iter().any(|(known, _)| known == name) {
            let problem = problem(format!("`{name}` is given twice"));
            problems.push(problem.hint(Some("leave one of the two out")));
            continue;
        }
        match check(name) {
            Ok(()) => said.extras.push((name.into(), text.into())),
            Err(problem) => problems.push(problem),
        }
    }
    problems
}

/// Makes a mistake of the option for what is of no field.
pub(super) fn problem(message: String) -> Problem {
    Problem::new(Place::file("--set"), message)
}

/// Makes sure that the file has a column, and that it is of no field.
fn check_column(kind: Kind, name: &str, names: &[String], file: &File) -> Result<(), Problem> {
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
    Ok(())
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
            let extra = said.extras.iter().find(|(known, _)| *known == name);
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
