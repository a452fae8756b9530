//! SARIF 2.1.0 (OASIS 2020): what is wrong in files, for editors and continuous integration.

use std::fmt::Write as _;
use std::io;

use serde_json::{Value, json};

use crate::report::Diagnosis;

/// Writes a log of one run.
pub(super) fn render(diagnoses: &[Diagnosis], out: &mut dyn io::Write) -> io::Result<()> {
    let mut rules: Vec<(&str, &str)> = Vec::new();
    for diagnosis in diagnoses {
        let rule = (diagnosis.rule, diagnosis.says);
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    let described = rules
        .iter()
        .map(|(id, says)| json!({"id": id, "shortDescription": {"text": says}}));
    let results = diagnoses.iter().map(|diagnosis| {
        let rule = rules.iter().position(|(id, _)| *id == diagnosis.rule);
        json!({
            "ruleId": diagnosis.rule,
            "ruleIndex": rule,
            "level": diagnosis.level(),
            "message": {"text": message(diagnosis)},
            "locations": [{"physicalLocation": location(diagnosis)}],
        })
    });
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "casecmp",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": described.collect::<Vec<Value>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results.collect::<Vec<Value>>(),
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    io::Write::write_all(out, b"\n")
}

fn message(diagnosis: &Diagnosis) -> String {
    match &diagnosis.hint {
        Some(hint) => format!("{} ({hint})", diagnosis.message),
        None => diagnosis.message.clone(),
    }
}

fn location(diagnosis: &Diagnosis) -> Value {
    let place = &diagnosis.place;
    let mut location = json!({"artifactLocation": {"uri": uri(&place.path)}});
    if let (Some(line), Some(members)) = (place.line, location.as_object_mut()) {
        let mut region = json!({"startLine": line});
        if let (Some(column), Some(members)) = (place.column, region.as_object_mut()) {
            members.insert("startColumn".into(), column.into());
        }
        members.insert("region".into(), region);
    }
    location
}

/// Writes a path as a reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::new();
    for byte in path.bytes() {
        match byte {
            b'\\' => uri.push('/'),
            byte if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) => {
                uri.push(char::from(byte));
            }
            byte => {
                // A String takes every write.
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("a b/é.csv"), "a%20b/%C3%A9.csv");
        assert_eq!(uri(r"mine\kpis.csv"), "mine/kpis.csv");
    }
}
