//! Reads the records of a CSV file, field by field, and collects every mistake.

use crate::base::guard::unguard;
use crate::base::suggest::did_you_mean;
use crate::base::{Id, Located, Place, Text};
use crate::model::{Field, Record, Records};

use super::problem::{LoadError, Problem};
use super::rows::{Row, Rows};
use super::{File, Read};

/// Bytes of a row of usual length, to guess the number of rows.
const USUAL_ROW: usize = 200;

/// Reads the records of a file, without a look at those of the other companies.
pub(super) fn read<R: Record>(
    text: &'static str,
    path: &str,
    others: &[Id],
) -> Result<Read<R>, LoadError> {
    let mut rows = Rows::of(text);
    let names: Vec<String> = match rows.next() {
        Some(header) => header.cells.iter().map(|cell| cell.trim().into()).collect(),
        None => {
            return Err(Problem::new(Place::file(path), "is empty: the header is missing").into());
        }
    };
    if let [line] = names.as_slice()
        && line.contains([';', '\t'])
    {
        let problem = Problem::new(
            Place::file(path).line(1),
            "the cells must be separated by commas",
        );
        return Err(problem
            .hint(Some("save the file as CSV with commas"))
            .into());
    }
    let mut warnings = Vec::new();
    let columns = columns::<R>(&names, path, &mut warnings)?;

    let file = File { text, path };
    let mut problems = Vec::new();
    let mut records = Vec::with_capacity(text.len() / USUAL_ROW);
    let company = names.iter().position(|name| name == "company");
    // A company that does not exist is nobody else: its rows are read, and complained about.
    let is_of_others = |row: &Row<'_>| {
        let cell = company.and_then(|company| row.cells.get(company));
        cell.is_some_and(|cell| {
            others
                .iter()
                .any(|other| other.as_str() == unguard(cell.trim_ascii()))
        })
    };
    for row in rows.filter(|row| !is_of_others(row)) {
        match record(&row, &columns, &file) {
            Ok(located) => records.push(located),
            Err(found) => problems.extend(found),
        }
    }
    Ok(Read {
        records: Records::new(path, records),
        problems,
        warnings,
    })
}

/// Finds the field of each column; `None` for a column that is left out.
fn columns<R: Record>(
    names: &[String],
    path: &str,
    warnings: &mut Vec<String>,
) -> Result<Vec<Option<&'static Field<R>>>, LoadError> {
    let place = || Place::file(path).line(1);
    let mut problems = Vec::new();
    for field in R::FIELDS.iter().filter(|field| field.set.is_some()) {
        let key = field.info.key;
        let times = names.iter().filter(|name| *name == key).count();
        if times > 1 {
            let message = format!("column `{key}` stands {times} times in the header");
            problems.push(Problem::new(place(), message));
        }
        if times == 0 && field.info.is_required {
            let message = format!("column `{key}` is missing in the header");
            let near = did_you_mean(key, names.iter().map(String::as_str));
            let hint = near.map(|near| format!("rename it: {near}"));
            problems.push(Problem::new(place(), message).hint(hint));
        }
    }
    LoadError::unless_none(problems)?;
    let columns = names.iter().map(|name| {
        let field = R::FIELDS.iter().find(|field| field.info.key == name);
        if field.is_none() {
            warnings.push(format!(
                "{}: column `{name}` is not known and is left out",
                place()
            ));
        }
        field
    });
    Ok(columns.collect())
}

