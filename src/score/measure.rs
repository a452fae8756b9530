//! What a question asks, and which of its answers are good.

use crate::base::code::codes;
use crate::base::proportion::{FEWEST, FEWEST_OF_MEAN};
use crate::base::{Answers, Invalid};

use super::net::Split;

/// The most answers that a scale may have: one from 0 to 1000.
const WIDEST: i64 = 1001;

codes! {
    /// What a question measures, and so which score stands for its answers.
    Measure {
        /// Net promoter score: would you recommend it? The net score.
        #[default]
        Nps = "nps", "net promoter score";
        /// Customer satisfaction: how satisfied are you? The share of high answers.
        Csat = "csat", "customer satisfaction";
        /// Customer effort: how easy was it? The mean answer.
        Ces = "ces", "customer effort";
    }
}

codes! {
    /// The forms of the question about effort, which differ in their scales and in which end is good.
    Instrument {
        /// Of 2010: "how much effort did you personally have to put forth?"
        Ces1 = "ces1", "effort, 1 (very low) to 5 (very high), low is good";
        /// Of 2013: "the company made it easy for me to handle my issue."
        #[default]
        Ces2 = "ces2", "made it easy, 1 (strongly disagree) to 7 (strongly agree), high is good";
        /// "How easy was it?"
        Ease7 = "ease7", "ease, 1 (very easy) to 7 (very difficult), low is good";
    }
}

impl Measure {
    /// Returns the fewest answers for which the score that stands for the measure is meant to be tested.
    pub fn fewest(self) -> f64 {
        match self {
            Self::Nps | Self::Csat => FEWEST,
            Self::Ces => FEWEST_OF_MEAN,
        }
    }
}

/// A question, its scale, and where the scale is cut into three.
///
/// The cuts are answers as they are printed, whichever end is good: those up to `low_to` are at the lower end and those from `high_from` on
/// at the upper. Where low answers are the good ones, the lower end is the good one, and nothing else changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// What it measures.
    pub measure: Measure,
    /// The least answer.
    pub least: i32,
    /// The greatest answer.
    pub most: i32,
    /// The highest answer at the lower end.
    pub low_to: i32,
    /// The lowest answer at the upper end.
    pub high_from: i32,
    /// Whether low answers are the good ones.
    pub is_reversed: bool,
}

impl Question {
    /// Returns the one of the net promoter score: 0 to 10, detractors up to 6, promoters from 9 (Reichheld 2003, Harvard Business
    /// Review 81:46).
    pub fn nps() -> Self {
        Self {
            measure: Measure::Nps,
            least: 0,
            most: 10,
            low_to: 6,
            high_from: 9,
            is_reversed: false,
        }
    }

    /// Returns the usual one of satisfaction: 1 to 5, satisfied from 4.
    pub fn csat() -> Self {
        Self {
            measure: Measure::Csat,
            least: 1,
            most: 5,
            low_to: 2,
            high_from: 4,
            is_reversed: false,
        }
    }

    /// Returns the one of an instrument of effort, neutral in the middle of its scale.
    pub fn ces(instrument: Instrument) -> Self {
        let (middle, is_reversed) = match instrument {
            Instrument::Ces1 => (3, true),
            Instrument::Ces2 => (4, false),
            Instrument::Ease7 => (4, true),
        };
        Self {
            measure: Measure::Ces,
            least: 1,
            most: 2 * middle - 1,
            low_to: middle - 1,
            high_from: middle + 1,
            is_reversed,
        }
    }

    /// Checks that the scale is one and that the cuts lie on it and do not overlap.
    ///
    /// # Errors
    /// The first thing that is wrong.
    pub fn check(&self) -> Result<(), Invalid> {
        let (least, most) = (self.least, self.most);
        let scale = least..=most;
        if least >= most || i64::from(most) - i64::from(least) >= WIDEST {
            return Err(Invalid::new(format!(
                "a scale of 2 to {WIDEST} answers, such as 0 to 10, not {least} to {most}"
            )));
        }
        for cut in [self.low_to, self.high_from] {
            if !scale.contains(&cut) {
                return Err(Invalid::new(format!(
                    "cuts on the scale from {least} to {most}, not {cut}"
                )));
            }
        }
        if self.low_to >= self.high_from {
            return Err(Invalid::new(format!(
                "cuts that do not overlap, not up to {} and from {}",
                self.low_to, self.high_from
            )));
        }
        Ok(())
    }

