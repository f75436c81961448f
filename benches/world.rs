//! One line to a room of many, without sockets: what a message costs the hub, by the number that hear it.

use chat::admin::command::look::List;
use chat::admin::command::{Command, Request, VERSION};
use chat::config::Config;
use chat::config::oper::Role;
use chat::proto::message::{LineLimits, Message};
use chat::proto::subnet::Subnet;
use chat::server::hub::Hub;
use chat::server::world::effects::{Effect, Effects};
use chat::server::world::event::{
    Ask, Event, Found, Now, Officer, Origin, Peer, SessionId, Ticket,
};
use chat::server::world::load::Loads;
use chat::server::world::sanction::index::Person;
use chat::server::world::{Identity, World};
use chat::store::record::Record;
use chat::store::record::account::AccountId;
use chat::store::record::sanction::{Sanction, SanctionId, What, Whom};
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher, black_box};
use std::net::{Ipv4Addr, Ipv6Addr};
use std::sync::Arc;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATIONS: AllocProfiler = AllocProfiler::system();

const NOW: Now = Now {
    unix_ms: 1_800_000_000_000,
    uptime_ms: 1000,
};

fn main() {
    divan::main();
    if std::env::args().any(|word| word == "--bench") {
        let (mut hub, _) = room(10_000, Members::Plain);
        let (rows, longest) = list_all(&mut hub);
        println!("a list of {rows} users keeps the hub at most {longest:?} at once");
    }
}

/// Capabilities that the members of a room have.
#[derive(Debug, Clone, Copy)]
enum Members {
    Plain,
    /// Every other one has message-tags and server-time.
    Mixed,
}

fn say(hub: &mut Hub, session: SessionId, line: &str) {
    let message = Message::parse(line.as_bytes(), LineLimits::CLIENT);
    hub.on(Event::Line(session, message), NOW);
}

/// A hub with `members` in one room, and the first of them.
fn room(count: u32, members: Members) -> (Hub, SessionId) {
    room_with(count, members, Config::default())
}

/// The same with this configuration.
fn room_with(count: u32, members: Members, config: Config) -> (Hub, SessionId) {
    let mut config = Config {
        lobby: None,
        ..config
    };
    // Nobody waits for a store, of which there is none.
    config.history.replay_on_join = 0;
    config.limits.members_per_room = 100_000;
    let mut hub = Hub::new(Arc::new(config), Identity::default(), NOW);
    let ids = (0..count).map(|index| SessionId {
        index,
        generation: 1,
    });
    for id in ids {
        let peer = Peer {
            host: "127.0.0.1".into(),
            address: "127.0.0.1:1".into(),
            ip: None,
            via: None,
            secured: None,
            is_web: false,
        };
        hub.on(Event::Opened(id, peer), NOW);
        if matches!(members, Members::Mixed) && id.index % 2 == 1 {
            say(&mut hub, id, "CAP REQ :message-tags server-time");
            say(&mut hub, id, "CAP END");
        }
        say(&mut hub, id, &format!("NICK u{}", id.index));
        say(&mut hub, id, "USER u 0 * :u");
        say(&mut hub, id, "JOIN #room");
        read_all(&mut hub, &mut Effects::default(), id);
    }
    let first = SessionId {
        index: 0,
        generation: 1,
    };
    (hub, first)
}

fn dispatch(bencher: Bencher<'_, '_>, receivers: u32, members: Members) {
    dispatch_in(bencher, receivers, room(receivers + 1, members));
}

fn dispatch_in(bencher: Bencher<'_, '_>, receivers: u32, room: (Hub, SessionId)) {
    let (mut hub, speaker) = room;
    let mut spent = Effects::default();
    bencher.counter(ItemsCount::new(receivers)).bench_local(|| {
        say(
            &mut hub,
            speaker,
            black_box("PRIVMSG #room :hello, how are you all?"),
        );
        spent = hub.take(std::mem::take(&mut spent));
        spent.iter().count()
    });
}

#[divan::bench(args = [1, 10, 100, 1000])]
fn to_a_room(bencher: Bencher<'_, '_>, receivers: u32) {
    dispatch(bencher, receivers, Members::Plain);
}

