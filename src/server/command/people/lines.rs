//! One message of several lines on its way: as a batch to those who know it, as its lines to the others.

use crate::proto::cap::Cap;
use crate::server::command::spec::Ctx;
use crate::server::world::batch::Piece;
use crate::server::world::deliver::{Filter, Outgoing};

/// Sends `whole`, a line with all that is told of the message, piece by piece: first among the replies
/// of who asked for an echo, then with `send`.
pub(crate) fn relay(
    cx: &mut Ctx<'_>,
    whole: &Outgoing<'_>,
    pieces: &[Piece],
    send: impl Fn(&mut Ctx<'_>, &Outgoing<'_>, Filter),
) {
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
    let end = Outgoing::new(&server, "BATCH", &closing, None, whole.time);
    let inner = pieces.iter().map(|piece| Outgoing {
        text: Some(&piece.text),
        batch: Some(&name),
        joint: piece.joint,
        msgid: None,
        client_tags: &[],
        ..*whole
    });
    let batch: Vec<Outgoing<'_>> = [begin].into_iter().chain(inner).chain([end]).collect();
    let parts = as_lines(whole, pieces);
    if cx.has(Cap::EchoMessage) {
        echo(cx, &batch, &parts);
    }
    for line in &batch {
        send(cx, line, Filter::With(Cap::Multiline));
    }
    for line in &parts {
        send(cx, line, Filter::Without(Cap::Multiline));
    }
}

/// Its lines for those who know no batch: blank ones are left out, the first carries what is told of the whole.
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
                client_tags: &[],
                ..line
            },
        }
    });
    lines.collect()
}

fn echo(cx: &mut Ctx<'_>, batch: &[Outgoing<'_>], parts: &[Outgoing<'_>]) {
    let caps = cx.me().map(|me| me.caps).unwrap_or_default();
    if !caps.uses(Cap::Multiline) {
        parts.iter().for_each(|line| cx.echo(line));
        return;
    }
    for (at, line) in batch.iter().enumerate() {
        match at {
            0 => cx.replies.push_batch_start(|bytes| line.write(caps, bytes)),
            _ => cx.replies.push_batch_part(|bytes| line.write(caps, bytes)),
        }
    }
}
