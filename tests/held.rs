//! Whose connection cannot be handed to another process is seen as present for a while.

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::proto::sasl;
use chat::server::world::event::{Event, Why};
use world::Bench;

/// Ann, who has an account, and bob, together in a room; what came so far is read.
fn two() -> Bench {
    let config = Config {
        lobby: None,
        ..Config::default()
    };
    let mut bench = Bench::new(config);
    for name in ["ann", "bob"] {
        bench.login(name, "away-notify");
        bench.say(name, b"JOIN #x");
    }
    bench.say("ann", b"REGISTER * * correct-horse");
    bench.read_all("bob");
    bench
}

fn replaced(bench: &mut Bench, name: &str) {
    let session = bench.session(name);
    bench.happen(Event::Closed(session, Why::Replaced));
}

#[test]
fn who_comes_back_to_their_account_was_never_away() {
    let mut bench = two();
    replaced(&mut bench, "ann");
    bench.wait(30);
    bench.connect("ann");
    let message = sasl::encode(b"\0ann\0correct-horse");
    for line in [
        "CAP REQ sasl",
        "AUTHENTICATE PLAIN",
        &format!("AUTHENTICATE {message}"),
        "NICK ann",
        "USER ann 0 * :ann",
        "CAP END",
        "PRIVMSG #x :here I am",
    ] {
        bench.say("ann", line.as_bytes());
    }
    let heard = bench.read_all("bob");
    assert_eq!(heard.len(), 1, "{heard:?}");
    assert!(heard[0].ends_with("PRIVMSG #x :here I am"), "{heard:?}");
    bench.wait(40);
    assert!(bench.read_all("bob").is_empty());
}

#[test]
fn who_does_not_come_back_leaves_after_a_minute_and_a_guest_at_once() {
    let mut bench = two();
    replaced(&mut bench, "ann");
    bench.wait(59);
    assert!(bench.read_all("bob").is_empty());
    bench.wait(2);
    let heard = bench.read_all("bob");
    assert!(
        heard
            .iter()
            .any(|line| line.contains("ann!") && line.contains(" QUIT ")),
        "{heard:?}"
    );
    bench.login("cid", "");
    bench.say("cid", b"JOIN #x");
    bench.read_all("bob");
    replaced(&mut bench, "cid");
    let heard = bench.read_all("bob");
    assert!(heard[0].contains(" QUIT "), "{heard:?}");
    bench.hub.world().check().expect("a sound world");
}
