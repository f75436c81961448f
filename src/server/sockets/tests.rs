//! Connections that end, that take nothing, and that take too much.

use crate::server::poll::Poll;
use crate::server::socket::Distance;
use crate::server::socket::Socket;
use crate::server::sockets::{Bounds, Sockets};
use crate::server::throttle::Throttle;
use crate::server::world::event::{SessionId, Why};
use crate::server::world::gauges::Gauges;
use std::os::unix::net::UnixStream;
use std::sync::Arc;

fn connection() -> (Socket, UnixStream) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    ours.set_nonblocking(true).unwrap();
    let throttle = Throttle::new(None, 0);
    (
        Socket::new(ours.into(), throttle, None, Distance::Near),
        theirs,
    )
}

/// So much may wait for each.
fn bounds(each: usize) -> Bounds {
    Bounds {
        each,
        all: usize::MAX,
    }
}

/// Says so much that the other end does not take it all.
fn fill(sockets: &mut Sockets, id: SessionId, poll: &Poll) {
    sockets.push(id, &[b'\n'; 1 << 20]);
    sockets.flush(0, poll);
    assert!(sockets.get_mut(id).unwrap().is_blocked());
}

#[test]
fn a_place_is_given_again_only_when_the_hub_knows_that_it_is_free() {
    let (poll, mut sockets) = (
        Poll::new().unwrap(),
        Sockets::new(bounds(1000), Arc::default()),
    );
    let [first, second, third] = [(); 3].map(|()| connection().0);
    let first = sockets.insert(first, &poll).unwrap();
    sockets.end(first, Why::Eof);
    let second = sockets.insert(second, &poll).unwrap();
    assert_ne!(first.index, second.index);
    assert_eq!(sockets.take_ended(), [(first, Why::Eof)]);
    assert_eq!(sockets.release_gone(), [None]);
    let third = sockets.insert(third, &poll).unwrap();
    assert_eq!(first.index, third.index);
    assert!(first.generation < third.generation);
}

#[test]
fn one_who_takes_nothing_for_30_seconds_comes_to_an_end() {
    let (poll, mut sockets) = (
        Poll::new().unwrap(),
        Sockets::new(bounds(2 << 20), Arc::default()),
    );
    let (socket, _theirs) = connection();
    let id = sockets.insert(socket, &poll).unwrap();
    fill(&mut sockets, id, &poll);
    sockets.sweep(29_999);
    assert_eq!(sockets.take_ended(), []);
    sockets.sweep(30_000);
    assert_eq!(sockets.take_ended(), [(id, Why::SendQueue)]);
    sockets.sweep(31_000);
    assert_eq!(sockets.take_ended(), []);
}

#[test]
fn one_who_takes_no_last_word_is_given_up() {
    let (poll, mut sockets) = (
        Poll::new().unwrap(),
        Sockets::new(bounds(2 << 20), Arc::default()),
    );
    let (socket, _theirs) = connection();
    let id = sockets.insert(socket, &poll).unwrap();
    fill(&mut sockets, id, &poll);
    sockets.close(id, 0);
    sockets.sweep(4_999);
    assert!(sockets.get_mut(id).is_some());
    sockets.sweep(5_000);
    assert!(sockets.get_mut(id).is_none());
    assert_eq!(sockets.take_ended(), []);
}

#[test]
fn an_overflow_is_told_once_and_leaves_room_for_the_last_word() {
    let (poll, mut sockets) = (
        Poll::new().unwrap(),
        Sockets::new(bounds(2 << 20), Arc::default()),
    );
    let (socket, _theirs) = connection();
    let id = sockets.insert(socket, &poll).unwrap();
    fill(&mut sockets, id, &poll);
    for _ in 0..3 {
        sockets.push(id, &[b'\n'; 1 << 20]);
    }
    assert_eq!(sockets.take_ended(), [(id, Why::SendQueue)]);
    sockets.get_mut(id).unwrap().make_room();
    sockets.push(id, b"ERROR :SendQ exceeded\r\n");
    assert_eq!(sockets.get_mut(id).unwrap().outbox.waiting(), 23);
}

#[test]
fn when_too_much_waits_for_all_those_with_the_most_go_until_it_fits() {
    let bounds = Bounds {
        each: 8 << 20,
        all: 7 << 20,
    };
    let (poll, mut sockets) = (Poll::new().unwrap(), Sockets::new(bounds, Arc::default()));
    let (mut ids, mut others) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let (socket, other) = connection();
        ids.push(sockets.insert(socket, &poll).unwrap());
        others.push(other);
    }
    for (id, mib) in ids.iter().zip([2, 3, 2]) {
        sockets.push(*id, &vec![b'\n'; mib << 20]);
    }
    sockets.flush(0, &poll);
    assert_eq!(sockets.take_ended(), [], "a little less than 7 MiB waits");
    sockets.push(ids[0], &vec![b'\n'; 2 << 20]);
    sockets.flush(0, &poll);
    assert_eq!(sockets.take_ended(), [(ids[0], Why::SendQueue)]);
    sockets.push(ids[2], &vec![b'\n'; 5 << 20]);
    sockets.flush(0, &poll);
    assert_eq!(sockets.take_ended(), [(ids[2], Why::SendQueue)]);
}

#[test]
fn lines_and_what_waits_for_slow_readers_are_counted() {
    let gauges = Arc::<Gauges>::default();
    let (poll, mut sockets) = (
        Poll::new().unwrap(),
        Sockets::new(bounds(2 << 20), Arc::clone(&gauges)),
    );
    let (socket, _theirs) = connection();
    let slow = sockets.insert(socket, &poll).unwrap();
    let (socket, _also) = connection();
    let quick = sockets.insert(socket, &poll).unwrap();
    sockets.push(quick, b"one\r\n");
    sockets.push(quick, b"two\r\n");
    fill(&mut sockets, slow, &poll);
    sockets.sweep(1);
    assert_eq!(
        (gauges.lines_out.get(), gauges.bytes_out.get()),
        (3, 10 + (1 << 20))
    );
    let waiting = sockets.get_mut(slow).unwrap().outbox.waiting() as u64;
    assert_eq!((gauges.slow.get(), gauges.queued.get()), (1, waiting));
    assert!(waiting > 0);
    assert_eq!(sockets.get_mut(quick).unwrap().count.told, 2);
}
