//! What holds for all answers, tried on many.

use super::*;
use crate::base::{Answers, Weights};

/// Confidences, from what nobody asks to what few do.
const CONFIDENCES: [f64; 5] = [0.1, 0.5, 0.9, 0.95, 0.999];

/// Numbers that look like chance and are always the same (Knuth, The Art of Computer Programming, 3.3.4, table 1, line 26).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    /// Answers on a scale, some of them few, some all alike, some very many.
    fn answers(&mut self, least: i32, most: i32) -> Answers {
        let mut answers = Answers::new(least, most);
        let most = [2, 5, 40, 3_000, 1_000_000_000][usize::try_from(self.below(5)).unwrap()];
        let kinds = 1 + self.below(4);
        for _ in 0..kinds {
            let length = u64::try_from(answers.counts.len()).unwrap();
            let at = usize::try_from(self.below(length)).unwrap();
            answers.counts[at] +=
                self.below(most) * if self.below(20) == 0 { 1_000_000 } else { 1 };
        }
        if answers.total() == 0 {
            answers.counts[0] = 1;
        }
        answers
    }

    /// The same terms, for a small population half of the time.
    fn finite(&mut self, terms: &Terms) -> Terms {
        Terms {
            population: [None, Some(50)][usize::try_from(self.below(2)).unwrap()],
            ..*terms
        }
    }

    /// The same, weighted half of the time.
    fn weighted(&mut self, least: i32, most: i32) -> Answers {
        let mut answers = self.answers(least, most);
        let scale = [1e-150, 1e-6, 1.0, 1e6, 1e140][usize::try_from(self.below(5)).unwrap()];
        if self.below(2) == 0 {
            let mut squares = 0.0;
            let mut sums = answers.masses();
            for sum in &mut sums {
                let weight = scale * f64::from(u32::try_from(self.below(9)).unwrap());
                squares += *sum * weight * weight;
                *sum *= weight;
            }
            answers.weights = Some(Weights { sums, squares });
        }
        answers
    }
}

fn questions() -> [Question; 5] {
    [
        Question::nps(),
        Question::csat(),
        Question::ces(Instrument::Ces1),
        Question::ces(Instrument::Ces2),
        Question::ces(Instrument::Ease7),
    ]
}

/// Runs a check on all questions, methods and confidences, with many answers of two groups each.
fn try_all(rounds: u64, check: impl Fn(&Question, &Terms, &mut Numbers)) {
    let mut numbers = Numbers(1);
    for _ in 0..rounds {
        for question in questions() {
            for method in Method::ALL {
                for confidence in CONFIDENCES {
                    let terms = Terms {
                        confidence,
                        method: *method,
                        population: None,
                    };
                    check(&question, &terms, &mut numbers);
                }
            }
        }
    }
}

fn mirrored(answers: &Answers) -> Answers {
    let mut mirrored = answers.clone();
    mirrored.counts.reverse();
    if let Some(weights) = &mut mirrored.weights {
        weights.sums.reverse();
    }
    mirrored
}

fn times(answers: &Answers, factor: u64) -> Answers {
    let mut more = answers.clone();
    more.counts.iter_mut().for_each(|count| *count *= factor);
    more
}

fn estimates(score: &Score) -> [Option<Estimate>; 3] {
    [score.net, score.top, score.mean]
}

fn ends(estimate: Estimate) -> Option<(f64, f64)> {
    estimate.low.zip(estimate.high)
}

fn is_close(left: f64, right: f64) -> bool {
    (left - right).abs() < 1e-12
}

#[test]
fn intervals_hold_the_score_and_stay_within_what_is_possible() {
    try_all(40, |question, terms, numbers| {
        let answers = numbers.weighted(question.least, question.most);
        for population in [None, Some(answers.total()), Some(answers.total() + 7)] {
            let terms = Terms {
                population,
                ..*terms
            };
            let score = Score::of(&answers, question, &terms);
            let scale = (f64::from(question.least), f64::from(question.most));
            let bounds = [(-1.0, 1.0), (0.0, 1.0), scale];
            for (estimate, (least, most)) in estimates(&score).into_iter().zip(bounds) {
                let Some(estimate) = estimate else {
                    assert!(answers.shares().is_none());
                    continue;
                };
                let value = estimate.value;
                assert!((least..=most).contains(&value), "{answers:?} {estimate:?}");
                if let Some((low, high)) = ends(estimate) {
                    let is_in_order = least <= low && low <= value && value <= high && high <= most;
                    assert!(is_in_order, "{answers:?} {terms:?} {estimate:?}");
                }
            }
        }
    });
}

