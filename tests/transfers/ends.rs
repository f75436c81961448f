//! The end of the server, with transfers on their way.

use crate::changes::wait_for;
use crate::http::{House, content, dial, get, head};
use rustix::process::Signal;
use std::io::{Read, Write};
use std::time::{Duration, Instant};

#[test]
fn who_hangs_in_the_middle_of_something_does_not_hold_up_the_end() {
    let mut house = House::new("");
    let place = house.share("a.bin", &content(8_000_000, 5));
    let bearer = house.bearer();
    let headers = [
        ("Authorization", bearer.as_str()),
        ("Content-Length", "600"),
    ];
    let begin = head(house.port(), "POST /files?name=a", &headers);
    let mut hanging = dial(house.port());
    hanging.write_all(begin.as_bytes()).unwrap();
    hanging.write_all(&[1; 10]).unwrap();
    wait_for(&house.changes(), "it begins", || {
        house.stored("incoming").len() == 1
    });
    let mut lazy = dial(house.port());
    let line = head(house.port(), &format!("GET {place}"), &[]);
    lazy.write_all(line.as_bytes()).unwrap();
    lazy.read_exact(&mut [0; 100]).unwrap();
    let mut half = dial(house.port());
    half.write_all(b"GET / HTTP/1.1\r\nHost: x").unwrap();
    assert_eq!(get(house.port(), "/files/nothing").status, 404);
    let begun = Instant::now();
    house.served.signal(Signal::TERM);
    assert_eq!(crate::http::answer(&mut hanging).status, 408);
    house.served.wait();
    // The grace is ten seconds.
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    assert_eq!(house.stored("incoming").len(), 0);
}

#[test]
fn what_moves_comes_whole_though_the_server_ends() {
    let mut house = House::new("");
    let bytes = content(8_000_000, 6);
    let place = house.share("a.bin", &bytes);
    let mut slow = dial(house.port());
    let line = head(house.port(), &format!("GET {place}"), &[]);
    slow.write_all(line.as_bytes()).unwrap();
    slow.read_exact(&mut [0; 12]).unwrap();
    house.served.signal(Signal::TERM);
    house.ann.until("ERROR :");
    let mut rest = Vec::new();
    slow.read_to_end(&mut rest).unwrap();
    assert!(rest.ends_with(&bytes), "{} bytes", rest.len());
    house.served.wait();
}
