//! What must be so before an answer is written.

use std::path::{Path, PathBuf};

use crate::base::Complaint;
use crate::commands::Command;
use crate::output;
use crate::package::{Descriptor, Origin};
use crate::render::Format;
use crate::report::Report;

/// Makes sure that the output is none of the files that are read, or of the casebooks.
pub(super) fn check_inputs(
    output: &Path,
    command: &Command,
    origins: &[Origin],
) -> Result<(), Complaint> {
    let named: Vec<Origin> = command.casebooks().into_iter().map(Origin::named).collect();
    let inputs = command.inputs().into_iter().map(PathBuf::from);
    let own = origins.iter().chain(&named).flat_map(Descriptor::files);
    let place = output::whole(output);
    match inputs
        .chain(own)
        .find(|input| output::whole(input) == place)
    {
        None => Ok(()),
        Some(input) => Err(Complaint::new(format!(
            "`{}` is read, and cannot be the output too",
            input.display()
        ))
        .hint("name another file: -o answer.csv")),
    }
}

/// Makes sure that the answer can be written in a format, which is named or follows from the output.
pub(super) fn check_columns(
    report: &Report<'_>,
    format: Format,
    is_named: bool,
) -> Result<(), Complaint> {
    if report.text.is_some() && format != Format::Table {
        let option = if is_named { "-f" } else { "-o" };
        let hint = format!("leave {option} out, and write it to a file with > FILE");
        return Err(Complaint::new("this answer is a text and has one format").hint(hint));
    }
    let (holds, hint) = match format {
        Format::Bibtex | Format::CslJson => {
            ("holds sources", "casecmp sources -f bibtex, or -f csl-json")
        }
        Format::Mermaid => (
            "draws dated events of companies",
            "casecmp timeline netflix -f mermaid",
        ),
        Format::Chart if report.charts.is_empty() => {
            let hint = "casecmp timeline amazon netflix -f chart, or \
                        casecmp compare --metric nps -f chart";
            return Err(Complaint::new("nothing in this answer can be drawn").hint(hint));
        }
        Format::Sarif if report.diagnoses.is_none() => {
            let complaint = Complaint::new("this format tells mistakes of a casebook");
            return Err(complaint.hint("casecmp check -f sarif"));
        }
        Format::Sarif
        | Format::Chart
        | Format::Table
        | Format::Markdown
        | Format::Csv
        | Format::Tsv
        | Format::Json
        | Format::Ndjson => return Ok(()),
    };
    let mut tables = report.tables.iter();
    let table = tables.find(|table| table.audience.is_served(false, true));
    let missing = format
        .needs()
        .iter()
        .find(|key| table.is_none_or(|table| table.position(key).is_none()));
    match missing {
        None => Ok(()),
        Some(key) => Err(Complaint::new(format!(
            "this format {holds}, and the answer has no column `{key}`"
        ))
        .hint(hint)),
    }
}
