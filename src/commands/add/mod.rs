//! `casecmp add`: one record more in a table of the user's own casebook.

mod arguments;
mod columns;
mod diff;
mod fields;
mod id;
mod source;

use std::path::Path;

use anyhow::Result;

use crate::base::{Citations, Complaint, Place, Relation, Scalar as _, Text, Type, Value};
use crate::check::{Rule, check};
use crate::load::Loader;
use crate::model::{FieldInfo, Kind};
use crate::package::{
    DESCRIPTOR, Descriptor, Edited, File, LoadError, Origin, Overlay, Problem, with_item, with_row,
};
use crate::report::{Change, Column, Replacement, Report, Row, Table};

use super::init::typed;
use super::{Context, own};
use fields::Said;

pub(super) use arguments::AddArgs;
use arguments::{option, singular};

pub(super) const EXAMPLES: &str = "\
Writes into the casebook that --data names, a folder; casecmp add TABLE --help lists the fields of a table. The record is checked before anything \
is written, and all its mistakes are told. Separators, line ends, encoding and the order of columns stay as they are.

Examples:
  casecmp add source --data my-cases --type report --title 'Annual report 2024' \\
    --issued 2025-02 --kind primary
  casecmp add event --data my-cases --company alpha --event ipo --date 2024-05 \\
    --category finance --title 'Went public' --cite '@annual-report-2024, p. 3'
  casecmp add kpi --data my-cases --company alpha --metric nps --value 44 --period 2024 \\
    --cite '@annual-report-2024, p. 9' --dry-run";

/// Reports the record and the file that it is to be written into.
pub(super) fn run<'a>(args: &AddArgs, context: &'a Context) -> Result<Report<'a>> {
    let folder = own::folder(context.casebook.origins())?;
    let (path, file) = open(args.kind, folder)?;
    let said = fields::check(args, &file, context)?;
    let Edited { text, line } = edit(args, &said, &file)?;
    let overlay = Overlay {
        folder: folder.into(),
        path,
        bytes: fields::encode(&said, &file, &text)?,
    };
    let place = file.place().line(line);
    let mut notes = check_whole(args.kind, &overlay, &place, &file, context)?;
    if args.is_dry_run {
        notes.push("nothing is written: --dry-run".into());
        return Ok(Report {
            text: Some(diff::diff(&file.path, file.text, &text)),
            notes,
            ..Report::default()
        });
    }
    let data = typed(Path::new(&own::shown(folder)));
    let id = said.text("id").unwrap_or_default();
    notes.push(format!("try: casecmp --data {data} why {id}"));
    Ok(Report {
        change: Some(Change::Replace(vec![Replacement {
            path: folder.join(overlay.path),
            old: file.encoding.encode(file.text).unwrap_or_default(),
            new: overlay.bytes,
        }])),
        notes,
        ..Report::of(shown(args.kind, &said, &place))
    })
}

/// Makes sure that the table has no mistake with the record, which is to stand at a place, that it had not without it. Returns
/// what is advised of the record.
///
/// # Errors
/// A mistake.
fn check_whole(
    kind: Kind,
    overlay: &Overlay,
    place: &Place,
    file: &File,
    context: &Context,
) -> Result<Vec<String>> {
    let origins = context.casebook.origins().map(|origin| match origin {
        Origin::Folder(_) => Origin::Overlay(overlay.clone()),
        Origin::Builtin | Origin::Zip(_) | Origin::Overlay(_) => origin.clone(),
    });
    let (mut new, advice) = problems(kind, &Loader::new(origins), file)?;
    if !new.is_empty() {
        let (old, _) = problems(kind, &context.casebook, file)?;
        new.retain(|problem| !old.contains(problem));
    }
    let new = new.into_iter().map(|problem| said_in(kind, place, problem));
    LoadError::unless_none(new.collect())?;
    let of_record = advice
        .into_iter()
        .filter(|advice| advice.place.line == place.line);
    let told = of_record.map(|advice| match advice.hint {
        Some(hint) => format!("{}; {hint}", advice.message),
        None => advice.message,
    });
    Ok(told.collect())
}

/// Tells a mistake of the record by the option that it stands in: its line is only there once it is written.
fn said_in(kind: Kind, place: &Place, mut problem: Problem) -> Problem {
    if problem.place.path != place.path || problem.place.line < place.line {
        return problem;
    }
    let record = format!("{} `", kind.label());
    let own = problem.message.strip_prefix(&*record);
    let own = own.and_then(|rest| Some(rest.split_once("`: ")?.1));
    let column = own.unwrap_or(&problem.message).strip_prefix("column `");
    let Some((name, message)) = column.and_then(|rest| rest.split_once("` ")) else {
        problem.place = Place::file(&*place.path);
        return problem;
    };
    let is_field = kind.stored().iter().any(|field| field.key == name);
    let (option, message) = if is_field {
        (option(name), message.to_owned())
    } else {
        ("--set".to_owned(), format!("`{name}` {message}"))
    };
    Problem {
        place: Place::file(option),
        message,
        hint: problem.hint,
    }
}

