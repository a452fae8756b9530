//! How often each answer was given, as a table and drawn.

use crate::base::count::to_number;
use crate::base::{Quantity, Relation, Type, Value};
use crate::report::{Bar, Cell, Chart, Column, Row, Table};
use crate::score::{Question, Score};
use crate::survey::Group;

use super::files::Survey;
use super::groups::{called, count, label, name_cells, percent, quantity, step, unit, with_names};

/// The most groups whose answers are drawn.
const MOST_DRAWN: usize = 12;

/// Makes the table of how often each answer was given in each group.
pub(super) fn table<'a>(survey: &Survey) -> Table<'a> {
    let columns = vec![
        Column::new("answer", "Answer", Type::Number),
        Column::new("count", "Count", Type::Number),
        Column::new("share_pct", "%", Type::Number),
    ];
    let rows: Vec<Row<'a>> = survey.groups.iter().flat_map(rows).collect();
    Table::new("answers", with_names(survey, columns), rows).title("Answers")
}

fn rows<'a>(group: &Group) -> Vec<Row<'a>> {
    let shares = group.answers.shares();
    let counts = group.answers.scale().zip(&group.answers.counts).enumerate();
    let rows = counts.map(|(place, (answer, given))| {
        let share = shares
            .as_ref()
            .and_then(|shares| shares.get(place).copied());
        let answer = Value::Number(Quantity::to_place(f64::from(answer), 0), Relation::Eq);
        let mut row = name_cells(group);
        row.extend([answer, count(*given), percent(share)].map(Cell::from));
        row
    });
    rows.collect()
}

/// Draws the scores with their intervals, then how the answers of each group are spread.
pub(super) fn charts<'a>(survey: &Survey, scores: &[Score], question: &Question) -> Vec<Chart<'a>> {
    let each = survey.groups.iter().zip(scores);
    let bars = each.map(|(group, score)| bar(group, score));
    let scores = Chart::bars(label(question.measure), unit(question.measure), bars);
    let spread = survey.groups.iter().take(MOST_DRAWN).map(|group| {
        let shares = group.answers.shares();
        let answers = group.answers.scale().enumerate();
        let bars = answers.map(|(place, answer)| Bar {
            label: answer.to_string().into(),
            value: shares
                .as_ref()
                .and_then(|shares| shares.get(place))
                .map(|share| Quantity::to_place(100.0 * share, -1)),
            ..Bar::default()
        });
        let answers = Quantity::to_place(to_number(group.answers.total()), 0);
        let title = match group.names.as_slice() {
            [] => format!("Answers: {answers}"),
            _ => format!("Answers of {}: {answers}", called(group)),
        };
        Chart::bars(title, "percent", bars)
    });
    std::iter::once(scores).chain(spread).collect()
}

fn bar<'a>(group: &Group, score: &Score) -> Bar<'a> {
    let headline = score.headline();
    let scaled = |end: f64| end * step(score.measure);
    Bar {
        label: called(group).into(),
        value: headline.map(|headline| quantity(headline.value, score.measure)),
        low: headline.and_then(|headline| headline.low).map(scaled),
        high: headline.and_then(|headline| headline.high).map(scaled),
        ..Bar::default()
    }
}
