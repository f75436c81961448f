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
use smallvec::SmallVec;
use std::sync::Arc;

/// Tells the lines that are left, and what comes after them.
pub(super) fn rest(cx: &mut Ctx<'_>, past: &mut Past) -> Progress {
    let Some(lines) = &mut past.lines else {
        return Progress::Done;
    };
    let is_replay = matches!(past.telling, Telling::Replay { .. } | Telling::Inbox { .. });
    let stale = is_replay && !cx.has(Cap::ServerTime);
    let today = time::to_text(cx.now.unix_ms);
    for said in lines.left.by_ref() {
        let dated = stale.then(|| dated(&said, &today)).flatten();
        let text = dated.as_deref().or(said.text.as_deref());
        one(cx, &said, text, lines.batch.as_deref());
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
pub(super) fn begin(
    cx: &mut Ctx<'_>,
    past: &mut Past,
    said: Vec<Arc<Said>>,
    kind: &[&str],
) -> Progress {
    let batch = cx.has(Cap::Batch).then(|| cx.open_batch_about(kind));
    let left = said.into_iter();
    past.lines = Some(Lines { left, batch });
    rest(cx, past)
}

/// Its text with the time of the server's clock before it, for those who cannot be told otherwise.
fn dated(said: &Said, today: &str) -> Option<String> {
    let at = time_of(said.id);
    let (day, hour) = (at.get(..10)?, at.get(11..16)?);
    let text = said.text.as_deref()?;
    let (before, text) = match text.strip_prefix("\u{1}ACTION ") {
        Some(act) => ("\u{1}ACTION ", act),
        None => ("", text),
    };
    Some(match today.starts_with(day) {
        true => [before, "[", hour, "] ", text].concat(),
        false => [before, "[", day, " ", hour, "] ", text].concat(),
    })
}

/// Tells one with this text; of several lines a batch or each, as its reader knows them.
fn one(cx: &mut Ctx<'_>, said: &Said, text: Option<&str>, batch: Option<&str>) {
    let needed = match said.verb {
        Verb::Tagmsg => Some(Cap::MessageTags),
        Verb::Redact => Some(Cap::MessageRedaction),
        _ => None,
    };
    if needed.is_some_and(|cap| !cx.has(cap)) {
        return;
    }
    let time = time_of(said.id);
    let words: SmallVec<[&str; 4]> = said.words.iter().collect();
    let tags = Tags::new(&said.tags).client_only();
    let msgid = said.id.text();
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
