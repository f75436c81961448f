//! The client as a value: what was typed and heard goes in, deeds come out.
//!
//! No socket, clock or file is known here; time comes in with each call. What a typed line does is in
//! `act`, what a heard line does in `hear`; this file holds what both change, and the few acts they share.

use crate::client::asked::{Asked, What};
use crate::client::back::Back;
use crate::client::batches::Batches;
use crate::client::deed::{Deed, Refusal, Wanted};
use crate::client::dialog::Dialog;
use crate::client::ending::Ending;
use crate::client::fact::{self, Ack, Fact};
use crate::client::files::Files;
use crate::client::inbox::Inbox;
use crate::client::item::Item;
use crate::client::leavers::Leavers;
use crate::client::login::{Identity, Login};
use crate::client::outbox::Outbox;
use crate::client::presence::Presence;
use crate::client::recent::Recent;
use crate::client::room::Rooms;
use crate::client::server::Server;
use crate::client::settings::{Manner, Settings, Tongue};
use crate::client::taste::Taste;
use crate::client::track::Track;
use crate::exit::Exit;
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;

/// Most requests on their way before the next line is read.
const MOST_ASKED: usize = 32;
/// Longest wait for the answer that changes the prompt.
const SETTLE: SignedDuration = SignedDuration::from_millis(500);

