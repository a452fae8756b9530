//! What a new record says: every mistake in it is told at once, by the option that it stands in.

use crate::base::guard::unguard;
use crate::base::suggest::did_you_mean;
use crate::base::{Citations, Complaint, Id, Place, Text, Type};
use crate::model::{Collection as _, FieldInfo, Kind, Source, Target};
use crate::package::{File, LoadError, Problem};

use super::super::Context;
use super::arguments::{AddArgs, described, fields, is_asked, option, singular};
use super::id::{Taken, made, taken};
use super::{columns, source};

/// What a record says.
#[derive(Debug)]
pub(super) struct Said {
    /// The fields that say something, in the order of columns.
    pub(super) fields: Vec<(FieldInfo, String)>,
    /// The columns that only the user's file has, or the members that no field is.
    pub(super) extras: Vec<(String, String)>,
}

impl Said {
    /// Returns what a field says.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        let found = self.fields.iter().find(|(field, _)| field.key == key);
        found.map(|(_, text)| text.clone())
    }
}

/// Checks what was given, resolves the names of companies, and makes the id where none was given.
///
/// # Errors
/// All mistakes.
pub(super) fn check(args: &AddArgs, file: &File, context: &Context) -> Result<Said, LoadError> {
    let kind = args.kind;
    let mut problems = Vec::new();
    let mut said = Said {
        fields: Vec::new(),
        extras: Vec::new(),
    };
    let taken = taken(kind, file, context);
    let described = described(kind);
    for field in fields(kind) {
        let given = args.given.iter().find(|(known, _)| known.key == field.key);
        let text = given
            .map(|(_, text)| bare(kind, text))
            .filter(|text| !text.is_empty());
        let Some(text) = text else {
            if is_asked(&field) {
                let hint = wanted(&field, &described, kind);
                problems.push(problem(&field, "must be given").hint(Some(hint)));
            }
            continue;
        };
        match checked(kind, &field, text, &taken, context) {
            Ok(text) => said.fields.push((field, text)),
            Err(found) => problems.push(*found),
        }
    }
    if said.text("id").is_none() {
        let id = made(kind, |key| said.text(key), &taken);
        let own = fields(kind).into_iter().find(|field| field.key == "id");
        let own = own.map(|field| (field, id.to_string()));
        said.fields.splice(0..0, own);
    }
    problems.extend(uncited(&said, context));
    problems.extend(if kind == Kind::Sources {
        columns::further(args, &mut said, source::check_member)
    } else {
        columns::check(args, &mut said, file)?
    });
    LoadError::unless_none(problems)?;
    Ok(said)
}

/// Writes a text as the file is written.
///
/// # Errors
/// A character that it cannot be written with, and the option that it stands in.
pub(super) fn encode(said: &Said, file: &File, text: &str) -> Result<Vec<u8>, LoadError> {
    file.encoding.encode(text).map_err(|found| {
        let (path, encoding) = (&file.path, file.encoding.name());
        let message = format!("`{found}` cannot be written in {encoding}, as {path} is");
        let fields = said.fields.iter();
        let mut texts = fields.map(|(field, text)| (option(field.key), text));
        let holder = texts.find(|(_, text)| text.contains(found));
        let place = holder.map_or_else(|| "--set".to_owned(), |(option, _)| option);
        let hint = "casecmp fmt DIR writes its files in UTF-8";
        Problem::new(Place::file(place), message)
            .hint(Some(hint))
            .into()
    })
}

/// Returns the text without blanks around it, and without the guard against formulas that a cell would have.
fn bare(kind: Kind, text: &str) -> String {
    let text = text.trim_ascii();
    if kind == Kind::Sources {
        text
    } else {
        unguard(text)
    }
    .into()
}

/// Makes a mistake of an option.
fn problem(field: &FieldInfo, message: impl Into<String>) -> Problem {
    Problem::new(Place::file(option(field.key)), message)
}

