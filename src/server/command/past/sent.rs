//! Sending once: a message with an id of its client's (`+chat/id`) is said once, however often it is sent. Our own;
//! see docs/protocol.md.

use crate::proto::msgid::{Moment, MsgId};
use crate::proto::name::fold;
use crate::server::command::past::tell::time_of;
use crate::server::command::people::message;
use crate::server::command::portion::Progress;
use crate::server::command::spec::Ctx;
use crate::server::world::cursor::Speech;
use crate::server::world::refusal::{Fail, Refusal};
use crate::server::world::stamp::Stamp;
use crate::store::query::Answer;
use crate::store::record::account::Party;
use crate::store::record::{Record, Sent};

/// The tag that carries the id.
pub(crate) const TAG: &str = "+chat/id";
/// Longest id in bytes.
const LONGEST: usize = 64;
/// An id counts for so long.
const WINDOW_MS: u64 = 24 * 60 * 60 * 1000;
/// Ids that are remembered of one guest's connection.
const MOST_OF_A_GUEST: usize = 256;

/// What is known of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Known {
    /// It was never used.
    New,
    /// It stands for this message, whose target and text have this digest.
    Used(MsgId, u64),
    /// The store has to be asked, from this moment on.
    Unsure(Moment),
}

/// The id of the asker's line, if it has one.
pub(crate) fn id(cx: &Ctx<'_>, verb: &str) -> Result<Option<String>, Refusal> {
    let id = cx.msg.tags.get(TAG);
    id.map(|id| checked(id.into_owned(), verb)).transpose()
}

/// The id, if it can be one.
pub(crate) fn checked(id: String, verb: &str) -> Result<String, Refusal> {
    let is_safe = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b':' | b'-');
    if id.is_empty() || id.len() > LONGEST || !id.bytes().all(is_safe) {
        let text = "An id has 1 to 64 letters, digits, dots, underscores, colons or hyphens";
        return Err(Refusal::fail(verb, "INVALID_PARAMS", text));
    }
    Ok(id)
}

/// What the asker used this id for.
pub(crate) fn look_up(cx: &Ctx<'_>, id: &str) -> Result<Known, Refusal> {
    let by = cx.user()?.party();
    let oldest = Moment::first_of(cx.now.unix_ms.saturating_sub(WINDOW_MS));
    let used = match by {
        Party::Account(_) => cx.world.accounts.sent(by, id),
        Party::Guest(_) => cx
            .me()
            .and_then(|me| me.sent.iter().find(|sent| *sent.client_id == *id)),
    };
    Ok(match used {
        Some(sent) if sent.id.moment >= oldest => Known::Used(sent.id, sent.digest),
        Some(_) => Known::New,
        None if matches!(by, Party::Account(_)) && cx.world.accounts.sent_since() > oldest => {
            Known::Unsure(oldest)
        }
        None => Known::New,
    })
}

/// Remembers what an id stands for now.
pub(crate) fn note(
    cx: &mut Ctx<'_>,
    client_id: &str,
    id: MsgId,
    digest: u64,
) -> Result<(), Refusal> {
    let sent = Sent {
        by: cx.user()?.party(),
        client_id: client_id.into(),
        id,
        digest,
    };
    match sent.by {
        Party::Account(_) => cx.world.keep(cx.out, Record::Sent(sent)),
        Party::Guest(_) => {
            if let Some(me) = cx.world.session_mut(cx.session) {
                if me.sent.len() == MOST_OF_A_GUEST {
                    me.sent.pop_front();
                }
                me.sent.push_back(sent);
            }
        }
    }
    Ok(())
}

/// What tells a repeat from another message: 64 bits of FNV-1a over verb, target and text.
pub(crate) fn digest(verb: &str, target: &str, text: &str) -> u64 {
    let target = fold(target);
    let parts = [verb, "\0", &target, "\0", text];
    let bytes = parts.iter().flat_map(|part| part.bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The stamp that a message had when it was first said.
pub(crate) fn stamp_of(id: MsgId) -> Stamp {
    Stamp {
        id,
        time: time_of(id).into(),
        msgid: id.text(),
    }
}

/// The id stands for something else.
pub(crate) fn conflict(verb: &str, id: &str) -> Refusal {
    Refusal::Fail(Fail {
        verb: verb.to_owned(),
        code: "ID_CONFLICT",
        context: vec![id.to_owned()],
        text: "This id was used for another message; nothing was sent".into(),
    })
}

/// Says what waited for the store's answer.
pub(super) fn say(cx: &mut Ctx<'_>, answer: Answer, speech: &Speech) -> Progress {
    let known = match answer {
        Answer::Sent(None) => Ok(Known::New),
        Answer::Sent(Some((id, digest))) => Ok(Known::Used(id, digest)),
        _ => Err(Refusal::busy(speech.verb)),
    };
    let result = known.and_then(|known| message::say_now(cx, speech, known));
    if let (Err(refusal), "PRIVMSG") = (result, speech.verb) {
        cx.refuse(&refusal);
    }
    Progress::Done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_tells_targets_and_texts_apart_and_not_their_spelling() {
        let digest_of = |target, text| digest("PRIVMSG", target, text);
        assert_eq!(digest_of("#Room", "hi"), digest_of("#room", "hi"));
        assert_ne!(digest_of("#room", "hi"), digest_of("#room", "Hi"));
        assert_ne!(digest_of("ab", "c"), digest_of("a", "bc"));
    }
}
