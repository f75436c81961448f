//! ChanServ: rooms that last. Said to it, or with the commands CHANSERV and CS.
//!
//! Who used the command and has standard-replies gets words for programs, everybody else notices.

use crate::proto::cap::Cap;
use crate::proto::mode::{Flag, Rank, Ranks, Sign};
use crate::proto::name::fold;
use crate::proto::time;
use crate::server::command::room::kept;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::defcon::Novelty;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;
use crate::server::world::user::Login;
use crate::store::record::Record;
use crate::store::record::account::AccountId;
use crate::store::record::room::RoomRow;

/// What it is called.
pub(crate) const NAME: &str = "ChanServ";
/// The verb of its machine words.
const VERB: &str = "CHANSERV";

pub(crate) const CHANSERV: Spec = Spec {
    verb: VERB,
    min_params: 0,
    who: Who::User,
    usage: "REGISTER|DROP|INFO <room> | TRANSFER <room> <account> | HELP",
    help: "Register rooms, so that they last",
    run,
};

pub(crate) const CS: Spec = Spec {
    verb: "CS",
    ..CHANSERV
};

/// What can be said to it.
const WORDS: &[(&str, &str)] = &[
    (
        "REGISTER <room>",
        "keeps a room that you run, for ever yours",
    ),
    (
        "DROP <room>",
        "gives it up: it lasts as long as somebody is in it",
    ),
    ("INFO <room>", "tells whose it is and since when"),
    ("TRANSFER <room> <account>", "makes it somebody else's"),
    ("HELP", "tells this"),
];

/// How it answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// NOTE and FAIL.
    Machine,
    /// Notices from ChanServ.
    Human,
}

/// Something it says: code, what it is about, text.
struct Word<'a>(&'static str, &'a [&'a str], &'a str);

/// Why it does not do something: code, what it is about, text.
struct No(&'static str, Vec<String>, &'static str);

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let said = cx.msg.params().join(" ");
    let manner = match cx.has(Cap::StandardReplies) {
        true => Manner::Machine,
        false => Manner::Human,
    };
    obey(cx, &said, manner)
}

/// Somebody said this to it.
pub(crate) fn hear(cx: &mut Ctx<'_>, said: &str) -> Result<(), Refusal> {
    obey(cx, said, Manner::Human)
}

fn obey(cx: &mut Ctx<'_>, said: &str, manner: Manner) -> Result<(), Refusal> {
    let mut words = said.split_ascii_whitespace();
    let (verb, room, account) = (words.next(), words.next(), words.next());
    let verb = verb.unwrap_or("HELP").to_ascii_uppercase();
    let result = match (verb.as_str(), room, account) {
        ("REGISTER", Some(room), _) => register(cx, room, manner),
        ("DROP", Some(room), _) => drop_room(cx, room, manner),
        ("INFO", Some(room), _) => info(cx, room, manner),
        ("TRANSFER", Some(room), Some(account)) => transfer(cx, room, account, manner),
        ("HELP", ..) => {
            for (words, help) in WORDS {
                tell(cx, manner, &Word("HELP", &[], &format!("{words}: {help}")));
            }
            return Ok(());
        }
        ("REGISTER" | "DROP" | "INFO" | "TRANSFER", ..) => Err(no(
            "NEED_MORE_PARAMS",
            &[&verb],
            "The room, or the account, is missing; HELP tells how it is said",
        )),
        _ => Err(no(
            "UNKNOWN_COMMAND",
            &[],
            "I do not understand; HELP tells what I know",
        )),
    };
    match result {
        Err(Refused::No(No(code, about, text))) => {
            let about: Vec<&str> = about.iter().map(String::as_str).collect();
            match manner {
                Manner::Machine => cx.standard("FAIL", VERB, code, &about, text),
                Manner::Human => notice(cx, &about, text),
            }
            Ok(())
        }
        Err(Refused::Otherwise(refusal)) => Err(refusal),
        Ok(()) => Ok(()),
    }
}

/// Why something is not done.
enum Refused {
    No(No),
    Otherwise(Refusal),
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self::Otherwise(refusal)
    }
}

