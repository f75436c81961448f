//! One message of several lines on its way: as a batch to those who know it, as its lines to the others.

use crate::proto::cap::Cap;
use crate::proto::message::MAX_LINE;
use crate::proto::text::cut;
use crate::server::command::spec::Ctx;
use crate::server::world::batch::{Joint, Piece};
use crate::server::world::deliver::{Filter, Outgoing};

/// The type of its batch.
const KIND: &str = "draft/multiline";

/// Sends `whole`, a line with all that is told of the message, as these pieces.
pub(crate) fn send(
    cx: &mut Ctx<'_>,
    whole: &Outgoing<'_>,
    pieces: &[Piece],
    send: impl Fn(&mut Ctx<'_>, &Outgoing<'_>, Filter),
) {
    let name = cx.world.batch_name();
    in_batch(cx, whole, pieces, &name, |cx, line| {
        send(cx, line, Filter::With(Cap::Multiline));
    });
    for line in as_lines(whole, pieces) {
        send(cx, &line, Filter::Without(Cap::Multiline));
    }
}

/// Gives each line of the batch to `take`.
fn in_batch(
    cx: &mut Ctx<'_>,
    whole: &Outgoing<'_>,
    pieces: &[Piece],
    name: &str,
    mut take: impl FnMut(&mut Ctx<'_>, &Outgoing<'_>),
) {
    let server = cx.world.config.server.name.clone();
    let (open, close) = (format!("+{name}"), format!("-{name}"));
    let target = whole.words.first().copied().unwrap_or_default();
    let (opening, closing) = ([&*open, KIND, target], [&*close]);
    let begin = Outgoing {
        verb: "BATCH",
        words: &opening,
        text: None,
        ..*whole
    };
    take(cx, &begin);
    for piece in pieces {
        let line = Outgoing {
            text: Some(&piece.text),
            batch: Some(name),
            joint: Some(piece.joint),
            ..*whole
        };
        take(cx, &line);
    }
    let end = Outgoing::new(&server, "BATCH", &closing, None, whole.time);
    take(cx, &end);
}

/// Its lines for those who know no batch: blank ones are left out, and only the first has the msgid.
pub(crate) fn as_lines<'a>(whole: &Outgoing<'a>, pieces: &'a [Piece]) -> Vec<Outgoing<'a>> {
    let pieces = pieces.iter().filter(|piece| !piece.text.is_empty());
    let lines = pieces.enumerate().map(|(at, piece)| {
        let line = Outgoing {
            text: Some(&piece.text),
            ..*whole
        };
        match at {
            0 => line,
            _ => Outgoing {
                msgid: None,
                ..line
            },
        }
    });
    lines.collect()
}

/// Tells the asker a line that they get too; of several lines each, or a batch of them.
pub(crate) fn echo(cx: &mut Ctx<'_>, whole: &Outgoing<'_>, pieces: &[Piece]) {
    if pieces.is_empty() {
        return cx.echo(whole);
    }
    let caps = cx.me().map(|me| me.caps).unwrap_or_default();
    if !caps.uses(Cap::Multiline) {
        for line in as_lines(whole, pieces) {
            cx.echo(&line);
        }
        return;
    }
    let name = cx.world.batch_name();
    let mut is_begun = false;
    in_batch(
        cx,
        whole,
        pieces,
        &name,
        |cx, line| match std::mem::replace(&mut is_begun, true) {
            false => cx.replies.push_batch_start(|bytes| line.write(caps, bytes)),
            true => cx.replies.push_batch_part(|bytes| line.write(caps, bytes)),
        },
    );
}

/// Tells the asker a line of the past, within the batch `outer` if there is one; its text may be longer than a
/// line, and of several lines.
pub(crate) fn tell_again(cx: &mut Ctx<'_>, whole: &Outgoing<'_>, outer: Option<&str>) {
    let pieces = pieces_of(whole);
    let caps = cx.me().map(|me| me.caps).unwrap_or_default();
    if pieces.len() < 2 || !caps.uses(Cap::Multiline) {
        for line in as_lines(whole, &pieces) {
            match outer {
                Some(outer) => cx.reply_in_batch(outer, &line),
                None => cx.echo(&line),
            }
        }
        return;
    }
    let Some(outer) = outer else {
        return echo(cx, whole, &pieces);
    };
    let name = cx.world.batch_name();
    in_batch(cx, whole, &pieces, &name, |cx, line| match line.verb {
        // The inner batch is part of the outer one, its lines are its own.
        "BATCH" => cx.reply_in_batch(outer, line),
        _ => cx.replies.push_batch_part(|bytes| line.write(caps, bytes)),
    });
}

/// The pieces of a text: its lines, and of lines that are too long as much as fits on each.
fn pieces_of(whole: &Outgoing<'_>) -> Vec<Piece> {
    let text = whole.text.unwrap_or_default();
    let frame = Outgoing {
        text: Some(""),
        ..*whole
    };
    let most = MAX_LINE.saturating_sub(frame.body_len()).max(4);
    let mut pieces = Vec::new();
    for line in text.split('\n') {
        let (mut rest, mut joint) = (line, Joint::Break);
        loop {
            let some = cut(rest, most);
            pieces.push(Piece {
                text: some.into(),
                joint,
            });
            rest = rest.get(some.len()..).unwrap_or_default();
            joint = Joint::Concat;
            if rest.is_empty() {
                break;
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::world::batch::joined;

    #[test]
    fn a_text_of_the_past_is_parted_so_that_nothing_is_cut() {
        let text = format!("{}\n\n{}", "a".repeat(1000), "é".repeat(300));
        let words = ["#x"];
        let whole = Outgoing::new("ann!u@h", "PRIVMSG", &words, Some(&text), "now");
        let pieces = pieces_of(&whole);
        assert_eq!(joined(&pieces), text);
        let lines = as_lines(&whole, &pieces);
        assert!(lines.iter().all(|line| line.body_len() <= MAX_LINE));
        assert_eq!(lines.len(), 5);
    }
}
