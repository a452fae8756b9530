//! Scores as rows of `kpis.csv`, for a casebook to compare them with what is published.

use anyhow::Result;
use clap::Args;

use crate::base::id::slug;
use crate::base::repeated::repeated;
use crate::base::{Citations, Complaint, Date, Id, Quantity, Relation, Text, Value};
use crate::model::{Kpi, Metric, Record as _};
use crate::report::{Cell, Column, Report, Row, Table};
use crate::score::{Instrument, Measure, Question, Score, Terms};
use crate::survey::Group;

use super::super::Context;
use super::super::compare::metric;
use super::super::terms::date;
use super::ScoreArgs;
use super::files::Survey;
use super::groups::{definition, parts, quantity};

/// The confidence of the intervals of a casebook.
const CONFIDENCE: f64 = 0.95;

/// What rows for a casebook are to say.
#[derive(Debug, Args)]
#[command(next_help_heading = "Into a casebook")]
pub(super) struct KpisArgs {
    /// Write rows of kpis.csv; the column of the companies is one of --by
    #[arg(long, value_name = "COMPANY-COL", requires = "source", conflicts_with_all = ["only", "beside", "equivalent_within"])]
    as_kpis: Option<String>,
    /// The id that the survey has in sources.json
    #[arg(long, value_name = "ID", requires = "as_kpis")]
    source: Option<String>,
    /// The time that the answers are for, or the column of --by that says it
    #[arg(long, value_name = "DATE", requires = "as_kpis")]
    period: Option<String>,
    /// The metric of the casebook [default: nps, csat, or that of the form of the question]
    #[arg(long, value_name = "METRIC", requires = "as_kpis")]
    metric: Option<String>,
}

impl KpisArgs {
    /// Says whether rows for a casebook are asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.as_kpis.is_some()
    }

    /// Returns the name of the metric.
    fn metric(&self, measure: Measure, instrument: Option<Instrument>) -> Result<&str, Complaint> {
        let known = match (measure, instrument) {
            (Measure::Nps, _) => Some("nps"),
            (Measure::Csat, _) => Some("csat"),
            (Measure::Ces, Some(Instrument::Ease7)) => Some("ces"),
            (Measure::Ces, Some(Instrument::Ces1)) => Some("ces-2010"),
            (Measure::Ces, Some(Instrument::Ces2) | None) => None,
        };
        self.metric.as_deref().or(known).ok_or_else(|| {
            Complaint::new("the built-in casebook has no metric of that form of the question")
                .hint("name the metric of yours: --metric ID")
        })
    }
}

/// Where the names of a group stand that a row needs.
struct Places {
    company: usize,
    /// The column that says the period, or the period of all.
    period: Result<usize, Option<Date>>,
}

/// Makes the rows.
pub(super) fn run<'a>(
    args: &ScoreArgs,
    survey: &Survey,
    question: &Question,
    terms: &Terms,
    context: &'a Context,
) -> Result<Report<'a>> {
    let places = places(&args.kpis, survey)?;
    if (terms.confidence - CONFIDENCE).abs() > f64::EPSILON {
        let complaint = "a casebook holds intervals of 95 per cent";
        return Err(Complaint::new(complaint)
            .hint("leave --confidence out")
            .into());
    }
    let measure = question.measure;
    check_standard(args, question)?;
    let metric = metric(
        args.kpis.metric(measure, args.question.instrument())?,
        context,
    )?;
    check_scale(metric, question)?;
    let source = args.kpis.source.as_deref().unwrap_or_default();
    let cite = cite(source, &survey.files)?;
    check_companies(survey, &places, context)?;
    let mut notes = Vec::new();
    let mut rows: Vec<Row<'a>> = Vec::new();
    for group in &survey.groups {
        let score = Score::of(&group.answers, question, terms);
        let Some(headline) = score.headline() else {
            notes.push(format!(
                "no answers, and no row: {}",
                super::groups::called(group)
            ));
            continue;
        };
        let name = group.names.get(places.company).map_or("", String::as_str);
        let company = context.company(name)?;
        let period = match &places.period {
            Ok(place) => date("--period", group.names.get(*place).map(String::as_str))?,
            Err(period) => period.clone(),
        };
        let others = others(survey, group, &places);
        let end = |end: Option<f64>| end.map(|end| quantity(end, measure));
        let both = headline.low.is_some() && headline.high.is_some();
        let kpi = Kpi {
            id: slug(&[
                company.id.as_str(),
                metric.id.as_str(),
                period.as_ref().map_or("", Date::as_str),
                source,
                &others,
            ])
            .unwrap_or_default(),
            company: company.id.clone(),
            metric: metric.id.clone(),
            value: quantity(headline.value, measure),
            period,
            population: Some(Text::Owned(population(source, &others, &survey.conditions))),
            sample_size: sample_size(&score),
            interval_low: end(headline.low).filter(|_| both),
            interval_high: end(headline.high).filter(|_| both),
            printed: Some(Text::Owned(printed(&score))),
            cite: cite.clone(),
            note: Some(Text::Owned(remark(survey, question, terms))),
            ..Kpi::default()
        };
        rows.push(row(&kpi));
    }
    check_ids(&rows)?;
    notes.push(format!("rows of kpis.csv: append them without the header, and describe the source `{source}` in sources.json"));
    notes.extend(survey.notes.iter().cloned());
    let stored = Kpi::FIELDS.iter().filter(|field| field.set.is_some());
    let columns =
        stored.map(|field| Column::new(field.info.key, field.info.label, field.info.kind));
    Ok(Report {
        tables: vec![Table::new("kpis", columns.collect(), rows)],
        notes,
        ..Report::default()
    })
}

