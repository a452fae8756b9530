//! What casebooks want beyond the standard: citations that resolve, ranks with reasons, profiles, denominators, and no claim
//! twice.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use crate::base::fold::fold;
use crate::base::{Citations, Place, Rank, Text};
use crate::model::Kind;
use crate::package::{File, Problem, Row, Step, place_in, places};
use serde_json::Value;

use super::cited::cited;
use super::columns::{Columns, cell};
use super::keys::{Seen, digest};
use super::table::Told;
use super::{Finding, Findings, Rule};

/// What is known of a metric.
struct Measure {
    is_share: bool,
    has_denominator: bool,
    /// The least and the greatest value, where they are stated.
    scale: [Option<f64>; 2],
    place: Place,
}

/// What was met so far in the tables of all packages.
#[derive(Default)]
pub(super) struct Casebook {
    /// Whether there is one package only.
    pub is_single: bool,
    /// The files, as the user can find them.
    files: Vec<String>,
    ids: BTreeMap<Kind, Seen>,
    /// The sources, each with its place, and whether it is cited.
    sources: BTreeMap<String, (Place, bool)>,
    /// Whether there are sources that could not be read.
    has_lost_sources: bool,
    /// The companies, each with its place, and whether it has a profile.
    companies: BTreeMap<String, (Place, bool)>,
    has_profiles: bool,
    metrics: HashMap<String, Measure>,
    /// The metrics of percentages that do not say what they are shares of.
    shares: BTreeSet<String>,
    /// What records state, with the place of the first that states it.
    stated: Seen,
    /// Digests of citations in which nothing was wrong: most stand in many rows.
    cited: HashSet<u64>,
}

/// Tells of a value that is not on the scale of its metric.
fn off_scale(measure: &Measure, columns: &Columns, row: &Row<'_>) -> Option<Told> {
    let value: f64 = cell(row, columns.value).parse().ok()?;
    let [least, most] = measure.scale;
    let wanted = match (least, most) {
        (Some(least), _) if value < least => format!("at least {least}"),
        (_, Some(most)) if value > most => format!("at most {most}"),
        _ => return None,
    };
    let message = format!("column `value` should be {wanted}, as its metric says, found `{value}`");
    let hint = "look it up in the source; if it is printed so, say so in `note`";
    Some(Told::new(Rule::Scale, columns.value?, message).hint(hint))
}

impl Casebook {
    /// Gives a file a number.
    pub(super) fn file(&mut self, path: &str) -> usize {
        self.files.push(path.into());
        self.files.len() - 1
    }

    /// Says where a line is, to who looks at a file.
    fn where_is(&self, other: usize, line: u64, file: usize) -> String {
        match self.files.get(other) {
            Some(path) if other != file => format!("{path}:{line}"),
            Some(_) | None => format!("line {line}"),
        }
    }

