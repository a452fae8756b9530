//! What may be concluded, from hand-made casebooks and from the one inside the program.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod program;

use std::fs;
use std::path::Path;

use casecmp::compare::{Reason, Verdict};
use program::casecmp;
use serde_json::Value;

const HAND_MADE: &str = "tests/casebooks/verdicts";

/// Each metric of the hand-made casebook: verdict, reasons, who leads, the difference with its ends, and whether a rival
/// changes it.
const EXPECTED: &str = "
    clear                  differs               -                        one  50 49 51       -
    lower-is-better        differs               -                        two  50 49 51       -
    rounded                same-within-rounding  -                        -    0 -0.95 0.15   -
    equal                  same-within-rounding  -                        tie  0 -1 1         -
    touching               differs               -                        two  -1 -2 0        -
    estimate-apart         differs               relation                 two  -2 -3.5 -0.5   -
    estimate-near          cannot-tell           relation                 -    -1 -2.5 0.5    -
    bound-apart            differs               relation                 one  - - -          -
    bound-open             cannot-tell           relation                 -    - - -          -
    unit                   not-comparable        unit                     -    - - -          -
    denominator            not-comparable        denominator              -    - - -          -
    period-far             not-comparable        period                   -    - - -          -
    period-near            differs               period                   one  50 49 51       -
    period-vague           cannot-tell           period                   one  50 49 51       -
    period-unstated        cannot-tell           period                   one  50 49 51       -
    base-far               not-comparable        period                   -    - - -          -
    base-unstated          cannot-tell           period                   two  -40 -41 -39    -
    population             not-comparable        population               -    - - -          -
    population-unstated    cannot-tell           population               one  50 49 51       -
    source                 differs               source                   one  50 49 51       -
    origin-unstated        differs               origin                   one  50 49 51       -
    origin-lost            differs               origin                   one  50 49 51       -
    one-sided              one-sided             missing                  -    - - -          -
    one-sided-bound        one-sided             missing,relation,origin  -    - - -          -
    nothing                no-data               missing                  -    - - -          -
    rival-harmless         differs               disputed                 one  50 49 51       false
    rival-decisive         differs               disputed                 one  50 49 51       true
    rivals-open            cannot-tell           disputed                 -    - - -          true
    rivals-open-harmless   differs               disputed                 one  - - -          false
    rivals-units           not-comparable        disputed                 -    - - -          true
    only-deprecated        one-sided             missing                  -    - - -          -
    precise-of-agreeing    differs               source                   two  -0.2 -0.3 -0.1 -
    month-and-year         cannot-tell           period                   one  50 49 51       -
    day-and-year           differs               period                   one  50 49 51       -
    period-about           differs               period                   one  50 49 51       -
    nps-tiny               cannot-tell           sample                   one  200 199 200    -
    nps-unsized            cannot-tell           sample                   two  -2 -3 -1       -
    nps-half-sized         cannot-tell           sample                   two  -2 -3 -1       -
    nps-large              differs               -                        two  -2 -3 -1       -
    nps-small              no-evidence           sample                   two  -2 -3 -1       -
    nps-between            cannot-tell           sample                   two  -2 -3 -1       -
    nps-equal              no-evidence           sample                   tie  0 -1 1         -
    nps-sources            cannot-tell           source                   two  -2 -3 -1       -
    nps-people             cannot-tell           population               two  -2 -3 -1       -
    csat-large             differs               -                        one  2 1 3          -
    csat-small             no-evidence           sample                   one  2 1 3          -
    interval-apart         differs               -                        two  -2.0 -2.1 -1.9   -
    interval-near          no-evidence           sample                   two  -2.0 -2.1 -1.9   -
    interval-mean          differs               -                        one  0.3 0.29 0.31 -
    interval-rounded       cannot-tell           sample                   two  -2 -3 -1       -
    interval-unsized       cannot-tell           sample                   two  -2.0 -2.1 -1.9   -
    effort:effort-agreed   not-comparable        instrument,polarity,sample  -  - - -         -
    clear:rounded          not-comparable        metric                   -    - - -          -
