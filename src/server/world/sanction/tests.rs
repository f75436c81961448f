//! When sanctions begin and end, and whom they are about.

use super::*;
use crate::config::Config;
use crate::server::world::Identity;
use crate::server::world::sanction::index::means;
use crate::store::Snapshot;
use crate::store::record::account::AccountId;
use crate::store::record::sanction::Whom;
use std::sync::Arc;

const START: Now = Now {
    unix_ms: 1_795_161_600_000,
    uptime_ms: 5_000,
};
const HOUR_MS: u64 = 3_600_000;

fn hasher() -> RandomState {
    RandomState::with_seeds(1, 2, 3, 4)
}

fn world(now: Now) -> World {
    World::new(Arc::new(Config::default()), Identity::default(), now)
}

fn ban(id: u64, whom: Whom, until_ms: Option<u64>) -> Sanction {
    Sanction {
        id: SanctionId(id),
        what: What::Ban(whom),
        by: "root".into(),
        at_ms: START.unix_ms,
        until_ms,
        reason: None,
        hits: 0,
    }
}

fn network(text: &str) -> Whom {
    Whom::Network(text.parse().unwrap())
}

fn mask(text: &str) -> Whom {
    Whom::Mask(text.into())
}

fn from(ip: &str) -> Person<'_> {
    Person {
        nick: "bob",
        username: "b",
        host: ip,
        ip: Some(ip.parse().unwrap()),
        account: None,
    }
}

fn later(ms: u64) -> Now {
    Now {
        unix_ms: START.unix_ms + ms,
        uptime_ms: START.uptime_ms + ms,
    }
}

/// Some who are meant by some of the sanctions of the test below, and some who are not.
fn people() -> [Person<'static>; 10] {
    let cloaked = Person {
        host: "a.b.cloak",
        ..from("192.0.2.5")
    };
    [
        from("192.0.2.5"),
        from("::ffff:192.0.2.6"),
        from("192.0.3.5"),
        from("2001:db8:1::1"),
        from("198.51.100.7"),
        from("203.0.113.9"),
        cloaked,
        Person {
            account: Some(AccountId(3)),
            ..from("10.0.0.1")
        },
        Person {
            nick: "EVE",
            ..from("10.0.0.1")
        },
        Person {
            nick: "xSPAMx",
            ..from("203.0.113.10")
        },
    ]
}

#[test]
fn each_kind_of_sanction_is_about_those_whom_it_means() {
    let account = |id| Whom::Account {
        id: AccountId(id),
        name: "ann".into(),
    };
    let all = [
        network("192.0.2.0/24"),
        network("2001:db8::/32"),
        network("198.51.100.7"),
        account(3),
        mask("eve!*@*"),
        mask("*!*@203.0.113.9"),
        mask("*spam*!*@203.*"),
        mask("*!b@192.0.2.5"),
    ];
    let mut index = Index::new(&hasher());
    for (whom, id) in all.iter().zip(1..) {
        index.put(whom, SanctionId(id));
    }
    let people = people();
    let found: Vec<Vec<u64>> = people
        .iter()
        .map(|who| {
            let mut ids: Vec<u64> = index.about(who).iter().map(|id| id.0).collect();
            ids.sort_unstable();
            let meant = all.iter().zip(1..).filter(|(whom, _)| means(whom, who));
            assert_eq!(
                ids,
                meant.map(|(_, id)| id).collect::<Vec<u64>>(),
                "{who:?}"
            );
            ids
        })
        .collect();
    let expected: [&[u64]; 10] = [
        &[1, 8],
        &[1],
        &[],
        &[2],
        &[3],
        &[6],
        &[1, 8],
        &[4],
        &[5],
        &[7],
    ];
    assert_eq!(found, expected);
    for (whom, id) in all.iter().zip(1..) {
        assert_eq!(index.of(whom), Some(SanctionId(id)));
        index.remove(whom, SanctionId(id));
        assert_eq!(index.of(whom), None);
    }
    assert!(people.iter().all(|who| index.about(who).is_empty()));
}

#[test]
fn a_term_does_not_follow_the_wall_clock_when_that_jumps() {
    let mut all = Sanctions::new(&hasher(), START);
    all.put(ban(1, network("192.0.2.1"), Some(START.unix_ms + HOUR_MS)));
    let at = |unix_ms, passed_ms| Now {
        unix_ms,
        uptime_ms: START.uptime_ms + passed_ms,
    };
    let counts = |now| all.ban_on(&from("192.0.2.1"), now).is_some();
    // A year forward, a year back, and the truth.
    assert!(counts(at(START.unix_ms + 365 * 24 * HOUR_MS, 1)));
    assert!(counts(at(START.unix_ms, HOUR_MS - 1)));
    assert!(!counts(at(START.unix_ms - 365 * 24 * HOUR_MS, HOUR_MS)));
}

