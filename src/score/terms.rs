//! How sure intervals and tests are to be, by which method, and out of how many people.

use crate::base::code::codes;
use crate::base::count::to_number;

use super::distribution::{NORMAL, quantile};

codes! {
    /// The method of the interval of a net score or a share. Means have a t interval whatever the method.
    Method {
        /// Net scores: Tango 1998; shares: Wilson 1927. Their differences: Rocks 2016; Newcombe 1998.
        #[default]
        Score = "score", "score interval";
        /// Net scores: Rocks 2016; shares: Agresti and Coull 1998. Their differences: Rocks 2016; Newcombe 1998.
        AdjustedWald = "adjusted-wald", "adjusted Wald interval";
        /// The textbook's: too narrow for few answers, and without any width when all answer alike.
        Wald = "wald", "Wald interval";
    }
}

/// On what terms a score is estimated.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Terms {
    /// The confidence of intervals, between 0 and 1.
    pub confidence: f64,
    /// The method of intervals.
    pub method: Method,
    /// How many people there are in each group that might have answered; `None` for too many to matter.
    pub population: Option<u64>,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            confidence: 0.95,
            method: Method::default(),
            population: None,
        }
    }
}

impl Terms {
    /// Returns the two-sided normal quantile of the confidence.
    pub fn z(&self) -> f64 {
        quantile(self.confidence, NORMAL)
    }

    /// Returns what a standard error is multiplied by when `answers` were drawn from the population without putting back:
    /// sqrt((N - n) / (N - 1)) (Cochran 1977, Sampling Techniques, 2.5).
    ///
    /// It is 1 for a population without end, and 0 when everyone answered; also when more did than there are.
    pub fn factor(&self, answers: f64) -> f64 {
        let Some(population) = self.population.map(to_number) else {
            return 1.0;
        };
        if answers >= population {
            0.0
        } else {
            let left_out = (population - answers) / (population - 1.0);
            left_out.sqrt().min(1.0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_people_leave_less_open() {
        let of = |population, answers| {
            let terms = Terms {
                population,
                ..Terms::default()
            };
            terms.factor(answers)
        };
        for (population, answers, expected) in [
            (None, 1e15, 1.0),
            (Some(101), 19.0, 0.82_f64.sqrt()),
            (Some(101), 101.0, 0.0),
            (Some(101), 102.0, 0.0),
            (Some(101), 0.0, 1.0),
            (Some(1), 1.0, 0.0),
            (Some(1), 0.0, 1.0),
            (Some(0), 0.0, 0.0),
            (Some(u64::MAX), 1.0, 1.0),
        ] {
            let found = of(population, answers);
            assert!((found - expected).abs() < 1e-12, "{population:?}: {found}");
        }
    }
}
