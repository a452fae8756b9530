//! The command line: arguments in, bytes out, errors and hints to stderr.
//!
//! Nothing else in the program prints, exits or reads the environment.

mod checks;
mod progress;

use std::ffi::OsString;
use std::fmt;
use std::io::{self, BufWriter, IsTerminal as _, StdoutLock, Write};
use std::mem::ManuallyDrop;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anstream::AutoStream;
use anyhow::{Context as _, Result};
use clap::Args as _;
use terminal_size::terminal_size_of;

use crate::base::Complaint;
use crate::base::screen::harmless;
use crate::commands::{Command, Context, Global, NARROWEST};

use crate::output::{self, Target};
use crate::package::{LoadError, Origin};
use crate::render::{Format, Options, render};
use crate::report::Table;
use checks::{check_columns, check_inputs};
use progress::Progress;

/// The answer is no.
const NO: u8 = 1;

/// Could not be done: wrong arguments, a broken casebook, a file that cannot be written.
const FAILURE: u8 = 2;

/// How often a change is tried that others are ahead of. One of them succeeds every time.
const TRIES: usize = 100;

/// What went wrong when stdout takes no more.
const UNWRITTEN: &str = "the answer cannot be written";

const ABOUT: &str = "Compares companies on cited evidence, offline";

const LONG_ABOUT: &str = "\
Compares companies on cited evidence, offline.

casecmp answers from a casebook: what published sources state about companies, each claim with its source and place, \
rival claims side by side. The one inside the program covers Amazon and Netflix.";

const AFTER_HELP: &str = "\
Exit codes: 0 done, 1 the answer is no, 2 could not be done.

Examples:
  casecmp timeline netflix
  casecmp compare --metric nps
  casecmp why amazon.ipo
  casecmp timeline amazon -f csv -o amazon.csv
  casecmp init my-cases";

/// Everything that stands on the command line.
struct Args {
    global: Global,
    command: Command,
}

impl Args {
    fn parse(
        args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    ) -> Result<Self, clap::Error> {
        let args: Vec<OsString> = args.into_iter().map(Into::into).collect();
        let first = args.get(1).and_then(|first| first.to_str());
        let program = Command::augment(clap::Command::new("casecmp"), first);
        let program = Global::augment_args(program)
            .version(env!("CARGO_PKG_VERSION"))
            .about(ABOUT)
            .long_about(LONG_ABOUT)
            .after_help(AFTER_HELP)
            .max_term_width(100);
        let matches = program.try_get_matches_from(args)?;
        Ok(Self {
            global: Global::of_matches(&matches)?,
            command: Command::of_matches(&matches)?,
        })
    }
}

/// Where a run writes, and what is known of the screens there.
#[allow(
    clippy::struct_excessive_bools,
    reason = "each is what is known of one screen"
)]
pub struct Io<'a> {
    /// Data.
    pub out: &'a mut dyn Write,
    /// Everything else.
    pub err: &'a mut dyn Write,
    /// The casebooks to use when the user names none; none for the one inside the program.
    pub data: Vec<PathBuf>,
    /// Columns to fit tables to; `None` for no limit.
    pub width: Option<u16>,
    /// Whether the screen for data shows no more than ASCII.
    pub is_ascii: bool,
    /// Whether data may be coloured when the user does not say.
    pub is_out_coloured: bool,
    /// Whether messages may be coloured when the user does not say.
    pub is_err_coloured: bool,
    /// Whether messages go to a screen.
    pub is_err_screen: bool,
}

impl<'a> Io<'a> {
    /// Makes the writers of a run without a terminal.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Self {
            out,
            err,
            data: Vec::new(),
            width: None,
            is_ascii: false,
            is_out_coloured: false,
            is_err_coloured: false,
            is_err_screen: false,
        }
    }
}

