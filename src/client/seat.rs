//! The loop: everything that arrives goes to the state, every deed that comes out is done.

use crate::client::Talk;
use crate::client::complete::Known;
use crate::client::deed::{Deed, Wanted};
use crate::client::ending::Ending;
use crate::client::files::order::Report;
use crate::client::habits::Habits;
use crate::client::item::Item;
use crate::client::keyboard::{Keyboard, Want};
use crate::client::line::Line;
use crate::client::link::{Speaker, Tidings};
use crate::client::state::State;
use crate::client::transfer::Porter;
use crate::client::view::View;
use crate::exit::Exit;
use crate::terminal::editor::{Editor, Read};
use crate::terminal::mode;
use crate::terminal::printer::Printer;
use async_channel::{Receiver, Sender};
use async_io::Timer;
use async_signal::{Signal, Signals};
use futures_lite::{FutureExt, StreamExt};
use jiff::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Shortest time between two looks at the names for completion.
const KNOWN_PACE: Duration = Duration::from_millis(500);

/// Has a terminal ring, and how often at most.
const BELL: char = '\u{7}';
const BELL_PACE: Duration = Duration::from_secs(5);

/// What arrives.
enum Arrival {
    Tidings(Tidings),
    Report(Report),
    Typed(Read),
    Signal,
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
    /// When the bell rang last.
    rang: Option<Instant>,
    /// A line has been asked for and has not come.
    is_reading: bool,
    line: Line,
    porter: Porter,
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
            rang: None,
            is_reading: false,
            line,
            porter,
        }
    }

    /// The same for somebody with these ways.
    pub(super) fn with_habits(self, habits: Habits) -> Self {
        Self { habits, ..self }
    }

    /// Stays until the end. The editor comes back if nothing is being typed.
    pub(super) async fn sit(mut self, keyboard: Keyboard) -> (Ending, Option<Editor>) {
        let (want, reads, thread) = keyboard.start();
        let Ok(mut signals) = Signals::new([Signal::Term, Signal::Hup, Signal::Int]) else {
            let words = "Signals cannot be waited for on this system.";
            return (Ending::new(Exit::Failed, words), None);
        };
        let mut deeds = self.state.greet();
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
        self.line.finish().await;
        want.close();
        let is_free = !self.is_reading;
        (ending, is_free.then(|| thread.join().ok()).flatten())
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
                self.is_reading = false;
                self.typed(read, now)
            }
            Arrival::Signal => return Err(Ending::quiet(Exit::Interrupted)),
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
            Read::Wiped(_) => Vec::new(),
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

    /// Has a setting kept; where that fails, it counts for this time alone.
    fn remember(&mut self, section: &str, key: &str, value: &str) {
        if let Err(why) = self.habits.keep(section, key, value) {
            self.show(&Item::Warned(format!("That counts until you leave: {why}")));
        }
    }

    /// Whether the bell rings for this; not twice within a while.
    fn rings(&mut self, item: &Item) -> bool {
        let is_due = self.rang.is_none_or(|rang| rang.elapsed() >= BELL_PACE);
        let rings = mode::is_interactive() && is_due && item.is_urgent(self.habits.taste.bell);
        if rings {
            self.rang = Some(Instant::now());
        }
        rings
    }

    fn show(&mut self, item: &Item) {
        if self.talk == Talk::Quiet && matches!(item, Item::Status(_) | Item::Rule(_)) {
            return;
        }
        let mut text = self.view.render(item, mode::columns());
        if self.rings(item) {
            text.insert(0, BELL);
        }
        match item {
            Item::Said(_)
            | Item::Event { .. }
            | Item::List { .. }
            | Item::Files { .. }
            | Item::Text(_)
            | Item::Wire(_) => {
                self.printer.print(text);
            }
            Item::Quarter(_) if text.is_empty() => {}
            Item::Refused(_)
            | Item::Warned(_)
            | Item::Done(_)
            | Item::Quarter(_)
            | Item::Receipt(_)
            | Item::Rule(_) => self.printer.note(text),
            Item::Status(_) | Item::Sending(_) | Item::Waiting { .. } => self.printer.note(text),
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
        let wish = match wanted {
            Wanted::Nothing => return,
            Wanted::Answer(question) => Want::Answer(self.view.question(&question)),
            Wanted::Secret(question) => Want::Secret(self.view.question(&question)),
            Wanted::Line => Want::Line(self.prompt()),
        };
        self.is_reading = want.try_send(wish).is_ok();
    }

    fn prompt(&self) -> String {
        let unread = self.state.rooms.unread();
        let lost = self.state.seconds_to_try();
        let target = self.state.target.as_deref();
        self.view.prompt(unread, lost, target, mode::columns())
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
            Some(Ok(_)) => Arrival::Signal,
            Some(Err(_)) | None => std::future::pending().await,
        }
    };
    let time = async {
        Timer::after(patience).await;
        Arrival::Time
    };
    heard.or(typed).or(carried).or(signal).or(time).await
}
