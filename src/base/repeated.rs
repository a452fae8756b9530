//! Finds what stands twice in a list.

/// Returns the first item that is equal to one before it.
pub fn repeated<T: PartialEq>(items: &[T]) -> Option<&T> {
    let mut places = items.iter().enumerate();
    let found = places.find(|(place, item)| items.iter().take(*place).any(|known| known == *item));
    found.map(|(_, item)| item)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_repetition_is_found() {
        assert_eq!(repeated(&["a", "b", "b", "a"]), Some(&"b"));
        assert_eq!(repeated(&["a", "b"]), None);
        assert_eq!(repeated::<u8>(&[]), None);
    }
}