/// Finds the file of a kind; returns its path below the folder too.
fn open(kind: Kind, folder: &Path) -> Result<(String, File)> {
    if kind == Kind::Hypotheses {
        let message =
            "a hypothesis cannot be added by a command: its evidence is a list of records";
        let hint = "write it into hypotheses.json as those that are there";
        return Err(Complaint::new(message).hint(hint).into());
    }
    let origin = Origin::Folder(folder.into());
    let descriptor = Descriptor::of(&origin)?;
    let Some(resource) = descriptor.resource(kind.key()) else {
        let place = Place::file(origin.show(DESCRIPTOR));
        let message = format!("the casebook has no table `{}`", kind.key());
        return Err(
            LoadError::from(Problem::new(place, message).hint(Some(beginning(kind)))).into(),
        );
    };
    let file = resource.read(&origin)?;
    Ok((resource.path().unwrap_or_default().into(), file))
}

/// Tells how a table begins.
fn beginning(kind: Kind) -> String {
    let key = kind.key();
    let (path, contents) = if kind == Kind::Sources {
        (format!("{key}.json"), "[]".to_owned())
    } else {
        let columns: Vec<&str> = kind.stored().iter().map(|field| field.key).collect();
        (format!("{key}.csv"), columns.join(","))
    };
    format!(
        r#"make the file {path} with the line {contents} and add {{"name": "{key}", "path": "{path}"}} to the resources"#
    )
}

/// Returns the mistakes of a table: those that reading it tells, and what its own schema does not allow; and what is advised
/// of what its records say.
fn problems(kind: Kind, casebook: &Loader, file: &File) -> Result<(Vec<Problem>, Vec<Problem>)> {
    let read = casebook.collection(kind);
    let mut problems = read.err().map_or_else(Vec::new, |error| error.problems);
    let mut advice = Vec::new();
    let findings = check(casebook.origins())?.findings.into_vec().into_iter();
    for finding in findings.filter(|finding| finding.problem.place.path == file.path) {
        let is_known = |known: &Problem| known.place == finding.problem.place;
        if is_advised(finding.rule) {
            advice.push(finding.problem);
        } else if is_of_schema(finding.rule) && !problems.iter().any(is_known) {
            problems.push(finding.problem);
        }
    }
    Ok((problems, advice))
}

/// Says whether a rule is advice on what a record says. That nobody cites a new source yet is no news.
fn is_advised(rule: Rule) -> bool {
    matches!(rule, Rule::Duplicate | Rule::Scale | Rule::Unseen)
}

/// Says whether a rule is one of what a record says; how the file is written is the business of others.
fn is_of_schema(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::Constraint | Rule::Unique | Rule::PrimaryKey | Rule::ForeignKey | Rule::Rank
    )
}

/// Puts the record into the text of the file.
fn edit(args: &AddArgs, said: &Said, file: &File) -> Result<Edited> {
    if args.kind == Kind::Sources {
        return Ok(with_item(file, &source::object(said))?);
    }
    let cells = columns::cells(args.kind, said, file);
    let cells: Vec<(Type, &str)> = cells.iter().map(|(kind, cell)| (*kind, &**cell)).collect();
    with_row(file, &cells).ok_or_else(|| {
        let message = "a double quote opens a cell and is never closed";
        let problem = Problem::new(file.place(), message);
        LoadError::from(problem.hint(Some("close it before something is added"))).into()
    })
}

/// Makes a table of the record and its place.
fn shown<'a>(kind: Kind, said: &Said, place: &Place) -> Table<'a> {
    let mut columns = vec![Column::new("place", "Stands in", Type::Text)];
    let mut row: Row<'a> = vec![Value::text(place.to_string()).into()];
    for (field, text) in &said.fields {
        columns.push(Column::new(field.key, field.label, field.kind));
        row.push(value(field, text).into());
    }
    for (name, text) in &said.extras {
        columns.push(Column::new(name.clone(), name.clone(), Type::Text));
        row.push(Value::text(text.clone()).into());
    }
    Table::new(singular(kind), columns, [row])
}

/// Returns what a field says, as tables of its kind show it.
fn value<'a>(field: &FieldInfo, text: &str) -> Value<'a> {
    let known = match field.kind {
        Type::Number => text
            .parse()
            .ok()
            .map(|number| Value::Number(number, Relation::Eq)),
        Type::Cites => text.parse::<Citations>().ok().map(|citations| {
            let citations = Value::cites(citations.iter());
            Value::text(citations.plain().into_owned())
        }),
        Type::List => Vec::from_text(&Text::Owned(text.into()))
            .ok()
            .map(Value::list),
        Type::Text | Type::Code(_) | Type::Date | Type::Truth => None,
    };
    known.unwrap_or_else(|| Value::text(text.to_owned()))
}
