//! Filters, sorts and cuts the tables of reports, whatever command made them.

mod condition;
mod predicate;
mod search;

use std::cmp::Ordering;

use crate::base::fold::fold;
use crate::base::sort::sort_by;
use crate::base::{Complaint, Type, Value};
use crate::report::{Column, Row, Table};

use condition::Condition;
pub use predicate::Predicate;
pub use search::Terms;

/// Keeps the rows that meet every condition; a condition reads `field op value`.
///
/// # Errors
/// A condition that cannot be read, an unknown field, a value that is not of the field's type.
pub fn filter<'a>(mut table: Table<'a>, conditions: &[String]) -> Result<Table<'a>, Complaint> {
    let conditions: Result<Vec<Condition>, Complaint> = conditions
        .iter()
        .map(|text| Condition::parse(text, &table.columns))
        .collect();
    let conditions = conditions?;
    if !conditions.is_empty() {
        let holds = move |row: &Row<'a>| conditions.iter().all(|condition| condition.holds(row));
        table.rows = Box::new(table.rows.filter(holds));
    }
    Ok(table)
}

/// Sorts the rows by keys such as `date` or `-value` (descending), the first key first. Missing values come last
/// either way; rows that are equal keep their order.
///
/// # Errors
/// An unknown field.
pub fn sort<'a>(mut table: Table<'a>, keys: &[String]) -> Result<Table<'a>, Complaint> {
    let mut order = Vec::new();
    for key in keys {
        let (name, is_descending) = match key.strip_prefix('-') {
            Some(name) => (name, true),
            None => (key.as_str(), false),
        };
        order.push((column(&table.columns, name)?, is_descending));
    }
    if !order.is_empty() {
        let mut rows: Vec<Row<'a>> = table.rows.collect();
        let columns = &table.columns;
        sort_by(&mut rows, |left, right| {
            let compared = order.iter().map(|(index, is_descending)| {
                let keys = match columns.get(*index).map(|column| column.kind) {
                    Some(Type::Code(keys)) => keys,
                    _ => &[],
                };
                compare(
                    value(left, *index),
                    value(right, *index),
                    keys,
                    *is_descending,
                )
            });
            compared.fold(Ordering::Equal, Ordering::then)
        });
        table.rows = Box::new(rows.into_iter());
    }
    Ok(table)
}

/// Keeps the first rows, and returns how many there were.
pub fn limit(mut table: Table<'_>, most: usize) -> (Table<'_>, usize) {
    let mut rows: Vec<Row<'_>> = table.rows.collect();
    let all = rows.len();
    rows.truncate(most);
    table.rows = Box::new(rows.into_iter());
    (table, all)
}

/// Keeps the named columns, in the order named, for people and machines alike.
///
/// # Errors
/// An unknown field.
pub fn select<'a>(mut table: Table<'a>, keys: &[String]) -> Result<Table<'a>, Complaint> {
    if keys.is_empty() {
        return Ok(table);
    }
    let wanted: Result<Vec<usize>, Complaint> =
        keys.iter().map(|key| column(&table.columns, key)).collect();
    let wanted = wanted?;
    let mut named = wanted.iter().zip(keys).enumerate();
    let twice = named.find(|(index, (column, _))| wanted.iter().take(*index).any(|w| w == *column));
    if let Some((_, (_, key))) = twice {
        return Err(Complaint::new(format!(
            "the column `{}` is named twice",
            key.trim()
        )));
    }
    let kept = wanted.iter().filter_map(|index| table.columns.get(*index));
    table.columns = kept
        .map(|column| Column {
            is_detail: false,
            ..column.clone()
        })
        .collect();
    let pick = move |row: Row<'a>| wanted.iter().filter_map(|i| row.get(*i).cloned()).collect();
    table.rows = Box::new(table.rows.map(pick));
    Ok(table)
}

fn value<'r, 'a>(row: &'r Row<'a>, index: usize) -> &'r Value<'a> {
    row.get(index).map_or(&Value::Missing, |cell| &cell.value)
}

/// Finds a column by its key.
///
/// # Errors
/// An unknown field.
pub fn column(columns: &[Column], key: &str) -> Result<usize, Complaint> {
    let key = key.trim();
    let found = columns.iter().position(|column| column.key == key);
    found.ok_or_else(|| {
        let keys: Vec<&str> = columns.iter().map(|column| &*column.key).collect();
        let all = format!("fields: {}", keys.join(", "));
        Complaint::unknown("field", key, keys.iter().copied(), &all)
    })
}

/// Returns every text by which a value may be found: a code by its key and its label, a citation by its source
/// and as a whole.
fn texts(value: &Value<'_>) -> Vec<String> {
    match value {
        Value::Missing => Vec::new(),
        Value::Text(text) => vec![text.to_string()],
        Value::Code { key, label } => vec![key.to_string(), label.to_string()],
        Value::Number(number, _) => vec![number.to_string()],
        Value::Date(date) => vec![date.to_string()],
        Value::Day(day) => vec![day.to_string()],
        Value::Truth(truth) => vec![truth.to_string()],
        Value::List(items) => items.iter().map(ToString::to_string).collect(),
        Value::Cites(citations) => {
            let pairs = citations
                .iter()
                .map(|c| [c.source.to_string(), c.to_string()]);
            pairs.flatten().collect()
        }
        Value::Phrase(_) => vec![value.plain().into_owned()],
    }
}

