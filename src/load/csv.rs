//! Reads the records of a CSV file, field by field, and collects every mistake.

use csv::{ReaderBuilder, StringRecord};

use crate::base::guard::unguard;
use crate::base::suggest::did_you_mean;
use crate::base::{Id, Located, Place};
use crate::model::{Field, Record, Records};

use super::problem::{LoadError, Problem};
use super::Read;

pub(super) fn read<R: Record>(text: &str, path: &str) -> Result<Read<R>, LoadError> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| whole(path, &error))?.clone();
    let mut warnings = Vec::new();
    let columns = columns::<R>(&header, path, &mut warnings)?;

    let mut problems = Vec::new();
    let mut rows = Vec::new();
    let mut row = StringRecord::new();
    while reader.read_record(&mut row).map_err(|error| whole(path, &error))? {
        let file = File { text, path };
        match record(&row, &header, &columns, &file) {
            Ok(located) => rows.push(located),
            Err(found) => problems.extend(found),
        }
    }
    LoadError::unless_none(problems)?;
    Ok(Read {
        records: Records::new(path, rows),
        warnings,
    })
}

struct File<'a> {
    text: &'a str,
    path: &'a str,
}

/// Finds the field of each column; `None` for a column that is left out.
fn columns<R: Record>(
    header: &StringRecord,
    path: &str,
    warnings: &mut Vec<String>,
) -> Result<Vec<Option<&'static Field<R>>>, LoadError> {
    let place = Place::file(path).line(1);
    let mut problems = Vec::new();
    for field in R::FIELDS.iter().filter(|field| field.set.is_some()) {
        let key = field.info.key;
        let times = header.iter().filter(|name| name.trim() == key).count();
        if times > 1 {
            let message = format!("column `{key}` stands {times} times in the header");
            problems.push(Problem::new(place.clone(), message));
        }
        if times == 0 && field.info.is_required {
            let message = format!("column `{key}` is missing in the header");
            let hint = did_you_mean(key, header.iter()).map(|hint| format!("rename it: {hint}"));
            problems.push(Problem::new(place.clone(), message).hint(hint));
        }
    }
    LoadError::unless_none(problems)?;
    let columns = header.iter().map(|name| {
        let name = name.trim();
        let field = R::FIELDS.iter().find(|field| field.info.key == name);
        if field.is_none() {
            warnings.push(format!("{place}: column `{name}` is not known and is left out"));
        }
        field
    });
    Ok(columns.collect())
}

/// Makes a record of a row, or returns every mistake in it.
fn record<R: Record>(
    row: &StringRecord,
    header: &StringRecord,
    columns: &[Option<&'static Field<R>>],
    file: &File<'_>,
) -> Result<Located<R>, Vec<Problem>> {
    let (start, line) = start(row, file.text);
    if row.len() != columns.len() {
        let message = format!("has {} cells, the header has {}", row.len(), columns.len());
        let hint = "put double quotes round a cell that contains a comma";
        let place = Place::file(file.path).line(line);
        return Err(vec![Problem::new(place, message).hint(Some(hint))]);
    }
    let mut record = R::default();
    let mut problems = Vec::new();
    for (index, (cell, column)) in row.iter().zip(columns).enumerate() {
        let Some(field) = column else { continue };
        let Some(set) = field.set else { continue };
        let cell = unguard(cell.trim());
        let wrong = if cell.is_empty() {
            let message = format!("column `{}` must not be empty", field.info.key);
            field.info.is_required.then_some((message, None))
        } else {
            set(&mut record, cell).err().map(|invalid| {
                let (key, wanted) = (field.info.key, invalid.wanted);
                let message = format!("column `{key}` must be {wanted}, found `{cell}`");
                (message, invalid.hint)
            })
        };
        if let Some((message, hint)) = wrong {
            let place = cell_place(file, start, line, index);
            problems.push(Problem::new(place, message).hint(hint));
        }
    }
    if problems.is_empty() {
        return Ok(Located { line, value: record });
    }
    let id = header.iter().position(|name| name.trim() == "id");
    let id = id.and_then(|index| row.get(index)?.trim().parse::<Id>().ok());
    let named = |problem: Problem| match &id {
        Some(id) => problem.record(R::KIND, id),
        None => problem,
    };
    Err(problems.into_iter().map(named).collect())
}

/// Returns the byte and the line where a row begins, past the blank lines that the reader skips.
fn start(row: &StringRecord, text: &str) -> (usize, u64) {
    let Some(position) = row.position() else {
        return (0, 1);
    };
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.get(start..).unwrap_or_default();
    let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
    let skipped = rest.get(..blank).unwrap_or_default().matches('\n').count();
    (start + blank, position.line() + skipped as u64)
}

/// Returns where the cell of that index stands, counting quotes as the reader does.
fn cell_place(file: &File<'_>, start: usize, line: u64, index: usize) -> Place {
    let (mut line, mut column, mut cells) = (line, 1, 0);
    let mut is_quoted = false;
    for c in file.text.get(start..).unwrap_or_default().chars() {
        if cells == index {
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

/// Makes a mistake of an error that stops the reading.
fn whole(path: &str, error: &csv::Error) -> LoadError {
    let place = Place::file(path);
    let place = match error.position() {
        Some(position) => place.line(position.line()),
        None => place,
    };
    Problem::new(place, format!("cannot be read as CSV: {error}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, Kpi};

    fn complaints<R: Record>(text: &str) -> Vec<String> {
        match read::<R>(text, "x.csv") {
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
                "x.csv:6: has 4 cells, the header has 7",
            ]
        );
    }

    #[test]
    fn a_missing_column_is_told_with_the_nearest_one() {
        let error = read::<Event>("id,company,event,dat,category,title,cite\n", "x.csv");
        let problems = error.err().unwrap().problems;
        let [problem] = problems.as_slice() else { panic!("one") };
        assert_eq!(problem.to_string(), "x.csv:1: column `date` is missing in the header");
        assert_eq!(problem.hint.as_deref(), Some("rename it: did you mean `dat`?"));
    }

    #[test]
    fn an_unknown_column_is_left_out_aloud_and_a_computed_one_in_silence() {
        let text = "id,company,event,date,date_start,category,title,cite,mood\n\
                    a,x,ipo,1997,1997-01-01,finance,Listed,'@s,good\n";
        let read = read::<Event>(text, "x.csv").ok().unwrap();
        assert_eq!(read.warnings, ["x.csv:1: column `mood` is not known and is left out"]);
        let event = read.records.iter().next().unwrap();
        assert_eq!(event.date.as_str(), "1997");
        assert_eq!(event.cite.as_slice().len(), 1, "the guard is taken off");
    }
}
