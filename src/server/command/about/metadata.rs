//! METADATA: what people tell of themselves and of rooms. IRCv3 metadata, as draft/metadata-3 has it.
//!
//! Anybody may read what a person tells of themselves; what is told of a room is for its members, and
//! for others the room is no target. Members of rank `o` change it.

mod subscribe;
pub(crate) mod sync;

use crate::proto::cap::Cap;
use crate::proto::mode::Rank;
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::server::command::about::metadata::subscribe::{subscribe, subscriptions, unsubscribe};
use crate::server::command::about::metadata::sync::sync;
use crate::server::command::people::sanctioned;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::metadata::{Metadata, Whose, is_key, max_value};
use crate::server::world::refusal::{Fail, Refusal};
use crate::store::record::Record;

pub(crate) const METADATA: Spec = Spec {
    verb: "METADATA",
    min_params: 0,
    who: Who::Anyone,
    usage: "<target> GET|LIST|SET|CLEAR|SUB|UNSUB|SUBS|SYNC [<key>…] [<value>]",
    help: "Tell of yourself or a room, and learn what others tell",
    run,
};

/// Somebody's own, before they are let in and after.
const ONESELF: &str = "*";

/// Whose metadata it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Subject {
    /// That of a session which is not let in yet.
    Early,
    Of(Whose),
}

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let config = cx.world.config.metadata;
    if !config.enabled {
        return Err(Refusal::UnknownCommand("METADATA".to_owned()));
    }
    let (target, word) = (cx.msg.get(0).unwrap_or_default(), cx.msg.get(1));
    let word = word.unwrap_or("*");
    if !cx.me().is_some_and(|me| me.caps.uses(Cap::Metadata)) {
        return Err(params(word, "Negotiate draft/metadata-3 and batch first"));
    }
    if cx.user_id().is_err() && !config.before_connect {
        return Err(Refusal::NotRegistered);
    }
    let keys = cx.msg.params().get(2..).unwrap_or_default();
    match (word.to_ascii_uppercase().as_str(), keys) {
        ("GET", [_, ..]) => get(cx, target, keys),
        ("LIST", []) => list(cx, target),
        ("SET", [key]) => set(cx, target, key, ""),
        ("SET", [key, value]) => set(cx, target, key, value),
        ("CLEAR", []) => clear(cx, target),
        ("SUB", [_, ..]) => own(cx, target).and_then(|()| subscribe(cx, keys)),
        ("UNSUB", [_, ..]) => own(cx, target).and_then(|()| unsubscribe(cx, keys)),
        ("SUBS", []) => own(cx, target).map(|()| subscriptions(cx)),
        ("SYNC", []) => sync(cx, target),
        _ => Err(params(
            word,
            "There is no such subcommand, or it takes other parameters",
        )),
    }
}

fn params(word: &str, why: &'static str) -> Refusal {
    let is_word = !word.is_empty() && !word.starts_with(':') && !word.contains(' ');
    fail("INVALID_PARAMS", &[if is_word { word } else { "*" }], why)
}

fn fail(code: &'static str, context: &[&str], why: &'static str) -> Refusal {
    Refusal::Fail(Fail {
        verb: "METADATA".to_owned(),
        code,
        context: context.iter().map(|word| (*word).to_owned()).collect(),
        text: why.into(),
    })
}

fn invalid_target(target: &str) -> Refusal {
    let target = target
        .split(' ')
        .next()
        .filter(|word| !word.is_empty() && !word.starts_with(':'));
    fail(
        "INVALID_TARGET",
        &[target.unwrap_or("*")],
        "There is no such target for you",
    )
}

