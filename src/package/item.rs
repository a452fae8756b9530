//! Puts an object into the text of a JSON array, laid out as the last one is, and leaves the rest of it as it is.

use serde_json::value::RawValue;

use super::edit::Edited;
use super::file::File;
use super::problem::LoadError;

/// What an object is to hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Json {
    /// A text.
    Text(String),
    /// A whole number.
    Number(u16),
    /// Several values.
    List(Vec<Json>),
    /// Values with names, in order.
    Object(Vec<(&'static str, Json)>),
}

/// Puts an object behind the last of an array.
///
/// # Errors
/// A text that is no array of JSON.
pub fn with_item(file: &File, item: &Json) -> Result<Edited, LoadError> {
    let items: Vec<&RawValue> = serde_json::from_str(file.text)
        .map_err(|error| LoadError::from(file.malformed("a JSON array of objects", &error)))?;
    let (at, before, after, layout) = match items.last() {
        Some(last) => behind(file.text, last.get()),
        None => first(file.text),
    };
    let (head, tail) = file.text.split_at_checked(at).unwrap_or_default();
    let mut text = format!("{head}{before}");
    let line = text.matches('\n').count() as u64 + 1;
    layout.write(item, 0, &mut text);
    text += &after;
    text += tail;
    Ok(Edited { text, line })
}

/// Returns the place behind the last item, what stands before and behind a new one there, and how it is laid out.
fn behind(text: &str, last: &str) -> (usize, String, String, Layout) {
    let start = last.as_ptr().addr() - text.as_ptr().addr();
    let head = text.get(..start).unwrap_or_default();
    let gap = head.get(head.trim_end().len()..).unwrap_or_default();
    let within = last.strip_prefix('{').unwrap_or_default();
    let inner = within.get(..within.len() - within.trim_start().len());
    let indent = |gap: &str| gap.rsplit_once('\n').map(|(_, indent)| indent.to_owned());
    let layout = match (indent(gap), inner.and_then(indent)) {
        (outer, Some(inner)) => {
            let outer = outer.unwrap_or_default();
            Layout {
                line_end: if gap.contains('\r') { "\r\n" } else { "\n" },
                step: inner.strip_prefix(&*outer).unwrap_or("  ").to_owned(),
                indent: outer,
                depth: if is_wide_within(within) {
                    usize::MAX
                } else {
                    1
                },
            }
        }
        _ => Layout::default(),
    };
    (start + last.len(), format!(",{gap}"), String::new(), layout)
}

/// Says whether an object within the text of another is laid out on several lines.
fn is_wide_within(text: &str) -> bool {
    let mut objects = text.split('{').skip(1);
    objects.any(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}

/// Returns the same for an array in which nothing stands yet.
fn first(text: &str) -> (usize, String, String, Layout) {
    let at = text.find('[').map_or(0, |at| at + 1);
    let is_open = text.get(at..).unwrap_or_default().starts_with(['\n', '\r']);
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let layout = Layout {
        line_end,
        indent: "  ".into(),
        step: "  ".into(),
        depth: 1,
    };
    let after = if is_open { "" } else { line_end };
    (at, format!("{line_end}  "), after.into(), layout)
}

/// How objects are laid out: on one line, or each member on one of its own.
#[derive(Debug, Default)]
struct Layout {
    line_end: &'static str,
    /// What the lines of the object itself begin with.
    indent: String,
    /// What those of its members begin with in addition.
    step: String,
    /// Down to which depth each member stands on a line of its own.
    depth: usize,
}

impl Layout {
    fn write(&self, value: &Json, depth: usize, out: &mut String) {
        match value {
            Json::Text(text) => out.push_str(&serde_json::Value::from(&**text).to_string()),
            Json::Number(number) => out.push_str(&number.to_string()),
            Json::Object(members) => {
                let members = members.iter().map(|(name, value)| (Some(*name), value));
                self.list(["{", "}"], members, depth, depth < self.depth, out);
            }
            Json::List(items) => {
                // Dates stay on one line, as 2024-05-01 would.
                let is_wide =
                    depth < self.depth && items.iter().any(|item| matches!(item, Json::Object(_)));
                let items = items.iter().map(|item| (None, item));
                self.list(["[", "]"], items, depth, is_wide, out);
            }
        }
    }

    fn list<'j>(
        &self,
        [open, close]: [&str; 2],
        parts: impl Iterator<Item = (Option<&'static str>, &'j Json)>,
        depth: usize,
        is_wide: bool,
        out: &mut String,
    ) {
        let turn = |depth: usize, out: &mut String| {
            if is_wide {
                out.push_str(self.line_end);
                out.push_str(&self.indent);
                out.push_str(&self.step.repeat(depth));
            }
        };
        out.push_str(open);
        for (place, (name, value)) in parts.enumerate() {
            out.push_str(match (place, is_wide) {
                (0, _) => "",
                (_, true) => ",",
                (_, false) => ", ",
            });
            turn(depth + 1, out);
            if let Some(name) = name {
                self.write(&Json::Text(name.into()), depth, out);
                out.push_str(": ");
            }
            self.write(value, depth + 1, out);
        }
        turn(depth, out);
        out.push_str(close);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Returns the text with an object more, and its line.
    fn added(text: &'static str) -> (String, u64) {
        let name = |name: &str| Json::Text(name.into());
        let author = Json::Object(vec![("literal", name("B \"C\" é"))]);
        let parts = Json::List(vec![Json::List(vec![Json::Number(2024), Json::Number(5)])]);
        let item = Json::Object(vec![
            ("id", name("b")),
            ("author", Json::List(vec![author])),
            ("issued", Json::Object(vec![("date-parts", parts)])),
        ]);
        let edited = with_item(&File::new("x.json", text), &item).unwrap();
        (edited.text, edited.line)
    }

    const FLAT: &str = r#"{"id": "b", "author": [{"literal": "B \"C\" é"}], "issued": {"date-parts": [[2024, 5]]}}"#;

    #[test]
    fn an_object_on_one_line_stays_on_one_line() {
        let wanted = format!("[\n  {{\"id\": \"a\",\n   \"x\": 1}},\n  {FLAT}\n]\n");
        let text = "[\n  {\"id\": \"a\",\n   \"x\": 1}\n]\n";
        assert_eq!(added(text), (wanted, 4));
        let wanted = format!("[{{}},{FLAT}]");
        assert_eq!(added("[{}]"), (wanted, 1));
    }

    #[test]
    fn an_object_of_many_lines_is_laid_out_as_the_last_one() {
        let wide = |end: &str, outer: &str, step: &str| {
            let lines = [
                (0, "{"),
                (1, "\"id\": \"b\","),
                (1, "\"author\": ["),
                (2, "{"),
                (3, "\"literal\": \"B \\\"C\\\" é\""),
                (2, "}"),
                (1, "],"),
                (1, "\"issued\": {"),
                (2, "\"date-parts\": [[2024, 5]]"),
                (1, "}"),
                (0, "}"),
            ];
            let lines = lines.map(|(depth, line)| format!("{outer}{}{line}", step.repeat(depth)));
            lines.join(end)
        };
        for (text, end, outer, step) in [
            (
                "[\n  {\n    \"x\": {\n      \"y\": 1\n    }\n  }\n]\n",
                "\n",
                "  ",
                "  ",
            ),
            (
                "[\r\n\t{\r\n\t\t\"x\": {\r\n\t\t}\r\n\t}\r\n]",
                "\r\n",
                "\t",
                "\t",
            ),
            ("[\n{\n \"x\": [{\n }]\n}\n]\n", "\n", "", " "),
        ] {
            let (head, tail) = text.split_at(text.rfind(&format!("{end}]")).unwrap());
            let wanted = format!("{head},{end}{}{tail}", wide(end, outer, step));
            let line = head.matches('\n').count() as u64 + 2;
            assert_eq!(added(text), (wanted, line));
        }
    }

    #[test]
    fn an_object_within_another_stays_on_one_line() {
        let item = |end: &str| {
            [
                "  {",
                "    \"id\": \"b\",",
                "    \"author\": [{\"literal\": \"B \\\"C\\\" é\"}],",
                "    \"issued\": {\"date-parts\": [[2024, 5]]}",
                "  }",
            ]
            .join(end)
        };
        for (text, before, after) in [
            (
                "[\n  {\n    \"x\": {\"y\": 1}\n  }\n]\n",
                "[\n  {\n    \"x\": {\"y\": 1}\n  },\n",
                "\n]\n",
            ),
            ("[]\n", "[\n", "\n]\n"),
            ("[\n]\n", "[\n", "\n]\n"),
            (" [\r\n]", " [\r\n", "\r\n]"),
        ] {
            let end = if text.contains('\r') { "\r\n" } else { "\n" };
            let line = before.matches('\n').count() as u64 + 1;
            assert_eq!(added(text), (format!("{before}{}{after}", item(end)), line));
        }
    }

    #[test]
    fn what_is_no_array_is_left_alone() {
        let error = with_item(&File::new("x.json", "{\"a\": 1}"), &Json::Number(1)).unwrap_err();
        let told = error.to_string();
        assert!(told.starts_with("x.json:1:"), "{told}");
        assert!(told.contains("must be a JSON array of objects"), "{told}");
    }
}
