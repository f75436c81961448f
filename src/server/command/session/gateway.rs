//! WEBIRC: a gateway that the configuration names tells for whom it speaks, before anything else is said.
//! IRCv3 webirc. PROXY: the header of a proxy in a place where none is expected. Whoever may not speak for
//! others, or does it wrongly, is sent away.

use crate::config::password::Password;
use crate::proto::message::unescape;
use crate::proto::text::cut;
use crate::server::command::session::quit;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::address::{Claim, SpokenFor};
use crate::server::world::event::{Ask, Found};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::{Goal, Session, Stage};
use crate::store::record::account::Secret;
use std::net::IpAddr;

pub(crate) const WEBIRC: Spec = Spec {
    verb: "WEBIRC",
    min_params: 0,
    who: Who::Newcomer,
    usage: "<password> <gateway> <host> <address> [<options>]",
    help: "Speak for somebody else; for gateways that the configuration names",
    run,
};

pub(crate) const PROXY: Spec = Spec {
    verb: "PROXY",
    min_params: 0,
    who: Who::Newcomer,
    usage: "<protocol> <from> <to> <port> <port>",
    help: "What a proxy begins with, in a place where nobody is taken for one",
    run: |cx| {
        refuse_header(cx);
        Ok(())
    },
};

/// The first line in the header of version 2 that is not empty.
const HEADER: &str = "\0";

/// Longest name of a gateway that is kept.
const LONGEST: usize = 64;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let passwords = passwords(cx);
    if passwords.is_empty() {
        send_away(cx, "WEBIRC", "You may not speak for others");
    } else if !is_first(cx) {
        send_away(cx, "WEBIRC", "WEBIRC comes first, and once");
    } else if let Some(claim) = read(cx, passwords) {
        compare(cx, claim);
    } else {
        send_away(
            cx,
            "WEBIRC",
            "WEBIRC needs a password, a name, a host and its address",
        );
    }
    Ok(())
}

/// The passwords of those who may speak for others from where the asker is.
fn passwords(cx: &Ctx<'_>) -> Vec<Password> {
    let Some(me) = cx.me() else {
        return Vec::new();
    };
    let gateways = cx.world.config.proxy.webirc.iter();
    gateways
        .filter(|gateway| gateway.may_be_at(me.peer.ip))
        .map(|gateway| gateway.password.clone())
        .collect()
}

/// Whether the asker has said nothing before, and nobody speaks for them already.
fn is_first(cx: &Ctx<'_>) -> bool {
    let is_first = |me: &Session| match &me.stage {
        Stage::Registering(said) => said.lines == 1 && me.peer.via.is_none(),
        Stage::Ready(_) => false,
    };
    cx.me().is_some_and(is_first)
}

fn read(cx: &Ctx<'_>, left: Vec<Password>) -> Option<Claim> {
    let [given, gateway, host, address, options @ ..] = cx.msg.params() else {
        return None;
    };
    let mut them = SpokenFor {
        ip: address.parse::<IpAddr>().ok()?.to_canonical(),
        port: None,
        host: (*host).to_owned(),
        gateway: cut(gateway, LONGEST).into(),
        is_secure: false,
    };
    let is_private = cx.me().is_some_and(|me| me.peer.is_private());
    for option in options.iter().flat_map(|options| options.split(' ')) {
        // "They MUST treat the options `secure` and `secure=examplevalue123` in exactly the same way."
        let (name, value) = option.split_once('=').unwrap_or((option, ""));
        match name {
            // Only "if this flag is sent and the connection from the gateway to the server is also secure".
            "secure" => them.is_secure = is_private,
            "remote-port" => them.port = unescape(value).parse().ok(),
            _ => {}
        }
    }
    let given = Secret((*given).into());
    Some(Claim { given, left, them })
}

fn compare(cx: &mut Ctx<'_>, mut claim: Claim) {
    let Some(password) = claim.left.pop() else {
        return send_away(cx, "WEBIRC", "Invalid WebIRC password");
    };
    let given = claim.given.clone();
    let ask = Ask::Password { password, given };
    cx.ask(ask, Goal::SpeakFor(Box::new(claim)));
}

/// The password is compared, or it is known whether they may come in.
pub(crate) fn resume(cx: &mut Ctx<'_>, found: &Found, claim: Claim) -> Result<(), Refusal> {
    match found {
        Found::Password(true) => {
            let ask = Ask::Admit(claim.them.ip);
            cx.ask(ask, Goal::SpeakFor(Box::new(claim)));
        }
        Found::Password(false) => compare(cx, claim),
        Found::Admitted(true) => cx.world.speak_for(cx.session, claim.them),
        Found::Admitted(false) => send_away(cx, "WEBIRC", "Too many connections from your address"),
        _ => send_away(cx, "WEBIRC", "The server is too busy"),
    }
    Ok(())
}

/// Whether a first line that cannot be read was to tell for whom the others are: they are not the gateway's own.
pub(crate) fn begins_for_another(verb: &str) -> bool {
    verb == HEADER || verb.eq_ignore_ascii_case(WEBIRC.verb)
}

/// Sends away who begins like a proxy, in a place where nobody is taken for one.
pub(crate) fn refuse_header(cx: &mut Ctx<'_>) {
    send_away(cx, "PROXY", "You may not speak for others");
}

fn send_away(cx: &mut Ctx<'_>, verb: &str, why: &str) {
    let address = cx.me().map(|me| me.peer.address.clone());
    let address = address.unwrap_or_default();
    cx.out.log(format!("{verb} refused from {address}: {why}"));
    quit::part_ways(cx, why);
}