    /// Looks at a row of a table of a kind.
    pub(super) fn row(
        &mut self,
        kind: Option<Kind>,
        columns: &Columns,
        row: &Row<'_>,
        file: usize,
        told: &mut Vec<Told>,
    ) {
        let Some(kind) = kind else { return };
        let id = cell(row, columns.id);
        if let Some(column) = columns
            .id
            .filter(|_| !id.is_empty() && !columns.is_id_unique)
        {
            let taken = self
                .ids
                .entry(kind)
                .or_default()
                .take(digest([id]), file, row.line);
            if let Some((other, line)) = taken {
                let taken = self.where_is(other, line, file);
                let message = format!("the id is taken by {taken}");
                told.push(Told::new(Rule::Record, column, message));
            }
        }
        self.citations(columns, row, told);
        let rank = cell(row, columns.rank);
        let is_normal = rank.is_empty() || rank.parse() == Ok(Rank::Normal);
        if let Some(column) = columns.rank.filter(|_| !is_normal)
            && rank.parse::<Rank>().is_ok()
            && cell(row, columns.note).is_empty()
        {
            let message = format!("the rank is `{rank}`, and column `note` does not say why");
            told.push(Told::new(Rule::Rank, column, message).hint("write the reason into `note`"));
        }
        let place = || {
            let path = self.files.get(file).map_or("", String::as_str);
            Place::file(path).line(row.line)
        };
        match kind {
            Kind::Companies => {
                let entry = (place(), false);
                self.companies.entry(id.into()).or_insert(entry);
            }
            Kind::Profiles => {
                self.has_profiles = true;
                if let Some((_, has_profile)) = self.companies.get_mut(cell(row, columns.company)) {
                    *has_profile = true;
                }
            }
            Kind::Metrics => {
                let measure = Measure {
                    is_share: cell(row, columns.unit).starts_with("percent"),
                    has_denominator: !cell(row, columns.denominator).is_empty(),
                    scale: columns.scale.map(|end| cell(row, end).parse().ok()),
                    place: place(),
                };
                self.metrics.insert(id.into(), measure);
            }
            Kind::Kpis => {
                let metric = cell(row, columns.metric);
                let measure = self.metrics.get(metric);
                // A unit of its own has another scale.
                let measured = measure.filter(|_| cell(row, columns.unit).is_empty());
                told.extend(measured.and_then(|measure| off_scale(measure, columns, row)));
                let own = !cell(row, columns.denominator).is_empty();
                let is_vague = |measure: &Measure| measure.is_share && !measure.has_denominator;
                if !own && measure.is_some_and(is_vague) && !self.shares.contains(metric) {
                    self.shares.insert(metric.into());
                }
            }
            Kind::Events
            | Kind::Technologies
            | Kind::Challenges
            | Kind::Strategies
            | Kind::Experience
            | Kind::Swot
            | Kind::Hypotheses
            | Kind::Findings
            | Kind::Concepts
            | Kind::Sources => {}
        }
        self.twice(kind, columns, row, file, told);
    }

    /// Looks at the citations of a row.
    fn citations(&mut self, columns: &Columns, row: &Row<'_>, told: &mut Vec<Told>) {
        for column in &columns.cites {
            let text = cell(row, Some(*column));
            let digest = digest([text]);
            if text.is_empty() || self.cited.contains(&digest) {
                continue;
            }
            let before = told.len();
            // What is no citation is told of the cell.
            let Ok(citations) = text.parse::<Citations>() else {
                continue;
            };
            for citation in citations.iter() {
                if let Some(hint) = self.cite(citation.source) {
                    told.push(Told::new(Rule::Citation, *column, citation.unresolved()).hint(hint));
                }
            }
            if told.len() == before {
                self.cited.insert(digest);
            }
        }
    }

    /// Marks a source as cited; returns what to do when there is none of that id.
    fn cite(&mut self, source: &str) -> Option<String> {
        if let Some((_, is_cited)) = self.sources.get_mut(source) {
            *is_cited = true;
            return None;
        }
        // What names a source that could not be read is not wrong for that.
        if self.has_lost_sources {
            return None;
        }
        let known = self.sources.keys().map(String::as_str);
        let near = crate::base::suggest::did_you_mean(source, known);
        Some(near.unwrap_or_else(|| format!("add `{source}` to the sources")))
    }

    /// Looks whether another record says the same.
    fn twice(
        &mut self,
        kind: Kind,
        columns: &Columns,
        row: &Row<'_>,
        file: usize,
        told: &mut Vec<Told>,
    ) {
        if columns.gist.is_empty() {
            return;
        }
        let mut hasher = DefaultHasher::new();
        kind.key().hash(&mut hasher);
        for column in &columns.gist {
            gist(cell(row, Some(*column)), &mut hasher);
        }
        if let Some((other, line)) = self.stated.take(hasher.finish(), file, row.line) {
            let other = self.where_is(other, line, file);
            let message = format!("says what {other} says");
            let hint = "make it one record with the citations of both";
            told.push(
                Told::new(Rule::Duplicate, columns.id.unwrap_or_default(), message).hint(hint),
            );
        }
    }

    /// Remembers that there are sources which could not be read.
    pub(super) fn lose_sources(&mut self) {
        self.has_lost_sources = true;
    }

