//! Claims: records that state a value somebody else may contest.

use std::borrow::Cow;

use crate::base::fold::same;
use crate::base::{Citations, Date, Id, Quantity, Rank, Scalar as _, Text, Value};

use super::{Event, Kpi, Metric, Profile, Record};

/// A record that states a value of a subject.
pub trait Claim: Record {
    /// Returns what rival claims are about: the company, what is claimed of it, and for when.
    fn subject(&self) -> [&str; 3];

    /// Returns the claim whose subject this one shares whatever its own would be.
    fn rival_of(&self) -> Option<&Id> {
        None
    }

    /// Returns the claim without its type.
    fn statement(&self) -> Statement<'_>;

    /// Returns the standing of the claim among its rivals.
    fn rank(&self) -> Rank;

    /// Returns who states it.
    fn cite(&self) -> &Citations;

    /// Says whether both claims cannot be true of the same subject.
    fn contradicts(&self, other: &Self) -> bool;
}

/// A claim of any kind: what it states, who states it, and how it stands among its rivals.
#[derive(Debug, Clone)]
pub struct Statement<'a> {
    /// Id of the record.
    pub id: &'a Id,
    /// What it states: a date, a text, a number.
    pub value: Value<'a>,
    /// Unit of a number where it is not the metric's.
    pub unit: Option<&'a str>,
    /// What a percentage is a share of where it is not what the metric says.
    pub denominator: Option<&'a str>,
    /// What a value that is no text is about, in words.
    pub words: Option<&'a str>,
    /// When the value held, as the claim itself says.
    pub period: Option<&'a Date>,
    /// Standing among rival claims.
    pub rank: Rank,
    /// Who states it, and where.
    pub cite: &'a Citations,
    /// Whom the source itself cites for it.
    pub via: Option<&'a Citations>,
    /// The reason for the rank, and other remarks.
    pub note: Option<&'a str>,
}

/// Fills what every claim has, and the value.
macro_rules! statement {
    ($claim:expr, $value:expr) => {
        Statement {
            id: &$claim.id,
            value: $value,
            unit: None,
            denominator: None,
            words: None,
            period: None,
            rank: $claim.rank,
            cite: &$claim.cite,
            via: $claim.via.as_ref(),
            note: $claim.note.as_deref(),
        }
    };
}

impl Claim for Event {
    fn subject(&self) -> [&str; 3] {
        [self.company.as_str(), &self.event, ""]
    }

    fn statement(&self) -> Statement<'_> {
        Statement {
            words: Some(&self.title),
            ..statement!(self, Value::Date(&self.date))
        }
    }

    fn rank(&self) -> Rank {
        self.rank
    }

    fn cite(&self) -> &Citations {
        &self.cite
    }

    fn contradicts(&self, other: &Self) -> bool {
        !self.date.overlaps(&other.date)
    }
}

impl Claim for Profile {
    fn subject(&self) -> [&str; 3] {
        [self.company.as_str(), &self.attribute, ""]
    }

    fn statement(&self) -> Statement<'_> {
        Statement {
            period: self.period.as_ref(),
            ..statement!(self, self.value.to_value())
        }
    }

    fn rank(&self) -> Rank {
        self.rank
    }

    fn cite(&self) -> &Citations {
        &self.cite
    }

    /// Two values contradict each other when they differ and may hold at the same time.
    fn contradicts(&self, other: &Self) -> bool {
        let is_of_one_time = match (&self.period, &other.period) {
            (Some(period), Some(other)) => period.overlaps(other),
            (Some(_) | None, None) | (None, Some(_)) => true,
        };
        is_of_one_time && !same(&self.value, &other.value)
    }
}

impl Claim for Kpi {
    fn subject(&self) -> [&str; 3] {
        let period = self.period.as_ref().map_or("", |period| period.as_str());
        [self.company.as_str(), self.metric.as_str(), period]
    }

    fn rival_of(&self) -> Option<&Id> {
        self.rival_of.as_ref()
    }

    fn statement(&self) -> Statement<'_> {
        Statement {
            unit: self.unit.as_deref(),
            denominator: self.denominator.as_deref(),
            period: self.period.as_ref(),
            ..statement!(self, Value::Number(self.value, self.relation))
        }
    }

    fn rank(&self) -> Rank {
        self.rank
    }

    fn cite(&self) -> &Citations {
        &self.cite
    }

    /// Two values contradict each other when no number agrees with both as they are rounded and hedged, or when they
    /// are not of the same thing: in another unit, or a share of something else. Values of two populations may both be true,
    /// unless one is said to rival the other.
    fn contradicts(&self, other: &Self) -> bool {
        let is_rival =
            self.rival_of.as_ref() == Some(&other.id) || other.rival_of.as_ref() == Some(&self.id);
        let is_of_others = match (&self.population, &other.population) {
            (Some(population), Some(other)) => !same(population, other),
            (Some(_) | None, None) | (None, Some(_)) => false,
        };
        if is_of_others && !is_rival {
            return false;
        }
        !self.may_equal(other)
            || differ(self.unit.as_ref(), other.unit.as_ref())
            || differ(self.denominator.as_ref(), other.denominator.as_ref())
    }
}

impl Claim for Metric {
    fn subject(&self) -> [&str; 3] {
        ["", self.id.as_str(), ""]
    }

    fn rival_of(&self) -> Option<&Id> {
        self.rival_of.as_ref()
    }

    fn statement(&self) -> Statement<'_> {
        let scale = match (self.scale_min, self.scale_max) {
            (Some(least), Some(most)) => format!("{least} to {most} "),
            (Some(least), None) => format!("{least} or more "),
            (None, Some(most)) => format!("at most {most} "),
            (None, None) => String::new(),
        };
        let better = self.polarity.label();
        let scale = format!("{scale}{}, better: {better}", self.unit);
        Statement {
            denominator: self.denominator.as_deref(),
            words: self.definition.as_deref(),
            ..statement!(self, Value::Text(Cow::Owned(scale)))
        }
    }

    fn rank(&self) -> Rank {
        self.rank
    }

    fn cite(&self) -> &Citations {
        &self.cite
    }

    /// Two definitions contradict each other when their results cannot be read on one scale.
    fn contradicts(&self, other: &Self) -> bool {
        let differ = |end: Option<Quantity>, other: Option<Quantity>| {
            end.zip(other)
                .is_some_and(|(end, other)| end.value().total_cmp(&other.value()).is_ne())
        };
        differ(self.scale_min, other.scale_min)
            || differ(self.scale_max, other.scale_max)
            || self.polarity != other.polarity
            || !same(&self.unit, &other.unit)
    }
}

/// Says whether two texts differ, or only one is there.
fn differ(left: Option<&Text>, right: Option<&Text>) -> bool {
    match (left, right) {
        (Some(left), Some(right)) => !same(left, right),
        (None, None) => false,
        (Some(_), None) | (None, Some(_)) => true,
    }
}
