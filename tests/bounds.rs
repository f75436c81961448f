//! Answers are bounded: however long one is, it is told whole, no more of it waits than a portion, and
//! neither the asker's connection nor the others' turn is at stake.

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::proto::message::{LineLimits, Message};
use chat::server::world::event::Event;
use world::Bench;

/// What may wait for one client.
const QUEUE: usize = 16 * 1024;
const CROWD: usize = 700;

/// A server with a small queue, and so many people and rooms that their list does not fit.
fn crowd(caps: &str) -> Bench {
    let mut config = Config::default();
    config.limits.send_queue = QUEUE;
    config.server.name = "server".into();
    let mut bench = Bench::new(config);
    for n in 0..CROWD {
        let name = format!("user{n}");
        bench.login(&name, "");
        bench.say(&name, format!("JOIN #room{n}").as_bytes());
        let topic = format!("TOPIC #room{n} :{}", "t".repeat(300));
        bench.say(&name, topic.as_bytes());
    }
    bench.login("asker", caps);
    bench
}

#[test]
fn a_long_answer_is_told_whole_in_portions() {
    let mut bench = crowd("");
    for (asked, item, end, count) in [
        ("WHO *", " 352 ", " 315 ", CROWD + 1),
        ("WHO #lobby %n", " 354 ", " 315 ", CROWD + 1),
        ("LIST", " 322 ", " 323 ", CROWD + 1),
        ("WHOLAST 5", " WHOLAST ", " WHOLAST * *", CROWD + 2),
    ] {
        bench.say("asker", asked.as_bytes());
        assert!(
            bench.biggest <= QUEUE / 2,
            "{asked}: {} bytes at once",
            bench.biggest
        );
        let lines = bench.read_all("asker");
        let items = lines.iter().filter(|line| line.contains(item)).count();
        assert_eq!(items, count, "{asked}");
        assert!(
            lines.last().unwrap().contains(end),
            "{asked}: {:?}",
            lines.last()
        );
    }
}

#[test]
fn the_names_of_a_crowd_are_each_told_once() {
    let mut bench = crowd("");
    bench.say("asker", b"NAMES #lobby");
    assert!(
        bench.biggest <= QUEUE / 2,
        "{} bytes at once",
        bench.biggest
    );
    let lines = bench.read_all("asker");
    let (end, lines) = lines.split_last().unwrap();
    assert!(end.contains(" 366 asker #lobby "), "{end}");
    let mut names: Vec<&str> = lines
        .iter()
        .flat_map(|line| line.rsplit_once(" :").unwrap().1.split(' '))
        .collect();
    assert_eq!(names.len(), CROWD + 1);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), CROWD + 1);
}

#[test]
fn of_two_crowds_one_is_told_whole_before_the_other() {
    let mut bench = crowd("");
    for n in 0..CROWD {
        bench.say(&format!("user{n}"), b"JOIN #square");
    }
    bench.say("asker", b"PART #lobby");
    bench.read_all("asker");
    bench.say("asker", b"JOIN #lobby,#square");
    let lines = bench.read_all("asker");
    let place = |part: &str| lines.iter().position(|line| line.contains(part)).unwrap();
    assert!(place(" 366 asker #lobby ") < place(" 353 asker = #square "));
    assert!(lines.last().unwrap().contains(" 366 asker #square "));
}

#[test]
fn the_portions_of_a_labelled_answer_are_one_batch() {
    let mut bench = crowd("batch labeled-response message-tags");
    bench.say("asker", b"@label=x WHO *");
    let lines = bench.read_all("asker");
    let name = lines[0].strip_prefix("@label=x :server BATCH +").unwrap();
    let name = name.strip_suffix(" labeled-response").unwrap();
    let (within, last) = (&lines[1..lines.len() - 1], lines.last().unwrap());
    assert_eq!(within.len(), CROWD + 2);
    assert!(
        within
            .iter()
            .all(|line| line.starts_with(&format!("@batch={name} ")))
    );
    assert_eq!(*last, format!(":server BATCH -{name}"));
}

#[test]
fn a_batch_of_the_commands_own_stays_one_over_its_portions() {
    let mut bench = crowd("batch labeled-response message-tags");
    bench.say("asker", b"@label=x WHOLAST 5");
    let lines = bench.read_all("asker");
    let name = lines[0].strip_prefix("@label=x :server BATCH +").unwrap();
    let name = name.strip_suffix(" chat/wholast").unwrap();
    assert_eq!(lines.len(), CROWD + 3);
    assert!(
        lines[1..=CROWD]
            .iter()
            .all(|line| line.starts_with(&format!("@batch={name} ")))
    );
    assert_eq!(*lines.last().unwrap(), format!(":server BATCH -{name}"));
}

#[test]
fn a_long_search_counts_as_much_as_a_long_answer() {
    let mut bench = crowd("");
    let mask = format!("WHO *{}b", "a".repeat(100));
    let line = Message::parse(mask.as_bytes(), LineLimits::CLIENT);
    let asker = bench.session("asker");
    bench.hub.on(Event::Line(asker, line), bench.now);
    assert!(bench.hub.pending() > 200 * 100);
}

#[test]
fn strangers_fill_half_of_the_read_markers_and_those_that_are_there_still_move() {
    let mut bench = Bench::new(Config::default());
    bench.login("ann", "");
    bench.say("ann", b"REGISTER * * correct-horse");
    bench.login("eve", "");
    let markers = |bench: &Bench| {
        let accounts = &bench.hub.world().accounts;
        accounts.named("ann").unwrap().markers.clone()
    };
    for n in 0..2510 {
        bench.say("eve", format!("NICK eve{n}").as_bytes());
        bench.say("eve", b"PRIVMSG ann :hi");
    }
    bench.wait(5);
    bench.say("ann", b"PING alive");
    assert_eq!(markers(&bench).len(), 2500);
    let time = |second| format!("timestamp=2026-11-20T07:00:0{second}.000Z");
    for n in 0..2501 {
        bench.say("ann", format!("MARKREAD #r{n} {}", time(1)).as_bytes());
    }
    assert_eq!(markers(&bench).len(), 5000);
    let before = markers(&bench);
    bench.say("ann", format!("MARKREAD #r0 {}", time(2)).as_bytes());
    assert!(markers(&bench)["#r0"] > before["#r0"]);
    bench.read_all("ann");
    bench.say("ann", format!("MARKREAD #r2500 {}", time(2)).as_bytes());
    let told = bench.read_all("ann").join("\n");
    assert!(told.contains("too many read markers"), "{told}");
}
