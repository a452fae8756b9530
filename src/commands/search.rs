//! `casecmp search`: every table at once, the best answers first.

use anyhow::Result;
use clap::Args;

use crate::base::sort::sort_by_key;
use crate::base::{Complaint, Type, Value};
use crate::model::{FieldInfo, Kind, Target};
use crate::query::Terms;
use crate::report::{Cell, Column, Report, Row, Table};

use super::Context;
use super::gist::says;
use super::tables::{TableArgs, of_kind};

pub(super) const EXAMPLES: &str = "\
Words may stand in any order and in any field of a record; quotes make a phrase. Case and accents do not matter.

Examples:
  casecmp search recommendation churn
  casecmp search \"customer obsession\" --limit 5";

/// How much more a word counts in a field that says what the record states than in another one.
const OF_GIST: u32 = 3;

/// What to search for.
#[derive(Debug, Args)]
pub struct SearchArgs {
    /// Words or phrases, all of which a record must hold
    #[arg(value_name = "TEXT", required = true)]
    texts: Vec<String>,
    #[command(flatten)]
    table: TableArgs,
}

/// A record that answers.
struct Hit<'a> {
    score: u32,
    /// Bytes of what it states: of equal scores the shorter text says more of what was asked.
    length: usize,
    row: Row<'a>,
}

/// Lists the records that hold every word, with the field that holds most of them.
pub(super) fn run<'a>(args: &SearchArgs, context: &'a Context) -> Result<Report<'a>> {
    let terms = Terms::new(&args.texts);
    if terms.is_empty() {
        let complaint = Complaint::new("there is nothing to search for");
        return Err(complaint
            .hint("give a word: casecmp search streaming")
            .into());
    }
    let mut hits = Vec::new();
    for kind in Kind::ALL {
        let fields = context.casebook.collection(*kind)?.fields();
        let table = of_kind(*kind, context)?;
        hits.extend(
            table
                .rows
                .filter_map(|row| hit(&terms, *kind, &fields, &row)),
        );
    }
    // Stable: of equals the order of the casebook.
    sort_by_key(&mut hits, |hit| (std::cmp::Reverse(hit.score), hit.length));
    let rows = hits.into_iter().map(|hit| hit.row);
    let columns = vec![
        Column::new("table", "Table", Type::Code(Kind::KEYS)),
        Column::new("id", "Id", Type::Text),
        Column::new("company", "Company", Type::Text),
        Column::new("field", "Field", Type::Text),
        Column::new("text", "Text", Type::Text),
        Column::new("cite", "Source", Type::Cites),
        Column::new("score", "Score", Type::Number).detail(),
    ];
    args.table.report(
        Table::new("search", columns, rows.collect::<Vec<_>>()),
        context,
    )
}

/// Makes the row of a record that answers; `None` when it does not.
fn hit<'a>(terms: &Terms, kind: Kind, fields: &[FieldInfo], row: &Row<'a>) -> Option<Hit<'a>> {
    let searched =
        |info: &FieldInfo| !matches!(info.kind, Type::Cites) && info.refers_to != Some(Target::Any);
    let texts = fields
        .iter()
        .zip(row)
        .enumerate()
        .filter(|(_, (info, _))| searched(info));
    let texts: Vec<(usize, String, u32)> = texts
        .map(|(place, (info, cell))| {
            let weight = if info.is_gist { OF_GIST } else { 1 };
            (place, text_of(&cell.value), weight)
        })
        .collect();
    let weighted: Vec<(&str, u32)> = texts
        .iter()
        .map(|(_, text, weight)| (text.as_str(), *weight))
        .collect();
    let (score, best) = terms.score(&weighted)?;
    let (place, ..) = texts.get(best)?;
    let field = fields.get(*place)?;
    let of = |key: &str| {
        let place = fields.iter().position(|info| info.key == key);
        place
            .and_then(|place| row.get(place))
            .map_or(Value::Missing, |cell| cell.value.clone())
    };
    let text = if field.is_gist || field.key == "id" {
        says(fields, row)
    } else {
        row.get(*place)?.value.clone()
    };
    let hit = [
        Value::code(kind.key(), kind.key()),
        of("id"),
        of("company"),
        Value::code(field.key, field.label),
        text,
        of("cite"),
        Value::count(score),
    ];
    let length = says(fields, row).plain().len();
    let hit: Row<'a> = hit.map(Cell::from).into();
    Some(Hit {
        score,
        length,
        row: hit,
    })
}

/// Returns what a value can be found by: a code by its key and its label.
fn text_of(value: &Value<'_>) -> String {
    match value {
        Value::Code { key, label } if key != label => format!("{label} {key}"),
        value => value.plain().into_owned(),
    }
}
