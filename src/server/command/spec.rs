//! What a command is: its row in the table, and the context in which it runs.

use crate::proto::cap::{Cap, CapSet};
use crate::proto::mask;
use crate::proto::message::Message;
use crate::proto::numeric::Numeric;
use crate::server::command::reply::Replies;
use crate::server::world::World;
use crate::server::world::deliver::Outgoing;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Ask, Now, SessionId};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::{Answer, Fail, Refusal};
use crate::server::world::right::Right;
use crate::server::world::session::{Asking, Goal, Session};
use crate::server::world::source::{Source, Voice};
use crate::server::world::stamp::Stamp;
use crate::server::world::user::User;
use crate::store::record::{Record, Weight};
use smallvec::SmallVec;
use std::sync::Arc;

/// One command: what the dispatcher checks, what people are told, and what is done.
#[derive(Debug)]
pub struct Spec {
    pub verb: &'static str,
    /// Fewer parameters than this are answered with 461.
    pub min_params: usize,
    pub who: Who,
    /// Parameters, for people.
    pub usage: &'static str,
    /// One line for people.
    pub help: &'static str,
    pub run: fn(&mut Ctx<'_>) -> Result<(), Refusal>,
}

/// The capability whose specification defines standard replies to this verb.
fn defining(verb: &str) -> Option<Cap> {
    match verb {
        "CHATHISTORY" => Some(Cap::Chathistory),
        "MARKREAD" => Some(Cap::ReadMarker),
        "REDACT" => Some(Cap::MessageRedaction),
        "SEARCH" => Some(Cap::Search),
        "BATCH" => Some(Cap::Multiline),
        "METADATA" => Some(Cap::Metadata),
        "RENAME" => Some(Cap::ChannelRename),
        "PERSISTENCE" => Some(Cap::Persistence),
        "SETNAME" => Some(Cap::SetName),
        _ => None,
    }
}

/// Who may use a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// Before and after registration.
    Anyone,
    /// Only before it is complete; 462 after.
    Newcomer,
    /// Only after it; 451 before.
    User,
}

/// One line being executed for one session.
#[derive(Debug)]
pub struct Ctx<'a> {
    pub world: &'a mut World,
    /// What goes to others.
    pub out: &'a mut Effects,
    /// What goes to the asker; labelled and batched when the command is done.
    pub replies: &'a mut Replies,
    pub msg: &'a Message<'a>,
    pub session: SessionId,
    pub now: Now,
}

impl<'a> Ctx<'a> {
    /// The asker's session.
    pub fn me(&self) -> Option<&Session> {
        self.world.session(self.session)
    }

    /// The asker, who must be let in.
    pub fn user_id(&self) -> Result<UserId, Refusal> {
        self.me()
            .and_then(Session::user)
            .ok_or(Refusal::NotRegistered)
    }

    /// The asker, who must be let in.
    pub fn user(&self) -> Result<&User, Refusal> {
        self.world
            .user(self.user_id()?)
            .ok_or(Refusal::NotRegistered)
    }

    /// The asker's `nick!user@host`.
    pub fn source(&self) -> Result<Source, Refusal> {
        Ok(self.user()?.source())
    }

    /// The asker's nick, or `*` before they are let in.
    pub fn nick(&self) -> Arc<str> {
        self.user()
            .map_or_else(|_| "*".into(), |user| user.nick.shared())
    }

    /// Whether the asker negotiated `cap`.
    pub fn has(&self, cap: Cap) -> bool {
        self.me().is_some_and(|session| session.caps.has(cap))
    }

