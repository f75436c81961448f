//! Files: what their doors ask, and the command FILE. The bytes come and go elsewhere; here is decided who may.

pub(crate) mod file;
pub(crate) mod link;
mod look;
pub(crate) mod post;
mod proof;
mod publish;
mod token;
mod upload;

use crate::server::command::files::proof::{Evidence, Who};
use crate::server::command::reply::Replies;
use crate::server::world::World;
use crate::server::world::effects::{Effects, Mark};
use crate::server::world::event::{Culprit, Found, Now, Peer, Ticket};
use crate::server::world::file::{FileAnswer, FileAsk, Proof, Refused};

/// What a question is answered in.
#[derive(Debug)]
struct Scene<'a> {
    world: &'a mut World,
    out: &'a mut Effects,
    replies: &'a mut Replies,
    now: Now,
}

/// What a question comes to.
type Outcome = Result<FileAnswer, Refused>;

/// Answers a door for files, unless it goes on with [`resume`].
pub fn handle(
    world: &mut World,
    out: &mut Effects,
    replies: &mut Replies,
    ticket: Ticket,
    ask: FileAsk,
    now: Now,
) {
    let mark = out.mark();
    let mut scene = Scene {
        world,
        out,
        replies,
        now,
    };
    let outcome = match scene.evidence(&ask) {
        Ok(Evidence::Who(who)) => scene.carry_out(ask, who),
        Ok(Evidence::Compare(comparison)) => return scene.compare(ticket, ask, *comparison),
        Err(refused) => Err(refused),
    };
    answer(out, ticket, mark, outcome);
}

/// Goes on with a question, now that the password is compared.
pub fn resume(
    world: &mut World,
    out: &mut Effects,
    replies: &mut Replies,
    ticket: Ticket,
    found: &Found,
    now: Now,
) {
    let Some(waiting) = world.files.asks.remove(&ticket.0) else {
        return;
    };
    let mark = out.mark();
    let mut scene = Scene {
        world,
        out,
        replies,
        now,
    };
    let outcome = scene
        .verdict(found, &waiting)
        .and_then(|who| scene.carry_out(waiting.ask, Some(who)));
    answer(out, ticket, mark, outcome);
}

/// A door is told of what is kept when it is stored.
fn answer(out: &mut Effects, ticket: Ticket, mark: Mark, outcome: Outcome) {
    out.answer_file(ticket, outcome.unwrap_or_else(FileAnswer::Refused));
    if out.has_promised(mark) {
        out.tie(mark, Culprit::File(ticket));
    }
}

/// The proof that comes with a question, and where it comes from.
fn proof_of(ask: &FileAsk) -> Option<(&Proof, &Peer)> {
    match ask {
        FileAsk::Begin { proof, peer, .. }
        | FileAsk::Resume { proof, peer, .. }
        | FileAsk::Look { proof, peer, .. } => Some((proof, peer)),
        FileAsk::End { .. }
        | FileAsk::Abandon(_)
        | FileAsk::IsNeeded(_)
        | FileAsk::Digests
        | FileAsk::Dropped
        | FileAsk::Publish { .. }
        | FileAsk::Withdraw { .. } => None,
    }
}

impl Scene<'_> {
    fn carry_out(&mut self, ask: FileAsk, who: Option<Who>) -> Outcome {
        match ask {
            FileAsk::Begin {
                name,
                bytes,
                to,
                peer,
                ..
            } => self.begin(who, &peer, &name, bytes, to.as_deref()),
            FileAsk::End {
                upload,
                digest,
                bytes,
            } => self.end(upload, digest, bytes),
            FileAsk::Abandon(upload) => {
                self.world.files.release(upload);
                Ok(FileAnswer::Done)
            }
            FileAsk::Resume { upload, .. } => self.go_on(who, upload),
            FileAsk::Look { id, .. } => self.look(who, id),
            FileAsk::IsNeeded(digest) => Ok(FileAnswer::Needed(self.world.files.needs(&digest))),
            FileAsk::Digests => {
                let digests = self.world.files.digests();
                Ok(FileAnswer::Digests(digests.copied().collect()))
            }
            FileAsk::Dropped => {
                let dropped = self.world.files.dropped();
                Ok(FileAnswer::Dropped(dropped.cloned().collect()))
            }
            FileAsk::Publish {
                name,
                bytes,
                digest,
                origin,
            } => self.publish(&name, bytes, digest, origin),
            FileAsk::Withdraw { name } => Ok(self.withdraw(&name)),
        }
    }
}
