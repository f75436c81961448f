//! A clock that jumps: order, names and history of what is said do not jump with it.

#[path = "support/world.rs"]
mod world;

use chat::config::Config;
use chat::proto::msgid::MsgId;
use world::Bench;

/// An hour ahead, an hour back, to 1970, to 2040, and to today.
const CLOCKS: [u64; 6] = [
    1_795_161_600_000,
    1_795_165_200_000,
    1_795_158_000_000,
    0,
    2_208_988_800_000,
    1_795_161_660_000,
];

#[test]
fn what_is_said_is_in_order_whatever_the_clock_does() {
    let mut bench = Bench::new(Config::default());
    bench.login(
        "ann",
        "message-tags echo-message server-time batch draft/chathistory",
    );
    bench.say("ann", b"JOIN #x");
    let mut told = Vec::new();
    for (number, clock) in CLOCKS.into_iter().enumerate() {
        bench.now.unix_ms = clock;
        bench.read_all("ann");
        bench.say("ann", format!("PRIVMSG #x :{number}").as_bytes());
        told.push(bench.read("ann").unwrap());
    }
    let tag = |line: &str, name: &str| {
        let tags = line.strip_prefix('@').unwrap().split(' ').next().unwrap();
        let value = tags.split(';').find_map(|tag| tag.strip_prefix(name));
        value.unwrap().to_owned()
    };
    let ids: Vec<String> = told.iter().map(|line| tag(line, "msgid=")).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]), "{ids:?}");
    assert!(ids.iter().all(|id| MsgId::parse(id).is_some()));
    let times: Vec<String> = told.iter().map(|line| tag(line, "time=")).collect();
    assert!(times.windows(2).all(|pair| pair[0] <= pair[1]), "{times:?}");
    bench.say("ann", b"CHATHISTORY LATEST #x * 50");
    let history: Vec<String> = bench
        .read_all("ann")
        .into_iter()
        .filter(|line| line.contains(" PRIVMSG "))
        .collect();
    let kept: Vec<String> = history.iter().map(|line| tag(line, "msgid=")).collect();
    assert_eq!(kept, ids);
    let kept: Vec<String> = history.iter().map(|line| tag(line, "time=")).collect();
    assert_eq!(kept, times);
}

#[test]
fn nobody_times_out_because_the_clock_jumps() {
    let mut bench = Bench::new(Config::default());
    bench.login("ann", "");
    for clock in CLOCKS {
        bench.now.unix_ms = clock;
        bench.wait(1);
    }
    bench.say("ann", b"PING still-here");
    let told = bench.read_all("ann").join("\n");
    assert!(told.contains("PONG") && !told.contains("ERROR"), "{told}");
}
