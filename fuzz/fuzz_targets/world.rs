#![no_main]
//! Any sequence of lines from three clients: the world stays sound and no handler panics.

#[path = "../../tests/support/world.rs"]
mod world;

use chat::config::Config;

const CLIENTS: [&str; 3] = ["one", "two", "three"];

libfuzzer_sys::fuzz_target!(|script: &[u8]| {
    let mut bench = world::Bench::new(Config::default());
    for name in CLIENTS {
        bench.login(name, "batch labeled-response echo-message message-tags");
    }
    for line in script.split(|byte| *byte == b'\n').take(64) {
        let Some((first, rest)) = line.split_first() else { continue };
        let name = CLIENTS[usize::from(*first) % CLIENTS.len()];
        bench.say(name, rest);
        bench.read_all(name);
    }
    assert_eq!(bench.hub.world().counts.panics, 0);
    bench.hub.world().check().expect("the world is sound");
});
