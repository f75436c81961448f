//! A client's id of a message that the server has forgotten is asked of the store before anything is said.

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::proto::msgid::{Moment, MsgId};
use chat::server::world::event::Event;
use chat::store::Snapshot;
use chat::store::record::account::Party;
use chat::store::record::{Record, Sent};
use world::Bench;

/// More ids than the server remembers.
const MANY: u64 = 100_001;

#[test]
fn an_id_that_only_the_store_remembers_stands_for_the_first_message() {
    let mut bench = Bench::new(Config::default());
    bench.login("ann", "message-tags echo-message");
    bench.say("ann", b"REGISTER * * correct-horse");
    bench.say("ann", b"JOIN #x");
    bench.say("ann", b"@+chat/id=old PRIVMSG #x :hello");
    let first = bench.read_all("ann").pop().unwrap();
    assert!(first.contains("PRIVMSG #x :hello"), "{first}");
    let ann = bench.hub.world().accounts.named("ann").unwrap();
    let account = ann.account.clone();
    let sent = |number| {
        Record::Sent(Sent {
            by: Party::Account(account.id),
            client_id: format!("new{number}").into(),
            id: MsgId {
                moment: Moment(Moment::first_of(bench.now.unix_ms).0 + 1000 + number),
                nonce: 1,
            },
            digest: 0,
        })
    };
    let others = (0..MANY).map(sent);
    let snapshot = Snapshot {
        records: [Record::Account(Box::new(account.clone()))]
            .into_iter()
            .chain(others)
            .collect(),
        last_account: account.id.0,
        last_sanction: 0,
        ..Snapshot::default()
    };
    bench.happen(Event::StoreWorks(&snapshot));
    let by = Party::Account(account.id);
    assert!(bench.hub.world().accounts.sent(by, "old").is_none());
    bench.say("ann", b"@+chat/id=old PRIVMSG #x :hello");
    assert_eq!(bench.read_all("ann").pop().unwrap(), first);
    bench.say("ann", b"@+chat/id=old PRIVMSG #x :something else");
    let refused = bench.read_all("ann").join("\n");
    assert!(
        refused.contains("was used for another message"),
        "{refused}"
    );
    bench.say("ann", b"@+chat/id=fresh PRIVMSG #x :hello");
    let said = bench.read_all("ann").pop().unwrap();
    assert!(said.contains("+chat/id=fresh"), "{said}");
    let msgid = |line: &str| line.split(';').next().unwrap().to_owned();
    assert_ne!(msgid(&said), msgid(&first));
}