/// What keeping costs is the difference to the above.
#[divan::bench(args = [1, 10, 100, 1000])]
fn to_a_room_without_history(bencher: Bencher<'_, '_>, receivers: u32) {
    let mut config = Config::default();
    config.history.enabled = false;
    let room = room_with(receivers + 1, Members::Plain, config);
    dispatch_in(bencher, receivers, room);
}

#[divan::bench(args = [1, 10, 100, 1000])]
fn to_a_room_with_and_without_tags(bencher: Bencher<'_, '_>, receivers: u32) {
    dispatch(bencher, receivers, Members::Mixed);
}

#[divan::bench]
fn to_one(bencher: Bencher<'_, '_>) {
    let (mut hub, speaker) = room(1000, Members::Plain);
    let mut spent = Effects::default();
    bencher.bench_local(|| {
        say(
            &mut hub,
            speaker,
            black_box("PRIVMSG u500 :hello, how are you?"),
        );
        spent = hub.take(std::mem::take(&mut spent));
    });
}

#[divan::bench]
fn ping(bencher: Bencher<'_, '_>) {
    let (mut hub, speaker) = room(1, Members::Plain);
    let mut spent = Effects::default();
    bencher.bench_local(|| {
        say(&mut hub, speaker, black_box("PING x"));
        spent = hub.take(std::mem::take(&mut spent));
    });
}

/// What one question costs in a room of so many; divided by what it returns it should stay flat.
fn ask(bencher: Bencher<'_, '_>, members: u32, line: &str) {
    let (mut hub, asker) = room(members, Members::Plain);
    let mut spent = Effects::default();
    bencher.counter(ItemsCount::new(members)).bench_local(|| {
        say(&mut hub, asker, black_box(line));
        read_all(&mut hub, &mut spent, asker);
    });
}

/// Takes portion after portion of an answer, like a fast reader.
fn read_all(hub: &mut Hub, spent: &mut Effects, asker: SessionId) {
    loop {
        *spent = hub.take(std::mem::take(spent));
        let has_more = spent
            .iter()
            .any(|effect| effect == Effect::Ask(asker, &Ask::Drain));
        if !has_more {
            return;
        }
        hub.on(Event::Found(asker, Found::Drained), NOW);
    }
}

#[divan::bench(args = [100, 1000, 10_000], sample_count = 20, sample_size = 1)]
fn who_of_all(bencher: Bencher<'_, '_>, members: u32) {
    ask(bencher, members, "WHO *");
}

#[divan::bench(args = [100, 1000, 10_000], sample_count = 20, sample_size = 1)]
fn whox_of_a_room(bencher: Bencher<'_, '_>, members: u32) {
    ask(bencher, members, "WHO #room %tnuhraf,1");
}

#[divan::bench(args = [100, 1000, 10_000], sample_count = 20, sample_size = 1)]
fn names_of_a_room(bencher: Bencher<'_, '_>, members: u32) {
    ask(bencher, members, "NAMES #room");
}

/// Does not grow with the room.
#[divan::bench(args = [100, 10_000])]
fn whois(bencher: Bencher<'_, '_>, members: u32) {
    ask(bencher, members, "WHOIS u50");
}

/// One change, told to all.
#[divan::bench(args = [100, 1000, 10_000], sample_count = 20, sample_size = 1)]
fn mode_told_to_a_room(bencher: Bencher<'_, '_>, members: u32) {
    ask(bencher, members, "MODE #room +v-v u1 u1");
}

/// All that the hub does for one `chat admin list`, over all its portions.
#[divan::bench(args = [100, 1000, 10_000], sample_count = 20, sample_size = 1)]
fn list_of_an_operator(bencher: Bencher<'_, '_>, users: u32) {
    let (mut hub, _) = room(users, Members::Plain);
    bencher
        .counter(ItemsCount::new(users))
        .bench_local(|| list_all(&mut hub).0);
}