/// Whose metadata `target` means. A room is one for its members only.
fn subject(cx: &Ctx<'_>, target: &str) -> Result<Subject, Refusal> {
    let Ok(me) = cx.user_id() else {
        return match target {
            ONESELF => Ok(Subject::Early),
            _ => Err(invalid_target(target)),
        };
    };
    let whose = match target {
        ONESELF => Some(Whose::User(me)),
        room if is_room(room) => {
            let id = cx.world.room_named(room);
            id.filter(|id| cx.world.member(me, *id).is_some())
                .map(Whose::Room)
        }
        nick => cx.world.nick_owner(nick).map(Whose::User),
    };
    whose.map(Subject::Of).ok_or_else(|| invalid_target(target))
}

/// The target must be the asker.
fn own(cx: &Ctx<'_>, target: &str) -> Result<(), Refusal> {
    let is_mine = match subject(cx, target)? {
        Subject::Early => true,
        Subject::Of(whose) => cx.user_id().is_ok_and(|me| whose == Whose::User(me)),
    };
    is_mine.then_some(()).ok_or_else(|| invalid_target(target))
}

/// What the subject is called.
fn name(cx: &Ctx<'_>, subject: Subject) -> String {
    match subject {
        Subject::Early => ONESELF.to_owned(),
        Subject::Of(whose) => cx.world.name_of(whose).unwrap_or("*").to_owned(),
    }
}

fn read(cx: &Ctx<'_>, subject: Subject) -> Metadata {
    let found = match subject {
        Subject::Early => cx.me().and_then(|me| Some(&me.interest.as_ref()?.early)),
        Subject::Of(whose) => cx.world.metadata(whose),
    };
    found.cloned().unwrap_or_default()
}

/// Answers within a batch with what a key of `name` is.
fn tell_key(cx: &mut Ctx<'_>, batch: &str, name: &str, key: &str, value: Option<&str>) {
    let nick = cx.nick();
    let (numeric, words, text) = match value {
        Some(value) => (Numeric::RPL_KEYVALUE, vec![&*nick, name, key, "*"], value),
        None => (
            Numeric::RPL_KEYNOTSET,
            vec![&*nick, name, key],
            "Key not set",
        ),
    };
    tell(cx, batch, &numeric.to_string(), &words, text);
}

fn tell(cx: &mut Ctx<'_>, batch: &str, verb: &str, words: &[&str], text: &str) {
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    cx.reply_in_batch(
        batch,
        &Outgoing::new(&server, verb, words, Some(text), &time),
    );
}

fn get(cx: &mut Ctx<'_>, target: &str, keys: &[&str]) -> Result<(), Refusal> {
    let subject = subject(cx, target)?;
    let (name, known) = (name(cx, subject), read(cx, subject));
    let batch = cx.open_batch_about(&["metadata", &name]);
    for key in keys {
        match is_key(key) {
            true => tell_key(cx, &batch, &name, key, known.get(*key).map(AsRef::as_ref)),
            false => {
                let words = ["METADATA", "INVALID_KEY", shown(key)];
                tell(cx, &batch, "WARN", &words, "That cannot be a key");
            }
        }
    }
    cx.close_batch(&batch);
    Ok(())
}

/// What of an invalid key can be shown as a word.
fn shown(key: &str) -> &str {
    let is_word = !key.is_empty() && !key.starts_with(':') && !key.contains(' ');
    if is_word { key } else { "*" }
}

fn list(cx: &mut Ctx<'_>, target: &str) -> Result<(), Refusal> {
    let subject = subject(cx, target)?;
    tell_all_of(cx, subject);
    Ok(())
}

fn tell_all_of(cx: &mut Ctx<'_>, subject: Subject) {
    let (name, known) = (name(cx, subject), read(cx, subject));
    let batch = cx.open_batch_about(&["metadata", &name]);
    for (key, value) in &known {
        tell_key(cx, &batch, &name, key, Some(value));
    }
    cx.close_batch(&batch);
}

