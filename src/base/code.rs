//! Closed sets of words: each an enum with a key for machines and a label for people.

/// Defines an enum whose variants have a stable key and a label, and makes it a [`Scalar`](super::Scalar).
macro_rules! codes {
    (
        $(#[$meta:meta])*
        $name:ident { $( $(#[$variant_meta:meta])* $variant:ident = $key:literal, $label:literal; )+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
        #[serde(try_from = "String")]
        pub enum $name { $( $(#[$variant_meta])* $variant, )+ }

        impl $name {
            /// All variants, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The keys of all variants, in order.
            pub const KEYS: &'static [&'static str] = &[$($key),+];

            /// Returns the stable key, as it stands in files.
            pub fn key(self) -> &'static str {
                match self { $( Self::$variant => $key, )+ }
            }

            /// Returns the words for people.
            pub fn label(self) -> &'static str {
                match self { $( Self::$variant => $label, )+ }
            }

            /// Shows the key and the words.
            pub fn value(self) -> $crate::base::Value<'static> {
                $crate::base::Value::code(self.key(), self.label())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::base::Invalid;

            fn from_str(text: &str) -> Result<Self, $crate::base::Invalid> {
                match text {
                    $( $key => Ok(Self::$variant), )+
                    _ => {
                        let choices = concat!("one of " $(, "`", $key, "` ")+).trim_end();
                        let invalid = $crate::base::Invalid::new(choices);
                        Err(match $crate::base::suggest::did_you_mean(text, Self::KEYS.iter().copied()) {
                            Some(hint) => invalid.hint(hint),
                            None => invalid,
                        })
                    }
                }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::base::Invalid;

            fn try_from(text: String) -> Result<Self, $crate::base::Invalid> {
                text.parse()
            }
        }

        impl $crate::base::Scalar for $name {
            const TYPE: $crate::base::Type = $crate::base::Type::Code(Self::KEYS);

            fn from_text(text: &$crate::base::Text) -> Result<Self, $crate::base::Invalid> {
                text.parse()
            }

            fn to_value(&self) -> $crate::base::Value<'_> {
                self.value()
            }
        }
    };
}

pub(crate) use codes;

codes! {
    /// How the printed number was hedged: what the true value is to the number.
    Relation {
        /// The value is the number, within its rounding.
        #[default]
        Eq = "eq", "=";
        /// "More than".
        Gt = "gt", ">";
        /// "At least".
        Ge = "ge", "≥";
        /// "Less than".
        Lt = "lt", "<";
        /// "Up to".
        Le = "le", "≤";
        /// "About".
        Approx = "approx", "≈";
    }
}

impl Relation {
    /// Says whether the number only bounds the value and is no value itself.
    pub fn is_bound(self) -> bool {
        match self {
            Self::Gt | Self::Ge | Self::Lt | Self::Le => true,
            Self::Eq | Self::Approx => false,
        }
    }

    /// Returns the least and the greatest number that a printed number may stand for, once its rounding and its
    /// hedge are allowed for. "About" allows twice the rounding.
    pub fn range(self, printed: super::Quantity) -> (f64, f64) {
        let (value, rounding) = (printed.value(), printed.rounding());
        match self {
            Self::Eq => (value - rounding, value + rounding),
            Self::Approx => (value - 2.0 * rounding, value + 2.0 * rounding),
            Self::Gt => (value, f64::INFINITY),
            Self::Ge => (value - rounding, f64::INFINITY),
            Self::Lt => (f64::NEG_INFINITY, value),
            Self::Le => (f64::NEG_INFINITY, value + rounding),
        }
    }
}

codes! {
    /// The standing of a claim among its rivals, after Wikidata's ranks.
    Rank {
        /// The claim to use: best supported.
        Preferred = "preferred", "preferred";
        /// A claim like others.
        #[default]
        Normal = "normal", "normal";
        /// A claim known to be wrong, kept because somebody makes it.
        Deprecated = "deprecated", "deprecated";
    }
}

codes! {
    /// Which direction of a metric is better.
    Polarity {
        /// More is better.
        Higher = "higher", "higher";
        /// Less is better.
        Lower = "lower", "lower";
        /// Neither direction is better.
        #[default]
        Neutral = "neutral", "neutral";
    }
}

codes! {
    /// The four quarters of a SWOT analysis.
    SwotKind {
        /// Internal, helpful.
        #[default]
        Strength = "strength", "strength";
        /// Internal, harmful.
        Weakness = "weakness", "weakness";
        /// External, helpful.
        Opportunity = "opportunity", "opportunity";
        /// External, harmful.
        Threat = "threat", "threat";
    }
}

codes! {
    /// What part of a study a finding is.
    FindingKind {
        /// What it asks.
        #[default]
        Question = "question", "question";
        /// What it sets out to do.
        Objective = "objective", "objective";
        /// Why it matters.
        Significance = "significance", "significance";
        /// What it covers.
        Scope = "scope", "scope";
        /// How it was done.
        Method = "method", "method";
        /// What it found.
        Finding = "finding", "finding";
        /// What follows from a finding.
        Implication = "implication", "implication";
        /// What it concludes.
        Conclusion = "conclusion", "conclusion";
        /// What it advises.
        Recommendation = "recommendation", "recommendation";
        /// What a reader thinks of it.
        Opinion = "opinion", "opinion";
    }
}

codes! {
    /// What a study says has become of its hypothesis.
    ClaimedVerdict {
        /// It is true.
        Confirmed = "confirmed", "confirmed";
        /// The evidence speaks for it.
        Supported = "supported", "supported";
        /// It is false.
        Rejected = "rejected", "rejected";
        /// The study does not say.
        #[default]
        Undecided = "undecided", "undecided";
    }
}

codes! {
    /// What a record does to a hypothesis.
    Stance {
        /// It speaks for it.
        Supports = "supports", "supports";
        /// It speaks against it.
        Opposes = "opposes", "opposes";
        /// It speaks neither for nor against it.
        #[default]
        Neutral = "neutral", "neutral";
    }
}

codes! {
    /// What a source is to the casebook.
    SourceKind {
        /// One of the documents that the casebook was made from.
        #[default]
        Study = "study", "study";
        /// Readers' comments on a document.
        Comments = "comments", "comments";
        /// A record by whoever it is about: filing, release, register.
        Primary = "primary", "primary";
        /// A work that a document cites and lists.
        Cited = "cited", "cited";
        /// A work that a document cites but never lists.
        Unresolved = "unresolved", "unresolved";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_near_misses_get_a_hint() {
        for key in Rank::KEYS {
            assert_eq!(key.parse::<Rank>().unwrap().key(), *key);
        }
        let error = "prefered".parse::<Rank>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "must be one of `preferred` `normal` `deprecated` (did you mean `preferred`?)"
        );
        assert!(Relation::Le.is_bound() && !Relation::Approx.is_bound());
        assert_eq!(Relation::Approx.range("62".parse().unwrap()), (61.0, 63.0));
    }
}
