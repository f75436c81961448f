//! The loop: everything that arrives goes to the state, every deed that comes out is done.

pub(super) mod left;
mod shown;

use self::left::{Left, Sat};
use self::shown::Ringer;
use crate::client::Talk;
use crate::client::complete::Known;
use crate::client::deed::{Deed, Wanted};
use crate::client::ending::{Ending, Then};
use crate::client::files::order::Report;
use crate::client::habits::Habits;
use crate::client::item::Item;
use crate::client::journal::Journal;
use crate::client::keyboard::{Keyboard, Want};
use crate::client::line::Line;
use crate::client::link::{Speaker, Tidings};
use crate::client::state::State;
use crate::client::transfer::Porter;
use crate::client::view::View;
use crate::client::view::prompt::Prompt;
use crate::exit::Exit;
use crate::terminal::editor::Read;
use crate::terminal::mode::{self, Minder};
use crate::terminal::printer::Printer;
use async_channel::{Receiver, Sender};
use async_io::Timer;
use async_signal::{Signal, Signals};
use futures_lite::{FutureExt, StreamExt};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr;

/// Shortest time between two looks at the names for completion.
const KNOWN_PACE: Duration = Duration::from_millis(500);

/// What arrives.
enum Arrival {
    Tidings(Tidings),
    Report(Report),
    Typed(Read),
    Signal(Signal),
    Time,
}

/// How far deeds were done.
enum Done {
    All,
    /// The server takes nothing more.
    Stuck,
    End(Ending),
}

/// Where the person sits: between keyboard, screen and socket.
pub(super) struct Seat<'v> {
    state: State,
    view: &'v mut View,
    printer: Printer,
    known: Arc<Mutex<Known>>,
    known_at: Option<Instant>,
    /// The names may have changed since then; they are to be looked at after this time.
    is_changed: bool,
    known_wait: Option<Duration>,
    talk: Talk,
    habits: Habits,
    ringer: Ringer,
    /// A line has been asked for and has not come.
    is_reading: bool,
    /// Columns of the prompt with which it was asked for.
    prompt_width: usize,
    /// Another program has the terminal, and Ctrl-C is its own.
    is_lent: bool,
    /// What is to be shown in the pager.
    page: Option<String>,
    line: Line,
    porter: Porter,
    journal: Option<Arc<Journal>>,
    /// It is a conversation that goes on.
    is_again: bool,
}

impl<'v> Seat<'v> {
    pub(super) fn new(
        state: State,
        view: &'v mut View,
        printer: Printer,
        known: Arc<Mutex<Known>>,
        talk: Talk,
        line: Line,
    ) -> Self {
        let porter = line.porter();
        Self {
            state,
            view,
            printer,
            known,
            known_at: None,
            is_changed: true,
            known_wait: None,
            talk,
            habits: Habits::default(),
            ringer: Ringer::default(),
            is_reading: false,
            prompt_width: 0,
            is_lent: false,
            page: None,
            line,
            porter,
            journal: None,
            is_again: false,
        }
    }

    /// The same for somebody with these ways.
    pub(super) fn of(self, habits: Habits) -> Self {
        Self { habits, ..self }
    }

    /// The same for somebody who keeps a log, or does not.
    pub(super) fn logging(self, journal: Option<Arc<Journal>>) -> Self {
        Self { journal, ..self }
    }

    /// Stays until the end.
    pub(super) async fn sit(mut self, keyboard: Keyboard) -> Sat {
        let (want, reads, thread) = keyboard.start();
        let Ok(mut signals) = Signals::new([Signal::Term, Signal::Hup, Signal::Int]) else {
            let words = "Signals cannot be waited for on this system.";
            return Sat::never(Ending::new(Exit::Failed, words));
        };
        mode::minded_by(Minder::Table);
        let mut deeds = match self.is_again {
            true => self.state.tick(Timestamp::now()),
            false => self.state.greet(),
        };
        let ending = loop {
            if let Some(ending) = self.act(deeds) {
                break ending;
            }
            self.look_up(&want);
            let outside = (&self.line.tidings, &self.porter.reports);
            let arrival = arrive(outside, &reads, &mut signals, self.patience()).await;
            match self.take(arrival) {
                Ok(more) => deeds = more,
                Err(ending) => break ending,
            }
        };
        let is_free = !self.is_reading;
        let mut left = None;
        if is_free && matches!(ending.then, Then::Call(_)) {
            left = Some(Left {
                state: self.state,
                habits: self.habits,
                line: self.line,
                porter: self.porter,
            });
        } else {
            self.line.finish().await;
        }
        want.close();
        Sat {
            ending,
            editor: is_free.then(|| thread.join().ok()).flatten(),
            left,
        }
    }

