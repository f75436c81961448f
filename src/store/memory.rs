//! Keeps everything in memory, as long as the process lives and as far as there is room.
//!
//! What was said is bounded: in each buffer and in all, and the oldest goes first.

mod keep;
mod moments;

use crate::proto::msgid::{Moment, MsgId};
use crate::store::answer::{
    Between, Each, Order, Rows, is_of_kind, is_wanted, one, page, targets, whole,
};
use crate::store::memory::moments::Moments;
use crate::store::query::{Answer, Kinds, Query, Wanted};
use crate::store::record::account::{Account, AccountId, Party};
use crate::store::record::file::{FileId, FileRow};
use crate::store::record::room::RoomRow;
use crate::store::record::said::{Buffer, Reader, Said};
use crate::store::record::sanction::{Sanction, SanctionId};
use crate::store::record::{Record, Sent, Unread};
use crate::store::trouble::{Kind, Trouble};
use crate::store::{Index, Read, Retention, Snapshot, Store};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A client's id counts for so long.
const DAY_MS: u64 = 24 * 60 * 60 * 1000;
/// Names of people who were here that are remembered.
const SEEN: usize = 10_000;

/// A store that forgets when the process ends. Clones share what they keep.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    shared: Arc<Mutex<State>>,
}

/// All that a store keeps, in an order in which it can be taken in.
#[derive(Debug, Serialize, Deserialize)]
pub struct Everything {
    records: Vec<Record>,
    last: Moment,
    last_account: u64,
    last_sanction: u64,
}

/// What is kept.
#[derive(Debug, Default)]
struct State {
    said: BTreeMap<Moment, Arc<Said>>,
    /// Which of it is in which buffer.
    buffers: HashMap<Buffer, Moments>,
    /// Bytes of all that was said.
    bytes: usize,
    last: Moment,
    last_account: u64,
    accounts: BTreeMap<AccountId, Account>,
    rooms: BTreeMap<Box<str>, RoomRow>,
    members: BTreeMap<(Box<str>, AccountId), Moment>,
    markers: BTreeMap<(AccountId, Box<str>), Moment>,
    unread: BTreeMap<Moment, Unread>,
    sent: HashMap<(Party, Box<str>), Sent>,
    /// By folded name: as it was written, and when.
    seen: HashMap<Box<str>, (Box<str>, u64)>,
    sanctions: BTreeMap<SanctionId, Sanction>,
    last_sanction: u64,
    files: BTreeMap<FileId, FileRow>,
}

impl Memory {
    fn state(&self) -> MutexGuard<'_, State> {
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Everything, for another process.
    pub fn freeze(&self) -> Everything {
        let state = self.state();
        let Snapshot {
            records,
            last,
            last_account,
            last_sanction,
        } = state.snapshot();
        let said = state.said.values().cloned().map(Record::Said);
        Everything {
            records: said.chain(records).collect(),
            last,
            last_account,
            last_sanction,
        }
    }

    /// Everything that another process kept.
    pub fn thaw(everything: &Everything) -> Result<Self, Trouble> {
        let mut memory = Self::default();
        memory.take(&everything.records)?;
        let mut state = memory.state();
        state.last = everything.last.max(state.last);
        state.last_account = everything.last_account.max(state.last_account);
        state.last_sanction = everything.last_sanction.max(state.last_sanction);
        drop(state);
        Ok(memory)
    }

    /// Takes the records of a batch; they count as stored when this returns.
    pub fn take(&mut self, records: &[Record]) -> Result<(), Trouble> {
        let mut state = self.state();
        state.must_be_new(records)?;
        for record in records {
            state.keep(record);
        }
        Ok(())
    }
}

impl Store for Memory {
    fn load(&mut self) -> Result<Snapshot, Trouble> {
        Ok(self.state().snapshot())
    }

    fn commit(&mut self, records: &[Record]) -> Result<(), Trouble> {
        self.take(records)
    }

    fn tidy(&mut self, retention: &Retention, now_ms: u64) -> Result<bool, Trouble> {
        Ok(self.state().tidy(retention, now_ms))
    }

    fn probe(&mut self) -> Result<(), Trouble> {
        Ok(())
    }

    fn index(&self) -> Result<Option<Box<dyn Index>>, Trouble> {
        Ok(None)
    }

    fn reader(&self) -> Result<Box<dyn Read>, Trouble> {
        Ok(Box::new(self.clone()))
    }
}

impl Read for Memory {
    fn answer(&mut self, query: &Query) -> Result<Answer, Trouble> {
        let mut state = self.state();
        let rows = &mut *state;
        match query {
            Query::Page(wanted) => page(rows, wanted),
            Query::Targets {
                reader,
                after,
                before,
                limit,
            } => {
                let (after, before) = (*after, *before);
                targets(rows, reader, Between { after, before }, *limit)
            }
            Query::Search {
                reader,
                wanted,
                limit,
            } => Ok(rows.search(reader, wanted, *limit)),
            Query::One { reader, id } => one(rows, reader, *id),
            Query::Whole { id } => whole(rows, *id),
            Query::Sent {
                by,
                client_id,
                after,
            } => Ok(Answer::Sent(rows.sent(*by, client_id, *after))),
            Query::Seen { after_ms, limit } => Ok(rows.seen(*after_ms, *limit)),
        }
    }
}

