//! Numbers to columns: the scale of a bar chart, with zero always on it.

use crate::base::{Quantity, Relation};
use crate::report::Bar;

use super::super::human;

/// How finely a column is divided.
pub(super) const STEPS: usize = 8;

/// The columns of a scale and what they stand for.
pub(super) struct Scale {
    /// The columns below zero.
    pub below: usize,
    /// The columns above zero.
    pub above: usize,
    /// The number at the left end.
    pub least: End,
    /// The number at the right end.
    pub greatest: End,
}

/// An end of a scale: a round number.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct End {
    /// The number.
    pub value: f64,
    /// The number as people read it.
    pub text: String,
}

impl Scale {
    /// Returns the ends of a scale that has room for all values, all intervals and zero.
    pub(super) fn ends(bars: &[Bar<'_>]) -> (End, End) {
        let numbers = bars.iter().flat_map(|bar| {
            [bar.value.map(Quantity::value), bar.low, bar.high]
                .into_iter()
                .flatten()
        });
        let finite = numbers.filter(|number| number.is_finite());
        let (least, greatest) = finite.fold((0.0, 0.0), |(least, greatest), number| {
            (f64::min(least, number), f64::max(greatest, number))
        });
        (End::beyond(least), End::beyond(greatest))
    }

    /// Spreads a scale over columns. Zero has a column of its own where something lies below it.
    pub(super) fn over(columns: usize, (least, greatest): (End, End)) -> Self {
        let has_zero = least.value < 0.0;
        let columns = columns.saturating_sub(usize::from(has_zero));
        let mut below = 0;
        if has_zero {
            let most = columns.saturating_sub(usize::from(greatest.value > 0.0));
            let share = -least.value / (greatest.value - least.value);
            below = whole((share * real(columns)).round()).clamp(1, most.max(1));
        }
        Self {
            below,
            above: columns.saturating_sub(below),
            least,
            greatest,
        }
    }

    /// Says whether something lies below zero, which then has a column of its own.
    pub(super) fn has_zero(&self) -> bool {
        self.below > 0
    }

    /// Returns the columns of all of it.
    pub(super) fn columns(&self) -> usize {
        self.below + usize::from(self.has_zero()) + self.above
    }

    /// Returns how many eighths of a column lie between zero and a value; one at least, except for zero itself.
    pub(super) fn steps(&self, value: f64) -> usize {
        let span = self.greatest.value - self.least.value;
        if value == 0.0 || span <= 0.0 {
            return 0;
        }
        let columns = if value < 0.0 { self.below } else { self.above };
        let share = value.abs() / span * real(self.below + self.above);
        whole((share * real(STEPS)).round()).clamp(1, (columns * STEPS).max(1))
    }

    /// Returns the column in which a value lies: that of the end of its bar.
    pub(super) fn column(&self, value: f64) -> usize {
        let steps = self.steps(value);
        let past = steps.saturating_sub(1) / STEPS;
        if value < 0.0 {
            self.below.saturating_sub(1 + past)
        } else if steps == 0 {
            self.below
        } else {
            let right = self.columns().saturating_sub(1);
            (self.below + usize::from(self.has_zero()) + past).min(right)
        }
    }
}

impl End {
    /// Returns the next number away from zero that has two digits.
    fn beyond(number: f64) -> Self {
        let zero = Self {
            value: 0.0,
            text: "0".into(),
        };
        let exponent = format!("{number:e}");
        let exponent = exponent
            .split_once('e')
            .and_then(|(_, power)| power.parse::<i32>().ok());
        let Some(exponent) = exponent.filter(|_| number != 0.0) else {
            return zero;
        };
        let mut place = exponent.saturating_sub(1);
        // What is lost in binary does not make 30 a 31.
        let digits = (number.abs() / 10f64.powi(place) - 1e-9).ceil();
        let mut digits = format!("{digits:.0}");
        if place < 0 && digits.ends_with('0') {
            digits.pop();
            place += 1;
        }
        // The place of a scale is kept, so that 410e6 is read as millions and 41e7 is not.
        let whole = (exponent / 3 * 3).min(12);
        if exponent >= 6 && place > whole {
            digits.push('0');
            place -= 1;
        }
        let sign = if number < 0.0 { "-" } else { "" };
        let text = format!("{sign}{digits}e{place}");
        let value: f64 = text.parse().unwrap_or(number);
        let text = text
            .parse()
            .map_or_else(|_| format!("{value:e}"), human::scaled);
        Self { value, text }
    }
}

/// Writes an end of an interval with a digit more than the value has.
pub(super) fn written(end: f64, value: Option<Quantity>) -> String {
    let place = value.map_or(-1, |value| value.place().saturating_sub(1));
    let text = format!("{:.0}e{place}", end / 10f64.powi(place));
    text.parse()
        .map_or_else(|_| format!("{end:e}"), human::scaled)
}

/// Returns the ends of the interval that a bar lies in; `None` is open. No interval is `None` for both.
pub(super) fn interval(bar: &Bar<'_>) -> (Option<f64>, Option<f64>) {
    let known = |end: Option<f64>| end.filter(|end| end.is_finite());
    let value = bar.value.map(Quantity::value);
    match bar.relation {
        Relation::Eq | Relation::Approx => (known(bar.low), known(bar.high)),
        Relation::Gt | Relation::Ge => (known(bar.low).or(value), None),
        Relation::Lt | Relation::Le => (None, known(bar.high).or(value)),
    }
}

/// Returns the whole number of a number that has no fraction; 0 for what is below.
fn whole(number: f64) -> usize {
    format!("{number:.0}").parse().unwrap_or_default()
}

fn real(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::from(u32::MAX), f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(values: &[&str]) -> Vec<Bar<'static>> {
        let bar = |value: &&str| Bar {
            value: value.parse().ok(),
            ..Bar::default()
        };
        values.iter().map(bar).collect()
    }

