//! One message told again: exactly as it was first sent, as far as its reader negotiated that.

use crate::proto::cap::Cap;
use crate::proto::message::Tags;
use crate::proto::mode::Sign;
use crate::proto::msgid::MsgId;
use crate::proto::time;
use crate::proto::user_mode::{UserMode, UserModes};
use crate::server::command::people::lines;
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::{Lines, Past, Telling};
use crate::server::world::deliver::{Longer, Outgoing};
use crate::server::world::source::Voice;
use crate::store::record::said::{Said, Verb};

/// Tells the lines that are left, and what comes after them.
pub(super) fn rest(cx: &mut Ctx<'_>, past: &mut Past) -> Progress {
    let Some(lines) = &mut past.lines else {
        return Progress::Done;
    };
    let is_replay = matches!(past.telling, Telling::Replay { .. } | Telling::Inbox { .. });
    let stale = is_replay && !cx.has(Cap::ServerTime);
    for said in lines.left.by_ref() {
        match stale {
            true => one(cx, &dated(cx, said), lines.batch.as_deref()),
            false => one(cx, &said, lines.batch.as_deref()),
        }
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    if let Some(batch) = past.lines.take().and_then(|lines| lines.batch) {
        cx.close_batch(&batch);
    }
    Progress::Done
}

/// Begins to tell these, in a batch of this type for those who know batches.
pub(super) fn begin(cx: &mut Ctx<'_>, past: &mut Past, said: Vec<Said>, kind: &[&str]) -> Progress {
    let batch = cx.has(Cap::Batch).then(|| cx.open_batch_about(kind));
    let left = said.into_iter();
    past.lines = Some(Lines { left, batch });
    rest(cx, past)
}

/// The same with the time of the server's clock before its text, for those who cannot be told otherwise.
fn dated(cx: &Ctx<'_>, said: Said) -> Said {
    let at = time::to_text(said.id.moment.unix_ms());
    let today = time::to_text(cx.now.unix_ms);
    let (day, hour) = (at.get(..10), at.get(11..16).unwrap_or_default());
    let when = match day {
        Some(day) if today.get(..10) != Some(day) => format!("[{day} {hour}] "),
        _ => format!("[{hour}] "),
    };
    let text = said.text.as_deref().map(|text| {
        let (before, text) = match text.strip_prefix("\u{1}ACTION ") {
            Some(act) => ("\u{1}ACTION ", act),
            None => ("", text),
        };
        format!("{before}{when}{text}").into()
    });
    Said { text, ..said }
}

/// Tells one; of several lines a batch or each, as its reader knows them.
fn one(cx: &mut Ctx<'_>, said: &Said, batch: Option<&str>) {
    let needed = match said.verb {
        Verb::Tagmsg => Some(Cap::MessageTags),
        Verb::Redact => Some(Cap::MessageRedaction),
        _ => None,
    };
    if needed.is_some_and(|cap| !cx.has(cap)) {
        return;
    }
    let time = time_of(said.id);
    let words: Vec<&str> = said.words.iter().collect();
    let tags = Tags::new(&said.tags).client_only();
    let (msgid, text) = (said.id.to_string(), said.text.as_deref());
    let mut line = Outgoing {
        msgid: Some(&msgid),
        client_tags: &tags,
        ..Outgoing::new(voice(said), said.verb.name(), &words, text, &time)
    };
    if said.verb == Verb::Join {
        line.words = words.get(..1).unwrap_or_default();
        line.text = None;
        line.longer = Some(Longer {
            cap: Cap::ExtendedJoin,
            words: &words,
            text,
        });
    }
    match batch {
        _ if said.is_message() && text.is_some() => lines::tell_again(cx, &line, batch),
        Some(batch) => cx.reply_in_batch(batch, &line),
        None => cx.echo(&line),
    }
}

/// Who said it, as it was told then.
fn voice(said: &Said) -> Voice<'_> {
    let mut modes = UserModes::default();
    if said.is_bot {
        modes.set(UserMode::Bot, Sign::Add);
    }
    Voice {
        text: &said.source,
        account: said.account.as_deref(),
        modes,
    }
}

/// When it was said, as server-time writes it.
pub(super) fn time_of(id: MsgId) -> String {
    time::to_text(id.moment.unix_ms())
}
