//! One message told again: exactly as it was first sent, as far as its reader negotiated that.

use crate::proto::cap::Cap;
use crate::proto::message::{MAX_LINE, Tags};
use crate::proto::mode::Sign;
use crate::proto::msgid::MsgId;
use crate::proto::text::cut;
use crate::proto::time;
use crate::proto::user_mode::{UserMode, UserModes};
use crate::server::command::people::lines;
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::batch::{Joint, Piece};
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

/// Tells one; of several lines each, as their reader would have been told them.
fn one(cx: &mut Ctx<'_>, said: &Said, batch: Option<&str>) {
    let needed = match said.verb {
        Verb::Tagmsg => Some(Cap::MessageTags),
        Verb::Redact => Some(Cap::MessageRedaction),
        _ => None,
    };
    if needed.is_some_and(|cap| !cx.has(cap)) {
        return;
    }
    let (time, msgid) = (time_of(said.id), said.id.to_string());
    let words: Vec<&str> = said.words.iter().map(AsRef::as_ref).collect();
    let tags = Tags::new(&said.tags).client_only();
    let mut whole = Outgoing {
        msgid: Some(&msgid),
        client_tags: &tags,
        ..Outgoing::new(
            voice(said),
            said.verb.name(),
            &words,
            said.text.as_deref(),
            &time,
        )
    };
    if said.verb == Verb::Join {
        whole.longer = Some(Longer {
            cap: Cap::ExtendedJoin,
            words: &words,
            text: whole.text.take(),
        });
        whole.words = words.get(..1).unwrap_or_default();
    }
    let pieces = match said.text.as_deref() {
        Some(text) if said.is_message() => pieces(&whole, text),
        _ => Vec::new(),
    };
    match (
        batch,
        cx.me().is_some_and(|me| me.caps.uses(Cap::Multiline)),
    ) {
        _ if pieces.len() < 2 => put(cx, &whole, batch),
        (Some(outer), true) => as_batch(cx, &whole, &pieces, outer),
        _ => {
            for line in lines::as_lines(&whole, &pieces) {
                put(cx, &line, batch);
            }
        }
    }
}

fn put(cx: &mut Ctx<'_>, line: &Outgoing<'_>, batch: Option<&str>) {
    match batch {
        Some(batch) => cx.reply_in_batch(batch, line),
        None => cx.echo(line),
    }
}

/// The lines of a message, each so short that it fits.
fn pieces(whole: &Outgoing<'_>, text: &str) -> Vec<Piece> {
    let bare = Outgoing {
        text: Some(""),
        ..*whole
    };
    let most = MAX_LINE.saturating_sub(bare.body_len()).max(1);
    let mut pieces = Vec::new();
    for line in text.split('\n') {
        let (mut rest, mut joint) = (line, Joint::Break);
        loop {
            let part = cut(rest, most);
            let text = part.into();
            pieces.push(Piece { text, joint });
            rest = rest.get(part.len()..).unwrap_or_default();
            if rest.is_empty() || part.is_empty() {
                break;
            }
            joint = Joint::Concat;
        }
    }
    pieces
}

/// Tells the lines of one message as a batch within the batch.
fn as_batch(cx: &mut Ctx<'_>, whole: &Outgoing<'_>, pieces: &[Piece], outer: &str) {
    let (name, server) = (cx.world.batch_name(), cx.world.config.server.name.clone());
    let (open, close) = (format!("+{name}"), format!("-{name}"));
    let target = whole.words.first().copied().unwrap_or_default();
    let (opening, closing) = ([&*open, "draft/multiline", target], [&*close]);
    let begin = Outgoing {
        verb: "BATCH",
        words: &opening,
        text: None,
        ..*whole
    };
    cx.reply_in_batch(outer, &begin);
    for piece in pieces {
        let line = Outgoing {
            text: Some(&piece.text),
            joint: piece.joint,
            msgid: None,
            client_tags: &[],
            ..*whole
        };
        cx.reply_in_batch(&name, &line);
    }
    let end = Outgoing::new(&server, "BATCH", &closing, None, whole.time);
    cx.reply_in_batch(outer, &end);
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
