//! How far a long reading is: a line on a terminal, after a second, that disappears when the reading ends.

use std::io::{self, Write as _};
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// How long a reading must take to be shown.
const PATIENCE: Duration = Duration::from_secs(1);

/// How long a line stands before the next.
const PACE: Duration = Duration::from_millis(100);

/// Columns of the bar.
const WIDTH: u64 = 30;

/// The line. Nothing is shown where stderr is no terminal.
pub(super) struct Progress {
    is_shown: bool,
    begun: Instant,
    /// When the last line was written; `None` before the first.
    written: Mutex<Option<Instant>>,
}

impl Progress {
    pub(super) fn new(is_shown: bool) -> Self {
        Self {
            is_shown,
            begun: Instant::now(),
            written: Mutex::new(None),
        }
    }

    /// Shows how many bytes are read, of how many where that is known. Whoever is late waits for nobody.
    pub(super) fn show(&self, read: u64, all: Option<u64>) {
        if !self.is_shown || self.begun.elapsed() < PATIENCE {
            return;
        }
        let Ok(mut written) = self.written.try_lock() else {
            return;
        };
        if written.is_none_or(|written| written.elapsed() >= PACE) {
            *written = Some(Instant::now());
            // A line that cannot be shown is no reason to stop.
            let _ = write!(io::stderr(), "\r{}\u{1b}[K", line(read, all));
        }
    }

    /// Removes the line.
    pub(super) fn clear(&self) {
        if let Ok(mut written) = self.written.lock()
            && written.take().is_some()
        {
            let _ = write!(io::stderr(), "\r\u{1b}[K");
        }
    }
}

/// Writes the line: `reading [=====>    ]  52 % of 2154 MB`.
fn line(read: u64, all: Option<u64>) -> String {
    let megabytes = |bytes: u64| bytes.div_ceil(1_000_000);
    let Some(all) = all.filter(|all| *all > 0) else {
        return format!("reading: {} MB", megabytes(read));
    };
    let read = read.min(all);
    let done = usize::try_from(WIDTH * read / all).unwrap_or_default();
    let left = usize::try_from(WIDTH).unwrap_or_default() - done;
    let percent = 100 * read / all;
    format!(
        "reading [{:=<done$}{:left$}] {percent:3} % of {} MB",
        "",
        "",
        megabytes(all)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_tells_how_far_it_is() {
        assert_eq!(line(5_000_000, None), "reading: 5 MB");
        assert_eq!(
            line(1_000_000, Some(2_000_000)),
            format!(
                "reading [{}{}]  50 % of 2 MB",
                "=".repeat(15),
                " ".repeat(15)
            )
        );
        assert!(line(3, Some(2)).contains("100 %"), "parts are rounded up");
        assert_eq!(line(0, Some(0)), "reading: 0 MB");
    }
}
