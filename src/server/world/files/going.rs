//! Files that go: taken back, or over; and the names that nobody guesses.

use crate::proto::scram;
use crate::server::world::World;
use crate::server::world::effects::{Effects, Mark};
use crate::server::world::event::{Culprit, Now};
use crate::server::world::file::Unneeded;
use crate::store::record::Record;
use crate::store::record::account::AccountId;
use crate::store::record::file::{FileId, FileRow, Place};
use std::time::Duration;

impl World {
    /// 128 bits for something of this kind, which nobody can guess.
    pub fn unguessable(&mut self, kind: &str) -> [u8; 16] {
        let secret = self.secret();
        let count = self.next_exchange();
        scram::seal(&secret, kind, &count.to_string())
    }

    /// When a file that is shared now vanishes.
    pub fn end_of_file(&self, now: Now) -> Option<u64> {
        let age = self.config.files.expiry?;
        let age_ms = u64::try_from(Duration::as_millis(&age)).unwrap_or(u64::MAX);
        Some(now.unix_ms.saturating_add(age_ms))
    }

    /// Lets a file be gone, and its bytes too if no other file has them. Gives what it was.
    pub fn drop_file(&mut self, out: &mut Effects, id: FileId) -> Option<FileRow> {
        let row = self.files.get(id)?.clone();
        self.keep(out, Record::FileGone(id));
        if !self.files.needs(&row.digest) {
            out.let_go(Unneeded(row.digest));
        }
        Some(row)
    }

    /// Files of an account that is gone, which nobody else finds.
    pub(in crate::server::world) fn unlisted_of(&self, account: AccountId) -> Vec<FileId> {
        let theirs =
            |row: &&FileRow| row.account() == Some(account) && row.place == Place::Unlisted;
        let rows = self.files.rows.values().filter(theirs);
        rows.map(|row| row.id).collect()
    }

    /// Lets those files go whose time is over.
    pub(in crate::server::world) fn tick_files(&mut self, out: &mut Effects, now: Now) {
        for id in self.files.forgotten(now) {
            self.files.release(id);
        }
        if self.is_read_only {
            return;
        }
        let mark: Mark = out.mark();
        for id in self.files.over(now) {
            if let Some(row) = self.drop_file(out, id) {
                out.log(format!("The file {} ({}) is over", row.name, row.id));
            }
        }
        if out.has_promised(mark) {
            out.tie(mark, Culprit::Nobody);
        }
    }
}
