//! Counts in words, as doubles, and back.

/// Writes a count and what is counted: `1 claim`, `2 claims`.
pub fn counted(count: usize, one: &str, several: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { several })
}

/// Returns the double nearest to a count.
pub fn to_number(count: u64) -> f64 {
    let half = |half: u64| u32::try_from(half).map_or(0.0, f64::from);
    half(count >> 32).mul_add(4_294_967_296.0, half(count & u64::from(u32::MAX)))
}

/// Returns the least count that is no less than a number; `None` when the number is negative, none, or more than can be counted.
pub fn to_count(number: f64) -> Option<u64> {
    format!("{:.0}", number.ceil()).parse().ok()
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

    #[test]
    fn counts_are_doubles_and_back() {
        for count in [0, 1, 10, u64::from(u32::MAX), 1 << 32, 10_u64.pow(15) + 7] {
            assert_eq!(to_count(to_number(count)), Some(count));
        }
        assert_eq!(to_count(69.2), Some(70));
        assert_eq!([-1.0, f64::NAN, 1e300].map(to_count), [None; 3]);
    }
}
