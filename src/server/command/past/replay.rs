//! Replay: what was said in a room is shown to whoever comes in with a client that cannot ask for it.
//!
//! As deployed bouncers do it: messages come as they were, with their time if the client knows server-time,
//! else with `[08:31]` (UTC) before the text; in a batch of type `chathistory` if it knows batches.

use crate::proto::cap::Cap;
use crate::proto::msgid::Moment;
use crate::proto::name::fold;
use crate::server::command::past::tell;
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::{Cursor, Past, Telling};
use crate::server::world::id::RoomId;
use crate::store::query::{Answer, Kinds, Page, Query, Span};
use crate::store::record::said::Verb;

/// Has the last messages of a room told to the asker, who came in at this moment.
pub(crate) fn on_join(cx: &mut Ctx<'_>, room: RoomId, until: Moment) {
    let history = &cx.world.config.history;
    let limit = history.replay_on_join;
    if !history.enabled || limit == 0 || cx.has(Cap::Chathistory) {
        return;
    }
    let reader = cx.user_id().ok().and_then(|me| cx.world.reader(me));
    let name = cx.world.room(room).map(|room| room.name.clone());
    if let (Some(reader), Some(name)) = (reader, name) {
        let query = Query::Page(Page {
            buffer: fold(name.as_str()).into(),
            span: Span::Latest { after: None },
            limit,
            kinds: Kinds::Messages,
            reader,
        });
        let room = name.to_string();
        let telling = Telling::Replay { room, until };
        cx.tell_all(Cursor::Past(Box::new(Past::new(query, telling))));
    }
}

/// Tells them; what was said after they came they have heard.
pub(super) fn replay(
    cx: &mut Ctx<'_>,
    past: &mut Past,
    answer: Answer,
    room: &str,
    until: Moment,
) -> Progress {
    let Answer::Said(mut said) = answer else {
        return Progress::Done;
    };
    said.retain(|said| said.id.moment < until && said.verb != Verb::Tagmsg);
    match said.is_empty() {
        true => Progress::Done,
        false => tell::begin(cx, past, said, &["chathistory", room]),
    }
}
