//! The conclusion of a comparison in one sentence.

use crate::base::{Relation, Value};
use crate::compare::{Answers, Comparison, Reason, Side, Verdict};

use super::details::ROOM;

/// Says what is compared, what follows, and why not more: `62 against 64 points; ...`.
pub(super) fn conclusion<'a>(comparison: &Comparison<'a>) -> Value<'a> {
    let mut parts = values(comparison);
    parts.extend(each_two(comparison).map(Value::text));
    let mut say = |text: &str| parts.push(Value::text(text.to_owned()));
    match comparison.verdict {
        Verdict::Differs if comparison.is_surveyed() => {
            say("the samples are large enough, however the numbers were rounded;");
        }
        Verdict::Differs => say("no number fits both, however they were rounded and hedged;"),
        Verdict::NoEvidence => say("samples of this size may give such a difference by chance;"),
        Verdict::SameWithinRounding => say("two may have been one number before rounding;"),
        Verdict::CannotTell => {
            parts.extend(sample(comparison));
            parts.push(weakest(comparison, Some(Reason::Sample)));
        }
        Verdict::OneSided | Verdict::NotComparable | Verdict::NoData => {
            parts.push(weakest(comparison, None));
        }
    }
    parts.push(Value::text(rivals(comparison)));
    Value::phrase(parts)
}

/// Shows the values: `62 against 64 points;`; of more than a sentence holds only how many there are.
fn values<'a>(comparison: &Comparison<'a>) -> Vec<Value<'a>> {
    let figures: Vec<_> = comparison.sides.iter().filter_map(Side::figure).collect();
    if figures.len() > ROOM {
        return vec![Value::text(format!("{} values;", figures.len()))];
    }
    let is_one_unit = figures.windows(2).all(|pair| match pair {
        [left, right] => left.unit() == right.unit(),
        _ => true,
    });
    let mut parts = Vec::new();
    for (place, figure) in figures.iter().enumerate() {
        let is_last = place + 1 == figures.len();
        if place > 0 {
            parts.push(Value::text("against"));
        }
        parts.push(Value::Number(figure.kpi.value, figure.kpi.relation));
        if is_last || !is_one_unit {
            let end = if is_last { ";" } else { "" };
            parts.push(Value::text(format!("{}{end}", figure.unit())));
        }
    }
    parts
}

/// Counts the verdicts of each two of several companies: the weakest of them is that of all.
fn each_two(comparison: &Comparison<'_>) -> Option<String> {
    if comparison.valued() < 3 {
        return None;
    }
    let pairs = comparison.each_two().into_iter();
    let verdicts: Vec<Verdict> = pairs
        .map(|[left, right]| comparison.between(left, right).0)
        .collect();
    let counts = Verdict::ALL.iter().filter_map(|verdict| {
        let count = verdicts.iter().filter(|other| *other == verdict).count();
        (count > 0).then(|| format!("{count} {}", verdict.label()))
    });
    let counts = counts.collect::<Vec<_>>().join(", ");
    let all = verdicts.len();
    Some(format!("of {all} pairs {counts}; for the weakest:"))
}

/// Names the reasons that leave no better verdict, except one that is told otherwise.
fn weakest<'a>(comparison: &Comparison<'_>, except: Option<Reason>) -> Value<'a> {
    let weakest = comparison
        .cautions
        .iter()
        .filter(|caution| caution.cap == comparison.verdict && Some(caution.reason) != except);
    let words: Vec<&str> = weakest
        .map(|caution| match caution.reason {
            // It names the companies.
            Reason::Missing => &caution.message,
            reason => reason.label(),
        })
        .collect();
    if words.is_empty() {
        return Value::Missing;
    }
    Value::text(format!("{};", words.join(", ")))
}

/// Says what is known of the samples, and how many answers it would take, where that is why nothing can be told.
fn sample<'a>(comparison: &Comparison<'_>) -> Vec<Value<'a>> {
    let mut cautions = comparison.cautions.iter();
    if !cautions.any(|caution| caution.reason == Reason::Sample) {
        return Vec::new();
    }
    let figures = comparison.sides.iter().filter_map(Side::figure);
    let sized = figures
        .clone()
        .filter(|figure| figure.kpi.sample_size.is_some());
    let known = match sized.count() {
        0 => "no sample size is published",
        all if all < figures.clone().count() => "the size of a sample is not published",
        _ if figures
            .clone()
            .any(|figure| figure.metric.scale_max.is_none() && figure.kpi.interval().is_none()) =>
        {
            "without the ends of the scale the samples cannot be weighed"
        }
        _ => "the samples are too small, or it depends on the split of the answers and on rounding",
    };
    let is_known = sizes_are_known(comparison);
    let Some(answers) = comparison.answers.filter(|_| !is_known) else {
        return vec![Value::text(format!("{known};"))];
    };
    let mut parts = vec![Value::text(format!("{known},"))];
    parts.extend(needed(answers));
    parts
}

/// Says whether the number of answers of each value is published.
fn sizes_are_known(comparison: &Comparison<'_>) -> bool {
    let mut figures = comparison.sides.iter().filter_map(Side::figure);
    figures.all(|figure| figure.kpi.sample_size.is_some())
}

/// Says how many answers it would take.
fn needed<'a>(Answers { least, most }: Answers) -> Vec<Value<'a>> {
    let number = |count: u32| Value::Number(count.into(), Relation::Eq);
    if least == most {
        return vec![
            Value::text("and it would take about"),
            number(least),
            Value::text("answers from each company to tell them apart at 95 per cent;"),
        ];
    }
    vec![
        Value::text("and even the most favourable split of the answers would need about"),
        number(least),
        Value::text(
            "answers from each company to tell them apart at 95 per cent, the least favourable",
        ),
        number(most),
        Value::text("each;"),
    ]
}

/// Says whether a rival would change it.
fn rivals(comparison: &Comparison<'_>) -> String {
    let decisive = comparison
        .rivals
        .iter()
        .filter(|rival| rival.is_decisive)
        .count();
    match (comparison.rivals.len(), decisive) {
        (0, _) => "no rival claim in the casebook".into(),
        (1, 0) => "the rival claim would not change it".into(),
        (_, 0) => "no rival claim would change it".into(),
        (all, decisive) => format!("{decisive} of {all} rival claims would change it"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_bounds_are_said_once() {
        let said = |least, most| {
            Value::phrase(needed(Answers { least, most }))
                .plain()
                .into_owned()
        };
        assert_eq!(
            said(2171, 2171),
            "and it would take about 2171 answers from each company to tell them apart at 95 per cent;"
        );
        let said = said(4476, 11582);
        assert!(
            said.contains("would need about 4476 answers from each company"),
            "{said}"
        );
        assert!(said.ends_with("the least favourable 11582 each;"), "{said}");
    }
}
