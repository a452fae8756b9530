//! How many answers it takes.

use anyhow::Result;
use clap::Args;

use crate::base::count::to_count;
use crate::base::proportion::variance_bounds;
use crate::base::{Complaint, Quantity, Relation, Type, Value};
use crate::report::{Cell, Column, Report, Row, Table};
use crate::score::{
    Measure, Question, Terms, needed_for_difference, needed_for_margin, needed_for_scores,
};

use super::ScoreArgs;
use super::groups::{count, label, step};

/// The chances of finding a difference that plans are made for.
const POWERS: [(f64, &str); 3] = [
    (0.5, "just significant when it is observed"),
    (0.8, "found 4 times out of 5"),
    (0.9, "found 9 times out of 10"),
];

/// What a margin is.
const MARGIN: &str = "half of the interval";

/// What to plan for.
#[derive(Debug, Args)]
#[command(next_help_heading = "Planning")]
pub(super) struct PlanArgs {
    /// Say how many answers it takes, without any file
    #[arg(long, conflicts_with_all = ["sql", "as_kpis", "by", "only", "equivalent_within", "conditions", "weight", "counts", "beside"])]
    plan: bool,
    /// The difference between two groups to be found, in points
    #[arg(
        long,
        value_name = "POINTS",
        requires = "plan",
        allow_negative_numbers = true
    )]
    difference: Option<f64>,
    /// The margin to either side of one score, in points
    #[arg(
        long,
        value_name = "POINTS",
        requires = "plan",
        allow_negative_numbers = true
    )]
    margin: Option<f64>,
    /// The score that is expected; without it, the worst is allowed for
    #[arg(
        long,
        value_name = "SCORE",
        requires = "plan",
        allow_negative_numbers = true
    )]
    expected: Option<f64>,
}

impl PlanArgs {
    /// Says whether a plan is asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.plan
    }
}

/// Makes the plan.
pub(super) fn run<'a>(args: &ScoreArgs, question: &Question, terms: &Terms) -> Result<Report<'a>> {
    let plan = &args.plan;
    if !args.files.named().is_empty() {
        let hint = "leave the files out; --expected names the score that they gave";
        return Err(Complaint::new("a plan is made before there are answers")
            .hint(hint)
            .into());
    }
    if plan.difference.is_none() && plan.margin.is_none() {
        let hint = "--difference POINTS between two groups, or --margin POINTS of one score";
        return Err(Complaint::new("what are the answers needed for?")
            .hint(hint)
            .into());
    }
    let scale = Scale::of(question);
    let expected = plan
        .expected
        .map(|score| scale.checked(score))
        .transpose()?;
    let mut rows: Vec<Row<'a>> = Vec::new();
    if let Some(points) = positive("--difference", plan.difference)? {
        scale.check_difference(points)?;
        let scores = expected
            .map(|score| scale.beside(score, points))
            .transpose()?;
        for (power, meaning) in POWERS {
            let needed = scale.for_difference(points, scores, power, terms);
            rows.push(row("difference", points, meaning, scale.enough(needed)));
        }
    }
    if let Some(points) = positive("--margin", plan.margin)? {
        let needed = scale.for_margin(points, expected, terms);
        rows.push(row("margin", points, MARGIN, scale.enough(needed)));
    }
    let confidence = Quantity::to_place(100.0 * terms.confidence, -4).trimmed();
    let notes = vec![
        format!("answers needed in each group, at {confidence} per cent confidence"),
        if expected.is_some() {
            "the least where answers are split so that they vary least for that score, the most where they vary most"
        } else {
            "for answers that vary as much as they can; a score that is expected needs fewer: --expected SCORE"
        }
        .into(),
        "by the normal approximation: near the ends of the scale intervals are wider".into(),
    ];
    let columns = vec![
        Column::new("what", "For a", Type::Text),
        Column::new("points", "of points", Type::Number),
        Column::new("meaning", "that is", Type::Text),
        Column::new("answers_least", "Answers: least", Type::Number),
        Column::new("answers_most", "most", Type::Number),
    ];
    Ok(Report {
        tables: vec![Table::new("plan", columns, rows)],
        notes,
        ..Report::default()
    })
}

/// What the scores of a question may be. Scores are those of the statistics: a net score lies between -1 and 1.
struct Scale {
    measure: Measure,
    least: f64,
    most: f64,
}

