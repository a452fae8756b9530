//! A broken casebook: which one it is made of, the edit, and what must be found.
//!
//! A case is a paragraph of a file of cases:
//!
//! ```text
//! ## its name
//! of types                      the folder of tests/check that is edited; without it, the example of `casecmp init`
//! in kpis.csv                   the file that is edited, and how: what stands there once is replaced
//! - ,41,
//! + ,forty,
//! error value kpis.csv:2:24     what is found: its level, rule and place, its message and its hint
//!   kpi `alpha-nps-2023`: column ...
//!   hint: ...
//! ```
//!
//! Instead of an edit a file is `gone FILE`, in UTF-16 `wide FILE`, or a link `link FILE` to one elsewhere. In edits `\n`, `\r`, `\t`, `\\` and `\xE9` stand for
//! bytes; without a line that begins with `-` the whole file is replaced.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use casecmp::package::example;
use serde_json::Value;

/// A broken casebook.
pub(crate) struct Case {
    /// What is wrong with it.
    pub(crate) name: String,
    /// The folder that it is made of.
    of: Option<String>,
    edit: Edit,
    /// What must be found, as it is written in the file of cases.
    pub(crate) wanted: String,
}

/// What is done to a casebook.
#[derive(Default)]
enum Edit {
    #[default]
    Nothing,
    Replace {
        file: String,
        old: Option<Vec<u8>>,
        new: Vec<u8>,
    },
    Gone(String),
    Wide(String),
    Link(String),
}

/// Reads a file of cases.
pub(crate) fn cases(text: &str) -> Vec<Case> {
    text.split("\n## ").skip(1).map(case).collect()
}

fn case(text: &str) -> Case {
    let (name, rest) = text.split_once('\n').unwrap_or((text, ""));
    let mut case = Case {
        name: name.into(),
        of: None,
        edit: Edit::Nothing,
        wanted: String::new(),
    };
    for line in rest.lines().filter(|line| !line.is_empty()) {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match (word, &mut case.edit) {
            ("of", _) => case.of = Some(rest.into()),
            ("gone", edit) => *edit = Edit::Gone(rest.into()),
            ("wide", edit) => *edit = Edit::Wide(rest.into()),
            ("link", edit) => *edit = Edit::Link(rest.into()),
            ("in", edit) => {
                *edit = Edit::Replace {
                    file: rest.into(),
                    old: None,
                    new: Vec::new(),
                }
            }
            ("-", Edit::Replace { old, .. }) => *old = Some(bytes(rest)),
            ("+", Edit::Replace { new, .. }) => *new = bytes(rest),
            _ => {
                case.wanted.push_str(line);
                case.wanted.push('\n');
            }
        }
    }
    case
}

/// Reads the bytes that a line of an edit stands for.
fn bytes(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text);
    while let Some((before, after)) = rest.split_once('\\') {
        bytes.extend(before.bytes());
        let sign = after.chars().next().unwrap();
        let mut length = 1;
        bytes.push(match sign {
            'n' => b'\n',
            'r' => b'\r',
            't' => b'\t',
            '\\' => b'\\',
            'x' => {
                length = 3;
                u8::from_str_radix(&after[1..3], 16).unwrap()
            }
            other => panic!("`\\{other}` in {text}"),
        });
        rest = &after[length..];
    }
    bytes.extend(rest.bytes());
    bytes
}

impl Case {
    /// Makes the casebook in a folder.
    pub(crate) fn make(&self, folder: &Path) {
        match &self.of {
            None => write_example(folder),
            Some(of) => copy(&Path::new("tests").join(of), folder),
        }
        match &self.edit {
            Edit::Nothing => {}
            Edit::Replace { file, old, new } => {
                let path = folder.join(file);
                let text = fs::read(&path).unwrap_or_default();
                let edited = match old {
                    Some(old) => replaced(&text, old, new, &self.name),
                    None => new.clone(),
                };
                fs::write(path, edited).unwrap();
            }
            Edit::Gone(file) => fs::remove_file(folder.join(file)).unwrap(),
            Edit::Wide(file) => {
                let text = fs::read_to_string(folder.join(file)).unwrap();
                let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
                let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
                fs::write(folder.join(file), bytes).unwrap();
            }
            Edit::Link(file) => {
                let elsewhere = folder.with_extension("elsewhere");
                fs::rename(folder.join(file), &elsewhere).unwrap();
                #[cfg(unix)]
                std::os::unix::fs::symlink(elsewhere, folder.join(file)).unwrap();
            }
        }
    }

    /// Says whether it can be made on this system.
    pub(crate) fn is_possible(&self) -> bool {
        cfg!(unix) || !matches!(self.edit, Edit::Link(_))
    }
}

/// Replaces what stands in a text once.
fn replaced(text: &[u8], old: &[u8], new: &[u8], name: &str) -> Vec<u8> {
    let places: Vec<usize> = (0..text.len())
        .filter(|place| text[*place..].starts_with(old))
        .collect();
    let [place] = places.as_slice() else {
        panic!("{name}: what is replaced must stand there once: {places:?}")
    };
    [&text[..*place], new, &text[place + old.len()..]].concat()
}

/// Writes the example of `casecmp init`.
pub(crate) fn write_example(folder: &Path) {
    fs::create_dir_all(folder.join("schemas")).unwrap();
    for (name, text) in example() {
        fs::write(folder.join(name), text.as_bytes()).unwrap();
    }
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            fs::create_dir_all(&to).unwrap();
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Writes what was found as a file of cases has it.
pub(crate) fn told(found: &[Value], folder: &Path) -> String {
    let folder = format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR);
    let mut told = String::new();
    for finding in found {
        let text = |key: &str| finding[key].as_str().unwrap_or_default();
        let mut place = text("file").replace(&folder, "");
        for key in ["line", "column"] {
            if let Some(number) = finding[key].as_u64() {
                place = format!("{place}:{number}");
            }
        }
        let message = text("message").replace(&folder, "");
        let (level, rule) = (text("level"), text("rule"));
        writeln!(told, "{level} {rule} {place}\n  {message}").unwrap();
        if !text("hint").is_empty() {
            writeln!(told, "  hint: {}", text("hint")).unwrap();
        }
    }
    told
}
