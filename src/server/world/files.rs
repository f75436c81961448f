//! The files that people share: which there are, what comes in at the moment, and how much there is room for.
//!
//! Which there are changes through [`World::apply`] alone. Sums are kept in step with them, and checked.

mod going;

use crate::config::files::Files as Rules;
use crate::proto::msgid::Moment;
use crate::server::world::bucket::Rate;
use crate::server::world::event::{Now, SessionId};
use crate::server::world::file::{Quota, UploadId, Waiting};
use crate::server::world::lockout::{Prefix, Quotas};
use crate::store::record::account::{AccountId, Party};
use crate::store::record::file::{Digest, FileId, FileRow, Place};
use ahash::RandomState;
use hashbrown::HashMap;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;
use std::time::Duration;

/// Longest that an upload takes, and so long nothing may be heard of it; for long files more.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);
/// Bytes for which there is a second more.
const A_SECOND: u64 = 64 * 1024;
/// How often uploads may begin from one network.
const PACE: Rate = Rate {
    burst: 100,
    per_minute: 120,
};
/// What share of all files may be one payer's.
const SHARE: usize = 10;

/// Whose quota a file counts in. What is the server's own counts in none.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Payer {
    Account(AccountId),
    /// Guests from this network.
    Network(Box<str>),
}

/// Who uploads something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploader {
    /// The connection that they chat over, if they do.
    pub session: Option<SessionId>,
    pub party: Party,
    /// As they are called.
    pub name: Box<str>,
    pub payer: Payer,
}

/// An upload for which room is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Upload {
    pub by: Uploader,
    pub name: Box<str>,
    pub bytes: u64,
    /// Where it is to be said, as it was written.
    pub to: Option<Box<str>>,
    /// Uptime when it was heard of last.
    pub heard_ms: u64,
}

/// Bytes and number of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sum {
    pub bytes: u64,
    pub count: usize,
}

/// All files.
#[derive(Debug)]
pub struct Files {
    rows: HashMap<FileId, FileRow, RandomState>,
    /// By when they were shared.
    order: BTreeSet<(Moment, FileId)>,
    /// By when they vanish.
    ends: BTreeSet<(u64, FileId)>,
    /// How many files have these bytes.
    digests: HashMap<Digest, usize, RandomState>,
    /// Those of the operator's folder, by name.
    dropped: BTreeMap<Box<str>, FileId>,
    uploads: HashMap<UploadId, Upload, RandomState>,
    /// Of each payer, with what comes in.
    paid: HashMap<Payer, Sum, RandomState>,
    /// Of all payers.
    total: Sum,
    /// How often uploads began.
    pace: Quotas,
    /// Questions of doors that wait for a password to be compared, by ticket.
    pub asks: BTreeMap<u64, Waiting>,
}

/// What is on its way, for another process.
pub type Coming = Vec<(UploadId, Upload)>;

/// How long an upload of so many bytes may take as a whole.
pub fn longest(bytes: u64) -> Duration {
    LONGEST + Duration::from_secs(bytes / A_SECOND)
}

impl Sum {
    fn add(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_add(bytes);
        self.count += 1;
    }

    fn subtract(&mut self, bytes: u64) {
        self.bytes = self.bytes.saturating_sub(bytes);
        self.count = self.count.saturating_sub(1);
    }
}

/// Whose quota a file counts in.
fn payer(row: &FileRow) -> Option<Payer> {
    match (row.account(), &row.from) {
        (Some(account), _) => Some(Payer::Account(account)),
        (None, Some(from)) if row.owner.is_some() => Some(Payer::Network(from.clone())),
        _ => None,
    }
}

impl Files {
    /// None yet.
    pub fn new(hasher: RandomState) -> Self {
        Self {
            rows: HashMap::with_hasher(hasher.clone()),
            order: BTreeSet::new(),
            ends: BTreeSet::new(),
            digests: HashMap::with_hasher(hasher.clone()),
            dropped: BTreeMap::new(),
            uploads: HashMap::with_hasher(hasher.clone()),
            paid: HashMap::with_hasher(hasher.clone()),
            total: Sum::default(),
            pace: Quotas::new(hasher),
            asks: BTreeMap::new(),
        }
    }

