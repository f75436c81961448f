//! The operator's side of the admin socket: finds the server, asks, prints the answer.
//!
//! Data goes to standard output, everything else to standard error. Whatever the server says is
//! cleaned of control characters before it is printed.

pub mod ask;
pub mod command;
mod completion;
mod confirm;
pub mod console;
mod field;
mod figures;
pub mod input;
pub mod mistake;
pub mod print;
pub mod socket;
pub mod table;
mod top;
mod watch;

use crate::admin::ask::Server;
use crate::admin::command::{Answer, Code, Command};
use crate::admin::input::{Consent, Face, Unasked, prepared};
use crate::admin::print::zone::shown_in;
use crate::admin::print::{Format, Header, Look, Shown};
use crate::admin::socket::NotFound;
use crate::exit::Exit;
use clap::Args;
use jiff::tz::TimeZone;
use std::io::{ErrorKind, IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::time::Duration;

/// What stands above the options that every verb takes.
const EVERY: &str = "Options of every verb";

/// Which server is asked.
#[derive(Debug, Clone, Default, Args)]
pub struct Which {
    /// Ask the server behind this socket
    #[arg(long, value_name = "PATH", global = true, help_heading = EVERY, conflicts_with = "port")]
    pub socket: Option<PathBuf>,
    /// Ask the server on this port
    #[arg(long, value_name = "PORT", global = true, help_heading = EVERY, value_parser = socket::port)]
    pub port: Option<u16>,
    /// Longest wait for an answer
    #[arg(long, value_name = "SECONDS", global = true, help_heading = EVERY, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    pub timeout: u64,
}

/// How a verb is carried out and its answer shown.
#[derive(Debug, Clone, Default, Args)]
pub struct Options {
    /// Print JSON
    #[arg(long, global = true, help_heading = EVERY)]
    pub json: bool,
    /// Print values parted by tabs, one line each
    #[arg(long, global = true, help_heading = EVERY, conflicts_with = "json")]
    pub tsv: bool,
    /// Cut no line, also if the terminal is narrower
    #[arg(long, global = true, help_heading = EVERY)]
    pub wide: bool,
    /// Print no line of column names
    #[arg(long, global = true, help_heading = EVERY)]
    pub no_header: bool,
    /// Do not ask back
    #[arg(short, long, global = true, help_heading = EVERY)]
    pub yes: bool,
}

impl Options {
    /// These and those together.
    fn and(&self, own: &Self) -> Self {
        Self {
            json: own.json || self.json && !own.tsv,
            tsv: own.tsv || self.tsv && !own.json,
            wide: self.wide || own.wide,
            no_header: self.no_header || own.no_header,
            yes: self.yes || own.yes,
        }
    }

    fn consent(&self) -> Consent {
        match self.yes {
            true => Consent::Given,
            false => Consent::Asked,
        }
    }

    fn format(&self) -> Format {
        match (self.json, self.tsv) {
            (true, _) => Format::Json,
            (_, true) => Format::Tsv,
            (false, false) => Format::Text,
        }
    }
}

/// Carries out one verb, or opens the console if there is none.
pub fn run(which: &Which, options: &Options, verb: Option<Command>) -> Exit {
    let server = match socket::find(which.socket.as_deref(), which.port) {
        Ok(path) => Server::new(path, Duration::from_secs(which.timeout)),
        Err(not_found) => {
            let code = match not_found {
                NotFound::None(_) | NotFound::Port(..) => Code::NoServer,
                NotFound::Several(_) => Code::Ambiguous,
            };
            let answer = Answer::failed(code, not_found.to_string(), Vec::new());
            return write(&print::failure(&answer, &look(options)));
        }
    };
    match verb {
        Some(command) => carry_out(&server, options, command, Face::Shell),
        None => console::run(&server, options),
    }
}

/// Asks the server for one thing and prints what it says.
pub fn carry_out(server: &Server, options: &Options, command: Command, face: Face) -> Exit {
    if let Command::Top(asked) = &command {
        return top::run(server, options, asked);
    }
    let consent = options.consent();
    let prepared = prepared(command, face, consent);
    let confirmed = prepared.and_then(|command| confirm::confirmed(server, command, consent));
    let shown = match confirmed {
        Ok(command) => {
            if command.is_stream() {
                return follow(server, options, &command, face);
            }
            let answer = match command {
                Command::Stop { .. } => server.stop(&command),
                Command::Verify(_) | Command::Backup(_) | Command::Upgrade(_) => {
                    server.patient().ask(&command)
                }
                _ => server.ask(&command),
            };
            print::answer(&command, &in_local_time(options, answer), &look(options))
        }
        Err(Unasked(exit, why)) => Shown {
            out: String::new(),
            err: format!("{why}\n"),
            exit,
        },
    };
    write(&shown)
}

/// Prints one answer after the other, the column names once.
fn follow(server: &Server, options: &Options, command: &Command, face: Face) -> Exit {
    if face == Face::Console {
        say("That never ends. Say it in a shell: chat admin …\n");
        return Exit::Usage;
    }
    let (mut look, mut worst) = (look(options), Exit::Done);
    let ended = server.follow(command, |answer| {
        let is_ok = answer.ok;
        let mut shown = print::answer(command, &in_local_time(options, answer), &look);
        look.header = Header::Hidden;
        if is_ok {
            shown.err.clear();
        }
        worst = shown.exit;
        match write_out(&shown) {
            Some(exit) => ControlFlow::Break(exit),
            None => ControlFlow::Continue(()),
        }
    });
    ended.unwrap_or(worst)
}

/// People at a terminal read the time of their place; programs and files get UTC.
fn in_local_time(options: &Options, answer: Answer) -> Answer {
    match options.format() == Format::Text && std::io::stdout().is_terminal() {
        true => shown_in(answer, &TimeZone::system()),
        false => answer,
    }
}

/// How to print here.
fn look(options: &Options) -> Look {
    let is_terminal = std::io::stdout().is_terminal();
    let columns = rustix::termios::tcgetwinsize(std::io::stdout()).map(|size| size.ws_col);
    Look {
        format: options.format(),
        header: match (options.no_header, is_terminal) {
            (true, _) => Header::Hidden,
            (false, true) if std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty()) => {
                Header::Bold
            }
            (false, _) => Header::Plain,
        },
        width: columns
            .ok()
            .filter(|n| is_terminal && *n > 0 && !options.wide)
            .map(usize::from),
    }
}

/// Prints; a reader that went away is no failure.
fn write(shown: &Shown) -> Exit {
    write_out(shown).unwrap_or(shown.exit)
}

/// Prints; tells how the command ends if nobody reads any more.
fn write_out(shown: &Shown) -> Option<Exit> {
    let mut out = std::io::stdout().lock();
    let written = out
        .write_all(shown.out.as_bytes())
        .and_then(|()| out.flush());
    say(&shown.err);
    match written {
        Ok(()) => None,
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Some(Exit::Done),
        Err(_) => Some(Exit::Failed),
    }
}

/// Says something beside the data.
fn say(text: &str) {
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
