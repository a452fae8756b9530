//! Compares metrics over companies: the values, what may be concluded, every reason, and what rival claims would change.

use crate::model::{Company, Kpi, Metric};

use super::choice::{Side, choose};
use super::figure::{Figure, Figures};
use super::judge::{Judgement, judge};
use super::leader::{Leader, leader};
use super::reason::Reason;
use super::rules::{RULES, Rule};
use super::sample::{Answers, answers_needed};
use super::terms::Terms;
use super::verdict::Verdict;

/// A reason, and how it stands here.
pub struct Caution {
    /// The reason.
    pub reason: Reason,
    /// The best verdict that it leaves.
    pub cap: Verdict,
    /// How it stands with each value.
    pub message: String,
}

/// A rival of a value that is compared.
pub struct Rival<'a> {
    /// Whose it is.
    pub company: &'a Company,
    /// The claim.
    pub kpi: &'a Kpi,
    /// The verdict if it were compared instead.
    pub verdict: Verdict,
    /// Who would lead then.
    pub leader: Leader<'a>,
    /// Whether the verdict or the leader would be another one.
    pub is_decisive: bool,
}

/// A metric over companies.
pub struct Comparison<'a> {
    /// A side for each company, in the order asked for.
    pub sides: Vec<Side<'a>>,
    /// What may be concluded; of more than two values, from the two that allow the least.
    pub verdict: Verdict,
    /// Who leads, as the numbers are printed.
    pub leader: Leader<'a>,
    /// Every reason, the gravest first, and how it stands here.
    pub cautions: Vec<Caution>,
    /// Each two sides that have values, by their places, and what may be concluded from the two.
    pub pairs: Vec<([usize; 2], Judgement)>,
    /// The rivals of the values compared, and what each would change.
    pub rivals: Vec<Rival<'a>>,
    /// How many answers from each company it would take to tell two surveyed scores apart; `None` where the scores
    /// do not say, and for more than two.
    pub answers: Option<Answers>,
}

impl<'a> Comparison<'a> {
    /// Returns the metrics, each once, in the order asked for.
    pub fn metrics(&self) -> Vec<&'a Metric> {
        let mut metrics: Vec<&'a Metric> = Vec::new();
        for side in &self.sides {
            if !metrics.iter().any(|known| known.id == side.metric.id) {
                metrics.push(side.metric);
            }
        }
        metrics
    }

    /// Counts the companies that have a value.
    pub fn valued(&self) -> usize {
        self.sides.iter().filter(|side| side.kpi.is_some()).count()
    }

    /// Says whether the values can stand on one scale: they are of one metric and unit, and shares of one whole.
    pub fn is_on_one_scale(&self) -> bool {
        !self.cautions.iter().any(|caution| match caution.reason {
            Reason::Metric
            | Reason::Unit
            | Reason::Denominator
            | Reason::Instrument
            | Reason::Polarity => true,
            Reason::Missing
            | Reason::Period
            | Reason::Population
            | Reason::Relation
            | Reason::Sample
            | Reason::Source
            | Reason::Origin
            | Reason::Disputed => false,
        })
    }

    /// Returns the judgement of two sides, the first one against the second.
    pub fn pair(&self, left: usize, right: usize) -> Option<&Judgement> {
        let pair = self
            .pairs
            .iter()
            .find(|(places, _)| *places == [left, right]);
        pair.map(|(_, judgement)| judgement)
    }
}

/// Compares a metric of each company by its preferred claim. Companies that are asked for one metric are given it each.
pub fn compare<'a>(
    asked: &[(&'a Company, &'a Metric)],
    figures: &Figures<'a>,
    terms: &Terms<'a>,
) -> Comparison<'a> {
    let sides = choose(asked, figures, terms);
    let values: Vec<Option<Figure<'a>>> = sides.iter().map(Side::figure).collect();
    let mut pairs = judge_all(&values, terms);
    let mut leader = leader(&values, &pairs);
    let mut verdict = conclude(&values, &pairs);
    let rivals = rivals(&sides, &values, verdict, leader, terms);
    let mut cautions: Vec<Caution> = missing(&sides).into_iter().collect();
    cautions.extend(reasons(&values, &pairs, terms));
    cautions.extend(disputed(&sides, &rivals));
    for caution in &cautions {
        verdict = verdict.max(caution.cap);
    }
    if is_open_question(&sides, &rivals) {
        leader = Leader::None;
    }
    for ([left, right], judgement) in &mut pairs {
        let is_undecided = |place: &usize| sides.get(*place).is_some_and(Side::is_undecided);
        if is_undecided(left) || is_undecided(right) {
            // Which of the rivals would be measured is a choice that nobody has made.
            (judgement.order, judgement.difference, judgement.ratio) = (None, None, None);
        }
    }
    let figures: Vec<&Figure<'a>> = values.iter().flatten().collect();
    let answers = match figures.as_slice() {
        [first, second] if verdict < Verdict::OneSided => answers_needed(first, second),
        _ => None,
    };
    Comparison {
        sides,
        verdict,
        leader,
        cautions,
        pairs,
        rivals,
        answers,
    }
}

