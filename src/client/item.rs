//! What there is to show, before anybody decided how it looks.
//!
//! Strings here may hold remote text as it came: the view cleans all of them.

use crate::client::taste::Bell;
use jiff::Timestamp;

/// One thing to show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Said(Said),
    /// Something happened, in a room other than the current one if that is named.
    Event {
        at: Timestamp,
        room: Option<String>,
        text: String,
    },
    /// No: what failed, why, what to do now.
    Refused(String),
    /// Mind this.
    Warned(String),
    /// How it went with a message: below it.
    Receipt(String),
    /// A line across, made of these parts.
    Rule(Vec<String>),
    /// A heading and rows whose columns are aligned.
    List {
        title: String,
        rows: Vec<Vec<String>>,
    },
    /// Files that are on the server.
    Files {
        title: String,
        rows: Vec<FileRow>,
    },
    /// It is done.
    Done(String),
    /// How far it is, for those who see no bar.
    Quarter(String),
    /// Our own words, line by line.
    Text(String),
    /// How the client itself is doing.
    Status(String),
    /// A line that has no acknowledgement yet.
    Sending(String),
    /// A line that waits for a connection, to whom it goes, and how many wait.
    Waiting {
        to: String,
        text: String,
        count: usize,
    },
    /// A line of the wire as it came.
    Wire(String),
}

impl Item {
    /// Whether the bell is to ring for it.
    pub fn is_urgent(&self, bell: Bell) -> bool {
        let Self::Said(said) = self else {
            return false;
        };
        let is_others = said.age == Age::Now && said.whose != Whose::Mine;
        let is_for_me = said.whose == Whose::CallsMe || said.way == Way::ToMe;
        match bell {
            Bell::Off => false,
            Bell::Dm => is_others && is_for_me,
            Bell::All => is_others,
        }
    }
}

/// A file in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    pub name: String,
    pub size: String,
    pub by: String,
    pub place: String,
    pub at: String,
}

impl FileRow {
    /// Its cells, what matters most first.
    pub fn cells(&self) -> Vec<String> {
        let cells = [&self.name, &self.size, &self.by, &self.at, &self.place];
        cells.map(String::clone).to_vec()
    }
}

/// Something that a person or a server said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    pub at: Timestamp,
    pub from: String,
    pub way: Way,
    pub tone: Tone,
    pub text: String,
    pub whose: Whose,
    /// The server's name for it; empty if it gives none.
    pub id: String,
    /// The account of who said it, if it is known.
    pub account: Option<String>,
    /// Whom it answers.
    pub answers: Option<String>,
    /// The name looks like that of somebody else who is here; the account to tell them apart, or nothing.
    pub twin: Option<String>,
    pub age: Age,
}

/// Whether it is said just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Age {
    #[default]
    Now,
    /// Said while the person was not here; it comes before what is said now.
    Missed,
    /// Looked up.
    Past,
}

/// From where to where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// In the current room.
    Here,
    /// In another room.
    There(String),
    /// To me alone.
    ToMe,
    /// To one or more people, from me.
    To(String),
    /// To everybody online.
    ToAll,
    /// To everybody online, from me; so many were reached.
    ToAllOf(Option<usize>),
}

/// How it is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Say,
    /// `/me`.
    Action,
    /// A NOTICE: never answered by a program.
    Notice,
}

/// Whom a message concerns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    Mine,
    Theirs,
    /// It calls me by my name.
    CallsMe,
    /// Who runs the server speaks.
    Operators,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bell_is_for_what_others_say_to_me_now() {
        let said = |way: &Way, whose, age| {
            Item::Said(Said {
                at: Timestamp::UNIX_EPOCH,
                from: "bob".to_owned(),
                way: way.clone(),
                tone: Tone::Say,
                text: "hi".to_owned(),
                whose,
                id: String::new(),
                account: None,
                answers: None,
                twin: None,
                age,
            })
        };
        let room = Way::There("#a".to_owned());
        for (item, rings) in [
            (
                said(&Way::ToMe, Whose::Theirs, Age::Now),
                [false, true, true],
            ),
            (said(&room, Whose::CallsMe, Age::Now), [false, true, true]),
            (
                said(&Way::Here, Whose::Theirs, Age::Now),
                [false, false, true],
            ),
            (said(&room, Whose::CallsMe, Age::Missed), [false; 3]),
            (said(&Way::ToMe, Whose::Theirs, Age::Past), [false; 3]),
            (said(&Way::Here, Whose::Mine, Age::Now), [false; 3]),
            (Item::Text("hi".to_owned()), [false; 3]),
        ] {
            let heard = [Bell::Off, Bell::Dm, Bell::All].map(|bell| item.is_urgent(bell));
            assert_eq!(heard, rings, "{item:?}");
        }
    }
}
