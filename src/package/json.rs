//! Where a value stands in a JSON text.

use std::borrow::Cow;
use std::collections::HashMap;

use serde_json::value::RawValue;

/// A step into a JSON text: the name of a member, or the place of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Member(String),
    /// An item of an array.
    Item(usize),
}

/// What is wrong in a JSON text: where, and what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The way to the value that is wrong.
    pub at: Vec<Step>,
    /// What is wrong with it.
    pub message: String,
}

/// Returns the line and the column at which the value begins to which some steps lead; as far as they lead.
pub fn place_in(text: &str, steps: &[Step]) -> (u64, u64) {
    let mut part = text.trim_ascii_start();
    for step in steps {
        let found = match step {
            Step::Member(name) => {
                let members: Option<HashMap<Cow<'_, str>, &RawValue>> =
                    serde_json::from_str(part).ok();
                members.and_then(|members| members.get(name.as_str()).copied())
            }
            Step::Item(place) => {
                let items: Option<Vec<&RawValue>> = serde_json::from_str(part).ok();
                items.and_then(|items| items.get(*place).copied())
            }
        };
        let Some(found) = found else { break };
        part = found.get();
    }
    place_of(text, part)
}

/// Returns the line and the column at which a part of a text begins.
pub fn place_of(text: &str, part: &str) -> (u64, u64) {
    let offset = part.as_ptr().addr() - text.as_ptr().addr();
    let before = text.get(..offset).unwrap_or_default();
    let line = before.matches('\n').count() + 1;
    let last = before.rsplit('\n').next().unwrap_or_default();
    (line as u64, last.chars().count() as u64 + 1)
}

/// Returns the line and the column at which each item of a JSON array begins; nothing where the text is none.
pub fn places(text: &str) -> Vec<(u64, u64)> {
    let items: Vec<&RawValue> = serde_json::from_str(text).unwrap_or_default();
    items
        .iter()
        .map(|item| place_of(text, item.get()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_to_a_value() {
        let text = "{\n  \"a\": [1, {\"é\": true}]\n}";
        let steps = [
            Step::Member("a".into()),
            Step::Item(1),
            Step::Member("é".into()),
        ];
        assert_eq!(place_in(text, &steps), (2, 18));
        assert_eq!(place_in(text, &steps[..2]), (2, 12));
        let astray = [Step::Member("a".into()), Step::Member("x".into())];
        assert_eq!(place_in(text, &astray), (2, 8));
        assert_eq!(place_in("\n 7", &[]), (2, 2));
        assert_eq!(places("[1,\n {}]"), [(1, 2), (2, 2)]);
        assert_eq!(places("{}"), []);
    }
}