    fn patience(&self) -> Duration {
        let left = self.state.deadline().duration_since(Timestamp::now());
        let left = Duration::try_from(left).unwrap_or(Duration::ZERO);
        self.known_wait.map_or(left, |wait| wait.min(left))
    }

    fn take(&mut self, arrival: Arrival) -> Result<Vec<Deed>, Ending> {
        let now = Timestamp::now();
        Ok(match arrival {
            Arrival::Tidings(Tidings::Heard(lines)) => {
                self.is_changed = true;
                let mut deeds = Vec::new();
                for line in lines {
                    deeds.extend(self.state.heard(&line, now));
                }
                deeds.extend(self.state.tick(now));
                deeds
            }
            Arrival::Tidings(Tidings::Lost(why)) => self.state.lost(&why, now),
            Arrival::Tidings(Tidings::Connected(speaker)) => {
                self.speak_by(speaker);
                self.state.connected(now)
            }
            Arrival::Tidings(Tidings::Unreachable(ending)) => self.state.not_connected(ending, now),
            Arrival::Report(report) => {
                self.is_changed = true;
                self.state.carried(report, now)
            }
            Arrival::Typed(read) => {
                (self.is_reading, self.is_lent) = (false, false);
                self.typed(read, now)
            }
            Arrival::Signal(Signal::Int) if self.is_lent => Vec::new(),
            Arrival::Signal(_) => return Err(Ending::quiet(Exit::Interrupted)),
            Arrival::Time => self.state.tick(now),
        })
    }

    /// A connection was made again, perhaps another way than before.
    fn speak_by(&mut self, speaker: Speaker) {
        self.state.settings.safety = speaker.safety;
        self.state.settings.place = self.line.route.address.to_string();
        if let Some(note) = speaker.note.clone() {
            self.show(&Item::Status(note));
        }
        self.line.speak_by(speaker);
    }

    fn typed(&mut self, read: Read, now: Timestamp) -> Vec<Deed> {
        match read {
            Read::Line(line) => self.state.typed(&line, now),
            Read::Wiped(_) => {
                self.state.strayed = None;
                Vec::new()
            }
            Read::Done => Vec::new(),
            Read::Jump(jump) => self.state.jumped(jump, now),
            Read::Edited(text) => self.state.edited(&text, now),
            Read::Undone(why) => self.state.undone(&why, now),
            Read::Unreadable(words) => self.state.unreadable(&words, now),
            Read::Interrupted => self.state.interrupted(now),
            Read::Eof => self.state.input_ended(now),
        }
    }

    /// Does what is to be done; the end, if it has come.
    fn act(&mut self, mut deeds: Vec<Deed>) -> Option<Ending> {
        loop {
            let end = self.do_all(deeds);
            deeds = match end {
                Done::All => return None,
                Done::End(ending) => return Some(ending),
                Done::Stuck => self
                    .state
                    .lost("the server takes nothing more", Timestamp::now()),
            };
        }
    }

