//! The statement that lets a database count the answers.

use clap::Args;

use crate::base::Complaint;
use crate::report::Report;
use crate::survey::{SQUARES, UNWEIGHED};

use super::ScoreArgs;

/// Words that some database takes for its own where a column is named.
const RESERVED: [&str; 38] = [
    "all", "and", "any", "array", "as", "asc", "between", "by", "case", "cast", "column", "create",
    "cross", "current", "default", "desc", "distinct", "else", "end", "for", "from", "group",
    "having", "in", "interval", "is", "join", "limit", "not", "null", "on", "or", "order",
    "select", "table", "union", "user", "where",
];

/// Whether to print the statement.
#[derive(Debug, Args)]
#[command(next_help_heading = "Answers in a database")]
pub(super) struct SqlArgs {
    /// Print the SQL that counts the answers where they are; its result is read with --counts answers
    #[arg(long, conflicts_with_all = ["counts", "skip_invalid", "only", "population", "equivalent_within", "delimiter", "as_kpis", "beside"])]
    sql: bool,
    /// The table or view of answers [default: survey]
    #[arg(long, value_name = "TABLE", requires = "sql")]
    table: Option<String>,
}

impl SqlArgs {
    /// Says whether the statement is asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.sql
    }
}

/// Prints the statement. It holds nothing but what `DuckDB`, `PostgreSQL`, Spark SQL, Trino, `BigQuery` and Snowflake share: names without
/// quotes, which each of them quotes in its own way.
pub(super) fn run<'a>(args: &ScoreArgs) -> Result<Report<'a>, Complaint> {
    let (files, sql) = (&args.files, &args.sql);
    if !files.named().is_empty() {
        return Err(
            Complaint::new("--sql counts the answers of a table, not of files")
                .hint("leave the files out"),
        );
    }
    if !files.conditions.is_empty() {
        return Err(Complaint::new("--where is for files")
            .hint("write the condition into a view, and name that: --table VIEW"));
    }
    let score = files.score.as_deref().unwrap_or("score");
    let table = sql.table.as_deref().unwrap_or("survey");
    for part in table.split('.') {
        check(part)?;
    }
    let columns = files
        .by
        .iter()
        .map(String::as_str)
        .chain([score])
        .chain(files.weight.as_deref());
    columns.into_iter().try_for_each(check)?;
    let weights = files.weight.iter().flat_map(|weight| {
        [
            weight.clone(),
            format!("{weight}{SQUARES}"),
            format!("{weight}{UNWEIGHED}"),
        ]
    });
    let own: Vec<String> = ["answer", "answers"]
        .map(str::to_owned)
        .into_iter()
        .chain(weights)
        .collect();
    let mut by = files.by.iter().enumerate();
    let clash = by.find(|(place, name)| {
        own.contains(name) || files.by.iter().take(*place).any(|known| known == *name)
    });
    if let Some((_, name)) = clash {
        return Err(Complaint::new(format!(
            "two columns of the result would be called `{name}`"
        ))
        .hint("a view can give the column another name"));
    }
    let selected: Vec<&str> = files.by.iter().map(String::as_str).chain([score]).collect();
    let selected = selected.join(", ");
    let weights = files.weight.as_deref().map_or(String::new(), |weight| {
        format!(
            ",\n       SUM({weight}) AS {weight}, SUM({weight} * {weight}) AS {weight}{SQUARES},\n       \
             SUM(CASE WHEN {weight} >= 0 THEN 0 ELSE 1 END) AS {weight}{UNWEIGHED}"
        )
    });
    let places: Vec<String> = (1..=files.by.len() + 1)
        .map(|place| place.to_string())
        .collect();
    let places = places.join(", ");
    Ok(Report {
        text: Some(format!(
            "SELECT {selected} AS answer, COUNT(*) AS answers{weights}\nFROM {table}\nGROUP BY {places}\nORDER BY {places}\n"
        )),
        ..Report::default()
    })
}

/// Makes sure that a name needs no quotes.
fn check(name: &str) -> Result<(), Complaint> {
    let mut letters = name.chars();
    let is_plain = letters
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == '_')
        && letters.all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_plain && !RESERVED.contains(&&*name.to_lowercase()) {
        return Ok(());
    }
    Err(Complaint::new(format!(
        "`{name}` is no name that all databases know without quotes"
    ))
    .hint("use letters, digits and _; a view can give the table and its columns such names"))
}