    /// The parameter at `index`, which must be there and not be empty.
    pub fn need(&self, index: usize) -> Result<&'a str, Refusal> {
        let too_few = || Refusal::NeedMoreParams(self.msg.verb.to_ascii_uppercase());
        self.msg
            .get(index)
            .filter(|param| !param.is_empty())
            .ok_or_else(too_few)
    }

    /// The parameter at `index`, if given, must name this server: 402.
    pub fn must_mean_us(&self, index: usize) -> Result<(), Refusal> {
        let Some(name) = self.msg.get(index).filter(|name| !name.is_empty()) else {
            return Ok(());
        };
        let is_us = mask::matches(name, &self.world.config.server.name)
            || self.world.nick_owner(name).is_some();
        if is_us {
            Ok(())
        } else {
            Err(Refusal::NoSuchServer(name.to_owned()))
        }
    }

    /// The server's time as text.
    pub fn time(&mut self) -> Arc<str> {
        self.world.stamps.time(self.now.unix_ms)
    }

    /// The moment and a new name for something that happens now.
    pub fn stamp(&mut self) -> Stamp {
        self.world.stamps.next(self.now.unix_ms)
    }

    /// Whether the answer has grown as long as one may be: more could cost the asker the connection, because
    /// nobody may have more than `limits.send_queue` waiting. The asker is told, for which `verb`.
    pub fn is_full(&mut self, verb: &str) -> bool {
        let is_full = self.replies.size() > self.world.config.limits.send_queue / 2;
        if is_full {
            let text = "There is more than can be told at once; ask for a part of it";
            self.standard("NOTE", verb, "TRUNCATED", &[], text);
        }
        is_full
    }

    /// The room of this name: 403 if there is none.
    pub fn room(&self, name: &str) -> Result<RoomId, Refusal> {
        self.world
            .room_named(name)
            .ok_or_else(|| Refusal::NoSuchRoom(name.to_owned()))
    }

    /// The user of this name: 401 if there is none.
    pub fn who(&self, nick: &str) -> Result<UserId, Refusal> {
        self.world
            .nick_owner(nick)
            .ok_or_else(|| Refusal::NoSuchNick(nick.to_owned()))
    }

    /// Answers the asker with a line of this verb from the server.
    pub fn reply(&mut self, verb: &str, words: &[&str], text: Option<&str>) {
        let config = Arc::clone(&self.world.config);
        self.reply_as(config.server.name.as_str(), verb, words, text);
    }

    /// Answers the asker with a line from `source`.
    pub fn reply_as<'s>(
        &mut self,
        source: impl Into<Voice<'s>>,
        verb: &str,
        words: &[&str],
        text: Option<&str>,
    ) {
        let time = self.time();
        let line = Outgoing {
            source: source.into(),
            ..Outgoing::new("", verb, words, text, &time)
        };
        self.echo(&line);
    }

    /// Answers the asker with a line that others get too.
    pub fn echo(&mut self, line: &Outgoing<'_>) {
        let caps = self.caps();
        self.replies.push(|bytes| line.write(caps, bytes));
    }

    /// Sends the asker a line that the command caused but that is not its answer.
    pub fn aside(&mut self, line: &Outgoing<'_>) {
        let caps = self.caps();
        self.replies.push_aside(|bytes| line.write(caps, bytes));
    }

    /// Answers the asker, who has capability `batch`, with a batch of these lines.
    pub fn batch(&mut self, kind: &str, lines: &[Outgoing<'_>]) {
        let name = self.open_batch(kind);
        for line in lines {
            self.reply_in_batch(&name, line);
        }
        self.close_batch(&name);
    }

    /// Begins a batch of the command's own and tells its name.
    pub fn open_batch(&mut self, kind: &str) -> String {
        self.open_batch_about(&[kind])
    }

    /// Begins a batch of this type, with what it is about.
    pub fn open_batch_about(&mut self, kind: &[&str]) -> String {
        let server = self.world.config.server.name.clone();
        let (name, time, caps) = (self.world.batch_name(), self.time(), self.caps());
        let open = format!("+{name}");
        let words = [&[open.as_str()], kind].concat();
        let line = Outgoing::new(&server, "BATCH", &words, None, &time);
        self.replies
            .push_batch_start(|bytes| line.write(caps, bytes));
        name
    }

    /// Answers with a line of the batch of this name.
    pub fn reply_in_batch(&mut self, name: &str, line: &Outgoing<'_>) {
        let line = Outgoing {
            batch: Some(name),
            ..*line
        };
        let caps = self.caps();
        self.replies
            .push_batch_part(|bytes| line.write(caps, bytes));
    }

    /// Ends the batch of this name.
    pub fn close_batch(&mut self, name: &str) {
        let server = self.world.config.server.name.clone();
        let (time, caps) = (self.time(), self.caps());
        let close = format!("-{name}");
        let words = [close.as_str()];
        let line = Outgoing::new(&server, "BATCH", &words, None, &time);
        self.replies
            .push_batch_part(|bytes| line.write(caps, bytes));
    }

    /// What the asker negotiated.
    fn caps(&self) -> CapSet {
        self.me().map(|session| session.caps).unwrap_or_default()
    }

    /// Answers with a numeric that ends in a text.
    pub fn numeric(&mut self, numeric: Numeric, about: &[&str], text: &str) {
        self.numeric_line(numeric, about, Some(text));
    }

    /// Answers with a numeric of single words.
    pub fn numeric_words(&mut self, numeric: Numeric, words: &[&str]) {
        self.numeric_line(numeric, words, None);
    }

    fn numeric_line(&mut self, numeric: Numeric, about: &[&str], text: Option<&str>) {
        let nick = self.nick();
        let mut words: SmallVec<[&str; 8]> = SmallVec::new();
        words.push(&nick);
        words.extend_from_slice(about);
        self.reply(&numeric.digits(), &words, text);
    }

    /// Answers with FAIL, WARN or NOTE, or a NOTICE for clients without standard-replies.
    pub fn standard(&mut self, kind: &str, verb: &str, code: &str, context: &[&str], text: &str) {
        let is_defined = |cap| self.has(cap);
        if self.has(Cap::StandardReplies) || defining(verb).is_some_and(is_defined) {
            let words = [&[verb, code], context].concat();
            self.reply(kind, &words, Some(text));
        } else {
            let nick = self.nick();
            self.reply("NOTICE", &[&nick], Some(text));
        }
    }

    /// Logs that the asker did this.
    pub fn log(&mut self, act: &str) {
        if let Ok(source) = self.source() {
            self.out.log(format!("{source}: {act}"));
        }
    }

    /// Has something slow found out; the command goes on in [`resume`](crate::server::command::resume). Nothing was
    /// answered yet. The dispatcher adds the label. One line asks one question: a second one would leave an answer
    /// over, which would be taken for that to a later question.
    pub fn ask(&mut self, ask: Ask, goal: Goal) {
        let me = self.world.session_mut(self.session);
        if let Some(me) = me.filter(|me| me.asking.is_none()) {
            me.asking = Some(Box::new(Asking {
                label: None,
                verb: "*",
                goal,
            }));
            self.out.ask(self.session, ask);
        }
    }

    /// Keeps a fact: it is true from now on, and nobody is told before it is stored. While the store does not
    /// work: `FAIL … STORAGE`, and nothing changes.
    pub fn keep(&mut self, record: Record) -> Result<(), Refusal> {
        if self.world.is_read_only && record.weight() == Weight::Promise {
            return Err(Refusal::storage(self.msg.verb));
        }
        self.world.keep(self.out, record);
        Ok(())
    }

    /// The asker must have this right: 481.
    pub fn must_have(&self, right: Right) -> Result<(), Refusal> {
        let user = self.user()?;
        match &user.operator {
            Some(_) if user.may(right) => Ok(()),
            Some(_) => Err(Refusal::NeedsRole(right.needs())),
            None => Err(Refusal::NoPrivilege),
        }
    }

    /// Says no.
    pub fn refuse(&mut self, refusal: &Refusal) {
        match refusal.answer() {
            Answer::Numeric(numeric, about, text) => {
                let about: Vec<&str> = about.iter().map(AsRef::as_ref).collect();
                self.numeric(numeric, &about, &text);
            }
            Answer::Fail(fail) if fail.is_for_everybody() => {
                self.reply("FAIL", &[&fail.verb, fail.code], Some(&fail.text));
            }
            Answer::Fail(Fail {
                verb,
                code,
                context,
                text,
            }) => {
                let context: Vec<&str> = context.iter().map(String::as_str).collect();
                self.standard("FAIL", verb, code, &context, text);
            }
        }
    }
}