    /// What is on its way, as a list.
    pub fn freeze(&self) -> Coming {
        let uploads = self.uploads.iter();
        uploads.map(|(id, upload)| (*id, upload.clone())).collect()
    }

    /// What such a list says.
    pub fn thaw(coming: Coming, hasher: RandomState) -> Self {
        let mut files = Self::new(hasher);
        for (id, upload) in coming {
            files.reserve(id, upload);
        }
        files
    }

    /// Forgets every file; what is on its way goes on.
    pub(super) fn clear(&mut self) {
        let ids: Vec<FileId> = self.rows.keys().copied().collect();
        for id in ids {
            self.remove(id);
        }
    }

    /// A file as it is now.
    pub(super) fn put(&mut self, row: FileRow) {
        self.remove(row.id);
        self.order.insert((row.at, row.id));
        if let Some(until_ms) = row.until_ms {
            self.ends.insert((until_ms, row.id));
        }
        if row.place == Place::Dropped {
            self.dropped.insert(row.name.clone(), row.id);
        }
        *self.digests.entry(row.digest).or_insert(0) += 1;
        if let Some(payer) = payer(&row) {
            self.count(payer, row.bytes);
        }
        self.rows.insert(row.id, row);
    }

    /// There is no such file any more.
    pub(super) fn remove(&mut self, id: FileId) -> Option<FileRow> {
        let row = self.rows.remove(&id)?;
        self.order.remove(&(row.at, id));
        if let Some(until_ms) = row.until_ms {
            self.ends.remove(&(until_ms, id));
        }
        if row.place == Place::Dropped {
            self.dropped.remove(&row.name);
        }
        if let Some(count) = self.digests.get_mut(&row.digest) {
            *count -= 1;
            if *count == 0 {
                self.digests.remove(&row.digest);
            }
        }
        if let Some(payer) = payer(&row) {
            self.discount(&payer, row.bytes);
        }
        Some(row)
    }

    fn count(&mut self, payer: Payer, bytes: u64) {
        self.total.add(bytes);
        self.paid.entry(payer).or_default().add(bytes);
    }

    fn discount(&mut self, payer: &Payer, bytes: u64) {
        self.total.subtract(bytes);
        if let Some(sum) = self.paid.get_mut(payer) {
            sum.subtract(bytes);
            if sum.count == 0 {
                self.paid.remove(payer);
            }
        }
    }

    /// A room has another name.
    pub(super) fn rename(&mut self, from: &str, to: &str) {
        let rows = self.rows.values();
        let moved: Vec<FileRow> = rows.filter_map(|row| row.renamed(from, to)).collect();
        for row in moved {
            self.put(row);
        }
    }

