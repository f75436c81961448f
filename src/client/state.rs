//! The client as a value: what was typed and heard goes in, deeds come out.
//!
//! No socket, clock or file is known here; time comes in with each call. What a typed line does is in
//! `act`, what a heard line does in `hear`; this file holds what both change, and the few acts they share.

use crate::client::asked::{Asked, Fence, What};
use crate::client::ending::Ending;
use crate::client::item::Item;
use crate::client::presence::Presence;
use crate::client::recent::Recent;
use crate::client::room::Rooms;
use crate::client::server::Server;
use crate::exit::Exit;
use crate::proto::cap::Cap;
use crate::proto::write::LineWriter;
use jiff::{SignedDuration, Timestamp};

/// Most requests on their way before the next line is read.
const MOST_ASKED: usize = 32;
/// Longest wait for the answer that changes the prompt.
const SETTLE: SignedDuration = SignedDuration::from_millis(500);
/// Most places remembered as used before.
const MOST_EARLIER: usize = 100;

/// The question for a name.
pub const NAME: &str = "Your name: ";

/// What the command line says.
#[derive(Debug, Clone)]
pub struct Settings {
    pub nick: String,
    pub joins: Vec<String>,
    /// Where plain lines go from the start.
    pub to: Option<String>,
    /// The server's password.
    pub password: Option<String>,
    pub manner: Manner,
    /// How the server is called in sentences.
    pub place: String,
    /// Whether the words of this connection can be read on their way.
    pub safety: &'static str,
    /// How long an answer may take.
    pub patience: SignedDuration,
}

/// Who is at the other end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// Somebody who can be asked.
    Person,
    /// A program or a file.
    Pipe,
}

/// How far the connection has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Nothing is promised yet.
    Greeting,
    /// The name was refused: another one is asked for.
    Naming,
    /// Welcome; rooms are being entered.
    Arriving,
    Here,
    /// Goodbye was said, at this time.
    Leaving(Timestamp),
}

/// What is to be done outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// One line for the wire.
    Send(Vec<u8>),
    Show(Item),
    /// Empty the screen.
    Clear,
    Leave(Ending),
}

/// What the keyboard is wanted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Nothing,
    /// The answer to this question.
    Answer(String),
    /// A line of the conversation.
    Line,
}

/// Why a typed line is not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub words: String,
    pub exit: Exit,
}

impl Refusal {
    /// It is written wrongly.
    pub fn usage(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            exit: Exit::Usage,
        }
    }

    /// There is nobody, or no room, of that name.
    pub fn no_target(words: impl Into<String>) -> Self {
        Self {
            words: words.into(),
            exit: Exit::NotFound,
        }
    }
}

/// The client's state.
#[derive(Debug)]
pub struct State {
    pub settings: Settings,
    pub phase: Phase,
    pub me: String,
    pub server: Server,
    pub rooms: Rooms,
    /// Where plain lines go.
    pub target: Option<String>,
    /// Targets used before, the latest last.
    pub earlier: Vec<String>,
    pub asked: Asked,
    pub presence: Presence,
    pub recent: Recent,
    /// Who sent the last private message, when, and who the one before it.
    pub last_from: Option<(String, Timestamp)>,
    pub before_last_from: Option<String>,
    /// Pasted lines that wait for a yes.
    pub paste: Option<Vec<String>>,
    /// Every line of the wire is shown.
    pub is_raw: bool,
    /// The server said that it stops.
    pub is_stopping: bool,
    /// The end that is known before the connection closes.
    pub fate: Option<Ending>,
    /// The first thing that went wrong.
    pub trouble: Option<Exit>,
    /// The input is at its end since then.
    pub input_ended: Option<Timestamp>,
    pub began: Timestamp,
    pub last_heard: Timestamp,
    /// When something asked was last answered.
    pub last_answer: Timestamp,
    pub now: Timestamp,
    pub deeds: Vec<Deed>,
    /// A password was given to the server.
    pub has_password: bool,
    /// Lines of the greeting shown so far.
    pub greeted: usize,
}

impl State {
    /// A client that has just been connected.
    pub fn new(settings: Settings, now: Timestamp) -> Self {
        Self {
            me: settings.nick.clone(),
            settings,
            phase: Phase::Greeting,
            server: Server::default(),
            rooms: Rooms::default(),
            target: None,
            earlier: Vec::new(),
            asked: Asked::default(),
            presence: Presence::default(),
            recent: Recent::default(),
            last_from: None,
            before_last_from: None,
            paste: None,
            is_raw: false,
            is_stopping: false,
            fate: None,
            trouble: None,
            input_ended: None,
            began: now,
            last_heard: now,
            last_answer: now,
            now,
            deeds: Vec::new(),
            has_password: false,
            greeted: 0,
        }
    }

    /// What the keyboard is wanted for now.
    pub fn wanted(&self) -> Wanted {
        if self.input_ended.is_some() {
            return Wanted::Nothing;
        }
        match (&self.phase, &self.paste) {
            (Phase::Naming, _) => Wanted::Answer(NAME.to_owned()),
            (Phase::Here, _) if self.asked.len() >= MOST_ASKED || self.is_settling() => {
                Wanted::Nothing
            }
            (Phase::Here, Some(lines)) => Wanted::Answer(self.paste_question(lines)),
            (Phase::Here, None) => Wanted::Line,
            (Phase::Greeting | Phase::Arriving | Phase::Leaving(_), _) => Wanted::Nothing,
        }
    }

