//! Mistakes that no single cell shows: ids that repeat, and ids that name nothing.

use std::collections::BTreeSet;

use crate::base::sort::sort_by;
use crate::base::suggest::did_you_mean;
use crate::base::{Arithmetic, Id, Located, Type, Value};
use crate::model::{Claim, Collection as _, Field, Kpi, Metric, Record, Records, Source};

use super::csv::place_of;
use super::problem::Problem;
use super::{File, Loader};

/// Finds every record whose id another record of the table has.
pub(super) fn repeated<R: Record>(records: &Records<R>, file: &File<'_>) -> Vec<Problem> {
    let mut sorted: Vec<&Located<R>> = records.located().iter().collect();
    // Stable: records of one id stay in the order of the file.
    sort_by(&mut sorted, |left, right| {
        left.value.id().cmp(right.value.id())
    });
    let mut problems = Vec::new();
    for same in sorted.chunk_by(|left, right| left.value.id() == right.value.id()) {
        let [first, others @ ..] = same else { continue };
        for located in others {
            let message = format!("the id is taken by line {}", first.line);
            let place = place_of(file, located.line, "id");
            problems.push(Problem::new(place, message).record(R::KIND, located.value.id()));
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
    file: &File<'_>,
) -> Vec<Problem> {
    let key = field.info.key;
    let mut problems = Vec::new();
    for located in records.located() {
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
            let problem = Problem::new(place_of(file, located.line, key), message)
                .record(R::KIND, located.value.id())
                .hint(did_you_mean(id, others));
            problems.push(problem);
        }
    }
    problems
}

/// What rivals share: its name, and how to find it.
type Shared<C> = (&'static str, fn(&C) -> &Id);

/// Finds every KPI value that rivals one of another company or metric, or one that is a rival itself.
pub(super) fn kpis(kpis: &Records<Kpi>, file: &File<'_>) -> Vec<Problem> {
    let shared: [Shared<Kpi>; 2] = [
        ("company", |kpi| &kpi.company),
        ("metric", |kpi| &kpi.metric),
    ];
    rivals(kpis, &shared, file)
}

/// Finds every metric that rivals one that is a rival itself, and every identity that names the metric itself, or what
/// is no metric.
pub(super) fn metrics(metrics: &mut Records<Metric>, file: &File<'_>, _: &Loader) -> Vec<Problem> {
    let mut problems = rivals(metrics, &[], file);
    for Located { line, value } in metrics.located() {
        let others = || {
            metrics
                .ids()
                .into_iter()
                .filter(|id| *id != value.id.as_str())
        };
        let names = value.identity.iter().flat_map(Arithmetic::names);
        for name in names.filter(|name| !others().any(|id| id == name.as_str())) {
            let message = format!("column `identity` must name other metrics, found `{name}`");
            let problem = Problem::new(place_of(file, *line, "identity"), message)
                .record(Metric::KIND, &value.id)
                .hint(did_you_mean(name.as_str(), others()));
            problems.push(problem);
        }
    }
    problems
}

/// Finds every source that is known to be itself in the end.
pub(super) fn sources(sources: &mut Records<Source>, file: &File<'_>, _: &Loader) -> Vec<Problem> {
    let same = |source: &Source| source.custom.same_as.clone();
    let mut problems = Vec::new();
    for Located { line, value } in sources.located() {
        let chain = std::iter::successors(same(value), |id| same(sources.by_id(id.as_str())?));
        // A chain longer than the table goes round without the source.
        if chain.take(sources.located().len()).any(|id| id == value.id) {
            let message = "`same_as` leads back to the source itself";
            let place = place_of(file, *line, "same_as");
            problems.push(Problem::new(place, message).record(Source::KIND, &value.id));
        }
    }
    problems
}

/// Finds every claim whose rival is a rival itself, or differs in what rivals share.
fn rivals<C: Claim>(claims: &Records<C>, shared: &[Shared<C>], file: &File<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for Located { line, value } in claims.located() {
        let rival = value.rival_of().and_then(|id| claims.by_id(id.as_str()));
        let Some(rival) = rival else { continue };
        let id = rival.id();
        let mut tell = |wanted: String| {
            let place = place_of(file, *line, "rival_of");
            let message = format!("column `rival_of` must be the id of a claim {wanted}");
            problems.push(Problem::new(place, message).record(C::KIND, value.id()));
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

    const ROWS: &str = "id,company,attribute,value,cite\na,x,b,c,@s\na,y,d,e,@s\n";

    fn told(find: impl Fn(&Records<Profile>, &File<'_>) -> Vec<Problem>) -> Vec<String> {
        let records = Profile::read(ROWS, "x.csv", &[])
            .unwrap()
            .into_records()
            .unwrap();
        let file = File {
            text: ROWS,
            path: "x.csv",
        };
        find(&records, &file)
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
    fn an_id_names_a_record_that_exists() {
        let company = Profile::FIELDS
            .iter()
            .find(|field| field.info.key == "company")
            .unwrap();
        let known = BTreeSet::from(["x"]);
        let find = |records: &Records<Profile>, file: &File<'_>| {
            dangling(records, company, "company", &known, file)
        };
        assert_eq!(
            told(find),
            [
                "x.csv:3:3: profile attribute `a`: column `company` must be the id of a company, found `y`"
            ]
        );
    }
}