/// Runs the program on its own arguments and streams.
pub fn main() -> ExitCode {
    // Progress is shown from other threads, so that stderr stays unlocked.
    let (stdout, stderr) = (io::stdout().lock(), io::stderr());
    let is_coloured = |choice| choice != anstream::ColorChoice::Never;
    let mut io = Io {
        data: std::env::var_os("CASECMP_DATA").map_or_else(Vec::new, |data| {
            let named = std::env::split_paths(&data);
            named.filter(|data| !data.as_os_str().is_empty()).collect()
        }),
        width: screen_width(&stdout),
        is_ascii: stdout.is_terminal() && !is_screen_of_utf8(),
        is_out_coloured: is_coloured(AutoStream::choice(&stdout)),
        is_err_coloured: is_coloured(AutoStream::choice(&stderr)),
        is_err_screen: stderr.is_terminal(),
        out: &mut BufWriter::new(stdout),
        err: &mut BufWriter::new(stderr),
    };
    run(std::env::args_os(), &mut io)
}

/// Returns the columns to fit tables to: `COLUMNS`, or the terminal's.
fn screen_width(stdout: &StdoutLock<'_>) -> Option<u16> {
    let columns = std::env::var("COLUMNS")
        .ok()
        .and_then(|columns| columns.parse().ok());
    let of_terminal = || terminal_size_of(stdout).map(|(width, _)| width.0);
    let width: Option<u16> = columns.or_else(of_terminal);
    width.map(|width| width.max(NARROWEST))
}

/// Says whether the screen shows UTF-8, as far as the environment tells.
fn is_screen_of_utf8() -> bool {
    // A console of Windows shows Unicode, and has no locale in its environment.
    let mut names = ["LC_ALL", "LC_CTYPE", "LANG"].iter();
    let locale =
        names.find_map(|name| std::env::var(name).ok().filter(|locale| !locale.is_empty()));
    let locale = locale.unwrap_or_default().to_lowercase();
    cfg!(windows) || locale.contains("utf-8") || locale.contains("utf8")
}

/// Runs the program on arguments, the program's name first, and returns its exit code.
///
/// A reader that closes the pipe ends the run quietly with success.
pub fn run(
    args: impl IntoIterator<Item = impl Into<OsString> + Clone>,
    io: &mut Io<'_>,
) -> ExitCode {
    let ended = match Args::parse(args) {
        Ok(args) => answer(&args, io),
        Err(error) => usage(&error, io).map_err(Into::into),
    };
    let told = match ended {
        Ok(code) => io.out.flush().map(|()| code).map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    let code = match told {
        Ok(code) => code,
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            // Where even stderr is closed there is nobody left to tell.
            let _ = complain(&error, io);
            ExitCode::from(FAILURE)
        }
    };
    let _ = io.err.flush();
    code
}

/// Answers the command and tells what must be told beside the answer.
fn answer(args: &Args, io: &mut Io<'_>) -> Result<ExitCode> {
    let global = &args.global;
    io.is_err_coloured = global.is_coloured(io.is_err_coloured);
    let format = format(args)?;
    args.command.check_data(&global.data)?;
    let named = if global.data.is_empty() {
        &io.data
    } else {
        &global.data
    };
    let origins = if named.is_empty() {
        vec![Origin::Builtin]
    } else {
        named.iter().map(|data| Origin::named(data)).collect()
    };
    let target = match global.file() {
        Some(path) => {
            check_inputs(path, &args.command, &origins)?;
            Some(Target::new(path, global.force)?)
        }
        None => None,
    };
    for _ in 0..TRIES {
        if let Some(code) = attempt(args, &origins, format, target.as_ref(), io)? {
            return Ok(code);
        }
    }
    let message = "others keep changing the casebook in the meantime";
    Err(Complaint::new(message)
        .hint("nothing is written; run the command again")
        .into())
}

