//! `casecmp init`: a folder to keep a casebook of one's own in.

use std::borrow::Cow;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

use anyhow::Result;
use clap::Args;

use crate::base::{Complaint, Type, Value};
use crate::model::Kind;
use crate::package::{Content, FILES, Origin, example};
use crate::report::{Change, Column, Folder, Report, Table};

pub(super) const EXAMPLES: &str = "\
Makes a small casebook of two invented companies that answers every command; replace its rows by yours. Its README.md says how. \
Nothing is overwritten: DIR must not exist, or be empty.

Examples:
  casecmp init my-cases
  casecmp --data my-cases timeline
  casecmp init copy --from builtin";

/// Where, and what with.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// The folder to make.
    #[arg(value_name = "DIR", help = "The folder to make")]
    folder: PathBuf,
    /// What it begins with.
    #[arg(
        long,
        value_name = "CASEBOOK",
        help = "What it begins with: builtin, a copy of the casebook inside the program [default: a small example]"
    )]
    from: Option<PathBuf>,
}

/// Reports the folder to make, its files, and what to do next.
pub(super) fn run<'a>(args: &InitArgs) -> Result<Report<'a>> {
    check_name(&args.folder)?;
    let files = files(args.from.as_deref())?;
    let mut report = Report::of(contents(&files));
    report.notes = next(args);
    report.change = Some(Change::Make(Folder {
        path: args.folder.clone(),
        files,
    }));
    Ok(report)
}

/// Returns the files of the casebook asked for.
fn files(from: Option<&Path>) -> Result<Vec<Content>, Complaint> {
    let Some(from) = from else {
        return Ok(example());
    };
    match Origin::named(from) {
        Origin::Builtin => {
            let copied = FILES.iter();
            let copied = copied.map(|(name, text)| (*name, Cow::Borrowed(*text)));
            Ok(copied.collect())
        }
        Origin::Folder(_) | Origin::Zip(_) | Origin::Overlay(_) => {
            let hint = "builtin is the one inside the program; without --from it is an example";
            Err(Complaint::new(format!("unknown casebook `{}`", from.display())).hint(hint))
        }
    }
}

/// Makes sure that `--data` can name the folder.
fn check_name(folder: &Path) -> Result<(), Complaint> {
    match Origin::named(folder) {
        Origin::Folder(_) | Origin::Overlay(_) => Ok(()),
        Origin::Zip(_) => {
            let complaint = Complaint::new(format!("`{}` names a ZIP file", folder.display()));
            Err(complaint.hint("name a folder: casecmp init my-cases"))
        }
        Origin::Builtin => {
            let name = folder.display();
            let complaint =
                Complaint::new(format!("`{name}` names the casebook inside the program"));
            Err(complaint.hint("name another folder: casecmp init my-cases --from builtin"))
        }
    }
}

/// Lists the files, the schemas in one line.
fn contents<'a>(files: &[Content]) -> Table<'a> {
    let columns = vec![
        Column::new("file", "File", Type::Text),
        Column::new("holds", "Holds", Type::Text),
    ];
    let mut names: Vec<&str> = files.iter().map(|(name, _)| top(name)).collect();
    names.dedup();
    let rows = names.into_iter().map(|name| {
        let cells = [Value::text(name), Value::text(holds(name))];
        cells.map(Into::into).into()
    });
    Table::new("files", columns, rows)
}

/// Returns the name of a file, or that of the folder that it is in.
fn top(name: &'static str) -> &'static str {
    name.find('/')
        .and_then(|end| name.get(..=end))
        .unwrap_or(name)
}

/// Says what a file is for.
fn holds(name: &str) -> String {
    let (table, extension) = name.split_once('.').unwrap_or((name, ""));
    if let Ok(kind) = table.parse::<Kind>() {
        let place = if extension == "csv" {
            "a row"
        } else {
            "an item"
        };
        return format!("one {} {place}", kind.label());
    }
    let text = match name {
        "README.md" => "what to do next: open it first",
        "METHOD.md" => "how the casebook is kept",
        "FIELDS.md" => "every column of every table",
        "schemas/" => "what each table may hold, for programs that check it",
        _ => "which table is in which file: what makes the folder a casebook",
    };
    text.into()
}

/// Tells what to do next.
fn next(args: &InitArgs) -> Vec<String> {
    let mut notes = Vec::new();
    if args.from.is_none() {
        let readme = args.folder.join("README.md");
        notes.push(format!("what to do next stands in {}", readme.display()));
    }
    let folder = typed(&args.folder);
    notes.push(format!("try: casecmp --data {folder} timeline"));
    notes
}

/// Returns a path as it is typed in a shell.
pub(super) fn typed(path: &Path) -> String {
    let path = path.display().to_string();
    let is_plain = |c: char| c.is_alphanumeric() || c == MAIN_SEPARATOR || "/.:_-".contains(c);
    if path.chars().all(is_plain) {
        return path;
    }
    format!("'{}'", path.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_shown_as_a_shell_takes_it() {
        for (path, shown) in [
            ("my-cases", "my-cases"),
            ("/tmp/caf\u{e9}/x_1.y", "/tmp/caf\u{e9}/x_1.y"),
            ("my cases", "'my cases'"),
            ("it's", r"'it'\''s'"),
            ("a$b", "'a$b'"),
        ] {
            assert_eq!(typed(Path::new(path)), shown);
        }
    }
}
