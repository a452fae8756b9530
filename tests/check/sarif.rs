//! What `casecmp check -f sarif` writes has the members that SARIF 2.1.0 requires (OASIS 2020, section 3), with values that it allows.

use std::fs;

use serde_json::Value;

use super::case::cases;
use super::{casecmp, folder};

/// Returns a list that must be there.
fn items<'v>(value: &'v Value, member: &str) -> &'v [Value] {
    let items = value[member].as_array();
    items.unwrap_or_else(|| panic!("`{member}` of {value}"))
}

/// Asserts that a log is one, and returns how many results it has.
fn results_of(log: &Value) -> usize {
    assert_eq!(log["version"], "2.1.0");
    let [run] = items(log, "runs") else {
        panic!("one run")
    };
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "casecmp");
    let rules = items(driver, "rules");
    let ids: Vec<&str> = rules
        .iter()
        .map(|rule| rule["id"].as_str().unwrap())
        .collect();
    assert!(
        rules
            .iter()
            .all(|rule| rule["shortDescription"]["text"].is_string())
    );
    for result in items(run, "results") {
        let rule = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], ids[rule]);
        assert!(result["level"] == "error" || result["level"] == "warning");
        assert!(!result["message"]["text"].as_str().unwrap().is_empty());
        let [location] = items(result, "locations") else {
            panic!("one place")
        };
        let physical = &location["physicalLocation"];
        let uri = physical["artifactLocation"]["uri"].as_str().unwrap();
        assert!(!uri.contains([' ', '\\']), "{uri}");
        // A region has a line from 1 on, and a column only with it.
        if let Some(region) = physical.get("region") {
            assert!(region["startLine"].as_u64().unwrap() >= 1);
            assert!(
                region["startColumn"]
                    .as_u64()
                    .is_none_or(|column| column >= 1)
            );
        }
    }
    items(run, "results").len()
}

#[test]
fn every_case_of_the_catalogue_makes_a_log() {
    let text = fs::read_to_string("tests/check/catalogue.txt").unwrap();
    let mut results = 0;
    for (number, case) in cases(&text).iter().enumerate() {
        let folder = folder(&format!("sarif {number}"));
        if !case.is_possible() {
            continue;
        }
        case.make(&folder);
        let answer = casecmp(&["check", folder.to_str().unwrap(), "-f", "sarif"]);
        if answer.code != 2 {
            results += results_of(&serde_json::from_str(&answer.out).unwrap());
        }
    }
    assert!(results > 100, "{results}");
}
