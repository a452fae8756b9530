//! One field of a record kind, as data.

use crate::base::{Invalid, Text, Type, Value};

use super::Kind;

/// What users and machines see of a field.
#[derive(Debug, Clone, Copy)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each answers a question of its own"
)]
pub struct FieldInfo {
    /// Stable key: the CSV header, the JSON key, what `--where` and `--sort` name.
    pub key: &'static str,
    /// The heading for people.
    pub label: &'static str,
    /// The type of its values.
    pub kind: Type,
    /// Whether tables for people leave it out unless it is asked for.
    pub is_detail: bool,
    /// Whether a record without it is an error.
    pub is_required: bool,
    /// Whether it says what the record states, or part of it.
    pub is_gist: bool,
    /// Whether it is what records of several companies are put side by side by.
    pub is_topic: bool,
    /// Whether it is what a claim claims, or part of it: what rival claims contest.
    pub is_claimed: bool,
    /// Whether it only repeats what the record shows elsewhere.
    pub is_echo: bool,
    /// The records whose ids it must name.
    pub refers_to: Option<Target>,
}

impl FieldInfo {
    /// Describes a field of which nothing more is known.
    pub const fn new(key: &'static str, label: &'static str, kind: Type) -> Self {
        Self {
            key,
            label,
            kind,
            is_detail: false,
            is_required: false,
            is_gist: false,
            is_topic: false,
            is_claimed: false,
            is_echo: false,
            refers_to: None,
        }
    }

    /// Describes a column that no record kind knows.
    pub(super) fn extra(key: &'static str, kind: Type) -> Self {
        Self {
            is_detail: true,
            ..Self::new(key, key, kind)
        }
    }
}

/// The records that a field may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Those of a kind.
    Kind(Kind),
    /// Those of any kind but its own.
    Any,
}

/// Fills a field from the text of a cell, or says what the field wants.
pub(super) type Set<R> = fn(&mut R, &Text) -> Result<(), Invalid>;

/// A field of records of type `R`: what it is, how to read it from a cell, how to show it.
pub struct Field<R: 'static> {
    /// What users and machines see.
    pub info: FieldInfo,
    /// Shows the field of a record.
    pub get: for<'a> fn(&'a R) -> Value<'a>,
    /// Fills the field from a cell that is not empty; `None` for a field that no cell fills.
    pub set: Option<Set<R>>,
}

impl<R> Field<R> {
    /// Makes a field that stands in the file.
    pub(super) const fn stored(
        key: &'static str,
        label: &'static str,
        kind: Type,
        get: for<'a> fn(&'a R) -> Value<'a>,
        set: Set<R>,
    ) -> Self {
        Self {
            set: Some(set),
            ..Self::derived(key, label, kind, get)
        }
    }

    /// Makes a field that no cell fills: one that follows from others, or that only JSON has.
    pub(super) const fn derived(
        key: &'static str,
        label: &'static str,
        kind: Type,
        get: for<'a> fn(&'a R) -> Value<'a>,
    ) -> Self {
        Self {
            info: FieldInfo::new(key, label, kind),
            get,
            set: None,
        }
    }

    /// Leaves the field out of tables for people unless it is asked for.
    pub(super) const fn detail(mut self) -> Self {
        self.info.is_detail = true;
        self
    }

    /// Makes a record without the field an error.
    pub(super) const fn required(mut self) -> Self {
        self.info.is_required = true;
        self
    }

    /// Makes the field part of what the record states in short.
    pub(super) const fn gist(mut self) -> Self {
        self.info.is_gist = true;
        self
    }

    /// Makes the field what records of several companies are put side by side by.
    pub(super) const fn topic(mut self) -> Self {
        self.info.is_topic = true;
        self
    }

    /// Makes the field what a claim claims, or part of it.
    pub(super) const fn claimed(mut self) -> Self {
        self.info.is_claimed = true;
        self
    }

    /// Makes the field one that only repeats what the record shows elsewhere.
    pub(super) const fn echo(mut self) -> Self {
        self.info.is_echo = true;
        self
    }

    /// Makes the items of the field ids of records of any kind.
    pub(super) const fn names_records(mut self) -> Self {
        self.info.refers_to = Some(Target::Any);
        self
    }

    /// Makes the field name the id of a record of another kind.
    pub(super) const fn refers_to(mut self, kind: Kind) -> Self {
        self.info.refers_to = Some(Target::Kind(kind));
        self
    }
}

/// Makes the stored field of that name: `stored!(Event, date, "Date")`.
macro_rules! stored {
    ($record:ty, $name:ident, $label:literal) => {
        $crate::model::Field::<$record>::stored(
            stringify!($name),
            $label,
            $crate::model::field::type_of(|record: &$record| &record.$name),
            |record| $crate::base::Scalar::to_value(&record.$name),
            |record, text| {
                record.$name = $crate::base::Scalar::from_text(text)?;
                Ok(())
            },
        )
    };
}

/// Makes a field that gives the first or the last day of a date field, for spreadsheets and databases.
macro_rules! day {
    ($record:ty, $key:literal, $label:literal, $date:expr, $end:ident) => {
        $crate::model::Field::<$record>::derived($key, $label, $crate::base::Type::Date, |record| {
            let date: fn(&$record) -> Option<&$crate::base::Date> = $date;
            $end(date(record))
        })
        .detail()
        .echo()
    };
}

/// Makes a struct with an `id` a record: its kind, its slot in the casebook, its fields.
macro_rules! record {
    ($record:ident, $kind:path, $slot:ident: $($field:expr),+ $(,)?) => {
        impl $crate::model::Record for $record {
            const KIND: $crate::model::Kind = $kind;

            const FIELDS: &'static [$crate::model::Field<Self>] = &[$($field),+];

            fn id(&self) -> &$crate::base::Id {
                &self.id
            }

            fn slot(
                casebook: &$crate::model::Casebook,
            ) -> &std::cell::OnceCell<$crate::model::Records<Self>> {
                &casebook.$slot
            }
        }
    };
}

pub(super) use {day, record, stored};

/// Returns the type of a field, found through its getter.
pub(super) const fn type_of<R, T: crate::base::Scalar>(_: fn(&R) -> &T) -> Type {
    T::TYPE
}

/// Shows the first day of a date.
pub(super) fn first_day(date: Option<&crate::base::Date>) -> Value<'_> {
    date.map_or(Value::Missing, |date| Value::Day(date.first()))
}

/// Shows the last day of a date; missing when it has no end.
pub(super) fn last_day(date: Option<&crate::base::Date>) -> Value<'_> {
    let last = date.and_then(crate::base::Date::last);
    last.map_or(Value::Missing, Value::Day)
}
