//! The command table, and the dispatcher that does once what all commands share: known? allowed? enough parameters?

mod about;
mod account;
pub mod admin;
mod audience;
pub(crate) mod doer;
pub mod files;
pub mod operator;
#[cfg(test)]
mod panic;
mod past;
mod people;
mod portion;
pub mod promise;
#[cfg(test)]
mod rehearsal;
pub mod reply;
mod room;
mod session;
pub mod spec;

use crate::config::Config;
use crate::proto::message::{Fault, FaultKind, Message, unescape};
use crate::server::command::portion::{answer, finish, go_on, leave_nothing};
use crate::server::command::promise::tie;
use crate::server::command::reply::{Carried, Replies};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::World;
use crate::server::world::cursor::Cursor;
use crate::server::world::effects::Effects;
use crate::server::world::event::{Found, Now, SessionId};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::{Asking, Goal};

/// Every command, sorted by verb.
pub const TABLE: &[&Spec] = &[
    &people::accept::ACCEPT,
    &about::admin::ADMIN,
    &account::authenticate::AUTHENTICATE,
    &people::away::AWAY,
    &people::batch::BATCH,
    &session::cap::CAP,
    &room::chanserv::CHANSERV,
    &past::chathistory::CHATHISTORY,
    &room::chanserv::CS,
    &files::file::FILE,
    &about::help::HELP,
    &about::help::HELPOP,
    &about::info::INFO,
    &room::invite::INVITE,
    &people::userhost::ISON,
    &about::isupport::ISUPPORT,
    &room::join::JOIN,
    &room::kick::KICK,
    &operator::kill::KILL,
    &operator::kline::KLINE,
    &about::links::LINKS,
    &room::list::LIST,
    &about::lusers::LUSERS,
    &past::marker::MARKREAD,
    &about::metadata::METADATA,
    &room::mode::MODE,
    &people::monitor::MONITOR,
    &about::motd::MOTD,
    &room::names::NAMES,
    &session::nick::NICK,
    &account::nickserv::NICKSERV,
    &people::message::NOTICE,
    &account::nickserv::NS,
    &operator::oper::OPER,
    #[cfg(test)]
    &panic::PANIC,
    &room::part::PART,
    &session::pass::PASS,
    &account::persistence::PERSISTENCE,
    &session::ping::PING,
    &session::ping::PONG,
    &people::message::PRIVMSG,
    &session::gateway::PROXY,
    &session::quit::QUIT,
    &past::redact::REDACT,
    &account::register::REGISTER,
    &operator::rehash::REHASH,
    &room::rename::RENAME,
    &past::search::SEARCH,
    &people::setname::SETNAME,
    &people::silence::SILENCE,
    &operator::stats::STATS,
    &about::relics::SUMMON,
    &people::message::TAGMSG,
    &about::time::TIME,
    &room::topic::TOPIC,
    &operator::kline::UNKLINE,
    &session::user::USER,
    &people::userhost::USERHOST,
    &about::relics::USERS,
    &account::register::VERIFY,
    &about::version::VERSION,
    &operator::wallops::WALLOPS,
    &session::gateway::WEBIRC,
    &people::who::WHO,
    &people::whois::WHOIS,
    &people::wholast::WHOLAST,
    &people::whowas::WHOWAS,
];

/// Most lines that a connection may send before it is let in (contract: "registration").
const MAX_NEWCOMER_LINES: usize = 64;
/// Longest label in bytes (IRCv3 labeled-response).
const MAX_LABEL: usize = 64;

/// The row of a verb, in any case.
pub fn find(verb: &str) -> Option<&'static Spec> {
    TABLE.get(place(verb)?).copied()
}

/// Where the row of a verb stands.
fn place(verb: &str) -> Option<usize> {
    let mut upper = [0u8; 16];
    let upper = upper.get_mut(..verb.len())?;
    upper.copy_from_slice(verb.as_bytes());
    upper.make_ascii_uppercase();
    TABLE
        .binary_search_by(|spec| spec.verb.as_bytes().cmp(upper))
        .ok()
}

/// Whether a line is executed or, being one too many, only answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mood {
    Execute,
    RefuseAsFlood,
}

