//! The terminal client: a pure [`state`] between a keyboard, a screen and a socket.
//!
//! This file and [`link`] are the only ones that touch the outside. Everything arrives through channels at
//! one loop: lines of the keyboard's thread, lines of the socket, signals, and the time. The loop gives them
//! to the state and does the deeds that come out. It never waits for the screen or for the socket.

pub mod act;
pub mod address;
pub mod asked;
pub mod back;
pub mod batches;
pub mod caps;
pub mod complete;
pub mod deed;
pub mod dialog;
pub mod ending;
pub mod fact;
pub mod files;
pub mod habits;
pub mod hear;
pub mod inbox;
pub mod input;
pub mod item;
pub mod journal;
mod keyboard;
pub mod keys;
pub mod leavers;
mod line;
pub mod link;
pub mod login;
pub mod naming;
pub mod offer;
pub mod outbox;
pub mod past;
pub mod presence;
mod reach;
pub mod recent;
pub mod room;
mod seat;
pub mod secret;
pub mod server;
pub mod settings;
pub mod split;
pub mod spoken;
pub mod state;
mod table;
pub mod taste;
pub mod tick;
pub mod tls;
pub mod track;
mod transfer;
pub mod view;
pub mod when;
pub mod wire;
pub mod wrap;

use crate::client::address::Address;
use crate::client::complete::Known;
use crate::client::ending::Ending;
use crate::client::fact::Fact;
use crate::client::habits::Habits;
use crate::client::item::Item;
use crate::client::journal::Journal;
use crate::client::reach::{reach, tell};
use crate::client::secret::Secret;
use crate::client::settings::{Badge, Loyalty, Manner, Safety, Settings, Tongue};
use crate::client::state::NAME;
use crate::client::table::Table;
use crate::client::tls::{Route, Tls};
use crate::client::transfer::paths;
use crate::client::view::View;
use crate::client::view::look::{Charset, Colour, Layout, Look};
use crate::exit::Exit;
use crate::terminal::editor::{Editor, Read};
use crate::terminal::mode;
use crate::terminal::printer::Printer;
use crate::terminal::queue::Closed;
use async_std::task;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What the command line asks for.
#[derive(Debug, Clone)]
pub struct Options {
    pub address: Address,
    pub tls: Arc<Tls>,
    pub nick: Option<String>,
    pub joins: Vec<String>,
    pub to: Option<String>,
    /// To be said, one after the other, instead of what is typed.
    pub sends: Vec<String>,
    /// The server's password; with an account, the account's.
    pub password: Option<Secret>,
    pub account: Option<String>,
    pub loyalty: Loyalty,
    pub layout: Layout,
    pub colour: Colour,
    pub talk: Talk,
    pub tongue: Tongue,
    pub habits: Habits,
    pub patience: Duration,
    pub history: Option<PathBuf>,
    /// Where what is shown is written, too.
    pub journal: Option<Arc<Journal>>,
}

impl Options {
    /// Whether somebody is there who can be asked.
    fn is_person(&self) -> bool {
        mode::is_interactive() && self.sends.is_empty() && self.tongue == Tongue::Words
    }
}

/// How much the client says about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Talk {
    Usual,
    /// Nothing but what others say and what goes wrong.
    Quiet,
}

const NO_PASSWORD: &str = "Without a terminal nobody can be asked for the account's password.\n\
    --password-file FILE, --password-stdin or --password-command COMMAND gives it.";
const NO_NAME: &str = "A name is needed: chat connect HOST PORT --nick NAME\n(without a terminal nobody can be asked)";

/// Connects and stays until the end; the process's exit code.
pub fn run(options: Options) -> u8 {
    let known = Arc::new(Mutex::new(Known::default()));
    let of_editor = Arc::clone(&known);
    let complete = Box::new(move |line: &str, pos| {
        if let Some(typed) = Known::path_at(line, pos) {
            return (typed.start, paths::complete(&typed.word));
        }
        let known = of_editor.lock().unwrap_or_else(PoisonError::into_inner);
        let (start, all) = known.complete(line, pos);
        (start, offer::capped(all, pos.saturating_sub(start)))
    });
    let is_one_shot = !options.sends.is_empty();
    let mut editor = Editor::new(complete, options.history.clone())
        .judged_by(keyboard::judge)
        .jumping();
    let look = look(&options, editor.is_editing() && !is_one_shot);
    let mut view = View::new(look, TimeZone::system());
    view.adopt(&options.habits.taste);
    let printer = editor.printer();
    let ending = match prepare(&options, &mut editor, &mut view) {
        Ok((nick, route)) => {
            let mut table = Table {
                options: options.clone(),
                nick,
                route,
                view: &mut view,
                printer: &printer,
                known: &known,
            };
            table.talk(editor)
        }
        Err(ending) => ending,
    };
    match options.tongue {
        Tongue::Words => say_goodbye(&ending, &printer, &mut view),
        Tongue::Json => tell_goodbye(&ending, &printer),
    }
    ending.exit.code()
}

