//! A file is said in a room or to a person, as whoever shares it would say it themselves.

use crate::proto::message::escape;
use crate::proto::name::same;
use crate::server::command::account::nickserv;
use crate::server::command::files::Scene;
use crate::server::command::files::link;
use crate::server::command::no_message;
use crate::server::command::people::message;
use crate::server::command::people::relay::{Speech, lasts};
use crate::server::command::portion::finish;
use crate::server::command::room::chanserv;
use crate::server::command::spec::Ctx;
use crate::server::world::event::SessionId;
use crate::server::world::file::Refused;
use crate::server::world::refusal::{Answer, Refusal};
use crate::store::record::file::{Digest, FileId};
use crate::store::record::said::Place;
use std::sync::Arc;

/// The tag by which a client knows that a message is about a file.
pub(crate) const TAG: &str = "+chat/file";
/// Bytes of the longest target.
const LONGEST: usize = 128;

/// A file to be said somewhere.
#[derive(Debug, Clone, Copy)]
pub(super) struct Post<'a> {
    pub(super) session: SessionId,
    pub(super) to: &'a str,
    pub(super) id: FileId,
    pub(super) name: &'a str,
    pub(super) bytes: u64,
    pub(super) digest: Digest,
}

impl Scene<'_> {
    /// Whether it may be said: then where, and what that is called.
    pub(super) fn may_say(&mut self, post: Post<'_>) -> Result<(Place, Arc<str>), Refused> {
        must_be_target(post.to)?;
        let allowed = self.with_speech(post, |cx, speech| message::may_say(cx, post.to, &speech));
        allowed.map_err(|refusal| refused(&refusal))
    }

    /// Says it.
    pub(super) fn say(&mut self, post: Post<'_>) -> Result<(), Refused> {
        let said = self.with_speech(post, |cx, speech| {
            let (me, uptime_ms) = (cx.user_id()?, cx.now.uptime_ms);
            if let Some(user) = cx.world.user_mut(me) {
                user.active_ms = uptime_ms;
            }
            let caps = cx.me().map(|me| me.caps).unwrap_or_default();
            message::speak_to(cx, post.to, speech)?;
            finish(cx, None, caps);
            Ok(())
        });
        said.map_err(|refusal| refused(&refusal))
    }

    /// Does something with what is said of a file.
    fn with_speech<T>(
        &mut self,
        post: Post<'_>,
        act: impl FnOnce(&mut Ctx<'_>, Speech<'_>) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let link = link::of(self.world, post.id, post.name);
        let text = link::words(post.name, post.bytes, &link);
        let about = format!("{};{};{}", post.id, post.bytes, post.digest);
        let about = escape(&about);
        let nothing = no_message();
        let mut cx = Ctx {
            world: self.world,
            out: self.out,
            replies: self.replies,
            msg: &nothing,
            session: post.session,
            now: self.now,
        };
        let lasting = lasts(&cx, Some(&text));
        let speech = Speech {
            verb: "PRIVMSG",
            text: Some(&text),
            pieces: &[],
            tags: &[(TAG, &about)],
            lasting,
            once: None,
        };
        act(&mut cx, speech)
    }
}

/// One room or one person: services and everybody at once get no files.
fn must_be_target(to: &str) -> Result<(), Refused> {
    let is_service = nickserv::is_meant(to) || same(to, chanserv::NAME);
    let is_one = !to.is_empty()
        && to.len() <= LONGEST
        && !to.starts_with('$')
        && !to.contains(|c: char| c == ',' || c.is_whitespace() || c.is_control());
    match is_one && !is_service {
        true => Ok(()),
        false => Err(Refused::NoSuch("There is no such room or person".into())),
    }
}

/// What a refusal to speak is to a door.
fn refused(refusal: &Refusal) -> Refused {
    let is_absent = matches!(
        refusal,
        Refusal::NoSuchRoom(_) | Refusal::NoSuchNick(_) | Refusal::NobodyHere(_)
    );
    let text: Box<str> = match refusal.answer() {
        Answer::Numeric(_, about, text) => match about.last() {
            Some(about) => format!("{about}: {text}").into(),
            None => text.into(),
        },
        Answer::Fail(fail) if fail.code == "STORAGE" => return Refused::Busy,
        Answer::Fail(fail) => fail.text.as_ref().into(),
    };
    match is_absent {
        true => Refused::NoSuch(text),
        false => Refused::MayNot(text),
    }
}
