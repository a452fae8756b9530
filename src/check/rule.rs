//! What a casebook may be wrong in.

use crate::base::code::codes;

codes! {
    /// A rule of the Data Package standard, called as the validator Frictionless calls it, or one of casebooks.
    Rule {
        /// The descriptor is none.
        #[default]
        Package = "package-error", "the descriptor must be one";
        /// A resource of the descriptor is none.
        Resource = "resource-error", "each resource must be one";
        /// A schema is none.
        Schema = "schema-error", "each schema must be one";
        /// A file cannot be read.
        Source = "source-error", "each file must be there";
        /// A file is in another encoding than its resource says.
        Encoding = "encoding-error", "text must be in the encoding declared";
        /// A file has another number of bytes than its resource says.
        Bytes = "byte-count", "a file must have the bytes declared";
        /// A file has another hash than its resource says.
        Hash = "hash-count", "a file must have the hash declared";
        /// A table has no header.
        BlankHeader = "blank-header", "a table must have a header";
        /// A column has no name.
        BlankLabel = "blank-label", "each column must have a name";
        /// Two columns have one name.
        DuplicateLabel = "duplicate-label", "no two columns may have one name";
        /// A column is not in the schema.
        ExtraLabel = "extra-label", "each column must be in the schema";
        /// A column is missing.
        MissingLabel = "missing-label", "each column of the schema must be there";
        /// A column stands where another should.
        IncorrectLabel = "incorrect-label", "columns must stand in the order of the schema";
        /// No column of the schema is there.
        UnmatchedHeader = "unmatched-header", "some column of the schema must be there";
        /// Nothing stands in a row.
        BlankRow = "blank-row", "something must stand in each row";
        /// A row has more cells than the header.
        ExtraCell = "extra-cell", "a row must not have more cells than the header";
        /// A row has fewer cells than the header.
        MissingCell = "missing-cell", "a row must not have fewer cells than the header";
        /// A cell holds no value of its type.
        Type = "type-error", "a cell must hold a value of its type";
        /// A cell does not meet what its column must.
        Constraint = "constraint-error", "a cell must meet the constraints of its column";
        /// A value stands twice in a column where each must be another.
        Unique = "unique-error", "values of unique columns must differ";
        /// Two rows have one primary key, or one has none.
        PrimaryKey = "primary-key", "each row must have a primary key of its own";
        /// A foreign key names no row.
        ForeignKey = "foreign-key", "a foreign key must name a row";
        /// Quotes are never closed, or a row is too long.
        Row = "row-error", "a row must end";
        /// A cell holds no value of its field.
        Value = "value", "a cell must hold a value of its field";
        /// A record is wrong in itself, or beside another.
        Record = "record", "records must agree";
        /// A citation names no source.
        Citation = "citation", "a citation must name a source of the casebook";
        /// A rank has no note.
        Rank = "rank", "a rank other than normal needs a note with the reason";
        /// The name of a table is hard to type, or nearly that of a kind.
        Table = "table", "the name of a table should be simple, and that of its kind where it is of one";
        /// A source is never cited.
        Uncited = "uncited", "a source should be cited";
        /// A company has no profile.
        Profile = "profile", "a company should have a profile";
        /// A percentage does not say what it is a share of.
        Denominator = "denominator", "a percentage should say what it is a share of";
        /// A value is not on the scale of its metric.
        Scale = "scale", "a value should be on the scale of its metric";
        /// A text holds what cannot be seen.
        Unseen = "unseen", "a text should hold nothing that cannot be seen";
        /// A dialect says what is not looked at.
        Dialect = "dialect", "a table should have one row of names, and double quotes";
        /// Two records say the same.
        Duplicate = "duplicate", "what two sources state is one record with two citations";
    }
}

impl Rule {
    /// Says whether nothing of a file can be read that is wrong in it.
    pub fn is_of_file(self) -> bool {
        match self {
            Self::Package | Self::Resource | Self::BlankHeader => true,
            Self::Source
            | Self::Encoding
            | Self::BlankLabel
            | Self::DuplicateLabel
            | Self::MissingLabel
            | Self::Schema
            | Self::Bytes
            | Self::Hash
            | Self::ExtraLabel
            | Self::IncorrectLabel
            | Self::UnmatchedHeader
            | Self::BlankRow
            | Self::ExtraCell
            | Self::MissingCell
            | Self::Type
            | Self::Constraint
            | Self::Unique
            | Self::PrimaryKey
            | Self::ForeignKey
            | Self::Row
            | Self::Value
            | Self::Record
            | Self::Citation
            | Self::Rank
            | Self::Table
            | Self::Uncited
            | Self::Profile
            | Self::Denominator
            | Self::Scale
            | Self::Unseen
            | Self::Dialect
            | Self::Duplicate => false,
        }
    }

    /// Says whether a casebook may be wrong in it and still be one.
    pub fn is_advice(self) -> bool {
        match self {
            Self::Table
            | Self::Uncited
            | Self::Profile
            | Self::Denominator
            | Self::Scale
            | Self::Unseen
            | Self::Dialect
            | Self::Duplicate => true,
            Self::Package
            | Self::Resource
            | Self::Schema
            | Self::Source
            | Self::Encoding
            | Self::Bytes
            | Self::Hash
            | Self::BlankHeader
            | Self::BlankLabel
            | Self::DuplicateLabel
            | Self::ExtraLabel
            | Self::MissingLabel
            | Self::IncorrectLabel
            | Self::UnmatchedHeader
            | Self::BlankRow
            | Self::ExtraCell
            | Self::MissingCell
            | Self::Type
            | Self::Constraint
            | Self::Unique
            | Self::PrimaryKey
            | Self::ForeignKey
            | Self::Row
            | Self::Value
            | Self::Record
            | Self::Citation
            | Self::Rank => false,
        }
    }
}
