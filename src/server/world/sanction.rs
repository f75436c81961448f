//! Bans, mutes, slow mode and words that are not said here: what counts now, and for whom.
//!
//! Nothing here changes but through [`World::apply`], except what only counts: hits, and how time passes.
//! A term is measured by the clock that never goes back; after a restart what is left of it is told by the
//! wall clock, and it is never longer than the whole.

pub mod filter;
pub mod frozen;
pub mod index;
pub mod judge;
pub mod slow;

use crate::server::world::World;
use crate::server::world::effects::Effects;
use crate::server::world::event::Now;
use crate::server::world::sanction::filter::Filters;
use crate::server::world::sanction::index::{Index, Person};
use crate::server::world::sanction::slow::Slow;
use crate::store::record::Record;
use crate::store::record::account::AccountId;
use crate::store::record::sanction::{Sanction, SanctionId, What, Whom};
use ahash::RandomState;
use hashbrown::HashMap;
use std::collections::{BTreeMap, BTreeSet};

/// Sanctions that end in one go, at most: the others a second later.
const AT_ONCE: usize = 1_000;
/// How often it is kept what took effect how often.
const COUNT_KEPT_MS: u64 = 60_000;

/// All sanctions.
#[derive(Debug)]
pub struct Sanctions {
    all: BTreeMap<SanctionId, Held>,
    bans: Index,
    mutes: Index,
    filters: Filters,
    /// By folded name of the room.
    hushed: HashMap<Box<str>, SanctionId, RandomState>,
    slowed: HashMap<Box<str>, (SanctionId, u32), RandomState>,
    /// Who spoke when, in rooms with slow mode.
    pub slow: Slow,
    /// Which end when, by the clock that never goes back.
    ends: BTreeSet<(u64, SanctionId)>,
    /// Those whose count was not kept.
    counted: BTreeSet<SanctionId>,
    counted_ms: u64,
    /// The highest number that any had.
    last: u64,
    /// What time it was last.
    now: Now,
}

/// One that counts.
#[derive(Debug)]
pub struct Held {
    pub sanction: Sanction,
    /// Uptime when it ends.
    pub ends_ms: Option<u64>,
}

impl Held {
    /// Whether it counts.
    pub fn is_on(&self, now: Now) -> bool {
        self.ends_ms.is_none_or(|ends| now.uptime_ms < ends)
    }

    /// How long it still counts.
    pub fn left_ms(&self, now: Now) -> Option<u64> {
        Some(self.ends_ms?.saturating_sub(now.uptime_ms))
    }
}

impl Sanctions {
    /// None yet.
    pub fn new(hasher: &RandomState, now: Now) -> Self {
        Self {
            all: BTreeMap::new(),
            bans: Index::new(hasher),
            mutes: Index::new(hasher),
            filters: Filters::default(),
            hushed: HashMap::with_hasher(hasher.clone()),
            slowed: HashMap::with_hasher(hasher.clone()),
            slow: Slow::new(hasher),
            ends: BTreeSet::new(),
            counted: BTreeSet::new(),
            counted_ms: now.uptime_ms,
            last: 0,
            now,
        }
    }

    /// It is so late: what is put from now on begins now.
    pub fn observe(&mut self, now: Now) {
        self.now = now;
    }

    /// Forgets everything but the numbers that were given.
    pub(super) fn clear(&mut self) {
        let ids: Vec<SanctionId> = self.all.keys().copied().collect();
        for id in ids {
            self.remove(id);
        }
    }

    /// Numbers up to this one are taken.
    pub(super) fn reserve(&mut self, last: u64) {
        self.last = self.last.max(last);
    }

    /// A number that no sanction ever had.
    pub fn next_id(&mut self) -> SanctionId {
        self.last += 1;
        SanctionId(self.last)
    }

    /// One of them.
    pub fn get(&self, id: SanctionId) -> Option<&Held> {
        self.all.get(&id)
    }

