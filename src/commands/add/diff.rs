//! What a change does to a text, as `diff -u0` tells it.

/// Returns the lines that differ between two texts, of which the one holds the other's beginning and end.
pub(super) fn diff(path: &str, old: &str, new: &str) -> String {
    let (before, after) = (lines(old), lines(new));
    let same = |pair: &(&&str, &&str)| pair.0 == pair.1;
    let head = before.iter().zip(&after).take_while(same).count();
    let most = before.len().min(after.len()) - head;
    let ends = before.iter().rev().zip(after.iter().rev());
    let tail = ends.take(most).take_while(same).count();
    let changed = |lines: &[&str], sign: char| {
        let kept = lines.len() - tail - head;
        let mut text = String::new();
        for line in lines.iter().skip(head).take(kept) {
            text.push(sign);
            text.push_str(line);
            if !line.ends_with('\n') {
                text.push_str("\n\\ No newline at end of file\n");
            }
        }
        // Of no lines, the one before them is named.
        let first = head + usize::from(kept > 0);
        let count = if kept == 1 {
            String::new()
        } else {
            format!(",{kept}")
        };
        (format!("{sign}{first}{count}"), text)
    };
    let ((gone, lost), (come, won)) = (changed(&before, '-'), changed(&after, '+'));
    format!("--- {path}\n+++ {path}\n@@ {gone} {come} @@\n{lost}{won}")
}

/// Returns the lines of a text with what ends them.
fn lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_more_is_one_line_more() {
        assert_eq!(
            diff("x.csv", "a\nb\n", "a\nb\nc\n"),
            "--- x.csv\n+++ x.csv\n@@ -2,0 +3 @@\n+c\n"
        );
        assert_eq!(
            diff("x.csv", "a\n\n", "a\n\"b\nc\"\n\n"),
            "--- x.csv\n+++ x.csv\n@@ -1,0 +2,2 @@\n+\"b\n+c\"\n"
        );
    }

    #[test]
    fn a_line_that_gets_an_end_is_told_as_another() {
        assert_eq!(
            diff("x.csv", "a\nb", "a\nb\nc"),
            "--- x.csv\n+++ x.csv\n@@ -2 +2,2 @@\n-b\n\\ No newline at end of file\n+b\n+c\n\\ No newline at end of file\n"
        );
        assert_eq!(
            diff("x.json", "[\n  1\n]\n", "[\n  1,\n  2\n]\n"),
            "--- x.json\n+++ x.json\n@@ -2 +2,2 @@\n-  1\n+  1,\n+  2\n"
        );
    }
}
