//! The scores of one group, and the comparison of two groups by the score that stands for the measure.

use crate::base::Answers;

use super::difference::Difference;
use super::mean::Mean;
use super::measure::{Measure, Question};
use super::net::Split;
use super::share::Share;
use super::terms::Terms;

/// A score and what its answers leave open.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The score of the answers as they are.
    pub value: f64,
    /// The least that they allow; `None` where they do not tell.
    pub low: Option<f64>,
    /// The greatest that they allow; `None` where they do not tell.
    pub high: Option<f64>,
}

/// What the answers of one group to one question come to. Nothing but the counts when there are no answers or all weigh nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Score {
    /// What the question measures.
    pub measure: Measure,
    /// The number of answers.
    pub answers: u64,
    /// How many answers of equal weight tell as much.
    pub effective: f64,
    /// The number of bad answers: detractors, not satisfied, difficult.
    pub low: u64,
    /// The number of neutral answers.
    pub middle: u64,
    /// The number of good answers: promoters, satisfied, easy.
    pub high: u64,
    /// The shares of bad, neutral and good answers by weight, 0 to 1.
    pub shares: Option<[f64; 3]>,
    /// The share of good answers less that of bad ones, -1 to 1.
    pub net: Option<Estimate>,
    /// The share of good answers, 0 to 1.
    pub top: Option<Estimate>,
    /// The mean answer, on the scale as it is printed: low is good where the question is reversed.
    pub mean: Option<Estimate>,
}

impl Estimate {
    fn new(value: f64, ends: Option<(f64, f64)>) -> Self {
        let (low, high) = ends.unzip();
        Self { value, low, high }
    }
}

impl Score {
    /// Scores the answers of one group to a question.
    pub fn of(answers: &Answers, question: &Question, terms: &Terms) -> Self {
        let [low, middle, high] = question.parts(answers, &answers.counts, u64::saturating_add);
        let split = question.split(answers);
        let estimate = |value, ends| Estimate::new(value, Some(ends));
        Self {
            measure: question.measure,
            answers: answers.total(),
            effective: answers.effective(),
            low,
            middle,
            high,
            shares: split.map(|split| split.shares()),
            net: split.map(|split| estimate(split.net(), split.interval(terms))),
            top: split
                .and_then(top)
                .map(|top| estimate(top.value(), top.interval(terms))),
            mean: Mean::of(answers).map(|mean| Estimate::new(mean.value(), mean.interval(terms))),
        }
    }

    /// Returns the score that stands for the measure.
    pub fn headline(&self) -> Option<Estimate> {
        match self.measure {
            Measure::Nps => self.net,
            Measure::Csat => self.top,
            Measure::Ces => self.mean,
        }
    }

    /// Says whether there are enough answers for the tests of the score that stands for the measure.
    pub fn is_enough(&self) -> bool {
        // The effective number of ten equal weights is ten but for the last digits.
        self.effective >= self.measure.fewest() - 1e-6
    }
}

/// Returns the share of good answers.
fn top(split: Split) -> Option<Share> {
    let [_, _, high] = split.parts();
    Share::new(high, split.answers())
}

/// Compares the first group with the second by the score that stands for the measure; the difference of means is on the scale as it is
/// printed. `None` when a group has no answers, or where [`Difference::of_means`] has none.
pub fn compare(
    first: &Answers,
    second: &Answers,
    question: &Question,
    terms: &Terms,
) -> Option<Difference> {
    match question.measure {
        Measure::Nps => compare_nets(first, second, question, terms),
        Measure::Csat => {
            let (first, second) = (question.split(first)?, question.split(second)?);
            Some(Difference::of_shares(&top(first)?, &top(second)?, terms))
        }
        Measure::Ces => Difference::of_means(&Mean::of(first)?, &Mean::of(second)?, terms),
    }
}

/// Compares the first group with the second by their net scores, whatever the measure. `None` when a group has no answers.
pub fn compare_nets(
    first: &Answers,
    second: &Answers,
    question: &Question,
    terms: &Terms,
) -> Option<Difference> {
    let (first, second) = (question.split(first)?, question.split(second)?);
    Some(Difference::of_nets(&first, &second, terms))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Weights;
    use crate::score::Instrument;

    fn nps(counts: [u64; 11], weights: Option<Weights>) -> Score {
        let answers = Answers {
            least: 0,
            counts: counts.into(),
            weights,
        };
        Score::of(&answers, &Question::nps(), &Terms::default())
    }

    #[test]
    fn the_score_of_a_survey_is_the_net_and_not_the_share_of_promoters() {
        let score = nps([0, 0, 0, 0, 0, 50, 50, 100, 100, 150, 50], None);
        assert_eq!((score.low, score.middle, score.high), (100, 200, 200));
        assert_eq!((score.answers, score.is_enough()), (500, true));
        let value = |estimate: Option<Estimate>| estimate.unwrap().value;
        assert!((value(score.net) - 0.2).abs() < 1e-12);
        assert!((value(score.top) - 0.4).abs() < 1e-12);
        assert!((value(score.mean) - 7.8).abs() < 1e-12);
        assert_eq!(score.headline(), score.net);
    }

    #[test]
    fn weights_move_the_score_and_widen_the_interval() {
        let counts = [0, 0, 0, 0, 0, 0, 20, 0, 20, 0, 20];
        let mut sums = vec![0.0; 11];
        (sums[6], sums[8], sums[10]) = (20.0, 20.0, 60.0);
        let weighted = nps(
            counts,
            Some(Weights {
                sums,
                squares: 20.0 + 20.0 + 180.0,
            }),
        );
        assert_eq!((weighted.low, weighted.high), (20, 20));
        assert!((weighted.effective - 10_000.0 / 220.0).abs() < 1e-9);
        assert!((weighted.net.unwrap().value - 0.4).abs() < 1e-12);
        assert!((weighted.shares.unwrap()[2] - 0.6).abs() < 1e-12);
    }

    #[test]
    fn no_answers_have_no_score_rather_than_one_of_nan() {
        let zero = Weights {
            sums: vec![0.0; 11],
            squares: 0.0,
        };
        for (count, weights) in [(0, None), (5, Some(zero))] {
            let score = nps([count; 11], weights);
            assert_eq!(score.headline(), None);
            assert_eq!((score.shares, score.top, score.mean), (None, None, None));
            assert!(score.effective.abs() < 1e-12 && !score.is_enough());
            assert_eq!(score.answers, 11 * count);
        }
        let (none, some) = (
            Answers::new(1, 5),
            Answers {
                counts: vec![1; 5],
                ..Answers::new(1, 5)
            },
        );
        for question in [Question::csat(), Question::ces(Instrument::Ces1)] {
            let terms = Terms::default();
            assert_eq!(compare(&none, &some, &question, &terms), None);
            assert_eq!(compare(&some, &none, &question, &terms), None);
            assert_eq!(compare_nets(&none, &some, &question, &terms), None);
        }
    }

    #[test]
    fn each_measure_has_its_headline() {
        let answers = Answers {
            counts: vec![1, 2, 3, 4, 5],
            ..Answers::new(1, 5)
        };
        let of = |question| Score::of(&answers, &question, &Terms::default());
        let csat = of(Question::csat());
        assert_eq!(csat.headline(), csat.top);
        let ces = of(Question::ces(Instrument::Ces1));
        assert_eq!(ces.headline(), ces.mean);
        assert!((ces.mean.unwrap().value - 55.0 / 15.0).abs() < 1e-12);
        assert!((ces.top.unwrap().value - 0.2).abs() < 1e-12, "low is easy");
        assert!(!ces.is_enough() && csat.is_enough());
    }
}