";

/// The pairs of the casebook inside the program: what is known of each from its sources, and the reasons that there must
/// be at least.
const PAIRS: &str = "
    nps                                                cannot-tell     period,population,sample,source
    csat                                               cannot-tell     population,sample
    monthly-active-users:subscribers                   not-comparable  unit,period
    recommendation-sales-share:personalised-interface-share  not-comparable  denominator
    ai-campaign-share:personalised-interface-share     not-comparable  denominator,relation,source
    ai-interaction-share:personalised-interface-share  not-comparable  denominator,relation,source
    repurchase-rate:churn-reduction                    not-comparable  unit,denominator
    service-response-time:streaming-quality-improvement  not-comparable  unit,polarity
    market-capitalisation                              one-sided       missing
    net-sales                                          one-sided       missing
    net-shipping-costs                                 one-sided       missing
    aws-revenue-share                                  one-sided       missing
    aws-operating-income-share                         one-sided       missing
    cargo-planes-leased                                one-sided       missing
    planned-physical-stores                            one-sided       missing
    voice-searches                                     one-sided       missing
    delivery-time                                      one-sided       missing
    weekly-viewing-hours                               one-sided       missing
    daily-time-on-platform                             one-sided       missing
    countries                                          one-sided       missing
    subscribers                                        one-sided       missing
    ces                                                no-data         missing
    ces-2010                                           no-data         missing
";

/// Compares and returns the rows.
fn compare(data: &str, args: &[&str]) -> Vec<Value> {
    json("compare", data, args)
}

/// Runs a command and returns the rows of its answer.
fn json(command: &str, data: &str, args: &[&str]) -> Vec<Value> {
    let (_, out, told) = casecmp(&[&[command, "--data", data, "-f", "json"], args].concat());
    serde_json::from_str(&out).unwrap_or_else(|_| panic!("{told}"))
}

/// Returns a row's reasons, joined.
fn reasons(row: &Value) -> String {
    let reasons = row["reasons"].as_array().cloned().unwrap_or_default();
    let reasons: Vec<&str> = reasons
        .iter()
        .map(|reason| reason.as_str().unwrap())
        .collect();
    reasons.join(",")
}

