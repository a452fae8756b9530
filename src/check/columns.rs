//! Finds the columns of a table that the rules of casebooks look at.

use crate::base::guard::unguard;
use crate::model::Kind;
use crate::package::Row;

/// Where the columns stand that the rules of casebooks look at.
#[derive(Default)]
pub(super) struct Columns {
    pub id: Option<usize>,
    /// Whether the schema alone tells of ids that stand twice: there is no other package that might have one.
    pub is_id_unique: bool,
    pub company: Option<usize>,
    pub metric: Option<usize>,
    pub unit: Option<usize>,
    pub denominator: Option<usize>,
    pub scale: [Option<usize>; 2],
    pub value: Option<usize>,
    pub rank: Option<usize>,
    pub note: Option<usize>,
    /// The columns of citations.
    pub cites: Vec<usize>,
    /// The columns that say what a record states.
    pub gist: Vec<usize>,
}

impl Columns {
    /// Finds the columns of a table of a kind.
    pub(super) fn of(kind: Option<Kind>, names: &[String]) -> Self {
        let find = |name: &str| names.iter().position(|known| known == name);
        let Some(kind) = kind else {
            return Self::default();
        };
        let gist: &[&str] = match kind {
            Kind::Kpis => &[
                "company",
                "metric",
                "relation",
                "value",
                "unit",
                "denominator",
                "period",
                "base_period",
                "population",
            ],
            Kind::Events => &["company", "event", "date", "title"],
            Kind::Profiles => &["company", "attribute", "value", "period"],
            Kind::Technologies => &["company", "name", "domain", "purpose"],
            Kind::Challenges | Kind::Strategies => {
                &["company", "category", "kind", "title", "detail"]
            }
            Kind::Experience => &["company", "theme", "area", "technology"],
            Kind::Swot => &["company", "kind", "factor", "text"],
            Kind::Findings => &["company", "kind", "text"],
            Kind::Concepts => &["group", "term", "definition"],
            Kind::Companies | Kind::Metrics | Kind::Hypotheses | Kind::Sources => &[],
        };
        Self {
            id: find("id"),
            is_id_unique: false,
            company: find("company"),
            metric: find("metric"),
            unit: find("unit"),
            denominator: find("denominator"),
            scale: [find("scale_min"), find("scale_max")],
            value: find("value"),
            rank: find("rank"),
            note: find("note"),
            cites: ["cite", "via"].into_iter().filter_map(find).collect(),
            gist: gist.iter().copied().filter_map(find).collect(),
        }
    }
}

/// Returns what stands in a column of a row.
pub(super) fn cell<'r>(row: &'r Row<'_>, column: Option<usize>) -> &'r str {
    let cell = column.and_then(|column| row.cells.get(column));
    cell.map_or("", |cell| unguard(cell.trim_ascii()))
}
