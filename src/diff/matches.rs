//! Which items of two lists are one, and the order in which both are told.

use std::collections::{HashMap, VecDeque};
use std::hash::Hash;

/// The place of an item in the old list and in the new one; `None` where it is not there.
pub type Pair = [Option<usize>; 2];

/// For each item of two lists its place in the other one, `None` when it has none there.
pub(super) struct Matches {
    new_of: Vec<Option<usize>>,
    old_of: Vec<Option<usize>>,
}

/// Puts two lists side by side by their keys; of items of one key, the first of one list is the first of the other.
pub fn side_by_side<K: Eq + Hash>(old: &[K], new: &[K]) -> Vec<Pair> {
    let mut matches = Matches::none(old.len(), new.len());
    matches.join(|place| old.get(place), |place| new.get(place), |_, _| true);
    matches.in_order()
}

impl Matches {
    /// Makes two lists of which no item is known to be one.
    pub(super) fn none(old: usize, new: usize) -> Self {
        Self {
            new_of: vec![None; old],
            old_of: vec![None; new],
        }
    }

    /// Joins the items that are still alone and have one key; those without a key stay alone.
    pub(super) fn join<K: Eq + Hash>(
        &mut self,
        old_key: impl Fn(usize) -> Option<K>,
        new_key: impl Fn(usize) -> Option<K>,
        is_same: impl Fn(usize, usize) -> bool,
    ) {
        let mut waiting: HashMap<K, VecDeque<usize>> = HashMap::new();
        for old in alone(&self.new_of) {
            if let Some(key) = old_key(old) {
                waiting.entry(key).or_default().push_back(old);
            }
        }
        for new in alone(&self.old_of) {
            let Some(places) = new_key(new).and_then(|key| waiting.get_mut(&key)) else {
                continue;
            };
            let found = places.iter().position(|old| is_same(*old, new));
            let Some(old) = found.and_then(|found| places.remove(found)) else {
                continue;
            };
            if let Some(room) = self.new_of.get_mut(old) {
                *room = Some(new);
            }
            if let Some(room) = self.old_of.get_mut(new) {
                *room = Some(old);
            }
        }
    }

    /// Returns all items in the order of the new list, each that only the old one has behind that which it stood behind.
    pub(super) fn in_order(&self) -> Vec<Pair> {
        let gone_from = |first: usize| {
            let rest = self.new_of.iter().enumerate().skip(first);
            let gone = rest.take_while(|(_, new)| new.is_none());
            gone.map(|(old, _)| [Some(old), None])
        };
        let mut pairs: Vec<Pair> = gone_from(0).collect();
        for (new, old) in self.old_of.iter().enumerate() {
            pairs.push([*old, Some(new)]);
            if let Some(old) = old {
                pairs.extend(gone_from(old + 1));
            }
        }
        pairs
    }
}

/// Returns the places of the items that have no place in the other list.
fn alone(others: &[Option<usize>]) -> Vec<usize> {
    let alone = others.iter().enumerate();
    let alone = alone.filter(|(_, other)| other.is_none());
    alone.map(|(place, _)| place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes what stands where: `a` in both, `-a` in the old list alone, `+a` in the new one alone.
    fn told(old: &str, new: &str) -> String {
        let [old, new] = [old, new].map(|keys| keys.split(' ').collect::<Vec<_>>());
        let pairs = side_by_side(&old, &new).into_iter();
        let told = pairs.map(|pair| match pair {
            [Some(place), Some(_)] => old[place].to_owned(),
            [Some(place), None] => format!("-{}", old[place]),
            [None, Some(place)] => format!("+{}", new[place]),
            [None, None] => panic!("an item of no list"),
        });
        told.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn the_new_order_counts_and_what_is_gone_stays_where_it_was() {
        assert_eq!(told("a b c", "a b c"), "a b c");
        assert_eq!(told("a b c", "a x c"), "a -b +x c");
        assert_eq!(told("x a y b z", "a b"), "-x a -y b -z");
        assert_eq!(told("a y b z", "b a"), "b -z a -y", "moved");
        assert_eq!(told("a", "b"), "-a +b");
        assert_eq!(told("a a b", "a a a"), "a a -b +a", "one key thrice");
    }
}
