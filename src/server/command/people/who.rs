//! WHO and WHOX: who is where. Modern, "WHO message"; fields by `%` as in IRCv3 WHOX.
//!
//! The invisible are left out of masks unless a room is shared. A name is found whoever asks.

use crate::proto::cap::Cap;
use crate::proto::mask;
use crate::proto::mode::Symbols;
use crate::proto::name::is_room;
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::UserMode;
use crate::server::command::portion::Progress;
use crate::server::command::room::names::visible_members;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::{Cursor, Wish};
use crate::server::world::id::{RoomId, UserId};
use crate::server::world::refusal::Refusal;
use crate::server::world::user::User;
use std::vec::IntoIter;

pub(crate) const WHO: Spec = Spec {
    verb: "WHO",
    min_params: 0,
    who: Who::User,
    usage: "<room, nick or mask> [[o][%<fields>[,<token>]]]",
    help: "List people; o for operators only, % to choose from tcuihsnfdlaor",
    run,
};

/// Fields of WHOX in the order in which they are answered.
const FIELDS: &str = "tcuihsnfdlaor";
/// Bytes of what a mask is compared with, for one user.
const USER: usize = 64;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let asked = cx.msg.get(0).filter(|mask| !mask.is_empty()).unwrap_or("*");
    let wish = Wish::read(cx.msg.get(1).unwrap_or_default());
    let room = if is_room(asked) {
        cx.world.room_named(asked)
    } else {
        None
    };
    let found: Vec<UserId> = match room {
        Some(room) => visible_members(cx, room)
            .into_iter()
            .map(|member| member.user)
            .collect(),
        None if is_room(asked) => Vec::new(),
        None => matching(cx, asked)?,
    };
    cx.out
        .search(cx.world.user_count(), asked.len().saturating_add(USER));
    cx.tell_all(Cursor::Who {
        left: found.into_iter(),
        asked: asked.to_owned(),
        room,
        wish,
    });
    Ok(())
}

/// Tells of those who are left, then 315.
pub(crate) fn go_on(
    cx: &mut Ctx<'_>,
    left: &mut IntoIter<UserId>,
    asked: &str,
    room: Option<RoomId>,
    wish: &Wish,
) -> Progress {
    for id in left {
        let is_operator = cx.world.user(id).is_some_and(|user| user.is_operator());
        if is_operator || !wish.operators_only {
            tell(cx, id, room, wish);
        }
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    cx.numeric(Numeric::RPL_ENDOFWHO, &[asked], "End of WHO");
    Progress::Done
}

fn matching(cx: &Ctx<'_>, asked: &str) -> Result<Vec<UserId>, Refusal> {
    let me = cx.user_id()?;
    if let Some(exact) = cx.world.nick_owner(asked) {
        return Ok(vec![exact]);
    }
    // RFC 2812 section 3.6.1: `0` is everybody, like `*`.
    let asked = if asked == "0" { "*" } else { asked };
    let found = cx
        .world
        .users()
        .filter(|(id, user)| matches(asked, user) && cx.world.comes_across(me, *id, user));
    Ok(found.map(|(id, _)| id).collect())
}

fn matches(asked: &str, user: &User) -> bool {
    let texts = [
        user.nick.as_str(),
        &user.username,
        &user.host,
        &user.realname,
    ];
    texts.iter().any(|text| mask::matches(asked, text))
}

fn tell(cx: &mut Ctx<'_>, id: UserId, room: Option<RoomId>, wish: &Wish) {
    let Some(row) = Row::of(cx, id, room) else {
        return;
    };
    match &wish.extended {
        None => {
            let words = [
                &row.room,
                &row.username,
                &row.host,
                &row.server,
                &row.nick,
                &row.flags,
            ];
            let words = words.map(String::as_str);
            cx.numeric(
                Numeric::RPL_WHOREPLY,
                &words,
                &format!("0 {}", row.realname),
            );
        }
        Some((fields, token)) => {
            let wanted: Vec<&str> = FIELDS
                .chars()
                .filter(|field| fields.contains(*field) && *field != 'r')
                .map(|field| row.field(field, token))
                .collect();
            match fields.contains('r') {
                true => cx.numeric(Numeric::RPL_WHOSPCRPL, &wanted, &row.realname),
                false => cx.numeric_words(Numeric::RPL_WHOSPCRPL, &wanted),
            }
        }
    }
}

/// What is told of one person.
struct Row {
    room: String,
    username: String,
    address: String,
    host: String,
    server: String,
    nick: String,
    flags: String,
    idle: String,
    account: String,
    realname: String,
}

impl Row {
    fn of(cx: &Ctx<'_>, id: UserId, room: Option<RoomId>) -> Option<Self> {
        let user = cx.world.user(id)?;
        let is_operator = cx.user().is_ok_and(|me| me.is_operator());
        let may_see_address = is_operator || cx.user_id() == Ok(id);
        let idle_ms = cx.now.uptime_ms.saturating_sub(user.active_ms);
        let name = room
            .and_then(|room| cx.world.room(room))
            .map(|room| room.name.to_string());
        Some(Self {
            room: name.unwrap_or_else(|| "*".to_owned()),
            username: user.username.to_string(),
            address: match may_see_address {
                true => user.host.to_string(),
                false => "255.255.255.255".to_owned(),
            },
            host: user.host.to_string(),
            server: cx.world.config.server.name.clone(),
            nick: user.nick.to_string(),
            flags: flags(cx, id, user, room),
            idle: (idle_ms / 1000).to_string(),
            account: user.account_name().unwrap_or("0").to_owned(),
            realname: user.realname.to_string(),
        })
    }

    /// One field of WHOX, never empty.
    fn field<'a>(&'a self, field: char, token: &'a str) -> &'a str {
        match field {
            't' => token,
            'c' => &self.room,
            'u' => &self.username,
            'i' => &self.address,
            'h' => &self.host,
            's' => &self.server,
            'n' => &self.nick,
            'f' => &self.flags,
            'l' => &self.idle,
            'a' => &self.account,
            'o' => "n/a",
            // Hops to the server: there is one.
            _ => "0",
        }
    }
}

/// Here or gone, operator, and what they are in the room that was asked for.
fn flags(cx: &Ctx<'_>, id: UserId, user: &User, room: Option<RoomId>) -> String {
    let mut flags = String::from(if user.away.is_some() { "G" } else { "H" });
    flags.extend(user.is_operator().then_some('*'));
    flags.extend(user.modes.has(UserMode::Bot).then_some('B'));
    if let Some(member) = room.and_then(|room| cx.world.member(id, room)) {
        let which = if cx.has(Cap::MultiPrefix) {
            Symbols::All
        } else {
            Symbols::Highest
        };
        flags.extend(member.ranks.symbols(which));
    }
    flags
}
