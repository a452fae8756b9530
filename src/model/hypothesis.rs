//! A hypothesis of a study, the verdict that the study claims, and the records that bear on it.

use std::borrow::Cow;

use serde::Deserialize;

use crate::base::{Citations, ClaimedVerdict, Id, Stance, Text, Type, Value};

use super::field::{record, stored};
use super::{Field, Kind};

/// A hypothesis of a study.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Hypothesis {
    /// Identifier.
    pub id: Id,
    /// Its number in the study; 0 for the general one.
    pub ordinal: u32,
    /// What it says.
    pub statement: Text,
    /// What the study says has become of it.
    pub verdict: ClaimedVerdict,
    /// The records that bear on it.
    #[serde(default)]
    pub evidence: Vec<Evidence>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

/// A record that bears on a hypothesis.
#[derive(Debug, Clone, Deserialize)]
pub struct Evidence {
    /// Id of a record of any kind.
    pub record: Id,
    /// What it does to the hypothesis.
    pub stance: Stance,
    /// Where the study itself uses it; `None` when it is the curator who does.
    pub cite: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

impl Hypothesis {
    /// Lists the ids of the records with a stance.
    fn records(&self, stance: Stance) -> Value<'_> {
        let evidence = self.evidence.iter().filter(|item| item.stance == stance);
        Value::list(
            evidence
                .map(|item| Cow::Borrowed(item.record.as_str()))
                .collect(),
        )
    }
}

/// Makes the field that lists the records with a stance, which the evidence shows one by one.
macro_rules! records {
    ($key:literal, $label:literal, $stance:ident) => {
        Field::<Hypothesis>::derived($key, $label, Type::List, |hypothesis| {
            hypothesis.records(Stance::$stance)
        })
        .names_records()
        .echo()
    };
}

record! {
    Hypothesis, Kind::Hypotheses, hypotheses:
    stored!(Self, id, "Id").required(),
    Field::derived("ordinal", "No.", Type::Number, |hypothesis: &Hypothesis| {
        Value::count(hypothesis.ordinal)
    }).detail(),
    stored!(Self, statement, "Hypothesis").required().gist(),
    stored!(Self, verdict, "Claimed verdict").required(),
    records!("supports", "Supported by", Supports),
    records!("opposes", "Opposed by", Opposes),
    records!("neutral", "Neutral", Neutral).detail(),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via").detail(),
    stored!(Self, note, "Note").detail(),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_its_evidence_by_stance() {
        let hypothesis: Hypothesis = serde_json::from_str(
            r#"{"id": "h", "ordinal": 1, "statement": "It works", "verdict": "confirmed", "cite": "@s, p. 1",
                "evidence": [{"record": "a", "stance": "supports", "cite": "@s, p. 2"},
                             {"record": "b", "stance": "opposes", "note": "It does not"}]}"#,
        )
        .unwrap();
        assert_eq!(
            hypothesis.records(Stance::Supports),
            Value::List(vec!["a".into()])
        );
        assert_eq!(hypothesis.records(Stance::Neutral), Value::Missing);
    }
}
