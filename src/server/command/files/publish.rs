//! Files of the server's own: everybody finds them, and they count in nobody's quota.

use crate::proto::file_name;
use crate::server::command::files::{Outcome, Scene};
use crate::server::world::file::{FileAnswer, Origin, Quota, Refused};
use crate::store::record::Record;
use crate::store::record::file::{Digest, FileId, FileRow, Place};

impl Scene<'_> {
    pub(super) fn publish(
        &mut self,
        name: &str,
        bytes: u64,
        digest: Digest,
        origin: Origin,
    ) -> Outcome {
        let name = file_name::safe(name).ok_or(Refused::BadName)?;
        if self.world.is_read_only {
            return Err(Refused::Busy);
        }
        let before = match origin {
            Origin::Folder => self.world.files.dropped_as(&name),
            Origin::Import => None,
        };
        if let Some(row) = before.filter(|row| row.digest == digest) {
            return Ok(FileAnswer::Listed(Box::new(row.clone())));
        }
        let before = before.map(|row| row.id);
        let files = &self.world.files;
        if before.is_none() && files.len() + files.uploads() >= self.world.config.files.max_count {
            let whose = Quota::Count;
            return Err(Refused::NoSpace { whose, free: 0 });
        }
        if let Some(before) = before {
            self.world.drop_file(self.out, before);
        }
        let config = &self.world.config;
        let (by, lobby) = (config.server.name.as_str().into(), config.lobby.as_ref());
        let to = lobby.map(|lobby| lobby.as_str().into());
        let row = FileRow {
            id: FileId::new(self.world.unguessable("file")),
            name: name.into(),
            bytes,
            digest,
            place: match origin {
                Origin::Folder => Place::Dropped,
                Origin::Import => Place::Everybody,
            },
            to,
            by,
            owner: None,
            from: None,
            at: self.world.stamps.moment(self.now.unix_ms),
            until_ms: None,
        };
        self.world
            .keep(self.out, Record::File(Box::new(row.clone())));
        Ok(FileAnswer::Listed(Box::new(row)))
    }

    pub(super) fn withdraw(&mut self, name: &str) -> FileAnswer {
        if self.world.is_read_only {
            return FileAnswer::Refused(Refused::Busy);
        }
        let name = file_name::safe(name).unwrap_or_default();
        if let Some(id) = self.world.files.dropped_as(&name).map(|row| row.id) {
            self.world.drop_file(self.out, id);
        }
        FileAnswer::Done
    }
}
