//! WHO: who is where. Modern, "WHO message". The invisible are left out of masks unless a room is shared.

use crate::proto::cap::Cap;
use crate::proto::mask;
use crate::proto::mode::Symbols;
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::UserMode;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::room::RoomId;
use crate::server::world::user::{User, UserId};

pub(crate) const WHO: Spec = Spec {
    verb: "WHO",
    min_params: 0,
    who: Who::User,
    usage: "<room, nick or mask>",
    help: "List people",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let asked = cx.msg.get(0).filter(|mask| !mask.is_empty()).unwrap_or("*");
    if is_room(asked) {
        if let Some(room) = cx.world.room_named(asked) {
            tell_room(cx, room)?;
        }
    } else {
        tell_matching(cx, asked)?;
    }
    cx.numeric(Numeric::RPL_ENDOFWHO, &[asked], "End of WHO");
    Ok(())
}

fn tell_room(cx: &mut Ctx<'_>, room: RoomId) -> Result<(), Refusal> {
    let is_inside = cx.world.member(cx.user_id()?, room).is_some();
    let members = cx
        .world
        .room(room)
        .map(|room| room.members.as_slice())
        .unwrap_or_default();
    let shown: Vec<UserId> = members
        .iter()
        .map(|member| member.user)
        .filter(|id| is_inside || cx.world.user(*id).is_some_and(|user| !user.is_invisible()))
        .collect();
    for user in shown {
        tell(cx, user, Some(room));
    }
    Ok(())
}

fn tell_matching(cx: &mut Ctx<'_>, asked: &str) -> Result<(), Refusal> {
    let (me_id, me) = (cx.user_id()?, cx.user()?);
    if let Some(exact) = cx.world.nick_owner(asked) {
        tell(cx, exact, None);
        return Ok(());
    }
    // RFC 2812 section 3.6.1: `0` is everybody, like `*`.
    let asked = if asked == "0" { "*" } else { asked };
    let may_see = |id: UserId, user: &User| {
        id == me_id || !user.is_invisible() || cx.world.share_a_room(me, user)
    };
    let matching: Vec<UserId> = cx
        .world
        .users()
        .filter(|(_, user)| matches(asked, user))
        .filter(|(id, user)| may_see(*id, user))
        .map(|(id, _)| id)
        .collect();
    for user in matching {
        tell(cx, user, None);
    }
    Ok(())
}

fn matches(asked: &str, user: &User) -> bool {
    [
        user.nick.as_str(),
        &user.username,
        &user.host,
        &user.realname,
    ]
    .iter()
    .any(|text| mask::matches(asked, text))
}

fn tell(cx: &mut Ctx<'_>, id: UserId, room: Option<RoomId>) {
    let Some(user) = cx.world.user(id) else {
        return;
    };
    let mut flags = String::from(if user.away.is_some() { "G" } else { "H" });
    flags.extend(user.is_operator().then_some('*'));
    flags.extend(user.modes.has(UserMode::Bot).then_some('B'));
    let mut shown = "*".to_owned();
    if let Some(room) = room
        && let (Some(member), Some(room)) = (cx.world.member(id, room), cx.world.room(room))
    {
        let which = if cx.has(Cap::MultiPrefix) {
            Symbols::All
        } else {
            Symbols::Highest
        };
        flags.extend(member.ranks.symbols(which));
        shown = room.name.to_string();
    }
    let (nick, username, host) = (user.nick.clone(), user.username.clone(), user.host.clone());
    let text = format!("0 {}", user.realname);
    let server = cx.world.config.server.name.clone();
    let words = [
        shown.as_str(),
        &username,
        &host,
        &server,
        nick.as_str(),
        &flags,
    ];
    cx.numeric(Numeric::RPL_WHOREPLY, &words, &text);
}