#[test]
fn more_answers_of_the_same_shares_never_widen_an_interval() {
    try_all(30, |question, terms, numbers| {
        let answers = numbers.answers(question.least, question.most);
        let few = estimates(&Score::of(&answers, question, terms));
        for factor in [2, 3, 100] {
            let more = estimates(&Score::of(&times(&answers, factor), question, terms));
            for (few, more) in few.into_iter().zip(more) {
                let width = |estimate: Option<Estimate>| {
                    ends(estimate.unwrap()).map_or(f64::INFINITY, |(low, high)| high - low)
                };
                let is_narrower = width(more) <= width(few) + 1e-12;
                assert!(is_narrower, "{answers:?} {terms:?} {few:?} {more:?}");
            }
        }
    });
}

#[test]
fn mirrored_answers_mirror_the_intervals() {
    try_all(20, |question, terms, numbers| {
        let answers = numbers.weighted(question.least, question.most);
        // The cuts of satisfaction and of effort mirror, those of promoters do not.
        let question = Question {
            low_to: question.least + 1,
            high_from: question.most - 1,
            ..*question
        };
        let here = Score::of(&answers, &question, terms);
        let there = Score::of(&mirrored(&answers), &question, terms);
        let sum = f64::from(question.least) + f64::from(question.most);
        for (here, there, sum) in [(here.net, there.net, 0.0), (here.mean, there.mean, sum)] {
            let (Some(here), Some(there)) = (here, there) else {
                assert_eq!((here, there), (None, None));
                continue;
            };
            assert!(is_close(here.value, sum - there.value));
            let (Some(here), Some(there)) = (ends(here), ends(there)) else {
                assert_eq!(ends(here), ends(there));
                continue;
            };
            let is_mirrored = is_close(here.0, sum - there.1) && is_close(here.1, sum - there.0);
            assert!(is_mirrored, "{answers:?} {terms:?} {here:?} {there:?}");
        }
    });
}

/// Reversing the scale, 8 - x, and its polarity changes no net score and no share.
#[test]
fn exact_reversal_changes_only_the_mean() {
    let mut numbers = Numbers(2);
    for _ in 0..200 {
        let answers = numbers.answers(1, 7);
        let of = |answers: &Answers, instrument| {
            Score::of(answers, &Question::ces(instrument), &Terms::default())
        };
        let agreed = of(&answers, Instrument::Ces2);
        let ease = of(&mirrored(&answers), Instrument::Ease7);
        assert_eq!((agreed.net, agreed.top), (ease.net, ease.top));
        if let (Some(agreed), Some(ease)) = (agreed.mean, ease.mean) {
            assert!(is_close(agreed.value, 8.0 - ease.value));
        }
    }
}

#[test]
fn groups_merged_score_like_the_whole() {
    let mut numbers = Numbers(3);
    for _ in 0..500 {
        let (first, second) = (numbers.weighted(0, 10), numbers.weighted(0, 10));
        let (mut here, mut there) = (first.clone(), second.clone());
        here.add(&second);
        there.add(&first);
        let of = |answers| Score::of(answers, &Question::nps(), &Terms::default());
        assert_eq!(of(&here), of(&there));
        assert_eq!(here.total(), first.total() + second.total());
    }
}