/// Executes one line of one session; `replies` is empty memory to work with.
pub fn dispatch(
    world: &mut World,
    out: &mut Effects,
    replies: &mut Replies,
    session: SessionId,
    line: &Result<Message<'_>, Fault<'_>>,
    now: Now,
    mood: Mood,
) {
    let (Some(caps), Some(lines)) = (
        world.session(session).map(|session| session.caps),
        world.hear(session, now),
    ) else {
        return;
    };
    let (msg, label, fault) = match line {
        Ok(msg) => (*msg, msg.tags.get("label"), None),
        Err(fault) if fault.kind == FaultKind::Empty => return,
        Err(fault) => (no_message(), fault.label.map(unescape), Some(fault)),
    };
    // The tag "has a required value": without one it is no label.
    let label = label.filter(|label| !label.is_empty());
    let mark = out.mark();
    let mut cx = Ctx {
        world,
        out,
        replies,
        msg: &msg,
        session,
        now,
    };
    if is_sent_away(&mut cx, lines, fault) {
        return finish(&mut cx, None, caps);
    }
    past::inbox::confirm(&mut cx, past::inbox::PROOF_MS);
    let result = match (fault, mood) {
        (Some(_), _) | (None, Mood::RefuseAsFlood) => {
            people::batch::miss(&mut cx);
            Err(fault.map_or_else(|| flooded(&msg), refusal_of))
        }
        (None, Mood::Execute) if label.as_ref().is_some_and(|label| label.len() > MAX_LABEL) => {
            Err(Refusal::fail(
                msg.verb,
                "INVALID_LABEL",
                "A label has at most 64 bytes",
            ))
        }
        (None, Mood::Execute) => run(&mut cx),
    };
    if let Err(refusal) = result {
        cx.refuse(&refusal);
    }
    let label = match std::mem::take(&mut cx.replies.carried) {
        Carried::Own => label,
        Carried::Held => None,
        Carried::Earlier(earlier) => label.or(Some(earlier.into())),
    };
    let me = cx.world.session_mut(session);
    match me.and_then(|me| me.asking.as_mut()) {
        Some(asking) if mood == Mood::Execute => {
            asking.label = label.as_deref().map(str::to_owned);
            asking.verb = known(cx.msg.verb);
            leave_nothing(&mut cx, caps);
        }
        _ => answer(&mut cx, label.as_deref(), caps),
    }
    let cause = (known(msg.verb), label.as_deref());
    tie(cx.world, cx.out, mark, session, cause);
}

/// Sends away whose lines cannot become a registration; `lines` came before they are let in.
fn is_sent_away(cx: &mut Ctx<'_>, lines: usize, fault: Option<&Fault<'_>>) -> bool {
    let is_header = |fault: &Fault<'_>| session::gateway::begins_for_another(fault.verb);
    if lines > MAX_NEWCOMER_LINES {
        session::quit::part_ways(cx, "Registration flood");
    } else if lines == 1 && fault.is_some_and(is_header) {
        session::gateway::refuse_header(cx);
    } else {
        return false;
    }
    true
}

/// What time brings about.
pub fn tick(world: &mut World, out: &mut Effects, replies: &mut Replies, now: Now) {
    people::batch::tick(world, out, replies, now);
}

/// Tells which capabilities there are now that another configuration counts.
pub fn tell_capabilities(world: &mut World, out: &mut Effects, before: &Config, now: Now) {
    session::offer::tell_changes(world, out, before, now);
}

/// What a command sees that no line of its own caused.
fn no_message() -> Message<'static> {
    Message::from_text("*").expect("a verb alone is a message")
}

