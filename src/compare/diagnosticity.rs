//! What a record tells between hypotheses.

use crate::base::Stance;
use crate::base::code::codes;
use crate::model::Hypothesis;

codes! {
    /// How far a record helps to tell hypotheses apart (analysis of competing hypotheses: Heuer 1999, Psychology of
    /// Intelligence Analysis, chapter 8): evidence that fits all of them alike says nothing about any.
    Diagnosticity {
        /// It speaks for one and against another.
        Separates = "separates", "separates";
        /// It is weighed under every hypothesis, and not alike.
        Weak = "weak", "weak";
        /// It is not weighed under every hypothesis, or there is one only.
        #[default]
        Open = "open", "open";
        /// It has one stance to all: it says nothing.
        None = "none", "says nothing";
    }
}

/// Returns the stances of a record to a hypothesis, each once; several where it is weighed more than once.
pub fn stances(hypothesis: &Hypothesis, record: &str) -> Vec<Stance> {
    let items = hypothesis.evidence.iter();
    let its = items.filter(|item| item.record.as_str() == record);
    let mut stances: Vec<Stance> = its.map(|item| item.stance).collect();
    stances.sort_unstable();
    stances.dedup();
    stances
}

/// Tells how far a record helps to tell hypotheses apart.
pub fn diagnosticity(hypotheses: &[&Hypothesis], record: &str) -> Diagnosticity {
    let all: Vec<Vec<Stance>> = hypotheses
        .iter()
        .map(|hypothesis| stances(hypothesis, record))
        .collect();
    // A record may be weighed twice under one hypothesis: only different hypotheses are told apart.
    let is_apart = all.iter().enumerate().any(|(place, left)| {
        let others = all.iter().enumerate().filter(|(other, _)| *other != place);
        let speaks_for = left.contains(&Stance::Supports);
        speaks_for
            && others
                .into_iter()
                .any(|(_, right)| right.contains(&Stance::Opposes))
    });
    let is_alike = all.windows(2).all(|pair| pair.first() == pair.last());
    if is_apart {
        Diagnosticity::Separates
    } else if all.len() < 2 || all.iter().any(Vec::is_empty) {
        Diagnosticity::Open
    } else if is_alike {
        Diagnosticity::None
    } else {
        Diagnosticity::Weak
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Evidence;

    fn hypothesis(evidence: &[(&str, Stance)]) -> Hypothesis {
        let item = |(record, stance): &(&str, Stance)| Evidence {
            record: record.parse().unwrap(),
            stance: *stance,
            cite: None,
            note: None,
        };
        Hypothesis {
            evidence: evidence.iter().map(item).collect(),
            ..Hypothesis::default()
        }
    }

    #[test]
    fn what_fits_all_alike_says_nothing() {
        use Stance::{Neutral, Opposes, Supports};
        let first = hypothesis(&[
            ("alike", Supports),
            ("apart", Supports),
            ("weak", Supports),
            ("open", Supports),
            ("twice", Supports),
            ("twice", Opposes),
        ]);
        let second = hypothesis(&[
            ("alike", Supports),
            ("apart", Opposes),
            ("weak", Neutral),
            ("twice", Neutral),
        ]);
        for (record, expected) in [
            ("alike", Diagnosticity::None),
            ("apart", Diagnosticity::Separates),
            ("weak", Diagnosticity::Weak),
            ("open", Diagnosticity::Open),
            ("twice", Diagnosticity::Weak),
        ] {
            assert_eq!(
                diagnosticity(&[&first, &second], record),
                expected,
                "{record}"
            );
            assert_eq!(
                diagnosticity(&[&second, &first], record),
                expected,
                "{record}"
            );
        }
    }
}