/// Answers the command; `None` where a file that it is to change has changed since it was read, and nothing is done.
fn attempt(
    args: &Args,
    origins: &[Origin],
    format: Format,
    target: Option<&Target>,
    io: &mut Io<'_>,
) -> Result<Option<ExitCode>> {
    let global = &args.global;
    // Freeing every record takes longer than writing most answers, and a run is the last thing a process does.
    let progress = Arc::new(Progress::new(io.is_err_screen));
    let shown = Arc::clone(&progress);
    let context = Context::new(origins.iter().cloned(), format)
        .tell(Box::new(move |read, all| shown.show(read, all)));
    let context = ManuallyDrop::new(context);
    let report = args.command.run(&context);
    progress.clear();
    let report = report?;
    let code = ExitCode::from(if report.is_no { NO } else { 0 });
    let is_served = |table: &&Table<'_>| table.audience.is_served(false, format.is_flat());
    check_columns(&report, format, global.format().is_some())?;
    if format.is_flat() && report.tables.iter().filter(is_served).count() > 1 {
        let hint = "use -f json or -f ndjson; for one table: casecmp query TABLE -f csv";
        return Err(
            Complaint::new("csv and tsv hold one table, and this is several")
                .hint(hint)
                .into(),
        );
    }
    let options = Options {
        width: global
            .width
            .or(io.width)
            .filter(|_| target.is_none() || global.width.is_some()),
        is_styled: global.is_coloured(io.is_out_coloured) && target.is_none(),
        is_unguarded: global.no_guard,
        is_ascii: io.is_ascii && target.is_none(),
    };
    if let Some(change) = &report.change {
        if let Some(target) = target {
            target.check(change)?;
        }
        if !output::make(change)? {
            return Ok(None);
        }
    }
    let notes = match target {
        None => render(report, format, options, io.out).context(UNWRITTEN)?,
        Some(target) => target.write(|out| render(report, format, options, out))?,
    };
    io.out.flush().context(UNWRITTEN)?;
    for note in context.warnings().into_iter().chain(notes) {
        say(io, "note", &note)?;
    }
    Ok(Some(code))
}

/// Returns the format asked for, by name, by the extension of the file, or by the command.
fn format(args: &Args) -> Result<Format> {
    if let Some(format) = args.global.format() {
        return Ok(format);
    }
    match args.global.file() {
        Some(path) => output::format_of(path).map_err(Into::into),
        None => Ok(args.command.default_format()),
    }
}

/// Prints help and version to stdout, wrong usage to stderr.
fn usage(error: &clap::Error, io: &mut Io<'_>) -> io::Result<ExitCode> {
    let text = error.render();
    let show = |is_coloured| -> Box<dyn fmt::Display + '_> {
        if is_coloured {
            Box::new(text.ansi())
        } else {
            Box::new(&text)
        }
    };
    if error.use_stderr() {
        write!(io.err, "{}", show(io.is_err_coloured))?;
        Ok(ExitCode::from(FAILURE))
    } else {
        write!(io.out, "{}", show(io.is_out_coloured))?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Prints an error, every mistake of a casebook on its own, each with its hint.
fn complain(error: &anyhow::Error, io: &mut Io<'_>) -> io::Result<()> {
    if let Some(LoadError { problems }) = error.downcast_ref() {
        for problem in problems {
            say(io, "error", &problem.to_string())?;
            if let Some(hint) = &problem.hint {
                say(io, "hint", hint)?;
            }
        }
        return Ok(());
    }
    say(io, "error", &format!("{error:#}"))?;
    match error.downcast_ref::<Complaint>() {
        Some(Complaint {
            hint: Some(hint), ..
        }) => say(io, "hint", hint),
        _ => Ok(()),
    }
}

/// Prints a message to stderr, without what would act on the terminal.
fn say(io: &mut Io<'_>, kind: &str, message: &str) -> io::Result<()> {
    let safe = harmless(message);
    if io.is_err_coloured {
        writeln!(io.err, "\u{1b}[1m{kind}:\u{1b}[0m {safe}")
    } else {
        writeln!(io.err, "{kind}: {safe}")
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let mut causes = error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<io::Error>());
    causes.any(|cause| cause.kind() == io::ErrorKind::BrokenPipe)
}
