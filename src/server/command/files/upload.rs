//! Uploads, from the room that is kept for them to the message that tells of them.
//!
//! Whoever shares a file in a room or with a person must be in the chat, with some device, when it begins and when it
//! ends: it is said as they say it, and refused as they would be. Who is not here says nothing.

use crate::proto::file_name;
use crate::proto::name::same;
use crate::server::command::files::look::nothing;
use crate::server::command::files::post::Post;
use crate::server::command::files::proof::Who;
use crate::server::command::files::{Outcome, Scene};
use crate::server::world::event::{Peer, SessionId};
use crate::server::world::file::{FileAnswer, Refused, UploadId};
use crate::server::world::files::{Payer, Upload, Uploader};
use crate::server::world::lockout::Prefix;
use crate::server::world::session::Session;
use crate::store::record::Record;
use crate::store::record::account::Party;
use crate::store::record::file::{Digest, FileId, FileRow, Place};

/// To whom an upload is refused that they are to say somewhere.
const ABSENT: &str =
    "Whoever shares a file with others must be in the chat: connect, and try again";

impl Scene<'_> {
    pub(super) fn begin(
        &mut self,
        who: Option<Who>,
        peer: &Peer,
        name: &str,
        bytes: u64,
        to: Option<&str>,
    ) -> Outcome {
        let who = who.ok_or(Refused::WhoAreYou)?;
        let by = self.uploader(who).ok_or(Refused::WhoAreYou)?;
        if !self.world.config.files.enabled {
            return Err(Refused::MayNot("Files are not shared here".into()));
        }
        self.may_upload(&by, peer)?;
        let name = file_name::safe(name).ok_or(Refused::BadName)?;
        let most = self.world.config.files.max_bytes as u64;
        if bytes > most {
            return Err(Refused::TooLarge { most });
        }
        let has_room = self
            .world
            .files
            .has_room(&by.payer, bytes, &self.world.config.files);
        has_room.map_err(|(whose, free)| Refused::NoSpace { whose, free })?;
        if let Some(to) = to {
            let post = Post {
                session: self.voice(&by).ok_or(Refused::MayNot(ABSENT.into()))?,
                to,
                id: FileId([0; 16]),
                name: &name,
                bytes,
                digest: Digest([0; 32]),
            };
            self.may_say(post)?;
        }
        let is_exempt = !self.world.config.flood.enabled;
        if self.world.is_read_only
            || !is_exempt && !self.world.files.may_begin(Prefix::of(peer.ip), self.now)
        {
            return Err(Refused::Busy);
        }
        Ok(self.reserve(by, name.into(), bytes, to))
    }

    fn reserve(
        &mut self,
        by: Uploader,
        name: Box<str>,
        bytes: u64,
        to: Option<&str>,
    ) -> FileAnswer {
        let id = UploadId(self.world.unguessable("upload"));
        let upload = Upload {
            by,
            name: name.clone(),
            bytes,
            to: to.map(Into::into),
            heard_ms: self.now.uptime_ms,
        };
        self.world.files.reserve(id, upload);
        FileAnswer::Begun {
            upload: id,
            name,
            bytes,
        }
    }

    /// The connection that says what somebody shares: theirs, or another one of their account.
    fn voice(&self, by: &Uploader) -> Option<SessionId> {
        let is_in = |id: &SessionId| {
            let session = self.world.session(*id);
            session.is_some_and(|session| session.user().is_some())
        };
        by.session.filter(is_in).or_else(|| match by.party {
            Party::Account(account) => {
                let sessions = self.world.sessions_of(account);
                sessions.into_iter().rev().find(is_in)
            }
            Party::Guest(_) => None,
        })
    }

    /// Whether somebody may go on with an upload; from now on it is they who say it.
    pub(super) fn go_on(&mut self, who: Option<Who>, id: UploadId) -> Outcome {
        let who = who.ok_or(Refused::WhoAreYou)?;
        let by = self.uploader(who).ok_or(Refused::WhoAreYou)?;
        let now = self.now;
        let upload = self.world.files.upload_mut(id);
        let upload = upload.filter(|upload| is_same(&upload.by, &by));
        let upload = upload.ok_or_else(|| Refused::NoSuch("No such upload".into()))?;
        upload.heard_ms = now.uptime_ms;
        upload.by = Uploader {
            payer: upload.by.payer.clone(),
            ..by
        };
        Ok(FileAnswer::Begun {
            upload: id,
            name: upload.name.clone(),
            bytes: upload.bytes,
        })
    }

    pub(super) fn end(&mut self, id: UploadId, digest: Digest, bytes: u64) -> Outcome {
        if self.world.is_read_only {
            return Err(Refused::Busy);
        }
        let upload = self.world.files.release(id).ok_or_else(nothing)?;
        if bytes > upload.bytes {
            return Err(Refused::TooLarge { most: upload.bytes });
        }
        let file = FileId(self.world.unguessable("file"));
        let (place, to) = match &upload.to {
            None => (Place::Unlisted, None),
            Some(to) => {
                let post = Post {
                    session: self
                        .voice(&upload.by)
                        .ok_or(Refused::MayNot(ABSENT.into()))?,
                    to,
                    id: file,
                    name: &upload.name,
                    bytes,
                    digest,
                };
                let (place, shown) = self.may_say(post)?;
                self.say(post)?;
                (Place::Said(place), Some((*shown).into()))
            }
        };
        let (owner, by) = self.owner(&upload);
        let row = FileRow {
            id: file,
            name: upload.name,
            bytes,
            digest,
            place,
            to,
            by,
            owner: Some(owner),
            from: match upload.by.payer {
                Payer::Network(network) => Some(network),
                Payer::Account(_) => None,
            },
            at: self.world.stamps.moment(self.now.unix_ms),
            until_ms: self.world.end_of_file(self.now),
        };
        self.world
            .keep(self.out, Record::File(Box::new(row.clone())));
        Ok(FileAnswer::Listed(Box::new(row)))
    }

    /// Whose it is in the end, and how they are called now. It counts in the quota in which it was begun, unless
    /// they have logged in meanwhile.
    fn owner(&self, upload: &Upload) -> (Party, Box<str>) {
        let session = upload.by.session.and_then(|id| self.world.session(id));
        let user = session.and_then(Session::user);
        match user.and_then(|user| self.world.user(user)) {
            Some(user) => (user.party(), user.nick.as_str().into()),
            None => (upload.by.party, upload.by.name.clone()),
        }
    }
}

/// Whether it is they who began: by their account, or a guest of the same name from the same network.
fn is_same(one: &Uploader, other: &Uploader) -> bool {
    one.party == other.party
        || matches!(one.payer, Payer::Network(_))
            && one.payer == other.payer
            && same(&one.name, &other.name)
}