/// Finds the columns of the companies and of the periods.
fn places(args: &KpisArgs, survey: &Survey) -> Result<Places> {
    let company = args.as_kpis.as_deref().unwrap_or_default();
    let place = |name: &str| survey.by.iter().position(|known| known == name);
    let Some(company) = place(company) else {
        return Err(
            Complaint::new(format!("--as-kpis `{company}` is no column of --by"))
                .hint(format!("make groups by it: --by {company}"))
                .into(),
        );
    };
    let period = args.period.as_deref();
    let period = match period.and_then(place) {
        Some(place) => Ok(place),
        None => Err(date("--period", period)?),
    };
    Ok(Places { company, period })
}

/// Makes sure that no two rows have one id.
fn check_ids(rows: &[Row<'_>]) -> Result<(), Complaint> {
    let ids: Vec<String> = rows
        .iter()
        .filter_map(|row| Some(row.first()?.value.plain().into_owned()))
        .collect();
    match repeated(&ids) {
        None => Ok(()),
        Some(id) => Err(Complaint::new(format!("two groups would be the row `{id}`"))
            .hint("write each company, and what else makes the groups, in one way: letters and digits tell rows apart")),
    }
}

/// Makes sure that the casebook knows every company.
fn check_companies(survey: &Survey, places: &Places, context: &Context) -> Result<()> {
    let names = survey
        .groups
        .iter()
        .filter_map(|group| group.names.get(places.company));
    let mut unknown: Vec<&str> = Vec::new();
    for name in names {
        if context.company(name).is_err() && !unknown.contains(&name.as_str()) {
            unknown.push(name);
        }
    }
    match unknown.as_slice() {
        [] => Ok(()),
        [name] => context.company(name).map(|_| ()),
        several => {
            let several = several.join("`, `");
            let complaint = Complaint::new(format!("unknown companies `{several}`"));
            let list = context.command("companies");
            let hint = format!("`{list}` lists those of the casebook; --where leaves rows out");
            Err(complaint.hint(hint).into())
        }
    }
}

/// Makes sure that a question cut in another way is not taken for the usual one.
fn check_standard(args: &ScoreArgs, question: &Question) -> Result<(), Complaint> {
    let usual = match (question.measure, args.question.instrument()) {
        (Measure::Nps, _) => Question::nps(),
        (Measure::Csat, _) => Question::csat(),
        (Measure::Ces, instrument) => Question::ces(instrument.unwrap_or_default()),
    };
    if *question == usual || args.kpis.metric.is_some() {
        return Ok(());
    }
    Err(
        Complaint::new("another scale or other cuts make another metric")
            .hint("define it in metrics.csv, and name it: --metric ID"),
    )
}

/// Makes sure that the score fits the metric.
fn check_scale(metric: &Metric, question: &Question) -> Result<(), Complaint> {
    let (least, most) = match question.measure {
        Measure::Nps => (-100.0, 100.0),
        Measure::Csat => (0.0, 100.0),
        Measure::Ces => (f64::from(question.least), f64::from(question.most)),
    };
    let is = |end: Option<Quantity>, wanted: f64| {
        end.is_some_and(|end| (end.value() - wanted).abs() < f64::EPSILON)
    };
    if is(metric.scale_min, least) && is(metric.scale_max, most) {
        return Ok(());
    }
    Err(Complaint::new(format!(
        "the metric `{}` has another scale than {least} to {most}",
        metric.id.as_str()
    ))
    .hint("name the metric of this question: --metric ID"))
}

fn cite(source: &str, files: &[String]) -> Result<Citations, Complaint> {
    if !Id::is_valid(source) {
        return Err(
            Complaint::new(format!("--source must be an id, found `{source}`"))
                .hint("lower-case letters, digits, - and _, as in sources.json: survey2025"),
        );
    }
    let names = files.iter().map(|file| match file.as_str() {
        "-" => "answers",
        file => file.rsplit(['/', '\\']).next().unwrap_or(file),
    });
    // A semicolon begins another citation.
    let names = names
        .collect::<Vec<_>>()
        .join(", ")
        .replace([';', '[', ']', '@'], " ");
    format!("@{source}, {names}").parse().map_err(|_| {
        Complaint::new(format!("the file `{names}` cannot be cited"))
            .hint("give the file another name")
    })
}

/// Returns what else is common to a group.
fn others(survey: &Survey, group: &Group, places: &Places) -> String {
    let names = survey.by.iter().zip(&group.names).enumerate();
    let others = names.filter(|(place, _)| *place != places.company && places.period != Ok(*place));
    let others = others.map(|(_, (column, name))| format!("{column} {name}"));
    others.collect::<Vec<_>>().join(", ")
}

fn population(source: &str, others: &str, conditions: &[String]) -> String {
    let mut population = format!("all who answered {source}");
    if !others.is_empty() {
        population = format!("{population}, {others}");
    }
    if !conditions.is_empty() {
        population = format!("{population}, where {}", conditions.join(" and "));
    }
    population
}

/// Writes how many answers there are of each kind.
fn printed(score: &Score) -> String {
    let [low, middle, high] = parts(score.measure).map(|(_, label)| label.to_lowercase());
    // `1 promoter`; the other words have no plural.
    let part = |count, label: &str| match count {
        1 => format!("1 {}", label.trim_end_matches('s')),
        _ => format!("{count} {label}"),
    };
    [
        part(score.high, &high),
        part(score.middle, &middle),
        part(score.low, &low),
    ]
    .join(", ")
}

/// Returns how many answers tell as much as these; `None` for more than a casebook holds.
fn sample_size(score: &Score) -> Option<u32> {
    format!("{:.0}", score.effective.floor())
        .parse()
        .ok()
        .filter(|size| *size > 0)
}

fn remark(survey: &Survey, question: &Question, terms: &Terms) -> String {
    let method = match question.measure {
        Measure::Ces => "t interval",
        Measure::Nps | Measure::Csat => terms.method.label(),
    };
    let mut remark = format!(
        "Scored from the raw answers; {}; {method}",
        definition(question)
    );
    if let Some(weight) = &survey.weight {
        remark += &[
            "; weighted by ",
            weight,
            ": the sample is the effective number of answers",
        ]
        .concat();
    }
    if let Some(population) = terms.population {
        remark += &[
            "; interval corrected for a population of ",
            &population.to_string(),
        ]
        .concat();
    }
    if survey.wrong > 0 {
        remark += &["; wrong rows left out: ", &survey.wrong.to_string()].concat();
    }
    remark
}

/// Makes the row of a record as it stands in a file.
fn row<'a>(kpi: &Kpi) -> Row<'a> {
    let stored = Kpi::FIELDS.iter().filter(|field| field.set.is_some());
    let cells = stored.map(|field| -> Cell<'a> {
        match (field.get)(kpi) {
            Value::Number(number, _) => Value::Number(number, Relation::Eq).into(),
            value => Value::text(value.plain().into_owned()).into(),
        }
    });
    cells.collect()
}
