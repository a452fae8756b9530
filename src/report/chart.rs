//! What may be drawn of an answer: typed, not yet drawn.

use std::borrow::Cow;

use crate::base::{Date, Day, Quantity, Relation};

use super::Mark;

/// A drawing of what a report says.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart<'a> {
    /// Title for people.
    pub title: Option<String>,
    /// What is drawn.
    pub drawing: Drawing<'a>,
}

/// The kinds of charts.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing<'a> {
    /// Values on one scale.
    Bars {
        /// What the values are counted in.
        unit: Cow<'a, str>,
        /// The values, in order.
        bars: Vec<Bar<'a>>,
    },
    /// Dates on one axis of time.
    Lanes {
        /// The timelines, in order.
        lanes: Vec<Lane<'a>>,
        /// The first and the last day of interest: what goes on before or after is cut there.
        window: (Option<Day>, Option<Day>),
    },
}

/// A value of a bar chart.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Bar<'a> {
    /// Whose value it is.
    pub label: Cow<'a, str>,
    /// The value; `None` when none is known, which is never zero.
    pub value: Option<Quantity>,
    /// How the source hedged it.
    pub relation: Relation,
    /// Lower end of the interval that it may lie in; `None` when open or not known.
    pub low: Option<f64>,
    /// Upper end of that interval; `None` when open or not known.
    pub high: Option<f64>,
    /// A footnote mark.
    pub mark: Option<Mark>,
}

/// What is dated of one company.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane<'a> {
    /// The company.
    pub label: Cow<'a, str>,
    /// Its events, in order.
    pub items: Vec<Item<'a>>,
}

/// A dated text.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<'a> {
    /// When, from the first to the last day that the date may mean.
    pub date: &'a Date,
    /// What.
    pub text: Cow<'a, str>,
    /// A footnote mark of the date.
    pub mark: Option<Mark>,
}

impl<'a> Chart<'a> {
    /// Makes a bar chart.
    pub fn bars(
        title: impl Into<String>,
        unit: impl Into<Cow<'a, str>>,
        bars: impl IntoIterator<Item = Bar<'a>>,
    ) -> Self {
        Self {
            title: Some(title.into()),
            drawing: Drawing::Bars {
                unit: unit.into(),
                bars: bars.into_iter().collect(),
            },
        }
    }

    /// Returns how many values or events it has.
    pub fn count(&self) -> usize {
        match &self.drawing {
            Drawing::Bars { bars, .. } => bars.len(),
            Drawing::Lanes { lanes, .. } => lanes.iter().map(|lane| lane.items.len()).sum(),
        }
    }
}