    #[test]
    fn ends_are_round_and_zero_lies_between() {
        for (values, least, greatest) in [
            (&["62", "65.7"][..], "0", "66"),
            (&["0.3"], "0", "0.3"),
            (&["0.0512"], "0", "0.052"),
            (&["410e6"], "0", "410 million"),
            (&["1.84e12"], "0", "1.9 trillion"),
            (&["470000"], "0", "470,000"),
            (&["-12.3", "-4"], "-13", "0"),
            (&["-101", "99"], "-110", "99"),
            (&["0", ""], "0", "0"),
            (&["999999999999999e15"], "0", "1e30"),
        ] {
            let (low, high) = Scale::ends(&bars(values));
            assert_eq!((&*low.text, &*high.text), (least, greatest), "{values:?}");
        }
    }

    #[test]
    fn zero_has_a_column_when_something_lies_below_it() {
        let scale = Scale::over(41, Scale::ends(&bars(&["-10", "30"])));
        assert_eq!((scale.below, scale.above, scale.columns()), (10, 30, 41));
        assert_eq!(
            [-10.0, 30.0, 0.0, 0.001].map(|value| scale.steps(value)),
            [80, 240, 0, 1]
        );
        assert_eq!(
            [-10.0, 0.0, 30.0].map(|value| scale.column(value)),
            [0, 10, 40]
        );
        let positive = Scale::over(40, Scale::ends(&bars(&["40"])));
        assert_eq!((positive.below, positive.above), (0, 40));
        assert_eq!(
            [0.0, 1.0, 40.0].map(|value| positive.column(value)),
            [0, 0, 39]
        );
        let nothing = Scale::over(40, Scale::ends(&bars(&["0"])));
        assert_eq!((nothing.steps(0.0), nothing.column(0.0)), (0, 0));
        // However little lies on one side, it has a column.
        let lean = Scale::over(40, Scale::ends(&bars(&["-0.001", "1000"])));
        assert_eq!((lean.below, lean.above), (1, 38));
    }

    #[test]
    fn bounds_are_open_at_one_end() {
        let bar = |relation, low, high| Bar {
            value: "5".parse().ok(),
            relation,
            low,
            high,
            ..Bar::default()
        };
        let end = f64::INFINITY;
        for (bar, expected) in [
            (bar(Relation::Eq, None, None), (None, None)),
            (
                bar(Relation::Eq, Some(4.0), Some(6.0)),
                (Some(4.0), Some(6.0)),
            ),
            (
                bar(Relation::Approx, Some(-end), Some(6.0)),
                (None, Some(6.0)),
            ),
            (bar(Relation::Gt, None, None), (Some(5.0), None)),
            (bar(Relation::Ge, Some(4.5), Some(end)), (Some(4.5), None)),
            (bar(Relation::Lt, None, None), (None, Some(5.0))),
            (bar(Relation::Le, Some(-end), Some(5.5)), (None, Some(5.5))),
        ] {
            assert_eq!(interval(&bar), expected, "{bar:?}");
        }
    }

    #[test]
    fn ends_of_intervals_have_a_digit_more_than_the_value() {
        let written = |end, value: &str| written(end, value.parse().ok());
        assert_eq!(written(58.3123, "62"), "58.3");
        assert_eq!(written(1.835e12, "1.84e12"), "1.835 trillion");
        assert_eq!(written(0.5, ""), "0.5");
        assert_eq!(written(1e300, "62"), "1e300");
    }
}
