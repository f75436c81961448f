//! Answers are bounded: no question costs the asker the connection, or the others their turn.

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::proto::message::{LineLimits, Message};
use chat::server::world::event::Event;
use world::Bench;

/// A server with a small queue, and so many people and rooms that their list does not fit.
fn crowd(caps: &str) -> (Bench, usize) {
    let mut config = Config::default();
    config.limits.send_queue = 16 * 1024;
    let queue = config.limits.send_queue;
    let mut bench = Bench::new(config);
    for n in 0..200 {
        let name = format!("user{n}");
        bench.login(&name, "");
        bench.say(&name, format!("JOIN #room{n}").as_bytes());
        bench.say(
            &name,
            format!("TOPIC #room{n} :{}", "t".repeat(300)).as_bytes(),
        );
    }
    bench.login("asker", caps);
    (bench, queue)
}

#[test]
fn an_answer_that_would_not_fit_in_the_queue_is_cut_with_a_note_and_an_end() {
    for (asked, end) in [
        ("WHO *", " 315 "),
        ("LIST", " 323 "),
        ("WHO #lobby", " 315 "),
    ] {
        let (mut bench, queue) = crowd("standard-replies");
        bench.say("asker", asked.as_bytes());
        let lines = bench.read_all("asker");
        let bytes: usize = lines.iter().map(|line| line.len() + 2).sum();
        assert!(bytes < queue, "{asked}: {bytes}");
        let notes = lines
            .iter()
            .filter(|line| line.contains(" TRUNCATED "))
            .count();
        assert_eq!(notes, 1, "{asked}");
        assert!(lines.last().unwrap().contains(end), "{asked}");
    }
}

#[test]
fn who_was_here_last_is_cut_to_the_queue_too() {
    let (mut bench, queue) = crowd("batch server-time standard-replies");
    bench.say("asker", b"WHOLAST 5");
    let lines = bench.read_all("asker");
    let bytes: usize = lines.iter().map(|line| line.len() + 2).sum();
    assert!(bytes < queue, "{bytes}");
    assert!(lines.iter().any(|line| line.contains("WHOLAST TRUNCATED")));
    assert!(lines.last().unwrap().contains("BATCH -"));
}

#[test]
fn a_long_search_counts_as_much_as_a_long_answer() {
    let (mut bench, _) = crowd("");
    let mask = format!("WHO *{}b", "a".repeat(100));
    let line = Message::parse(mask.as_bytes(), LineLimits::CLIENT);
    let asker = bench.session("asker");
    bench.hub.on(Event::Line(asker, line), bench.now);
    assert!(bench.hub.pending() > 200 * 100);
}
