//! Mistakes that no single cell shows: ids that repeat, and ids that name nothing.

use std::collections::BTreeSet;

use crate::base::suggest::did_you_mean;
use crate::base::{Located, Type, Value};
use crate::model::{Field, Metric, Record, Records, Target};

use super::File;
use super::csv::place_of;
use super::problem::Problem;

/// Finds every record whose id another record of the table has.
pub(super) fn repeated<R: Record>(records: &Records<R>, file: &File<'_>) -> Vec<Problem> {
    let mut sorted: Vec<&Located<R>> = records.located().iter().collect();
    // Stable: records of one id stay in the order of the file.
    sorted.sort_by(|left, right| left.value.id().cmp(right.value.id()));
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

/// Finds every record that rivals one of another company or metric, one that is a rival itself, or itself; and every
/// source that is the same as itself in the end.
pub(super) fn misled<R: Record>(records: &Records<R>, file: &File<'_>) -> Vec<Problem> {
    let own = Some(Target::Kind(R::KIND));
    if !R::FIELDS.iter().any(|field| field.info.refers_to == own) {
        return Vec::new();
    }
    let text = |record: &R, key: &str| -> Option<String> {
        let field = R::FIELDS.iter().find(|field| field.info.key == key)?;
        let value = (field.get)(record);
        (!value.is_missing()).then(|| value.plain().into_owned())
    };
    let mut problems = Vec::new();
    for located in records.located() {
        let record = &located.value;
        let mut tell = |key: &str, message: String| {
            let place = place_of(file, located.line, key);
            problems.push(Problem::new(place, message).record(R::KIND, record.id()));
        };
        let rival = text(record, "rival_of");
        if let Some(rival) = rival.and_then(|id| records.by_id(&id)) {
            let id = rival.id();
            if let Some(root) = text(rival, "rival_of") {
                tell(
                    "rival_of",
                    format!(
                        "column `rival_of` must be the id of a claim that rivals none itself, found `{id}`, which rivals `{root}`"
                    ),
                );
            }
            for key in ["company", "metric"] {
                let (own, other) = (text(record, key), text(rival, key));
                if own != other {
                    let other = other.unwrap_or_default();
                    tell(
                        "rival_of",
                        format!(
                            "column `rival_of` must be the id of a claim of the same {key}, found `{id}` of `{other}`"
                        ),
                    );
                }
            }
        }
        let mut known = text(record, "same_as");
        for _ in records.located() {
            match known {
                Some(id) if id == record.id().as_str() => {
                    tell(
                        "same_as",
                        "`same_as` leads back to the source itself".into(),
                    );
                    break;
                }
                Some(id) => {
                    let next = records.by_id(&id);
                    known = next.and_then(|source| text(source, "same_as"));
                }
                None => break,
            }
        }
    }
    problems
}

/// Finds every metric whose identity names itself, or what is no metric.
pub(super) fn identities(metrics: &Records<Metric>, file: &File<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for located in metrics.located() {
        let metric = &located.value;
        let names = metric.identity.iter().flat_map(|identity| identity.names());
        for name in
            names.filter(|name| **name == metric.id || metrics.by_id(name.as_str()).is_none())
        {
            let message = format!("column `identity` must name other metrics, found `{name}`");
            let known = metrics.iter().map(|metric| metric.id.as_str());
            let known = known.filter(|known| *known != metric.id.as_str());
            let problem = Problem::new(place_of(file, located.line, "identity"), message)
                .record(Metric::KIND, &metric.id)
                .hint(did_you_mean(name.as_str(), known));
            problems.push(problem);
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
