//! A value of a metric, as claimed.

use crate::base::{Citations, Date, Id, Quantity, Rank, Relation, Text, Value};

use super::field::{day, first_day, last_day, record, stored};
use super::{Field, Kind, Metric};

/// One value of a metric, as claimed. The subject is the company, the metric and the period, or that of the claim
/// that it rivals.
#[derive(Debug, Clone, Default)]
pub struct Kpi {
    /// Identifier.
    pub id: Id,
    /// The company.
    pub company: Id,
    /// The metric.
    pub metric: Id,
    /// How the printed number was hedged.
    pub relation: Relation,
    /// The number, with its printed precision.
    pub value: Quantity,
    /// Unit of the value where it is not the metric's, such as another currency.
    pub unit: Option<Text>,
    /// What a percentage is a share of, where it is not what the metric says.
    pub denominator: Option<Text>,
    /// The time that the value is for.
    pub period: Option<Date>,
    /// The time that a change is measured from.
    pub base_period: Option<Date>,
    /// Whom or what it covers, where that is stated.
    pub population: Option<Text>,
    /// How many answered, where that is published.
    pub sample_size: Option<u32>,
    /// Lower end of its 95 per cent confidence interval, where that is published.
    pub interval_low: Option<Quantity>,
    /// Upper end of that interval.
    pub interval_high: Option<Quantity>,
    /// The words and figures of the source.
    pub printed: Option<Text>,
    /// Standing among rival claims.
    pub rank: Rank,
    /// The claim that this one rivals although its period differs.
    pub rival_of: Option<Id>,
    /// Who states it, and where.
    pub cite: Citations,
    /// Whom the source itself cites for it.
    pub via: Option<Citations>,
    /// The curator's remark.
    pub note: Option<Text>,
}

impl Kpi {
    /// Returns the unit of the value: its own, or the metric's.
    pub fn unit_of<'a>(&'a self, metric: &'a Metric) -> &'a str {
        self.unit.as_deref().unwrap_or(&metric.unit)
    }

    /// Returns what a percentage is a share of: as the value says, or the metric.
    pub fn denominator_of<'a>(&'a self, metric: &'a Metric) -> Option<&'a str> {
        self.denominator
            .as_deref()
            .or(metric.denominator.as_deref())
    }

    /// Returns the ends of its 95 per cent confidence interval; `None` unless both are stated.
    pub fn interval(&self) -> Option<(Quantity, Quantity)> {
        self.interval_low.zip(self.interval_high)
    }

    /// Returns what is wrong with its interval: the column, what is wrong, how to mend it.
    pub fn fault(&self) -> Option<(&'static str, String, &'static str)> {
        const LOW: &str = "interval_low";
        const HIGH: &str = "interval_high";
        let half = |empty: &'static str, stated: &str| {
            let message = format!("column `{empty}` must not be empty where `{stated}` is stated");
            Some((
                empty,
                message,
                "state both ends of the interval, or neither",
            ))
        };
        let (low, high) = match (self.interval_low, self.interval_high) {
            (None, None) => return None,
            (Some(_), None) => return half(HIGH, LOW),
            (None, Some(_)) => return half(LOW, HIGH),
            (Some(low), Some(high)) => (low, high),
        };
        if low.value() > high.value() {
            let message =
                format!("column `{HIGH}` must be at least `{LOW}`, {low}, found `{high}`");
            return Some((HIGH, message, "the lower end stands first"));
        }
        // What is printed to fewer digits than its ends may seem to lie outside them.
        let (least, most) = self.relation.range(self.value);
        let (key, end, wanted) = if most < low.value() - low.rounding() {
            (LOW, low, "at most")
        } else if least > high.value() + high.rounding() {
            (HIGH, high, "at least")
        } else {
            return None;
        };
        let value = self.value;
        let message = format!("column `{key}` must be {wanted} the value, {value}, found `{end}`");
        let hint = "write the two ends between which the value lies, not how far they are from it";
        Some((key, message, hint))
    }

    /// Says whether some number agrees with both values as they are rounded and hedged. Ranges that only touch, such
    /// as those of 62 and 63, have none; nor have a number and "more than" that same number, whatever its rounding.
    pub fn may_equal(&self, other: &Self) -> bool {
        let is_strict = |bound: &Self, value: &Self| {
            matches!(bound.relation, Relation::Gt | Relation::Lt)
                && value.relation == Relation::Eq
                && bound.value.value().total_cmp(&value.value.value()).is_eq()
        };
        if is_strict(self, other) || is_strict(other, self) {
            return false;
        }
        let (low, high) = self.relation.range(self.value);
        let (other_low, other_high) = other.relation.range(other.value);
        // Doubles meet their border only nearly: 1.1 and 1.2 touch as 62 and 63 do.
        let slack = (self.value.rounding() + other.value.rounding()) * 1e-6;
        high.min(other_high) - low.max(other_low) > slack
    }
}