#[test]
fn p_is_small_exactly_when_the_interval_leaves_out_0() {
    try_all(60, |question, terms, numbers| {
        let mut group = || numbers.weighted(question.least, question.most);
        let (first, second) = (group(), group());
        let terms = &numbers.finite(terms);
        let nets = compare_nets(&first, &second, question, terms);
        for found in [compare(&first, &second, question, terms), nets] {
            let Some(found) = found else { continue };
            let told = format!("{first:?} {second:?} {terms:?} {found:?}");
            assert!((0.0..=1.0).contains(&found.p), "{told}");
            assert!(
                found.low <= found.value && found.value <= found.high,
                "{told}"
            );
            let is_tie = found.low.abs().min(found.high.abs()) < 1e-9;
            let leaves_out = found.low > 0.0 || found.high < 0.0;
            let is_small = found.p < 1.0 - terms.confidence;
            assert!(is_tie || leaves_out == is_small, "{told}");
        }
    });
}

#[test]
fn equivalence_is_claimed_exactly_when_the_narrower_interval_lies_within() {
    try_all(60, |question, terms, numbers| {
        let mut group = || numbers.weighted(question.least, question.most);
        let (first, second) = (group(), group());
        let terms = &numbers.finite(terms);
        // The interval of confidence c is that of tests at (1 - c) / 2.
        let level = (1.0 - terms.confidence) / 2.0;
        let Some(found) = compare(&first, &second, question, terms) else {
            return;
        };
        for within in [0.01, 0.05, 0.2, 0.5] {
            let p = found.equivalence(within);
            let told = format!("{first:?} {second:?} {terms:?} {found:?} {within} {p}");
            assert!((0.0..=1.0).contains(&p), "{told}");
            let is_tie = (found.low + within).abs().min((found.high - within).abs()) < 1e-9;
            let lies_within = -within < found.low && found.high < within;
            assert!(is_tie || lies_within == (p < level), "{told}");
        }
    });
}

#[test]
fn groups_swapped_mirror_everything() {
    try_all(20, |question, terms, numbers| {
        let mut group = || numbers.weighted(question.least, question.most);
        let (first, second) = (group(), group());
        let terms = &numbers.finite(terms);
        let of = |first, second| compare(first, second, question, terms);
        let (Some(here), Some(there)) = (of(&first, &second), of(&second, &first)) else {
            assert_eq!(of(&first, &second), of(&second, &first));
            return;
        };
        let all = |found: &Difference| {
            [
                found.value,
                found.low,
                found.high,
                found.p,
                found.equivalence(0.1),
            ]
        };
        let [value, low, high, p, equivalence] = all(&there);
        let expected = [-value, -high, -low, p, equivalence];
        for (found, expected) in all(&here).into_iter().zip(expected) {
            assert!(found - expected == 0.0, "{here:?} {there:?}");
        }
    });
}

#[test]
fn nothing_is_nan_from_one_answer_to_as_many_as_there_are() {
    for power in 0..16 {
        let many = 10_u64.pow(power);
        for counts in [
            [many, 0, 0],
            [0, many, 0],
            [0, 0, many],
            [1, many, 0],
            [many, many, 1],
        ] {
            for other in [[1, 0, 0], [0, 1, 0], [1, 0, many]] {
                for (method, confidence) in Method::ALL.iter().zip([1e-9, 0.95, 1.0 - 1e-12]) {
                    for population in [None, Some(many), Some(3 * many)] {
                        let terms = Terms {
                            confidence,
                            method: *method,
                            population,
                        };
                        is_sane(counts, other, &terms);
                    }
                }
            }
        }
    }
}

fn is_sane(first: [u64; 3], second: [u64; 3], terms: &Terms) {
    for measure in Measure::ALL {
        let question = Question {
            measure: *measure,
            least: -1,
            most: 1,
            low_to: -1,
            high_from: 1,
            is_reversed: false,
        };
        let [first, second] = [first, second].map(|counts| Answers {
            counts: counts.into(),
            ..Answers::new(-1, 1)
        });
        for estimate in estimates(&Score::of(&first, &question, terms)) {
            let estimate = estimate.unwrap();
            let (low, high) = ends(estimate).unwrap_or((estimate.value, estimate.value));
            assert!(low <= estimate.value && estimate.value <= high);
        }
        if let Some(found) = compare(&first, &second, &question, terms) {
            assert!(found.low <= found.value && found.value <= found.high);
            assert!((0.0..=1.0).contains(&found.p));
            assert!((0.0..=1.0).contains(&found.equivalence(0.05)));
        }
    }
}
