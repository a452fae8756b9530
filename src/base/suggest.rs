//! The nearest valid names to one that was mistyped.

use super::fold::fold;
use crate::base::sort::sort_by;

/// Names at least this alike (Jaro-Winkler, 0 to 1) are worth suggesting.
const ALIKE: f64 = 0.75;

/// Returns up to three of the `known` names that are nearest to `wanted`, the nearest first.
///
/// Likeness is the Jaro-Winkler similarity of the folded texts (Winkler 1990); a name that contains `wanted`
/// counts as near. Empty when nothing is near.
pub fn nearest<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = fold(wanted);
    let mut scored: Vec<(f64, &str)> = known
        .into_iter()
        .map(|name| {
            let folded = fold(name);
            let within = wanted.len() >= 3 && folded.contains(&*wanted);
            let likeness = strsim::jaro_winkler(&wanted, &folded);
            (
                if within {
                    likeness.max(ALIKE)
                } else {
                    likeness
                },
                name,
            )
        })
        .filter(|(likeness, _)| *likeness >= ALIKE)
        .collect();
    sort_by(&mut scored, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    let mut near: Vec<&str> = Vec::new();
    for (_, name) in scored {
        if near.len() < 3 && !near.iter().any(|known| fold(known) == fold(name)) {
            near.push(name);
        }
    }
    near
}

/// Returns "did you mean `a` or `b`?", or `None` when nothing is near.
pub fn did_you_mean<'a>(wanted: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let near = nearest(wanted, known);
    (!near.is_empty()).then(|| {
        let quoted: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
        format!("did you mean {}?", quoted.join(" or "))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_near_names_only() {
        let known = ["amazon", "netflix", "walmart"];
        assert_eq!(nearest("netflx", known), ["netflix"]);
        assert_eq!(nearest("AMAZOM", known), ["amazon"]);
        assert_eq!(
            nearest("amazn", ["Amazon", "amazon"]),
            ["Amazon"],
            "one of a kind"
        );
        assert!(nearest("zzz", known).is_empty());
        assert_eq!(
            did_you_mean("netfliks", known).unwrap(),
            "did you mean `netflix`?"
        );
    }
}
