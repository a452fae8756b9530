//! The options that say on what terms values are compared.

use anyhow::Result;
use clap::Args;

use crate::base::{Complaint, Date};
use crate::compare::{MAX_GAP, Terms};
use crate::model::Source;

use super::Context;

/// As of when, and how far apart in time.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Terms of comparison")]
pub(super) struct TermsArgs {
    /// Compare the values that held then, not the latest
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    /// The most years that may lie between two values that are compared [default: 1]
    #[arg(long, value_name = "YEARS", allow_negative_numbers = true)]
    max_gap: Option<f64>,
}

impl TermsArgs {
    /// Says whether any of them is given.
    pub(super) fn is_given(&self) -> bool {
        self.as_of.is_some() || self.max_gap.is_some()
    }

    /// Makes the terms.
    ///
    /// # Errors
    /// What is not a date, or no number of years; sources that cannot be read.
    pub(super) fn terms<'a>(&self, context: &'a Context) -> Result<Terms<'a>> {
        let max_gap = self.max_gap.unwrap_or(MAX_GAP);
        if !max_gap.is_finite() || max_gap < 0.0 {
            let complaint = format!("--max-gap must be a number of years, found `{max_gap}`");
            return Err(Complaint::new(complaint)
                .hint("write 0 for values of the same time only, 2 or 0.5")
                .into());
        }
        Ok(Terms {
            as_of: date("--as-of", self.as_of.as_deref())?,
            max_gap,
            sources: context.casebook.table::<Source>()?,
        })
    }
}

/// Reads the date of an option.
///
/// # Errors
/// What is not a date.
pub(super) fn date(option: &str, text: Option<&str>) -> Result<Option<Date>> {
    let Some(text) = text else { return Ok(None) };
    let date = text.parse::<Date>().map_err(|invalid| {
        let complaint = Complaint::new(format!(
            "{option} must be {}, found `{text}`",
            invalid.wanted
        ));
        complaint.hint(invalid.hint.unwrap_or_default())
    })?;
    Ok(Some(date))
}