#[test]
fn after_a_restart_the_rest_is_left_and_never_more_than_the_whole() {
    let rest = |unix_ms| {
        let now = Now {
            unix_ms,
            uptime_ms: 1,
        };
        let mut later = world(now);
        let record = ban(7, network("192.0.2.1"), Some(START.unix_ms + HOUR_MS));
        later.restore(&Snapshot {
            records: vec![Record::Sanction(Box::new(record))],
            last_sanction: 9,
            ..Snapshot::default()
        });
        assert_eq!(later.sanctions.next_id(), SanctionId(10));
        let held = later.sanctions.get(SanctionId(7)).unwrap();
        held.left_ms(now).unwrap()
    };
    assert_eq!(rest(START.unix_ms + HOUR_MS / 4), HOUR_MS * 3 / 4);
    assert_eq!(rest(START.unix_ms + 2 * HOUR_MS), 0);
    // The clock stands a year back: not a year longer.
    assert_eq!(rest(START.unix_ms - 365 * 24 * HOUR_MS), HOUR_MS);
}

#[test]
fn what_is_over_ends_by_itself_and_the_store_hears_of_it() {
    let (mut world, mut out) = (world(START), Effects::default());
    let short = ban(1, network("192.0.2.1"), Some(START.unix_ms + 1000));
    let long = ban(2, network("192.0.2.2"), None);
    for sanction in [short, long] {
        world.keep(&mut out, Record::Sanction(Box::new(sanction)));
    }
    out.clear();
    world.tick(&mut out, later(999));
    assert!(out.records().is_empty());
    world.tick(&mut out, later(1000));
    assert_eq!(out.records(), [Record::SanctionGone(SanctionId(1))]);
    assert!(world.sanctions.get(SanctionId(1)).is_none());
    assert!(world.sanctions.get(SanctionId(2)).is_some());
}

#[test]
fn a_count_is_kept_now_and_then_and_changes_no_term() {
    let (mut world, mut out) = (world(START), Effects::default());
    let sanction = ban(1, network("192.0.2.1"), Some(START.unix_ms + HOUR_MS));
    world.keep(&mut out, Record::Sanction(Box::new(sanction)));
    out.clear();
    world.sanctions.count(SanctionId(1));
    world.tick(&mut out, later(1_000));
    assert!(out.records().is_empty());
    world.tick(&mut out, later(COUNT_KEPT_MS));
    let [Record::Sanction(kept)] = out.records() else {
        panic!("{:?}", out.records());
    };
    assert_eq!(kept.hits, 1);
    let held = world.sanctions.get(SanctionId(1)).unwrap();
    assert_eq!(held.ends_ms, Some(START.uptime_ms + HOUR_MS));
    out.clear();
    world.tick(&mut out, later(3 * COUNT_KEPT_MS));
    assert!(out.records().is_empty());
}

#[test]
fn masks_that_must_be_compared_with_everybody_are_few() {
    let mut all = Sanctions::new(&hasher(), START);
    for id in 1..=200 {
        let whom = mask(&format!("*x{id}*!*@*"));
        assert!(!all.is_full(&What::Ban(whom.clone())));
        all.put(ban(id, whom, None));
    }
    assert!(all.is_full(&What::Ban(mask("*y*!*@*"))));
    assert!(!all.is_full(&What::Ban(mask("y!*@*"))) && !all.is_full(&What::Mute(mask("*y*!*@*"))));
}

#[test]
fn what_is_kept_again_ends_when_it_did_though_the_clock_jumped() {
    let mut sanctions = Sanctions::new(&hasher(), START);
    let hour = ban(7, mask("a!*@*"), Some(START.unix_ms + HOUR_MS));
    sanctions.put(hour.clone());
    let ends = sanctions.get(SanctionId(7)).unwrap().ends_ms;
    let jumped = Now {
        unix_ms: START.unix_ms + HOUR_MS / 2,
        ..START
    };
    sanctions.observe(jumped);
    sanctions.put(Sanction { hits: 1, ..hour });
    let held = sanctions.get(SanctionId(7)).unwrap();
    assert_eq!((held.ends_ms, held.sanction.hits), (ends, 1));
    assert_eq!(sanctions.next_id(), SanctionId(8));
}

#[test]
fn another_process_ends_it_to_the_millisecond() {
    let mut sanctions = Sanctions::new(&hasher(), START);
    let hour = ban(1, mask("a!*@*"), Some(START.unix_ms + HOUR_MS));
    sanctions.put(hour.clone());
    let ends = sanctions.get(SanctionId(1)).unwrap().ends_ms;
    let frozen = sanctions.freeze();
    let jumped = Now {
        unix_ms: START.unix_ms + HOUR_MS / 2,
        ..START
    };
    let mut heir = Sanctions::new(&hasher(), jumped);
    heir.put(hour);
    assert_ne!(heir.get(SanctionId(1)).unwrap().ends_ms, ends);
    heir.thaw(frozen, Slow::new(&hasher()));
    assert_eq!(heir.get(SanctionId(1)).unwrap().ends_ms, ends);
}
