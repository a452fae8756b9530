//! Compares metrics over companies: the values, what may be concluded, every reason, and what rival claims would change.

use std::cmp::Ordering;

use crate::base::Polarity;
use crate::model::{Company, Metric};

use super::choice::{Side, choose};
use super::disputes::{Rival, Unsettled, disputed, rivals, unsettled};
use super::figure::{Figure, Figures};
use super::leader::{Leader, leader};
use super::margin::Margin;
use super::pairs::Pairs;
use super::reason::Reason;
use super::rules::{RULES, Rule, Weighed};
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
    /// What may be concluded from each two sides that have values.
    pairs: Pairs,
    /// Each two sides for which a choice between claims of one rank matters.
    unsettled: Vec<Unsettled>,
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

    /// Says whether the values come from the answers of people.
    pub fn is_surveyed(&self) -> bool {
        self.sides
            .iter()
            .any(|side| side.metric.instrument.is_some())
    }

    /// Returns the places of each two sides that have values.
    pub fn each_two(&self) -> Vec<[usize; 2]> {
        let sides = self.sides.iter().enumerate();
        let valued = sides.filter(|(_, side)| side.kpi.is_some());
        let valued: Vec<usize> = valued.map(|(place, _)| place).collect();
        let pairs = valued.iter().enumerate().flat_map(|(index, left)| {
            let after = valued.iter().skip(index + 1);
            after.map(|right| [*left, *right])
        });
        pairs.collect()
    }

    /// Returns what may be concluded from two sides, and the reasons that leave no more.
    pub fn between(&self, left: usize, right: usize) -> (Verdict, Vec<Reason>) {
        let Some(pair) = self.pairs.get(left, right) else {
            let mut sides = [left, right]
                .into_iter()
                .filter_map(|place| self.sides.get(place));
            let is_any = sides.any(|side| side.kpi.is_some());
            let verdict = if is_any {
                Verdict::OneSided
            } else {
                Verdict::NoData
            };
            return (verdict, vec![Reason::Missing]);
        };
        let mut reasons: Vec<Reason> = pair.reasons.iter().map(|(reason, _)| *reason).collect();
        let mut sides = [left, right]
            .into_iter()
            .filter_map(|place| self.sides.get(place));
        reasons.extend(
            sides
                .any(|side| !side.against.is_empty())
                .then_some(Reason::Disputed),
        );
        let open = self.open(left, right);
        (
            open.map_or(pair.verdict, |open| open.max(pair.verdict)),
            reasons,
        )
    }

    /// Says whether the value of the first side is surely less or more than that of the second, as they are printed; `None`
    /// when it may be either, or depends on which of several claims of one rank is believed.
    pub fn order(&self, left: usize, right: usize) -> Option<Ordering> {
        let order = self.pairs.order(left, right);
        order.filter(|_| self.open(left, right).is_none())
    }

    /// Returns who has the better of two values, as they are printed.
    pub fn leader_of(&self, left: usize, right: usize) -> Leader<'a> {
        let (Some(first), Some(second)) = (self.sides.get(left), self.sides.get(right)) else {
            return Leader::None;
        };
        let better = match first.metric.polarity {
            Polarity::Higher => Ordering::Greater,
            Polarity::Lower => Ordering::Less,
            Polarity::Neutral => return Leader::None,
        };
        let is_equal = |first: Figure<'_>, second: Figure<'_>| {
            let is_plain = first.is_plain() && second.is_plain();
            is_plain
                && first
                    .kpi
                    .value
                    .value()
                    .total_cmp(&second.kpi.value.value())
                    .is_eq()
        };
        let is_told = self.between(left, right).0 < Verdict::OneSided;
        match (self.order(left, right), self.decided(left, right)) {
            (Some(order), _) if order == better => Leader::Company(first.company),
            (Some(_), _) => Leader::Company(second.company),
            (None, Some((first, second))) if is_told && is_equal(first, second) => Leader::Tie,
            (None, _) => Leader::None,
        }
    }

    /// Says whether the printed number of the first side is surely less or more than that of the second, whatever the verdict.
    pub(super) fn printed_order(&self, left: usize, right: usize) -> Option<Ordering> {
        let of = |place: usize| self.sides.get(place).and_then(Side::figure);
        let (first, second) = of(left).zip(of(right))?;
        first.order(&second)
    }

    /// Returns the best verdict on two sides that a choice between claims of one rank leaves; `None` when it does not matter.
    fn open(&self, left: usize, right: usize) -> Option<Verdict> {
        let pair = [left.min(right), left.max(right)];
        let of = self.unsettled.iter().find(|of| of.sides == pair);
        of.map(|of| of.verdict)
    }

    /// Says whether it matters which of the claims of one rank is believed of a side.
    pub fn is_unsettled(&self, place: usize) -> bool {
        let is_undecided = self.sides.get(place).is_some_and(Side::is_undecided);
        is_undecided && self.unsettled.iter().any(|of| of.sides.contains(&place))
    }

    /// Returns the value of the first side minus that of the second; `None` for bounds, for values of different things, and when
    /// nobody has chosen between rivals.
    pub fn difference(&self, left: usize, right: usize) -> Option<Margin> {
        let (first, second) = self.decided(left, right)?;
        self.pairs.get(left, right)?.difference(&first, &second)
    }

    /// Returns the value of the first side divided by that of the second; also `None` for values without a true zero.
    pub fn ratio(&self, left: usize, right: usize) -> Option<Margin> {
        let (first, second) = self.decided(left, right)?;
        self.pairs.get(left, right)?.ratio(&first, &second)
    }

    /// Returns the values of two sides, where no choice between rivals is left.
    fn decided(&self, left: usize, right: usize) -> Option<(Figure<'a>, Figure<'a>)> {
        let of = |place: usize| {
            let side = self.sides.get(place).filter(|side| !side.is_undecided())?;
            side.figure()
        };
        of(left).zip(of(right))
    }
}

