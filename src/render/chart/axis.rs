//! Days to columns: the axis of timelines.

use crate::base::{Date, Day};
use crate::report::Lane;

use super::page::{Page, padded, width};

/// The days of a month, and the months of a year: nobody sees the difference in columns.
const MONTH: usize = 31;
const YEAR: usize = 12 * MONTH;

/// The fewest columns between two years of the axis.
const BETWEEN_TICKS: usize = 8;

/// An axis of whole years.
pub(super) struct Axis {
    /// The first year.
    first: usize,
    /// How many years.
    years: usize,
    /// Its columns.
    pub columns: usize,
}

impl Axis {
    /// Makes the axis of all events within the window; `None` when there is none.
    pub(super) fn of(
        lanes: &[Lane<'_>],
        window: (Option<Day>, Option<Day>),
        columns: usize,
    ) -> Option<Self> {
        let dates = || {
            lanes
                .iter()
                .flat_map(|lane| lane.items.iter().map(|item| item.date))
        };
        let first = dates().map(Date::first).min()?;
        let last = dates()
            .map(|date| date.last().unwrap_or(date.first()))
            .max()?;
        let first = window.0.map_or(first, |from| from.max(first));
        let last = window.1.map_or(last, |to| to.min(last));
        let (first, last) = (first.year.into(), last.year.into());
        Some(Self {
            first,
            years: usize::saturating_sub(last, first) + 1,
            columns,
        })
    }

    /// Returns the column of a day; the nearest one as error when the day is not on the axis.
    pub(super) fn column(&self, day: Day) -> Result<usize, usize> {
        let months = usize::from(day.month).saturating_sub(1);
        let days = usize::from(day.day).saturating_sub(1);
        let day = usize::from(day.year) * YEAR + months * MONTH + days;
        let Some(since) = day.checked_sub(self.first * YEAR) else {
            return Err(0);
        };
        let column = since * self.columns / (self.years * YEAR);
        if column < self.columns {
            Ok(column)
        } else {
            Err(self.columns.saturating_sub(1))
        }
    }

    /// Returns the years to show and their columns: every 1, 2, 5, 10, 20 ... years, as many as fit.
    pub(super) fn ticks(&self) -> Vec<(usize, usize)> {
        let steps = (0..4).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_usize.pow(power)));
        let fits = |step: &usize| step * self.columns / self.years >= BETWEEN_TICKS;
        let step = steps.clone().find(fits).unwrap_or(self.years);
        let years = (self.first..self.first + self.years).filter(|year| year.is_multiple_of(step));
        years
            .map(|year| (year, (year - self.first) * self.columns / self.years))
            .collect()
    }

    /// Draws the axis with its years above.
    pub(super) fn draw(&self, page: &Page) -> Vec<String> {
        let (mut years, mut line) = (String::new(), String::new());
        for (year, column) in self.ticks() {
            let label = format!("{year:04}");
            if column + label.len() <= page.width {
                years = padded(&years, column) + &label;
            }
            let gap = column.saturating_sub(width(&line));
            line.push_str(&page.signs.line.repeat(gap));
            line.push_str(page.signs.tick);
        }
        let gap = self.columns.saturating_sub(width(&line));
        line.push_str(&page.signs.line.repeat(gap));
        vec![years, line]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_stand_in_round_steps() {
        for (first, years, columns, expected) in [
            (2006, 1, 39, &[2006][..]),
            (2006, 3, 39, &[2006, 2007, 2008]),
            (1994, 8, 39, &[1994, 1996, 1998, 2000]),
            (1994, 32, 78, &[1995, 2000, 2005, 2010, 2015, 2020, 2025]),
            (1994, 32, 38, &[2000, 2010, 2020]),
            (0, 10_000, 78, &[0, 2000, 4000, 6000, 8000]),
        ] {
            let axis = Axis {
                first,
                years,
                columns,
            };
            let shown: Vec<usize> = axis.ticks().into_iter().map(|(year, _)| year).collect();
            assert_eq!(shown, expected, "{first} {years} {columns}");
        }
    }
}
