//! Fan-out: one line to many sessions, serialised once for each set of capabilities among them.

use crate::proto::cap::{Cap, CapSet};
use crate::proto::write::LineWriter;
use crate::server::world::World;
use crate::server::world::event::{Effects, SessionId};
use crate::server::world::stamp::Stamp;
use crate::server::world::user::UserId;

/// Capabilities that change how an [`Outgoing`] line looks.
const VISIBLE: CapSet = CapSet::of(&[Cap::MessageTags, Cap::ServerTime]);

/// A line on its way, before it is known to whom.
#[derive(Debug, Clone, Copy)]
pub struct Outgoing<'a> {
    /// `nick!user@host`, or the server's name.
    pub source: &'a str,
    pub verb: &'a str,
    /// Parameters that are single words.
    pub words: &'a [&'a str],
    /// The last parameter, if it may hold spaces.
    pub text: Option<&'a str>,
    /// When it happened, as server-time writes it.
    pub time: &'a str,
    pub msgid: Option<&'a str>,
    /// Client-only tags to relay, as they stand on the wire.
    pub client_tags: &'a [(&'a str, &'a str)],
}

impl<'a> Outgoing<'a> {
    /// A line without msgid and client tags.
    pub fn new(
        source: &'a str,
        verb: &'a str,
        words: &'a [&'a str],
        text: Option<&'a str>,
        time: &'a str,
    ) -> Self {
        Self {
            source,
            verb,
            words,
            text,
            time,
            msgid: None,
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

    /// Appends the line as somebody with `caps` gets it.
    pub fn write(&self, caps: CapSet, out: &mut Vec<u8>) {
        let mut line = LineWriter::new(out);
        if caps.has(Cap::ServerTime) {
            line = line.tag("time", self.time);
        }
        if caps.has(Cap::MessageTags) {
            if let Some(msgid) = self.msgid {
                line = line.tag("msgid", msgid);
            }
            for (key, value) in self.client_tags {
                line = line.tag(key, value);
            }
        }
        line = line.verb(self.source, self.verb);
        for word in self.words {
            line = line.param(word);
        }
        if let Some(text) = self.text {
            line = line.trailing(text);
        }
        line.finish();
    }

    /// Bytes of the line without tags, CR and LF included, if nothing were cut off.
    pub fn body_len(&self) -> usize {
        let words: usize = self.words.iter().map(|word| word.len() + 1).sum();
        let text = self.text.map_or(0, |text| text.len() + 2);
        self.source.len() + 2 + self.verb.len() + words + text + 2
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
            Self::With(cap) => caps.has(cap),
            Self::Without(cap) => !caps.has(cap),
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
        let listeners = users
            .filter_map(|user| self.user(user))
            .flat_map(|user| user.sessions.iter().copied())
            .filter(|session| Some(*session) != except)
            .filter_map(|session| Some((session, self.session(session)?.caps)))
            .filter(|(_, caps)| filter.admits(*caps))
            .map(|(session, caps)| (session, caps.and(VISIBLE)));
        out.send_variants(listeners, |caps, bytes| line.write(caps, bytes));
    }
}
