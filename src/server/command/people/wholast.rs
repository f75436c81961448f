//! WHOLAST: who was here in the last so many minutes, also before a restart. Our own; see docs/protocol.md.
//!
//! Answered as a batch `chat/wholast` of `WHOLAST <nick> <when they left, or * for now>`; clients
//! without `batch` get the lines and then `WHOLAST * *`.

use crate::proto::cap::Cap;
use crate::proto::name::fold;
use crate::proto::time;
use crate::server::command::portion::Progress;
use crate::server::command::spec::{Ctx, Spec, Who};
use crate::server::world::cursor::{Cursor, Past, Telling};
use crate::server::world::deliver::Outgoing;
use crate::server::world::refusal::{Fail, Refusal};
use crate::store::query::{Answer, Query};
use std::collections::HashSet;
use std::vec::IntoIter;

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

/// Names that the store is asked for at most.
const MOST: usize = 100_000;

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
    let since_ms = cx
        .now
        .unix_ms
        .saturating_sub(minutes.min(MAX_MINUTES) * 60_000);
    let lines = lines(cx, since_ms)?;
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
    cx.out.search(lines.len(), LINE);
    let batch = cx.has(Cap::Batch).then(|| cx.open_batch("chat/wholast"));
    if cx.world.seen.is_complete_since(since_ms) {
        cx.tell_all(Cursor::WhoLast {
            left: lines.into_iter(),
            batch,
        });
        return Ok(());
    }
    let query = Query::Seen {
        after_ms: since_ms.saturating_sub(1),
        limit: MOST,
    };
    let telling = Telling::Seen { lines, batch };
    cx.tell_all(Cursor::Past(Box::new(Past::new(query, telling))));
    Ok(())
}

/// Adds those whom only the store remembers; they left before the others.
pub(crate) fn seen(
    cx: &mut Ctx<'_>,
    answer: Answer,
    mut lines: Vec<(String, String)>,
    batch: Option<String>,
) -> Progress {
    if let Answer::Seen(seen) = answer {
        let known: HashSet<String> = lines.iter().map(|(nick, _)| fold(nick)).collect();
        let is_here = |nick: &str| cx.world.nick_owner(nick).is_some();
        let earlier = seen
            .into_iter()
            .filter(|(nick, _)| !known.contains(&fold(nick)) && !is_here(nick))
            .map(|(nick, at)| (nick.to_string(), time::to_text(at)));
        lines.extend(earlier);
    }
    let left = lines.into_iter();
    cx.replies
        .cursors
        .push_front(Cursor::WhoLast { left, batch });
    Progress::Done
}

/// Tells of those who are left, then the end.
pub(crate) fn go_on(
    cx: &mut Ctx<'_>,
    left: &mut IntoIter<(String, String)>,
    batch: Option<&str>,
) -> Progress {
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    for (nick, when) in left {
        let words = [nick.as_str(), &when];
        let line = Outgoing::new(&server, "WHOLAST", &words, None, &time);
        match batch {
            Some(batch) => cx.reply_in_batch(batch, &line),
            None => cx.echo(&line),
        }
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    match batch {
        Some(batch) => cx.close_batch(batch),
        None => cx.reply("WHOLAST", &["*", "*"], None),
    }
    Progress::Done
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
    let me = cx.user_id()?;
    let (mut here, mut left) = (Vec::new(), Vec::new());
    let users = cx.world.users();
    for (_, user) in users.filter(|(id, user)| cx.world.comes_across(me, *id, user)) {
        match user.absent_ms {
            None => here.push(user.nick.to_string()),
            Some(at) if at >= since_ms => left.push((user.nick.to_string(), at)),
            Some(_) => {}
        }
    }
    here.sort_unstable_by_key(|nick| nick.to_ascii_lowercase());
    let seen = cx.world.seen.since(since_ms).into_iter();
    left.extend(seen.map(|(nick, at)| (nick.to_string(), at)));
    left.sort_unstable_by(|(a, at), (b, bt)| bt.cmp(at).then_with(|| a.cmp(b)));
    let here = here.into_iter().map(|nick| (nick, "*".to_owned()));
    let left = left.into_iter().map(|(nick, at)| (nick, time::to_text(at)));
    Ok(here.chain(left).collect())
}
