//! Mistakes that no single cell shows: ids that repeat, and ids that name nothing.

use std::collections::BTreeSet;

use crate::base::sort::sort_by;
use crate::base::suggest::did_you_mean;
use crate::base::{Arithmetic, Id, Type, Value};
use crate::model::{Claim, Collection as _, Field, Kpi, Metric, Record, Records, Source};

use crate::package::Problem;

use super::{Files, Loader};

/// Finds every record whose id another record of the table has.
pub(super) fn repeated<R: Record>(records: &Records<R>, files: &Files) -> Vec<Problem> {
    let mut sorted: Vec<(usize, &Id)> = records.iter().map(Record::id).enumerate().collect();
    // Stable: records of one id stay in the order of the files.
    sort_by(&mut sorted, |left, right| left.1.cmp(right.1));
    let mut problems = Vec::new();
    for same in sorted.chunk_by(|left, right| left.1 == right.1) {
        let [(first, _), others @ ..] = same else {
            continue;
        };
        for (record, id) in others {
            let taken = records.place(*first);
            let message = match taken.line {
                Some(line) if records.file_of(*first) == records.file_of(*record) => {
                    format!("the id is taken by line {line}")
                }
                Some(_) | None => format!("the id is taken by {taken}"),
            };
            let place = files.place_of(records, *record, "id");
            problems.push(Problem::new(place, message).record(R::KIND.label(), id));
        }
    }
    problems
}

/// Finds every record whose field names an id that is not known; `wanted` says of what.
pub(super) fn dangling<R: Record>(
    records: &Records<R>,
    field: &Field<R>,
    wanted: &str,
    known: &BTreeSet<&str>,
    files: &Files,
) -> Vec<Problem> {
    let key = field.info.key;
    let mut problems = Vec::new();
    for (record, located) in records.located().iter().enumerate() {
        let ids = match (field.get)(&located.value) {
            Value::Text(id) => vec![id],
            Value::List(ids) => ids,
            _ => continue,
        };
        for id in ids.iter().filter(|id| !known.contains(&***id)) {
            let message = match field.info.kind {
                Type::List => format!("`{key}` must name a {wanted}, found `{id}`"),
                _ => format!("column `{key}` must be the id of a {wanted}, found `{id}`"),
            };
            let own = located.value.id().as_str();
            let others = known.iter().copied().filter(|known| *known != own);
            let problem = Problem::new(files.place_of(records, record, key), message)
                .record(R::KIND.label(), located.value.id())
                .hint(did_you_mean(id, others));
            problems.push(problem);
        }
    }
    problems
}

