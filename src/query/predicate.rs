//! A condition on a column whose values are texts of no declared type: cells of a survey.

use crate::base::{Complaint, Date, Quantity, Relation, Type, Value};
use crate::report::Column;

use super::condition::Condition;

/// A condition on a column of no declared type. A value is compared as a number or as a date when both it and what it is compared with are
/// one, else as text.
pub struct Predicate {
    column: String,
    number: Option<Condition>,
    date: Option<Condition>,
    text: Condition,
}

impl Predicate {
    /// Reads a condition `column op value` on one of the columns.
    ///
    /// # Errors
    /// A condition that cannot be read, an unknown column.
    pub fn parse(text: &str, columns: &[String]) -> Result<Self, Complaint> {
        let typed = |kind: Type| {
            let columns = columns
                .iter()
                .map(|name| Column::new(name.clone(), name.clone(), kind));
            Condition::parse(text, &columns.collect::<Vec<_>>())
        };
        let as_text = typed(Type::Text)?;
        let column = columns.get(as_text.column()).cloned();
        Ok(Self {
            column: column.unwrap_or_default(),
            number: typed(Type::Number).ok(),
            date: typed(Type::Date).ok(),
            text: as_text,
        })
    }

    /// Returns the column.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// Says whether a value meets it; an empty one is missing.
    pub fn holds(&self, cell: &str) -> bool {
        let number = self.number.as_ref().zip(cell.parse::<Quantity>().ok());
        if let Some((condition, number)) = number {
            return condition.meets(&Value::Number(number, Relation::Eq));
        }
        let date = self.date.as_ref().zip(cell.parse::<Date>().ok());
        match date {
            Some((condition, date)) => condition.meets(&Value::Date(&date)),
            None => self.text.meets(&Value::text(cell)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_compared_as_what_it_is() {
        let columns = ["age", "country", "date"].map(str::to_owned);
        let holds = |condition: &str, cell: &str| {
            let predicate = Predicate::parse(condition, &columns);
            predicate
                .unwrap_or_else(|complaint| panic!("{complaint}"))
                .holds(cell)
        };
        assert!(holds("age > 30", "100"), "as numbers");
        assert!(!holds("age > 30", "4"));
        assert!(holds("age = 30", "30.0"));
        assert!(!holds("age > 30", ""), "missing is not more");
        assert!(holds("age =", ""));
        assert!(holds("country = gb", "GB"));
        assert!(holds("country != GB", "DE"));
        assert!(holds("country ~ e", "DE"));
        assert!(holds("date >= 2025-02", "2025-02-01"));
        assert!(!holds("date >= 2025-02", "2025-01-31"));
        assert!(holds("date = 2025", "2025-01-31"), "a day of the year");
        assert!(Predicate::parse("nobody = 1", &columns).is_err());
    }
}
