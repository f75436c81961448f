//! Speaking to everybody who is online: `PRIVMSG $*`. Our own; see docs/protocol.md.

use crate::config::Allow;
use crate::server::command::people::relay::{Speech, relay};
use crate::server::command::people::sanctioned;
use crate::server::command::spec::Ctx;
use crate::server::world::bucket::Rate;
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::right::Right;

/// Everybody who is online.
pub(super) const EVERYBODY: &str = "$*";

/// Says it to everybody, if the asker may and has not done so too often.
pub(super) fn to_everybody(cx: &mut Ctx<'_>, speech: Speech<'_>) -> Result<(), Refusal> {
    let broadcast = &cx.world.config.broadcast;
    let rate = Rate {
        burst: broadcast.burst,
        per_minute: broadcast.per_minute,
    };
    let may = match broadcast.allow {
        Allow::Everyone => true,
        Allow::Registered => cx.user()?.account.is_some() || cx.user()?.may(Right::SpeakToAll),
        Allow::Operators => cx.user()?.may(Right::SpeakToAll),
    };
    if !may {
        return Err(Refusal::NoPrivilege);
    }
    sanctioned::must_be_said_to(cx, EVERYBODY, None, &speech)?;
    let (me, source, uptime_ms) = (cx.user_id()?, cx.source()?, cx.now.uptime_ms);
    let has_token = cx
        .world
        .user_mut(me)
        .is_some_and(|user| user.broadcasts.take(rate, uptime_ms));
    if !has_token {
        return Err(Refusal::Fail(Fail {
            verb: speech.verb.to_owned(),
            code: "RATE_LIMITED",
            context: vec![EVERYBODY.to_owned()],
            text: "Too many broadcasts; try again in some seconds".into(),
        }));
    }
    relay(cx, &source, EVERYBODY, None, speech, |cx, line, filter| {
        let everybody = cx
            .world
            .users()
            .filter(|(_, user)| !user.silences(&source))
            .map(|(id, _)| id);
        cx.world
            .deliver(cx.out, line, everybody, Some(cx.session), filter);
    })?;
    if speech.verb == "PRIVMSG" {
        let count = (cx.world.user_count() - 1).to_string();
        cx.standard(
            "NOTE",
            "PRIVMSG",
            "SENT",
            &[EVERYBODY, &count],
            &format!("Sent to {count} people online"),
        );
    }
    Ok(())
}