    /// Whether an answer is on its way that decides where the next line goes.
    fn is_settling(&self) -> bool {
        self.asked.iter().any(|request| {
            let decides = matches!(
                request.what,
                What::Join(_) | What::Part(_) | What::Nick(_) | What::Whois { .. }
            );
            decides && self.now.duration_since(request.at) < SETTLE
        })
    }

    /// When the wait for such an answer is over.
    pub fn settled_at(&self) -> Option<Timestamp> {
        let begun = self.asked.iter().map(|request| request.at).max();
        begun
            .filter(|_| self.is_settling())?
            .checked_add(SETTLE)
            .ok()
    }

    /// Whether nothing more will be typed.
    pub fn is_pipe(&self) -> bool {
        self.settings.manner == Manner::Pipe
    }

    /// Whether a capability is on.
    pub fn has(&self, cap: Cap) -> bool {
        self.server.caps.has(cap)
    }

    /// Whether `name` is mine.
    pub fn is_me(&self, name: &str) -> bool {
        self.server.same(&self.me, name)
    }

    /// Has `item` shown.
    pub fn show(&mut self, item: Item) {
        if let Item::Said(said) = &item {
            self.keep(said);
        }
        self.deeds.push(Deed::Show(item));
    }

    /// Has something that happened shown.
    pub fn event(&mut self, text: impl Into<String>) {
        self.show(Item::Event {
            at: self.now,
            room: None,
            text: text.into(),
        });
    }

    /// Says no.
    pub fn refuse(&mut self, refusal: Refusal) {
        self.trouble.get_or_insert(refusal.exit);
        self.show(Item::Refused(refusal.words));
    }

    /// Where the typed line can be found again.
    pub fn recall(&self) -> &'static str {
        if self.is_pipe() {
            "Nothing was sent."
        } else {
            "Nothing was sent; your line is on the ↑ key."
        }
    }

    /// Ends it.
    pub fn leave(&mut self, ending: Ending) {
        self.deeds.push(Deed::Leave(ending));
    }

    /// Sends a line that no answer is expected to.
    pub fn send(&mut self, verb: &str, params: &[&str], last: Option<&str>) {
        self.write(&[], verb, params, last);
    }

    /// Sends a request and notes it.
    pub fn ask(&mut self, what: What, verb: &str, params: &[&str], last: Option<&str>) {
        self.ask_tagged(what, &[], verb, params, last);
    }

    /// Sends a request with tags of its own.
    pub fn ask_tagged(
        &mut self,
        what: What,
        tags: &[(&str, &str)],
        verb: &str,
        params: &[&str],
        last: Option<&str>,
    ) {
        let label = self.asked.push(what, self.now);
        let mut all = Vec::new();
        if self.has(Cap::LabeledResponse) {
            all.push(("label", label.as_str()));
        }
        if self.has(Cap::MessageTags) {
            all.extend_from_slice(tags);
        }
        self.write(&all, verb, params, last);
    }

    fn write(&mut self, tags: &[(&str, &str)], verb: &str, params: &[&str], last: Option<&str>) {
        let mut line = Vec::new();
        let mut writer = LineWriter::new(&mut line);
        for (key, value) in tags {
            writer = writer.tag(key, value);
        }
        writer = writer.verb("", verb);
        for param in params {
            writer = writer.param(param);
        }
        if let Some(last) = last {
            writer = writer.trailing(last);
        }
        writer.finish();
        self.deeds.push(Deed::Send(line));
    }

    /// Asks the server for a sign of life, behind everything sent so far.
    pub fn fence(&mut self, fence: Fence) {
        let token = match fence {
            Fence::Arrival => "arrival",
            Fence::Said => "said",
            Fence::Alive => "alive",
        };
        self.asked.push(What::Fence(fence), self.now);
        self.write(&[], "PING", &[token], None);
    }

    /// Has plain lines go to `target`.
    pub fn switch(&mut self, target: &str) {
        self.rooms.read(&self.server, target);
        if let Some(before) = self.target.replace(target.to_owned()) {
            self.earlier
                .retain(|name| !name.eq_ignore_ascii_case(&before));
            self.earlier.push(before);
        }
        self.earlier
            .retain(|name| !name.eq_ignore_ascii_case(target));
        let over = self.earlier.len().saturating_sub(MOST_EARLIER);
        self.earlier.drain(..over);
    }

    /// A room is left: plain lines go where they went before.
    pub fn fall_back(&mut self, room: &str) {
        self.earlier.retain(|name| !name.eq_ignore_ascii_case(room));
        let is_current = self
            .target
            .as_deref()
            .is_some_and(|own| self.server.same(own, room));
        if is_current {
            let is_there = |name: &String| {
                !self.server.is_room(name) || self.rooms.find(&self.server, name).is_some()
            };
            self.earlier.retain(is_there);
            let first = self.rooms.iter().next().map(|room| room.name.clone());
            self.target = self.earlier.pop().or(first);
        }
    }

    fn paste_question(&self, lines: &[String]) -> String {
        let bytes: usize = lines.iter().map(String::len).sum();
        let target = self.target.as_deref().unwrap_or("nobody");
        let empty = lines.iter().filter(|line| line.trim().is_empty()).count();
        let left_out = match empty {
            0 => String::new(),
            many => format!(" ({many} empty, to be left out)"),
        };
        format!(
            "Paste of {} lines{left_out}, {bytes} bytes for {target}. [s]end or [c]ancel, then Enter: ",
            lines.len()
        )
    }
}
