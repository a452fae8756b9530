//! Claims: records that state a value somebody else may contest.

use crate::base::fold::same;
use crate::base::{Citations, Rank};

use super::{Event, Kpi, Profile, Record};

/// A record that states a value of a subject.
pub trait Claim: Record {
    /// Returns what rival claims are about: the company, what is claimed of it, and for when.
    fn subject(&self) -> [&str; 3];

    /// Returns the standing of the claim among its rivals.
    fn rank(&self) -> Rank;

    /// Returns who states it.
    fn cite(&self) -> &Citations;

    /// Says whether both claims cannot be true of the same subject.
    fn contradicts(&self, other: &Self) -> bool;
}

impl Claim for Event {
    fn subject(&self) -> [&str; 3] {
        [self.company.as_str(), &self.event, ""]
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

    fn rank(&self) -> Rank {
        self.rank
    }

    fn cite(&self) -> &Citations {
        &self.cite
    }

    fn contradicts(&self, other: &Self) -> bool {
        !same(&self.value, &other.value)
    }
}

impl Claim for Kpi {
    fn subject(&self) -> [&str; 3] {
        let period = self.period.as_ref().map_or("", |period| period.as_str());
        [self.company.as_str(), self.metric.as_str(), period]
    }

    fn rank(&self) -> Rank {
        self.rank
    }

    fn cite(&self) -> &Citations {
        &self.cite
    }

    /// Two values contradict each other when no number agrees with both as they are rounded and hedged.
    fn contradicts(&self, other: &Self) -> bool {
        !self.may_equal(other)
    }
}