/// Judges each two values, both ways round.
fn judge_all(values: &[Option<Figure<'_>>], terms: &Terms<'_>) -> Vec<([usize; 2], Judgement)> {
    let mut pairs = Vec::new();
    for (left, first) in values.iter().enumerate() {
        for (right, second) in values.iter().enumerate() {
            if let (Some(first), Some(second), true) = (first, second, left != right) {
                pairs.push(([left, right], judge(first, second, terms)));
            }
        }
    }
    pairs
}

/// Returns what all pairs leave to conclude.
fn conclude(values: &[Option<Figure<'_>>], pairs: &[([usize; 2], Judgement)]) -> Verdict {
    match values.iter().flatten().count() {
        0 => Verdict::NoData,
        1 => Verdict::OneSided,
        _ => pairs
            .iter()
            .map(|(_, judgement)| judgement.verdict)
            .max()
            .unwrap_or_default(),
    }
}

/// Puts each rival in the place of the value that it contradicts.
fn rivals<'a>(
    sides: &[Side<'a>],
    values: &[Option<Figure<'a>>],
    verdict: Verdict,
    as_is: Leader<'a>,
    terms: &Terms<'_>,
) -> Vec<Rival<'a>> {
    let mut rivals = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        for kpi in &side.against {
            let mut values = values.to_vec();
            if let Some(value) = values.get_mut(place) {
                *value = Some(side.with(kpi));
            }
            let pairs = judge_all(&values, terms);
            let (then, leader) = (conclude(&values, &pairs), leader(&values, &pairs));
            rivals.push(Rival {
                company: side.company,
                kpi,
                verdict: then,
                leader,
                is_decisive: then != verdict || leader != as_is,
            });
        }
    }
    rivals
}

/// Names the companies without a value.
fn missing(sides: &[Side<'_>]) -> Option<Caution> {
    let without = names(sides.iter().filter(|side| side.kpi.is_none()));
    let cap = match sides.iter().filter(|side| side.kpi.is_some()).count() {
        0 => Verdict::NoData,
        1 => Verdict::OneSided,
        _ => Verdict::Differs,
    };
    (!without.is_empty()).then(|| Caution {
        reason: Reason::Missing,
        cap,
        message: format!("no value for {without}"),
    })
}

/// Gathers the reasons of all pairs, each with what it is of every value. A single value has no reason to be weighed against
/// another, but its hedge and its origin are told.
fn reasons(
    values: &[Option<Figure<'_>>],
    pairs: &[([usize; 2], Judgement)],
    terms: &Terms<'_>,
) -> Vec<Caution> {
    let figures: Vec<&Figure<'_>> = values.iter().flatten().collect();
    let alone = |rule: &Rule| match figures.as_slice() {
        [figure] if matches!(rule.reason, Reason::Relation | Reason::Origin) => {
            (rule.cap)(figure, figure, terms).map(|_| Verdict::OneSided)
        }
        _ => None,
    };
    let rules = RULES.iter().filter_map(|rule| {
        let caps = pairs.iter().flat_map(|(_, judgement)| &judgement.reasons);
        let caps = caps.filter(|(reason, _)| *reason == rule.reason);
        let cap = caps.map(|(_, cap)| *cap).max().or_else(|| alone(rule))?;
        let each = figures
            .iter()
            .map(|figure| format!("{}: {}", figure.company.name, (rule.shows)(figure, terms)));
        Some(Caution {
            reason: rule.reason,
            cap,
            message: each.collect::<Vec<_>>().join("; "),
        })
    });
    rules.collect()
}

/// Says whether it depends on a choice between claims of one rank, which nobody has made.
fn is_open_question(sides: &[Side<'_>], rivals: &[Rival<'_>]) -> bool {
    let mut decisive = rivals.iter().filter(|rival| rival.is_decisive);
    decisive.any(|rival| {
        let mut sides = sides
            .iter()
            .filter(|side| side.company.id == rival.company.id);
        sides.any(|side| side.kpi.is_some_and(|kpi| kpi.rank == rival.kpi.rank))
    })
}

/// Tells of rivals. Where none of them is preferred and it matters which is believed, nothing can be told.
fn disputed(sides: &[Side<'_>], rivals: &[Rival<'_>]) -> Option<Caution> {
    let disputed = names(sides.iter().filter(|side| !side.against.is_empty()));
    let undecided = names(sides.iter().filter(|side| side.is_undecided()));
    let mut message = format!("another claim contradicts the value of {disputed}");
    if !undecided.is_empty() {
        message.push_str("; none is preferred for ");
        message.push_str(&undecided);
    }
    (!disputed.is_empty()).then(|| Caution {
        reason: Reason::Disputed,
        cap: if is_open_question(sides, rivals) {
            Verdict::CannotTell
        } else {
            Verdict::Differs
        },
        message,
    })
}

/// Names the companies of some sides.
fn names<'s>(sides: impl Iterator<Item = &'s Side<'s>>) -> String {
    sides
        .map(|side| &*side.company.name)
        .collect::<Vec<_>>()
        .join(", ")
}
