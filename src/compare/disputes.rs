//! What changes when a rival claim is believed instead of the one compared.

use crate::model::{Company, Kpi};

use super::choice::Side;
use super::judge::{Judgement, judge};
use super::leader::{Leader, leader};
use super::metric::{Caution, conclude, names};
use super::pairs::Pairs;
use super::reason::Reason;
use super::rules::Weighed;
use super::terms::Terms;
use super::verdict::Verdict;

/// Two sides for which it matters which of several claims of one rank is believed.
pub(super) struct Unsettled {
    /// Their places, the smaller first.
    pub sides: [usize; 2],
    /// The weakest verdict that any belief gives.
    pub verdict: Verdict,
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

/// Puts each rival in the place of the value that it contradicts.
pub(super) fn rivals<'a>(
    sides: &[Side<'a>],
    values: &[Option<Weighed<'a>>],
    pairs: &Pairs,
    as_is: (Verdict, Leader<'a>),
    terms: &Terms<'a>,
) -> Vec<Rival<'a>> {
    let mut rivals = Vec::new();
    for (place, side) in sides.iter().enumerate() {
        for kpi in &side.against {
            let instead = Weighed::of(side.with(kpi), terms);
            let pairs = pairs.with(place, &instead, values, terms);
            let figures = sides.iter().enumerate().map(|(other, side)| {
                if other == place {
                    Some(instead.figure)
                } else {
                    side.figure()
                }
            });
            let (verdict, leader) = (conclude(values, &pairs), leader(figures, &pairs));
            rivals.push(Rival {
                company: side.company,
                kpi,
                verdict,
                leader,
                is_decisive: (verdict, leader) != as_is,
            });
        }
    }
    rivals
}

/// Returns each two sides for which the claims of one rank do not all give one verdict and one order.
pub(super) fn unsettled<'a>(sides: &[Side<'a>], terms: &Terms<'a>) -> Vec<Unsettled> {
    let beliefs: Vec<Vec<Weighed<'a>>> = sides.iter().map(|side| beliefs(side, terms)).collect();
    let mut unsettled = Vec::new();
    for (left, first) in beliefs.iter().enumerate() {
        for (right, second) in beliefs.iter().enumerate().skip(left + 1) {
            if first.len().max(second.len()) < 2 {
                continue;
            }
            let pairs = first
                .iter()
                .flat_map(|first| second.iter().map(move |second| (first, second)));
            let readings: Vec<Judgement> = pairs
                .map(|(first, second)| judge(first, second, terms))
                .collect();
            let is_settled = readings.windows(2).all(|pair| match pair {
                [one, other] => one.verdict == other.verdict && one.order == other.order,
                _ => true,
            });
            let weakest = readings.iter().map(|reading| reading.verdict).max();
            if let Some(weakest) = weakest.filter(|_| !is_settled) {
                unsettled.push(Unsettled {
                    sides: [left, right],
                    verdict: weakest.max(Verdict::CannotTell),
                });
            }
        }
    }
    unsettled
}

/// Returns the values that may be believed of a side: the one compared, and those of its rank that contradict it.
fn beliefs<'a>(side: &Side<'a>, terms: &Terms<'a>) -> Vec<Weighed<'a>> {
    let Some(kpi) = side.kpi else {
        return Vec::new();
    };
    let same_rank = side
        .against
        .iter()
        .copied()
        .filter(|rival| rival.rank == kpi.rank);
    let all = std::iter::once(kpi).chain(same_rank);
    all.map(|kpi| Weighed::of(side.with(kpi), terms)).collect()
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
