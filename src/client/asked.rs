//! Requests on their way: what was asked, and which of the lines that come back answer it.
//!
//! With labels (IRCv3 labeled-response) an answer names its request. Without them the oldest request
//! that fits is meant, because a server answers in order.

use crate::client::files::listing::Listing;
use crate::client::item::Tone;
use crate::client::past::Quest;
use crate::client::secret::Secret;
use jiff::Timestamp;
use std::collections::VecDeque;

/// Most rows kept of one answer.
pub const MOST_ROWS: usize = 10_000;

/// One request.
#[derive(Debug)]
pub struct Request {
    pub label: String,
    /// As a program called it.
    pub about: Option<String>,
    pub at: Timestamp,
    pub what: What,
    /// The person was told that it is still on its way.
    pub is_told: bool,
    /// The server was asked for a sign of life behind it.
    pub is_doubted: bool,
}

impl Request {
    /// Whether this is a message of which only the server can tell what became.
    pub fn is_unsettled(&self) -> bool {
        matches!(&self.what, What::Say(saying) if !saying.is_shown)
    }
}

/// What was asked.
#[derive(Debug, PartialEq, Eq)]
pub enum What {
    Say(Saying),
    /// A broadcast to everybody; `at` once it was echoed.
    All {
        text: String,
        at: Option<Timestamp>,
        count: Option<usize>,
    },
    /// A broadcast to these; who got it and who is absent.
    Some {
        text: String,
        names: Vec<String>,
        absent: Vec<String>,
        at: Option<Timestamp>,
        /// What else is to be told, below it.
        notes: Vec<String>,
    },
    Who {
        whom: Whom,
        rows: Vec<Vec<String>>,
    },
    /// What those who are away say of it, asked one by one before the list is shown.
    Absences(Box<Absences>),
    Whois {
        name: String,
        rows: Vec<Vec<String>>,
        then: Then,
    },
    WhoLast {
        minutes: u64,
        rows: Vec<Vec<String>>,
    },
    List {
        pattern: String,
        rows: Vec<Vec<String>>,
    },
    Names {
        room: String,
        names: Vec<String>,
    },
    /// A change or a question of modes, and on whom.
    Mode {
        target: String,
        whom: String,
    },
    /// Whom a room keeps out.
    Bans {
        room: String,
        rows: Vec<Vec<String>>,
    },
    Join(String),
    Part(String),
    Topic(String),
    Nick(String),
    Away,
    /// An act on a person: INVITE, KICK, SILENCE.
    On(String),
    /// Somebody is to be heard again.
    Unblock(String),
    /// Who is not heard.
    Silenced(Vec<String>),
    /// An exchange of AUTHENTICATE that the person asked for.
    Login,
    /// REGISTER, with the password it sets.
    Register(Secret),
    /// What the account is asked to do.
    Account(Order),
    /// What was said before.
    Past(Box<Quest>),
    /// Up to where the talk with this person was read.
    Marker(String),
    /// Which files there are.
    Files(Box<Listing>),
    /// Proof of who asks, for the transfer of this number.
    Proof(u32),
    /// A reaction.
    React(Mark),
    /// The removal of a message.
    Redact(Mark),
    /// A line of the wire typed by the person.
    Raw,
    /// A question to who runs the server, or an order of an operator.
    Admin,
    /// Answered after everything sent before it.
    Fence(Fence),
}

/// A message to one room or person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Saying {
    pub to: String,
    pub text: String,
    pub tone: Tone,
    /// What to do if the name is not there.
    pub hint: String,
    /// Already on the screen, because the server does not echo.
    pub is_shown: bool,
    /// Our name for it, by which the server knows a repetition.
    pub id: String,
    /// The message that it answers.
    pub reply: Option<String>,
    /// How it went, to be shown below it.
    pub receipt: Option<String>,
    /// It waited for a connection.
    pub has_waited: bool,
    /// As a program called it.
    pub about: Option<String>,
}

/// Something done to a message: a reaction, or its removal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    pub target: String,
    pub id: String,
    /// The reaction, or nothing.
    pub sign: String,
    /// Some of the message's words.
    pub words: String,
}

/// What the account is asked to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    Logout,
    Passwd { current: Secret, new: Secret },
    Sessions(Vec<Vec<String>>),
    End,
    Drop,
}

/// Whom a list of people shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    Others,
    /// Those whose name contains this.
    Matching(String),
}

/// A list of people that waits for the words of those who are away.
#[derive(Debug, PartialEq, Eq)]
pub struct Absences {
    pub whom: Whom,
    pub rows: Vec<Vec<String>>,
    /// Who is still to be asked; the first is being asked.
    pub queue: VecDeque<String>,
}

/// What follows an answer to WHOIS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Then {
    Show,
    /// Plain lines go to that person.
    Switch,
}

/// Why the server's pace is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fence {
    /// All that belongs to the arrival has come.
    Arrival,
    /// All that was said has been taken.
    Said,
    /// Is the other side still there?
    Alive,
}

