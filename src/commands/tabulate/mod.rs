//! `casecmp tabulate`: any table of the casebook, cross-tabulated by two of its fields.

mod axis;

use std::borrow::Cow;
use std::collections::HashMap;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::base::count::counted;
use crate::base::{Complaint, Rank, Type, Value};
use crate::model::Kind;
use crate::query;
use crate::report::{Cell, Column, Report, Row, Table};

use super::Context;
use super::tables::{check_keys, named};
use axis::{Axis, Values, axis};

pub(super) const EXAMPLES: &str = "\
Examples:
  casecmp tabulate technologies --rows domain --columns company
  casecmp tabulate events --rows date:decade --columns company
  casecmp tabulate technologies --rows company --columns domain --cells mark -f csv -o truth.csv";

/// The fewest companies for which a truth table may be read as configurations of conditions.
const FEWEST_CASES: usize = 4;

/// Which table, by which fields.
#[derive(Debug, Args)]
pub struct TabulateArgs {
    /// The table to tabulate.
    #[arg(value_name = "TABLE", help = format!("One of {}; or a further table of the casebook", Kind::KEYS.join(", ")))]
    table: String,
    /// Field whose values become rows; FIELD:year or FIELD:decade for a date
    #[arg(long, value_name = "FIELD")]
    rows: String,
    /// Field whose values become columns; FIELD:year or FIELD:decade for a date
    #[arg(long, value_name = "FIELD")]
    columns: String,
    /// What stands in a cell
    #[arg(long, value_enum, value_name = "WHAT", default_value = "count")]
    cells: Cells,
    /// Keep records that meet a condition: 'FIELD OP VALUE' with = != < <= > >= or ~ (contains); repeat for several
    #[arg(long = "where", value_name = "COND")]
    conditions: Vec<String>,
}

/// What stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Cells {
    /// The number of records
    Count,
    /// 1 where there is a record, 0 where there is none
    Mark,
    /// The ids of the records
    List,
}

/// Counts, marks or lists the records of each pair of values.
pub(super) fn run<'a>(args: &TabulateArgs, context: &'a Context) -> Result<Report<'a>> {
    let table = query::filter(named(&args.table, context)?, &args.conditions)?;
    let (rows, columns) = (axis(&args.rows, &table)?, axis(&args.columns, &table)?);
    let name = table.name.clone();
    let id = table.position("id").unwrap_or_default();
    let rank = table.position("rank");
    let (mut spans, mut deprecated) = (0, 0);
    let mut of_rows = Values::default();
    let mut of_columns = Values::default();
    let mut ids: HashMap<(String, String), Vec<String>> = HashMap::new();
    for row in table.rows {
        let (left, right) = (
            rows.values(&row, &mut spans),
            columns.values(&row, &mut spans),
        );
        let rank = rank
            .and_then(|rank| row.get(rank))
            .map(|cell| cell.value.plain());
        deprecated += usize::from(rank.as_deref() == Some(Rank::Deprecated.key()));
        for (row_key, row_words) in &left {
            of_rows.note(row_key, row_words);
            for (column_key, column_words) in &right {
                of_columns.note(column_key, column_words);
                let record = row.get(id).map(|cell| cell.value.plain().into_owned());
                let pair = (row_key.clone(), column_key.clone());
                ids.entry(pair).or_default().extend(record);
            }
        }
    }
    of_rows.sort(&rows);
    of_columns.sort(&columns);
    let mut notes = Vec::new();
    if spans > 0 {
        notes.push(counted(
            spans,
            "date spans several of these times and stands under the first",
            "dates span several of these times and stand under the first",
        ));
    }
    if deprecated > 0 {
        let claims = counted(deprecated, "deprecated claim is", "deprecated claims are");
        notes.push(format!(
            "{claims} among them; --where 'rank != deprecated' leaves them out"
        ));
    }
    if args.cells != Cells::List {
        notes.push("0: no record in the casebook, which does not say that there is nothing".into());
    }
    notes.extend(too_few_cases(args.cells, &rows, &of_rows));
    notes.extend(too_few_cases(args.cells, &columns, &of_columns));
    let table = table_of(name, &rows, args.cells, &of_rows, &of_columns, &ids)?;
    Ok(Report {
        notes,
        ..Report::of(table)
    })
}

/// Says why a truth table of few companies may not be read as configurations.
fn too_few_cases(cells: Cells, axis: &Axis, values: &Values) -> Option<String> {
    let is_of_companies = axis.column.key == "company" && cells == Cells::Mark;
    (is_of_companies && values.all.len() < FEWEST_CASES).then(|| {
        let cases = counted(values.all.len(), "company", "companies");
        format!(
            "{cases}: too few to read the conditions as configurations, for almost every combination of them is empty \
             (qualitative comparative analysis wants {FEWEST_CASES} cases and more)"
        )
    })
}

/// Makes the table, with margins where the cells are counts.
fn table_of<'a>(
    name: Cow<'static, str>,
    axis: &Axis,
    cells: Cells,
    rows: &Values,
    columns: &Values,
    ids: &HashMap<(String, String), Vec<String>>,
) -> Result<Table<'a>, Complaint> {
    let has_margins = cells == Cells::Count;
    let type_of_cells = match cells {
        Cells::Count | Cells::Mark => Type::Number,
        Cells::List => Type::List,
    };
    let heading = Column::new(
        axis.column.key.clone(),
        axis.column.label.clone(),
        Type::Text,
    );
    let mut heads = vec![heading];
    for (key, words) in &columns.all {
        heads.push(Column::new(key.clone(), words.clone(), type_of_cells));
    }
    if has_margins {
        heads.push(Column::new("total", "Total", Type::Number));
    }
    check_keys(&heads)?;
    let count = |count: usize| Cell::from(Value::tally(count));
    let of = |row: &str, column: &str| -> &[String] {
        ids.get(&(row.to_owned(), column.to_owned()))
            .map_or(&[], Vec::as_slice)
    };
    let mut lines: Vec<Row<'a>> = Vec::new();
    for (row, words) in &rows.all {
        let mut line: Row<'a> = vec![Value::code(row.clone(), words.clone()).into()];
        let mut total = 0;
        for (column, _) in &columns.all {
            let records = of(row, column);
            total += records.len();
            line.push(match cells {
                Cells::Count => count(records.len()),
                Cells::Mark => count(usize::from(!records.is_empty())),
                Cells::List => {
                    Value::list(records.iter().map(|id| id.clone().into()).collect()).into()
                }
            });
        }
        if has_margins {
            line.push(count(total));
        }
        lines.push(line);
    }
    if has_margins && !lines.is_empty() {
        let mut line: Row<'a> = vec![Value::code("total", "Total").into()];
        let mut all = 0;
        for (column, _) in &columns.all {
            let of_column = rows.all.iter().map(|(row, _)| of(row, column).len());
            let of_column: usize = of_column.sum();
            all += of_column;
            line.push(count(of_column));
        }
        line.push(count(all));
        lines.push(line);
    }
    Ok(Table::new(name, heads, lines))
}
