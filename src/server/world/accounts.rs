//! Accounts and what belongs to them: in memory as they are stored.
//!
//! Nothing here changes but through [`World::apply`](super::World::apply), so that what the server
//! knows is what a later life of it will know.

use crate::proto::confusable::skeleton;
use crate::proto::msgid::Moment;
use crate::proto::name::fold;
use crate::store::record::account::{Account, AccountId, Party};
use crate::store::record::{Sent, Unread};
use ahash::RandomState;
use hashbrown::HashMap;
use std::collections::{BTreeMap, VecDeque};

/// Clients' ids of messages that are remembered here; older ones are asked of the store.
const MOST_SENT: usize = 100_000;

/// All accounts.
#[derive(Debug)]
pub struct Accounts {
    all: HashMap<AccountId, Holding, RandomState>,
    /// By folded name.
    names: HashMap<Box<str>, AccountId, RandomState>,
    /// By what all names that look like this one share.
    skeletons: HashMap<String, AccountId, RandomState>,
    /// By the fingerprint of a certificate.
    certificates: HashMap<Box<str>, AccountId, RandomState>,
    sent: HashMap<(Party, Box<str>), Sent, RandomState>,
    /// In the order in which they were sent.
    sent_order: VecDeque<(Party, Box<str>)>,
    /// Since when `sent` is complete.
    sent_since: Moment,
    /// The highest number that any account ever had.
    last: u64,
}

/// An account with what belongs to it.
#[derive(Debug)]
pub struct Holding {
    pub account: Account,
    /// How far its owner has read, by folded name of the room or person.
    pub markers: BTreeMap<Box<str>, Moment>,
    /// Since when it belongs to rooms, by folded name.
    pub rooms: BTreeMap<Box<str>, Moment>,
    /// Direct messages that its owner has not read, oldest first.
    pub unread: VecDeque<Unread>,
    /// Bytes of them.
    pub unread_bytes: usize,
}

impl Accounts {
    /// None yet.
    pub fn new(hasher: RandomState) -> Self {
        Self {
            all: HashMap::with_hasher(hasher.clone()),
            names: HashMap::with_hasher(hasher.clone()),
            skeletons: HashMap::with_hasher(hasher.clone()),
            certificates: HashMap::with_hasher(hasher.clone()),
            sent: HashMap::with_hasher(hasher),
            sent_order: VecDeque::new(),
            sent_since: Moment::START,
            last: 0,
        }
    }

    /// Forgets everything but the numbers that were given.
    pub fn clear(&mut self) {
        self.all.clear();
        self.names.clear();
        self.skeletons.clear();
        self.certificates.clear();
        self.sent.clear();
        self.sent_order.clear();
        self.sent_since = Moment::START;
    }

    /// Numbers up to this one are taken.
    pub fn reserve(&mut self, last: u64) {
        self.last = self.last.max(last);
    }

    /// A number that no account ever had.
    pub fn next_id(&mut self) -> AccountId {
        self.last += 1;
        AccountId(self.last)
    }

    /// An account.
    pub fn get(&self, id: AccountId) -> Option<&Holding> {
        self.all.get(&id)
    }

    /// The account of this name, in any spelling.
    pub fn named(&self, name: &str) -> Option<&Holding> {
        self.all.get(self.names.get(fold(name).as_str())?)
    }

    /// The account whose name is this, or looks like it.
    pub fn resembling(&self, name: &str) -> Option<AccountId> {
        let exactly = self.names.get(fold(name).as_str());
        exactly
            .or_else(|| self.skeletons.get(&skeleton(name)))
            .copied()
    }

    /// The account that this certificate lets into.
    pub fn certified(&self, fingerprint: &str) -> Option<AccountId> {
        self.certificates.get(fingerprint).copied()
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.all.len()
    }

    /// All of them, in no order.
    pub fn iter(&self) -> impl Iterator<Item = &Holding> {
        self.all.values()
    }

    /// Takes out of all inboxes what was said before this moment: the store deletes it.
    pub(super) fn forget_unread_before(&mut self, moment: Moment) {
        let is_old = |unread: &Unread| unread.at < moment;
        for holding in self.all.values_mut() {
            if holding.unread.front().is_some_and(is_old) {
                holding.drop_unread(is_old);
            }
        }
    }

    /// What a client's id stands for, if it was used lately.
    pub fn sent(&self, by: Party, client_id: &str) -> Option<&Sent> {
        self.sent.get(&(by, client_id.into()))
    }

