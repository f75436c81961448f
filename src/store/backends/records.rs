//! What each record does, and what is given back after a restart.

use super::{
    ANN, BOB, Backend, CAT, account, answer, direct, id, on_each, page, page_of, reader, record,
    room, room_row, said,
};
use crate::proto::msgid::{Moment, MsgId};
use crate::store::Retention;
use crate::store::query::{Answer, Query, Span};
use crate::store::record::account::{AccountId, Party};
use crate::store::record::said::{Heard, Said};
use crate::store::record::{Record, Sent, Unread};

const LATEST: Span = Span::Latest { after: None };

fn member(account: AccountId, room: &str, since: Option<u64>) -> Record {
    Record::Member {
        account,
        room: room.into(),
        since: since.map(Moment),
    }
}

fn marker(account: AccountId, target: &str, at: u64) -> Record {
    Record::Marker {
        account,
        target: target.into(),
        at: Moment(at),
    }
}

fn unread(account: AccountId, from: &str, at: u64) -> Record {
    Record::Unread(Unread {
        account,
        from: from.into(),
        at: Moment(at),
        bytes: 40,
    })
}

fn sent(by: Party, client_id: &str, at: u64) -> Record {
    Record::Sent(Sent {
        by,
        client_id: client_id.into(),
        id: id(at),
        digest: u64::MAX - 1,
    })
}

fn seen(nick: &str, unix_ms: u64) -> Record {
    Record::Seen {
        nick: nick.into(),
        unix_ms,
    }
}

/// What is given back, after a restart too.
pub(super) fn kept(backend: &mut Backend) -> Vec<Record> {
    let records = backend.load().records;
    backend.reopen();
    assert_eq!(backend.load().records, records);
    records
}

fn is_kept(backend: &mut Backend, records: &[Record]) {
    assert_eq!(kept(backend), records);
}

#[test]
fn what_is_kept_is_given_back_after_a_restart_as_it_was() {
    on_each(|backend| {
        is_kept(backend, &[]);
        let records = [
            Record::Account(Box::new(account(ANN, "Ann"))),
            Record::Account(Box::new(account(BOB, "Bob"))),
            Record::Room(Box::new(room_row("#Rust"))),
            member(ANN, "#rust", Some(3)),
            member(BOB, "#rust", Some(4)),
            marker(ANN, "#rust", 5),
            marker(ANN, "bob", 6),
            unread(ANN, "bob", 7),
            sent(Party::Account(ANN), "x-1", 8),
            sent(Party::Guest(1), "x-1", 9),
            seen("Walter", 10),
            seen("Ann", 11),
        ];
        let reversed: Vec<_> = records.iter().rev().cloned().collect();
        backend.keep(&reversed);
        is_kept(backend, &records);
        backend.keep(&records);
        is_kept(backend, &records);
    });
}

#[test]
fn a_second_row_takes_the_place_of_the_first() {
    on_each(|backend| {
        let changed = |name: &str| Record::Account(Box::new(account(ANN, name)));
        let topic = |flags: &str| {
            let flags = flags.into();
            Record::Room(Box::new(crate::store::record::room::RoomRow {
                flags,
                ..room_row("#rust")
            }))
        };
        backend.keep(&[
            changed("Ann"),
            topic("n"),
            seen("walter", 1),
            member(ANN, "#a", Some(1)),
        ]);
        backend.keep(&[
            changed("Anna"),
            topic("i"),
            seen("Walter", 2),
            member(ANN, "#a", Some(2)),
        ]);
        let now = [
            changed("Anna"),
            topic("i"),
            member(ANN, "#a", Some(2)),
            seen("Walter", 2),
        ];
        is_kept(backend, &now);
        backend.keep(&[Record::RoomGone("#rust".into()), member(ANN, "#a", None)]);
        is_kept(backend, &[now[0].clone(), now[3].clone()]);
    });
}

#[test]
fn an_account_that_is_gone_takes_what_was_its_own_and_never_gives_its_number_back() {
    on_each(|backend| {
        let account = |id, name| Record::Account(Box::new(account(id, name)));
        let of = |who, other| {
            [
                member(who, "#a", Some(1)),
                marker(who, "#a", 1),
                unread(who, "cat", other),
                sent(Party::Account(who), "c", other),
            ]
        };
        backend.keep(&[
            account(ANN, "Ann"),
            account(BOB, "Bob"),
            record(direct(9, "hi")),
        ]);
        backend.keep(&of(ANN, 1));
        backend.keep(&of(BOB, 2));
        backend.keep(&[Record::AccountGone(BOB)]);
        let mut left = vec![account(ANN, "Ann")];
        left.extend(of(ANN, 1));
        is_kept(backend, &left);
        assert_eq!(backend.load().last_account, 2);
        let history = page_of("a1 bob", reader(ANN, &[]), LATEST, 5);
        assert_eq!(backend.moments(history), [9]);
    });
}

