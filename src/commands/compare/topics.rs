//! Records of several companies side by side, by what they are about: domain, category, theme, factor, attribute.

use anyhow::Result;

use crate::base::id::words;
use crate::base::sort::sort_by_key;
use crate::base::{Citation, Complaint, Rank, Type, Value};
use crate::commands::Context;
use crate::commands::context::check_two;
use crate::commands::tables::{check_keys, of_kind};
use crate::model::{Company, FieldInfo, Kind};
use crate::report::{Cell, Column, Report, Row, Table};

use super::{CompareArgs, METRICS};

/// Who has records of a topic, for machines.
const PRESENCE: [&str; 4] = ["all", "several", "one", "none"];

/// Tables that can be compared, beside metrics.
const TABLES: [Kind; 6] = [
    Kind::Technologies,
    Kind::Challenges,
    Kind::Experience,
    Kind::Swot,
    Kind::Strategies,
    Kind::Profiles,
];

/// The records of a company about a topic.
#[derive(Default)]
pub(super) struct Held<'a> {
    records: Vec<Record<'a>>,
}

/// A record in short.
struct Record<'a> {
    id: String,
    says: String,
    rank: Rank,
    cite: Vec<Citation<'a>>,
}

/// A topic and what each company has about it, in the order asked for.
pub(super) struct Topic<'a> {
    /// Its slug.
    pub key: String,
    /// What each company has.
    pub held: Vec<Held<'a>>,
}

impl Held<'_> {
    /// Says whether the company has any record of it.
    pub(super) fn is_any(&self) -> bool {
        !self.records.is_empty()
    }

    /// Shows what the records say.
    pub(super) fn says<'v>(&self) -> Value<'v> {
        Value::list(
            self.records
                .iter()
                .map(|record| record.says.clone().into())
                .collect(),
        )
    }
}

impl Topic<'_> {
    /// Returns the places of the companies that have records of it.
    pub(super) fn holders(&self) -> Vec<usize> {
        let held = self.held.iter().enumerate();
        held.filter(|(_, held)| held.is_any())
            .map(|(place, _)| place)
            .collect()
    }

    /// Says who has records of it: for machines a key, for people the names.
    fn presence(&self, companies: &[&Company]) -> Value<'static> {
        let [all, several, one, none] = PRESENCE;
        let holders = self.holders();
        let names = holders.iter().filter_map(|place| companies.get(*place));
        let names = names
            .map(|company| &*company.name)
            .collect::<Vec<_>>()
            .join(", ");
        match (holders.len(), companies.len()) {
            (0, 2) => Value::code(none, "neither"),
            (0, _) => Value::code(none, "none of these"),
            (2, 2) => Value::code(all, "both"),
            (held, asked) if held == asked => Value::code(all, "all"),
            (1, _) => Value::code(one, format!("only {names}")),
            _ => Value::code(several, names),
        }
    }
}

/// Says which tables can be compared.
pub(super) fn help() -> String {
    format!("What to put side by side: {}", known().join(", "))
}

/// Lists what can be compared.
fn known() -> Vec<&'static str> {
    let keys = TABLES.iter().map(|kind| kind.key());
    std::iter::once(METRICS).chain(keys).collect()
}

/// Puts the records of a table side by side.
pub(super) fn run<'a>(args: &CompareArgs, table: &str, context: &'a Context) -> Result<Report<'a>> {
    let kind = TABLES
        .iter()
        .find(|kind| kind.key() == table)
        .ok_or_else(|| {
            let all = format!(
                "one of {}; for events casecmp lead-lag, or timeline",
                known().join(", ")
            );
            Complaint::unknown("table to compare", table, known(), &all)
        })?;
    // Topics that only others have are topics that none of these has.
    let companies = context.named(&args.companies)?;
    check_two(&companies, "a comparison needs", context)?;
    let (field, topics, outranked) = topics(*kind, &companies, context)?;
    let mut columns = vec![
        Column::new(field.key, field.label, Type::Text),
        Column::new("presence", "Who", Type::Code(&PRESENCE)),
    ];
    for company in &companies {
        let key = |suffix: &str| format!("{}{suffix}", company.key());
        let name = |what: &str| format!("{} {what}", company.name);
        columns.push(Column::new(key(""), company.name.clone(), Type::List));
        columns.push(Column::new(key("_records"), name("records"), Type::List).detail());
        columns.push(Column::new(key("_cite"), name("source"), Type::Cites).detail());
    }
    check_keys(&columns)?;
    let rows: Vec<Row<'a>> = topics
        .into_iter()
        .map(|topic| {
            let mut row: Row<'a> = vec![
                Value::code(topic.key.clone(), words(&topic.key)).into(),
                topic.presence(&companies).into(),
            ];
            row.extend(topic.held.into_iter().flat_map(cells));
            row
        })
        .collect();
    let mut report = args
        .table
        .report(Table::new("comparison", columns, rows), context)?;
    report.notes.extend([
        format!(
            "side by side by {}: that several companies have a record of one does not make the records the same",
            field.label.to_lowercase()
        ),
        "no record in the casebook does not say that a company has nothing of the kind".into(),
    ]);
    if outranked > 0 {
        report.notes.push(format!(
            "claims of lower rank left out: {outranked}; casecmp query {} lists all",
            kind.key()
        ));
    }
    Ok(report)
}

