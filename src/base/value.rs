//! The value of one field of one record, typed and not yet formatted.

use std::borrow::Cow;

use super::cite::to_pandoc;
use super::{Citation, Citations, Date, Day, Id, Invalid, Quantity, Relation};

/// Text of a record. Files of a casebook stay in memory for the whole run, and records borrow from them.
pub type Text = Cow<'static, str>;

/// The type of a field: what its values are and what a user may compare them with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Free text.
    Text,
    /// One of a closed set of keys.
    Code(&'static [&'static str]),
    /// A number.
    Number,
    /// A date of any precision.
    Date,
    /// Yes or no.
    Truth,
    /// Several texts.
    List,
    /// Citations.
    Cites,
}

/// A value, borrowed from its record where it can be.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Value<'a> {
    /// Not known. Never zero, never an empty text.
    #[default]
    Missing,
    /// Free text.
    Text(Cow<'a, str>),
    /// A key for machines and its label for people.
    Code {
        /// Stable; what files and pipes carry.
        key: Cow<'a, str>,
        /// What a person reads.
        label: Cow<'a, str>,
    },
    /// A number and how its source hedged it.
    Number(Quantity, Relation),
    /// A date as written.
    Date(&'a Date),
    /// An exact day.
    Day(Day),
    /// Yes or no.
    Truth(bool),
    /// Several texts, in order.
    List(Vec<Cow<'a, str>>),
    /// Citations, in order.
    Cites(Vec<Citation<'a>>),
    /// Values that read as one, with blanks between them: `62`, `points`.
    Phrase(Vec<Value<'a>>),
}

impl<'a> Value<'a> {
    /// Makes a text, or `Missing` when it is empty.
    pub fn text(text: impl Into<Cow<'a, str>>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Missing
        } else {
            Self::Text(text)
        }
    }

    /// Makes a code of a key and a label.
    pub fn code(key: impl Into<Cow<'a, str>>, label: impl Into<Cow<'a, str>>) -> Self {
        Self::Code {
            key: key.into(),
            label: label.into(),
        }
    }

    /// Makes a count.
    pub fn count(count: u32) -> Self {
        Self::Number(count.into(), Relation::Eq)
    }

    /// Makes the count of what is there.
    pub fn tally(count: usize) -> Self {
        Self::count(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Makes a list, or `Missing` when it is empty.
    pub fn list(items: Vec<Cow<'a, str>>) -> Self {
        if items.is_empty() {
            Self::Missing
        } else {
            Self::List(items)
        }
    }

    /// Makes citations, each once, or `Missing` when there are none.
    pub fn cites(citations: impl IntoIterator<Item = Citation<'a>>) -> Self {
        let mut once: Vec<Citation<'a>> = Vec::new();
        for citation in citations {
            if !once.contains(&citation) {
                once.push(citation);
            }
        }
        if once.is_empty() {
            Self::Missing
        } else {
            Self::Cites(once)
        }
    }

    /// Makes a phrase of the values that are known, or `Missing` when none is.
    pub fn phrase(parts: impl IntoIterator<Item = Self>) -> Self {
        let known = parts.into_iter().filter(|part| !part.is_missing());
        let known: Vec<Self> = known.collect();
        if known.is_empty() {
            Self::Missing
        } else {
            Self::Phrase(known)
        }
    }

    /// Writes the value in full, as data tools read it: keys, plain numbers, ISO dates; Missing is empty.
    pub fn plain(&self) -> Cow<'_, str> {
        match self {
            Self::Missing => Cow::Borrowed(""),
            Self::Text(text) => Cow::Borrowed(text),
            Self::Code { key, .. } => Cow::Borrowed(key),
            Self::Number(number, _) => number.to_string().into(),
            Self::Date(date) => Cow::Borrowed(date.as_str()),
            Self::Day(day) => day.to_string().into(),
            Self::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
            Self::List(items) => items.join("; ").into(),
            Self::Cites(citations) => to_pandoc(citations).into(),
            Self::Phrase(parts) => {
                let parts = parts.iter().map(|part| match part {
                    Self::Code { label, .. } => Cow::Borrowed(&**label),
                    Self::Number(number, Relation::Eq) => number.to_string().into(),
                    Self::Number(number, relation) => {
                        format!("{} {number}", relation.label()).into()
                    }
                    part => part.plain(),
                });
                parts.collect::<Vec<_>>().join(" ").into()
            }
        }
    }

    /// Says whether nothing is known.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::Missing)
    }
}

/// A type that can stand in a cell of a casebook: read from text, shown as a [`Value`].
pub trait Scalar: Sized {
    /// The type that users see.
    const TYPE: Type;

    /// Reads a cell that is not empty.
    ///
    /// # Errors
    /// Says what was wanted instead.
    fn from_text(text: &Text) -> Result<Self, Invalid>;

    /// Shows the value.
    fn to_value(&self) -> Value<'_>;
}

impl Scalar for Text {
    const TYPE: Type = Type::Text;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        Ok(text.clone())
    }

    fn to_value(&self) -> Value<'_> {
        Value::text(&**self)
    }
}

impl Scalar for Id {
    const TYPE: Type = Type::Text;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        Self::try_from(text.clone())
    }

    fn to_value(&self) -> Value<'_> {
        Value::text(self.as_str())
    }
}

impl Scalar for Date {
    const TYPE: Type = Type::Date;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        Self::try_from(text.clone())
    }

    fn to_value(&self) -> Value<'_> {
        Value::Date(self)
    }
}

impl Scalar for Quantity {
    const TYPE: Type = Type::Number;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        text.parse()
    }

    fn to_value(&self) -> Value<'_> {
        Value::Number(*self, Relation::Eq)
    }
}

/// A count of something there is: 1 or more.
impl Scalar for u32 {
    const TYPE: Type = Type::Number;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        let count = text
            .parse()
            .ok()
            .filter(|count| *count > 0 && !text.starts_with('+'));
        count.ok_or_else(|| Invalid::new("a whole number, 1 or more"))
    }

    fn to_value(&self) -> Value<'_> {
        Value::count(*self)
    }
}

impl Scalar for Citations {
    const TYPE: Type = Type::Cites;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        Self::try_from(text.clone())
    }

    fn to_value(&self) -> Value<'_> {
        Value::Cites(self.iter().collect())
    }
}

/// A list is written with `;` between its items.
impl Scalar for Vec<Text> {
    const TYPE: Type = Type::List;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        let items = text.split(';').map(str::trim);
        Ok(items
            .filter(|item| !item.is_empty())
            .map(|item| Text::Owned(item.into()))
            .collect())
    }

    fn to_value(&self) -> Value<'_> {
        Value::list(self.iter().map(|item| Cow::Borrowed(&**item)).collect())
    }
}

/// An empty cell is `None`; the loader never offers one to `from_text`.
impl<T: Scalar> Scalar for Option<T> {
    const TYPE: Type = T::TYPE;

    fn from_text(text: &Text) -> Result<Self, Invalid> {
        T::from_text(text).map(Some)
    }

    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Missing, T::to_value)
    }
}