/// Says what a field is for, as the schema does.
fn wanted(field: &FieldInfo, described: &[(String, String)], kind: Kind) -> String {
    let mut described = described.iter().filter(|(name, _)| name == field.key);
    let mut letters = described.next().map_or("", |(_, text)| text).chars();
    match letters.next() {
        Some(first) => {
            let rest = letters.as_str().trim_end_matches('.');
            format!("{}{rest}", first.to_lowercase())
        }
        None => format!(
            "casecmp add {} --help lists what every record says",
            singular(kind)
        ),
    }
}

/// Checks the text of a field, and returns it as it is to be written.
fn checked(
    kind: Kind,
    field: &FieldInfo,
    text: String,
    taken: &[Taken],
    context: &Context,
) -> Result<String, Box<Problem>> {
    if field.refers_to == Some(Target::Kind(Kind::Companies)) {
        return company(field, text, context);
    }
    let found = if kind == Kind::Sources {
        source::check(field.key, &text)
    } else {
        kind.check(field.key, &Text::Owned(text.clone()))
    };
    let is_id = field.key == "id" || field.refers_to.is_some();
    let found = match found {
        Ok(()) if is_id => Id::try_from(Text::Owned(text.clone())).map(|_| ()),
        found => found,
    };
    if let Err(invalid) = found {
        let message = format!("must be {}, found `{text}`", invalid.wanted);
        return Err(Box::new(problem(field, message).hint(invalid.hint)));
    }
    if field.key == "id"
        && let Some((_, place)) = taken.iter().find(|(id, _)| *id == text)
    {
        let message = format!("the id `{text}` is taken by {place}");
        let hint = "leave --id out, and one is made";
        return Err(Box::new(problem(field, message).hint(Some(hint))));
    }
    if let Some(Target::Kind(target)) = field.refers_to
        && let Ok(collection) = context.casebook.collection(target)
        && !collection.ids().contains(&&*text)
    {
        let message = format!("must be the id of a {}, found `{text}`", target.label());
        let near = did_you_mean(&text, collection.ids());
        let all = format!("{} lists all", context.command(target.key()));
        let hint = near.unwrap_or(all);
        return Err(Box::new(problem(field, message).hint(Some(hint))));
    }
    Ok(text)
}

/// Returns the id of a company, which may go by its name.
fn company(field: &FieldInfo, text: String, context: &Context) -> Result<String, Box<Problem>> {
    match context.company(&text) {
        Ok(company) => Ok(company.id.to_string()),
        Err(error) => match error.downcast::<Complaint>() {
            Ok(complaint) => Err(Box::new(
                problem(field, complaint.message).hint(complaint.hint),
            )),
            // The table of companies has mistakes of its own, which are none of this record.
            Err(_) => Ok(text),
        },
    }
}

/// Finds the sources that are cited and not in the casebook, where it has any; the mistakes of its sources where they
/// cannot be read, as nobody knows then what may be cited.
fn uncited(said: &Said, context: &Context) -> Vec<Problem> {
    let sources = match context.casebook.table::<Source>() {
        Ok(sources) if sources.is_empty() => return Vec::new(),
        Ok(sources) => sources,
        Err(error) => return error.problems,
    };
    let own = said.text("id").unwrap_or_default();
    let mut problems = Vec::new();
    for (field, text) in &said.fields {
        let citations = text.parse::<Citations>().ok();
        let citations = citations.filter(|_| field.kind == Type::Cites);
        for citation in citations.iter().flat_map(Citations::iter) {
            let id = citation.source;
            if id != own && sources.by_id(id).is_none() {
                let add = context.command(&format!("add source --id {id}"));
                let add = format!("add it first: {add}");
                let hint = did_you_mean(id, sources.ids()).unwrap_or(add);
                problems.push(problem(field, citation.unresolved()).hint(Some(hint)));
            }
        }
    }
    problems
}