/// The last object.
fn tell_goodbye(ending: &Ending, printer: &Printer) {
    let bye = fact::What::Bye {
        exit: ending.exit.code(),
        text: ending.words.clone(),
    };
    printer.print(Fact::at(Timestamp::now(), bye).line());
    printer.close();
    mode::restore();
}

/// The last words: what was typed and not sent, and why it ends.
fn say_goodbye(ending: &Ending, printer: &Printer, view: &mut View) {
    let unfinished = printer.unfinished();
    if !unfinished.is_empty() && !input::is_secret(&unfinished) {
        let item = Item::Warned(format!("Not sent: {unfinished}"));
        printer.note(view.render(&item, mode::columns()));
    }
    let words = match ending.words.as_str() {
        "" => String::new(),
        words => view.render(&Item::Refused(words.to_owned()), mode::columns()),
    };
    printer.note(&words);
    let closed = printer.close();
    mode::restore();
    if closed == Closed::Cut && !words.is_empty() {
        eprintln!("{words}");
    }
}

/// The name to ask the server for, and the way to it. If a person has to be asked for the name, the server is
/// looked for first, so that nobody answers in vain.
fn prepare(
    options: &Options,
    editor: &mut Editor,
    view: &mut View,
) -> Result<(String, Route), Ending> {
    let can_ask = options.is_person();
    let has_proof = options.password.is_some() || options.tls.means.has_own();
    if options.account.is_some() && !has_proof && !can_ask {
        return Err(Ending::new(Exit::Usage, NO_PASSWORD));
    }
    let route = options.tls.route(&options.address, Timestamp::now())?;
    if let Some(why) = &route.why {
        tell(Item::Warned(why.clone()), editor, view);
    }
    if let Some(nick) = options.nick.as_ref().or(options.account.as_ref()) {
        return Ok((nick.clone(), route));
    }
    if !can_ask {
        return Err(Ending::new(Exit::Usage, NO_NAME));
    }
    drop(task::block_on(reach(options, &route, editor, view))?);
    ask_name(editor, view).map(|name| (name, route))
}

fn ask_name(editor: &mut Editor, view: &mut View) -> Result<String, Ending> {
    loop {
        let name = match editor.ask(NAME) {
            Read::Line(name) => name.trim().to_owned(),
            Read::Wiped(_) | Read::Interrupted => return Err(Ending::quiet(Exit::Interrupted)),
            Read::Eof => return Err(Ending::quiet(Exit::Done)),
            _ => String::new(),
        };
        if name == "QUIT" || name.eq_ignore_ascii_case("/quit") {
            return Err(Ending::quiet(Exit::Done));
        }
        let Some(fault) = naming::fault(&name) else {
            return Ok(name);
        };
        tell(Item::Refused(fault.to_owned()), editor, view);
    }
}

fn settings(options: &Options, nick: String) -> Settings {
    let is_person = options.is_person();
    let mut joins = options.joins.clone();
    joins.extend(options.address.room.clone());
    Settings {
        nick,
        joins,
        to: options.to.clone(),
        password: None,
        account: options.account.clone(),
        account_password: options
            .password
            .clone()
            .filter(|_| options.account.is_some()),
        manner: if is_person {
            Manner::Person
        } else {
            Manner::Pipe
        },
        tongue: options.tongue,
        place: options.address.to_string(),
        safety: Safety::Open,
        badge: match options.tls.means.has_own() {
            true => Badge::Certificate,
            false => Badge::None,
        },
        loyalty: options.loyalty,
        zone: TimeZone::system(),
        entropy: [0; 18],
        patience: SignedDuration::try_from(options.patience).unwrap_or(SignedDuration::MAX),
    }
}

fn look(options: &Options, is_editing: bool) -> Look {
    let is_plain = options.layout == Layout::Plain;
    let is_dumb = mode::is_screen() && mode::is_dumb();
    Look {
        layout: if is_editing {
            options.layout
        } else {
            Layout::Plain
        },
        colour: match options.colour {
            Colour::On if mode::has_few_colours() => Colour::Few,
            colour => colour,
        },
        charset: match (mode::is_utf8() && !is_dumb, mode::is_screen()) {
            (true, _) if !is_plain => Charset::Utf8,
            (false, true) => Charset::Ascii,
            (true | false, _) => Charset::AsciiSigns,
        },
        theme: options.habits.taste.theme,
    }
}