    fn do_all(&mut self, deeds: Vec<Deed>) -> Done {
        let mut bytes = Vec::new();
        let mut end = None;
        for deed in deeds {
            match deed {
                Deed::Send(line) => bytes.extend_from_slice(&line),
                Deed::Show(item) => self.show(&item),
                Deed::Tell(fact) => self.printer.print(fact.line()),
                Deed::Adopt(taste) => {
                    self.view.adopt(&taste);
                    self.habits.taste = *taste;
                }
                Deed::Remember {
                    section,
                    key,
                    value,
                } => self.remember(section, &key, &value),
                Deed::Carry(order) => self.porter.carry(*order, &self.line.route),
                Deed::Grant(grant) => self.porter.grant(*grant),
                Deed::Abandon(number) => self.porter.abandon(number),
                Deed::Clear => self.printer.clear(),
                Deed::Page(items) => self.page = self.in_pages(&items),
                Deed::Part => {
                    let _ = self.line.say(std::mem::take(&mut bytes));
                    self.line.part();
                }
                Deed::HangUp => {
                    bytes.clear();
                    self.line.hang_up();
                }
                Deed::Connect => self.line.call(),
                Deed::Upgrade(port) => {
                    bytes.clear();
                    self.line.upgrade(port);
                }
                Deed::Promise(seconds) => {
                    if let Err(words) = self.line.promise(seconds) {
                        self.show(&Item::Warned(words));
                    }
                }
                Deed::Leave(ending) => end = end.or(Some(ending)),
            }
        }
        let is_written = bytes.is_empty() || self.line.say(bytes);
        match end {
            Some(ending) => Done::End(ending),
            None if is_written => Done::All,
            None => Done::Stuck,
        }
    }

    /// Keeps prompt and completion true, and asks for a line where one is wanted.
    fn look_up(&mut self, want: &Sender<Want>) {
        let wait = self
            .known_at
            .map_or(Duration::ZERO, |at| KNOWN_PACE.saturating_sub(at.elapsed()));
        self.known_wait = Some(wait).filter(|wait| !wait.is_zero() && self.is_changed);
        if wait.is_zero() && self.is_changed {
            self.is_changed = false;
            self.known_at = Some(Instant::now());
            *self.known.lock().unwrap_or_else(PoisonError::into_inner) = Known::of(&self.state);
        }
        self.view.follow(&self.state.files);
        let wanted = self.state.wanted();
        if self.is_reading {
            if wanted == Wanted::Line {
                self.printer.prompt(&self.prompt());
            }
            return;
        }
        let page = self.page.take_if(|_| wanted != Wanted::Nothing);
        let wish = match wanted {
            Wanted::Nothing => return,
            _ if page.is_some() => Want::Page(page.unwrap_or_default()),
            Wanted::Draft(text) => Want::Draft(text),
            Wanted::Answer(question) => Want::Answer(self.view.question(&question)),
            Wanted::Secret(question) => Want::Secret(self.view.question(&question)),
            Wanted::Line => Want::Line(self.begin_prompt()),
        };
        self.is_lent = matches!(wish, Want::Page(_) | Want::Draft(_));
        self.is_reading = want.try_send(wish).is_ok();
    }

    /// The prompt of another line: what comes later has to fit into its columns.
    fn begin_prompt(&mut self) -> String {
        let prompt = self.prompt();
        self.prompt_width = prompt.width();
        prompt
    }

    fn prompt(&self) -> String {
        let prompt = Prompt {
            unread: self.state.rooms.unread(),
            lost: self.state.seconds_to_try(),
            target: self.state.target.as_deref(),
            marks: self.state.marks(),
            most: self.is_reading.then_some(self.prompt_width),
        };
        self.view.prompt(prompt, mode::columns())
    }
}

/// Waits for whatever comes first.
async fn arrive(
    (tidings, reports): (&Receiver<Tidings>, &Receiver<Report>),
    reads: &Receiver<Read>,
    signals: &mut Signals,
    patience: Duration,
) -> Arrival {
    let heard = async {
        match tidings.recv().await {
            Ok(tidings) => Arrival::Tidings(tidings),
            Err(_) => std::future::pending().await,
        }
    };
    let carried = async {
        match reports.recv().await {
            Ok(report) => Arrival::Report(report),
            Err(_) => std::future::pending().await,
        }
    };
    let typed = async {
        match reads.recv().await {
            Ok(read) => Arrival::Typed(read),
            Err(_) => std::future::pending().await,
        }
    };
    let signal = async {
        match signals.next().await {
            Some(Ok(signal)) => Arrival::Signal(signal),
            Some(Err(_)) | None => std::future::pending().await,
        }
    };
    let time = async {
        Timer::after(patience).await;
        Arrival::Time
    };
    // Whoever sends without end keeps nobody from typing, and nothing keeps a signal waiting.
    signal.or(heard.race(typed).race(carried)).or(time).await
}