fn no(code: &'static str, about: &[&str], text: &'static str) -> Refused {
    let about = about.iter().map(|word| (*word).to_owned()).collect();
    Refused::No(No(code, about, text))
}

fn tell(cx: &mut Ctx<'_>, manner: Manner, Word(code, about, text): &Word<'_>) {
    match manner {
        Manner::Machine => cx.standard("NOTE", VERB, code, about, text),
        Manner::Human => notice(cx, &[], text),
    }
}

fn notice(cx: &mut Ctx<'_>, about: &[&str], text: &str) {
    let source = format!("{NAME}!{NAME}@services.{}", cx.world.config.server.name);
    let nick = cx.nick();
    let text = match about {
        [] => text.to_owned(),
        about => format!("{}: {text}", about.join(" ")),
    };
    cx.reply_as(&source, "NOTICE", &[&nick], Some(&text));
}

/// The asker's account.
fn login(cx: &Ctx<'_>) -> Result<Login, Refused> {
    let login = cx.user()?.account.clone();
    login.ok_or_else(|| no("NOT_LOGGED_IN", &[], "Log in to an account first"))
}

/// The row of a room that the asker founded.
fn own_row(cx: &Ctx<'_>, name: &str) -> Result<RoomRow, Refused> {
    let login = login(cx)?;
    let row = visible_row(cx, name)?;
    match row.founder == login.id {
        true => Ok(row),
        false => Err(no("NOT_FOUNDER", &[name], "That room is not yours")),
    }
}

/// The row of a room, if the asker may know of it: of a secret one who is in it, or has a rank there.
fn visible_row(cx: &Ctx<'_>, name: &str) -> Result<RoomRow, Refused> {
    let user = cx.user()?;
    let is_inside = |id: RoomId| user.membership(id).is_some();
    let account = user.account.as_ref().map(|login| login.id);
    let is_near = cx.world.room_named(name).is_some_and(is_inside)
        || cx.world.standing(name, account) != Ranks::default();
    let room = cx.world.room_named(name).and_then(|id| cx.world.room(id));
    let is_secret = |row: &RoomRow| match room {
        Some(room) => room.flags.has(Flag::Secret),
        None => row.flags.contains('s'),
    };
    let row = cx.world.row_named(name);
    row.filter(|row| is_near || !is_secret(row))
        .cloned()
        .ok_or_else(|| {
            no(
                "NOT_REGISTERED",
                &[name],
                "There is no such registered room",
            )
        })
}

fn register(cx: &mut Ctx<'_>, name: &str, manner: Manner) -> Result<(), Refused> {
    let is_open = cx.world.defcon.lets_in(Novelty::Room);
    if !cx.world.config.rooms.registration || !is_open {
        let text = "Rooms are not registered on this server";
        return Err(no("DISABLED", &[name], text));
    }
    let (login, me) = (login(cx)?, cx.user_id()?);
    let id = cx.room(name)?;
    let member = cx.world.member(me, id);
    if !member.is_some_and(|member| member.ranks.at_least(Rank::Op)) {
        return Err(Refusal::NotOperator(name.to_owned()).into());
    }
    if cx.world.row_named(name).is_some() {
        let text = "That room is registered already";
        return Err(no("ALREADY_REGISTERED", &[name], text));
    }
    if cx.world.rooms_of(login.id).len() >= cx.world.config.limits.rooms_per_user {
        let text = "You have registered as many rooms as one may";
        return Err(no("TOO_MANY_ROOMS", &[name], text));
    }
    let Some(room) = cx.world.room(id) else {
        return Ok(());
    };
    let mut row = room.first_row(login.id, cx.now.unix_ms);
    for member in &room.members {
        let account = cx
            .world
            .user(member.user)
            .and_then(|user| user.account.as_ref());
        if let Some(account) = account {
            row.set_ranks(account.id, member.ranks);
        }
    }
    let shown = row.name.clone();
    cx.keep(Record::Room(Box::new(row)))?;
    give(cx, id, me, Rank::Founder);
    let text = format!("{shown} is registered; it is yours from now on");
    tell(cx, manner, &Word("ROOM_REGISTERED", &[&shown], &text));
    Ok(())
}

