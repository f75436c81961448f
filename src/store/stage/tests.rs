//! The stage before stores that obey.

use crate::store::gauges::StoreGauges;
use crate::store::query::{Answer, Query};
use crate::store::record::Record;
use crate::store::stage::{MOST_WAITING, News, Released, Stage};
use crate::store::threads::{MOST_RECORDS, Manner, Report, Threads};
use crate::store::trouble::{Kind, Trouble};
use crate::store::{Index, Read, Retention, Snapshot, Store};
use async_io::Timer;
use futures_lite::future::{block_on, or};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A store that commits when it is told to, and fails when it is told that.
struct Obedient {
    orders: Receiver<Result<(), Trouble>>,
    stored: Stored,
}

impl Store for Obedient {
    fn load(&mut self) -> Result<Snapshot, Trouble> {
        let records = self.stored.lock().unwrap().clone();
        Ok(Snapshot {
            records,
            ..Snapshot::default()
        })
    }

    fn commit(&mut self, records: &[Record]) -> Result<(), Trouble> {
        self.orders.recv().unwrap_or(Ok(()))?;
        self.stored.lock().unwrap().extend_from_slice(records);
        Ok(())
    }

    fn tidy(&mut self, _: &Retention, _: u64) -> Result<bool, Trouble> {
        Ok(false)
    }

    fn probe(&mut self) -> Result<(), Trouble> {
        self.orders.recv().unwrap_or(Ok(()))
    }

    fn index(&self) -> Result<Option<Box<dyn Index>>, Trouble> {
        Ok(None)
    }

    fn reader(&self) -> Result<Box<dyn Read>, Trouble> {
        Ok(Box::new(Blind))
    }
}

struct Blind;

impl Read for Blind {
    fn answer(&mut self, _: &Query) -> Result<Answer, Trouble> {
        Ok(Answer::Said(Vec::new()))
    }
}

fn record(name: &str) -> Record {
    Record::RoomGone(name.into())
}

type Orders = Sender<Result<(), Trouble>>;
type Stored = Arc<Mutex<Vec<Record>>>;

fn stage() -> (Stage<&'static str, u8>, Orders, Stored) {
    let (give, orders) = channel();
    let stored = Stored::default();
    let store = Obedient {
        orders,
        stored: Arc::clone(&stored),
    };
    let manner = Manner {
        window: Duration::from_millis(1),
        retention: Retention::default(),
    };
    let threads = Threads::start(Box::new(store), manner).unwrap();
    (Stage::there(threads), give, stored)
}

fn full() -> Trouble {
    Trouble {
        kind: Kind::Full,
        text: "full".into(),
    }
}

/// What a thread of the store has done next.
fn report(stage: &Stage<&'static str, u8>) -> Report<u8> {
    let late = async {
        Timer::after(Duration::from_secs(20)).await;
        panic!("the store has nothing to report");
    };
    block_on(or(stage.report(), late))
}

fn wait(stage: &mut Stage<&'static str, u8>) {
    let report = report(stage);
    stage.take(report);
}

#[test]
fn batches_leave_in_order_after_their_records_are_stored() {
    let (mut stage, orders, stored) = stage();
    stage.submit(vec![], "before", 1);
    stage.submit(vec![record("a")], "first", 1);
    stage.submit(vec![], "between", 1);
    stage.send();
    stage.submit(vec![record("b")], "second", 1);
    stage.submit(vec![], "after", 1);
    stage.send();
    assert_eq!(stage.release(), Some(Released::Stored("before")));
    assert_eq!(stage.release(), None);
    orders.send(Ok(())).unwrap();
    wait(&mut stage);
    assert_eq!(stage.release(), Some(Released::Stored("first")));
    assert_eq!(stored.lock().unwrap().first(), Some(&record("a")));
    assert_eq!(stage.release(), Some(Released::Stored("between")));
    drop(orders);
    while stage.stored < 2 {
        wait(&mut stage);
    }
    assert_eq!(stage.release(), Some(Released::Stored("second")));
    assert_eq!(stage.release(), Some(Released::Stored("after")));
    assert!(stage.is_idle() && stage.weight == 0);
}

#[test]
fn nothing_that_was_on_its_way_is_stored_after_a_failure() {
    let (mut stage, orders, stored) = stage();
    stage.submit(vec![record("a")], "first", 1);
    stage.send();
    stage.submit(vec![record("b")], "second", 1);
    stage.send();
    stage.submit(vec![], "behind", 1);
    stage.submit(vec![record("c")], "gathering", 1);
    orders.send(Err(full())).unwrap();
    wait(&mut stage);
    let failed = News::Failed {
        why: full(),
        snapshot: Some(Snapshot::default()),
    };
    assert_eq!(stage.news(), Some(failed));
    for name in ["first", "second", "behind", "gathering"] {
        assert_eq!(stage.release(), Some(Released::Broken(name)));
    }
    stage.submit(vec![], "quiet", 1);
    assert_eq!(stage.release(), Some(Released::Stored("quiet")));
    // It is tried twice: only the second time the store is as it was.
    orders.send(Err(full())).unwrap();
    orders.send(Ok(())).unwrap();
    wait(&mut stage);
    assert_eq!(stage.news(), Some(News::Works(Snapshot::default())));
    assert!(stored.lock().unwrap().is_empty());
    orders.send(Ok(())).unwrap();
    stage.submit(vec![record("d")], "later", 1);
    stage.send();
    wait(&mut stage);
    assert_eq!(stage.release(), Some(Released::Stored("later")));
    assert_eq!(*stored.lock().unwrap(), [record("d")]);
}