/// Makes the cells of a company: what its records say, their ids, who states them.
fn cells(held: Held<'_>) -> [Cell<'_>; 3] {
    let ids = held.records.iter().map(|record| record.id.clone().into());
    let ids = Value::list(ids.collect());
    let says = held.says();
    let cite = Value::cites(held.records.into_iter().flat_map(|record| record.cite));
    [says, ids, cite].map(Cell::from)
}

/// Returns the field that a table is aligned by, its topics, those of most companies first, and how many claims of lower
/// rank are left out.
pub(super) fn topics<'a>(
    kind: Kind,
    companies: &[&Company],
    context: &'a Context,
) -> Result<(FieldInfo, Vec<Topic<'a>>, usize)> {
    let fields = context.casebook.collection(kind)?.fields();
    let field = fields.iter().find(|field| field.is_topic).copied();
    let field = field.ok_or_else(|| {
        Complaint::new(format!(
            "{} have nothing to put them side by side by",
            kind.key()
        ))
    })?;
    let table = of_kind(kind, context)?;
    let place = |key: &str| table.position(key);
    let (topic, company, id) = (place(field.key), place("company"), place("id"));
    let (rank, cite) = (place("rank"), place("cite"));
    let mut topics: Vec<Topic<'a>> = Vec::new();
    for row in table.rows {
        let of = |place: Option<usize>| {
            place
                .and_then(|place| row.get(place))
                .map(|cell| &cell.value)
        };
        let plain = |place| of(place).map_or_else(String::new, |value| value.plain().into_owned());
        let key = plain(topic);
        let at = topics
            .iter()
            .position(|known| known.key == key)
            .unwrap_or_else(|| {
                let held = companies.iter().map(|_| Held::default()).collect();
                topics.push(Topic { key, held });
                topics.len() - 1
            });
        let owner = plain(company);
        let whose = companies
            .iter()
            .position(|company| *company.id.as_str() == *owner);
        let held = topics
            .get_mut(at)
            .zip(whose)
            .and_then(|(topic, whose)| topic.held.get_mut(whose));
        if let Some(held) = held {
            held.records.push(Record {
                id: plain(id),
                says: says(&fields, &row),
                rank: plain(rank).parse().unwrap_or_default(),
                cite: match of(cite) {
                    Some(Value::Cites(citations)) => citations.clone(),
                    _ => Vec::new(),
                },
            });
        }
    }
    let mut outranked = 0;
    for held in topics.iter_mut().flat_map(|topic| &mut topic.held) {
        let all = held.records.len();
        let best = held.records.iter().map(|record| record.rank).min();
        held.records.retain(|record| Some(record.rank) == best);
        outranked += all - held.records.len();
    }
    sort_by_key(&mut topics, |topic| {
        let holders = topic.holders();
        (companies.len() - holders.len(), holders)
    });
    Ok((field, topics, outranked))
}

/// Shows the first text that says what a record states beside its topic, and the codes before it: `strength: ...`.
fn says(fields: &[FieldInfo], row: &Row<'_>) -> String {
    let mut says = String::new();
    for (_, cell) in fields
        .iter()
        .zip(row)
        .filter(|(field, _)| field.is_gist && !field.is_topic)
    {
        match &cell.value {
            Value::Missing => {}
            Value::Code { label, .. } => {
                says.push_str(label);
                says.push_str(": ");
            }
            value => {
                says.push_str(&value.plain());
                break;
            }
        }
    }
    says
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::package::Origin;
    use crate::render::Format;

    #[test]
    fn the_tables_are_those_that_have_a_topic() {
        let context = Context::new([Origin::Builtin], Format::Table);
        for kind in Kind::ALL {
            let fields = context.casebook.collection(*kind).unwrap().fields();
            let has_topic = fields.iter().any(|field| field.is_topic);
            assert_eq!(TABLES.contains(kind), has_topic, "{}", kind.key());
        }
    }
}