#[test]
fn a_marker_only_moves_forward_and_ends_what_is_unread_up_to_it() {
    on_each(|backend| {
        backend.keep(&[
            unread(ANN, "bob", 10),
            unread(ANN, "bob", 20),
            unread(ANN, "cat", 5),
        ]);
        backend.keep(&[unread(BOB, "bob", 6), marker(ANN, "bob", 10)]);
        let left = |at| {
            vec![
                marker(ANN, "bob", at),
                unread(ANN, "cat", 5),
                unread(BOB, "bob", 6),
                unread(ANN, "bob", 20),
            ]
        };
        is_kept(backend, &left(10));
        backend.keep(&[marker(ANN, "bob", 3)]);
        is_kept(backend, &left(10));
        backend.keep(&[marker(ANN, "bob", 19)]);
        is_kept(backend, &left(19));
        backend.keep(&[marker(ANN, "bob", 20)]);
        assert_eq!(kept(backend).len(), 3);
    });
}

#[test]
fn what_is_taken_back_is_gone_for_both_sides_and_from_the_inbox() {
    on_each(|backend| {
        let records = [said(1, "a"), said(2, "b"), direct(3, "c"), answer(4, "d")];
        backend.keep(&records.map(record));
        backend.keep(&[unread(BOB, "ann", 3)]);
        let other = MsgId { nonce: 1, ..id(1) };
        backend.keep(&[Record::Redacted(other), Record::Redacted(id(99))]);
        assert_eq!(backend.moments(page(LATEST, 9)), [1, 2]);
        backend.keep(&[Record::Redacted(id(2)), Record::Redacted(id(3))]);
        assert_eq!(backend.moments(page(LATEST, 9)), [1]);
        for (who, buffer) in [(ANN, "a1 bob"), (BOB, "a2 ann")] {
            let page = page_of(buffer, reader(who, &[]), LATEST, 9);
            assert_eq!(backend.moments(page), [4]);
        }
        is_kept(backend, &[]);
    });
}

#[test]
fn the_latest_moment_is_known_even_if_it_was_taken_back() {
    on_each(|backend| {
        assert_eq!(backend.load().last, Moment(0));
        backend.keep(&[record(said(1, "a")), record(said(7, "b"))]);
        backend.keep(&[Record::Redacted(id(7))]);
        backend.reopen();
        assert_eq!(backend.load().last, Moment(7));
        backend.keep(&[record(said(8, "c"))]);
        assert_eq!(backend.load().last, Moment(8));
    });
}

#[test]
fn a_batch_is_stored_whole_or_not_at_all() {
    on_each(|backend| {
        backend.keep(&[record(said(1, "first"))]);
        let twice = [
            seen("ann", 1),
            record(said(2, "new")),
            record(said(1, "again")),
        ];
        assert!(backend.store().commit(&twice).is_err());
        assert_eq!(backend.moments(page(LATEST, 9)), [1]);
        is_kept(backend, &[]);
        backend.keep(&[record(said(2, "new"))]);
        assert_eq!(backend.moments(page(LATEST, 9)), [1, 2]);
    });
}

#[test]
fn a_room_takes_its_history_along_and_finds_none_of_another_under_its_new_name() {
    on_each(|backend| {
        let earlier = Said {
            place: room("#y", Heard::Open),
            ..said(1, "earlier")
        };
        backend.keep(&[record(earlier), record(said(2, "ours"))]);
        let rows = ["#X", "#y"].map(|name| Record::Room(Box::new(room_row(name))));
        backend.keep(&rows);
        backend.keep(&[member(ANN, "#x", Some(2)), member(CAT, "#y", Some(1))]);
        backend.keep(&[marker(ANN, "#x", 2), marker(CAT, "#y", 1)]);
        let renamed = |from: &str, to: &str| Record::RoomRenamed {
            from: from.into(),
            to: to.into(),
        };
        backend.keep(&[renamed("#x", "#y")]);
        let expected = [
            Record::Room(Box::new(room_row("#y"))),
            member(ANN, "#y", Some(2)),
            marker(ANN, "#y", 2),
        ];
        is_kept(backend, &expected);
        let both = || reader(BOB, &[("#x", 0), ("#y", 0)]);
        assert_eq!(backend.moments(page_of("#y", both(), LATEST, 9)), [2]);
        assert_eq!(backend.moments(page_of("#x", both(), LATEST, 9)), [0; 0]);
        backend.keep(&[record(said(3, "a new room"))]);
        assert_eq!(backend.moments(page_of("#x", both(), LATEST, 9)), [3]);
        assert_eq!(backend.moments(page_of("#y", both(), LATEST, 9)), [2]);
        backend.keep(&[renamed("#x", "#X".to_lowercase().as_str())]);
        assert_eq!(backend.moments(page_of("#x", both(), LATEST, 9)), [3]);
        for n in 0..3u64 {
            backend.keep(&[
                renamed("#y", "#x"),
                renamed("#x", "#y"),
                record(said(10 + n, "x")),
            ]);
            assert_eq!(backend.moments(page_of("#y", both(), LATEST, 9)), [2]);
        }
    });
}

