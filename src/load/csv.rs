//! Reads the records of a CSV file, field by field, and collects every mistake.

use crate::base::guard::unguard;
use crate::base::suggest::did_you_mean;
use crate::base::{Id, Located, Text, Type};
use crate::model::{Extras, Field, Record, Records};
use crate::package::{File, LoadError, Problem, Row};

use super::Read;
use super::big::is_of;

/// Bytes of a row of usual length, to guess the number of rows.
const USUAL_ROW: usize = 200;

/// The most columns of a table: those of a sheet.
const MOST_COLUMNS: usize = 16_384;

/// Reads the records of a file, without a look at those of the other companies.
pub(super) fn read<R: Record>(file: &File, others: &[Id]) -> Result<Read<R>, LoadError> {
    let mut rows = file.rows();
    let names = header(rows.next(), file)?;
    let mut warnings = Vec::new();
    let columns = columns::<R>(&names, file, &mut warnings)?;
    let extras = names.iter().zip(&columns);
    let extras = extras.filter(|(_, field)| field.is_none());
    let extras: Vec<&'static str> = extras.map(|(name, _)| *name).collect();
    let numbers = columns.iter().map(|column| column.is_some_and(is_number));
    let commas = file.decimal_commas(&numbers.collect::<Vec<bool>>());

    let mut problems = Vec::new();
    let mut records = Vec::with_capacity(file.text.len() / USUAL_ROW);
    let mut kept = Vec::new();
    let company = names.iter().position(|name| *name == "company");
    // A company that does not exist is nobody else: its rows are read, and complained about.
    let is_of_others = |row: &Row<'_>| {
        let cell = company.and_then(|company| row.cells.get(company));
        cell.is_some_and(|cell| is_of(others, cell))
    };
    for row in rows.filter(|row| !is_of_others(row) && !row.is_blank()) {
        match record(&row, &columns, &commas, file) {
            Ok(located) => records.push(located),
            Err(found) => {
                problems.extend(found);
                continue;
            }
        }
        if !extras.is_empty() {
            let cells = row.cells.iter().zip(&columns);
            let cells = cells.filter(|(_, column)| column.is_none());
            kept.push(cells.map(|(cell, _)| bare(cell)).collect());
        }
    }
    Ok(Read {
        records: Records::new(&*file.path, records).with(Extras::new(extras, kept)),
        problems,
        warnings,
    })
}

/// Returns the names of the columns, without the empty ones that spreadsheets leave behind the last.
///
/// # Errors
/// None at all; more than a table may have; one without a name before the last.
pub(super) fn header(
    row: Option<Row<'static>>,
    file: &File,
) -> Result<Vec<&'static str>, LoadError> {
    let Some(row) = row else {
        return Err(Problem::new(file.place(), "is empty: the header is missing").into());
    };
    if row.cells.len() > MOST_COLUMNS {
        let message = format!(
            "has {} columns, more than the {MOST_COLUMNS} that a table may have",
            row.cells.len()
        );
        return Err(Problem::new(file.place().line(row.line), message).into());
    }
    let last = row
        .cells
        .iter()
        .rposition(|name| !name.trim_ascii().is_empty());
    let width = last.map_or(0, |last| last + 1);
    let names = row.cells.into_iter().take(width).map(|name| match name {
        Text::Borrowed(name) => name.trim_ascii(),
        Text::Owned(name) => &*name.trim_ascii().to_owned().leak(),
    });
    Ok(names.collect())
}

/// Finds the field of each column; `None` for a column that no field of the kind has.
fn columns<R: Record>(
    names: &[&'static str],
    file: &File,
    warnings: &mut Vec<String>,
) -> Result<Vec<Option<&'static Field<R>>>, LoadError> {
    let place = || file.place().line(1);
    let mut problems = Vec::new();
    for field in R::FIELDS.iter().filter(|field| field.set.is_some()) {
        let key = field.info.key;
        let times = names.iter().filter(|name| **name == key).count();
        if times > 1 {
            let message = format!("column `{key}` stands {times} times in the header");
            problems.push(Problem::new(place(), message));
        }
        if times == 0 && field.info.is_required {
            let message = format!("column `{key}` is missing in the header");
            let near = did_you_mean(key, names.iter().copied());
            let hint = near.map(|near| format!("rename it: {near}"));
            problems.push(Problem::new(place(), message).hint(hint));
        }
    }
    LoadError::unless_none(problems)?;
    let field_of = |name: &&str| R::FIELDS.iter().find(|field| field.info.key == *name);
    let columns: Vec<Option<&Field<R>>> = names.iter().map(field_of).collect();
    // A name that is nearly that of a field which is not there is likely meant to be it.
    let missing = R::FIELDS.iter().filter(|field| field.set.is_some());
    let missing = missing
        .map(|field| field.info.key)
        .filter(|key| !names.contains(key));
    let missing: Vec<&str> = missing.collect();
    for (name, _) in names
        .iter()
        .zip(&columns)
        .filter(|(_, field)| field.is_none())
    {
        if let Some(near) = did_you_mean(name, missing.iter().copied()) {
            warnings.push(format!(
                "{}: column `{name}` is not known and kept as it is: {near}",
                place()
            ));
        }
    }
    Ok(columns)
}

fn is_number<R: Record>(field: &Field<R>) -> bool {
    field.info.kind == Type::Number
}

