//! One connection after the other: with a password that was missing, or to another server.

use crate::client::address::Address;
use crate::client::complete::Known;
use crate::client::ending::{Ending, Then};
use crate::client::habits::Habits;
use crate::client::item::Item;
use crate::client::keyboard::Keyboard;
use crate::client::line::Line;
use crate::client::link::{Listener, Speaker};
use crate::client::reach::{reach, tell};
use crate::client::seat::Seat;
use crate::client::seat::left::{Left, Sat};
use crate::client::secret::Secret;
use crate::client::settings::Loyalty;
use crate::client::state::State;
use crate::client::tls::Route;
use crate::client::view::View;
use crate::client::{Options, settings};
use crate::exit::Exit;
use crate::terminal::editor::{Editor, Read};
use crate::terminal::mode::{self, Minder};
use crate::terminal::printer::Printer;
use async_signal::{Signal, Signals};
use async_std::future::timeout;
use async_std::task::block_on;
use futures_lite::StreamExt;
use jiff::Timestamp;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long one waits who came when there was no room.
const CROWDED: Duration = Duration::from_secs(15);
const PASSWORD: &str = "This server wants a password: ";

/// What stays from one connection to the next.
pub(super) struct Table<'t> {
    pub(super) options: Options,
    pub(super) nick: String,
    pub(super) route: Route,
    pub(super) view: &'t mut View,
    pub(super) printer: &'t Printer,
    pub(super) known: &'t Arc<Mutex<Known>>,
}

/// A connection that has just been made.
type Made = (Listener, Speaker);

/// What one sits down to.
enum Next {
    Made(Made),
    /// A conversation that goes on.
    Again(Box<Left>),
}

impl Table<'_> {
    /// Connects and talks; again, if the server wants a password that was not given, or if another server is wanted.
    pub(super) fn talk(&mut self, mut editor: Editor) -> Ending {
        let mut next = match self.reach(&mut editor) {
            Ok(made) => Next::Made(made),
            Err(ending) => return ending,
        };
        let given = &self.options.password;
        let mut server = given.clone().filter(|_| self.options.account.is_none());
        loop {
            let sat = block_on(self.sit(editor, &server, next));
            let ending = sat.ending;
            let Some(again) = sat.editor.filter(|_| self.options.is_person()) else {
                return ending;
            };
            editor = again;
            let reached = match (&ending.then, sat.left) {
                (Then::AskPassword, _) => match ask(&mut editor) {
                    Ok(password) => {
                        server = Some(password);
                        self.reach(&mut editor)
                    }
                    Err(None) => return ending,
                    Err(Some(ending)) => return ending,
                },
                (Then::Call(address), Some(left)) => {
                    next = self.call(address, left, &mut editor);
                    if let Next::Made(_) = next {
                        server = None;
                    }
                    continue;
                }
                (Then::TryAgain, _) if self.options.loyalty == Loyalty::ComesBack => {
                    match self.wait(&ending.words, &editor) {
                        Some(interrupted) => return interrupted,
                        None => self.reach(&mut editor),
                    }
                }
                _ => return ending,
            };
            next = match reached {
                Ok(made) => Next::Made(made),
                Err(ending) => return ending,
            };
        }
    }

    /// Waits until there may be room; the end, if that is given up.
    fn wait(&mut self, why: &str, editor: &Editor) -> Option<Ending> {
        let seconds = CROWDED.as_secs();
        let words = format!("{why}\nTrying again in {seconds} s; Ctrl-C gives up.");
        tell(Item::Warned(words), editor, self.view);
        let signals = [Signal::Term, Signal::Hup, Signal::Int];
        let mut signals = Signals::new(signals).ok()?;
        block_on(timeout(CROWDED, signals.next())).ok()?;
        Some(Ending::quiet(Exit::Interrupted))
    }

    fn reach(&mut self, editor: &mut Editor) -> Result<Made, Ending> {
        mode::minded_by(Minder::Nobody);
        block_on(reach(&self.options, &self.route, editor, self.view))
    }

    /// Goes to another server, under the name that one has, with nothing else that only the one before should know.
    /// The one before is left once the other is reached; where that fails, the conversation goes on.
    fn call(&mut self, address: &Address, left: Left, editor: &mut Editor) -> Next {
        let other = Options {
            address: address.clone(),
            account: None,
            password: None,
            joins: Vec::new(),
            to: None,
            habits: Habits {
                aliases: left.state.aliases.clone(),
                ..left.habits.clone()
            },
            ..self.options.clone()
        };
        mode::minded_by(Minder::Nobody);
        let route = other.tls.route(address, Timestamp::now());
        let reached = route.and_then(|route| {
            if let Some(why) = &route.why {
                tell(Item::Warned(why.clone()), editor, self.view);
            }
            let made = block_on(reach(&other, &route, editor, self.view))?;
            Ok((route, made))
        });
        match reached {
            Ok((route, made)) => {
                self.nick.clone_from(&left.state.me);
                (self.route, self.options) = (route, other);
                block_on(left.say_goodbye());
                Next::Made(made)
            }
            Err(ending) => {
                let place = &left.state.settings.place;
                let still = match left.state.is_apart() {
                    true => {
                        format!("There is still no connection to {place}; /reconnect makes one.")
                    }
                    false => format!("You are still connected to {place}."),
                };
                let words = format!("{}\n{still}", ending.words);
                tell(
                    Item::Refused(words.trim_start().to_owned()),
                    editor,
                    self.view,
                );
                Next::Again(Box::new(left))
            }
        }
    }

    /// One connection from its beginning, or from where it was left, to its end.
    async fn sit(&mut self, editor: Editor, server: &Option<Secret>, next: Next) -> Sat {
        let options = &self.options;
        let keyboard = Keyboard::new(editor, options.sends.clone());
        let (printer, known) = (self.printer.clone(), Arc::clone(self.known));
        let seat = match next {
            Next::Again(left) => Seat::again(*left, self.view, printer, known, options.talk),
            Next::Made(made) => {
                let Some(state) = begun(options, &self.nick, &self.route, server, &made) else {
                    let words = "This system has no random numbers.";
                    return Sat::never(Ending::new(Exit::Failed, words));
                };
                let tls = Arc::clone(&options.tls);
                let line = Line::new(self.route.clone(), tls, options.patience, made);
                let seat = Seat::new(state, self.view, printer, known, options.talk, line);
                seat.of(options.habits.clone())
            }
        };
        let seat = seat.logging(options.journal.clone());
        seat.sit(keyboard).await
    }
}

/// The beginning of a conversation; nothing, where there are no random numbers.
fn begun(
    options: &Options,
    nick: &str,
    route: &Route,
    server: &Option<Secret>,
    made: &Made,
) -> Option<State> {
    let mut settings = settings(options, nick.to_owned());
    settings.password.clone_from(server);
    settings.place = route.address.to_string();
    settings.safety = made.1.safety;
    getrandom::fill(&mut settings.entropy).ok()?;
    let mut state = State::new(settings, Timestamp::now());
    state.taste.clone_from(&options.habits.taste);
    state.aliases.clone_from(&options.habits.aliases);
    Some(state)
}

/// The server's password; if there is none, the end, where it is another than before.
fn ask(editor: &mut Editor) -> Result<Secret, Option<Ending>> {
    mode::minded_by(Minder::Nobody);
    match editor.ask_secret(PASSWORD) {
        Read::Line(password) if !password.is_empty() => Ok(Secret::new(password)),
        Read::Interrupted | Read::Wiped(_) => Err(Some(Ending::quiet(Exit::Interrupted))),
        _ => Err(None),
    }
}