/// Writes what a row concludes as a line of the table above.
fn conclusion(row: &Value) -> Vec<String> {
    let plain = |key: &str| match &row[key] {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let reasons = Some(reasons(row)).filter(|reasons| !reasons.is_empty());
    vec![
        plain("metric"),
        plain("verdict"),
        reasons.unwrap_or("-".into()),
        plain("leads"),
        plain("difference"),
        plain("difference_low"),
        plain("difference_high"),
        plain("rival_changes"),
    ]
}

/// Returns the lines of a table above as words.
fn lines(table: &str) -> Vec<Vec<String>> {
    let lines = table
        .lines()
        .map(|line| line.split_whitespace().map(str::to_owned).collect());
    lines
        .filter(|line: &Vec<String>| !line.is_empty())
        .collect()
}

#[test]
fn each_metric_of_the_hand_made_casebook_gets_its_verdict() {
    let expected = lines(EXPECTED);
    let metrics: Vec<&str> = expected.iter().map(|line| &*line[0]).collect();
    let rows = compare(HAND_MADE, &["--metric", &metrics.join(",")]);
    let found: Vec<Vec<String>> = rows.iter().map(conclusion).collect();
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    assert_eq!(found.len(), expected.len());
}

/// The strongest verdict that each reason allows stands with it: none is exceeded.
#[test]
fn no_verdict_is_better_than_its_weakest_reason() {
    let place = |key: &str| {
        Verdict::KEYS
            .iter()
            .position(|known| *known == key)
            .unwrap()
    };
    for data in [
        HAND_MADE,
        "builtin",
        "tests/casebooks/trees",
        "tests/casebooks/rivals",
    ] {
        for row in compare(data, &["--on", "metrics"]) {
            let verdict = place(row["verdict"].as_str().unwrap());
            for cap in row["reason_caps"].as_array().into_iter().flatten() {
                let (_, cap) = cap.as_str().unwrap().split_once(": ").unwrap();
                assert!(verdict >= place(cap), "{row}");
            }
        }
    }
}

#[test]
fn every_reason_and_every_verdict_is_among_them() {
    let expected = lines(EXPECTED);
    for key in Verdict::KEYS {
        assert!(expected.iter().any(|line| line[1] == *key), "{key}");
    }
    for key in Reason::KEYS {
        let has = |line: &Vec<String>| line[2].split(',').any(|reason| reason == *key);
        assert!(expected.iter().any(has), "{key}");
    }
}

#[test]
fn the_pairs_of_amazon_and_netflix_get_the_verdicts_known_of_them() {
    for line in lines(PAIRS) {
        let rows = compare("builtin", &["amazon", "netflix", "--metric", &line[0]]);
        assert_eq!(rows[0]["verdict"], *line[1], "{}", line[0]);
        let found = reasons(&rows[0]);
        for reason in line[2].split(',') {
            let is_told = found.split(',').any(|found| found == reason);
            assert!(is_told, "{}: {reason} not in {found}", line[0]);
        }
    }
}

/// Dates that can be compared: who was first, by how many years, and whether a rival claim would change it.
#[test]
fn the_dates_of_amazon_and_netflix_get_the_verdicts_known_of_them() {
    let rows = json(
        "lead-lag",
        "builtin",
        &["--topic", "founded,cloud,streaming,recommendation"],
    );
    let found = rows.iter().map(|row| {
        let plain = |key: &str| row[key].to_string().replace('"', "");
        [
            "topic",
            "verdict",
            "leads",
            "lead_low",
            "lead_high",
            "rival_changes",
        ]
        .map(plain)
    });
    let found: Vec<[String; 6]> = found.collect();
    let expected = [
        ["founded", "differs", "amazon", "2", "4", "false"],
        ["cloud", "differs", "amazon", "2.3", "9.9", "true"],
        ["streaming", "differs", "netflix", "0", "2", "true"],
        ["recommendation", "differs", "amazon", "1", "3", "false"],
    ];
    assert_eq!(found, expected);
}

/// Themes and factors that are printed side by side are put side by side.
#[test]
fn topics_are_aligned_without_a_number() {
    let presence = |table: &str, topic: &str, key: &str| {
        let rows = compare("builtin", &["--on", table]);
        let row = rows.iter().find(|row| row[key] == topic);
        row.map(|row| row["presence"].as_str().unwrap().to_owned())
    };
    for (table, key, topic) in [
        ("experience", "theme", "recommendations"),
        ("challenges", "category", "regulation"),
        ("challenges", "category", "scalability"),
        ("technologies", "domain", "cloud"),
        ("technologies", "domain", "architecture"),
        ("technologies", "domain", "recommendation"),
    ] {
        assert_eq!(
            presence(table, topic, key).as_deref(),
            Some("all"),
            "{topic}"
        );
    }
    let swot = compare("builtin", &["--on", "swot"]);
    assert_eq!(swot.len(), 9);
    assert!(swot.iter().all(|row| row["presence"] == "all"));
}

/// Swapping the companies turns differences round and changes neither verdict, reasons nor leader.
#[test]
fn swapping_the_companies_flips_signs_and_nothing_else() {
    let trees = "tests/casebooks/trees";
    for (data, left, right) in [
        (HAND_MADE, "one", "two"),
        ("builtin", "amazon", "netflix"),
        (trees, "alder", "birch"),
        (trees, "birch", "cedar"),
    ] {
        let rows = compare(data, &[left, right, "--on", "metrics", "--sort", "metric"]);
        let swapped = compare(data, &[right, left, "--on", "metrics", "--sort", "metric"]);
        assert_eq!(rows.len(), swapped.len());
        for (row, swapped) in rows.iter().zip(&swapped) {
            for key in [
                "metric",
                "verdict",
                "leads",
                "reasons",
                "rival_changes",
                "answers_least",
                "answers_most",
                left,
                right,
            ] {
                assert_eq!(row[key], swapped[key], "{key} of {row}");
            }
            for (key, other) in [
                ("difference", "difference"),
                ("difference_low", "difference_high"),
                ("difference_high", "difference_low"),
            ] {
                let negative = swapped[other].as_f64().map(|number| 0.0 - number);
                assert_eq!(row[key].as_f64(), negative, "{key} of {row}");
            }
            for key in ["difference", "ratio"] {
                let ends = ["", "_low", "_high"].map(|end| row[format!("{key}{end}")].as_f64());
                if let [Some(value), Some(low), Some(high)] = ends {
                    assert!((low..=high).contains(&value), "{key} of {row}");
                }
            }
            for (key, other) in [("ratio", "ratio"), ("ratio_low", "ratio_high")] {
                let (ratio, other) = (row[key].as_f64(), swapped[other].as_f64());
                assert_eq!(ratio.is_some(), other.is_some());
                if let (Some(ratio), Some(other)) = (ratio, other) {
                    assert!((ratio * other - 1.0).abs() < 0.1, "{key} of {row}");
                }
            }
        }
    }
}

/// Copies the hand-made casebook with its files changed, and returns its folder.
fn changed(name: &str, change: impl Fn(&str, &mut String)) -> String {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    for entry in fs::read_dir(HAND_MADE).unwrap() {
        let entry = entry.unwrap();
        let mut text = fs::read_to_string(entry.path()).unwrap();
        change(entry.file_name().to_str().unwrap(), &mut text);
        fs::write(folder.join(entry.file_name()), text).unwrap();
    }
    folder.to_str().unwrap().to_owned()
}

/// Returns the verdict of each metric whose values state an interval.
fn verdicts_of_intervals(data: &str) -> Vec<String> {
    let metrics = ["apart", "near", "mean", "rounded", "unsized"];
    let metrics = metrics.map(|name| format!("interval-{name}")).join(",");
    let rows = compare(data, &["--metric", &metrics]);
    let verdicts = rows.iter().map(|row| row["verdict"].as_str().unwrap());
    verdicts.map(str::to_owned).collect()
}

/// The number of answers alone leaves open what the intervals tell.
#[test]
fn stated_intervals_tell_what_the_numbers_of_answers_do_not() {
    let without = changed("without-intervals", |name, text| {
        if name == "kpis.csv" {
            *text = text.replacen(",interval_low,interval_high,", ",from,to,", 1);
        }
    });
    assert_eq!(verdicts_of_intervals(&without), ["cannot-tell"; 5]);
    let told = verdicts_of_intervals(HAND_MADE);
    assert_eq!(told[..3], ["differs", "no-evidence", "differs"]);
}

/// A record of another company, or of another metric, changes no verdict.
#[test]
fn an_unrelated_record_changes_nothing() {
    let changed = changed("unrelated", |name, text| match name {
        "companies.csv" => text.push_str("three,Three,\"@study, p. 1\"\n"),
        "metrics.csv" => text.push_str("other,Other,USD,higher,,,,,,,\"@study, p. 2\",\n"),
        "kpis.csv" => {
            let others = ["clear", "nps-unsized", "rivals-open", "nothing", "unit"];
            text.extend(others.map(|metric| {
                format!("three-{metric},three,{metric},,70,,,2021,,,,,,,,\"@lost, p. 1\",,\n")
            }));
            text.push_str("one-other,one,other,,1,,,2020,,,,,,,,\"@lost, p. 1\",,\n");
        }
        _ => {}
    });
    let rows = |data: &str| {
        let mut rows = compare(data, &["one", "two", "--on", "metrics", "--sort", "metric"]);
        rows.retain(|row| row["metric"] != "other");
        rows
    };
    assert_eq!(rows(&changed), rows(HAND_MADE));
}
