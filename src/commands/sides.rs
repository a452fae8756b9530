//! The cells that tables of compared values share: those of one company's side, and the reasons of a verdict.

use crate::base::{Relation, Scalar, Value};
use crate::compare::{Reason, Side};
use crate::model::Kpi;
use crate::report::{Cell, Mark};

use super::tables::sources_of;

/// Shows the value of a side, marked when somebody claims another.
pub(super) fn value<'a>(side: &Side<'a>) -> Cell<'a> {
    let value = side.kpi.map(|kpi| Value::Number(kpi.value, kpi.relation));
    let is_disputed = !side.against.is_empty();
    Cell::from(value.unwrap_or_default()).mark_if(is_disputed, Mark::Disputed)
}

/// Shows the unit of the value of a side.
pub(super) fn unit<'a>(side: &Side<'a>) -> Cell<'a> {
    let unit = side.figure().map(|figure| Value::text(figure.unit()));
    unit.unwrap_or_default().into()
}

/// Shows a field of the claim that states the value of a side.
pub(super) fn field<'a, T: Scalar + 'a>(side: &Side<'a>, get: fn(&'a Kpi) -> &'a T) -> Cell<'a> {
    let field = side.kpi.map(|kpi| get(kpi).to_value());
    field.unwrap_or_default().into()
}

/// Lists the claims against the value of a side.
pub(super) fn otherwise<'a>(side: &Side<'a>) -> Cell<'a> {
    let rivals = side.against.iter().map(|rival| stated(rival).into());
    Value::list(rivals.collect()).into()
}

/// Writes a claim and who makes it: `> 1800000000000 (mesbah2025)`.
pub(super) fn stated(kpi: &Kpi) -> String {
    let hedge = match kpi.relation {
        Relation::Eq => String::new(),
        relation => format!("{} ", relation.label()),
    };
    format!("{hedge}{} ({})", kpi.value, sources_of(&kpi.cite))
}

/// Lists reasons by their keys.
pub(super) fn reasons<'a>(reasons: impl IntoIterator<Item = Reason>) -> Value<'a> {
    let keys = reasons.into_iter().map(|reason| reason.key().into());
    Value::list(keys.collect())
}