impl Rows for State {
    fn walk(
        &mut self,
        buffer: &str,
        between: Between,
        order: Order,
        kinds: Kinds,
        each: &mut Each<'_>,
    ) -> Result<(), Trouble> {
        let buffer = Buffer::named(buffer);
        let Some(moments) = buffer.and_then(|buffer| self.buffers.get(&buffer)) else {
            return Ok(());
        };
        let first = Moment(between.after.0.saturating_add(1));
        if first >= between.before {
            return Ok(());
        }
        let mut range = moments.range(first..between.before);
        let mut next = || match order {
            Order::Rising => range.next(),
            Order::Falling => range.next_back(),
        };
        while let Some(moment) = next() {
            let said = self.said.get(&moment);
            let Some(said) = said.filter(|said| is_of_kind(said.verb, kinds)) else {
                continue;
            };
            if each(Arc::clone(said)).is_break() {
                break;
            }
        }
        Ok(())
    }

    fn at(&mut self, moment: Moment) -> Result<Option<Arc<Said>>, Trouble> {
        Ok(self.said.get(&moment).cloned())
    }

    fn direct(&mut self, party: Party) -> Result<Vec<Box<str>>, Trouble> {
        let is_theirs =
            |buffer: &&Buffer| matches!(buffer, Buffer::Direct(reader, _) if *reader == party);
        let buffers = self.buffers.keys().filter(is_theirs);
        Ok(buffers.map(|buffer| buffer.to_string().into()).collect())
    }
}

impl State {
    /// Refuses what was said at a moment that something else has. Mostly they rise, so that nothing is looked up.
    fn must_be_new(&self, records: &[Record]) -> Result<(), Trouble> {
        let (mut last, mut earlier) = (self.last, BTreeSet::new());
        for record in records {
            let Record::Said(said) = record else { continue };
            let moment = said.id.moment;
            if moment > last {
                last = moment;
            } else if self.said.contains_key(&moment) || !earlier.insert(moment) {
                return Err(Trouble {
                    kind: Kind::Corrupt,
                    text: format!("a message of the moment of {} is stored already", said.id),
                });
            }
        }
        Ok(())
    }

    fn search(&self, reader: &Reader, wanted: &Wanted, limit: usize) -> Answer {
        let phrases: Vec<Vec<String>> = wanted.phrases.iter().map(|text| words(text)).collect();
        if phrases.iter().any(Vec::is_empty) {
            return Answer::Said(Vec::new());
        }
        let found = self.said.values().rev().filter(|said| {
            if !is_wanted(said, wanted, reader) {
                return false;
            }
            let text = words(said.text.as_deref().unwrap_or_default());
            let has = |phrase: &Vec<String>| text.windows(phrase.len()).any(|part| part == *phrase);
            phrases.iter().all(has)
        });
        Answer::Said(found.take(limit).cloned().collect())
    }

    fn sent(&self, by: Party, client_id: &str, after: Moment) -> Option<(MsgId, u64)> {
        let sent = self.sent.get(&(by, client_id.into()))?;
        (sent.id.moment > after).then_some((sent.id, sent.digest))
    }

    fn seen(&self, after_ms: u64, limit: usize) -> Answer {
        let seen = self.seen.values();
        let mut seen: Vec<_> = seen.filter(|(_, at)| *at > after_ms).cloned().collect();
        seen.sort_unstable_by(|(a, at), (b, bt)| (bt, a).cmp(&(at, b)));
        seen.truncate(limit);
        Answer::Seen(seen)
    }

    fn snapshot(&self) -> Snapshot {
        let day_ago = Moment::first_of(self.last.unix_ms().saturating_sub(DAY_MS));
        let accounts = self.accounts.values().cloned().map(Box::new);
        let rooms = self.rooms.values().cloned().map(Box::new);
        let members = self.members.iter();
        let markers = self.markers.iter();
        let sent = self.sent.values();
        let mut sent: Vec<_> = sent.filter(|sent| sent.id.moment > day_ago).collect();
        sent.sort_unstable_by_key(|sent| sent.id.moment);
        let mut seen: Vec<_> = self.seen.values().collect();
        seen.sort_unstable_by(|(a, at), (b, bt)| (at, a).cmp(&(bt, b)));
        let oldest = seen.len().saturating_sub(SEEN);
        let records = accounts
            .map(Record::Account)
            .chain(rooms.map(Record::Room))
            .chain(members.map(|((room, account), since)| Record::Member {
                account: *account,
                room: room.clone(),
                since: Some(*since),
            }))
            .chain(markers.map(|((account, target), at)| Record::Marker {
                account: *account,
                target: target.clone(),
                at: *at,
            }))
            .chain(self.unread.values().cloned().map(Record::Unread))
            .chain(sent.into_iter().cloned().map(Record::Sent))
            .chain(
                self.sanctions
                    .values()
                    .cloned()
                    .map(Box::new)
                    .map(Record::Sanction),
            )
            .chain(self.files.values().cloned().map(Box::new).map(Record::File))
            .chain(
                seen.into_iter()
                    .skip(oldest)
                    .map(|(nick, at)| Record::Seen {
                        nick: nick.clone(),
                        unix_ms: *at,
                    }),
            );
        Snapshot {
            records: records.collect(),
            last: self.last,
            last_account: self.last_account,
            last_sanction: self.last_sanction,
        }
    }
}

/// The words of a text, as they are compared.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}