#[test]
fn what_is_said_under_a_name_that_was_given_up_is_not_of_the_renamed_room() {
    on_each(|backend| {
        let (from, to) = ("#x".into(), "#y".into());
        backend.keep(&[record(said(1, "x"))]);
        backend.keep(&[Record::RoomRenamed { from, to }]);
        backend.keep(&[record(said(2, "x"))]);
        let both = || reader(ANN, &[("#x", 0), ("#y", 0)]);
        assert_eq!(backend.moments(page_of("#y", both(), LATEST, 9)), [1]);
        assert_eq!(backend.moments(page_of("#x", both(), LATEST, 9)), [2]);
    });
}

#[test]
fn no_room_is_passed_over_when_there_is_too_much() {
    on_each(|backend| {
        for (name, at) in [("#a", 1), ("#b", 3), ("#c", 5)] {
            backend.keep(&[at, at + 1].map(|at| {
                record(Said {
                    place: room(name, Heard::Open),
                    ..said(at, "x")
                })
            }));
        }
        let one = Retention {
            per_room: Some(1),
            ..Retention::default()
        };
        while backend.store().tidy(&one, 0).unwrap() {}
        for (name, left) in [("#a", 2), ("#b", 4), ("#c", 6)] {
            let query = page_of(name, reader(ANN, &[(name, 0)]), LATEST, 9);
            assert_eq!(backend.moments(query), [left]);
        }
    });
}

#[test]
fn a_clients_id_stands_for_its_message_as_long_as_it_counts() {
    on_each(|backend| {
        let by = Party::Account(ANN);
        let at = Moment::first_of(5_000);
        backend.keep(&[sent(by, "one", at.0), record(said(at.0, "x"))]);
        let mut tell = |by, client_id: &str, after| {
            backend.ask(Query::Sent {
                by,
                client_id: client_id.into(),
                after: Moment(after),
            })
        };
        let known = Answer::Sent(Some((id(at.0), u64::MAX - 1)));
        assert_eq!(tell(by, "one", at.0 - 1), known);
        assert_eq!(tell(by, "one", at.0), Answer::Sent(None));
        assert_eq!(tell(by, "two", 0), Answer::Sent(None));
        assert_eq!(tell(Party::Guest(1), "one", 0), Answer::Sent(None));
        let day = 24 * 60 * 60 * 1000;
        let none = Retention::default();
        assert!(!backend.store().tidy(&none, 5_000 + day).unwrap());
        assert_eq!(kept(backend).len(), 1);
        assert!(!backend.store().tidy(&none, 5_001 + day).unwrap());
        is_kept(backend, &[]);
    });
}

#[test]
fn those_who_were_here_are_told_latest_first() {
    on_each(|backend| {
        backend.keep(&[
            seen("Ann", 10),
            seen("bob", 30),
            seen("cat", 20),
            seen("ann", 15),
        ]);
        let mut tell = |after_ms, limit| match backend.ask(Query::Seen { after_ms, limit }) {
            Answer::Seen(seen) => seen,
            other => panic!("{other:?}"),
        };
        let named = |name: &str, at| (name.into(), at);
        let all = [named("bob", 30), named("cat", 20), named("ann", 15)];
        assert_eq!(tell(0, 9), all);
        assert_eq!(tell(15, 9), all[..2]);
        assert_eq!(tell(0, 1), all[..1]);
    });
}

#[test]
fn what_is_too_old_or_too_much_is_forgotten_a_piece_at_a_time() {
    on_each(|backend| {
        let at = |ms| Moment::first_of(ms).0;
        let said = (1..=900).map(|ms| record(said(at(ms), "x")));
        let direct = (901..=1_000).map(|ms| record(direct(at(ms), "x")));
        backend.keep(&said.chain(direct).collect::<Vec<_>>());
        backend.keep(&[unread(BOB, "ann", at(901)), unread(BOB, "ann", at(1_000))]);
        let mut tidy = |retention: Retention, now| {
            while backend.store().tidy(&retention, now).unwrap() {}
            let room = backend.moments(page(LATEST, 2_000));
            let query = page_of("a2 ann", reader(BOB, &[]), LATEST, 2_000);
            let direct = backend.moments(query);
            [room, direct].map(|told| {
                told.iter()
                    .map(|at| Moment(*at).unix_ms())
                    .collect::<Vec<_>>()
            })
        };
        let all = tidy(Retention::default(), u64::MAX >> 21);
        assert_eq!(all.map(|told| told.len()), [900, 100]);
        let old = Retention {
            age_ms: Some(100),
            ..Retention::default()
        };
        assert_eq!(tidy(old, 110)[0], (10..=900).collect::<Vec<_>>());
        let many = Retention {
            age_ms: None,
            per_room: Some(20),
            per_direct: Some(3),
        };
        let left = tidy(many, 110);
        assert_eq!(left[0], (881..=900).collect::<Vec<_>>());
        assert_eq!(left[1], [998, 999, 1_000]);
        is_kept(backend, &[unread(BOB, "ann", at(1_000))]);
        assert_eq!(backend.load().last, Moment(at(1_000)));
    });
}
