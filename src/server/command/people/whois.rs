//! WHOIS: about one person. Modern, "WHOIS message".

use crate::proto::cap::Cap;
use crate::proto::mode::Symbols;
use crate::proto::numeric::Numeric;
use crate::proto::user_mode::UserMode;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::address::in_source;
use crate::server::world::id::UserId;
use crate::server::world::metadata::Whose;
use crate::server::world::refusal::Refusal;
use crate::server::world::user::User;

pub(crate) const WHOIS: Spec = Spec {
    verb: "WHOIS",
    min_params: 0,
    who: Who::User,
    usage: "[<server>] <nick>",
    help: "Tell about somebody",
    run,
};

/// Bytes of room names on one line of 319.
const ROOMS_PER_LINE: usize = 380;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let last = cx
        .msg
        .get(1)
        .or(cx.msg.get(0))
        .filter(|nick| !nick.is_empty())
        .ok_or(Refusal::NoNickGiven)?;
    let asked = last.split(',').next().unwrap_or(last);
    match cx.who(asked) {
        Ok(id) => tell(cx, id)?,
        Err(refusal) => cx.refuse(&refusal),
    }
    cx.numeric(Numeric::RPL_ENDOFWHOIS, &[asked], "End of WHOIS");
    Ok(())
}

fn tell(cx: &mut Ctx<'_>, id: UserId) -> Result<(), Refusal> {
    let (config, uptime_ms) = (cx.world.config.clone(), cx.now.uptime_ms);
    let (user, me) = (cx.world.user(id).ok_or(Refusal::NotRegistered)?, cx.user()?);
    let rooms = visible_rooms(cx, cx.user_id()?, user);
    let (nick, username, host) = (user.nick.clone(), user.username.clone(), user.host.clone());
    let (nick, realname) = (nick.as_str(), user.realname.clone());
    let idle = (uptime_ms.saturating_sub(user.active_ms) / 1000).to_string();
    let signed_on = (user.signed_on_ms / 1000).to_string();
    let is_private = !me.is_operator() && cx.user_id() != Ok(id);
    let addresses = addresses(cx, user);
    let modes = user.mode_letters();
    cx.numeric(
        Numeric::RPL_WHOISUSER,
        &[nick, &username, &host, "*"],
        &realname,
    );
    for line in rooms {
        cx.numeric(Numeric::RPL_WHOISCHANNELS, &[nick], &line);
    }
    cx.numeric(
        Numeric::RPL_WHOISSERVER,
        &[nick, &config.server.name],
        &config.server.description,
    );
    tell_standing(cx, id)?;
    if !is_private {
        for (address, text) in addresses {
            cx.numeric(Numeric::RPL_WHOISACTUALLY, &[nick, &address], &text);
        }
        let text = format!("is using modes {modes}");
        cx.numeric(Numeric::RPL_WHOISMODES, &[nick], &text);
    }
    cx.numeric(
        Numeric::RPL_WHOISIDLE,
        &[nick, &idle, &signed_on],
        "seconds idle, signon time",
    );
    Ok(())
}

/// Where somebody's devices are, each with what is said of it.
fn addresses(cx: &Ctx<'_>, user: &User) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for peer in user.sessions.iter().filter_map(|id| cx.world.session(*id)) {
        let peer = &peer.peer;
        let address = peer.ip.map_or_else(|| peer.host.clone(), in_source);
        let gateway = peer.via.as_ref().map(|via| match &via.gateway {
            Some(name) => format!("is connecting from, over {name}"),
            None => "is connecting from, over a proxy".to_owned(),
        });
        let text = gateway.unwrap_or_else(|| "is connecting from".to_owned());
        if !found.contains(&(address.clone(), text.clone())) {
            found.push((address, text));
        }
    }
    found
}

/// What somebody is at the moment: away, operator, bot, logged in.
fn tell_standing(cx: &mut Ctx<'_>, id: UserId) -> Result<(), Refusal> {
    let user = cx.world.user(id).ok_or(Refusal::NotRegistered)?;
    let (nick, away, source) = (user.nick.clone(), user.away.clone(), user.source());
    let nick = nick.as_str();
    if let Some(away) = away {
        cx.numeric(Numeric::RPL_AWAY, &[nick], &away);
    }
    if source.modes.has(UserMode::Operator) {
        let text = "is an operator of the server";
        cx.numeric(Numeric::RPL_WHOISOPERATOR, &[nick], text);
    }
    if source.modes.has(UserMode::Bot) {
        cx.numeric(Numeric::RPL_WHOISBOT, &[nick], "is a bot");
    }
    if let Some(account) = &source.account {
        cx.numeric(
            Numeric::RPL_WHOISACCOUNT,
            &[nick, account],
            "is logged in as",
        );
    }
    tell_security(cx, id, nick);
    tell_metadata(cx, id, nick);
    Ok(())
}

/// Whether somebody speaks TLS; with which certificates, they themselves and operators are told.
fn tell_security(cx: &mut Ctx<'_>, id: UserId, nick: &str) {
    let Some(user) = cx.world.user(id) else {
        return;
    };
    let (version, certificates) = (cx.world.tls_of(user), cx.world.certificates_of(user));
    if let Some(version) = version {
        let text = format!("is using a secure connection (TLS {version})");
        cx.numeric(Numeric::RPL_WHOISSECURE, &[nick], &text);
    }
    if cx.user_id() == Ok(id) || cx.user().is_ok_and(User::is_operator) {
        for certificate in certificates {
            let text = format!("has client certificate fingerprint {certificate}");
            cx.numeric(Numeric::RPL_WHOISCERTFP, &[nick], &text);
        }
    }
}

/// What somebody tells of themselves, to those who know metadata.
fn tell_metadata(cx: &mut Ctx<'_>, id: UserId, nick: &str) {
    let is_aware = cx.me().is_some_and(|me| me.caps.uses(Cap::Metadata));
    if !is_aware || !cx.world.config.metadata.enabled {
        return;
    }
    let known = cx.world.metadata(Whose::User(id)).cloned();
    for (key, value) in known.into_iter().flatten() {
        cx.numeric(Numeric::RPL_WHOISKEYVALUE, &[nick, &key, "*"], &value);
    }
}

/// The rooms in which the asker sees somebody, with their highest rank, in pieces that fit on a line.
fn visible_rooms(cx: &Ctx<'_>, me: UserId, user: &User) -> Vec<String> {
    let mut lines = vec![String::new()];
    for membership in &user.rooms {
        let mine = cx.world.member(me, membership.room);
        let mine = mine.map(|member| member.ranks);
        let Some(room) = cx.world.room(membership.room) else {
            continue;
        };
        let Some(member) = room.members.get(membership.place) else {
            continue;
        };
        if member.user != me && !room.reveals(member, user, mine) {
            continue;
        }
        let mut entry: String = member.ranks.symbols(Symbols::Highest).collect();
        entry.push_str(room.name.as_str());
        match lines.last_mut() {
            Some(line) if line.is_empty() => *line = entry,
            Some(line) if line.len() + 1 + entry.len() <= ROOMS_PER_LINE => {
                line.push(' ');
                line.push_str(&entry);
            }
            _ => lines.push(entry),
        }
    }
    lines.retain(|line| !line.is_empty());
    lines
}
