//! Finds topics by what users call them, and writes the claims that date them.

use std::collections::BTreeSet;

use crate::base::Complaint;
use crate::base::fold::fold;
use crate::compare::{Dated, Topic, TopicKind};
use crate::model::{Event, Technology};

use super::tables::sources_of;

/// Returns every topic of events and technologies, dated or not.
pub(super) fn known<'a>(
    events: impl Iterator<Item = &'a Event>,
    technologies: impl Iterator<Item = &'a Technology>,
) -> BTreeSet<Topic<'a>> {
    let topic = |kind, key| Topic { kind, key };
    let mut known = BTreeSet::new();
    for event in events {
        let domain = event.domain.as_deref();
        known.insert(topic(TopicKind::Event, &*event.event));
        known.insert(topic(TopicKind::Category, &*event.category));
        known.extend(domain.map(|domain| topic(TopicKind::Domain, domain)));
    }
    known.extend(technologies.map(|used| topic(TopicKind::Domain, &*used.domain)));
    known
}

/// Returns the topics of a name, their slug or the words of it; events come first, categories last.
///
/// # Errors
/// A name that no topic has; `what` says what it was to name, `all` where all are listed.
pub(super) fn found<'a>(
    name: &str,
    known: &BTreeSet<Topic<'a>>,
    what: &str,
    all: &str,
) -> Result<Vec<Topic<'a>>, Complaint> {
    let slug = |text: &str| fold(text.trim()).replace(' ', "-");
    let wanted = slug(name);
    let found = known.iter().filter(|topic| slug(topic.key) == wanted);
    let found: Vec<Topic<'a>> = found.copied().collect();
    if found.is_empty() {
        let keys = known.iter().map(|topic| topic.key);
        return Err(Complaint::unknown(what, name, keys, all));
    }
    Ok(found)
}

/// Writes a date and who states it: `2008 (perez2024)`.
pub(super) fn stated(claim: &Dated<'_>) -> String {
    format!("{} ({})", claim.date, sources_of(claim.cite))
}