/// Goes on with the command that waited for this.
pub fn resume(
    world: &mut World,
    out: &mut Effects,
    replies: &mut Replies,
    session: SessionId,
    found: Found,
    now: Now,
) {
    let Some((caps, asking)) = world
        .session_mut(session)
        .and_then(|me| Some((me.caps, me.asking.take()?)))
    else {
        return;
    };
    let Asking { label, goal, verb } = *asking;
    let mark = out.mark();
    let nothing = no_message();
    let mut cx = Ctx {
        world,
        out,
        replies,
        msg: &nothing,
        session,
        now,
    };
    let result = match goal {
        Goal::Oper(operator) => operator::oper::resume(&mut cx, &found, operator),
        Goal::Account(wish) => account::resume(&mut cx, found, *wish),
        Goal::SpeakFor(claim) => session::gateway::resume(&mut cx, &found, *claim),
        Goal::Rehash => operator::rehash::resume(&mut cx, &found),
        Goal::Admit(operator) => operator::oper::admit(&mut cx, &found, operator),
        Goal::Recorded(line) => operator::recorded::resume(&mut cx, &found, &line),
        Goal::Admin(pending) => operator::request::resume(&mut cx, &found, *pending),
        Goal::More(mut open) => {
            if let Some(Cursor::Past(past)) = open.cursors.front_mut() {
                past.learn(found);
            }
            go_on(&mut cx, label.clone(), open);
            let cause = (verb, label.as_deref());
            return tie(cx.world, cx.out, mark, session, cause);
        }
    };
    if let Err(refusal) = result {
        cx.refuse(&refusal);
    }
    let me = cx.world.session_mut(session);
    match me.and_then(|me| me.asking.as_mut()) {
        // One answer led to another question.
        Some(asking) => {
            asking.label.clone_from(&label);
            asking.verb = verb;
            leave_nothing(&mut cx, caps);
        }
        None => answer(&mut cx, label.as_deref(), caps),
    }
    tie(cx.world, cx.out, mark, session, (verb, label.as_deref()));
}

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let is_newcomer = cx.user_id().is_err();
    if let Some(result) = people::batch::takes(cx) {
        return result;
    }
    let at = place(cx.msg.verb).ok_or_else(|| unknown(cx.msg.verb))?;
    let spec = TABLE.get(at).ok_or_else(|| unknown(cx.msg.verb))?;
    cx.world.tally.count(at);
    match (spec.who, is_newcomer) {
        (Who::User, true) => return Err(Refusal::NotRegistered),
        (Who::Newcomer, false) => return Err(Refusal::AlreadyRegistered),
        (Who::Anyone, _) | (Who::User, false) | (Who::Newcomer, true) => {}
    }
    if cx.msg.params().len() < spec.min_params {
        return Err(Refusal::NeedMoreParams(spec.verb.to_owned()));
    }
    if operator::recorded::comes_first(cx, spec) {
        return Ok(());
    }
    (spec.run)(cx)
}

/// 421 with no more of the verb than fits in one word.
fn unknown(verb: &str) -> Refusal {
    let shown: String = verb
        .chars()
        .take(32)
        .filter(|c| c.is_ascii_graphic())
        .collect();
    Refusal::UnknownCommand(if shown.is_empty() {
        "?".to_owned()
    } else {
        shown
    })
}

fn refusal_of(fault: &Fault<'_>) -> Refusal {
    match fault.kind {
        FaultKind::TooLong => Refusal::LineTooLong,
        FaultKind::InvalidUtf8 => Refusal::fail(
            known(fault.verb),
            "INVALID_UTF8",
            "Only UTF-8 is accepted here; the line was ignored",
        ),
        FaultKind::Malformed | FaultKind::Empty => Refusal::fail(
            "*",
            "MALFORMED_LINE",
            "A line must not hold CR or NUL; it was ignored",
        ),
    }
}

/// The verb as it is in the table, or `*`.
fn known(verb: &str) -> &'static str {
    find(verb).map_or("*", |spec| spec.verb)
}

fn flooded(msg: &Message<'_>) -> Refusal {
    Refusal::fail(
        known(msg.verb),
        "RATE_LIMITED",
        "Too fast: this line was not carried out",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_found_in_any_case() {
        assert!(TABLE.windows(2).all(|pair| pair[0].verb < pair[1].verb));
        for spec in TABLE {
            assert_eq!(
                find(&spec.verb.to_lowercase()).map(|found| found.verb),
                Some(spec.verb)
            );
        }
        assert!(
            find("PRIVMSGPRIVMSGPRIVMSG").is_none() && find("").is_none() && find("É").is_none()
        );
    }
}
