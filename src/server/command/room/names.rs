//! NAMES: who is in a room. Modern, "NAMES message"; IRCv3 multi-prefix and userhost-in-names.

use crate::proto::cap::Cap;
use crate::proto::mode::{Flag, Symbols};
use crate::proto::numeric::Numeric;
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::Cursor;
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;
use crate::server::world::room::Member;
use crate::server::world::user::User;
use std::vec::IntoIter;

pub(crate) const NAMES: Spec = Spec {
    verb: "NAMES",
    min_params: 0,
    who: Who::User,
    usage: "[<room>]",
    help: "List who is in a room",
    run,
};

/// Bytes of names on one line: what is left of 512 beside the longest source, nick and room.
const NAMES_PER_LINE: usize = 350;
/// Members of whom more are not told at once.
const CROWD: usize = 500;
const END: &str = "End of NAMES";

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let Some(wanted) = cx.msg.get(0).filter(|name| !name.is_empty()) else {
        cx.numeric(Numeric::RPL_ENDOFNAMES, &["*"], END);
        return Ok(());
    };
    let first = wanted.split(',').next().unwrap_or(wanted);
    match cx.world.room_named(first) {
        Some(room) => {
            let members = without_own_shadow(cx, room);
            tell_of(cx, room, members);
        }
        None => cx.numeric(Numeric::RPL_ENDOFNAMES, &[first], END),
    }
    Ok(())
}

/// Tells somebody who enters a room who is there, themselves included.
pub(crate) fn tell(cx: &mut Ctx<'_>, id: RoomId) {
    let members = visible_members(cx, id);
    tell_of(cx, id, members);
}

/// Those whom everybody of the asker's rank sees: in an auditorium not the asker, if they are ordinary.
fn without_own_shadow(cx: &Ctx<'_>, id: RoomId) -> Vec<Member> {
    let (mut members, me) = (visible_members(cx, id), cx.user_id().ok());
    if let Some(room) = cx.world.room(id) {
        members.retain(|member| Some(member.user) != me || room.shows(member.ranks));
    }
    members
}

/// 353 as often as needed, then 366; a crowd is told of in portions.
fn tell_of(cx: &mut Ctx<'_>, id: RoomId, members: Vec<Member>) {
    let is_crowd = members.len() > CROWD;
    let users: Vec<UserId> = members.into_iter().map(|member| member.user).collect();
    let mut left = users.into_iter();
    if is_crowd {
        cx.tell_all(Cursor::Names { left, room: id });
    } else {
        tell_lines(cx, &mut left, id);
        end(cx, id);
    }
}

/// Tells the names that are left, then 366.
pub(crate) fn go_on(cx: &mut Ctx<'_>, left: &mut IntoIter<UserId>, id: RoomId) -> Progress {
    while !left.as_slice().is_empty() {
        let some: Vec<UserId> = left.by_ref().take(CROWD).collect();
        tell_lines(cx, &mut some.into_iter(), id);
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    end(cx, id);
    Progress::Done
}

fn end(cx: &mut Ctx<'_>, id: RoomId) {
    if let Some(name) = cx.world.room(id).map(|room| room.name.clone()) {
        cx.numeric(Numeric::RPL_ENDOFNAMES, &[name.as_str()], END);
    }
}

fn tell_lines(cx: &mut Ctx<'_>, users: &mut IntoIter<UserId>, id: RoomId) {
    let Some(room) = cx.world.room(id) else {
        return;
    };
    let symbol = if room.flags.has(Flag::Secret) {
        "@"
    } else {
        "="
    };
    let name = room.name.clone();
    for line in lines(cx, users, id) {
        cx.numeric(Numeric::RPL_NAMREPLY, &[symbol, name.as_str()], &line);
    }
}

/// Names with ranks, in pieces that fit on a line. Who has left the room since is passed over.
fn lines(cx: &Ctx<'_>, users: &mut IntoIter<UserId>, id: RoomId) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let which = if cx.has(Cap::MultiPrefix) {
        Symbols::All
    } else {
        Symbols::Highest
    };
    let has_hosts = cx.has(Cap::UserhostInNames);
    for user in users {
        let (Some(member), Some(user)) = (cx.world.member(user, id), cx.world.user(user)) else {
            continue;
        };
        let mut entry: String = member.ranks.symbols(which).collect();
        match has_hosts {
            true => entry.push_str(&user.source()),
            false => entry.push_str(user.nick.as_str()),
        }
        match lines.last_mut() {
            Some(line) if line.len() + 1 + entry.len() <= NAMES_PER_LINE => {
                line.push(' ');
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    lines
}

/// The members of a room whom the asker may see: of a secret room members see them, of an auditorium operators.
pub(crate) fn visible_members(cx: &Ctx<'_>, id: RoomId) -> Vec<Member> {
    let (Some(room), Ok(me)) = (cx.world.room(id), cx.user_id()) else {
        return Vec::new();
    };
    let mine = cx.world.member(me, id).map(|member| member.ranks);
    let is_visible = |member: &&Member| {
        let is_shown = |user: &User| room.reveals(member, user, mine);
        member.user == me || cx.world.user(member.user).is_some_and(is_shown)
    };
    room.members.iter().filter(is_visible).copied().collect()
}