    /// All of them, the oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Held> {
        self.all.values()
    }

    /// The bans that count, the oldest first.
    pub fn bans(&self, now: Now) -> impl Iterator<Item = SanctionId> {
        let bans = self.iter().filter(move |held| held.is_on(now));
        bans.filter(|held| matches!(held.sanction.what, What::Ban(_)))
            .map(|held| held.sanction.id)
    }

    /// The one that is about the same.
    pub fn like(&self, what: &What) -> Option<&Held> {
        let is_same = |held: &&Held| held.sanction.what.is_same(what);
        match what {
            What::Ban(whom) => self.all.get(&self.bans.of(whom)?),
            What::Mute(whom) => self.all.get(&self.mutes.of(whom)?),
            What::Hush { room } => self.all.get(self.hushed.get(room)?),
            What::Slow { room, .. } => self.all.get(&self.slowed.get(room)?.0),
            What::Filter { .. } => self.all.values().find(is_same),
        }
    }

    /// Takes one in, in place of what had its number.
    pub(super) fn put(&mut self, sanction: Sanction) {
        let id = sanction.id;
        let before = self.all.get(&id).map(|held| held.ends_ms);
        let is_longer = |held: &Held| held.sanction.until_ms != sanction.until_ms;
        let is_changed = self.all.get(&id).is_none_or(is_longer);
        let ends_ms = match before {
            Some(ends) if !is_changed => ends,
            _ => self.end_of(&sanction),
        };
        self.remove(id);
        self.reserve(id.0);
        match &sanction.what {
            What::Ban(whom) => self.bans.put(whom, id),
            What::Mute(whom) => self.mutes.put(whom, id),
            What::Hush { room } => {
                self.hushed.insert(room.clone(), id);
            }
            What::Slow { room, seconds } => {
                self.slowed.insert(room.clone(), (id, *seconds));
            }
            What::Filter { words, room } => self.filters.put(words, room.as_deref(), id),
        }
        self.ends.extend(ends_ms.map(|ends| (ends, id)));
        self.all.insert(id, Held { sanction, ends_ms });
    }

    /// When it ends by the clock that never goes back: what is left of it, and never more than the whole.
    fn end_of(&self, sanction: &Sanction) -> Option<u64> {
        let left = sanction.until_ms?.saturating_sub(self.now.unix_ms);
        let left = left.min(sanction.length_ms()?);
        Some(self.now.uptime_ms.saturating_add(left))
    }

    pub(super) fn remove(&mut self, id: SanctionId) {
        let Some(held) = self.all.remove(&id) else {
            return;
        };
        if let Some(ends) = held.ends_ms {
            self.ends.remove(&(ends, id));
        }
        self.counted.remove(&id);
        match &held.sanction.what {
            What::Ban(whom) => self.bans.remove(whom, id),
            What::Mute(whom) => self.mutes.remove(whom, id),
            What::Hush { room } => {
                self.hushed.remove(room);
            }
            What::Slow { room, .. } => {
                self.slowed.remove(room);
            }
            What::Filter { words, .. } => self.filters.remove(words, id),
        }
    }

    /// The first of these that counts.
    fn first_on(&self, mut ids: impl Iterator<Item = SanctionId>, now: Now) -> Option<&Held> {
        ids.find_map(|id| self.all.get(&id).filter(|held| held.is_on(now)))
    }

    /// The ban that keeps somebody out.
    pub fn ban_on(&self, who: &Person<'_>, now: Now) -> Option<&Held> {
        self.first_on(self.bans.about(who).into_iter(), now)
    }

    /// Whether a ban is about this account.
    pub fn is_account_banned(&self, account: AccountId) -> bool {
        let who = Person {
            account: Some(account),
            ..Person::default()
        };
        let of_account = |held: &Held| matches!(&held.sanction.what, What::Ban(Whom::Account { id, .. }) if *id == account);
        self.ban_on(&who, self.now).is_some_and(of_account)
    }

    /// The mute that keeps somebody from speaking.
    pub fn mute_on(&self, who: &Person<'_>, now: Now) -> Option<&Held> {
        self.first_on(self.mutes.about(who).into_iter(), now)
    }

    /// The mute of a whole room, by its folded name.
    pub fn hush_on(&self, room: &str, now: Now) -> Option<&Held> {
        self.first_on(self.hushed.get(room).copied().into_iter(), now)
    }

    /// The slow mode of a room, by its folded name, and its seconds.
    pub fn slow_mode_of(&self, room: &str, now: Now) -> Option<(&Held, u32)> {
        let (id, seconds) = self.slowed.get(room)?;
        let held = self.all.get(id).filter(|held| held.is_on(now))?;
        Some((held, *seconds))
    }

    /// The filter that a text does not pass; `room` is the folded name of where it is said.
    pub fn filter_on(&self, text: &str, room: Option<&str>, now: Now) -> Option<&Held> {
        if self.filters.is_empty() {
            return None;
        }
        self.first_on(self.filters.hits(text, room).into_iter(), now)
    }

    /// Notes that it took effect.
    pub fn count(&mut self, id: SanctionId) {
        if let Some(held) = self.all.get_mut(&id) {
            held.sanction.hits += 1;
            self.counted.insert(id);
        }
    }

    /// Whether there is no room for another mask that has to be compared with everybody.
    pub fn is_full(&self, what: &What) -> bool {
        match what {
            What::Ban(whom) => self.bans.is_full(whom),
            What::Mute(whom) => self.mutes.is_full(whom),
            What::Filter { words, .. } => self.filters.is_full(words),
            What::Hush { .. } | What::Slow { .. } => false,
        }
    }

    /// Those whose time is over.
    fn over(&self, now: Now) -> Vec<SanctionId> {
        let over = self.ends.iter().take_while(|(at, _)| *at <= now.uptime_ms);
        over.take(AT_ONCE).map(|(_, id)| *id).collect()
    }

    /// Those whose count is to be kept now.
    fn counted_now(&mut self, now: Now) -> Vec<Sanction> {
        if now.uptime_ms.saturating_sub(self.counted_ms) < COUNT_KEPT_MS {
            return Vec::new();
        }
        self.counted_ms = now.uptime_ms;
        let mut some = std::mem::take(&mut self.counted);
        if let Some(first) = some.iter().nth(AT_ONCE).copied() {
            self.counted = some.split_off(&first);
        }
        let kept = some.iter().filter_map(|id| self.all.get(id));
        kept.map(|held| held.sanction.clone()).collect()
    }
}

impl World {
    /// Ends what is over, and keeps what took effect.
    pub(super) fn tick_sanctions(&mut self, out: &mut Effects, now: Now) {
        self.sanctions.observe(now);
        self.sanctions.slow.tidy(now.uptime_ms);
        if self.is_read_only {
            return;
        }
        for id in self.sanctions.over(now) {
            if let Some(held) = self.sanctions.get(id) {
                let name = held.sanction.name();
                out.log(format!("{name} on {} is over", held.sanction.what));
            }
            self.keep(out, Record::SanctionGone(id));
        }
        for sanction in self.sanctions.counted_now(now) {
            self.keep(out, Record::Sanction(Box::new(sanction)));
        }
    }
}

#[cfg(test)]
mod tests;