    /// Since when every client's id is known here.
    pub fn sent_since(&self) -> Moment {
        self.sent_since
    }

    pub(super) fn put(&mut self, account: Account) {
        self.reserve(account.id.0);
        self.uncertify(account.id);
        for fingerprint in &account.certificates {
            self.certificates.insert(fingerprint.clone(), account.id);
        }
        match self.all.get_mut(&account.id) {
            Some(holding) => {
                let renamed = holding.account.name != account.name;
                let old = std::mem::replace(&mut holding.account, account).name;
                if renamed {
                    let (id, new) = (holding.account.id, holding.account.name.clone());
                    self.unname(&old, id);
                    self.name(&new, id);
                }
            }
            None => {
                self.name(&account.name, account.id);
                self.all.insert(account.id, Holding::new(account));
            }
        }
    }

    pub(super) fn remove(&mut self, id: AccountId) {
        self.uncertify(id);
        if let Some(holding) = self.all.remove(&id) {
            self.unname(&holding.account.name, id);
        }
        self.reserve(id.0);
        let is_theirs = |by: &Party| *by == Party::Account(id);
        self.sent.retain(|(by, _), _| !is_theirs(by));
        self.sent_order.retain(|(by, _)| !is_theirs(by));
    }

    /// No certificate lets into this account any more.
    fn uncertify(&mut self, id: AccountId) {
        let holding = self.all.get(&id);
        for fingerprint in holding.map_or(&[][..], |holding| &holding.account.certificates) {
            if self.certificates.get(fingerprint) == Some(&id) {
                self.certificates.remove(fingerprint);
            }
        }
    }

    fn name(&mut self, name: &str, id: AccountId) {
        self.names.insert(fold(name).into(), id);
        self.skeletons.entry(skeleton(name)).or_insert(id);
    }

    fn unname(&mut self, name: &str, id: AccountId) {
        self.names.remove(fold(name).as_str());
        let skeleton = skeleton(name);
        if self.skeletons.get(&skeleton) == Some(&id) {
            self.skeletons.remove(&skeleton);
        }
    }

    pub(super) fn note_sent(&mut self, sent: Sent) {
        let key = (sent.by, sent.client_id.clone());
        if self.sent.insert(key.clone(), sent).is_none() {
            self.sent_order.push_back(key);
        }
        while self.sent_order.len() > MOST_SENT {
            let oldest = self.sent_order.pop_front();
            if let Some(gone) = oldest.and_then(|key| self.sent.remove(&key)) {
                self.sent_since = self.sent_since.max(gone.id.moment);
            }
        }
    }

    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = &mut Holding> {
        self.all.values_mut()
    }

    pub(super) fn get_mut(&mut self, id: AccountId) -> Option<&mut Holding> {
        self.all.get_mut(&id)
    }
}

impl Holding {
    fn new(account: Account) -> Self {
        Self {
            account,
            markers: BTreeMap::new(),
            rooms: BTreeMap::new(),
            unread: VecDeque::new(),
            unread_bytes: 0,
        }
    }

    pub(super) fn add_unread(&mut self, unread: Unread) {
        self.unread_bytes += unread.bytes as usize;
        self.unread.push_back(unread);
    }

    /// Takes out of the inbox what `is_read` says.
    pub(super) fn drop_unread(&mut self, is_read: impl Fn(&Unread) -> bool) {
        self.unread.retain(|unread| !is_read(unread));
        self.unread_bytes = self.unread.iter().map(|unread| unread.bytes as usize).sum();
    }

    /// Moves the marker forward, and ends what it passes.
    pub(super) fn mark(&mut self, target: Box<str>, at: Moment) {
        self.drop_unread(|unread| unread.from == target && unread.at <= at);
        let marker = self.markers.entry(target).or_default();
        *marker = at.max(*marker);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::proto::msgid::MsgId;

    #[test]
    fn since_the_last_id_that_was_forgotten_every_id_is_known() {
        let mut accounts = Accounts::new(RandomState::with_seeds(1, 2, 3, 4));
        let by = Party::Account(AccountId(1));
        for n in 1..=MOST_SENT as u64 + 2 {
            let (moment, nonce) = (Moment(n), 0);
            accounts.note_sent(Sent {
                by,
                client_id: n.to_string().into(),
                id: MsgId { moment, nonce },
                digest: 0,
            });
        }
        assert_eq!(accounts.sent_since(), Moment(2));
        assert!(accounts.sent(by, "2").is_none() && accounts.sent(by, "3").is_some());
    }
}
