//! STATS: figures of the server, each under a letter. Modern, "STATS message".

use crate::proto::numeric::Numeric;
use crate::server::command;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::refusal::Refusal;
use crate::server::world::right::Right;
use crate::store::record::sanction::SanctionId;

pub(crate) const STATS: Spec = Spec {
    verb: "STATS",
    min_params: 1,
    who: Who::User,
    usage: "<letter> [<server>]",
    help: "Show figures: u uptime, p operators online; for operators k bans, m uses of commands, o operators known",
    run,
};

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let letter: String = cx.need(0)?.chars().take(1).collect();
    cx.must_mean_us(1)?;
    match letter.as_str() {
        "u" => uptime(cx),
        "p" => operators_online(cx),
        "k" | "K" => bans(cx)?,
        "m" => uses(cx)?,
        "o" | "O" => operators_known(cx)?,
        _ => {}
    }
    cx.numeric(Numeric::RPL_ENDOFSTATS, &[&letter], "End of STATS");
    Ok(())
}

fn uptime(cx: &mut Ctx<'_>) {
    let seconds = cx.now.uptime_ms.saturating_sub(cx.world.started.uptime_ms) / 1000;
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    let text = format!(
        "Server Up {days} days {}:{:02}:{:02}",
        hours % 24,
        minutes % 60,
        seconds % 60
    );
    cx.numeric(Numeric::RPL_STATSUPTIME, &[], &text);
}

fn operators_online(cx: &mut Ctx<'_>) {
    let online = cx.world.users().filter_map(|(_, user)| {
        let role = user.operator.as_ref()?.role;
        Some(format!("{} ({})", user.nick, role.name()))
    });
    let mut online: Vec<String> = online.collect();
    online.sort();
    for line in online {
        cx.numeric(Numeric::RPL_STATSDEBUG, &["p"], &line);
    }
}

fn uses(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    cx.must_have(Right::Inspect)?;
    for (at, spec) in command::TABLE.iter().enumerate() {
        let count = cx.world.tally.of(at);
        if count > 0 {
            cx.numeric_words(Numeric::RPL_STATSCOMMANDS, &[spec.verb, &count.to_string()]);
        }
    }
    Ok(())
}

/// Host and user where a mask has no more, else the target as it is listed.
fn bans(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    cx.must_have(Right::Inspect)?;
    let now = cx.now;
    let bans: Vec<SanctionId> = cx.world.sanctions.bans(now).collect();
    for id in bans {
        let Some(held) = cx.world.sanctions.get(id) else {
            continue;
        };
        let target = held.sanction.what.to_string();
        let parts = target.strip_prefix("*!").and_then(|it| it.split_once('@'));
        let (user, host) = parts.unwrap_or(("*", &target));
        let (host, user) = (host.to_owned(), user.to_owned());
        let about = held.about(now);
        cx.numeric(Numeric::RPL_STATSKLINE, &["K", &host, "*", &user], &about);
        if cx.is_full("STATS") {
            break;
        }
    }
    Ok(())
}

fn operators_known(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    cx.must_have(Right::Inspect)?;
    let config = cx.world.config.clone();
    for oper in &config.opers {
        let anywhere = ["*@*".to_owned()];
        let hosts = match oper.hosts.is_empty() {
            true => anywhere.as_slice(),
            false => oper.hosts.as_slice(),
        };
        for host in hosts {
            let words = ["O", host, "*", &oper.name, "0", oper.role.name()];
            cx.numeric_words(Numeric::RPL_STATSOLINE, &words);
        }
    }
    Ok(())
}