/// Makes a record of a row, or returns every mistake in it.
fn record<R: Record>(
    row: &Row<'static>,
    columns: &[Option<&'static Field<R>>],
    file: &File<'_>,
) -> Result<Located<R>, Vec<Problem>> {
    if row.is_open {
        let message = "a double quote opens a cell and is never closed";
        let hint = "close it, or double it where it is part of the text";
        let place = cell_place(file, row, row.cells.len().saturating_sub(1));
        return Err(vec![Problem::new(place, message).hint(Some(hint))]);
    }
    if row.cells.len() != columns.len() {
        let (cells, wanted) = (row.cells.len(), columns.len());
        let message = format!("has {cells} cells, the header has {wanted}");
        let hint = "put double quotes round a cell that contains a comma, and close every quote";
        let place = cell_place(file, row, wanted);
        return Err(vec![Problem::new(place, message).hint(Some(hint))]);
    }
    let mut record = R::default();
    let mut problems = Vec::new();
    for (index, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
        let Some(field) = column else { continue };
        let Some(set) = field.set else { continue };
        let cell = &bare(cell);
        let key = field.info.key;
        let wrong = if cell.is_empty() {
            let message = format!("column `{key}` must not be empty");
            field.info.is_required.then_some((message, None))
        } else {
            set(&mut record, cell).err().map(|invalid| {
                let wanted = invalid.wanted;
                (
                    format!("column `{key}` must be {wanted}, found `{cell}`"),
                    invalid.hint,
                )
            })
        };
        if let Some((message, hint)) = wrong {
            problems.push(Problem::new(cell_place(file, row, index), message).hint(hint));
        }
    }
    if problems.is_empty() {
        return Ok(Located {
            line: row.line,
            value: record,
        });
    }
    let named = |problem: Problem| match record.id() {
        id if id.as_str().is_empty() => problem,
        id => problem.record(R::KIND, id),
    };
    Err(problems.into_iter().map(named).collect())
}

/// Returns the text of a cell without blanks around it and without the guard against formulas.
fn bare(cell: &Text) -> Text {
    match cell {
        Text::Borrowed(text) => Text::Borrowed(unguard(text.trim_ascii())),
        Text::Owned(text) => Text::Owned(unguard(text.trim_ascii()).into()),
    }
}

/// Returns where the cell of that index stands, or where the row ends before it.
fn cell_place(file: &File<'_>, row: &Row<'_>, index: usize) -> Place {
    let (mut line, mut column, mut cells) = (row.line, 1, 0);
    let mut is_quoted = false;
    for c in file.text.get(row.start..).unwrap_or_default().chars() {
        if cells == index || (!is_quoted && matches!(c, '\r' | '\n')) {
            break;
        }
        column += 1;
        match c {
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => cells += 1,
            '\n' => (line, column) = (line + 1, 1),
            _ => {}
        }
    }
    Place::file(file.path).line(line).column(column)
}

/// Returns where a field of the record on that line stands; the line, where the file is no CSV.
pub(super) fn place_of(file: &File<'_>, line: u64, key: &str) -> Place {
    let mut rows = Rows::of(file.text);
    let header = rows.next();
    let index = header.and_then(|header| header.cells.iter().position(|name| name.trim() == key));
    match (rows.find(|row| row.line == line), index) {
        (Some(row), Some(index)) => cell_place(file, &row, index),
        _ => Place::file(file.path).line(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Kpi};

    fn complaints<R: Record>(text: &'static str) -> Vec<String> {
        match read::<R>(text, "x.csv", &[]).and_then(Read::into_records) {
            Ok(_) => Vec::new(),
            Err(error) => error.problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn every_mistake_is_told_with_its_place() {
        let text = "id,company,metric,value,period,rank,cite\n\
                    a,x,nps,64 (est.),May 2023,prefered,\"@s, T1\"\n\
                    \n\
                    b,\"x\n\",nps,,2023,,s\n\
                    c,x,nps,1\n";
        assert_eq!(
            complaints::<Kpi>(text),
            [
                "x.csv:2:9: kpi `a`: column `value` must be a number, found `64 (est.)`",
                "x.csv:2:19: kpi `a`: column `period` must be a date, found `May 2023`",
                "x.csv:2:28: kpi `a`: column `rank` must be one of `preferred` `normal` `deprecated`, \
                 found `prefered`",
                "x.csv:5:7: kpi `b`: column `value` must not be empty",
                "x.csv:5:14: kpi `b`: column `cite` must be citations, found `s`",
                "x.csv:6:10: has 4 cells, the header has 7",
            ]
        );
    }

    #[test]
    fn the_rows_of_other_companies_are_not_looked_at() {
        let text = "id,company,event,date,category,title,cite\n\
                    a,x,ipo,soon,finance,Listed,@s\n\
                    b,y,ipo,1997,finance,Listed,@s\n";
        let others = ["x".parse().unwrap()];
        let read = read::<Event>(text, "x.csv", &others).unwrap();
        let ids: Vec<&str> = read.records.iter().map(|event| event.id.as_str()).collect();
        assert_eq!((ids, read.problems.len()), (vec!["b"], 0));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told_as_such() {
        let text = "id,company,attribute,value,cite\na,x,b,\"c,@s\nb,x,b,c,@s\n";
        assert_eq!(
            complaints::<crate::model::Profile>(text),
            ["x.csv:2:7: a double quote opens a cell and is never closed"]
        );
    }

    #[test]
    fn a_missing_column_is_told_with_the_nearest_one() {
        let error = read::<Event>("id,company,event,dat,category,title,cite\n", "x.csv", &[]);
        let problems = error.err().unwrap().problems;
        let [problem] = problems.as_slice() else {
            panic!("one")
        };
        assert_eq!(
            problem.to_string(),
            "x.csv:1: column `date` is missing in the header"
        );
        assert_eq!(
            problem.hint.as_deref(),
            Some("rename it: did you mean `dat`?")
        );
    }

    #[test]
    fn an_unknown_column_is_left_out_aloud_and_a_computed_one_in_silence() {
        let text = "id,company,event,date,date_start,category,title,cite,mood\n\
                    a,x,ipo,1997,1997-01-01,finance,Listed,'@s,good\n";
        let loaded = read::<Event>(text, "x.csv", &[]).unwrap();
        assert_eq!(
            loaded.warnings,
            ["x.csv:1: column `mood` is not known and is left out"]
        );
        let event = loaded.records.iter().next().unwrap();
        assert_eq!(event.date.as_str(), "1997");
        assert_eq!(event.cite.iter().count(), 1, "the guard is taken off");
    }
}
