//! Ranks texts by how well they answer the words of a search.

use crate::base::fold::fold;

/// What a word found at the beginning and the end of a word of the text is worth, at its beginning only, within it.
const WHOLE: u32 = 4;
const PREFIX: u32 = 3;
const WITHIN: u32 = 1;

/// The terms of a search, folded: words, or phrases where a term holds blanks.
pub struct Terms(Vec<String>);

impl Terms {
    /// Makes terms of texts; blanks around and between words count as one.
    pub fn new(texts: &[String]) -> Self {
        let folded = texts.iter().map(|text| normal(text));
        Self(folded.filter(|term| !term.is_empty()).collect())
    }

    /// Says whether there is nothing to search for.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns how well a record answers: the sum over all terms of the best that one of its texts gives, each text
    /// weighted; and the place of the text that gives most. `None` unless every term is in some text.
    pub fn score(&self, texts: &[(&str, u32)]) -> Option<(u32, usize)> {
        let folded: Vec<(String, u32)> = texts
            .iter()
            .map(|(text, weight)| (normal(text), *weight))
            .collect();
        let mut sums = vec![0; folded.len()];
        let mut total = 0;
        for term in &self.0 {
            let mut best = 0;
            for ((text, weight), sum) in folded.iter().zip(&mut sums) {
                let worth = worth(text, term) * weight;
                *sum += worth;
                best = best.max(worth);
            }
            if best == 0 {
                return None;
            }
            total += best;
        }
        let most = sums.iter().max()?;
        let place = sums.iter().position(|sum| sum == most)?;
        Some((total, place))
    }
}

/// Folds a text and makes its blanks single.
fn normal(text: &str) -> String {
    fold(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what the best place of a term in a text is worth; 0 when it is not there.
fn worth(text: &str, term: &str) -> u32 {
    let is_inner = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let places = text.match_indices(term).map(|(start, found)| {
        let before = text.get(..start).and_then(|text| text.chars().next_back());
        let after = text
            .get(start + found.len()..)
            .and_then(|text| text.chars().next());
        match (is_inner(before), is_inner(after)) {
            (false, false) => WHOLE,
            (false, true) => PREFIX,
            (true, _) => WITHIN,
        }
    });
    places.max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(terms: &[&str], texts: &[(&str, u32)]) -> Option<(u32, usize)> {
        let terms: Vec<String> = terms.iter().map(ToString::to_string).collect();
        Terms::new(&terms).score(texts)
    }

    #[test]
    fn whole_words_come_before_beginnings_and_these_before_the_rest() {
        assert_eq!(score(&["stream"], &[("to stream", 1)]), Some((WHOLE, 0)));
        assert_eq!(score(&["stream"], &[("Streaming", 1)]), Some((PREFIX, 0)));
        assert_eq!(score(&["stream"], &[("upstream", 1)]), Some((WITHIN, 0)));
    }

    #[test]
    fn every_term_must_be_somewhere() {
        let texts = [("Tuñón  and Gambari", 1), ("The case of Netflix", 2)];
        assert_eq!(score(&["tunon", "NETFLIX"], &texts), Some((12, 1)));
        assert_eq!(score(&["and gambari"], &texts), Some((4, 0)), "a phrase");
        assert_eq!(score(&["gambari and"], &texts), None);
        assert_eq!(score(&["netflix", "amazon"], &texts), None);
    }
}
