//! What commands work on: the casebook in force, and the companies that a user names.

use std::cell::OnceCell;
use std::path::Path;

use anyhow::{Error, Result};

use crate::base::Complaint;
use crate::load::Loader;
use crate::model::Company;
use crate::package::{Origin, Overlay};
use crate::render::Format;
use crate::report::Audience;

use super::init::typed;
use super::own;

/// The casebook in force.
pub struct Context {
    /// Its tables, read when they are first asked for.
    pub casebook: Loader,
    /// The format of the answer: what it has no room for need not be made.
    format: Format,
    /// Is told how many bytes of how many, where that is known, a long reading has read.
    pub progress: Progress,
    /// The casebook that was opened after this one.
    next: OnceCell<Box<Self>>,
}

/// Whoever is told how far a reading is: bytes read, and all bytes where they are known.
pub type Progress = Box<dyn Fn(u64, Option<u64>) + Sync>;

impl Context {
    /// Makes the context of the casebook in some places, of an answer in a format.
    pub fn new(origins: impl IntoIterator<Item = Origin>, format: Format) -> Self {
        Self {
            casebook: Loader::new(origins),
            format,
            progress: Box::new(|_, _| {}),
            next: OnceCell::new(),
        }
    }

    /// Opens a further casebook, which lives as long as this one. Nothing is read yet.
    pub fn open(&self, name: &Path) -> &Self {
        let mut last = self;
        while let Some(next) = last.next.get() {
            last = next;
        }
        let further = || Box::new(Self::new([Origin::named(name)], self.format));
        last.next.get_or_init(further)
    }

    /// Returns what the user must know of the files of all casebooks read so far, each once.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings = self.casebook.warnings();
        let further = self
            .next
            .get()
            .map_or_else(Vec::new, |next| next.warnings());
        for warning in further {
            if !warnings.contains(&warning) {
                warnings.push(warning);
            }
        }
        warnings
    }

    /// Says whether the answer is to be drawn: charts are made for that only.
    pub fn is_drawn(&self) -> bool {
        self.format.is_drawn()
    }

    /// Says whether the answer has room for tables of an audience.
    pub fn has_room_for(&self, audience: Audience) -> bool {
        audience.is_served(self.format.is_for_people(), self.format.is_flat())
    }

    /// Tells somebody how far long readings are.
    #[must_use]
    pub fn tell(mut self, progress: Progress) -> Self {
        self.progress = progress;
        self
    }

    /// Returns how the program is called on the casebook, as it is typed in a shell: `casecmp --data my-cases`.
    pub fn program(&self) -> String {
        let origins: Vec<&Origin> = self.casebook.origins().collect();
        if let [Origin::Builtin] = origins.as_slice() {
            return "casecmp".into();
        }
        let named = origins.into_iter().map(|origin| match origin {
            Origin::Builtin => "builtin".to_owned(),
            Origin::Zip(zip) => typed(zip.path()),
            Origin::Folder(folder) | Origin::Overlay(Overlay { folder, .. }) => {
                typed(Path::new(&own::shown(folder)))
            }
        });
        named.fold("casecmp".to_owned(), |program, data| {
            format!("{program} --data {data}")
        })
    }

    /// Returns a command on the casebook, as it is typed in a shell: `casecmp --data my-cases metrics`.
    pub fn command(&self, command: &str) -> String {
        format!("{} {command}", self.program())
    }

    /// Returns the companies of those names, in the order named, each once; of no names, every company. Tables
    /// read after that are read without the rows of other companies.
    ///
    /// # Errors
    /// A name that no company has.
    pub fn companies(&self, names: &[String]) -> Result<Vec<&Company>> {
        let companies = self.named(names)?;
        if names.is_empty() {
            return Ok(companies);
        }
        let all = self
            .casebook
            .table::<Company>()?
            .iter()
            .map(|company| &company.id);
        let others = all.filter(|id| !companies.iter().any(|company| company.id == **id));
        self.casebook.leave_out(others.cloned());
        Ok(companies)
    }

    /// Returns the companies of those names, in the order named, each once; of no names, every company. All rows are
    /// still read.
    ///
    /// # Errors
    /// A name that no company has.
    pub fn named(&self, names: &[String]) -> Result<Vec<&Company>> {
        if names.is_empty() {
            return Ok(self.casebook.table::<Company>()?.iter().collect());
        }
        let mut companies: Vec<&Company> = Vec::new();
        for name in names {
            let company = self.company(name)?;
            if !companies.iter().any(|known| known.id == company.id) {
                companies.push(company);
            }
        }
        Ok(companies)
    }

    /// Returns the company of that id, name, legal name, ticker or alias, in any case.
    ///
    /// # Errors
    /// A name that no company has, or several have.
    pub fn company(&self, name: &str) -> Result<&Company> {
        let companies = self.casebook.table::<Company>()?;
        if let Some(company) = companies.by_id(name) {
            return Ok(company);
        }
        let called: Vec<&Company> = companies
            .iter()
            .filter(|company| company.is_called(name))
            .collect();
        match called.as_slice() {
            [company] => Ok(company),
            [] => {
                let known = companies
                    .iter()
                    .flat_map(|company| [company.id.as_str(), &company.name]);
                let all = format!("`{}` lists all", self.command("companies"));
                Err(Complaint::unknown("company", name, known, &all).into())
            }
            several => {
                let ids: Vec<&str> = several.iter().map(|company| company.id.as_str()).collect();
                let complaint = Complaint::new(format!("several companies are called `{name}`"));
                Err(complaint
                    .hint(format!("name one by its id: {}", ids.join(", ")))
                    .into())
            }
        }
    }
}

/// Turns the hint of a complaint that no company is called so into the command that takes the name for what it is.
pub(super) fn misplaced(error: Error, command: &str) -> Error {
    match error.downcast::<Complaint>() {
        Ok(complaint) => complaint.hint(command).into(),
        Err(error) => error,
    }
}

/// Makes sure that there are two companies or more; `what` says for what.
///
/// # Errors
/// There are fewer.
pub(super) fn check_two(
    companies: &[&Company],
    what: &str,
    context: &Context,
) -> Result<(), Complaint> {
    if companies.len() < 2 {
        let hint = format!(
            "name two or more; `{}` lists all",
            context.command("companies")
        );
        return Err(Complaint::new(format!("{what} two companies")).hint(hint));
    }
    Ok(())
}
