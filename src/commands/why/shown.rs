//! What is shown of the records explained: the claims, the fields of a record, and the ways down to the origins.

use anyhow::Result;

use crate::base::{Citation, Rank, SourceKind, Type, Value};
use crate::commands::Context;
use crate::commands::gist::Gist;
use crate::commands::references::UNKNOWN;
use crate::commands::tables::of_kind;
use crate::model::{Kind, Source, Support, identified};
use crate::report::{Audience, Cell, Column, Mark, Row, Table};

use super::Entry;

/// Makes the list of the claims, for people.
pub(super) fn rivals<'a>(entries: &[Entry<'a>]) -> Table<'a> {
    let columns = vec![
        Column::new("company", "Company", Type::Text).group(),
        Column::new("subject", "Subject", Type::Text).group(),
        Column::new("period", "Period", Type::Date),
        Column::new("claim", "Claim", Type::Text),
        Column::new("says", "Says", Type::Text),
        Column::new("rank", "Rank", Type::Code(Rank::KEYS)),
        Column::new("note", "Why", Type::Text),
        Column::new("place", "Stands in", Type::Text),
    ];
    let used = entries.iter().any(|entry| entry.period.is_some());
    let rows = entries.iter().map(|entry| -> Row<'a> {
        let says = Cell::from(entry.says.clone());
        vec![
            entry.company.clone().into(),
            entry.subject.clone().into(),
            entry.period.map_or(Value::Missing, Value::Date).into(),
            entry.id.clone().into(),
            says.mark_if(entry.is_disputed, Mark::Disputed),
            entry.rank.clone().into(),
            entry.note.clone().into(),
            Value::text(entry.place.to_string()).into(),
        ]
    });
    let mut table = Table::new("claims", columns, rows.collect::<Vec<_>>());
    table.hide_if("period", !used);
    table.title("Claims").only_for(Audience::People)
}

/// Makes the list of the fields of a record that are known, for people.
pub(super) fn fields<'a>(gist: &Gist<'a>, context: &'a Context) -> Result<Table<'a>> {
    let place = context.casebook.collection(gist.kind)?.place(gist.place);
    let mut table = of_kind(gist.kind, context)?;
    let row = table.rows.nth(gist.place).unwrap_or_default();
    let cites = |key: &str| matches!(key, "cite" | "via");
    let known = table.columns.iter().zip(row);
    let known = known.filter(|(column, cell)| !cell.value.is_missing() && !cites(&column.key));
    let mut rows: Vec<Row<'a>> = known
        .map(|(column, cell)| vec![Value::text(column.label.clone()).into(), cell])
        .collect();
    let stands = Value::text(place.to_string());
    rows.push(vec![Value::text("Stands in").into(), stands.into()]);
    let columns = vec![
        Column::new("field", "Field", Type::Text),
        Column::new("value", "Value", Type::Text),
    ];
    let title = format!("A {} of the casebook", gist.kind.label());
    Ok(Table::new("record", columns, rows)
        .title(title)
        .only_for(Audience::People))
}