impl What {
    /// Whether a refusal that names `name` can be about this.
    pub fn concerns(&self, name: &str) -> bool {
        let same = |own: &str| own.eq_ignore_ascii_case(name);
        match self {
            Self::Say(saying) => same(&saying.to),
            Self::All { .. } => name.starts_with('$'),
            Self::Some { names, .. } => names.iter().any(|own| same(own)),
            Self::Whois { name, .. } => same(name),
            Self::Absences(own) => own.queue.front().is_some_and(|name| same(name)),
            Self::Join(own) | Self::Part(own) | Self::Topic(own) => same(own),
            Self::Nick(own) | Self::On(own) | Self::Unblock(own) => same(own),
            Self::Names { room, .. } | Self::Bans { room, .. } => same(room),
            Self::Mode { target, whom } => same(target) || same(whom),
            Self::WhoLast { .. } => same("WHOLAST"),
            Self::Who { .. } => same("WHO"),
            Self::List { .. } => same("LIST"),
            Self::Away => same("AWAY"),
            Self::Silenced(_) => same("SILENCE"),
            Self::Login => same("AUTHENTICATE"),
            Self::Register(_) => same("REGISTER"),
            Self::Account(_) => same("NICKSERV"),
            Self::Past(quest) => quest.concerns(name),
            Self::Marker(own) => same(own) || same("MARKREAD"),
            Self::React(mark) => same(&mark.target) || same("TAGMSG"),
            Self::Redact(mark) => same(&mark.target) || same("REDACT"),
            Self::Files(_) | Self::Proof(_) => same("FILE"),
            Self::Raw | Self::Admin | Self::Fence(_) => false,
        }
    }

    /// The words of a message that is not on the screen yet.
    pub fn unshown(&self) -> Option<&str> {
        match self {
            Self::Say(saying) if !saying.is_shown => Some(&saying.text),
            Self::All { text, .. } | Self::Some { text, .. } => Some(text),
            _ => None,
        }
    }

    /// Whether every line of the answer is shown as it comes.
    pub fn is_raw(&self) -> bool {
        matches!(self, Self::Raw | Self::Admin)
    }

    /// Whether it only asks for a sign of life.
    pub fn is_fence(&self) -> bool {
        matches!(self, Self::Fence(_))
    }

    /// Whether this is a message whose fate the person waits for.
    pub fn is_message(&self) -> bool {
        matches!(self, Self::Say(_) | Self::All { .. } | Self::Some { .. })
    }
}

/// All requests on their way, oldest first.
#[derive(Debug, Default)]
pub struct Asked {
    waiting: VecDeque<Request>,
    made: u64,
    /// How a program calls what it asks for now; then, what was answered last.
    pub about: Option<String>,
}

impl Asked {
    /// Notes a request and gives it its label.
    pub fn push(&mut self, what: What, at: Timestamp) -> String {
        self.made += 1;
        let label = format!("c{}", self.made);
        self.waiting.push_back(Request {
            label: label.clone(),
            about: self.about.clone(),
            at,
            what,
            is_told: false,
            is_doubted: false,
        });
        label
    }

    /// How many are on their way.
    pub fn len(&self) -> usize {
        self.waiting.len()
    }

    /// Whether none is on its way.
    pub fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    /// All of them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut Request> {
        self.waiting.iter_mut()
    }

    /// All of them, to look at.
    pub fn iter(&self) -> impl Iterator<Item = &Request> {
        self.waiting.iter()
    }

    /// The label of the oldest request that fits.
    pub fn oldest(&self, fits: impl Fn(&What) -> bool) -> Option<String> {
        let request = self.waiting.iter().find(|request| fits(&request.what))?;
        Some(request.label.clone())
    }

    /// All of them, which are no longer on their way; what is made later gets labels of its own.
    pub fn take_all(&mut self) -> Vec<What> {
        std::mem::take(&mut self.waiting)
            .into_iter()
            .map(|request| request.what)
            .collect()
    }

    /// The request that `label` names, or the oldest that fits if there is no label.
    pub fn find(&mut self, label: Option<&str>, fits: impl Fn(&What) -> bool) -> Option<&mut What> {
        let is_it = |request: &&mut Request| {
            label.is_none_or(|label| request.label == label) && fits(&request.what)
        };
        self.waiting
            .iter_mut()
            .find(is_it)
            .map(|request| &mut request.what)
    }

    /// Like [`find`](Self::find), and the request is no longer on its way.
    pub fn take(&mut self, label: Option<&str>, fits: impl Fn(&What) -> bool) -> Option<What> {
        let at = self.waiting.iter().position(|request| {
            label.is_none_or(|label| request.label == label) && fits(&request.what)
        })?;
        let request = self.waiting.remove(at)?;
        self.about = request.about;
        Some(request.what)
    }

    /// Takes those made too long ago, but signs of life: what becomes of these is judged elsewhere.
    pub fn take_older(&mut self, is_old: impl Fn(&Request) -> bool) -> Vec<What> {
        let is_due = |request: &Request| is_old(request) && !request.what.is_fence();
        let (old, rest) = std::mem::take(&mut self.waiting)
            .into_iter()
            .partition(is_due);
        self.waiting = rest;
        let old: VecDeque<Request> = old;
        old.into_iter().map(|request| request.what).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_finds_its_request_by_label_or_by_age() {
        let mut asked = Asked::default();
        let now = Timestamp::UNIX_EPOCH;
        let one = asked.push(What::Join("#a".into()), now);
        let two = asked.push(What::Join("#b".into()), now);
        let is_join = |what: &What| matches!(what, What::Join(_));
        assert_eq!(
            asked.find(Some(&two), is_join),
            Some(&mut What::Join("#b".into()))
        );
        assert_eq!(asked.take(None, is_join), Some(What::Join("#a".into())));
        assert_eq!(asked.take(Some(&one), is_join), None);
        assert_eq!(asked.len(), 1);
    }
}
