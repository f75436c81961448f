//! Lines, paces and ends of one connection.

use crate::server::outbox::Spare;
use crate::server::socket::frames::Leaving;
use crate::server::socket::{Cut, Distance, Input, LAST_WORD_MS, Socket};
use crate::server::throttle::Pace;
use crate::server::throttle::{Throttle, Turn};
use std::os::unix::net::UnixStream;

fn socket(pace: Option<Pace>) -> Socket {
    let (ours, _) = UnixStream::pair().unwrap();
    Socket::new(ours.into(), Throttle::new(pace, 0), None, Distance::Near)
}

fn feed(socket: &mut Socket, chunk: &[u8]) -> (Vec<String>, Result<(), Cut>) {
    let mut seen = Vec::new();
    let end = socket.feed(chunk, 100, |input| {
        seen.push(match input {
            Input::Run(line) => String::from_utf8_lossy(line).into_owned(),
            Input::Refuse(line) => format!("refused {}", String::from_utf8_lossy(line)),
        });
        Turn::GoOn
    });
    (seen, end)
}

#[test]
fn a_first_line_of_http_ends_it_and_nothing_after_it_counts() {
    let mut it = socket(None);
    let (seen, end) = feed(&mut it, b"POST / HTTP/1.1\r\nNICK x\r\n\r\n");
    assert_eq!((seen.len(), end), (0, Err(Cut::Http)));
    let mut it = socket(None);
    let (seen, end) = feed(&mut it, b"NICK a\r\nGET / HTTP/1.1\r\n");
    assert_eq!((seen.len(), end), (2, Ok(())));
}

#[test]
fn empty_lines_and_the_answer_to_a_ping_cost_nothing() {
    let pace = Pace {
        burst: 1,
        per_second: 1,
    };
    let mut it = socket(Some(pace));
    assert_eq!(feed(&mut it, &b"\r\n".repeat(1000)).0.len(), 0);
    assert_eq!(feed(&mut it, b"A\nB\npong x\n").0, ["A", "pong x"]);
    assert!(it.throttle.is_waiting());
}

#[test]
fn a_flood_of_pongs_waits_like_any_other() {
    let pace = Pace {
        burst: 1,
        per_second: 1,
    };
    let mut it = socket(Some(pace));
    assert_eq!(feed(&mut it, b"PONGX\nPONGX\n").0, ["PONGX"]);
    assert_eq!(feed(&mut it, &b"PONG x\n".repeat(1000)).0.len(), 941);
}

#[test]
fn closing_forgets_what_waits_to_be_executed() {
    let pace = Pace {
        burst: 1,
        per_second: 1,
    };
    let mut it = socket(Some(pace));
    feed(&mut it, b"QUIT\nPRIVMSG a :b\n").1.unwrap();
    let mut spare = Spare::default();
    assert!(it.close(0, Leaving::Done, &mut spare));
    assert!(!it.close(0, Leaving::Done, &mut spare));
    assert!(!it.throttle.is_waiting());
    assert!(it.is_overdue(LAST_WORD_MS));
}