/// Makes the list of citations, each down to the origin, for people; `None` when nothing is cited.
pub(super) fn chain<'a>(entries: &[Entry<'a>], context: &'a Context) -> Result<Option<Table<'a>>> {
    let columns = vec![
        Column::new("claim", "Claim", Type::Text).group(),
        Column::new("source", "Stated by", Type::Text).group(),
        Column::new("locator", "Place", Type::Text).group(),
        Column::new("via", "Citing", Type::Text),
        Column::new("reference", "Which is", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for entry in entries {
        for link in links(entry, context)? {
            let origin = Cell::from(Value::text(link.origin_reference));
            rows.push(vec![
                entry.id.clone().into(),
                Value::text(link.cite.source).into(),
                link.cite.locator.map_or(Value::Missing, Value::text).into(),
                link.via
                    .map_or(Value::Missing, |via| Value::text(via.to_string()))
                    .into(),
                origin.mark_if(link.is_unresolved, Mark::Unresolved),
            ]);
        }
    }
    let is_cited = !rows.is_empty();
    let table = Table::new("citations", columns, rows).title("Where it comes from");
    Ok(is_cited.then(|| table.only_for(Audience::People)))
}

/// One way from a record to a source: a citation, and one of the origins behind it if it names any.
struct Link<'a> {
    cite: Citation<'a>,
    via: Option<Citation<'a>>,
    /// Id of the source at the end of the way.
    origin: &'a str,
    origin_reference: String,
    is_unresolved: bool,
}

/// Lists every way from a record to a source.
fn links<'a>(entry: &Entry<'a>, context: &'a Context) -> Result<Vec<Link<'a>>> {
    let sources = context.casebook.table::<Source>()?;
    let reference = |id: &str| {
        let unknown = || format!("{id}: {UNKNOWN}");
        sources.by_id(id).map_or_else(unknown, Source::to_reference)
    };
    let link = |cite: Citation<'a>, via: Option<Citation<'a>>| {
        let named = via.unwrap_or(cite).source;
        let origin = identified(named, sources);
        let full = reference(origin);
        let source = sources.by_id(origin);
        Link {
            cite,
            via,
            origin,
            origin_reference: if origin == named {
                full
            } else {
                format!("{origin}: {full}")
            },
            is_unresolved: source
                .is_some_and(|source| source.custom.kind == SourceKind::Unresolved),
        }
    };
    let mut links = Vec::new();
    for Support { cite, via } in &entry.supports {
        match via.as_slice() {
            [] => links.push(link(*cite, None)),
            via => links.extend(via.iter().map(|via| link(*cite, Some(*via)))),
        }
    }
    Ok(links)
}

/// Makes a row for every way from a record to a source.
pub(super) fn flat<'a>(entries: &[Entry<'a>], context: &'a Context) -> Result<Table<'a>> {
    let columns = vec![
        Column::new("kind", "Kind", Type::Code(Kind::KEYS)),
        Column::new("id", "Id", Type::Text),
        Column::new("company", "Company", Type::Text),
        Column::new("subject", "Subject", Type::Text),
        Column::new("period", "Period", Type::Date),
        Column::new("says", "Says", Type::Text),
        Column::new("rank", "Rank", Type::Code(Rank::KEYS)),
        Column::new("disputed", "Disputed", Type::Truth),
        Column::new("note", "Note", Type::Text),
        Column::new("file", "File", Type::Text),
        Column::new("line", "Line", Type::Number),
        Column::new("cite", "Source", Type::Cites),
        Column::new("via", "Via", Type::Cites),
        Column::new("origin", "Origin", Type::Text),
        Column::new("origin_reference", "Origin in full", Type::Text),
    ];
    let mut rows: Vec<Row<'a>> = Vec::new();
    for entry in entries {
        let links = links(entry, context)?;
        let none = links.is_empty().then_some(None);
        for link in links.into_iter().map(Some).chain(none) {
            rows.push(row(entry, link));
        }
    }
    Ok(Table::new("why", columns, rows))
}

fn row<'a>(entry: &Entry<'a>, way: Option<Link<'a>>) -> Row<'a> {
    let line = entry.place.line.and_then(|line| u32::try_from(line).ok());
    let via = way.as_ref().and_then(|link| link.via);
    let row = [
        entry.kind.value(),
        entry.id.clone(),
        entry.company.clone(),
        entry.subject.clone(),
        entry.period.map_or(Value::Missing, Value::Date),
        entry.says.clone(),
        entry.rank.clone(),
        Value::Truth(entry.is_disputed),
        entry.note.clone(),
        Value::text(entry.place.path.clone()),
        line.map_or(Value::Missing, Value::count),
        way.as_ref()
            .map_or(Value::Missing, |link| Value::Cites(vec![link.cite])),
        via.map_or(Value::Missing, |via| Value::Cites(vec![via])),
        way.as_ref()
            .map_or(Value::Missing, |link| Value::text(link.origin)),
        way.map_or(Value::Missing, |link| Value::text(link.origin_reference)),
    ];
    row.map(Cell::from).into()
}