    /// The file of this name.
    pub fn get(&self, id: FileId) -> Option<&FileRow> {
        self.rows.get(&id)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// All of them, the newest first.
    pub fn newest(&self) -> impl Iterator<Item = &FileRow> {
        self.older(None)
    }

    /// Those shared before this one, the newest first.
    pub fn older(&self, than: Option<(Moment, FileId)>) -> impl Iterator<Item = &FileRow> {
        let end = than.map_or(Bound::Unbounded, Bound::Excluded);
        let order = self.order.range((Bound::Unbounded, end)).rev();
        order.filter_map(|(_, id)| self.rows.get(id))
    }

    /// Those of the operator's folder.
    pub fn dropped(&self) -> impl Iterator<Item = &FileRow> {
        let ids = self.dropped.values();
        ids.filter_map(|id| self.rows.get(id))
    }

    /// The one of the operator's folder that has this name.
    pub fn dropped_as(&self, name: &str) -> Option<&FileRow> {
        self.rows.get(self.dropped.get(name)?)
    }

    /// Whether a file has these bytes.
    pub fn needs(&self, digest: &Digest) -> bool {
        self.digests.contains_key(digest)
    }

    /// The bytes that files have.
    pub fn digests(&self) -> impl Iterator<Item = &Digest> {
        self.digests.keys()
    }

    /// What people share, with what comes in.
    pub fn total(&self) -> Sum {
        self.total
    }

    /// What counts for this payer.
    pub fn paid_by(&self, payer: &Payer) -> Sum {
        self.paid.get(payer).copied().unwrap_or_default()
    }

    /// Uploads that go on.
    pub fn uploads(&self) -> usize {
        self.uploads.len()
    }

    /// The upload of this name.
    pub fn upload(&self, id: UploadId) -> Option<&Upload> {
        self.uploads.get(&id)
    }

    /// The upload of this name, to say who goes on with it.
    pub fn upload_mut(&mut self, id: UploadId) -> Option<&mut Upload> {
        self.uploads.get_mut(&id)
    }

    /// Whether an upload may begin from this network now.
    pub fn may_begin(&mut self, from: Prefix, now: Now) -> bool {
        self.pace.take(from, PACE, now.uptime_ms)
    }

    /// Whether so much more may come: if not, what is full, and how much is free.
    pub fn has_room(&self, payer: &Payer, bytes: u64, rules: &Rules) -> Result<(), (Quota, u64)> {
        let own = self.paid_by(payer);
        let free = |most: usize, used: u64| (most as u64).saturating_sub(used);
        let (left, all) = (
            free(rules.per_account, own.bytes),
            free(rules.total, self.total.bytes),
        );
        let most = rules.max_count;
        if self.rows.len() + self.uploads.len() >= most || own.count >= most.div_ceil(SHARE) {
            return Err((Quota::Count, left.min(all)));
        }
        if bytes > left {
            return Err((Quota::Own, left));
        }
        if bytes > all {
            return Err((Quota::All, all));
        }
        Ok(())
    }

    /// Keeps room for an upload.
    pub fn reserve(&mut self, id: UploadId, upload: Upload) {
        self.release(id);
        self.count(upload.by.payer.clone(), upload.bytes);
        self.uploads.insert(id, upload);
    }

    /// Keeps no room for an upload any more.
    pub fn release(&mut self, id: UploadId) -> Option<Upload> {
        let upload = self.uploads.remove(&id)?;
        self.discount(&upload.by.payer, upload.bytes);
        Some(upload)
    }

    /// Those whose time is over.
    fn over(&self, now: Now) -> Vec<FileId> {
        let over = self.ends.iter();
        let over = over.take_while(|(until_ms, _)| *until_ms <= now.unix_ms);
        over.map(|(_, id)| *id).collect()
    }

    /// Uploads of which nothing was heard for long.
    fn forgotten(&self, now: Now) -> Vec<UploadId> {
        let is_old = |upload: &Upload| {
            let silent_ms = now.uptime_ms.saturating_sub(upload.heard_ms);
            Duration::from_millis(silent_ms) >= longest(upload.bytes)
        };
        let old = self.uploads.iter().filter(|(_, upload)| is_old(upload));
        old.map(|(id, _)| *id).collect()
    }

    /// Says what does not hold, if anything.
    pub fn check(&self) -> Result<(), String> {
        let mut again = Self::new(RandomState::with_seeds(1, 2, 3, 4));
        for row in self.rows.values() {
            again.put(row.clone());
        }
        for (id, upload) in &self.uploads {
            again.reserve(*id, upload.clone());
        }
        let is_same = again.total == self.total
            && again.order == self.order
            && again.ends == self.ends
            && again.dropped == self.dropped
            && again.paid.len() == self.paid.len()
            && again.digests.len() == self.digests.len()
            && again.paid.iter().all(|(of, sum)| self.paid_by(of) == *sum)
            && again
                .digests
                .iter()
                .all(|(digest, count)| self.digests.get(digest) == Some(count));
        match is_same {
            true => Ok(()),
            false => Err("the sums of files are wrong".into()),
        }
    }
}
