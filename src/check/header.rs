//! What the header of a table makes of its columns, and what its cells must be.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::BuildHasherDefault;

use crate::base::guard::unguard;
use crate::base::screen::harmless;
use crate::base::{Text, Type};
use crate::package::{Field, ForeignKey, Row, Schema};

use super::Rule;
use super::columns::Columns;
use super::descriptor::Table;
use super::keys::{Digested, Named, Seen, cells_of, columns_of, digest, named};
use super::labels::{missing, unmatched};
use super::reader::{Reader, reader};
use super::table::Told;

/// How many good cells of a column are remembered.
const REMEMBERED: usize = 1000;

/// The columns of a table, and what is known of each.
pub(super) struct Header<'a> {
    pub columns: Columns,
    names: Vec<String>,
    /// The field of the schema of each column.
    fields: Vec<Option<&'a Field>>,
    /// What stands in a cell that holds nothing.
    missing: &'a [String],
    /// Cells of each column in which nothing was wrong: most columns have few different ones.
    good: Vec<HashSet<String>>,
    reader: Option<Box<dyn Reader>>,
    /// The columns of which no two rows have the same, and what was met.
    unique: Vec<(Vec<usize>, Rule, Seen)>,
    /// The columns that rows are called by elsewhere, and what was met.
    named: Named,
    /// The keys that name rows, and their columns.
    pub foreign: Vec<Foreign<'a>>,
}

/// A key that names rows.
pub(super) struct Foreign<'a> {
    pub key: &'a ForeignKey,
    /// Its columns.
    pub columns: Vec<usize>,
    /// Digests that named a row: most keys do so many times.
    pub good: HashSet<u64, BuildHasherDefault<Digested>>,
}

impl<'a> Header<'a> {
    /// Makes it of the names of the columns, and tells how they do not match the schema or the kind of the table.
    pub(super) fn new(
        names: Vec<String>,
        table: &'a Table,
        columns: Columns,
        mut targets: Named,
        told: &mut Vec<Told>,
    ) -> Self {
        let schema = table.schema.as_ref();
        let is_blank = names.iter().all(String::is_empty);
        let field = |name: &String| schema.and_then(|schema| schema.field(name));
        let fields: Vec<Option<&Field>> = names.iter().map(field).collect();
        let matched = schema.filter(|_| !is_blank);
        told.extend(matched.iter().flat_map(|schema| unmatched(&names, schema)));
        let reader = table.kind.and_then(|kind| reader(kind, &names));
        let own = reader.iter().flat_map(|reader| reader.fields());
        for info in own.filter(|info| info.is_required) {
            let is_of_schema = schema.is_some_and(|schema| schema.field(info.key).is_some());
            if !is_of_schema && !is_blank && !names.iter().any(|name| name == info.key) {
                told.push(missing(&names, info.key));
            }
        }
        let unique = schema.map_or_else(Vec::new, |schema| unique(&names, schema));
        for key in &mut targets {
            key.columns = columns_of(&key.names, &names);
            key.unique = unique
                .iter()
                .position(|(columns, ..)| key.columns.as_ref() == Some(columns));
            key.is_lacking = key.columns.is_none() && schema.is_none();
        }
        let foreign = schema.iter().flat_map(|schema| &schema.foreign_keys);
        let foreign = foreign.filter_map(|key| {
            Some(Foreign {
                columns: columns_of(&key.fields, &names)?,
                key,
                good: HashSet::default(),
            })
        });
        Self {
            foreign: foreign.collect(),
            unique,
            missing: schema.map_or(&[], |schema| &schema.missing),
            good: vec![HashSet::new(); names.len()],
            columns,
            fields,
            reader,
            named: targets,
            names,
        }
    }

    /// Looks at the cells of a row, and says whether each stands below its name.
    pub(super) fn body(&mut self, row: &Row<'_>, told: &mut Vec<Told>) -> bool {
        let (cells, wanted) = (row.cells.len(), self.names.len());
        if cells != wanted {
            let message = format!("has {cells} cells, the header has {wanted}");
            let is_shifted = row.width(wanted) != wanted;
            told.push(if cells < wanted {
                let hint =
                    "close every quote; a row has a comma between any two cells, also empty ones";
                Told::new(Rule::MissingCell, wanted, message).hint(hint)
            } else if row.last > row.line {
                let hint = format!("it goes on to line {}: close every quote", row.last);
                Told::new(Rule::ExtraCell, wanted, message).hint(hint)
            } else if is_shifted {
                let hint = "put double quotes round a cell that contains a comma";
                Told::new(Rule::ExtraCell, wanted, message).hint(hint)
            } else {
                let hint = "put double quotes round a cell that contains a comma; delete empty columns, or run `casecmp fmt`";
                Told::new(Rule::ExtraCell, wanted, message).hint(hint)
            });
            // Its cells stand below the wrong names.
            if is_shifted {
                return false;
            }
        }
        let before = told.len();
        for (place, cell) in row.cells.iter().enumerate().take(wanted) {
            self.cell(place, cell, told);
        }
        let fault = self.reader.as_mut().and_then(|reader| reader.end());
        // What is no value of its field makes no sense beside another.
        if let Some((key, message, hint)) = fault.filter(|_| told.len() == before) {
            let column = self.names.iter().position(|name| name == key);
            told.push(Told::new(Rule::Record, column.unwrap_or_default(), message).hint(hint));
        }
        true
    }