impl Scale {
    fn of(question: &Question) -> Self {
        let (least, most) = match question.measure {
            Measure::Nps => (-1.0, 1.0),
            Measure::Csat => (0.0, 1.0),
            Measure::Ces => (f64::from(question.least), f64::from(question.most)),
        };
        Self {
            measure: question.measure,
            least,
            most,
        }
    }

    fn units(&self, points: f64) -> f64 {
        points / step(self.measure)
    }

    /// Returns the score of so many points.
    ///
    /// # Errors
    /// One that is not on the scale.
    fn checked(&self, points: f64) -> Result<f64, Complaint> {
        let score = self.units(points);
        if (self.least..=self.most).contains(&score) {
            return Ok(score);
        }
        let ends = [self.least, self.most].map(|end| end * step(self.measure));
        Err(
            Complaint::new(format!("--expected {points} is no {}", label(self.measure)))
                .hint(format!("it lies between {} and {}", ends[0], ends[1])),
        )
    }

    /// Makes sure that two scores can lie so many points apart.
    fn check_difference(&self, points: f64) -> Result<(), Complaint> {
        let widest = (self.most - self.least) * step(self.measure);
        if points <= widest {
            return Ok(());
        }
        Err(
            Complaint::new(format!("no two scores lie {points} points apart"))
                .hint(format!("they lie at most {widest} apart")),
        )
    }

    /// Returns a score and another that lies so many points above it, or below where there is no room.
    ///
    /// # Errors
    /// None does.
    fn beside(&self, score: f64, points: f64) -> Result<(f64, f64), Complaint> {
        let difference = self.units(points);
        let others = [score + difference, score - difference];
        let mut others = others
            .into_iter()
            .filter(|other| (self.least..=self.most).contains(other));
        let other = others.next().ok_or_else(|| {
            Complaint::new(format!(
                "no score lies {points} points from the expected one"
            ))
            .hint("name a smaller --difference")
        })?;
        Ok((score, other))
    }

    /// Returns the greatest variance that one answer may have: half of them at each end.
    fn greatest_variance(&self) -> f64 {
        (self.most - self.least).powi(2) / 4.0
    }

    /// Returns the fewest and the most answers needed to find a difference; the same twice where no score is expected.
    fn for_difference(
        &self,
        points: f64,
        scores: Option<(f64, f64)>,
        power: f64,
        terms: &Terms,
    ) -> Option<(u64, u64)> {
        if let Some(scores) = scores {
            return needed_for_scores(scores, (self.least, self.most), power, terms);
        }
        let variance = self.greatest_variance();
        let needed = needed_for_difference(self.units(points), (variance, variance), power, terms)?;
        Some((needed, needed))
    }

    /// Returns no fewer answers than the tests are meant for.
    fn enough(&self, needed: Option<(u64, u64)>) -> Option<(u64, u64)> {
        let fewest = to_count(self.measure.fewest())?;
        needed.map(|(least, most)| (least.max(fewest), most.max(fewest)))
    }

    /// Returns the fewest and the most answers needed for a margin.
    fn for_margin(&self, points: f64, expected: Option<f64>, terms: &Terms) -> Option<(u64, u64)> {
        let greatest = self.greatest_variance();
        let (least, most) = expected.map_or((greatest, greatest), |score| {
            variance_bounds(score, (self.least, self.most))
        });
        let needed = |variance| needed_for_margin(self.units(points), variance, terms);
        needed(least).zip(needed(most))
    }
}

fn positive(option: &str, points: Option<f64>) -> Result<Option<f64>, Complaint> {
    match points {
        Some(points) if !points.is_finite() || points <= 0.0 => {
            let complaint = format!("{option} must be more than 0, found `{points}`");
            Err(Complaint::new(complaint).hint("points of the score: 2"))
        }
        points => Ok(points),
    }
}

fn row<'a>(
    what: &'static str,
    points: f64,
    meaning: &'static str,
    needed: Option<(u64, u64)>,
) -> Row<'a> {
    let points = Value::Number(Quantity::to_place(points, -6).trimmed(), Relation::Eq);
    let (least, most) = needed.unzip();
    let number = |needed: Option<u64>| needed.map_or(Value::Missing, count);
    let cells = [
        Value::text(what),
        points,
        Value::text(meaning),
        number(least),
        number(most),
    ];
    cells.map(Cell::from).into()
}
