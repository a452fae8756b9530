//! Finds the columns of a question in the header of a file.

use crate::base::Complaint;

use super::Ask;

/// What is added to the name of the column of weights to name the column of sums of squared weights.
pub const SQUARES: &str = "_squares";

/// What is added to name the column that says how many of the answers counted have no weight of 0 or more.
pub const UNWEIGHED: &str = "_wrong";

/// Where the columns of a question stand.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    /// How many columns there are.
    pub width: usize,
    pub score: usize,
    pub by: Vec<usize>,
    /// The first of these, at hand: it is looked at in every row.
    pub first_by: usize,
    pub weight: Option<usize>,
    /// Sums of squared weights, where rows are counts of answers.
    pub squares: Option<usize>,
    /// How many of the answers counted have no valid weight, where that is said.
    pub unweighed: Option<usize>,
    pub count: Option<usize>,
    pub conditions: Vec<usize>,
    /// Whether most rows can be counted without a look at anything but the answer and one column of groups at most.
    pub is_short: bool,
}

impl Columns {
    /// Finds the columns.
    ///
    /// # Errors
    /// A column that does not exist, or twice.
    pub(super) fn of(ask: &Ask<'_>, header: &[String], file: &str) -> Result<Self, Complaint> {
        let find = |name: &str| find(name, header, file);
        let find_all = |names: &mut dyn Iterator<Item = &str>| names.map(find).collect();
        let of = |name: &Option<String>| name.as_deref().map(find).transpose();
        let weight = of(&ask.weight)?;
        let squares = ask.weight.as_ref().filter(|_| ask.count.is_some());
        let squares = squares.map(|weight| format!("{weight}{SQUARES}"));
        let unweighed = ask.weight.as_ref().filter(|_| ask.count.is_some());
        let unweighed = unweighed.map(|weight| format!("{weight}{UNWEIGHED}"));
        let count = of(&ask.count)?;
        let by: Result<Vec<usize>, Complaint> = find_all(&mut ask.by.iter().map(String::as_str));
        let mut conditions = ask.conditions.iter().map(|condition| &*condition.column);
        let conditions: Result<Vec<usize>, Complaint> = find_all(&mut conditions);
        let (by, conditions) = (by?, conditions?);
        // In a single column an empty line may be a row, or the second half of a line end.
        let is_short = header.len() > 1
            && by.len() <= 1
            && conditions.is_empty()
            && weight.is_none()
            && count.is_none();
        Ok(Self {
            width: header.len(),
            score: find(&ask.score)?,
            first_by: by.first().copied().unwrap_or_default(),
            by,
            weight,
            squares: of(&squares)?,
            unweighed: unweighed.and_then(|name| header.iter().position(|known| *known == name)),
            count,
            conditions,
            is_short,
        })
    }
}

/// Finds a column by its name.
fn find(name: &str, header: &[String], file: &str) -> Result<usize, Complaint> {
    let named = header.iter().enumerate();
    let mut places = named
        .filter(|(_, known)| *known == name)
        .map(|(place, _)| place);
    match (places.next(), places.next()) {
        (Some(place), None) => Ok(place),
        (Some(_), Some(_)) => Err(Complaint::new(format!(
            "two columns of {file} are called `{name}`"
        ))
        .hint("give each column of the file a name of its own")),
        (None, _) => {
            let all = format!("columns: {}", header.join(", "));
            let known = header.iter().map(String::as_str);
            let complaint = Complaint::unknown("column", name, known, &all);
            Err(Complaint {
                message: format!("{} in {file}", complaint.message),
                ..complaint
            })
        }
    }
}
