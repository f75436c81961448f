//! One connection after the other: with a password that was missing, or to another server.

use crate::client::complete::Known;
use crate::client::ending::{Call, Ending, Then};
use crate::client::item::Item;
use crate::client::keyboard::Keyboard;
use crate::client::line::Line;
use crate::client::link::{Listener, Speaker};
use crate::client::reach::{reach, tell};
use crate::client::seat::Seat;
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

impl Table<'_> {
    /// Connects and talks; again, if the server wants a password that was not given, or if another server is wanted.
    pub(super) fn talk(&mut self, mut editor: Editor) -> Ending {
        let mut made = match self.reach(&mut editor) {
            Ok(made) => made,
            Err(ending) => return ending,
        };
        let given = &self.options.password;
        let mut server = given.clone().filter(|_| self.options.account.is_none());
        loop {
            let (ending, free) = block_on(self.sit(editor, &server, made));
            let Some(again) = free.filter(|_| self.options.is_person()) else {
                return ending;
            };
            editor = again;
            let reached = match &ending.then {
                Then::AskPassword => match ask(&mut editor) {
                    Ok(password) => {
                        server = Some(password);
                        self.reach(&mut editor)
                    }
                    Err(None) => return ending,
                    Err(Some(ending)) => return ending,
                },
                Then::Call(call) => self.call(call, &mut server, &mut editor),
                Then::TryAgain if self.options.loyalty == Loyalty::ComesBack => {
                    match self.wait(&ending.words, &editor) {
                        Some(interrupted) => return interrupted,
                        None => self.reach(&mut editor),
                    }
                }
                Then::Leave | Then::ComeBack | Then::TryAgain => return ending,
            };
            made = match reached {
                Ok(made) => made,
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

    /// Goes to another server, with nothing that only the one before should know. Where that fails, back to that one,
    /// its rooms and the login.
    fn call(
        &mut self,
        call: &Call,
        server: &mut Option<Secret>,
        editor: &mut Editor,
    ) -> Result<Made, Ending> {
        let address = &call.address;
        self.nick.clone_from(&call.nick);
        let other = Options {
            address: address.clone(),
            account: None,
            password: None,
            joins: Vec::new(),
            to: None,
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
                (self.route, self.options) = (route, other);
                *server = None;
                Ok(made)
            }
            Err(ending) => {
                let place = &self.route.address;
                let words = format!("{}\nBack to {place}.", ending.words);
                tell(Item::Refused(words), editor, self.view);
                self.options.joins.clone_from(&call.rooms);
                self.options.to.clone_from(&call.target);
                if let Some(identity) = &call.identity {
                    self.options.account = Some(identity.account.clone());
                    self.options.password = Some(identity.password.clone());
                }
                self.reach(editor)
            }
        }
    }

    /// One connection from its beginning to its end. The editor comes back if nothing is being typed.
    async fn sit(
        &mut self,
        editor: Editor,
        server: &Option<Secret>,
        made: Made,
    ) -> (Ending, Option<Editor>) {
        let options = &self.options;
        let mut settings = settings(options, self.nick.clone());
        settings.password.clone_from(server);
        settings.place = self.route.address.to_string();
        settings.safety = made.1.safety;
        if getrandom::fill(&mut settings.entropy).is_err() {
            let words = "This system has no random numbers.";
            return (Ending::new(Exit::Failed, words), None);
        }
        let mut state = State::new(settings, Timestamp::now());
        state.taste.clone_from(&options.habits.taste);
        state.aliases.clone_from(&options.habits.aliases);
        let keyboard = Keyboard::new(editor, options.sends.clone());
        let (printer, known) = (self.printer.clone(), Arc::clone(self.known));
        let tls = Arc::clone(&options.tls);
        let line = Line::new(self.route.clone(), tls, options.patience, made);
        let seat = Seat::new(state, self.view, printer, known, options.talk, line);
        let seat = seat.of(options.habits.clone(), options.journal.clone());
        seat.sit(keyboard).await
    }
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
