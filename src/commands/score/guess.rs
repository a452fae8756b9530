//! Guesses which column of a file holds the answers.

use crate::base::Complaint;
use crate::score::Question;
use crate::survey::File;

/// Names that columns of answers go by.
const USUAL_NAMES: [&str; 5] = ["score", "answer", "rating", "response", "value"];

/// Returns the one column that is called as columns of answers are, or the one that holds answers on the scale; not one that is something
/// else.
///
/// # Errors
/// There is none, or there are several.
pub(super) fn guess(
    file: &File,
    question: &Question,
    is_other: impl Fn(&String) -> bool,
) -> Result<String, Complaint> {
    let columns = file
        .columns
        .iter()
        .enumerate()
        .filter(|(_, name)| !is_other(name));
    let columns: Vec<(usize, &String)> = columns.collect();
    let named = |is_asked: &dyn Fn(&(usize, &String)) -> bool| -> Vec<&String> {
        let asked = columns.iter().filter(|column| is_asked(column));
        asked.map(|(_, name)| *name).collect()
    };
    let usual = named(&|(_, name)| is_usual(name, question.measure.key()));
    let fitting = named(&|(place, _)| holds_answers(file, *place, question));
    let found = match (usual.as_slice(), fitting.as_slice()) {
        ([only], _) | ([], [only]) => only,
        ([], []) => {
            let complaint = format!(
                "no column holds answers from {} to {}",
                question.least, question.most
            );
            return Err(Complaint::new(complaint).hint(name_it(file)));
        }
        (several @ [_, ..], _) | ([], several) => {
            let several: Vec<&str> = several.iter().map(|name| name.as_str()).collect();
            let complaint = format!(
                "several columns may hold the answers: {}",
                several.join(", ")
            );
            return Err(Complaint::new(complaint).hint(name_it(file)));
        }
    };
    Ok((*found).clone())
}

fn name_it(file: &File) -> String {
    format!(
        "name it: --score COLUMN; columns: {}",
        file.columns.join(", ")
    )
}

/// Says whether a column is called as those of answers are.
fn is_usual(name: &str, measure: &str) -> bool {
    let name = name.to_lowercase();
    USUAL_NAMES.contains(&&*name)
        || name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word == measure)
}

/// Says whether the first cells of a column are answers, as far as they are not blank, and no running numbers.
fn holds_answers(file: &File, place: usize, question: &Question) -> bool {
    let cells = file.sample.iter().filter_map(|row| row.get(place));
    let cells: Vec<&str> = cells
        .map(String::as_str)
        .filter(|cell| !cell.is_empty())
        .collect();
    let is_answer = |cell: &&str| {
        let answer = cell.parse::<i32>();
        answer.is_ok_and(|answer| (question.least..=question.most).contains(&answer))
    };
    let answers = cells.iter().copied().filter(|cell| is_answer(cell)).count();
    let numbers = cells.iter().filter_map(|cell| cell.parse::<i32>().ok());
    let numbers: Vec<i32> = numbers.collect();
    let is_running = numbers.len() > 2 && numbers.windows(2).all(|two| two.first() < two.last());
    // Some may be wrong, and will be told.
    answers > 0 && answers * 10 >= cells.len() * 8 && !is_running
}