/// Gives a member one more rank.
fn give(cx: &mut Ctx<'_>, room: RoomId, user: UserId, rank: Rank) {
    if let Some(member) = cx.world.member(user, room) {
        let mut ranks = member.ranks;
        ranks.set(rank, Sign::Add);
        kept::rank(cx, room, user, ranks);
    }
}

/// Makes operators of the room's founders.
fn demote_founders(cx: &mut Ctx<'_>, id: RoomId) {
    let members = cx.world.room(id).map(|room| room.members.clone());
    for member in members.unwrap_or_default() {
        let mut ranks = member.ranks;
        if ranks.has(Rank::Founder) {
            ranks.set(Rank::Founder, Sign::Remove);
            ranks.set(Rank::Op, Sign::Add);
            kept::rank(cx, id, member.user, ranks);
        }
    }
}

fn drop_room(cx: &mut Ctx<'_>, name: &str, manner: Manner) -> Result<(), Refused> {
    let row = own_row(cx, name)?;
    cx.keep(Record::RoomGone(fold(&row.name).into()))?;
    if let Some(id) = cx.world.room_named(name) {
        demote_founders(cx, id);
    }
    let text = format!("{} is not registered any more", row.name);
    tell(cx, manner, &Word("ROOM_DROPPED", &[&row.name], &text));
    Ok(())
}

fn info(cx: &mut Ctx<'_>, name: &str, manner: Manner) -> Result<(), Refused> {
    let row = visible_row(cx, name)?;
    let founder = cx.world.accounts.get(row.founder);
    let founder = founder.map_or_else(
        || "*".to_owned(),
        |holding| holding.account.name.to_string(),
    );
    let since = time::to_text(row.registered_ms);
    let text = format!(
        "{} is registered since {since} and is {founder}'s",
        row.name
    );
    let about = [&*row.name, &founder, &since];
    tell(cx, manner, &Word("ROOM_INFO", &about, &text));
    Ok(())
}

fn transfer(cx: &mut Ctx<'_>, name: &str, to: &str, manner: Manner) -> Result<(), Refused> {
    let mut row = own_row(cx, name)?;
    let heir = cx.world.accounts.named(to);
    let unknown = || no("ACCOUNT_UNKNOWN", &[to], "There is no such account");
    let heir = heir.ok_or_else(unknown)?.account.clone();
    if heir.id == row.founder {
        return Err(no("ALREADY_YOURS", &[name], "That room is yours already"));
    }
    if cx.world.rooms_of(heir.id).len() >= cx.world.config.limits.rooms_per_user {
        let text = "They have as many rooms as one may";
        return Err(no("TOO_MANY_ROOMS", &[name], text));
    }
    let before = row.founder;
    row.set_ranks(heir.id, Ranks::default());
    row.founder = heir.id;
    row.set_ranks(before, Ranks::only(Rank::Op));
    let shown = row.name.clone();
    cx.keep(Record::Room(Box::new(row)))?;
    if let Some(id) = cx.world.room_named(name) {
        hand_over(cx, id, before, heir.id);
    }
    let text = format!("{shown} is {}'s from now on", heir.name);
    let about = [&*shown, &*heir.name];
    tell(cx, manner, &Word("ROOM_TRANSFERRED", &about, &text));
    Ok(())
}

/// Gives those who are in the room the ranks that they have now.
fn hand_over(cx: &mut Ctx<'_>, id: RoomId, before: AccountId, heir: AccountId) {
    let members = cx.world.room(id).map(|room| room.members.clone());
    let Some(name) = cx.world.room(id).map(|room| room.name.clone()) else {
        return;
    };
    for member in members.unwrap_or_default() {
        let account = cx
            .world
            .user(member.user)
            .and_then(|user| user.account.as_ref());
        let account = account.map(|login| login.id);
        if account == Some(before) || account == Some(heir) {
            let ranks = cx.world.standing(name.as_str(), account);
            kept::rank(cx, id, member.user, ranks);
        }
    }
}

#[cfg(test)]
mod tests;