/// Compares a metric of each company by its preferred claim. Companies that are asked for one metric are given it each.
pub fn compare<'a>(
    asked: &[(&'a Company, &'a Metric)],
    figures: &Figures<'a>,
    terms: &Terms<'a>,
) -> Comparison<'a> {
    let sides = choose(asked, figures, terms);
    let values = sides
        .iter()
        .map(|side| Some(Weighed::of(side.figure()?, terms)));
    let values: Vec<Option<Weighed<'a>>> = values.collect();
    let pairs = Pairs::of(&values, terms);
    let leader = leader(sides.iter().map(Side::figure), &pairs);
    let mut verdict = conclude(&values, &pairs);
    let rivals = rivals(&sides, &values, &pairs, (verdict, leader), terms);
    let unsettled = unsettled(&sides, terms);
    let mut cautions: Vec<Caution> = missing(&sides).into_iter().collect();
    cautions.extend(reasons(&values, &pairs, terms));
    let open = unsettled.iter().map(|of| of.verdict).max();
    cautions.extend(disputed(&sides, open));
    for caution in &cautions {
        verdict = verdict.max(caution.cap);
    }
    let is_open = match leader {
        Leader::Company(company) => unsettled.iter().any(|of| {
            let mut both = of.sides.iter().filter_map(|place| sides.get(*place));
            both.any(|side| side.company.id == company.id)
        }),
        Leader::Tie | Leader::None => !unsettled.is_empty(),
    };
    let leader = if is_open { Leader::None } else { leader };
    let figures: Vec<&Weighed<'a>> = values.iter().flatten().collect();
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
        unsettled,
        rivals,
        answers,
    }
}

/// Returns what all pairs leave to conclude.
pub(super) fn conclude(values: &[Option<Weighed<'_>>], pairs: &Pairs) -> Verdict {
    let alone = match values.iter().flatten().count() {
        0 => Verdict::NoData,
        _ => Verdict::OneSided,
    };
    pairs.weakest().unwrap_or(alone)
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
fn reasons(values: &[Option<Weighed<'_>>], pairs: &Pairs, terms: &Terms<'_>) -> Vec<Caution> {
    let figures: Vec<&Weighed<'_>> = values.iter().flatten().collect();
    let alone = |rule: &Rule| match figures.as_slice() {
        [figure] if matches!(rule.reason, Reason::Relation | Reason::Origin) => {
            (rule.cap)(figure, figure, terms).map(|_| Verdict::OneSided)
        }
        _ => None,
    };
    let rules = RULES.iter().filter_map(|rule| {
        let caps = pairs.iter().flat_map(|judgement| &judgement.reasons);
        let caps = caps.filter(|(reason, _)| *reason == rule.reason);
        let cap = caps.map(|(_, cap)| *cap).max().or_else(|| alone(rule))?;
        let each = figures
            .iter()
            .map(|figure| format!("{}: {}", figure.company.name, (rule.shows)(figure)));
        Some(Caution {
            reason: rule.reason,
            cap,
            message: each.collect::<Vec<_>>().join("; "),
        })
    });
    rules.collect()
}

/// Names the companies of some sides.
pub(super) fn names<'s>(sides: impl Iterator<Item = &'s Side<'s>>) -> String {
    sides
        .map(|side| &*side.company.name)
        .collect::<Vec<_>>()
        .join(", ")
}