/// The longest that the hub is busy at once with it.
fn list_all(hub: &mut Hub) -> (usize, Duration) {
    let by = Officer {
        name: "root".into(),
        role: Role::Admin,
        from: Origin::Socket { uid: 0, pid: 1 },
    };
    let request = Request {
        v: VERSION,
        request: Command::List(List::default()),
    };
    let ticket = Ticket(1);
    let mut longest = Duration::ZERO;
    let mut begun = Instant::now();
    hub.on(Event::Admin(ticket, &request, &by), NOW);
    loop {
        longest = longest.max(begun.elapsed());
        let mut batch = hub.take(Effects::default());
        if let Some((_, answer)) = batch.take_answers().pop() {
            let rows = answer.data.as_ref().and_then(|data| data.as_array());
            return (rows.map_or(0, Vec::len), longest);
        }
        let next = batch.iter().find_map(|effect| match effect {
            Effect::AskFor(_, chore, Ask::Loads) => {
                Some((chore.clone(), Found::Loads(Loads::default())))
            }
            Effect::AskFor(_, chore, Ask::Turn) => Some((chore.clone(), Found::Turn)),
            _ => None,
        });
        let (chore, found) = next.expect("the list goes on");
        begun = Instant::now();
        hub.on(Event::FoundFor(ticket, chore, found, &by), NOW);
    }
}

#[divan::bench(args = [100, 1000, 10_000], sample_count = 20, sample_size = 1)]
fn list_of_rooms(bencher: Bencher<'_, '_>, rooms: u32) {
    let (mut hub, asker) = room(rooms / 50, Members::Plain);
    let mut spent = Effects::default();
    for index in 0..rooms {
        let owner = SessionId {
            index: index / 50,
            generation: 1,
        };
        say(&mut hub, owner, &format!("JOIN #room{index}"));
        spent = hub.take(std::mem::take(&mut spent));
    }
    bencher.counter(ItemsCount::new(rooms)).bench_local(|| {
        say(&mut hub, asker, black_box("LIST"));
        read_all(&mut hub, &mut spent, asker);
    });
}

/// A hundred thousand bans: addresses and networks of both families, accounts, names, hosts, and as many masks
/// as are taken that have to be compared with everybody.
fn banned() -> World {
    let mut world = World::new(Arc::new(Config::default()), Identity::default(), NOW);
    for id in 1..=100_000u32 {
        let whom = match id {
            1..=200 => Whom::Mask(format!("*spam{id}*!*@10.*").into()),
            201..=10_000 => Whom::Mask(format!("troll{id}!*@*").into()),
            10_001..=20_000 => Whom::Mask(format!("*!*@host{id}.example").into()),
            20_001..=30_000 => Whom::Account {
                id: AccountId(id.into()),
                name: format!("account{id}").into(),
            },
            30_001..=60_000 => {
                let address = Ipv6Addr::from_bits((0x2001_0db8 << 96) | u128::from(id) << 64);
                Whom::Network(Subnet::of(address.into(), 33 + (id % 90) as u8))
            }
            _ => {
                let address = Ipv4Addr::from_bits(0x0b00_0000 + id * 256);
                Whom::Network(Subnet::of(address.into(), 9 + (id % 24) as u8))
            }
        };
        world.apply(&Record::Sanction(Box::new(Sanction {
            id: SanctionId(id.into()),
            what: What::Ban(whom),
            by: "root".into(),
            at_ms: NOW.unix_ms,
            until_ms: Some(NOW.unix_ms + 3_600_000),
            reason: None,
            hits: 0,
        })));
    }
    world
}

/// What it costs to know that somebody is not banned, who comes from an address of either family.
#[divan::bench(args = ["203.0.113.9", "2001:db9::1"])]
fn not_banned_by_any_of_100_000(bencher: Bencher<'_, '_>, ip: &str) {
    let world = banned();
    let who = Person {
        nick: "somebody",
        username: "user",
        host: "3fa1.9c20.cloak",
        ip: ip.parse().ok(),
        account: Some(AccountId(1)),
    };
    assert!(world.sanctions.ban_on(&who, NOW).is_none());
    bencher.bench_local(|| world.sanctions.ban_on(black_box(&who), NOW).is_some());
}
