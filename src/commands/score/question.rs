//! Which question was asked, on which scale, and how sure the answer should be.

use clap::{Args, ValueEnum};

use crate::base::Complaint;
use crate::score::{Instrument, Measure, Method, Question, Terms};

/// Which question was asked.
#[derive(Debug, Args)]
pub(super) struct QuestionArgs {
    /// What the question measures
    #[arg(value_enum, value_name = "MEASURE")]
    measure: MeasureName,
    /// The least and the greatest answer [default: nps 0-10, csat 1-5, ces by its instrument]
    #[arg(
        long,
        value_name = "LEAST-MOST",
        allow_hyphen_values = true,
        help_heading = "Question"
    )]
    scale: Option<String>,
    /// The highest answer at the lower end and the lowest at the upper end [default for nps: 6,9]
    #[arg(
        long,
        value_name = "LOW,HIGH",
        allow_hyphen_values = true,
        help_heading = "Question"
    )]
    cuts: Option<String>,
    /// How many of the best answers count as satisfied (csat) [default: 2]
    #[arg(long, value_name = "N", help_heading = "Question")]
    top_box: Option<i32>,
    /// The form of the question (ces)
    #[arg(long, value_enum, value_name = "FORM", help_heading = "Question")]
    instrument: Option<InstrumentName>,
}

/// The names of the measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum MeasureName {
    /// Net Promoter Score
    Nps,
    /// Customer Satisfaction Score
    Csat,
    /// Customer Effort Score
    Ces,
}

/// The names of the forms of the question about effort.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum InstrumentName {
    /// Own effort, 1 (very low) to 5 (very high): low is good
    Ces1,
    /// "Made it easy", 1 (strongly disagree) to 7 (strongly agree): high is good
    Ces2,
    /// Ease, 1 (very easy) to 7 (very difficult): low is good
    Ease7,
}

impl From<InstrumentName> for Instrument {
    fn from(name: InstrumentName) -> Self {
        match name {
            InstrumentName::Ces1 => Self::Ces1,
            InstrumentName::Ces2 => Self::Ces2,
            InstrumentName::Ease7 => Self::Ease7,
        }
    }
}

impl QuestionArgs {
    /// Returns what the question measures.
    pub(super) fn measure(&self) -> Measure {
        match self.measure {
            MeasureName::Nps => Measure::Nps,
            MeasureName::Csat => Measure::Csat,
            MeasureName::Ces => Measure::Ces,
        }
    }

    /// Returns the form of the question about effort.
    pub(super) fn instrument(&self) -> Option<Instrument> {
        self.instrument.map(Instrument::from)
    }

    /// Makes the question.
    ///
    /// # Errors
    /// A scale or cuts that are none, options of other questions, a question about effort without its form.
    pub(super) fn question(&self) -> Result<Question, Complaint> {
        self.check_options()?;
        let mut question = match (self.measure(), self.instrument()) {
            (Measure::Nps, _) => Question::nps(),
            (Measure::Csat, _) => Question::csat(),
            (Measure::Ces, Some(instrument)) => Question::ces(instrument),
            (Measure::Ces, None) => {
                let hint = "--instrument ces1 (1-5, low is good), ces2 (1-7, high is good) or ease7 (1-7, low is good)";
                return Err(
                    Complaint::new("which form of the question about effort was asked?").hint(hint),
                );
            }
        };
        if let Some(scale) = &self.scale {
            let (least, most) = scale_ends(scale)?;
            if self.cuts.is_none() && self.measure() != Measure::Csat {
                let hint = "name them: --cuts LOW,HIGH, the highest answer at the lower end and the lowest at the upper end";
                return Err(Complaint::new("another scale has other cuts").hint(hint));
            }
            (question.least, question.most) = (least, most);
        }
        if self.measure() == Measure::Csat {
            boxes(&mut question, self.top_box.unwrap_or(2))?;
        }
        if let Some(cuts) = &self.cuts {
            let ends = cuts.split_once(',').and_then(|(low, high)| {
                Some((low.trim().parse().ok()?, high.trim().parse().ok()?))
            });
            (question.low_to, question.high_from) = ends.ok_or_else(|| {
                Complaint::new(format!("--cuts must be two whole numbers, found `{cuts}`"))
                    .hint("the highest answer at the lower end and the lowest at the upper end: --cuts 6,9")
            })?;
        }
        question.check().map_err(|invalid| {
            Complaint::new(format!("wanted {}", invalid.wanted))
                .hint("see --scale, --cuts and --top-box")
        })?;
        Ok(question)
    }

