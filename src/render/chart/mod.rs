//! Charts drawn with characters, for terminals and plain text.

mod axis;
mod bars;
mod lanes;
mod page;
mod scale;

use std::io::{self, Write};

use crate::base::screen::harmless;
use crate::report::{Drawing, Mark, Report};

use super::{Options, human};
use page::Page;

/// Draws the charts below each other, then says what their marks mean, and the notes.
pub(super) fn render(report: &Report<'_>, options: Options, out: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(options);
    let mut blocks: Vec<Vec<String>> = Vec::new();
    let mut marks: Vec<Mark> = Vec::new();
    for chart in &report.charts {
        let title = chart.title.as_deref();
        match &chart.drawing {
            Drawing::Bars { unit, bars } => {
                blocks.push(bars::draw(title, unit, bars, &page));
                marks.extend(bars.iter().filter_map(|bar| bar.mark));
            }
            Drawing::Lanes { lanes, window } => {
                blocks.extend(lanes::draw(title, lanes, *window, &page));
                let items = lanes.iter().flat_map(|lane| &lane.items);
                marks.extend(items.filter_map(|item| item.mark));
            }
        }
    }
    marks.sort();
    marks.dedup();
    let legend = marks.into_iter().map(|mark| page.own(&human::legend(mark)));
    let notes = legend.chain(report.notes.iter().cloned());
    blocks.push(notes.flat_map(|note| page.wrap(&harmless(&note))).collect());
    blocks.retain(|block| !block.is_empty());
    for (index, block) in blocks.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        for line in block {
            writeln!(out, "{}", line.trim_end())?;
        }
    }
    Ok(())
}
