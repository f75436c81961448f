//! What a program is told with `--json`: one object per line, as docs/json.md describes them.
//!
//! Content is kept as it came; what could harm a terminal is escaped.

use crate::client::files::told::{File, Progress};
use crate::client::item::{Age, FileRow, Item, Said, Tone, Way, Whose};
use crate::exit::Exit;
use crate::proto::sanitise;
use jiff::Timestamp;
use serde::Serialize;

/// Version of the objects. Fields and kinds may be added within one; readers pass over what they do not know.
pub const VERSION: u8 = 1;

/// Something to be told, and when it happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    v: u8,
    /// RFC 3339, UTC, milliseconds.
    ts: String,
    #[serde(flatten)]
    what: What,
}

/// What it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum What {
    /// Connected, in the rooms, and ready.
    Hello {
        nick: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        account: Option<String>,
        server: String,
        rooms: Vec<String>,
    },
    /// Said in a room.
    Msg(Message),
    /// Said to one person.
    Dm(Message),
    /// Said to everybody online.
    Broadcast(Message),
    /// Somebody came, went, or is called otherwise.
    Presence {
        event: Moved,
        nick: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<String>,
    },
    /// A room has another topic.
    Topic {
        room: String,
        from: String,
        text: String,
    },
    /// The server did what was asked with this id.
    Ack(Ack),
    /// Something was not done.
    Error {
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        code: &'static str,
        text: String,
        hint: Vec<String>,
    },
    /// The answer to a question: rows of words.
    List {
        title: String,
        rows: Vec<Vec<String>>,
    },
    /// A file is on the server.
    File(File),
    /// A transfer moves, or has ended.
    Progress(Progress),
    /// Anything else that is told in words.
    Event {
        #[serde(skip_serializing_if = "Option::is_none")]
        room: Option<String>,
        text: String,
    },
    /// A line of the wire.
    Wire { line: String },
    /// The last object: how it ends.
    Bye { exit: u8, text: String },
}

/// What was said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Message {
    /// The server's name for it; empty if it gives none.
    pub id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub room: Option<String>,
    pub from: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub account: Option<String>,
    pub text: String,
    pub kind: &'static str,
    /// I said it.
    pub own: bool,
    /// It calls me by my name.
    pub mention: bool,
    /// It was looked up, not said just now.
    pub history: bool,
}

/// How somebody moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Moved {
    Join,
    Part,
    Quit,
    Kick,
    Nick,
}

/// What was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ack {
    /// As the program called it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Of a message: the server's name for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub msgid: Option<String>,
    /// Whether the server promises that it is on its disk.
    pub stored: bool,
    /// How many got it at once, where that is known; 0: it waits in an inbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delivered: Option<usize>,
}

impl Fact {
    /// A fact of this moment.
    pub fn at(at: Timestamp, what: What) -> Self {
        Self {
            v: VERSION,
            ts: format!("{at:.3}"),
            what,
        }
    }

    /// What a person would be shown, for a program; nothing where the program is told otherwise.
    pub fn of(item: &Item, now: Timestamp) -> Option<Self> {
        let event = |room: Option<&String>, text: &str| What::Event {
            room: room.cloned(),
            text: text.to_owned(),
        };
        let (at, what) = match item {
            Item::Said(said) => (said.at, of_said(said)),
            Item::Event { at, room, text } => (*at, event(room.as_ref(), text)),
            Item::Refused(text) => (now, refused(None, Exit::Refused, text, Vec::new())),
            Item::Warned(text) | Item::Text(text) => (now, event(None, text)),
            Item::List { title, rows } => {
                let (title, rows) = (title.clone(), rows.clone());
                (now, What::List { title, rows })
            }
            Item::Wire(line) => (now, What::Wire { line: line.clone() }),
            Item::Files { title, rows } => {
                let rows = rows.iter().map(FileRow::cells).collect();
                let title = title.clone();
                (now, What::List { title, rows })
            }
            Item::Done(text) => (now, event(None, text)),
            Item::Receipt(_) | Item::Rule(_) | Item::Status(_) | Item::Quarter(_) => return None,
            Item::Sending(_) | Item::Waiting { .. } => return None,
        };
        Some(Self::at(at, what))
    }

    /// The object, on one line.
    pub fn line(&self) -> String {
        sanitise::json(&serde_json::to_string(self).expect("a fact is plain data"))
    }
}

/// Something was not done.
pub fn refused(id: Option<String>, exit: Exit, text: &str, hint: Vec<String>) -> What {
    What::Error {
        id,
        code: exit.word(),
        text: text.to_owned(),
        hint,
    }
}

fn of_said(said: &Said) -> What {
    let mut message = Message {
        id: said.id.clone(),
        room: None,
        from: said.from.clone(),
        to: None,
        account: said.account.clone(),
        text: said.text.clone(),
        kind: match said.tone {
            Tone::Say => "say",
            Tone::Action => "action",
            Tone::Notice => "notice",
        },
        own: said.whose == Whose::Mine,
        mention: said.whose == Whose::CallsMe,
        history: said.age == Age::Past,
    };
    match &said.way {
        Way::Here => What::Msg(message),
        Way::There(room) => {
            message.room = Some(room.clone());
            What::Msg(message)
        }
        Way::ToMe => What::Dm(message),
        Way::To(name) => {
            message.to = Some(name.clone());
            What::Dm(message)
        }
        Way::ToAll | Way::ToAllOf(_) => What::Broadcast(message),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_object_holds_nothing_that_could_harm_a_terminal() {
        let text = "a\u{1b}[31m\u{9b}x\u{7f}\u{202e}b\u{2028}é\n";
        let what = What::Event {
            room: None,
            text: text.to_owned(),
        };
        let line = Fact::at(Timestamp::UNIX_EPOCH, what).line();
        assert!(
            !line.contains(|c: char| c.is_control() || "\u{202e}\u{2028}".contains(c)),
            "{line}"
        );
        let back: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(back["text"], text);
        assert_eq!(back["ts"], "1970-01-01T00:00:00.000Z");
        assert_eq!((&back["v"], &back["t"]), (&1.into(), &"event".into()));
    }

    #[test]
    fn a_message_says_whose_it_is_and_whether_it_is_old() {
        let told = |whose, age| {
            let said = Said {
                at: Timestamp::UNIX_EPOCH,
                from: "bob".into(),
                way: Way::ToMe,
                tone: Tone::Say,
                text: "hi".into(),
                whose,
                id: String::new(),
                account: None,
                answers: None,
                twin: None,
                age,
            };
            let fact = Fact::of(&Item::Said(said), Timestamp::UNIX_EPOCH).unwrap();
            let told: serde_json::Value = serde_json::from_str(&fact.line()).unwrap();
            ["own", "mention", "history"].map(|key| told[key].as_bool().unwrap())
        };
        assert_eq!(told(Whose::Mine, Age::Now), [true, false, false]);
        assert_eq!(told(Whose::CallsMe, Age::Now), [false, true, false]);
        assert_eq!(told(Whose::CallsMe, Age::Past), [false, true, true]);
        assert_eq!(told(Whose::Mine, Age::Missed), [true, false, false]);
    }
}
