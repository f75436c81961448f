//! CAP: capability negotiation. IRCv3 capability-negotiation, versions 301 and 302.

use crate::proto::cap::{Cap, CapSet, TABLE};
use crate::server::command::session::register;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::session::CapVersion;

pub(crate) const CAP: Spec = Spec {
    verb: "CAP",
    min_params: 1,
    who: Who::Anyone,
    usage: "LS [302] | LIST | REQ :<capabilities> | END",
    help: "Negotiate capabilities",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let word = cx.msg.get(0).unwrap_or_default();
    match word.to_ascii_uppercase().as_str() {
        "LS" => list_all(cx),
        "LIST" => {
            let names: Vec<&str> = cx
                .me()
                .map(|me| me.caps.names().collect())
                .unwrap_or_default();
            answer(cx, "LIST", &names.join(" "));
        }
        "REQ" => request(cx),
        "END" => return end(cx),
        _ => {
            return Err(Refusal::BadCapCommand(if word.is_empty() {
                "*".into()
            } else {
                word.into()
            }));
        }
    }
    Ok(())
}

fn answer(cx: &mut Ctx<'_>, subcommand: &str, caps: &str) {
    let nick = cx.nick();
    cx.reply("CAP", &[&nick, subcommand], Some(caps));
}

fn list_all(cx: &mut Ctx<'_>) {
    let version = cx
        .msg
        .get(1)
        .and_then(|version| version.parse::<u32>().ok())
        .unwrap_or_default();
    negotiate(cx);
    if let Some(me) = cx.world.session_mut(cx.session)
        && version >= 302
    {
        me.cap_version = CapVersion::V302;
        me.caps.insert(Cap::CapNotify);
    }
    let names: Vec<&str> = TABLE.iter().map(|(_, name)| *name).collect();
    answer(cx, "LS", &names.join(" "));
}

/// Holds registration back until CAP END.
fn negotiate(cx: &mut Ctx<'_>) {
    if let Some(registering) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.registering())
    {
        registering.negotiating = true;
    }
}

/// All of what was asked for, or nothing.
fn request(cx: &mut Ctx<'_>) {
    negotiate(cx);
    let asked = cx.msg.get(1).unwrap_or_default();
    let Some(me) = cx.world.session_mut(cx.session) else {
        return;
    };
    match apply(me.caps, me.cap_version, asked) {
        Some(caps) => {
            me.caps = caps;
            answer(cx, "ACK", asked.trim());
        }
        None => answer(cx, "NAK", asked.trim()),
    }
}

/// `caps` after the request; `None` if it cannot be granted as a whole.
fn apply(mut caps: CapSet, version: CapVersion, asked: &str) -> Option<CapSet> {
    for word in asked.split_ascii_whitespace() {
        match word.strip_prefix('-') {
            Some(name) => match Cap::named(name)? {
                // Implicit with 302: "clients MUST NOT be able to disable it".
                Cap::CapNotify if version == CapVersion::V302 => return None,
                cap => caps.remove(cap),
            },
            None => caps.insert(Cap::named(word)?),
        }
    }
    Some(caps)
}

fn end(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    if let Some(registering) = cx
        .world
        .session_mut(cx.session)
        .and_then(|me| me.registering())
    {
        registering.negotiating = false;
        return register::try_complete(cx);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_granted_whole_or_not_at_all() {
        let none = CapSet::default();
        let both = apply(none, CapVersion::V302, " batch  echo-message ").unwrap();
        assert_eq!(both.names().collect::<Vec<_>>(), ["batch", "echo-message"]);
        assert_eq!(apply(both, CapVersion::V302, "-batch nonsense"), None);
        assert_eq!(
            apply(both, CapVersion::V302, "-batch -echo-message"),
            Some(none)
        );
        assert_eq!(apply(both, CapVersion::V302, "-cap-notify"), None);
        assert_eq!(apply(both, CapVersion::V302, ""), Some(both));
    }
}
