//! Sorting, stable. One sort for all types: the standard library's is compiled anew for each, and forty copies of it were a
//! tenth of the program.

use std::cmp::Ordering;

/// Sorts by an order; items that are equal keep theirs.
pub fn sort_by<T>(items: &mut Vec<T>, compare: impl Fn(&T, &T) -> Ordering) {
    let mut places: Vec<usize> = (0..items.len()).collect();
    sort_places(&mut places, &|left, right| {
        let both = items.get(left).zip(items.get(right));
        both.map_or(Ordering::Equal, |(left, right)| compare(left, right))
    });
    let mut taken: Vec<Option<T>> = items.drain(..).map(Some).collect();
    let sorted = places
        .into_iter()
        .filter_map(|place| taken.get_mut(place)?.take());
    items.extend(sorted);
}

/// Sorts by a key; items of one key keep their order.
pub fn sort_by_key<'t, T: 't, K: Ord>(items: &'t mut Vec<T>, key: impl Fn(&T) -> K) {
    sort_by(items, |left, right| key(left).cmp(&key(right)));
}

fn sort_places(places: &mut [usize], compare: &dyn Fn(usize, usize) -> Ordering) {
    places.sort_by(|left, right| compare(*left, *right));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_keeps_its_order() {
        let mut words = vec!["pear", "fig", "plum", "kiwi", "nut"];
        sort_by_key(&mut words, |word| word.len());
        assert_eq!(words, ["fig", "nut", "pear", "plum", "kiwi"]);
        sort_by(&mut words, |left, right| right.cmp(left));
        assert_eq!(words, ["plum", "pear", "nut", "kiwi", "fig"]);
        let mut none: Vec<&str> = Vec::new();
        sort_by(&mut none, Ord::cmp);
        assert!(none.is_empty());
    }
}
