//! WHOLAST: who was here in the last so many minutes. Our own; see docs/protocol.md.
//!
//! Answered as a batch `chat/wholast` of `WHOLAST <nick> <when they left, or * for now>`; clients
//! without `batch` get the lines and then `WHOLAST * *`.

use crate::proto::cap::Cap;
use crate::proto::time;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::user::{User, UserId};

pub(crate) const WHOLAST: Spec = Spec {
    verb: "WHOLAST",
    min_params: 1,
    who: Who::User,
    usage: "<minutes>",
    help: "List who is here and who left in the last so many minutes",
    run,
};

/// A year; more is answered as if this had been asked.
const MAX_MINUTES: u64 = 525_600;

/// Bytes of a line of the answer, with its tags.
const LINE: usize = 128;

fn run(cx: &mut Ctx<'_>) -> Result<(), Refusal> {
    let asked = cx.need(0)?;
    let minutes = minutes(asked).ok_or_else(|| {
        Refusal::Fail(Fail {
            verb: "WHOLAST".into(),
            code: "INVALID_PARAMS",
            context: vec![asked.chars().take(32).collect()],
            text: "Say how many minutes to look back, 1 or more: WHOLAST 60".into(),
        })
    })?;
    let mut lines = lines(
        cx,
        cx.now
            .unix_ms
            .saturating_sub(minutes.min(MAX_MINUTES) * 60_000),
    )?;
    if minutes > MAX_MINUTES {
        let most = MAX_MINUTES.to_string();
        cx.standard(
            "NOTE",
            "WHOLAST",
            "CAPPED",
            &[&most],
            "Looking back one year, which is the most",
        );
    }
    let most = cx.world.config.limits.send_queue / 2 / LINE;
    if lines.len() > most {
        lines.truncate(most);
        let text = "There are more than can be told at once; look back fewer minutes";
        cx.standard("NOTE", "WHOLAST", "TRUNCATED", &[], text);
    }
    cx.out.search(lines.len(), LINE);
    if cx.has(Cap::Batch) {
        tell_batch(cx, &lines);
    } else {
        for (nick, when) in &lines {
            cx.reply("WHOLAST", &[nick, when], None);
        }
        cx.reply("WHOLAST", &["*", "*"], None);
    }
    Ok(())
}

/// A number of minutes above zero; as many digits as one likes.
fn minutes(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    is_number
        .then(|| text.parse().unwrap_or(u64::MAX))
        .filter(|minutes| *minutes > 0)
}

/// Name and time of everybody to be told of: those here, then those who left, the last first.
fn lines(cx: &Ctx<'_>, since_ms: u64) -> Result<Vec<(String, String)>, Refusal> {
    let (me_id, me) = (cx.user_id()?, cx.user()?);
    let may_see = |id: UserId, user: &User| {
        id == me_id || !user.is_invisible() || cx.world.share_a_room(me, user)
    };
    let mut here: Vec<String> = cx
        .world
        .users()
        .filter(|(id, user)| may_see(*id, user))
        .map(|(_, user)| user.nick.to_string())
        .collect();
    here.sort_unstable_by_key(|nick| nick.to_ascii_lowercase());
    let left = cx
        .world
        .seen
        .since(since_ms)
        .into_iter()
        .map(|(nick, at)| (nick.to_string(), time::to_text(at)));
    Ok(here
        .into_iter()
        .map(|nick| (nick, "*".to_owned()))
        .chain(left)
        .collect())
}

fn tell_batch(cx: &mut Ctx<'_>, lines: &[(String, String)]) {
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    let rows: Vec<[&str; 2]> = lines
        .iter()
        .map(|(nick, when)| [&**nick, &**when])
        .collect();
    let lines: Vec<Outgoing<'_>> = rows
        .iter()
        .map(|words| Outgoing::new(&server, "WHOLAST", words, None, &time))
        .collect();
    cx.batch("chat/wholast", &lines);
}
