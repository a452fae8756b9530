//! Finds what is cited within JSON.

use crate::package::Step;
use serde_json::Value;

/// Returns the texts of citations within a JSON value, each with the way to it.
pub(super) fn cited(value: &Value) -> Vec<(Vec<Step>, &str)> {
    let below = |step: Step, value| {
        let found: Vec<(Vec<Step>, &str)> = cited(value);
        let found = found.into_iter();
        found.map(move |(within, text)| {
            let way = std::iter::once(step.clone()).chain(within);
            (way.collect(), text)
        })
    };
    match value {
        Value::Array(items) => {
            let items = items.iter().enumerate();
            let found = items.flat_map(|(place, item)| below(Step::Item(place), item));
            found.collect()
        }
        Value::Object(members) => {
            let mut found = Vec::new();
            for (name, value) in members {
                let step = Step::Member(name.clone());
                match value {
                    Value::String(text) if name == "cite" || name == "via" => {
                        found.push((vec![step], text.as_str()));
                    }
                    value => found.extend(below(step, value)),
                }
            }
            found
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn citations_within_json_are_found_with_the_way_to_them() {
        let value = serde_json::json!({
            "cite": "@a, p. 1",
            "evidence": [{"record": "x"}, {"record": "y", "via": "@b"}],
            "custom": {"cite": "@c", "note": "@d"},
        });
        let mut found: Vec<(usize, &str)> = cited(&value)
            .iter()
            .map(|(way, text)| (way.len(), *text))
            .collect();
        found.sort_unstable();
        assert_eq!(found, [(1, "@a, p. 1"), (2, "@c"), (3, "@b")]);
    }
}
