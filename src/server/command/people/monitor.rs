//! MONITOR: be told when somebody comes and goes. IRCv3 monitor.

use crate::proto::name::Nick;
use crate::proto::numeric::Numeric;
use crate::server::command::about::metadata::sync;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;

pub(crate) const MONITOR: Spec = Spec {
    verb: "MONITOR",
    min_params: 1,
    who: Who::User,
    usage: "+|- <nick>[,<nick>…] | C | L | S",
    help: "Watch names: add, remove, clear, list, or ask who is here",
    run,
};

/// Bytes of names on one line.
const NAMES_PER_LINE: usize = 380;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    match cx.need(0)? {
        "+" => {
            let names = cx.need(1)?;
            add(cx, names);
        }
        "-" => {
            for name in cx.need(1)?.split(',') {
                cx.world.unwatch(cx.session, name);
            }
        }
        "C" | "c" => cx.world.unwatch_all(cx.session),
        "L" | "l" => {
            let names = watched(cx);
            tell(cx, Numeric::RPL_MONLIST, &names);
            cx.numeric(Numeric::RPL_ENDOFMONLIST, &[], "End of MONITOR list");
        }
        "S" | "s" => {
            let names = watched(cx);
            tell_presence(cx, &names);
        }
        _ => {
            return Err(Refusal::fail(
                "MONITOR",
                "INVALID_PARAMS",
                "The first parameter is one of + - C L S",
            ));
        }
    }
    Ok(())
}

fn watched(cx: &Ctx<'_>) -> Vec<String> {
    let watched = cx.me().map(|me| me.watched.as_slice()).unwrap_or_default();
    watched.iter().map(ToString::to_string).collect()
}

/// Adds names until the list is full; what is no nick is passed over.
fn add(cx: &mut Ctx<'_>, names: &str) {
    let limits = &cx.world.config.limits;
    let (most, longest) = (limits.monitor, limits.nick);
    let mut added = Vec::new();
    let mut refused = Vec::new();
    for name in names.split(',') {
        let Some(nick) = Nick::new(name, longest) else {
            continue;
        };
        let me = cx.me();
        let is_watched = me.is_some_and(|me| me.watched.contains(&nick));
        if is_watched {
            continue;
        }
        if me.is_some_and(|me| me.watched.len() >= most) {
            refused.push(name);
        } else if cx.world.watch(cx.session, nick) {
            added.push(name.to_owned());
        }
    }
    tell_presence(cx, &added);
    if !refused.is_empty() {
        cx.numeric(
            Numeric::ERR_MONLISTFULL,
            &[&most.to_string(), &refused.join(",")],
            "Monitor list is full",
        );
    }
}

/// 730 for those who are here, 731 for the others.
fn tell_presence(cx: &mut Ctx<'_>, names: &[String]) {
    let (mut here, mut gone) = (Vec::new(), Vec::new());
    for name in names {
        match cx.world.nick_owner(name).and_then(|id| cx.world.user(id)) {
            Some(user) => here.push(user.source().to_string()),
            None => gone.push(name.clone()),
        }
    }
    tell(cx, Numeric::RPL_MONONLINE, &here);
    tell(cx, Numeric::RPL_MONOFFLINE, &gone);
    for name in names {
        if let Some(user) = cx.world.nick_owner(name) {
            sync::sight(cx, user);
        }
    }
}

/// As many lines as the names take; none for none.
fn tell(cx: &mut Ctx<'_>, numeric: Numeric, names: &[String]) {
    let mut line = String::new();
    for name in names {
        if !line.is_empty() && line.len() + 1 + name.len() > NAMES_PER_LINE {
            cx.numeric(numeric, &[], &line);
            line.clear();
        }
        if !line.is_empty() {
            line.push(',');
        }
        line.push_str(name);
    }
    if !line.is_empty() {
        cx.numeric(numeric, &[], &line);
    }
}
