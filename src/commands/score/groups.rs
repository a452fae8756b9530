//! The score of each group: its answers, how they split, and its interval.

use crate::base::count::to_number;
use crate::base::{Answers, Quantity, Relation, Type, Value};
use crate::report::{Audience, Cell, Column, Row, Table};
use crate::score::{Estimate, Measure, Question, Score, Terms};
use crate::survey::Group;

use super::files::Survey;

/// Power of ten of the last digit of scores and shares in points, and of means.
const POINTS: i32 = -2;
const PER_CENT: i32 = -1;
const MEAN: i32 = -3;

/// Makes the columns of what groups are made of, and puts others behind them. A column that is called as one of the others is called
/// `by_` that.
pub(super) fn with_names(survey: &Survey, others: Vec<Column>) -> Vec<Column> {
    let names = survey.by.iter().map(|name| {
        let is_taken = others.iter().any(|other| other.key == *name);
        let key = if is_taken {
            format!("by_{name}")
        } else {
            name.clone()
        };
        Column::new(key, name.clone(), Type::Text)
    });
    let mut columns: Vec<Column> = names.collect();
    columns.extend(others);
    columns
}

/// Makes the cells of what a group is made of.
pub(super) fn name_cells<'a>(group: &Group) -> Vec<Cell<'a>> {
    let names = group
        .names
        .iter()
        .map(|name| Value::text(name.clone()).into());
    names.collect()
}

/// Returns how a group is called where one cell has to do.
pub(super) fn called(group: &Group) -> String {
    match group.names.as_slice() {
        [] => "all".into(),
        names => {
            let names = names
                .iter()
                .map(|name| if name.is_empty() { "(blank)" } else { name });
            names.collect::<Vec<_>>().join(", ")
        }
    }
}

/// Returns how the bad, the neutral and the good answers are called: for machines and for people.
pub(super) fn parts(measure: Measure) -> [(&'static str, &'static str); 3] {
    match measure {
        Measure::Nps => [
            ("detractors", "Detractors"),
            ("passives", "Passives"),
            ("promoters", "Promoters"),
        ],
        Measure::Csat => [
            ("dissatisfied", "Dissatisfied"),
            ("neutral", "Neutral"),
            ("satisfied", "Satisfied"),
        ],
        Measure::Ces => [
            ("difficult", "Difficult"),
            ("neutral", "Neutral"),
            ("easy", "Easy"),
        ],
    }
}

/// Returns what the score of a measure is called.
pub(super) fn label(measure: Measure) -> &'static str {
    match measure {
        Measure::Nps => "NPS",
        Measure::Csat => "CSAT",
        Measure::Ces => "CES",
    }
}

/// Returns what scores of a measure are counted in.
pub(super) fn unit(measure: Measure) -> &'static str {
    match measure {
        Measure::Csat => "percent",
        Measure::Nps | Measure::Ces => "points",
    }
}

/// Returns by what an estimate is multiplied to be shown.
pub(super) fn step(measure: Measure) -> f64 {
    match measure {
        Measure::Nps | Measure::Csat => 100.0,
        Measure::Ces => 1.0,
    }
}

/// Makes a number of a score, or of a difference of scores, of a measure.
pub(super) fn quantity(value: f64, measure: Measure) -> Quantity {
    let place = match measure {
        Measure::Nps | Measure::Csat => POINTS,
        Measure::Ces => MEAN,
    };
    Quantity::to_place(value * step(measure), place)
}

/// Makes a count.
pub(super) fn count<'a>(count: u64) -> Value<'a> {
    Value::Number(Quantity::to_place(to_number(count), 0), Relation::Eq)
}

/// Makes a share in per cent, `Missing` when there is none.
pub(super) fn percent<'a>(share: Option<f64>) -> Value<'a> {
    share.map_or(Value::Missing, |share| {
        Value::Number(Quantity::to_place(100.0 * share, PER_CENT), Relation::Eq)
    })
}

/// Returns the further estimates of a measure, each with its keys, and as what it is shown.
fn further(score: &Score) -> Vec<(&'static str, &'static str, Measure, Option<Estimate>)> {
    match score.measure {
        Measure::Nps => Vec::new(),
        Measure::Csat => vec![("mean", "Mean", Measure::Ces, score.mean)],
        Measure::Ces => vec![
            ("top", "Easy", Measure::Csat, score.top),
            ("net", "Net easy", Measure::Nps, score.net),
        ],
    }
}

/// Makes the table of scores: one for machines, and for people one of the scores and one of how the answers split, which fit a
/// terminal.
pub(super) fn tables<'a>(survey: &Survey, scores: &[Score], question: &Question) -> [Table<'a>; 3] {
    let columns = columns(survey, question);
    let each = survey.groups.iter().zip(scores);
    let rows = each.map(|(group, score)| row(group, score));
    let rows: Vec<Row<'a>> = rows.collect();
    let is_split = |column: &Column| {
        let of = |(key, _): &(&str, &str)| {
            column.key.strip_suffix("_pct").unwrap_or(&column.key) == *key
        };
        parts(question.measure).iter().any(of)
    };
    let part = |name: &'static str, is_wanted: &dyn Fn(usize, &Column) -> bool| {
        let wanted = columns
            .iter()
            .enumerate()
            .filter(|(place, column)| is_wanted(*place, column));
        let wanted: Vec<usize> = wanted.map(|(place, _)| place).collect();
        let rows = rows.iter().map(|row| -> Row<'a> {
            wanted
                .iter()
                .filter_map(|place| row.get(*place).cloned())
                .collect()
        });
        let columns = wanted
            .iter()
            .filter_map(|place| columns.get(*place).cloned());
        Table::new(name, columns.collect(), rows.collect::<Vec<_>>())
    };
    let split = part("split", &|place, column| {
        place < survey.by.len() || is_split(column)
    });
    [
        part("scores", &|_, _| true).only_for(Audience::Machines),
        part("scores", &|place, column| {
            place < survey.by.len() || !is_split(column)
        })
        .only_for(Audience::People),
        split
            .title("How the answers split")
            .only_for(Audience::People),
    ]
}

