//! A client without screen and socket, to be talked to by tests.

use chat::client::deed::{Deed, Wanted};
use chat::client::item::Item;
use chat::client::settings::{Loyalty, Manner, Safety, Settings};
use chat::client::state::State;
use chat::client::view::View;
use chat::client::view::look::{Charset, Colour, Layout, Look};
use chat::exit::Exit;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A client and what came out of it.
pub(crate) struct Talk {
    pub(crate) state: State,
    view: View,
    pub(crate) now: Timestamp,
    sent: Vec<String>,
    pub(crate) shown: Vec<String>,
    pub(crate) exit: Option<Exit>,
}

impl Talk {
    pub(crate) fn begin(manner: Manner) -> Self {
        let settings = Settings {
            nick: "me".to_owned(),
            joins: Vec::new(),
            to: None,
            password: None,
            manner,
            place: "h:1".to_owned(),
            safety: Safety::Local,
            patience: SignedDuration::from_secs(10),
            account: None,
            account_password: None,
            loyalty: Loyalty::Leaves,
            zone: TimeZone::UTC,
            entropy: [7; 18],
        };
        let look = Look {
            layout: Layout::Columns,
            colour: Colour::Off,
            charset: Charset::Utf8,
        };
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().expect("a time");
        let mut talk = Self {
            state: State::new(settings, now),
            view: View::new(look, TimeZone::UTC),
            now,
            sent: Vec::new(),
            shown: Vec::new(),
            exit: None,
        };
        let deeds = talk.state.greet();
        talk.note(deeds);
        talk
    }

    /// In the lobby of a server that can do everything, with ann and bob.
    pub(crate) fn arrived() -> Self {
        let mut talk = Self::begin(Manner::Person);
        for line in [
            ":s CAP * LS :batch echo-message labeled-response message-tags server-time standard-replies",
            ":s CAP * ACK :batch echo-message labeled-response message-tags server-time standard-replies",
            ":s 001 me :Hello",
            ":s 004 me s chat-0.1.0 o o",
            ":s 005 me CHANTYPES=# CASEMAPPING=ascii PREFIX=(ov)@+ :are supported",
            ":s 422 me :No MOTD",
            ":me!u@h JOIN #lobby",
            ":s 353 me = #lobby :me @ann bob",
            ":s 366 me #lobby :End",
            ":s PONG s arrival",
        ] {
            talk.hear(line);
        }
        assert_eq!(talk.state.wanted(), Wanted::Line);
        talk.clear();
        talk
    }

    pub(crate) fn clear(&mut self) {
        self.sent.clear();
        self.shown.clear();
    }

    pub(crate) fn hear(&mut self, line: &str) -> &mut Self {
        let deeds = self.state.heard(line.as_bytes(), self.now);
        self.note(deeds)
    }

    pub(crate) fn says(&mut self, line: &str) -> &mut Self {
        let deeds = self.state.typed(line, self.now);
        self.note(deeds)
    }

    pub(crate) fn wait(&mut self, seconds: i64) -> &mut Self {
        self.now += SignedDuration::from_secs(seconds);
        let deeds = self.state.tick(self.now);
        self.note(deeds);
        let is_over = self.exit.is_some();
        assert!(
            is_over || self.state.deadline() > self.now,
            "it would never sleep"
        );
        self
    }

    pub(crate) fn note(&mut self, deeds: Vec<Deed>) -> &mut Self {
        for deed in deeds {
            match deed {
                Deed::Send(line) => {
                    let line = String::from_utf8(line).expect("text");
                    assert_eq!(line.matches('\n').count(), 1, "{line:?}");
                    self.sent.push(line.trim_end().to_owned());
                }
                Deed::Show(item) => {
                    let shown = self.view.render(&item, 80);
                    let is_bad = |c: char| c.is_control() && c != '\n';
                    assert!(!shown.contains(is_bad), "{shown:?}");
                    if !matches!(item, Item::Status(_)) {
                        self.shown.push(shown);
                    }
                }
                Deed::Clear => {}
                Deed::HangUp => self.sent.push("(hang up)".to_owned()),
                Deed::Connect => self.sent.push("(connect)".to_owned()),
                Deed::Leave(ending) => {
                    self.exit = Some(ending.exit);
                    self.shown.push(ending.words);
                }
            }
        }
        self
    }

    /// What was sent since the last look.
    #[track_caller]
    pub(crate) fn sent(&mut self, expected: &[&str]) -> &mut Self {
        assert_eq!(self.sent, expected);
        self.sent.clear();
        self
    }

    /// What was shown since the last look.
    #[track_caller]
    pub(crate) fn shown(&mut self, expected: &[&str]) -> &mut Self {
        assert_eq!(self.shown, expected);
        self.shown.clear();
        self
    }
}
