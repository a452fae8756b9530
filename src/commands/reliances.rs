//! What every record of the casebook rests on.

use anyhow::Result;

use crate::audit::Reliance;
use crate::base::Value;
use crate::model::Kind;

use super::Context;

/// Returns every record of the casebook, sources apart, with what it rests on.
pub(super) fn reliances(context: &Context) -> Result<Vec<Reliance<'_>>> {
    let mut all = Vec::new();
    for kind in Kind::ALL.iter().filter(|kind| **kind != Kind::Sources) {
        let records = context.casebook.collection(*kind)?;
        let fields = records.fields();
        let places =
            ["company", "cite", "via"].map(|key| fields.iter().position(|info| info.key == key));
        for (record, id) in records.ids().into_iter().enumerate() {
            let mut values = records.values(record);
            let [company, cite, via] = places.map(|place| {
                let value = place.and_then(|place| values.get_mut(place));
                value.map_or(Value::Missing, std::mem::take)
            });
            let citations = |value| match value {
                Value::Cites(citations) => citations,
                _ => Vec::new(),
            };
            all.push(Reliance {
                id,
                company: company.plain().into_owned(),
                cite: citations(cite),
                via: citations(via),
            });
        }
    }
    Ok(all)
}
