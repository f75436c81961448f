//! Fan-out: one line to many sessions, serialised once for each set of capabilities among them.

use crate::proto::cap::{Cap, CapSet};
use crate::proto::message::escape;
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::UserMode;
use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::batch::Joint;
use crate::server::world::effects::Effects;
use crate::server::world::event::SessionId;
use crate::server::world::id::UserId;
use crate::server::world::source::Voice;
use crate::server::world::stamp::Stamp;

/// Capabilities that change how any [`Outgoing`] line looks.
const VISIBLE: CapSet = CapSet::of(&[Cap::MessageTags, Cap::ServerTime]);

/// What a line is for those who negotiated a capability.
#[derive(Debug, Clone, Copy)]
pub struct Longer<'a> {
    pub cap: Cap,
    pub words: &'a [&'a str],
    pub text: Option<&'a str>,
}

/// A line on its way, before it is known to whom.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// Somebody, or the server.
    pub source: Voice<'a>,
    pub verb: &'a str,
    /// Parameters that are single words.
    pub words: &'a [&'a str],
    /// The last parameter, if it may hold spaces.
    pub text: Option<&'a str>,
    /// Other parameters for those with a capability.
    pub longer: Option<Longer<'a>>,
    /// When it happened, as server-time writes it.
    pub time: &'a str,
    pub msgid: Option<&'a str>,
    /// The batch it is part of.
    pub batch: Option<&'a str>,
    /// How it goes on from the line before it in that batch, which then tells all else of the message.
    pub joint: Option<Joint>,
    /// Client-only tags to relay, as they stand on the wire.
    pub client_tags: &'a [(&'a str, &'a str)],
}

impl<'a> Outgoing<'a> {
    /// A line without msgid and client tags.
    pub fn new(
        source: impl Into<Voice<'a>>,
        verb: &'a str,
        words: &'a [&'a str],
        text: Option<&'a str>,
        time: &'a str,
    ) -> Self {
        Self {
            source: source.into(),
            verb,
            words,
            text,
            longer: None,
            time,
            msgid: None,
            batch: None,
            joint: None,
            client_tags: &[],
        }
    }

    /// The same with what makes it a message that can be referred to.
    #[must_use]
    pub fn stamped(self, stamp: &'a Stamp, client_tags: &'a [(&'a str, &'a str)]) -> Self {
        Self {
            time: &stamp.time,
            msgid: Some(&stamp.msgid),
            client_tags,
            ..self
        }
    }

    /// The same with other parameters for those who have the capability.
    #[must_use]
    pub fn or(self, longer: Longer<'a>) -> Self {
        Self {
            longer: Some(longer),
            ..self
        }
    }

    /// The capabilities that change how this line looks.
    fn visible(&self) -> CapSet {
        let mut visible = VISIBLE;
        if self.source.account.is_some() {
            visible.insert(Cap::AccountTag);
        }
        if self.source.modes.has(UserMode::Operator) {
            visible.insert(Cap::OperTag);
        }
        if let Some(longer) = &self.longer {
            visible.insert(longer.cap);
        }
        visible
    }

    /// Appends the line as somebody with `caps` gets it.
    pub fn write(&self, caps: CapSet, out: &mut Vec<u8>) {
        let mut line = LineWriter::new(out);
        if let Some(batch) = self.batch {
            line = line.tag("batch", batch);
        }
        line = match self.joint {
            None => self.tags(line, caps),
            Some(Joint::Concat) => line.tag("draft/multiline-concat", ""),
            Some(Joint::Break) => line,
        };
        line = line.verb(self.source.text, self.verb);
        let (words, text) = match self.longer.filter(|longer| caps.has(longer.cap)) {
            Some(longer) => (longer.words, longer.text),
            None => (self.words, self.text),
        };
        for word in words {
            line = line.param(word);
        }
        if let Some(text) = text {
            line = line.trailing(text);
        }
        line.finish();
    }

    /// Adds the tags that tell of the message.
    fn tags<'b>(&self, mut line: LineWriter<'b>, caps: CapSet) -> LineWriter<'b> {
        if caps.has(Cap::ServerTime) {
            line = line.tag("time", self.time);
        }
        if let (Some(account), true) = (self.source.account, caps.has(Cap::AccountTag)) {
            line = line.tag("account", &escape(account));
        }
        if self.source.modes.has(UserMode::Operator) && caps.has(Cap::OperTag) {
            line = line.tag("draft/oper", "");
        }
        if caps.has(Cap::MessageTags) {
            if let Some(msgid) = self.msgid {
                line = line.tag("msgid", msgid);
            }
            if self.source.modes.has(UserMode::Bot) {
                line = line.tag("bot", "");
            }
            for (key, value) in self.client_tags {
                line = line.tag(key, value);
            }
        }
        line
    }

    /// Bytes of the line without tags, CR and LF included, if nothing were cut off.
    pub fn body_len(&self) -> usize {
        let words: usize = self.words.iter().map(|word| word.len() + 1).sum();
        let text = self.text.map_or(0, |text| text.len() + 2);
        self.source.text.len() + 2 + self.verb.len() + words + text + 2
    }
}

/// Which sessions a line is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filter {
    Everybody,
    /// Only those who negotiated this.
    With(Cap),
    /// Only those who did not.
    Without(Cap),
}

impl Filter {
    /// Whether somebody with `caps` gets it.
    pub fn admits(self, caps: CapSet) -> bool {
        match self {
            Self::Everybody => true,
            Self::With(cap) => caps.uses(cap),
            Self::Without(cap) => !caps.uses(cap),
        }
    }
}

impl World {
    /// Sends `line` to every session of `users`, but not to `except`.
    pub fn deliver(
        &self,
        out: &mut Effects,
        line: &Outgoing<'_>,
        users: impl Iterator<Item = UserId>,
        except: Option<SessionId>,
        filter: Filter,
    ) {
        let sessions = users
            .filter_map(|user| self.user(user))
            .flat_map(|user| user.sessions.iter().copied())
            .filter(|session| Some(*session) != except);
        self.deliver_to(out, line, sessions, filter);
    }

    /// Sends `line` to those of `sessions` whom `filter` admits.
    pub fn deliver_to(
        &self,
        out: &mut Effects,
        line: &Outgoing<'_>,
        sessions: impl Iterator<Item = SessionId>,
        filter: Filter,
    ) {
        let visible = line.visible();
        let listeners = sessions
            .filter_map(|session| Some((session, self.session(session)?.caps)))
            .filter(|(_, caps)| filter.admits(*caps))
            .map(|(session, caps)| (session, caps.and(visible)));
        out.send_variants(listeners, |caps, bytes| line.write(caps, bytes));
    }

    /// Sends a numeric that nobody asked for to a session that is let in.
    pub fn numeric_to(
        &self,
        out: &mut Effects,
        session: SessionId,
        numeric: Numeric,
        about: &[&str],
        text: &str,
        time: &str,
    ) {
        let Some(device) = self.session(session) else {
            return;
        };
        let Some(user) = device.user().and_then(|user| self.user(user)) else {
            return;
        };
        let words: Vec<&str> = [user.nick.as_str()]
            .into_iter()
            .chain(about.iter().copied())
            .collect();
        let (server, verb) = (self.config.server.name.as_str(), numeric.digits());
        let line = Outgoing::new(server, &verb, &words, Some(text), time);
        out.send(&[session], |bytes| line.write(device.caps, bytes));
    }
}
