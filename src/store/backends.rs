//! The same tests on each store: what it is asked and told, and what it must answer.

pub(crate) mod files;
mod pages;
mod records;
mod rights;
mod sanctions;
mod search;

use crate::config::Sync;
use crate::proto::msgid::{Moment, MsgId};
use crate::store::memory::Memory;
use crate::store::query::{Answer, Kinds, Page, Query, Span};
use crate::store::record::Record;
use crate::store::record::account::{Account, AccountId, Party, Secret};
use crate::store::record::room::RoomRow;
use crate::store::record::said::{Heard, Place, Reader, Said, Verb};
use crate::store::sqlite::Sqlite;
use crate::store::{Index, Read, Snapshot, Store};
use std::collections::BTreeMap;
use std::sync::Arc;
use tempfile::TempDir;

pub(crate) const ANN: AccountId = AccountId(1);
pub(crate) const BOB: AccountId = AccountId(2);
pub(crate) const CAT: AccountId = AccountId(3);

/// A store under test.
pub(crate) struct Backend {
    store: Option<Box<dyn Store>>,
    reader: Option<Box<dyn Read>>,
    index: Option<Box<dyn Index>>,
    dir: Option<TempDir>,
}

/// Runs a test on each kind of store.
pub(crate) fn on_each(test: impl Fn(&mut Backend)) {
    for is_file in [false, true] {
        let mut backend = Backend {
            store: None,
            reader: None,
            index: None,
            dir: is_file.then(|| tempfile::tempdir().unwrap()),
        };
        backend.open();
        test(&mut backend);
    }
}

impl Backend {
    fn open(&mut self) {
        let store: Box<dyn Store> = match &self.dir {
            None => Box::new(Memory::default()),
            Some(dir) => Box::new(Sqlite::open(dir.path(), Sync::Off).unwrap()),
        };
        self.reader = Some(store.reader().unwrap());
        self.index = store.index().unwrap();
        self.store = Some(store);
    }

    /// As after a restart, if it outlives one.
    pub(crate) fn reopen(&mut self) {
        if self.dir.is_some() {
            (self.index, self.reader, self.store) = (None, None, None);
            self.open();
        }
    }

    pub(crate) fn store(&mut self) -> &mut dyn Store {
        self.store.as_deref_mut().unwrap()
    }

    /// Stores this, and lets the index follow.
    pub(crate) fn keep(&mut self, records: &[Record]) {
        self.store().commit(records).unwrap();
        while let Some(index) = &mut self.index
            && index.catch_up().unwrap()
        {}
    }

    pub(crate) fn ask(&mut self, query: Query) -> Answer {
        self.reader.as_mut().unwrap().answer(&query).unwrap()
    }

    /// Moments of what is answered.
    pub(crate) fn moments(&mut self, query: Query) -> Vec<u64> {
        match self.ask(query) {
            Answer::Said(said) => said.iter().map(|said| said.id.moment.0).collect(),
            other => panic!("{other:?}"),
        }
    }

    pub(crate) fn load(&mut self) -> Snapshot {
        self.store().load().unwrap()
    }
}

pub(crate) fn id(moment: u64) -> MsgId {
    MsgId {
        moment: Moment(moment),
        nonce: 77,
    }
}

/// Something said in the open room #x.
pub(crate) fn said(moment: u64, text: &str) -> Said {
    Said {
        id: id(moment),
        source: "Ann!ann@host".into(),
        account: Some("Ann".into()),
        by: Party::Account(ANN),
        is_bot: false,
        verb: Verb::Privmsg,
        words: ["#X"].into(),
        text: Some(text.into()),
        tags: "".into(),
        place: room("#x", Heard::Open),
    }
}

pub(crate) fn room(name: &str, heard: Heard) -> Place {
    Place::Room {
        name: name.into(),
        heard,
    }
}

/// From Ann to Bob.
pub(crate) fn direct(moment: u64, text: &str) -> Said {
    Said {
        words: ["Bob"].into(),
        place: Place::Direct {
            from: "ann".into(),
            to: Party::Account(BOB),
            to_name: "bob".into(),
        },
        ..said(moment, text)
    }
}

/// From Bob to Ann.
pub(crate) fn answer(moment: u64, text: &str) -> Said {
    Said {
        source: "Bob!bob@host".into(),
        account: Some("Bob".into()),
        by: Party::Account(BOB),
        words: ["Ann"].into(),
        place: Place::Direct {
            from: "bob".into(),
            to: Party::Account(ANN),
            to_name: "ann".into(),
        },
        ..said(moment, text)
    }
}

pub(crate) fn record(said: Said) -> Record {
    Record::Said(Arc::new(said))
}

/// Somebody in these rooms, who belongs to them since then.
pub(crate) fn reader(who: AccountId, rooms: &[(&str, u64)]) -> Reader {
    let rooms = rooms.iter();
    Reader {
        who: Party::Account(who),
        rooms: rooms
            .map(|(room, since)| ((*room).into(), Moment(*since)))
            .collect(),
    }
}

/// Messages of #x, as Bob reads them.
pub(crate) fn page(span: Span, limit: usize) -> Query {
    page_of("#x", reader(BOB, &[("#x", 0)]), span, limit)
}

pub(crate) fn page_of(buffer: &str, reader: Reader, span: Span, limit: usize) -> Query {
    Query::Page(Page {
        buffer: buffer.into(),
        span,
        limit,
        kinds: Kinds::Messages,
        reader,
    })
}

pub(crate) fn account(id: AccountId, name: &str) -> Account {
    Account {
        id,
        name: name.into(),
        created_ms: 5,
        password: Some(Secret("$argon2id$".into())),
        scram: None,
        email: None,
        certificates: Vec::new(),
        disabled: None,
        always_on: Some(true),
        silenced: vec!["*!*@spam".into()],
        metadata: BTreeMap::from([("color".into(), "blue".into())]),
    }
}

pub(crate) fn room_row(name: &str) -> RoomRow {
    RoomRow {
        name: name.into(),
        founder: ANN,
        created_ms: 1,
        registered_ms: 2,
        topic: None,
        flags: "nt".into(),
        key: None,
        limit: None,
        forward: None,
        lists: Vec::new(),
        ranks: vec![(ANN, "q".into())],
        metadata: BTreeMap::new(),
    }
}