/// Refuses to change what is not the asker's to change.
fn must_own(cx: &Ctx<'_>, subject: Subject, key: &str) -> Result<(), Refusal> {
    let may = match subject {
        Subject::Early => true,
        Subject::Of(Whose::User(id)) => cx.user_id().is_ok_and(|me| me == id),
        Subject::Of(Whose::Room(id)) => {
            let member = cx.user_id().ok().and_then(|me| cx.world.member(me, id));
            member.is_some_and(|member| member.ranks.at_least(Rank::Op))
        }
    };
    let name = name(cx, subject);
    let why = "That is not yours to change";
    may.then_some(())
        .ok_or_else(|| fail("KEY_NO_PERMISSION", &[&name, key], why))
}

fn set(cx: &mut Ctx<'_>, target: &str, key: &str, value: &str) -> Result<(), Refusal> {
    let subject = subject(cx, target)?;
    if !is_key(key) {
        return Err(fail("INVALID_KEY", &[shown(key)], "That cannot be a key"));
    }
    must_own(cx, subject, key)?;
    if value.len() > max_value(&cx.world.config) {
        return Err(fail(
            "INVALID_VALUE",
            &[key],
            "That is longer than a value may be",
        ));
    }
    if !value.is_empty() {
        sanctioned::must_be_told(cx, "METADATA", Some(value))?;
    }
    let (name, mut known) = (name(cx, subject), read(cx, subject));
    let most = cx.world.config.metadata.max_keys;
    if !value.is_empty() && !known.contains_key(key) && known.len() >= most {
        let about = ["SET", &*name, &*most.to_string()];
        return Err(fail(
            "LIMIT_REACHED",
            &about,
            "There are as many keys as may be",
        ));
    }
    let value = Some(value).filter(|value| !value.is_empty());
    let before = match value {
        Some(value) => known.insert(key.into(), value.into()),
        None => known.remove(key),
    };
    if before.as_deref() != value {
        write(cx, subject, known)?;
        announce(cx, subject, key, value);
    }
    match value {
        Some(value) => cx.numeric(Numeric::RPL_KEYVALUE, &[&name, key, "*"], value),
        None => cx.numeric(Numeric::RPL_KEYNOTSET, &[&name, key], "Key not set"),
    }
    Ok(())
}

fn clear(cx: &mut Ctx<'_>, target: &str) -> Result<(), Refusal> {
    let subject = subject(cx, target)?;
    must_own(cx, subject, "*")?;
    let (name, known) = (name(cx, subject), read(cx, subject));
    if !known.is_empty() {
        write(cx, subject, Metadata::new())?;
    }
    let batch = cx.open_batch_about(&["metadata", &name]);
    for key in known.keys() {
        tell_key(cx, &batch, &name, key, None);
        announce(cx, subject, key, None);
    }
    cx.close_batch(&batch);
    Ok(())
}

/// Puts this in place of what was known; of an account or a registered room it is kept.
fn write(cx: &mut Ctx<'_>, subject: Subject, known: Metadata) -> Result<(), Refusal> {
    match subject {
        Subject::Early => {
            if let Some(me) = cx.world.session_mut(cx.session) {
                me.interest.get_or_insert_default().early = known;
            }
        }
        Subject::Of(Whose::Room(id)) => {
            cx.must_be_kept(id)?;
            if let Some(room) = cx.world.room_mut(id) {
                room.metadata = known;
            }
            cx.keep_room(id, &[])?;
        }
        Subject::Of(Whose::User(id)) => {
            let account = cx.world.user(id).and_then(|user| user.account.as_ref());
            let holding = account.and_then(|login| cx.world.accounts.get(login.id));
            if let Some(holding) = holding {
                let mut account = holding.account.clone();
                account.metadata = known;
                cx.keep(Record::Account(Box::new(account)))?;
            } else if let Some(user) = cx.world.user_mut(id) {
                user.metadata = known.into();
            }
        }
    }
    Ok(())
}

fn announce(cx: &mut Ctx<'_>, subject: Subject, key: &str, value: Option<&str>) {
    if let Subject::Of(whose) = subject {
        let (session, now) = (cx.session, cx.now);
        cx.world
            .tell_metadata(cx.out, whose, (key, value), session, now);
    }
}
