//! Connections through a proxy over real sockets, and how many strangers come in at once.

#[path = "support/irc.rs"]
mod irc;

use chat::config::{Config, read};
use irc::{Client, Server};

const SIGNATURE: &[u8] = b"\r\n\r\n\0\r\nQUIT\n";

fn server(text: &str) -> Server {
    let (mut config, report) = read::read(text, Config::default());
    assert!(report.faults.is_empty(), "{report}");
    config.lobby = None;
    Server::start(config)
}

/// A header of version 2 for 192.0.2.`last`, with more behind the addresses.
fn v2(last: u8, more: &[u8]) -> Vec<u8> {
    let addresses = [192, 0, 2, last, 10, 0, 0, 1, 0xc8, 0x22, 0x1a, 0x0b];
    let length = u16::try_from(addresses.len() + more.len()).expect("fits");
    let fixed = [&[0x21, 0x11], &length.to_be_bytes()[..]].concat();
    [SIGNATURE, &fixed, &addresses, more].concat()
}

fn register(client: &mut Client, nick: &str) -> String {
    client.send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"));
    let welcome = client.expect(" 001 ");
    client.sync();
    welcome
}

/// The address that somebody connects from, as they are told themselves.
fn address(client: &mut Client, nick: &str) -> String {
    client.send(&format!("WHOIS {nick}\r\n"));
    let line = client.expect(" 338 ");
    line.split(' ').nth(4).unwrap_or_default().to_owned()
}

#[test]
fn whoever_comes_through_a_proxy_is_where_the_header_says() {
    let server = server("server: { proxy_protocol: required }");
    let mut ann = server.connect();
    ann.send("PROXY TCP4 192.0.2.7 10.0.0.1 51234 6667\r\n");
    assert!(register(&mut ann, "ann").ends_with(".cloak"));
    assert_eq!(address(&mut ann, "ann"), "192.0.2.7");
    let mut bob = server.connect();
    for piece in v2(8, &[4, 0, 2, 0, 0]).chunks(5) {
        bob.send_bytes(piece);
        ann.sync();
    }
    register(&mut bob, "bob");
    assert_eq!(address(&mut bob, "bob"), "192.0.2.8");
    let mut eve = server.connect();
    eve.send_bytes(&[&v2(9, &[])[..], b"NICK eve\r\nUSER eve 0 * :Eve\r\n"].concat());
    eve.expect(" 001 eve ");
    let mut own = server.connect();
    own.send_bytes(&[SIGNATURE, &[0x20, 0, 0, 0]].concat());
    register(&mut own, "own");
    assert_eq!(address(&mut own, "own"), "127.0.0.1");
}

#[test]
fn what_is_no_header_is_turned_away_where_one_must_come() {
    let server = server("server: { proxy_protocol: required }");
    let much = v2(7, &vec![0; 65_000]);
    for bad in [
        b"NICK ann\r\n".as_slice(),
        b"PROXY TCP4 192.0.2.7 10.0.0.1 1\r\n",
        &much[..16],
        b"\x16\x03\x01\x02\x00",
    ] {
        let mut client = server.connect();
        client.try_send(bad);
        assert_eq!(client.rest(), ["ERROR :A PROXY header must come first"]);
    }
    let mut half = server.connect();
    half.send_bytes(&v2(7, &[])[..20]);
    half.finish();
    assert_eq!(half.rest(), ["ERROR :A PROXY header must come first"]);
}

#[test]
fn a_header_from_somebody_who_is_no_proxy_closes_the_connection() {
    let server = server("proxy: { from: [10.0.0.7] }");
    for header in [
        b"PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n".to_vec(),
        v2(7, &[]),
    ] {
        let mut client = server.connect();
        client.send_bytes(&header);
        assert_eq!(client.rest(), ["ERROR :You may not speak for others"]);
    }
    let mut ann = server.connect();
    assert!(register(&mut ann, "ann").ends_with("@127.0.0.1"));
}

#[test]
fn a_port_for_proxies_is_for_those_that_are_named() {
    let server = server("server: { proxy_protocol: required }\nproxy: { from: [10.0.0.7] }");
    let mut client = server.connect();
    client.try_send(b"PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n");
    assert_eq!(client.rest(), ["ERROR :This port is for proxies"]);
}

#[test]
fn people_behind_a_proxy_are_counted_by_their_own_address() {
    let text =
        "server: { proxy_protocol: required }\nconnections: { per_ip: 2, new_per_minute: null }";
    let server = server(text);
    let come = |last: u8, nick: &str| {
        let mut client = server.connect();
        client.send_bytes(&v2(last, &[]));
        client.send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"));
        client
    };
    let mut first: Vec<Client> = (0..2).map(|n| come(7, &format!("n{n}"))).collect();
    first.iter_mut().for_each(|client| {
        client.expect(" 001 ");
    });
    let mut third = come(7, "third");
    third.expect("ERROR :Too many connections from your address");
    come(8, "other").expect(" 001 ");
    let mut gone = first.swap_remove(0);
    gone.send("QUIT\r\n");
    gone.rest();
    drop(gone);
    first[0].sync(); // The server knows that they are gone by the time it answers this.
    come(7, "again").expect(" 001 ");
}

#[test]
fn people_behind_a_gateway_are_counted_by_their_own_address() {
    let text = "proxy: { webirc: [{ password: horse, hosts: [127.0.0.1] }] }\nconnections: { per_ip: 1, new_per_minute: null, exempt: [] }";
    let server = server(text);
    let come = |address: &str, nick: &str| {
        let mut client = server.connect();
        client.send(&format!("WEBIRC horse web {address} {address}\r\n"));
        client.send(&format!("NICK {nick}\r\nUSER {nick} 0 * :{nick}\r\n"));
        client
    };
    let mut first = come("192.0.2.7", "first");
    first.expect(" 001 ");
    let refused = come("192.0.2.7", "second").rest();
    assert_eq!(refused, ["ERROR :Too many connections from your address"]);
    come("192.0.2.8", "other").expect(" 001 ");
    first.send("QUIT\r\n");
    first.rest();
    drop(first);
    let mut own = server.connect();
    own.sync(); // The server knows that they are gone by the time it answers this.
    come("192.0.2.7", "again").expect(" 001 ");
}

#[test]
fn too_many_strangers_at_once_have_to_wait_for_others_to_say_who_they_are() {
    let text = "connections: { unregistered: 3, exempt: [], per_ip: null, new_per_minute: null }";
    let server = server(text);
    let mut waiting: Vec<Client> = (0..3).map(|_| server.connect()).collect();
    for client in &mut waiting {
        client.sync();
    }
    let refused = ["ERROR :Too many are coming in; try again in a minute"];
    assert_eq!(server.connect().rest(), refused);
    register(&mut waiting[0], "ann");
    let mut next = server.connect();
    next.sync();
    assert_eq!(server.connect().rest(), refused);
    drop(next);
}