/// The question for a name.
pub const NAME: &str = "Your name: ";

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
    /// The connection is gone; the next try is at this time, or under way.
    Lost(Option<Timestamp>),
    /// Goodbye was said, at this time.
    Leaving(Timestamp),
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
    /// The place that was left without the person's doing, while a line may have been on its way there.
    pub strayed: Option<String>,
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
    /// A text that is to be edited.
    pub draft: Option<String>,
    /// What is gathered for the pager.
    pub page: Option<Vec<Item>>,
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
    pub batches: Batches,
    pub track: Track,
    /// The account to which the person is logged in.
    pub account: Option<String>,
    /// Who logs in again after the connection was lost.
    pub identity: Option<Identity>,
    /// Logging in is under way.
    pub login: Option<Login>,
    /// Wrong passwords typed one after the other.
    pub wrong_passwords: u8,
    /// A question that belongs to a command.
    pub dialog: Option<Dialog>,
    /// Messages that wait for a connection.
    pub outbox: Outbox,
    /// Messages named, and logins begun, so far.
    pub uttered: u64,
    /// The connection was lost, and not all is as before yet.
    pub back: Option<Back>,
    /// The inbox is being looked through.
    pub inbox: Option<Inbox>,
    pub taste: Taste,
    pub files: Files,
    /// Other names for commands, and the lines that they stand for.
    pub aliases: BTreeMap<String, String>,
    /// What is told to those who write while the person is away.
    pub away: Option<String>,
    /// Rooms that the server listed last.
    pub listed: Vec<String>,
    /// With whom there was a private talk, the latest last.
    pub partners: Vec<String>,
    /// Who left lately.
    pub leavers: Leavers,
    /// Who is only counted, and until when.
    pub hushed: Vec<(String, Timestamp)>,
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
            strayed: None,
            earlier: Vec::new(),
            asked: Asked::default(),
            presence: Presence::default(),
            recent: Recent::default(),
            last_from: None,
            before_last_from: None,
            paste: None,
            draft: None,
            page: None,
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
            batches: Batches::default(),
            track: Track::default(),
            account: None,
            identity: None,
            login: None,
            wrong_passwords: 0,
            dialog: None,
            outbox: Outbox::default(),
            uttered: 0,
            back: None,
            inbox: None,
            taste: Taste::default(),
            files: Files::default(),
            aliases: BTreeMap::new(),
            away: None,
            listed: Vec::new(),
            partners: Vec::new(),
            leavers: Leavers::default(),
            hushed: Vec::new(),
        }
    }

    /// What the keyboard is wanted for now.
    pub fn wanted(&self) -> Wanted {
        if self.input_ended.is_some() || self.is_carrying() {
            return Wanted::Nothing;
        }
        if let Some(dialog) = &self.dialog {
            return dialog.wanted();
        }
        if let Some(draft) = &self.draft {
            return Wanted::Draft(draft.clone());
        }
        match (&self.phase, &self.paste) {
            (Phase::Here, _) if self.page.is_some() => Wanted::Nothing,
            (Phase::Naming, _) => Wanted::Answer(NAME.to_owned()),
            (Phase::Here, _) if self.asked.len() >= MOST_ASKED || self.is_settling() => {
                Wanted::Nothing
            }
            (Phase::Here | Phase::Lost(_), Some(lines)) => {
                Wanted::Answer(self.paste_question(lines))
            }
            (Phase::Here | Phase::Lost(_), None) => Wanted::Line,
            (Phase::Greeting | Phase::Arriving, None) if self.back.is_some() => Wanted::Line,
            (Phase::Greeting | Phase::Arriving | Phase::Leaving(_), _) => Wanted::Nothing,
        }
    }

    /// Whether a pipe has to wait for a file: its next line may rely on it.
    fn is_carrying(&self) -> bool {
        let is_asked = self
            .asked
            .iter()
            .any(|own| matches!(own.what, What::Files(_)));
        let runs = is_asked || self.files.running().next().is_some();
        self.is_pipe() && !self.is_json() && runs
    }

    /// Whether an answer is on its way that decides who says the next line, or where it goes.
    fn is_settling(&self) -> bool {
        let decides =
            |what: &What| matches!(what, What::Login | What::Register(_) | What::Account(_));
        self.settled_at().is_some() || self.asked.iter().any(|request| decides(&request.what))
    }

    /// When the wait for an answer that changes the prompt is over.
    pub fn settled_at(&self) -> Option<Timestamp> {
        let decides = |what: &What| {
            matches!(
                what,
                What::Join(_)
                    | What::Part(_)
                    | What::Nick(_)
                    | What::Whois { .. }
                    | What::Files(_)
                    | What::Proof(_)
            )
        };
        let asked = self.asked.iter().filter(|request| decides(&request.what));
        let ends = asked.filter_map(|request| request.at.checked_add(SETTLE).ok());
        let ends = ends.chain(self.files.settled_at());
        ends.filter(|at| *at > self.now).max()
    }

    /// Whether nothing more will be typed.
    pub fn is_pipe(&self) -> bool {
        self.settings.manner == Manner::Pipe
    }

    /// Whether a capability is on.
    pub fn has(&self, cap: &str) -> bool {
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
        match self.settings.tongue {
            Tongue::Words => self.deeds.push(Deed::Show(item)),
            Tongue::Json => {
                let fact = Fact::of(&item, self.now);
                self.deeds
                    .extend(fact.map(|fact| Deed::Tell(Box::new(fact))));
            }
        }
    }

    /// Whether a program listens.
    pub fn is_json(&self) -> bool {
        self.settings.tongue == Tongue::Json
    }

    /// Has a program told something.
    pub fn tell(&mut self, at: Timestamp, what: fact::What) {
        if self.is_json() {
            let fact = Fact::at(at, what);
            self.deeds.push(Deed::Tell(Box::new(fact)));
        }
    }

    /// Tells a program that what it asked for is done.
    pub fn acknowledge(&mut self) {
        if self.is_json() && self.asked.about.is_some() {
            self.acknowledge_message(None, None);
        }
    }

    /// Tells a program that a message was taken, under which name, and how many got it if that is known.
    pub fn acknowledge_message(&mut self, msgid: Option<String>, delivered: Option<usize>) {
        let id = self.asked.about.take();
        let stored = self.server.is_ours();
        let ack = Ack {
            id,
            msgid: msgid.filter(|msgid| !msgid.is_empty()),
            stored,
            delivered,
        };
        self.tell(self.now, fact::What::Ack(ack));
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
        if !self.is_json() {
            return self.show(Item::Refused(refusal.words));
        }
        let id = self.asked.about.take();
        let what = fact::refused(id, refusal.exit, &refusal.words, refusal.hint);
        self.tell(self.now, what);
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
}
