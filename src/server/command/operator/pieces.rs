//! An operator's answer as a program reads it: the JSON of `chat admin --json`, which is longer than a line may be.
//!
//! Answered as a batch `chat/admin` of `ADMIN :<piece>`, to be put together as they come; clients without `batch` get an
//! empty piece after the last.

use crate::admin::command::Answer;
use crate::admin::print::{self, Format, Header, Look};
use crate::proto::cap::Cap;
use crate::proto::text::cut;
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::Cursor;
use crate::server::world::deliver::Outgoing;
use std::vec::IntoIter;

/// Longest piece.
const LONGEST: usize = 400;

/// Tells the answer.
pub(super) fn tell(cx: &mut Ctx<'_>, answer: &Answer) {
    let look = Look {
        format: Format::Json,
        header: Header::Hidden,
        width: None,
    };
    let shown = print::failure(answer, &look).out;
    let batch = cx.has(Cap::Batch).then(|| cx.open_batch("chat/admin"));
    let left = pieces(shown.trim_end()).into_iter();
    cx.tell_all(Cursor::Admin { left, batch });
}

fn pieces(text: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let piece = cut(rest, LONGEST);
        pieces.push(piece.to_owned());
        rest = rest.get(piece.len()..).unwrap_or_default();
    }
    pieces
}

/// Tells what is left of it.
pub(crate) fn go_on(
    cx: &mut Ctx<'_>,
    left: &mut IntoIter<String>,
    batch: Option<&str>,
) -> Progress {
    let (server, time) = (cx.world.config.server.name.clone(), cx.time());
    for piece in left {
        let line = Outgoing::new(&server, "ADMIN", &[], Some(&piece), &time);
        cx.tell_in(batch, &line);
        if cx.is_portion_full() {
            return Progress::Full;
        }
    }
    cx.end_in(batch, "ADMIN", &[], Some(""));
    Progress::Done
}
