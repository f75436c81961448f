//! A client without screen and socket, to be talked to by tests.

use chat::client::deed::{Deed, Wanted};
use chat::client::files::order::{News, Order, Report};
use chat::client::item::Item;
use chat::client::settings::{Badge, Loyalty, Manner, Safety, Settings, Tongue};
use chat::client::state::State;
use chat::client::taste::Theme;
use chat::client::view::View;
use chat::client::view::look::{Charset, Colour, Layout, Look};
use chat::exit::Exit;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// What a server offers that can do everything.
const EVERYTHING: &str = "batch echo-message labeled-response message-tags server-time standard-replies sasl=PLAIN,SCRAM-SHA-256 \
    draft/account-registration draft/chathistory draft/read-marker draft/message-redaction \
    draft/multiline=max-bytes=4096,max-lines=24 soju.im/search";

/// A client and what came out of it.
pub(crate) struct Talk {
    pub(crate) state: State,
    view: View,
    pub(crate) now: Timestamp,
    sent: Vec<String>,
    pub(crate) shown: Vec<String>,
    pub(crate) exit: Option<Exit>,
    /// Settings that were to be kept.
    pub(crate) kept: Vec<String>,
    /// What is to be carried.
    pub(crate) orders: Vec<Order>,
}

impl Talk {
    pub(crate) fn begin(manner: Manner) -> Self {
        Self::begin_with(|settings| settings.manner = manner)
    }

    /// A client with settings of its own.
    pub(crate) fn begin_with(change: impl FnOnce(&mut Settings)) -> Self {
        let mut settings = Settings {
            tongue: Tongue::Words,
            nick: "me".to_owned(),
            joins: Vec::new(),
            to: None,
            password: None,
            account: None,
            account_password: None,
            manner: Manner::Person,
            place: "h:1".to_owned(),
            safety: Safety::Local,
            badge: Badge::None,
            patience: SignedDuration::from_secs(10),
            loyalty: Loyalty::Leaves,
            zone: TimeZone::UTC,
            entropy: [7; 18],
        };
        change(&mut settings);
        let look = Look {
            theme: Theme::Both,
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
            kept: Vec::new(),
            orders: Vec::new(),
        };
        let deeds = talk.state.greet();
        talk.note(deeds);
        talk
    }

    /// In the lobby of a server that keeps what is said, logged in, with ann and bob; one who comes back.
    pub(crate) fn at_home() -> Self {
        let mut talk = Self::begin_with(|settings| settings.loyalty = Loyalty::ComesBack);
        talk.welcome(":s 900 me me!u@h me :You are now logged in as me");
        talk.clear();
        talk.answer("c2", "chathistory #lobby", &[]);
        talk.answer("c3", "draft/chathistory-targets", &[]);
        assert!(talk.state.asked.is_empty());
        talk.clear();
        talk
    }

    /// The server's part of an arrival, up to the rooms.
    pub(crate) fn welcome(&mut self, before: &str) -> &mut Self {
        for line in [
            &format!(":s CAP * LS :{EVERYTHING}"),
            &format!(
                ":s CAP * ACK :{}",
                EVERYTHING.replace("=PLAIN,SCRAM-SHA-256", "")
            ),
            before,
            ":s 001 me :Hello",
            ":s 004 me s chat-0.1.0 o o",
            ":s 005 me CHANTYPES=# CASEMAPPING=ascii PREFIX=(ov)@+ CHATHISTORY=100 CHAT/ID :are supported",
            ":s 422 me :No MOTD",
            ":me!u@h JOIN #lobby",
            ":s MARKREAD #lobby *",
            ":s 353 me = #lobby :me @ann bob",
            ":s 366 me #lobby :End",
            ":s PONG s arrival",
        ] {
            self.hear(line);
        }
        self
    }

    /// The answer to a question about the past: these lines in a batch.
    pub(crate) fn answer(&mut self, label: &str, kind: &str, lines: &[&str]) -> &mut Self {
        self.hear(&format!("@label={label} :s BATCH +p {kind}"));
        for line in lines {
            match line.strip_prefix('@') {
                Some(line) => self.hear(&format!("@batch=p;{line}")),
                None => self.hear(&format!("@batch=p {line}")),
            };
        }
        self.hear(":s BATCH -p")
    }

    /// The connection is lost, and after the pause made again.
    pub(crate) fn lose(&mut self) -> &mut Self {
        let deeds = self.state.lost("the server closed it", self.now);
        self.note(deeds)
    }

    pub(crate) fn come_back(&mut self) -> &mut Self {
        let deeds = self.state.connected(self.now);
        self.note(deeds)
    }

    /// What was sent since the last look, in one text.
    pub(crate) fn all_sent(&mut self) -> String {
        std::mem::take(&mut self.sent).join("\n")
    }

    /// What was shown since the last look, in one text.
    pub(crate) fn all_shown(&mut self) -> String {
        std::mem::take(&mut self.shown).join("\n")
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

    #[track_caller]
    pub(crate) fn hear(&mut self, line: &str) -> &mut Self {
        let deeds = self.state.heard(line.as_bytes(), self.now);
        self.note(deeds)
    }

    pub(crate) fn says(&mut self, line: &str) -> &mut Self {
        let deeds = self.state.typed(line, self.now);
        self.note(deeds)
    }

    /// What those say who carry files.
    pub(crate) fn carried(&mut self, number: u32, news: News) -> &mut Self {
        let deeds = self.state.carried(Report { number, news }, self.now);
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
                    if !matches!(item, Item::Status(_) | Item::Quarter(_)) {
                        self.shown.push(shown);
                    }
                }
                Deed::Tell(fact) => {
                    let line = fact.line();
                    assert!(!line.contains(char::is_control), "{line:?}");
                    self.shown.push(line);
                }
                Deed::Adopt(taste) => self.view.adopt(&taste),
                Deed::Remember {
                    section,
                    key,
                    value,
                } => self.kept.push(format!("{section}.{key}={value}")),
                Deed::Carry(order) => self.orders.push(*order),
                Deed::Grant(grant) => {
                    let (number, token) = (grant.number, grant.token.reveal());
                    self.sent
                        .push(format!("(grant {number} {token} {})", grant.base));
                }
                Deed::Abandon(number) => self.sent.push(format!("(abandon {number})")),
                Deed::Clear => {}
                Deed::Page(items) => {
                    let pages = items.iter().map(|item| self.view.render(item, 80));
                    let pages: Vec<String> = pages.collect();
                    self.shown.push(format!("(page)\n{}", pages.join("\n")));
                }
                Deed::Part => self.sent.push("(part)".to_owned()),
                Deed::HangUp => self.sent.push("(hang up)".to_owned()),
                Deed::Connect => self.sent.push("(connect)".to_owned()),
                Deed::Upgrade(port) => self.sent.push(format!("(by TLS on port {port})")),
                Deed::Promise(seconds) => self.sent.push(format!("(TLS for {seconds} s)")),
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
