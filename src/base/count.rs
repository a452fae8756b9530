//! Counts in words.

/// Writes a count and what is counted: `1 claim`, `2 claims`.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_singular_and_none_is_not() {
        let claims = |count| counted(count, "claim", "claims");
        assert_eq!(
            [claims(0), claims(1), claims(2)],
            ["0 claims", "1 claim", "2 claims"]
        );
    }
}
