//! On whom a claim rests: the documents that state it, and the origins behind them.
//!
//! Two documents that repeat one origin are one independent source.

use crate::base::{Citation, Citations};

use super::{Records, Source};

/// A citation and the origins that the cited document names for what it says there.
#[derive(Debug, PartialEq, Eq)]
pub struct Support<'a> {
    /// Who states it, and where.
    pub cite: Citation<'a>,
    /// Whom the document names as its origin; empty when it names nobody.
    pub via: Vec<Citation<'a>>,
}

/// Gives each citation the origins that the cited document names. An origin that none of the cited documents is known
/// to list or mention belongs to all of them.
pub fn support<'a>(
    cite: &[Citation<'a>],
    via: &[Citation<'a>],
    sources: &Records<Source>,
) -> Vec<Support<'a>> {
    let is_claimed =
        |origin: &Citation<'_>| cite.iter().any(|cite| mentions(cite, origin, sources));
    let of = |cite: &Citation<'a>| {
        let named = via.iter().copied();
        let via = named.filter(|origin| mentions(cite, origin, sources) || !is_claimed(origin));
        Support {
            cite: *cite,
            via: via.collect(),
        }
    };
    cite.iter().map(of).collect()
}

/// Returns the sources that a claim goes back to, each once: the origins, or the document itself where it names none;
/// a source that is known to be another one counts as that.
pub fn origins<'a>(
    cite: &'a Citations,
    via: Option<&'a Citations>,
    sources: &'a Records<Source>,
) -> Vec<&'a str> {
    let cite: Vec<Citation<'a>> = cite.iter().collect();
    let via: Vec<Citation<'a>> = via.into_iter().flat_map(Citations::iter).collect();
    let mut origins = Vec::new();
    for Support { cite, via } in support(&cite, &via, sources) {
        let own = via.is_empty().then_some(cite);
        for citation in via.into_iter().chain(own) {
            let origin = identified(citation.source, sources);
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
    }
    origins
}

/// Returns the source that another is known to be; itself, when nothing more is known of it.
pub fn identified<'a>(id: &'a str, sources: &'a Records<Source>) -> &'a str {
    let mut id = id;
    // A chain longer than the list of sources goes round in a circle.
    for _ in sources.located() {
        let source = sources.by_id(id);
        let Some(same) = source.and_then(|source| source.custom.same_as.as_ref()) else {
            break;
        };
        id = same.as_str();
    }
    id
}

/// Says whether a cited document is known to list or mention an origin.
fn mentions(cite: &Citation<'_>, origin: &Citation<'_>, sources: &Records<Source>) -> bool {
    let source = sources.by_id(origin.source);
    let listed = source.and_then(|source| source.custom.cite.as_ref());
    listed.is_some_and(|listed| listed.iter().any(|place| place.source == cite.source))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Located;

    fn sources() -> Records<Source> {
        let items = [
            (r#""p""#, r#""kind": "study""#),
            (r#""m""#, r#""kind": "study""#),
            (r#""a""#, r#""kind": "cited", "cite": "@p, reference 1""#),
            (
                r#""b""#,
                r#""kind": "unresolved", "cite": "@m, p. 2", "same_as": "c""#,
            ),
            (r#""c""#, r#""kind": "primary", "same_as": "b""#),
            (r#""d""#, r#""kind": "cited""#),
        ];
        let rows = items.map(|(id, custom)| {
            let json = format!(
                r#"{{"id": {id}, "type": "webpage", "title": "T", "custom": {{{custom}}}}}"#
            );
            let value = serde_json::from_str(&json).unwrap();
            Located { line: 1, value }
        });
        Records::new("sources.json", rows.into())
    }

    fn of(cite: &str, via: Option<&str>) -> Vec<String> {
        let (cite, sources) = (cite.parse().unwrap(), sources());
        let via = via.map(|via| via.parse().unwrap());
        let origins = origins(&cite, via.as_ref(), &sources);
        origins.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn two_documents_that_repeat_one_origin_are_one() {
        assert_eq!(of("@p, T1; @m, T1", Some("@d")), ["d"]);
    }

    #[test]
    fn a_document_without_an_origin_is_one_itself() {
        assert_eq!(of("@p, T1; @m, T1", Some("@a")), ["a", "m"]);
        assert_eq!(of("@p, T1; @p, T2", None), ["p"]);
        assert_eq!(of("@p, T1", Some("@nobody")), ["nobody"]);
    }

    #[test]
    fn a_source_known_to_be_another_counts_as_that_and_circles_end() {
        assert_eq!(of("@m, T1; @m, T2", Some("@b")).len(), 1);
    }
}