    /// Returns what belongs to the bad, the neutral and the good answers, out of what belongs to each answer.
    pub(super) fn parts<T: Copy + Default>(
        &self,
        answers: &Answers,
        each: &[T],
        add: fn(T, T) -> T,
    ) -> [T; 3] {
        let [mut low, mut middle, mut high] = [T::default(); 3];
        for (answer, one) in answers.scale().zip(each) {
            let part = if answer <= self.low_to {
                &mut low
            } else if answer >= self.high_from {
                &mut high
            } else {
                &mut middle
            };
            *part = add(*part, *one);
        }
        if self.is_reversed {
            [high, middle, low]
        } else {
            [low, middle, high]
        }
    }

    /// Splits answers into bad, neutral and good ones; `None` when there are none, or all weigh nothing.
    pub fn split(&self, answers: &Answers) -> Option<Split> {
        let effective = answers.effective();
        let parts = self.parts(answers, &answers.masses(), |sum, mass| sum + mass);
        let sum: f64 = parts.iter().sum();
        let [low, middle, high] = if answers.weights.is_none() {
            parts
        } else {
            parts.map(|part| part / sum * effective)
        };
        Split::new(low, middle, high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives each answer once and returns how many are bad, neutral and good.
    fn parts(question: &Question) -> [u64; 3] {
        let answers = Answers::new(question.least, question.most);
        question.parts(
            &answers,
            &vec![1; answers.counts.len()],
            u64::saturating_add,
        )
    }

    #[test]
    fn the_usual_questions_are_cut_as_usual() {
        assert_eq!(parts(&Question::nps()), [7, 2, 2]);
        assert_eq!(parts(&Question::csat()), [2, 1, 2]);
        for (instrument, expected) in [
            (Instrument::Ces1, [2, 1, 2]),
            (Instrument::Ces2, [3, 1, 3]),
            (Instrument::Ease7, [3, 1, 3]),
        ] {
            let question = Question::ces(instrument);
            assert_eq!(parts(&question), expected, "{instrument:?}");
            assert_eq!(question.check(), Ok(()), "{instrument:?}");
        }
        assert_eq!(Question::nps().check(), Ok(()));
        assert_eq!(Question::csat().check(), Ok(()));
    }

    /// The answer "very easy" is 7 on one scale and 1 on the other.
    #[test]
    fn the_good_end_is_low_where_the_question_is_reversed() {
        let mut answers = Answers::new(1, 7);
        answers.counts = vec![10, 0, 0, 0, 0, 0, 2];
        let net = |instrument| Question::ces(instrument).split(&answers).unwrap().net();
        assert!(net(Instrument::Ease7) > 0.0 && net(Instrument::Ces2) < 0.0);
    }

    #[test]
    fn cuts_off_the_scale_or_overlapping_are_refused() {
        let nps = Question::nps();
        for (question, expected) in [
            (
                Question { low_to: 11, ..nps },
                "must be cuts on the scale from 0 to 10, not 11",
            ),
            (
                Question { low_to: -1, ..nps },
                "must be cuts on the scale from 0 to 10, not -1",
            ),
            (
                Question { low_to: 9, ..nps },
                "must be cuts that do not overlap, not up to 9 and from 9",
            ),
            (
                Question { most: 0, ..nps },
                "must be a scale of 2 to 1001 answers, such as 0 to 10, not 0 to 0",
            ),
            (
                Question {
                    least: i32::MIN,
                    most: i32::MAX,
                    ..nps
                },
                "must be a scale of 2 to 1001 answers, such as 0 to 10, not -2147483648 to 2147483647",
            ),
        ] {
            assert_eq!(question.check().unwrap_err().to_string(), expected);
        }
    }
}