    /// Refuses options that are for other questions.
    fn check_options(&self) -> Result<(), Complaint> {
        let measure = self.measure();
        let for_others = [
            (
                self.top_box.is_some() && measure != Measure::Csat,
                "--top-box is for csat",
            ),
            (
                self.instrument.is_some() && measure != Measure::Ces,
                "--instrument is for ces",
            ),
            (
                self.cuts.is_some() && measure == Measure::Csat,
                "--cuts is for nps and ces",
            ),
        ];
        match for_others.iter().find(|(is_given, _)| *is_given) {
            Some((_, complaint)) => Err(Complaint::new(*complaint).hint("leave it out")),
            None => Ok(()),
        }
    }
}

/// Cuts a scale at as many best answers, and at as many worst ones where there is room.
fn boxes(question: &mut Question, count: i32) -> Result<(), Complaint> {
    let answers = question
        .most
        .saturating_sub(question.least)
        .saturating_add(1);
    if count < 1 || count >= answers {
        let complaint = format!("--top-box must be 1 to {}, found `{count}`", answers - 1);
        return Err(
            Complaint::new(complaint).hint("how many of the best answers count as satisfied")
        );
    }
    question.high_from = question.most - count + 1;
    question.low_to = (question.least + count - 1).min(question.high_from - 1);
    Ok(())
}

/// Reads the ends of a scale: `0-10`, `1..7`, `-3-3`.
fn scale_ends(text: &str) -> Result<(i32, i32), Complaint> {
    let wanted = || {
        Complaint::new(format!("--scale must be two whole numbers, found `{text}`"))
            .hint("the least and the greatest answer: --scale 1-7")
    };
    let split = match text.split_once("..") {
        Some(ends) => Some(ends),
        // The minus of a number is none between two.
        None => text
            .char_indices()
            .skip(1)
            .find(|(_, c)| *c == '-')
            .map(|(at, _)| {
                let (least, most) = text.split_at(at);
                (least, most.trim_start_matches('-'))
            }),
    };
    let (least, most) = split.ok_or_else(wanted)?;
    let end = |end: &str| end.trim().parse::<i32>().map_err(|_| wanted());
    Ok((end(least)?, end(most)?))
}

/// How sure the answer should be.
#[derive(Debug, Args)]
#[command(next_help_heading = "Statistics")]
pub(super) struct TermsArgs {
    /// Confidence of the intervals, 0.5 to 0.9999
    #[arg(long, value_name = "SHARE", default_value_t = 0.95)]
    confidence: f64,
    /// Method of the intervals
    #[arg(long, value_enum, value_name = "METHOD", default_value = "score")]
    method: MethodName,
    /// How many people there are in each group, where that is known
    #[arg(long, value_name = "N")]
    population: Option<u64>,
}

/// The names of the methods.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum MethodName {
    /// Holds what it promises, for few answers too (nps: Tango; shares: Wilson)
    Score,
    /// Simple, and nearly as good (nps: Rocks; shares: Agresti and Coull)
    AdjustedWald,
    /// The textbook's, too narrow for few answers
    Wald,
}

impl TermsArgs {
    /// Makes the terms.
    ///
    /// # Errors
    /// A confidence or a population that is none.
    pub(super) fn terms(&self) -> Result<Terms, Complaint> {
        if !(0.5..=0.9999).contains(&self.confidence) {
            let complaint = format!(
                "--confidence must be 0.5 to 0.9999, found `{}`",
                self.confidence
            );
            return Err(Complaint::new(complaint).hint("0.95 for 95 per cent"));
        }
        if self.population == Some(0) {
            return Err(Complaint::new("--population must be 1 or more, found `0`")
                .hint("how many people there are in each group"));
        }
        Ok(Terms {
            confidence: self.confidence,
            method: match self.method {
                MethodName::Score => Method::Score,
                MethodName::AdjustedWald => Method::AdjustedWald,
                MethodName::Wald => Method::Wald,
            },
            population: self.population,
        })
    }
}