    /// Looks at a cell: what the schema wants of it, and what its field does.
    fn cell(&mut self, place: usize, cell: &str, told: &mut Vec<Told>) {
        let name = self.names.get(place).map_or("", String::as_str);
        let field = self.fields.get(place).copied().flatten();
        let is_missing = self.is_missing(place, cell);
        let bare = unguard(cell.trim_ascii());
        let info = self.reader.as_ref().and_then(|reader| reader.field(place));
        let is_required = info.is_some_and(|info| info.is_required);
        let must = |wanted: &str| format!("column `{name}` must be {wanted}, found `{bare}`");
        if is_missing || bare.is_empty() {
            let is_of_schema = field.is_some_and(|field| field.constraints.is_required);
            if is_required || (is_missing && is_of_schema) {
                let rule = if is_missing && is_of_schema {
                    Rule::Constraint
                } else {
                    Rule::Value
                };
                let message = format!("column `{name}` must not be empty");
                let mut said = Told::new(rule, place, message);
                said.hint = info.and_then(|info| choices(info.kind));
                told.push(said);
            } else if let Some(field) = field.filter(|_| !is_missing) {
                for (rule, wanted) in broken(field, cell) {
                    told.push(Told::new(rule, place, must(&wanted)));
                }
            }
            return;
        }
        let is_number = info.is_some_and(|info| info.kind == Type::Number);
        let is_cite = info.is_some_and(|info| info.kind == Type::Cites);
        let is_good = self.good.get(place).is_some_and(|good| good.contains(cell));
        let is_weighed = self
            .reader
            .as_ref()
            .is_some_and(|reader| reader.is_weighed(place));
        if is_good && !is_weighed {
            return;
        }
        let of_schema = field.filter(|_| !is_good);
        let of_schema = broken_of(of_schema, cell);
        let of_field = self.reader.as_mut().and_then(|reader| {
            let text = Text::Owned(bare.to_owned());
            reader.cell(place, &text).err()
        });
        let unseen = unseen(cell);
        if of_schema.is_empty()
            && of_field.is_none()
            && unseen.is_none()
            && let Some(good) = self.good.get_mut(place)
            && good.len() < REMEMBERED
        {
            good.insert(cell.to_owned());
        }
        match (of_schema.as_slice(), of_field) {
            ([], None) => {
                if let Some(c) = unseen {
                    let message = format!(
                        "column `{name}` holds a character that cannot be seen, U+{:04X}",
                        u32::from(c)
                    );
                    let hint =
                        "type the text anew, or delete what stands before and behind it with care";
                    told.push(Told::new(Rule::Unseen, place, message).hint(hint));
                }
            }
            // The words of the field are more to the point, and have a hint.
            (of_schema, Some(invalid)) => {
                let rule = of_schema.first().map_or(Rule::Value, |(rule, _)| *rule);
                let mut said = Told::new(rule, place, must(&invalid.wanted));
                said.hint = invalid.hint.map(Into::into);
                if is_number && bare.contains(',') {
                    said.hint = Some(without_comma(bare));
                }
                told.push(said);
            }
            (of_schema, None) => {
                for (rule, wanted) in of_schema {
                    let mut said = Told::new(*rule, place, must(wanted));
                    if cell != bare && broken_of(field, bare).is_empty() {
                        said.message = format!("column `{name}` must be {wanted}, found `{cell}`");
                        said.hint = Some(format!("write `{bare}`, without what stands around it"));
                    }
                    if is_cite {
                        let hint = "say where in the source it stands: `@perez2024, Table 2`";
                        said.message = must("citations, each with its place");
                        said.hint = Some(hint.into());
                    }
                    told.push(said);
                }
            }
        }
    }

    /// Says whether the schema says of a column that no two rows have the same in it.
    pub(super) fn is_unique(&self, column: Option<usize>) -> bool {
        let column = column.map(|column| vec![column]);
        self.unique
            .iter()
            .any(|(columns, ..)| Some(columns) == column.as_ref())
    }

    /// Returns what rows are called by elsewhere, when all rows were read.
    pub(super) fn into_named(mut self) -> Named {
        for key in &mut self.named {
            if let Some((.., seen)) = key.unique.and_then(|unique| self.unique.get_mut(unique)) {
                key.seen = std::mem::take(seen);
            }
        }
        self.named
    }

    /// Says whether a cell of a column holds nothing.
    pub(super) fn is_missing(&self, column: usize, cell: &str) -> bool {
        let field = self.fields.get(column).copied().flatten();
        let Some(field) = field else {
            return cell.is_empty();
        };
        let missing = field.missing.as_deref().unwrap_or(self.missing);
        // Comparing two empty texts byte by byte takes a tenth of a microsecond where the processor is asked to load from nowhere.
        missing.iter().any(|missing| {
            missing.is_empty() == cell.is_empty() && (cell.is_empty() || missing == cell)
        })
    }