/// Compares two values of one column, Missing last whatever the direction; those of a closed set in its order.
fn compare(left: &Value<'_>, right: &Value<'_>, keys: &[&str], is_descending: bool) -> Ordering {
    let place = |key: &str| keys.iter().position(|known| *known == key);
    let ordering = match (left, right) {
        (Value::Missing, Value::Missing) => return Ordering::Equal,
        (Value::Missing, _) => return Ordering::Greater,
        (_, Value::Missing) => return Ordering::Less,
        (Value::Number(left, _), Value::Number(right, _)) => left.value().total_cmp(&right.value()),
        (Value::Date(left), Value::Date(right)) => left.cmp(right),
        (Value::Day(left), Value::Day(right)) => left.cmp(right),
        (Value::Code { key: left, .. }, Value::Code { key: right, .. }) if !keys.is_empty() => {
            place(left).cmp(&place(right))
        }
        (left, right) => {
            let folded = |value| {
                texts(value)
                    .iter()
                    .map(|t| fold(t).into_owned())
                    .collect::<Vec<_>>()
            };
            folded(left).cmp(&folded(right))
        }
    };
    if is_descending {
        ordering.reverse()
    } else {
        ordering
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Date, Rank, Relation, Scalar, Type};
    use crate::report::Cell;

    /// Name, year, score and rank; the last row lacks the score.
    fn table() -> Table<'static> {
        let columns = vec![
            Column::new("name", "Name", Type::Text),
            Column::new("date", "Date", Type::Date),
            Column::new("score", "Score", Type::Number),
            Column::new("rank", "Rank", Rank::TYPE),
        ];
        let row =
            |name: &'static str, date: &str, score: Option<&str>, rank: Rank| -> Row<'static> {
                let date: &'static Date = Box::leak(Box::new(date.parse().unwrap()));
                let score = score.map_or(Value::Missing, |score| {
                    Value::Number(score.parse().unwrap(), Relation::Eq)
                });
                let rank = Value::code(rank.key(), rank.label());
                [Value::text(name), Value::Date(date), score, rank]
                    .map(Cell::from)
                    .into()
            };
        Table::new(
            "t",
            columns,
            vec![
                row("Tuñón", "1997", Some("9"), Rank::Normal),
                row("beta", "1997-05-15", Some("10"), Rank::Preferred),
                row("Gamma", "2000", None, Rank::Normal),
            ],
        )
    }

    fn names(table: Table<'_>) -> Vec<String> {
        table.rows.flat_map(|row| texts(&row[0].value)).collect()
    }

    fn kept(condition: &str) -> Vec<String> {
        names(filter(table(), &[condition.to_owned()]).ok().unwrap())
    }

    fn refused(condition: &str) -> Complaint {
        filter(table(), &[condition.to_owned()]).err().unwrap()
    }

    #[test]
    fn compares_by_type() {
        assert_eq!(kept("score > 9"), ["beta"], "10 > 9 as numbers");
        assert_eq!(kept("score <= 9"), ["Tuñón"]);
        assert_eq!(kept("score != 9"), ["beta", "Gamma"], "missing is not 9");
        assert_eq!(kept("score ="), ["Gamma"], "missing");
        assert_eq!(kept("score!="), ["Tuñón", "beta"]);
        assert_eq!(kept("date = 1997"), ["Tuñón", "beta"]);
        assert_eq!(kept("date = 1997-05-15"), ["beta"], "a year is no day");
        assert_eq!(kept("date < 1998"), ["Tuñón", "beta"]);
        assert_eq!(kept("date >= 1997-02"), ["beta", "Gamma"]);
        assert_eq!(kept("date ~ 05"), ["beta"]);
        assert_eq!(kept("name ~ TUNON"), ["Tuñón"]);
        assert_eq!(kept("name = 'gamma'"), ["Gamma"]);
        assert_eq!(kept("rank = preferred"), ["beta"]);
    }

    #[test]
    fn refuses_with_the_way_out() {
        assert_eq!(refused("nmae = x").message, "unknown field `nmae`");
        assert_eq!(
            refused("nmae = x").hint.unwrap(),
            "did you mean `name`? fields: name, date, score, rank"
        );
        assert_eq!(
            refused("name").message,
            "no operator in the condition `name`"
        );
        assert_eq!(
            refused("name == x").message,
            "unknown operator `==` in `name == x`"
        );
        assert_eq!(
            refused("score > much").message,
            "`score` in `score > much` must be compared with a number, found `much`"
        );
        assert_eq!(
            refused("rank = best").hint.unwrap(),
            "the values are preferred, normal, deprecated"
        );
        assert_eq!(
            refused("rank < normal").message,
            "`rank` in `rank < normal` has no order: use =, != or ~"
        );
    }

    #[test]
    fn sorts_with_missing_last_either_way() {
        let sorted = |key: &str| names(sort(table(), &[key.to_owned()]).ok().unwrap());
        assert_eq!(sorted("score"), ["Tuñón", "beta", "Gamma"]);
        assert_eq!(sorted("-score"), ["beta", "Tuñón", "Gamma"]);
        assert_eq!(
            sorted("rank"),
            ["beta", "Tuñón", "Gamma"],
            "preferred first"
        );
        assert_eq!(sorted("name"), ["beta", "Gamma", "Tuñón"]);
    }

    #[test]
    fn limits_and_selects() {
        let (limited, all) = limit(table(), 2);
        assert_eq!((names(limited).len(), all), (2, 3));
        let selected = select(table(), &["score".into(), "name".into()])
            .ok()
            .unwrap();
        let keys: Vec<_> = selected
            .columns
            .iter()
            .map(|column| column.key.clone())
            .collect();
        assert_eq!(keys, ["score", "name"]);
    }
}