/// Makes the columns of all that is known of a group.
fn columns(survey: &Survey, question: &Question) -> Vec<Column> {
    let number = |key: String, label: String| Column::new(key, label, Type::Number);
    let named = |key: &str, label: &str| number(key.into(), label.into());
    let mut columns = vec![named("answers", "Answers"), named("missing", "Missing")];
    let effective = named("effective", "Effective");
    columns.push(if survey.weight.is_some() {
        effective
    } else {
        effective.detail()
    });
    for (key, label) in parts(question.measure).into_iter().rev() {
        columns.push(named(key, label));
        columns.push(number(format!("{key}_pct"), "%".into()));
    }
    let interval = |key: &str, label: String| {
        [
            number(key.into(), label),
            number(low_key(key), "from".into()),
            number(high_key(key), "to".into()),
        ]
    };
    columns.extend(interval("score", label(question.measure).into()));
    let none = Answers::new(question.least, question.most);
    for (key, label, ..) in further(&Score::of(&none, question, &Terms::default())) {
        columns.extend(interval(key, label.into()).map(Column::detail));
    }
    with_names(survey, columns)
}

fn low_key(key: &str) -> String {
    if key == "score" {
        "low".into()
    } else {
        format!("{key}_low")
    }
}

fn high_key(key: &str) -> String {
    if key == "score" {
        "high".into()
    } else {
        format!("{key}_high")
    }
}

fn row<'a>(group: &Group, score: &Score) -> Row<'a> {
    let mut row = name_cells(group);
    let effective = Value::Number(Quantity::to_place(score.effective, PER_CENT), Relation::Eq);
    row.extend([count(score.answers), count(group.missing()), effective].map(Cell::from));
    let shares = score.shares.map_or([None; 3], |shares| shares.map(Some));
    let parts = [score.low, score.middle, score.high]
        .into_iter()
        .zip(shares);
    for (number, share) in parts.rev() {
        row.extend([count(number), percent(share)].map(Cell::from));
    }
    row.extend(estimate(score.headline(), score.measure));
    for (_, _, shown_as, further) in further(score) {
        row.extend(estimate(further, shown_as));
    }
    row
}

/// Makes the cells of a score and the ends of its interval.
fn estimate<'a>(estimate: Option<Estimate>, measure: Measure) -> [Cell<'a>; 3] {
    let ends = estimate.map_or([None; 3], |estimate| {
        [Some(estimate.value), estimate.low, estimate.high]
    });
    ends.map(|end| {
        let value = end.map_or(Value::Missing, |end| {
            Value::Number(quantity(end, measure), Relation::Eq)
        });
        value.into()
    })
}

/// Says how the scores are made, and what weakens them.
pub(super) fn notes(
    survey: &Survey,
    scores: &[Score],
    question: &Question,
    terms: &Terms,
) -> Vec<String> {
    let mut notes = vec![definition(question)];
    let method = match question.measure {
        Measure::Ces => "t".to_owned(),
        Measure::Nps | Measure::Csat => terms.method.label().to_owned(),
    };
    let confidence = Quantity::to_place(100.0 * terms.confidence, -4).trimmed();
    notes.push(format!(
        "intervals: {confidence} per cent, {}",
        method.trim_end_matches(" interval")
    ));
    if let Some(weight) = &survey.weight {
        notes.push(format!(
            "answers are weighted by `{weight}`: intervals rest on the effective number of answers (Kish)"
        ));
    }
    if let Some(population) = terms.population {
        notes.push(format!(
            "each group is drawn from {population} people: intervals are corrected for that"
        ));
    }
    let each = survey.groups.iter().zip(scores);
    let few = each.filter(|(_, score)| !score.is_enough());
    let few: Vec<String> = few.map(|(group, _)| called(group)).collect();
    if !few.is_empty() {
        notes.push(format!(
            "fewer answers than the {} that the tests are meant for: {}",
            question.measure.fewest(),
            shortened(&few)
        ));
    }
    notes
}

/// Names some, and counts the others.
fn shortened(names: &[String]) -> String {
    match names.get(..5) {
        Some(first) if names.len() > 5 => {
            format!("{} and {} more", first.join(", "), names.len() - 5)
        }
        _ => names.join(", "),
    }
}

/// Says what a score is.
pub(super) fn definition(question: &Question) -> String {
    let range = |from: i32, to: i32| {
        if from == to {
            from.to_string()
        } else {
            format!("{from}-{to}")
        }
    };
    let lower = range(question.least, question.low_to);
    let upper = range(question.high_from, question.most);
    let (bad, good) = if question.is_reversed {
        (upper, lower)
    } else {
        (lower, upper)
    };
    match question.measure {
        Measure::Nps => {
            format!("NPS: share of promoters ({good}) less that of detractors ({bad}), in points")
        }
        Measure::Csat => format!(
            "CSAT: share of answers {good} on the scale {}",
            range(question.least, question.most)
        ),
        Measure::Ces => format!(
            "CES: mean answer on the scale {}, {} is good; easy are {good}, difficult {bad}",
            range(question.least, question.most),
            if question.is_reversed { "low" } else { "high" }
        ),
    }
}
