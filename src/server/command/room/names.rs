//! NAMES: who is in a room. Modern, "NAMES message"; IRCv3 multi-prefix and userhost-in-names.

use crate::proto::cap::Cap;
use crate::proto::mode::Symbols;
use crate::proto::numeric::Numeric;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::room::{Member, RoomId};

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
const END: &str = "End of NAMES";

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let Some(wanted) = cx.msg.get(0).filter(|name| !name.is_empty()) else {
        cx.numeric(Numeric::RPL_ENDOFNAMES, &["*"], END);
        return Ok(());
    };
    let first = wanted.split(',').next().unwrap_or(wanted);
    match cx.world.room_named(first) {
        Some(room) => tell(cx, room),
        None => cx.numeric(Numeric::RPL_ENDOFNAMES, &[first], END),
    }
    Ok(())
}

/// 353 as often as needed, then 366.
pub(crate) fn tell(cx: &mut Ctx<'_>, id: RoomId) {
    let Some(name) = cx.world.room(id).map(|room| room.name.clone()) else {
        return;
    };
    for line in lines(cx, id) {
        cx.numeric(Numeric::RPL_NAMREPLY, &["=", name.as_str()], &line);
    }
    cx.numeric(Numeric::RPL_ENDOFNAMES, &[name.as_str()], END);
}

/// The names that the asker may see, in pieces that fit on a line.
fn lines(cx: &Ctx<'_>, id: RoomId) -> Vec<String> {
    let mut lines = vec![String::new()];
    let is_inside = cx
        .user_id()
        .is_ok_and(|me| cx.world.member(me, id).is_some());
    let members = cx
        .world
        .room(id)
        .map(|room| room.members.as_slice())
        .unwrap_or_default();
    for member in members {
        let Some(entry) = entry(cx, *member, is_inside) else {
            continue;
        };
        let Some(line) = lines.last_mut() else {
            continue;
        };
        if line.is_empty() {
            *line = entry;
        } else if line.len() + 1 + entry.len() <= NAMES_PER_LINE {
            line.push(' ');
            line.push_str(&entry);
        } else {
            lines.push(entry);
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn entry(cx: &Ctx<'_>, member: Member, is_inside: bool) -> Option<String> {
    let user = cx.world.user(member.user)?;
    if user.is_invisible() && !is_inside {
        return None;
    }
    let which = if cx.has(Cap::MultiPrefix) {
        Symbols::All
    } else {
        Symbols::Highest
    };
    let mut entry: String = member.ranks.symbols(which).collect();
    if cx.has(Cap::UserhostInNames) {
        entry.push_str(&user.source());
    } else {
        entry.push_str(user.nick.as_str());
    }
    Some(entry)
}
