//! The store: commits by how many records share one, and what is read from a room of a million messages.
//!
//! The files are built once per run, in the directory for temporary files; `CHAT_ROWS` says how many messages.

#![allow(clippy::unwrap_used, reason = "a bench fails by panicking")]

use chat::config::Sync;
use chat::proto::msgid::{Moment, MsgId};
use chat::store::query::{Answer, Kinds, Page, Point, Query, Span, Wanted};
use chat::store::record::Record;
use chat::store::record::account::{AccountId, Party};
use chat::store::record::said::{Heard, Place, Reader, Said, Verb};
use chat::store::sqlite::Sqlite;
use chat::store::{Read, Store};
use divan::Bencher;
use divan::counter::ItemsCount;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::OnceLock;
use tempfile::TempDir;

/// One message in so many is said elsewhere.
const ELSEWHERE: u64 = 10;

/// A directory with a store of a million messages, all of them in the index.
static DIR: OnceLock<TempDir> = OnceLock::new();

fn main() {
    divan::main();
    if let Some(dir) = DIR.get() {
        std::fs::remove_dir_all(dir.path()).expect("a directory of ours");
    }
}

fn rows() -> u64 {
    let rows = std::env::var("CHAT_ROWS").ok();
    rows.and_then(|rows| rows.parse().ok()).unwrap_or(1_000_000)
}

fn said(n: u64) -> Record {
    let place = match n.is_multiple_of(ELSEWHERE) {
        true => Place::Direct {
            from: "ann".into(),
            to: Party::Account(AccountId(2 + n % 1_000)),
            to_name: format!("user{}", n % 1_000).into(),
        },
        false => Place::Room {
            name: "#big".into(),
            heard: Heard::Open,
        },
    };
    let rare = if n.is_multiple_of(50_000) {
        "rare "
    } else {
        ""
    };
    Record::Said(Arc::new(Said {
        id: MsgId {
            moment: Moment::first_of(1_700_000_000_000 + n),
            nonce: 7,
        },
        source: "ann!ann@127.0.0.1".into(),
        account: Some("ann".into()),
        by: Party::Account(AccountId(1)),
        is_bot: false,
        verb: Verb::Privmsg,
        words: ["#big"].into(),
        text: Some(format!("hello, how are you all this evening? {rare}this is number {n}").into()),
        tags: "".into(),
        place,
    }))
}

fn reader() -> Reader {
    Reader {
        who: Party::Account(AccountId(2)),
        rooms: vec![("#big".into(), Moment::START)],
    }
}

fn million() -> &'static TempDir {
    DIR.get_or_init(|| {
        let dir = tempfile::tempdir().expect("a directory");
        let mut store = Sqlite::open(dir.path(), Sync::Off).expect("a store");
        for start in (0..rows()).step_by(10_000) {
            let records: Vec<_> = (start..(start + 10_000).min(rows())).map(said).collect();
            store.commit(&records).expect("stored");
        }
        let mut index = store.index().ok().flatten().expect("an index");
        while index.catch_up().expect("a piece") {}
        dir
    })
}

fn eyes() -> Box<dyn Read> {
    let store = Sqlite::open(million().path(), Sync::Normal).expect("a store");
    store.reader().expect("a reader")
}

fn count(eyes: &mut dyn Read, query: &Query) -> usize {
    match eyes.answer(query).expect("an answer") {
        Answer::Said(said) => said.len(),
        other => panic!("{other:?}"),
    }
}

fn commit(bencher: Bencher<'_, '_>, sync: Sync, records: u64) {
    let dir = tempfile::tempdir().expect("a directory");
    let mut store = Sqlite::open(dir.path(), sync).expect("a store");
    let next = Cell::new(0);
    let batch = || {
        let start = next.get();
        next.set(start + records);
        (start..start + records).map(said).collect::<Vec<_>>()
    };
    bencher
        .counter(ItemsCount::new(records as usize))
        .with_inputs(batch)
        .bench_local_refs(|records| store.commit(records).expect("stored"));
}

#[divan::bench(args = [1, 16, 256], max_time = 3)]
fn commit_full(bencher: Bencher<'_, '_>, records: u64) {
    commit(bencher, Sync::Full, records);
}

#[divan::bench(args = [1, 16, 256], max_time = 3)]
fn commit_normal(bencher: Bencher<'_, '_>, records: u64) {
    commit(bencher, Sync::Normal, records);
}

fn page(bencher: Bencher<'_, '_>, buffer: &str, span: Span) {
    let mut eyes = eyes();
    let query = Query::Page(Page {
        buffer: buffer.into(),
        span,
        limit: 50,
        kinds: Kinds::Messages,
        reader: reader(),
    });
    assert_eq!(count(&mut *eyes, &query), 50);
    bencher.bench_local(|| count(&mut *eyes, &query));
}

#[divan::bench(max_time = 2)]
fn page_of_50_latest(bencher: Bencher<'_, '_>) {
    page(bencher, "#big", Span::Latest { after: None });
}

#[divan::bench(max_time = 2)]
fn page_of_50_in_the_middle(bencher: Bencher<'_, '_>) {
    let point = Point::Time(1_700_000_000_000 + rows() / 2);
    page(bencher, "#big", Span::Before(point));
}

#[divan::bench(max_time = 2)]
fn page_of_50_direct(bencher: Bencher<'_, '_>) {
    page(bencher, "a2 ann", Span::Latest { after: None });
}

fn search(bencher: Bencher<'_, '_>, phrase: &str, buffer: Option<&str>, from: Option<&str>) {
    let mut eyes = eyes();
    let query = Query::Search {
        reader: reader(),
        wanted: Wanted {
            phrases: vec![phrase.into()],
            buffer: buffer.map(Into::into),
            from: from.map(Into::into),
            ..Wanted::default()
        },
        limit: 20,
    };
    assert!(count(&mut *eyes, &query) > 10);
    bencher.bench_local(|| count(&mut *eyes, &query));
}

#[divan::bench(max_time = 2)]
fn search_common_word(bencher: Bencher<'_, '_>) {
    search(bencher, "hello", None, None);
}

#[divan::bench(max_time = 2)]
fn search_common_word_in_a_room(bencher: Bencher<'_, '_>) {
    search(bencher, "hello", Some("#big"), Some("ann"));
}

#[divan::bench(max_time = 2)]
fn search_common_word_in_a_small_place(bencher: Bencher<'_, '_>) {
    search(bencher, "hello", Some("a2 ann"), None);
}

#[divan::bench(max_time = 2)]
fn search_phrase(bencher: Bencher<'_, '_>) {
    search(bencher, "how are you", Some("#big"), None);
}

#[divan::bench(max_time = 2)]
fn search_rare_word(bencher: Bencher<'_, '_>) {
    search(bencher, "rare", None, None);
}

#[divan::bench(max_time = 2)]
fn open_and_load(bencher: Bencher<'_, '_>) {
    let dir = million();
    bencher.bench_local(|| {
        let mut store = Sqlite::open(dir.path(), Sync::Full).expect("a store");
        store.load().expect("what is kept").last
    });
}
