//! Each two groups compared: the difference, its interval, and what may be concluded.

use crate::base::{Quantity, Relation, Scalar as _, Type, Value};
use crate::compare::Verdict;
use crate::report::{Cell, Column, Row, Table};
use crate::score::{Difference, Question, Score, Terms, compare, holm};
use crate::survey::Group;

use super::files::Survey;
use super::groups::{called, label, quantity, step};

/// How machines call the table.
const NAME: &str = "comparisons";

/// The most groups of which each two are compared.
const MOST_GROUPS: usize = 50;

/// Power of ten of the last digit of a p value.
const P_VALUE: i32 = -5;

/// Two groups, and their difference where both have one.
struct Pair<'s> {
    groups: [&'s Group; 2],
    scores: [Score; 2],
    difference: Option<Difference>,
}

/// Makes the table of each two groups without its rows, for formats that only name it.
pub(super) fn unfilled<'a>(survey: &Survey, within: Option<f64>) -> Option<Table<'a>> {
    let is_some = (2..=MOST_GROUPS).contains(&survey.groups.len());
    is_some.then(|| Table::new(NAME, columns(within.is_some()), []))
}

/// Makes the table of each two groups; `None` for one group, and for more than are compared, which is told.
pub(super) fn table<'a>(
    survey: &Survey,
    scores: &[Score],
    question: &Question,
    terms: &Terms,
    within: Option<f64>,
    notes: &mut Vec<String>,
) -> Option<Table<'a>> {
    let groups = &survey.groups;
    if groups.len() < 2 {
        return None;
    }
    if groups.len() > MOST_GROUPS {
        notes.push(format!(
            "{} groups are too many to compare each two (at most {MOST_GROUPS}): choose some with --where",
            groups.len()
        ));
        return None;
    }
    let each: Vec<(&Group, &Score)> = groups.iter().zip(scores).collect();
    let pairs = each.iter().enumerate().flat_map(|(place, first)| {
        let others = each.iter().skip(place + 1);
        others.map(move |second| Pair {
            groups: [first.0, second.0],
            scores: [*first.1, *second.1],
            difference: compare(&first.0.answers, &second.0.answers, question, terms),
        })
    });
    let pairs: Vec<Pair<'_>> = pairs.collect();
    let differences = || pairs.iter().filter_map(|pair| pair.difference.as_ref());
    let adjusted = holm(
        &differences()
            .map(|difference| difference.p)
            .collect::<Vec<_>>(),
    );
    let within_units = within.map(|points| points / step(question.measure));
    let equivalences =
        differences().map(|difference| within_units.map(|within| difference.equivalence(within)));
    let mut tests = adjusted.iter().copied().zip(equivalences);
    let mut rows: Vec<Row<'a>> = Vec::new();
    for pair in &pairs {
        let test = pair.difference.as_ref().and_then(|_| tests.next());
        let (adjusted, equivalence) = test.unzip();
        rows.push(row(
            pair,
            adjusted,
            equivalence.flatten(),
            question,
            terms,
            within.is_some(),
        ));
    }
    notes.push(
        "groups are compared as independent samples; the interval of a difference is of it alone"
            .into(),
    );
    let is_alike = |pair: &Pair<'_>| {
        let mut both = pair.scores.iter();
        pair.difference.is_none() && both.all(|score| score.headline().is_some())
    };
    if pairs.iter().any(is_alike) {
        notes.push("means are not compared where nothing tells how far answers vary: one answer, or all alike".into());
    }
    if pairs.len() > 1 {
        notes.push(format!(
            "verdicts rest on p values adjusted after Holm for {} comparisons",
            pairs.len()
        ));
    }
    if let Some(points) = within {
        notes.push(format!(
            "equivalent: two one-sided tests show at {} that the difference is less than {points} points; \
             not shown is not the same as different; not adjusted for the number of tests",
            Quantity::to_place(1.0 - terms.confidence, -4).trimmed()
        ));
    }
    let table = Table::new(NAME, columns(within.is_some()), rows);
    Some(table.title(format!("{} compared", label(question.measure))))
}

fn columns(has_margin: bool) -> Vec<Column> {
    let number = |key: &'static str, label: &'static str| Column::new(key, label, Type::Number);
    let mut columns = vec![
        Column::new("first", "Group", Type::Text),
        Column::new("second", "less", Type::Text),
        Column::new("measure", "Measure", Type::Text).detail(),
        number("difference", "Difference"),
        number("low", "from"),
        number("high", "to"),
        number("p", "p"),
        number("p_holm", "p (Holm)"),
        Column::new("verdict", "Verdict", Verdict::TYPE),
    ];
    if has_margin {
        columns.push(number("p_equivalence", "p (equivalence)"));
        columns.push(Column::new("equivalent", "Equivalent", Type::Truth));
    }
    columns
}

fn row<'a>(
    pair: &Pair<'_>,
    adjusted: Option<f64>,
    equivalence: Option<f64>,
    question: &Question,
    terms: &Terms,
    has_margin: bool,
) -> Row<'a> {
    let number = |value: Option<Quantity>| {
        value.map_or(Value::Missing, |value| Value::Number(value, Relation::Eq))
    };
    let points = |of: fn(&Difference) -> f64| {
        let difference = pair.difference.as_ref();
        number(difference.map(|difference| quantity(of(difference), question.measure)))
    };
    let chance = |p: Option<f64>| number(p.map(|p| Quantity::to_place(p, P_VALUE)));
    let verdict = verdict(pair, adjusted, terms);
    let mut row: Row<'a> = pair
        .groups
        .iter()
        .map(|group| Value::text(called(group)).into())
        .collect();
    row.extend(
        [
            Value::text(question.measure.key()),
            points(|difference| difference.value),
            points(|difference| difference.low),
            points(|difference| difference.high),
            chance(pair.difference.as_ref().map(|difference| difference.p)),
            chance(adjusted),
            verdict.value(),
        ]
        .map(Cell::from),
    );
    if has_margin {
        let is_equivalent = equivalence.map(|p| p < 1.0 - terms.confidence);
        row.push(chance(equivalence).into());
        row.push(is_equivalent.map_or(Value::Missing, Value::Truth).into());
    }
    row
}

/// Returns what may be concluded of two groups.
fn verdict(pair: &Pair<'_>, adjusted: Option<f64>, terms: &Terms) -> Verdict {
    let scores = &pair.scores;
    let answered = scores
        .iter()
        .filter(|score| score.headline().is_some())
        .count();
    match (answered, adjusted) {
        (0, _) => Verdict::NoData,
        (1, _) => Verdict::OneSided,
        (_, Some(p)) if scores.iter().all(Score::is_enough) => {
            if p < 1.0 - terms.confidence {
                Verdict::Differs
            } else {
                Verdict::NoEvidence
            }
        }
        _ => Verdict::CannotTell,
    }
}