/// What rivals share: its name, and how to find it.
type Shared<C> = (&'static str, fn(&C) -> &Id);

/// Finds every KPI value that rivals one of another company or metric, or one that is a rival itself, and every interval
/// that cannot be that of its value.
pub(super) fn kpis(kpis: &Records<Kpi>, files: &Files) -> Vec<Problem> {
    let shared: [Shared<Kpi>; 2] = [
        ("company", |kpi| &kpi.company),
        ("metric", |kpi| &kpi.metric),
    ];
    let mut problems = rivals(kpis, &shared, files);
    for (record, value) in kpis.iter().enumerate() {
        let Some((key, message, hint)) = value.fault() else {
            continue;
        };
        let problem = Problem::new(files.place_of(kpis, record, key), message)
            .record(Kpi::KIND.label(), &value.id)
            .hint(Some(hint));
        problems.push(problem);
    }
    problems
}

/// Finds every metric that rivals one that is a rival itself, and every identity that names the metric itself, or what
/// is no metric.
pub(super) fn metrics(metrics: &mut Records<Metric>, files: &Files, _: &Loader) -> Vec<Problem> {
    let mut problems = rivals(metrics, &[], files);
    for (record, value) in metrics.iter().enumerate() {
        let others = || {
            metrics
                .ids()
                .into_iter()
                .filter(|id| *id != value.id.as_str())
        };
        let names = value.identity.iter().flat_map(Arithmetic::names);
        for name in names.filter(|name| !others().any(|id| id == name.as_str())) {
            let message = format!("column `identity` must name other metrics, found `{name}`");
            let problem = Problem::new(files.place_of(metrics, record, "identity"), message)
                .record(Metric::KIND.label(), &value.id)
                .hint(did_you_mean(name.as_str(), others()));
            problems.push(problem);
        }
    }
    problems
}

/// Finds every source that is known to be itself in the end.
pub(super) fn sources(sources: &mut Records<Source>, files: &Files, _: &Loader) -> Vec<Problem> {
    let same = |source: &Source| source.custom.same_as.clone();
    let mut problems = Vec::new();
    for (record, value) in sources.iter().enumerate() {
        let chain = std::iter::successors(same(value), |id| same(sources.by_id(id.as_str())?));
        // A chain longer than the table goes round without the source.
        if chain.take(sources.located().len()).any(|id| id == value.id) {
            let message = "`same_as` leads back to the source itself";
            let place = files.place_of(sources, record, "same_as");
            problems.push(Problem::new(place, message).record(Source::KIND.label(), &value.id));
        }
    }
    problems
}

/// Finds every claim whose rival is a rival itself, or differs in what rivals share.
fn rivals<C: Claim>(claims: &Records<C>, shared: &[Shared<C>], files: &Files) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (record, value) in claims.iter().enumerate() {
        let rival = value.rival_of().and_then(|id| claims.by_id(id.as_str()));
        let Some(rival) = rival else { continue };
        let id = rival.id();
        let mut tell = |wanted: String| {
            let place = files.place_of(claims, record, "rival_of");
            let message = format!("column `rival_of` must be the id of a claim {wanted}");
            problems.push(Problem::new(place, message).record(C::KIND.label(), value.id()));
        };
        if let Some(root) = rival.rival_of() {
            tell(format!(
                "that rivals none itself, found `{id}`, which rivals `{root}`"
            ));
        }
        for (what, of) in shared {
            if of(value) != of(rival) {
                tell(format!(
                    "of the same {what}, found `{id}` of `{}`",
                    of(rival)
                ));
            }
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Table;
    use crate::model::Profile;
    use crate::package::File;

    const ROWS: &str = "id,company,attribute,value,cite\na,x,b,c,@s\na,y,d,e,@s\n";

    fn told(find: impl Fn(&Records<Profile>, &Files) -> Vec<Problem>) -> Vec<String> {
        let file = File::new("x.csv", ROWS);
        let read = Profile::read(&file, &[]).unwrap();
        find(&read.into_records().unwrap(), &Files(vec![file]))
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn an_id_stands_for_one_record() {
        assert_eq!(
            told(repeated),
            ["x.csv:3:1: profile attribute `a`: the id is taken by line 2"]
        );
    }

    #[test]
    fn an_interval_has_two_ends_and_holds_its_value() {
        const KPIS: &str = "id,company,metric,value,interval_low,interval_high,cite\n\
            fine,x,nps,62,60.1,63.9,@s\n\
            none,x,nps,62,,,@s\n\
            rounded,x,nps,62,62.4,63,@s\n\
            point,x,nps,7,7,7,@s\n\
            below,x,nps,62,60,,@s\n\
            above,x,nps,62,,64,@s\n\
            turned,x,nps,62,64,60,@s\n\
            margin,x,nps,62,1.9,1.9,@s\n\
            beside,x,nps,62,62.6,64.0,@s\n";
        let file = File::new("x.csv", KPIS);
        let read = Kpi::read(&file, &[]).unwrap();
        let problems = kpis(&read.into_records().unwrap(), &Files(vec![file]));
        let told = problems.iter().map(|problem| {
            let hint = problem.hint.as_deref().unwrap();
            format!("{problem} ({hint})")
        });
        let both = "(state both ends of the interval, or neither)";
        let ends =
            "(write the two ends between which the value lies, not how far they are from it)";
        assert_eq!(
            told.collect::<Vec<_>>(),
            [
                format!(
                    "x.csv:6:19: kpi `below`: column `interval_high` must not be empty where `interval_low` is stated {both}"
                ),
                format!(
                    "x.csv:7:16: kpi `above`: column `interval_low` must not be empty where `interval_high` is stated {both}"
                ),
                "x.csv:8:20: kpi `turned`: column `interval_high` must be at least `interval_low`, 64, found `60` \
                 (the lower end stands first)"
                    .to_owned(),
                format!(
                    "x.csv:9:21: kpi `margin`: column `interval_high` must be at least the value, 62, found `1.9` {ends}"
                ),
                format!(
                    "x.csv:10:17: kpi `beside`: column `interval_low` must be at most the value, 62, found `62.6` {ends}"
                ),
            ]
        );
    }

    #[test]
    fn an_id_names_a_record_that_exists() {
        let company = Profile::FIELDS
            .iter()
            .find(|field| field.info.key == "company")
            .unwrap();
        let known = BTreeSet::from(["x"]);
        let find = |records: &Records<Profile>, files: &Files| {
            dangling(records, company, "company", &known, files)
        };
        assert_eq!(
            told(find),
            [
                "x.csv:3:3: profile attribute `a`: column `company` must be the id of a company, found `y`"
            ]
        );
    }
}
