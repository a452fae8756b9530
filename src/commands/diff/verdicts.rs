//! What is concluded otherwise, a row for each conclusion that changed.

use anyhow::Result;

use crate::base::Type;
use crate::base::count::counted;
use crate::commands::Context;
use crate::commands::conclusions::{grounds, leader, says, topic};
use crate::commands::terms::TermsArgs;
use crate::compare::{Conclusion, Part};
use crate::diff::side_by_side;
use crate::model::{Company, Metric};
use crate::report::{Cell, Column, Row, Table};

/// Makes the table of the conclusions that changed, on the companies that both casebooks have.
pub(super) fn table<'a>(
    old: &'a Context,
    new: &'a Context,
    notes: &mut Vec<String>,
) -> Result<Table<'a>> {
    let (of_old, of_new) = shared(old, new)?;
    let conclude = |context: &'a Context, companies: &[&'a Company]| -> Result<Vec<_>> {
        let grounds = grounds(companies.into(), &TermsArgs::default(), context)?;
        Ok(grounds.conclusions(&|_| true))
    };
    let (before, after) = (conclude(old, &of_old)?, conclude(new, &of_new)?);
    let keys = |conclusions: &[Conclusion<'a>]| -> Vec<(Part, &'a str)> {
        let keys = conclusions.iter();
        keys.map(|conclusion| (conclusion.part, conclusion.topic))
            .collect()
    };
    let metrics = |context: &'a Context| context.casebook.table::<Metric>();
    let (old_metrics, new_metrics) = (metrics(old)?, metrics(new)?);
    let (mut rows, mut bare) = (Vec::new(), 0);
    for [in_old, in_new] in side_by_side(&keys(&before), &keys(&after)) {
        let was = in_old.and_then(|place| before.get(place));
        let is = in_new.and_then(|place| after.get(place));
        let (any, metrics) = match (was, is) {
            (_, Some(is)) => (is, new_metrics),
            (Some(was), None) => (was, old_metrics),
            (None, None) => continue,
        };
        let outcome = |of: Option<&Conclusion<'a>>| {
            of.map_or(any.part.nothing(), |conclusion| conclusion.outcome)
        };
        let (was, is) = (outcome(was), outcome(is));
        if was == is {
            continue;
        }
        if was.is_bare() && is.is_bare() {
            bare += 1;
            continue;
        }
        let row: Row<'a> = [
            any.part.value(),
            topic(any, metrics),
            says(was, &of_old),
            leader(was),
            says(is, &of_new),
            leader(is),
        ]
        .map(Cell::from)
        .into();
        rows.push(row);
    }
    notes.extend(of_whom(&of_new, old, new)?);
    if bare > 0 {
        let conclusions = counted(bare, "verdict", "verdicts");
        notes.push(format!(
            "left out: {conclusions} on one company or none, before and after"
        ));
    }
    Ok(Table::new("verdicts", columns(), rows))
}

fn columns() -> Vec<Column> {
    vec![
        Column::new("part", "About", Type::Code(Part::KEYS)),
        Column::new("topic", "Conclusion", Type::Text),
        Column::new("old", "Was", Type::Text),
        Column::new("old_leader", "Led", Type::Text).detail(),
        Column::new("new", "Is", Type::Text),
        Column::new("new_leader", "Leads", Type::Text).detail(),
    ]
}

/// Returns the companies that both casebooks have, as each has them, in the order of the new one.
fn shared<'a>(old: &'a Context, new: &'a Context) -> Result<(Vec<&'a Company>, Vec<&'a Company>)> {
    let olds = old.casebook.table::<Company>()?;
    let news = new.casebook.table::<Company>()?.iter();
    let both = news.filter_map(|new| Some((olds.by_id(new.id.as_str())?, new)));
    Ok(both.unzip())
}

/// Says whom verdicts are on, where that is not everybody.
fn of_whom(shared: &[&Company], old: &Context, new: &Context) -> Result<Option<String>> {
    let all = [old, new].map(|context| context.casebook.table::<Company>());
    for companies in all {
        if companies?.iter().count() > shared.len() {
            let names = shared.iter().map(|company| &*company.name);
            let names = match names.collect::<Vec<_>>().join(", ") {
                names if names.is_empty() => "none".to_owned(),
                names => names,
            };
            return Ok(Some(format!(
                "verdicts are on the companies that both casebooks have: {names}"
            )));
        }
    }
    Ok(None)
}