    /// Looks at the records of a JSON file: the sources, what they and hypotheses cite.
    pub(super) fn json(&mut self, kind: Kind, file: &File, findings: &mut Findings) {
        // What is no JSON is told by whoever reads the records.
        let Ok(Value::Array(items)) = serde_json::from_str::<Value>(file.text) else {
            self.has_lost_sources |= kind == Kind::Sources;
            return;
        };
        for (item, (line, column)) in items.iter().zip(places(file.text)) {
            let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
            let place = file.place().line(line).column(column);
            if kind == Kind::Sources {
                self.sources.entry(id.into()).or_insert((place, false));
            }
        }
        for (number, item) in items.iter().enumerate() {
            let id = item.get("id").and_then(Value::as_str).unwrap_or_default();
            // Who cites the one cites the other.
            let same = item.pointer("/custom/same_as").and_then(Value::as_str);
            if let Some((_, is_cited)) = same.and_then(|same| self.sources.get_mut(same)) {
                *is_cited = true;
            }
            for (within, text) in cited(item) {
                let Ok(citations) = Text::Owned(text.into()).try_into() else {
                    continue;
                };
                let citations: Citations = citations;
                // That a source names itself does not make it one that is cited.
                let others = citations
                    .iter()
                    .filter(|citation| kind != Kind::Sources || citation.source != id);
                for citation in others {
                    let Some(hint) = self.cite(citation.source) else {
                        continue;
                    };
                    let item = std::iter::once(Step::Item(number));
                    let steps: Vec<Step> = item.chain(within.iter().cloned()).collect();
                    let (line, column) = place_in(file.text, &steps);
                    let place = file.place().line(line).column(column);
                    let problem = Problem::new(place, citation.unresolved()).hint(Some(hint));
                    findings.add(Finding::new(Rule::Citation, problem).of(kind.label(), id));
                }
            }
        }
    }

    /// Tells what only the whole casebook shows.
    pub(super) fn end(self, findings: &mut Findings) {
        let mut tell = |rule, place: Place, kind: Kind, id: &str, message: &str, hint: &str| {
            let problem = Problem::new(place, message).hint(Some(hint));
            findings.add(Finding::new(rule, problem).of(kind.label(), id));
        };
        let companies = self.companies.into_iter();
        for (id, (place, _)) in
            companies.filter(|(_, (_, has_profile))| self.has_profiles && !has_profile)
        {
            let hint = "add a row to the table `profiles`: founded, headquarters, business model";
            tell(
                Rule::Profile,
                place,
                Kind::Companies,
                &id,
                "has no profile",
                hint,
            );
        }
        for id in self.shares {
            let Some(measure) = self.metrics.get(&id) else {
                continue;
            };
            let message = "is a percentage, and does not say of what";
            let hint = "write what it is a share of into column `denominator`, or `not stated`";
            tell(
                Rule::Denominator,
                measure.place.clone(),
                Kind::Metrics,
                &id,
                message,
                hint,
            );
        }
        for (id, (place, _)) in self
            .sources
            .into_iter()
            .filter(|(_, (_, is_cited))| !is_cited)
        {
            let hint = "cite it where it says something, or leave it out";
            tell(
                Rule::Uncited,
                place,
                Kind::Sources,
                &id,
                "is never cited",
                hint,
            );
        }
    }
}

/// Adds a text to a digest, without case, accents and blanks.
fn gist(text: &str, hasher: &mut DefaultHasher) {
    let folded = fold(text);
    for word in folded.split_ascii_whitespace() {
        hasher.write(word.as_bytes());
    }
    hasher.write_u8(0xff);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_say_the_same_whatever_their_case_and_accents() {
        let digest = |text: &str| {
            let mut hasher = DefaultHasher::new();
            gist(text, &mut hasher);
            hasher.finish()
        };
        assert_eq!(digest("Café  au Lait"), digest("CAFE au lait"));
        assert_ne!(digest("3.0"), digest("30"));
    }
}