record! {
    Kpi, Kind::Kpis, kpis:
    stored!(Self, id, "Id").detail().required(),
    stored!(Self, company, "Company").required().refers_to(Kind::Companies),
    stored!(Self, metric, "Metric").required().refers_to(Kind::Metrics).gist(),
    // The value shows it.
    stored!(Self, relation, "Relation").detail().echo(),
    Field {
        get: |kpi| Value::Number(kpi.value, kpi.relation),
        ..stored!(Self, value, "Value").required().gist().claimed()
    },
    stored!(Self, unit, "Unit").detail().gist().claimed(),
    stored!(Self, denominator, "Percent of").detail().claimed(),
    stored!(Self, period, "Period"),
    day!(Self, "period_start", "Period from", |record| record.period.as_ref(), first_day),
    day!(Self, "period_end", "Period to", |record| record.period.as_ref(), last_day),
    stored!(Self, base_period, "Base").detail(),
    stored!(Self, population, "Population").detail(),
    stored!(Self, sample_size, "Sample").detail(),
    stored!(Self, interval_low, "Interval from").detail(),
    stored!(Self, interval_high, "Interval to").detail(),
    stored!(Self, printed, "Printed as").detail(),
    stored!(Self, rank, "Rank"),
    stored!(Self, rival_of, "Rival of").detail().refers_to(Kind::Kpis),
    stored!(Self, cite, "Source").required(),
    stored!(Self, via, "Via"),
    stored!(Self, note, "Note").detail(),
}

#[cfg(test)]
mod tests {
    use super::*;
    use Relation::{Approx, Eq, Ge, Gt, Le, Lt};

    #[test]
    fn values_agree_when_their_ranges_overlap() {
        let kpi = |relation, value: &str| Kpi {
            relation,
            value: value.parse().unwrap(),
            ..Kpi::default()
        };
        for (left, right, may_equal) in [
            (kpi(Eq, "62"), kpi(Eq, "62.4"), true),
            (kpi(Eq, "62"), kpi(Eq, "63"), false),
            (kpi(Eq, "1.1"), kpi(Eq, "1.2"), false),
            (kpi(Eq, "4.1"), kpi(Eq, "4.2"), false),
            (kpi(Approx, "62"), kpi(Eq, "63"), true),
            (kpi(Gt, "1.8e12"), kpi(Eq, "1.84e12"), true),
            (kpi(Gt, "1.8e12"), kpi(Approx, "1.57e12"), false),
            (kpi(Gt, "5"), kpi(Lt, "5"), false),
            (kpi(Gt, "190"), kpi(Eq, "190"), false),
            (kpi(Ge, "190"), kpi(Eq, "190"), true),
            (kpi(Gt, "190"), kpi(Eq, "190.2"), true),
            (kpi(Ge, "5"), kpi(Le, "5"), true),
        ] {
            assert_eq!(left.may_equal(&right), may_equal, "{left:?} {right:?}");
            assert_eq!(right.may_equal(&left), may_equal);
        }
    }
}