/// Makes a record of a row, or returns every mistake in it. `commas` tells the columns that have decimal commas.
fn record<R: Record>(
    row: &Row<'static>,
    columns: &[Option<&'static Field<R>>],
    commas: &[bool],
    file: &File,
) -> Result<Located<R>, Vec<Problem>> {
    if row.is_open {
        let message = "a double quote opens a cell and is never closed";
        let hint = "close it, or double it where it is part of the text";
        let place = file.cell_place(row, row.cells.len().saturating_sub(1));
        return Err(vec![Problem::new(place, message).hint(Some(hint))]);
    }
    if row.width(columns.len()) != columns.len() {
        let (cells, wanted) = (row.cells.len(), columns.len());
        let message = format!("has {cells} cells, the header has {wanted}");
        let hint = "put double quotes round a cell that contains a comma, and close every quote";
        let place = file.cell_place(row, wanted);
        return Err(vec![Problem::new(place, message).hint(Some(hint))]);
    }
    let mut record = R::default();
    let mut problems = Vec::new();
    for (index, (cell, column)) in row.cells.iter().zip(columns).enumerate() {
        let Some(field) = column else { continue };
        let Some(set) = field.set else { continue };
        let key = field.info.key;
        if commas.get(index).is_some_and(|has_commas| *has_commas)
            && let Some(doubtful) = file.doubtful(row, index, key)
        {
            problems.push(doubtful);
            continue;
        }
        let cell = &file.number(bare(cell), is_number(field));
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
            problems.push(Problem::new(file.cell_place(row, index), message).hint(hint));
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
        id => problem.record(R::KIND.label(), id),
    };
    Err(problems.into_iter().map(named).collect())
}

/// Returns the text of a cell without blanks around it and without the guard against formulas.
pub(super) fn bare(cell: &Text) -> Text {
    match cell {
        Text::Borrowed(text) => Text::Borrowed(unguard(text.trim_ascii())),
        Text::Owned(text) => Text::Owned(unguard(text.trim_ascii()).into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Value;
    use crate::model::{Collection as _, Event, Kpi};

    fn complaints<R: Record>(text: &'static str) -> Vec<String> {
        match read::<R>(&File::new("x.csv", text), &[]).and_then(Read::into_records) {
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
        let read = read::<Event>(&File::new("x.csv", text), &others).unwrap();
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
        let file = File::new("x.csv", "id,company,event,dat,category,title,cite\n");
        let error = read::<Event>(&file, &[]);
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
    fn a_column_of_no_field_is_kept_and_a_computed_one_is_not() {
        let text = "id,company,event,date,date_start,category,title,cite,mood,not\n\
                    a,x,ipo,1997,1997-01-01,finance,Listed,'@s,good,\n";
        let loaded = read::<Event>(&File::new("x.csv", text), &[]).unwrap();
        assert_eq!(
            loaded.warnings,
            ["x.csv:1: column `not` is not known and kept as it is: did you mean `note`?"]
        );
        let event = loaded.records.iter().next().unwrap();
        assert_eq!(event.date.as_str(), "1997");
        assert_eq!(event.cite.iter().count(), 1, "the guard is taken off");
        let fields = loaded.records.fields();
        let mut values = loaded.records.values(0).into_iter().zip(&fields);
        let mood = values.rfind(|(_, field)| field.key == "mood").unwrap().0;
        assert_eq!(mood, Value::text("good"));
    }

    /// Returns the values of a table whose cells are separated by semicolons, and the complaints about them.
    fn values_between_semicolons(text: &'static str) -> (Vec<String>, Vec<Problem>) {
        let mut file = File::new("x.csv", text);
        file.delimiter = b';';
        let read = read::<Kpi>(&file, &[]).unwrap();
        let values = read.records.iter().map(|kpi| kpi.value.to_string());
        (values.collect(), read.problems)
    }

    #[test]
    fn a_file_is_read_as_a_spreadsheet_saves_it() {
        let text = "id;company;metric;relation;value;rank;cite;;\r\n\
                    a;x;nps;eq;62,5;normal;@s;;\r\n\
                    ;;;;;;;;\r\n\
                    b;x;nps;eq;1,5;normal;@s\r\n";
        let (values, problems) = values_between_semicolons(text);
        assert_eq!(problems, []);
        assert_eq!(values, ["62.5", "1.5"]);
        let points = "id;company;metric;relation;value;interval_low;rank;cite\n\
                      a;x;nps;eq;62.5;1,5;normal;@s\n\
                      b;x;nps;eq;1.500;;normal;@s\n";
        let (values, problems) = values_between_semicolons(points);
        assert_eq!(problems, []);
        assert_eq!(values, ["62.5", "1.500"], "no comma in this column");
    }

    #[test]
    fn a_point_among_decimal_commas_is_not_guessed() {
        let text = "id;company;metric;relation;value;rank;cite\n\
                    a;x;nps;eq;8.000;normal;@s\n\
                    b;x;nps;eq;3,3;normal;@s\n";
        let (values, problems) = values_between_semicolons(text);
        assert_eq!(values, ["3.3"]);
        let [problem] = problems.as_slice() else {
            panic!("one")
        };
        assert_eq!(
            problem.to_string(),
            "x.csv:2:12: kpi `a`: column `value` has decimal commas: is `8.000` a number with decimals, or 8000?"
        );
        assert_eq!(
            problem.hint.as_deref(),
            Some("write `8,000` for the one, or `8000` for the other")
        );
    }
}
