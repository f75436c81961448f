//! CAP: capability negotiation. IRCv3 capability-negotiation, versions 301 and 302.

use crate::proto::cap::{Cap, CapSet, TABLE};
use crate::server::command::session::{offer, register};
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::World;
use crate::server::world::refusal::Refusal;
use crate::server::world::session::CapVersion;
use crate::server::world::session::Session;

pub(crate) const CAP: Spec = Spec {
    verb: "CAP",
    min_params: 1,
    who: Who::Anyone,
    usage: "LS [302] | LIST | REQ :<capabilities> | END",
    help: "Negotiate capabilities",
    run,
};

/// Bytes of names on one line: what is left of 512 beside the longest server name and nick.
const NAMES_PER_LINE: usize = 380;

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

/// Answers with so many lines as the names need: "if the reply contains multiple lines … all but the last
/// have a parameter `*`", which only version 302 knows and only LS and LIST have. Older clients take one line
/// for the whole of LS.
fn answer(cx: &mut Ctx<'_>, subcommand: &str, caps: &str) {
    let nick = cx.nick();
    let is_302 = cx.me().is_some_and(|me| me.cap_version == CapVersion::V302);
    let has_star = is_302 && matches!(subcommand, "LS" | "LIST");
    let mut lines = lines(caps);
    if subcommand == "LS" && !is_302 {
        lines.truncate(1);
    }
    for (line, left) in lines.iter().zip((0..lines.len()).rev()) {
        let star = (has_star && left > 0).then_some("*");
        let words: Vec<&str> = [&*nick, subcommand].into_iter().chain(star).collect();
        cx.reply("CAP", &words, Some(line));
    }
}

/// Names in pieces that fit on a line; no names are one empty piece.
fn lines(caps: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for name in caps.split_ascii_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(name),
            Some(line) if line.len() + 1 + name.len() <= NAMES_PER_LINE => {
                line.push(' ');
                line.push_str(name);
            }
            _ => lines.push(name.to_owned()),
        }
    }
    lines
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
    let is_302 = cx.me().is_some_and(|me| me.cap_version == CapVersion::V302);
    let word = |(cap, name): &(Cap, &str)| match offer(cx, *cap)? {
        value if is_302 && !value.is_empty() => Some(format!("{name}={value}")),
        _ => Some((*name).to_owned()),
    };
    let mut words: Vec<String> = TABLE.iter().filter_map(word).collect();
    // No capability that anybody can ask for, and without its value it says nothing.
    words.extend(cx.me().filter(|_| is_302).and_then(|me| sts(cx.world, me)));
    if !is_302 {
        // One line may not hold all: drafts and what is somebody's own come last.
        words.sort_by_key(|name| name.contains('/'));
    }
    answer(cx, "LS", &words.join(" "));
}

/// How long a device has to come over TLS only, or, if it does not yet, where. IRCv3 sts.
fn sts(world: &World, device: &Session) -> Option<String> {
    let seconds = world.config.server.tls.sts?.as_secs();
    if world.certificates.is_empty() {
        return None;
    }
    match device.peer.secured {
        Some(_) => Some(format!("sts=duration={seconds}")),
        // On this machine nobody reads along, and names of hosts mean another thing.
        None if device.peer.is_near() => None,
        None => Some(format!("sts=port={}", world.identity.port)),
    }
}

/// The value of a capability, which is mostly empty; `None`: the asker cannot have it.
fn offer(cx: &Ctx<'_>, cap: Cap) -> Option<String> {
    offer::offer(&cx.world.config, cx.me()?, cap)
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
    let is_refused = |name: &str| Cap::named(name).is_some_and(|cap| offer(cx, cap).is_none());
    if asked.split_ascii_whitespace().any(is_refused) {
        return answer(cx, "NAK", asked.trim());
    }
    let Some(me) = cx.world.session_mut(cx.session) else {
        return;
    };
    match apply(me.caps, me.cap_version, asked) {
        Some(caps) => {
            me.caps = caps;
            if let Some(interest) = me.interest.as_mut().filter(|_| !caps.uses(Cap::Metadata)) {
                interest.keys.clear();
            }
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

    #[test]
    fn names_that_do_not_fit_on_a_line_go_on_the_next() {
        assert_eq!(lines("  "), [""]);
        assert_eq!(lines(" a  b "), ["a b"]);
        let many = "echo-message ".repeat(40);
        let told = lines(&many);
        assert!(told.len() == 2 && told.iter().all(|line| line.len() <= NAMES_PER_LINE));
        assert_eq!(told.join(" "), many.trim_end());
    }
}
