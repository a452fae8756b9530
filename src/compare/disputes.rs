//! What changes when a rival claim is believed instead of the one compared.

use crate::model::{Company, Kpi};

use super::choice::Side;
use super::figure::Figure;
use super::judge::{Judgement, judge};
use super::leader::{Leader, leader};
use super::metric::{Caution, conclude, names};
use super::pairs::Pairs;
use super::reason::Reason;
use super::rules::Weighed;
use super::terms::Terms;
use super::verdict::Verdict;

/// Two sides, by their places, for which it matters which of several claims of one rank is believed, and the weakest verdict that
/// one of these gives.
pub(super) type Unsettled = ([usize; 2], Verdict);

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

/// Puts each rival in the place of the value that it contradicts.
pub(super) fn rivals<'a>(
    sides: &[Side<'a>],
    values: &[Option<Figure<'a>>],
    verdict: Verdict,
    as_is: Leader<'a>,
    terms: &Terms<'a>,
) -> Vec<Rival<'a>> {
    let mut rivals = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        for kpi in &side.against {
            let mut values = values.to_vec();
            if let Some(value) = values.get_mut(place) {
                *value = Some(side.with(kpi));
            }
            let pairs = Pairs::of(&values, terms);
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

/// Returns each two sides for which another claim of the same rank gives another verdict, or the other order.
pub(super) fn unsettled<'a>(
    sides: &[Side<'a>],
    values: &[Option<Figure<'a>>],
    pairs: &Pairs,
    terms: &Terms<'a>,
) -> Vec<Unsettled> {
    let mut unsettled = Vec::new();
    for (left, side) in sides
        .iter()
        .enumerate()
        .filter(|(_, side)| side.is_undecided())
    {
        let same_rank = side.against.iter().copied();
        let same_rank =
            same_rank.filter(|rival| side.kpi.is_some_and(|kpi| kpi.rank == rival.rank));
        let same_rank: Vec<Weighed<'a>> = same_rank
            .map(|rival| Weighed::of(side.with(rival), terms))
            .collect();
        for (right, value) in values
            .iter()
            .enumerate()
            .filter(|(right, _)| *right != left)
        {
            let (Some(value), Some(pair)) = (value, pairs.get(left, right)) else {
                continue;
            };
            let other = Weighed::of(*value, terms);
            let readings = same_rank.iter().map(|rival| judge(rival, &other, terms));
            let readings: Vec<Judgement> = readings.collect();
            let changes = readings.iter().any(|instead| {
                instead.verdict != pair.verdict || instead.order != pairs.order(left, right)
            });
            let weakest = readings.iter().map(|instead| instead.verdict).max();
            let weakest = weakest.map_or(pair.verdict, |weakest| weakest.max(pair.verdict));
            unsettled.extend(changes.then(|| ([left, right], weakest.max(Verdict::CannotTell))));
        }
    }
    unsettled
}

/// Says whether who leads depends on a choice between claims of one rank, which nobody has made.
pub(super) fn is_open_question(sides: &[Side<'_>], rivals: &[Rival<'_>]) -> bool {
    let mut decisive = rivals.iter().filter(|rival| rival.is_decisive);
    decisive.any(|rival| {
        let mut sides = sides
            .iter()
            .filter(|side| side.company.id == rival.company.id);
        sides.any(|side| side.kpi.is_some_and(|kpi| kpi.rank == rival.kpi.rank))
    })
}

/// Tells of rivals. Where none of them is preferred and it matters which is believed, nothing can be told.
pub(super) fn disputed(sides: &[Side<'_>], open: Option<Verdict>) -> Option<Caution> {
    let disputed = names(sides.iter().filter(|side| !side.against.is_empty()));
    let undecided = names(sides.iter().filter(|side| side.is_undecided()));
    if disputed.is_empty() {
        return None;
    }
    let mut message = format!("another claim contradicts the value of {disputed}");
    if !undecided.is_empty() {
        message.push_str("; none is preferred for ");
        message.push_str(&undecided);
    }
    Some(Caution {
        reason: Reason::Disputed,
        cap: open.unwrap_or(Verdict::Differs),
        message,
    })
}