#[test]
fn what_was_stored_before_a_failure_leaves_after_it() {
    let (mut stage, orders, _) = stage();
    stage.submit(vec![record("a")], "stored", 1);
    stage.send();
    orders.send(Ok(())).unwrap();
    wait(&mut stage);
    stage.submit(vec![record("b")], "lost", 1);
    stage.send();
    orders.send(Err(full())).unwrap();
    wait(&mut stage);
    assert_eq!(stage.release(), Some(Released::Stored("stored")));
    assert_eq!(stage.release(), Some(Released::Broken("lost")));
}

#[test]
fn what_was_sent_before_a_failure_was_heard_of_is_not_stored_when_the_store_works_again() {
    let (mut stage, orders, stored) = stage();
    stage.submit(vec![record("a")], "first", 1);
    stage.send();
    orders.send(Err(full())).unwrap();
    drop(orders);
    let (failed, works) = (report(&stage), report(&stage));
    stage.submit(vec![record("b")], "unaware", 1);
    stage.send();
    stage.take(failed);
    stage.take(works);
    stage.submit(vec![record("c")], "aware", 1);
    stage.send();
    wait(&mut stage);
    for name in ["first", "unaware"] {
        assert_eq!(stage.release(), Some(Released::Broken(name)));
    }
    assert_eq!(stage.release(), Some(Released::Stored("aware")));
    assert_eq!(*stored.lock().unwrap(), [record("c")]);
}

#[test]
fn a_full_transaction_is_stored_once() {
    let (mut stage, orders, stored) = stage();
    stage.submit(vec![record("a"); MOST_RECORDS], "many", 1);
    stage.send();
    drop((orders, stage));
    assert_eq!(stored.lock().unwrap().len(), MOST_RECORDS);
}

#[test]
fn what_was_handed_over_is_stored_before_the_stage_is_gone() {
    let (mut stage, orders, stored) = stage();
    stage.submit(vec![record("a")], "first", 1);
    stage.send();
    drop(orders);
    drop(stage);
    assert_eq!(*stored.lock().unwrap(), [record("a")]);
}

#[test]
fn more_than_may_wait_is_told() {
    let (mut stage, orders, _) = stage();
    stage.submit(vec![record("a")], "heavy", MOST_WAITING + 1);
    stage.send();
    assert!(stage.is_full());
    drop(orders);
    wait(&mut stage);
    stage.release();
    assert!(!stage.is_full());
}

#[test]
fn a_store_at_hand_is_not_waited_for() {
    let store = crate::store::memory::Memory::default();
    let mut stage: Stage<&str, u8> = Stage::here(Box::new(store)).unwrap();
    stage.submit(vec![record("a")], "at once", 1);
    assert_eq!(stage.release(), Some(Released::Stored("at once")));
    let limit = 5;
    stage.ask(7, Query::Seen { after_ms: 0, limit });
    assert!(stage.has_news());
    assert_eq!(stage.news(), Some(News::Answer(7, Answer::Seen(vec![]))));
}

#[test]
fn commits_and_those_who_wait_for_them_are_measured() {
    let gauges = Arc::<StoreGauges>::default();
    let (mut stage, orders, _) = stage();
    stage.measure(Arc::clone(&gauges));
    stage.submit(vec![], "nothing to store", 5);
    stage.submit(vec![record("a"), record("b")], "stored", 7);
    assert_eq!(gauges.waiting.get(), 12);
    stage.send();
    stage.release();
    orders.send(Ok(())).unwrap();
    wait(&mut stage);
    assert_eq!(gauges.committed.spread().count(), 1);
    assert_eq!(
        (gauges.records.get(), gauges.acknowledged.spread().count()),
        (2, 0)
    );
    stage.release();
    assert_eq!(
        (gauges.waiting.get(), gauges.acknowledged.spread().count()),
        (0, 1)
    );
    stage.submit(vec![record("c")], "lost", 1);
    stage.send();
    orders.send(Err(full())).unwrap();
    wait(&mut stage);
    assert_eq!(stage.release(), Some(Released::Broken("lost")));
    assert_eq!(
        (gauges.failed.get(), gauges.acknowledged.spread().count()),
        (1, 1)
    );
}