    /// Looks at what no two rows may have.
    pub(super) fn unique(&mut self, row: &Row<'_>, file: usize, told: &mut Vec<Told>) {
        for key in &mut self.named {
            if let (Some(columns), None) = (&key.columns, key.unique) {
                let digest = digest(cells_of(columns, row));
                key.seen.take(digest, file, row.line);
            }
        }
        let mut unique = std::mem::take(&mut self.unique);
        for (columns, rule, seen) in &mut unique {
            let is_missing = |column: &usize| {
                let cell = row.cells.get(*column);
                cell.is_none_or(|cell| self.is_missing(*column, cell))
            };
            let lacks = columns.iter().any(is_missing);
            let first = columns.first().copied().unwrap_or_default();
            let names = || {
                let names = columns.iter().filter_map(|column| self.names.get(*column));
                named(&names.collect::<Vec<&String>>())
            };
            if lacks && *rule == Rule::PrimaryKey {
                let message = format!("{} must not be empty: it is the key of the row", names());
                told.push(Told::new(*rule, first, message));
            } else if !lacks
                && let Some((_, line)) = seen.take(digest(cells_of(columns, row)), file, row.line)
            {
                let found: Vec<&str> = cells_of(columns, row).collect();
                let (names, found) = (names(), found.join("`, `"));
                let message =
                    format!("{names} must differ in every row, found `{found}` in line {line} too");
                told.push(Told::new(*rule, first, message));
            }
        }
        self.unique = unique;
    }
}

/// Returns the columns of which no two rows have the same.
fn unique(names: &[String], schema: &Schema) -> Vec<(Vec<usize>, Rule, Seen)> {
    let primary = std::iter::once((&schema.primary_key, Rule::PrimaryKey));
    let others = schema.unique_keys.iter().map(|key| (key, Rule::Unique));
    let keys = primary.chain(others).filter(|(key, _)| !key.is_empty());
    let keys = keys.filter_map(|(key, rule)| Some((columns_of(key, names)?, rule)));
    let mut keys: Vec<(Vec<usize>, Rule)> = keys.collect();
    for field in schema
        .fields
        .iter()
        .filter(|field| field.constraints.is_unique)
    {
        let column = names.iter().position(|name| *name == field.name);
        // A primary key of that column alone says it already.
        let column = column.filter(|column| !keys.iter().any(|(columns, _)| *columns == [*column]));
        keys.extend(column.map(|column| (vec![column], Rule::Unique)));
    }
    let keys = keys.into_iter();
    keys.map(|(columns, rule)| (columns, rule, Seen::default()))
        .collect()
}

/// Says what may stand in a cell of a closed set.
fn choices(kind: Type) -> Option<String> {
    let Type::Code(keys) = kind else { return None };
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    Some(format!("write one of {}", keys.join(" ")))
}

/// Says how to write a number that has a comma in it.
fn without_comma(number: &str) -> String {
    let mut groups = number.split(',').skip(1);
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|c| c.is_ascii_digit());
    if groups.all(is_group) {
        let plain = number.replace(',', "");
        return format!("write `{plain}` if the comma separates thousands, a point if decimals");
    }
    "write the decimals after a point, or run `casecmp fmt`".into()
}

/// Returns what a cell does not meet of what the schema wants.
fn broken(field: &Field, cell: &str) -> Vec<(Rule, String)> {
    if !field.kind.holds(cell) {
        return vec![(Rule::Type, field.kind.wanted().into())];
    }
    let broken = field.constraints.broken(cell, &field.kind).into_iter();
    broken.map(|wanted| (Rule::Constraint, wanted)).collect()
}

/// Returns the first character of a cell that acts on a screen instead of being shown.
fn unseen(cell: &str) -> Option<char> {
    let shown = harmless(cell);
    if let Cow::Borrowed(_) = shown {
        return None;
    }
    let is_blank = |c: &char| matches!(c, '\n' | '\r' | '\t');
    let acts = |c: &char| !is_blank(c) && harmless(c.encode_utf8(&mut [0; 4])).is_empty();
    cell.chars().find(acts)
}

/// Returns what a cell does not meet of what the schema wants, if it wants anything.
fn broken_of(field: Option<&Field>, cell: &str) -> Vec<(Rule, String)> {
    field.map_or_else(Vec::new, |field| broken(field, cell))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_in_a_number_separates_thousands_or_decimals() {
        for (number, hint) in [
            (
                "120,000",
                "write `120000` if the comma separates thousands, a point if decimals",
            ),
            (
                "1,234,567",
                "write `1234567` if the comma separates thousands, a point if decimals",
            ),
            (
                "3,3",
                "write the decimals after a point, or run `casecmp fmt`",
            ),
            (
                "1.234,50",
                "write the decimals after a point, or run `casecmp fmt`",
            ),
        ] {
            assert_eq!(without_comma(number), hint);
        }
    }
}
