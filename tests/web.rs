//! Browsers at the port where people chat: pages, WebSockets, whose pages may ask, and bytes that break the rules.

#[path = "support/irc.rs"]
mod irc;
#[path = "support/tls.rs"]
mod tls;
#[path = "support/web.rs"]
mod web;

use chat::config::tls::Enabled;
use chat::config::{Config, Listener, read};
use irc::{Client, Server, dial};
use std::io::{Read, Write};
use std::time::{Duration, Instant};
use tls::Manner;
use web::{BINARY, Lines, Socket, TEXT, ask, get, handshake, join_as, masked};

fn config() -> Config {
    let mut config = Config {
        lobby: None,
        ..Config::default()
    };
    config.flood.enabled = false;
    config
}

fn start() -> Server {
    Server::start(config())
}

fn written(text: &str) -> Config {
    let (mut config, report) = read::read(text, config());
    assert!(report.faults.is_empty(), "{report}");
    config.lobby = None;
    config
}

#[test]
fn the_page_is_served_with_all_that_keeps_others_out_of_it() {
    let server = start();
    let page = get(server.port(), "/");
    assert_eq!(page.status, 200);
    assert!(page.body.starts_with(b"<!doctype html>") || page.body.starts_with(b"<!DOCTYPE html>"));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; script-src 'self';"));
    assert!(!policy.contains("unsafe") && policy.contains("frame-ancestors 'none'"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(
        page.header("cross-origin-opener-policy"),
        Some("same-origin")
    );
    assert_eq!(
        page.header("cross-origin-resource-policy"),
        Some("same-origin")
    );
    assert_eq!(page.header("set-cookie"), None);
    assert_eq!(page.header("access-control-allow-origin"), None);
    let tag = page.header("etag").unwrap();
    let again = format!("GET / HTTP/1.1\r\nHost: localhost\r\nIf-None-Match: {tag}\r\n\r\n");
    assert_eq!(ask(server.port(), again.as_bytes()).unwrap().status, 304);
}

#[test]
fn one_connection_serves_many_requests_and_a_head_is_answered_without_content() {
    let server = start();
    let mut stream = dial(server.port());
    for _ in 0..20 {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        assert_eq!(web::answer(&mut stream).unwrap().status, 200);
    }
    stream
        .write_all(b"HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
        .unwrap();
    let mut rest = String::new();
    stream.read_to_string(&mut rest).unwrap();
    assert!(
        rest.starts_with("HTTP/1.1 200 ") && rest.ends_with("\r\n\r\n"),
        "{rest}"
    );
}

#[test]
fn only_exact_paths_are_known() {
    let server = start();
    let long = format!("/{}", "x".repeat(8192));
    for (path, status) in [
        ("/..%2f..", 404),
        ("//etc/passwd", 404),
        ("/%00", 404),
        ("/index.html/../../x", 404),
        ("/../../../etc/passwd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/./", 404),
        ("//", 404),
        (long.as_str(), 414),
    ] {
        let answer = get(server.port(), path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.header("content-security-policy").is_some());
    }
}

#[test]
fn the_first_bytes_may_come_one_by_one() {
    let server = start();
    let mut stream = dial(server.port());
    for byte in b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" {
        stream.write_all(&[*byte]).unwrap();
    }
    assert_eq!(web::answer(&mut stream).unwrap().status, 200);
}

#[test]
fn whoever_has_begun_to_chat_speaks_no_http_and_the_other_way_round() {
    let server = start();
    let mut ann = server.join_as("ann");
    ann.send("GET / HTTP/1.1\r\n");
    ann.expect(" 421 ann GET ");
    let mut stream = dial(server.port());
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    assert_eq!(web::answer(&mut stream).unwrap().status, 200);
    stream
        .write_all(b"NICK eve\r\nUSER eve 0 * :Eve\r\n\r\n")
        .unwrap();
    assert_eq!(web::answer(&mut stream).unwrap().status, 400);
    ann.send("WHOIS eve\r\n");
    ann.expect(" 401 ann eve ");
}

#[test]
fn browsers_and_other_clients_talk_in_one_room() {
    let server = start();
    let mut ann = server.join_as("ann");
    let mut bob = join_as(server.port(), "bob", TEXT);
    let mut cid = join_as(server.port(), "cid", &format!("foo, {BINARY}"));
    let mut dan = join_as(server.port(), "dan", "");
    for (client, nick) in [
        (&mut ann, "ann"),
        (&mut bob, "bob"),
        (&mut cid, "cid"),
        (&mut dan, "dan"),
    ] {
        client.send("JOIN #r\r\n");
        client.expect(" 366 ");
        client.send(&format!("PRIVMSG #r :grüße von {nick}\r\n"));
    }
    assert_eq!(
        ann.expect("von bob"),
        ":bob!bob@127.0.0.1 PRIVMSG #r :grüße von bob"
    );
    ann.expect("von dan");
    assert_eq!(
        bob.expect("von dan"),
        ":dan!dan@127.0.0.1 PRIVMSG #r :grüße von dan"
    );
    assert_eq!(
        cid.expect("von dan"),
        ":dan!dan@127.0.0.1 PRIVMSG #r :grüße von dan"
    );
    bob.finish();
    ann.expect(":bob!bob@127.0.0.1 QUIT ");
    assert_eq!(bob.rest(), Vec::<String>::new());
}

#[test]
fn lines_as_long_as_any_and_answers_of_many_go_over_a_websocket() {
    let server = start();
    let mut ann = join_as(server.port(), "ann", TEXT);
    let others: Vec<Client> = (0..20).map(|n| server.join_as(&format!("u{n}"))).collect();
    ann.send(&"WHO *\r\n".repeat(500));
    for _ in 0..500 {
        assert_eq!(ann.until(" 315 ").len(), others.len() + 2);
    }
    ann.send("CAP REQ :message-tags echo-message\r\n");
    ann.expect(" ACK ");
    let tag = "x".repeat(4000);
    ann.send(&format!("@+tag={tag} PRIVMSG ann :{}\r\n", "y".repeat(450)));
    assert!(ann.expect("PRIVMSG ann").contains(&tag));
    ann.send("QUIT\r\n");
    ann.expect("ERROR :");
    assert_eq!(ann.rest(), Vec::<String>::new());
}

#[test]
fn a_client_that_quits_is_told_goodbye_by_the_websocket_too() {
    let server = start();
    let mut socket = Socket::open(server.port(), TEXT);
    assert_eq!(socket.protocol.as_deref(), Some(TEXT));
    socket.say("QUIT");
    assert!(socket.frame().unwrap().1.starts_with(b"ERROR :"));
    assert_eq!(socket.closing(), 1000);
}

#[test]
fn a_websocket_is_not_given_to_whom_it_is_half_asked_by() {
    let server = start();
    let whole = handshake(server.port(), "");
    let ask = |request: String| ask(server.port(), request.as_bytes()).unwrap();
    assert_eq!(ask(whole.replace("/irc", "/else")).status, 404);
    assert_eq!(ask(whole.replace("GET", "POST")).status, 400);
    assert_eq!(ask(whole.replace("HTTP/1.1", "HTTP/1.0")).status, 400);
    assert_eq!(
        ask(whole.replace("keep-alive, Upgrade", "close")).status,
        400
    );
    assert_eq!(ask(whole.replace("dGhlIH", "")).status, 400);
    assert_eq!(
        ask(whole.replace("dGhlIHNhbXBsZSBub25jZQ==", "")).status,
        400
    );
    let other = ask(whole.replace("Version: 13", "Version: 8"));
    assert_eq!(
        (other.status, other.header("sec-websocket-version")),
        (426, Some("13"))
    );
    let unknown = handshake(server.port(), "Sec-WebSocket-Protocol: xmpp, mqtt\r\n");
    assert_eq!(ask(unknown).status, 400);
    for place in ["/", "/websocket"] {
        assert_eq!(ask(whole.replace("/irc", place)).status, 101);
    }
    let extension = handshake(
        server.port(),
        "Sec-WebSocket-Extensions: permessage-deflate\r\n",
    );
    assert_eq!(ask(extension).header("sec-websocket-extensions"), None);
}

#[test]
fn pages_of_other_sites_get_no_websocket_and_may_change_nothing() {
    let server = start();
    let port = server.port();
    for origin in [
        "https://evil.example".to_owned(),
        "null".into(),
        "http://127.0.0.1.evil.com".into(),
        format!("http://127.0.0.1.evil.com:{port}"),
        format!("http://127.0.0.1:{}", port ^ 1),
        "http://127.0.0.1".into(),
        format!("https://127.0.0.1:{port}"),
        format!("http://localhost:{port}"),
        String::new(),
    ] {
        let request = handshake(port, &format!("Origin: {origin}\r\n"));
        let answer = ask(port, request.as_bytes()).unwrap();
        assert_eq!(answer.status, 403, "{origin}");
        let post = format!(
            "POST /files HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: {origin}\r\nContent-Length: 1\r\n\r\nx"
        );
        assert_eq!(ask(port, post.as_bytes()).unwrap().status, 403, "{origin}");
    }
    let twice = handshake(
        port,
        "Origin: http://a.example\r\nOrigin: http://b.example\r\n",
    );
    assert_eq!(ask(port, twice.as_bytes()).unwrap().status, 403);
    let own = handshake(port, &format!("Origin: http://127.0.0.1:{port}\r\n"));
    assert_eq!(ask(port, own.as_bytes()).unwrap().status, 101);
}

#[test]
fn sites_that_are_named_get_a_websocket() {
    let server = Server::start(written(
        "websocket: { allowed_origins: [https://blog.example] }\nweb: { url: https://chat.example }",
    ));
    for (origin, status) in [
        ("https://blog.example", 101),
        ("https://chat.example", 101),
        ("http://blog.example", 403),
        ("https://blog.example:8443", 403),
    ] {
        let request = handshake(server.port(), &format!("Origin: {origin}\r\n"));
        assert_eq!(
            ask(server.port(), request.as_bytes()).unwrap().status,
            status,
            "{origin}"
        );
    }
}

#[test]
fn a_name_that_is_not_the_servers_is_not_answered() {
    let mut config = written("web: { hosts: [chat.home] }");
    config.server.name = "irc.example".into();
    let server = Server::start(config);
    let asked = |hosts: &str| {
        let request = format!("GET / HTTP/1.1\r\n{hosts}\r\n");
        ask(server.port(), request.as_bytes()).unwrap().status
    };
    for host in [
        "localhost",
        "127.0.0.1:1",
        "[::1]",
        "irc.example",
        "CHAT.home:80",
    ] {
        assert_eq!(asked(&format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in [
        "rebound.example",
        "127.0.0.1.rebound.example:80",
        "xirc.example",
    ] {
        assert_eq!(asked(&format!("Host: {host}\r\n")), 421, "{host}");
    }
    assert_eq!(asked(""), 400);
    assert_eq!(asked("Host: localhost\r\nHost: localhost\r\n"), 400);
    let absolute = b"GET http://rebound.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n";
    assert_eq!(ask(server.port(), absolute).unwrap().status, 400);
}

#[test]
fn frames_that_break_the_rules_end_the_connection_and_nobody_else() {
    let server = start();
    let mut ann = server.join_as("ann");
    let lengths = |top: u64| [&[0x82, 0xff][..], &top.to_be_bytes(), &[0; 4]].concat();
    for (frame, code) in [
        (vec![0x81, 1, b'x'], 1002),
        (masked(0xc1, b"x"), 1002),
        (masked(0x83, b"x"), 1002),
        (masked(0x8f, b"x"), 1002),
        (lengths(1 << 63), 1002),
        (lengths(u64::MAX), 1002),
        (lengths(1 << 40), 1009),
        (masked(0x09, b"x"), 1002),
        (masked(0x89, &[b'x'; 126]), 1002),
        (masked(0x88, b"x"), 1002),
        (masked(0x81, b"\xff\xfe"), 1007),
        (masked(0x82, b"PING x"), 1003),
        (masked(0x81, b"PING x\r\nPING y"), 1007),
        (masked(0x81, &[b'x'; 16385]), 1009),
    ] {
        let mut socket = Socket::open(server.port(), TEXT);
        socket.send_bytes(&frame);
        assert_eq!(socket.closing(), code, "{:02x?}", &frame[..2]);
    }
    let mut socket = Socket::open(server.port(), TEXT);
    socket.send_bytes(&masked(0x89, b"still there?"));
    assert_eq!(socket.frame(), Some((0x8a, b"still there?".to_vec())));
    ann.sync();
}

#[test]
fn a_head_without_end_is_refused_at_once() {
    let server = start();
    let head = [
        b"GET /irc HTTP/1.1\r\nHost: localhost\r\nX: ".to_vec(),
        vec![b'x'; 1 << 20],
    ]
    .concat();
    let began = Instant::now();
    assert_eq!(ask(server.port(), &head).unwrap().status, 431);
    let mut stream = dial(server.port());
    for byte in &head {
        if stream.write_all(&[*byte]).is_err() {
            break;
        }
    }
    // The answer may be lost to a reset: the connection is over in any case.
    let seen = web::answer(&mut stream);
    assert!(seen.is_none_or(|answer| answer.status == 431));
    assert!(began.elapsed() < Duration::from_secs(5));
    let lines = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\n{}\r\n",
        "A: b\r\n".repeat(200)
    );
    assert_eq!(ask(server.port(), lines.as_bytes()).unwrap().status, 431);
    let nine = format!(
        "GET / HTTP/1.1\r\nHost: localhost\r\nA: {}\r\n\r\n",
        "x".repeat(9000)
    );
    assert_eq!(ask(server.port(), nine.as_bytes()).unwrap().status, 431);
}

#[test]
fn no_request_hides_in_another() {
    let server = start();
    let hidden = "GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for head in [
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nContent-Length: 0\r\n\r\nabcd",
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n1;a=b\r\nx\r\n0\r\n\r\n",
        "GET / HTTP/1.1\nHost: localhost\n\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: y\nTransfer-Encoding: chunked\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: localhost\r\nX: y\r\n z\r\n\r\n",
        "GET / HTTP/1.1\r\nHost : localhost\r\n\r\n",
    ] {
        let mut stream = dial(server.port());
        let _ = stream.write_all(format!("{head}{hidden}").as_bytes());
        let mut seen = String::new();
        let _ = stream.read_to_string(&mut seen);
        assert!(seen.starts_with("HTTP/1.1 400 "), "{head:?}: {seen}");
        assert_eq!(seen.matches("HTTP/1.1").count(), 1, "{seen}");
    }
}

#[test]
fn what_is_sent_where_nothing_can_be_sent_is_not_read() {
    let server = start();
    let request = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999999\r\n\r\nx";
    assert_eq!(ask(server.port(), request.as_bytes()).unwrap().status, 413);
    for method in ["PUT", "PATCH", "DELETE", "OPTIONS"] {
        let request = format!("{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n");
        let answer = ask(server.port(), request.as_bytes()).unwrap();
        assert_eq!(
            (answer.status, answer.header("allow")),
            (405, Some("GET, HEAD"))
        );
    }
    for method in ["CONNECT x:1", "TRACE /"] {
        let request = format!("{method} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        assert!(matches!(
            ask(server.port(), request.as_bytes()).unwrap().status,
            400 | 405
        ));
    }
}

#[test]
fn a_reader_that_is_too_slow_gets_whole_frames_and_the_reason() {
    let mut config = config();
    config.limits.send_queue = 64 * 1024;
    let server = Server::start(config);
    let mut slow = Socket::open(server.port(), TEXT);
    slow.say("NICK slow");
    slow.say("USER slow 0 * :Slow");
    slow.say("JOIN #r");
    let mut ann = server.join_as("ann");
    ann.send("JOIN #r\r\n");
    ann.expect(" 366 ");
    let line = format!("PRIVMSG #r :{}\r\n", "x".repeat(400));
    let burst = line.repeat(200);
    // More than all buffers between the two hold.
    let mut quit = None;
    for _ in 0..400 {
        ann.send(&burst);
        let seen = ann.sync();
        quit = seen.into_iter().find(|line| line.contains(" QUIT "));
        if quit.is_some() {
            break;
        }
    }
    assert!(quit.unwrap().contains("SendQ exceeded"));
    let mut last = Vec::new();
    while let Some((0x81, payload)) = slow.frame() {
        last = payload;
    }
    let last = String::from_utf8(last).unwrap();
    assert!(
        last.starts_with("ERROR :") && last.contains("SendQ exceeded"),
        "{last}"
    );
}

#[test]
fn without_the_web_a_browser_is_told_what_this_is() {
    let server = Server::start(written("web: { enabled: false }"));
    let mut stream = dial(server.port());
    stream
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    let mut seen = String::new();
    stream.read_to_string(&mut seen).unwrap();
    assert!(seen.starts_with("HTTP/1.1 400 ") && seen.contains("This is an IRC server"));
}

/// An address with a port that is free.
fn free() -> std::net::SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port is free");
    listener.local_addr().expect("it is bound")
}

#[test]
fn a_door_for_websocket_takes_nothing_else() {
    let mut config = config();
    config.server.tls.enabled = Enabled::Yes;
    let (plain, secure) = (free(), free());
    config.listeners = vec![Listener::Web(plain), Listener::WebTls(secure)];
    let _server = Server::start(config);
    let mut ann = join_as(plain.port(), "ann", TEXT);
    assert_eq!(get(plain.port(), "/").status, 426);
    let mut client = Client::over(dial(plain.port()));
    client.send("NICK bob\r\nUSER bob 0 * :Bob\r\n");
    assert_eq!(
        client.rest(),
        ["ERROR :Only WebSocket is spoken at this port"]
    );
    let mut client = Client::over(dial(secure.port()));
    client.send("GET /irc HTTP/1.1\r\n\r\n");
    assert_eq!(client.rest(), ["ERROR :Only TLS is spoken at this port"]);
    let mut client = Manner::default().connect(secure.port());
    client.send("NICK bob\r\n");
    assert_eq!(
        client.rest(),
        ["ERROR :Only WebSocket is spoken at this port"]
    );
    for port in [plain.port(), secure.port()] {
        let stream = Manner::default().shake_hands(dial(port));
        let mut cid = Client::over(Lines::new(Socket::over(stream, port, TEXT)));
        cid.send("NICK cid\r\nUSER cid 0 * :Cid\r\nPRIVMSG ann :hello\r\nQUIT\r\n");
        ann.expect(":cid!cid@127.0.0.1 PRIVMSG ann :hello");
        cid.expect("ERROR :");
    }
}

#[test]
fn over_tls_the_page_and_the_websocket_are_at_the_same_port() {
    let mut config = config();
    config.server.tls.enabled = Enabled::Yes;
    let server = Server::start(config);
    let port = server.port();
    let mut stream = Manner::default().shake_hands(dial(port));
    for _ in 0..3 {
        stream
            .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            .unwrap();
        assert_eq!(web::answer(&mut stream).unwrap().status, 200);
    }
    let own = format!("Origin: https://127.0.0.1:{port}\r\n");
    for (origin, status) in [(own.as_str(), 101), (&own.replace("https", "http"), 403)] {
        let mut stream = Manner::default().shake_hands(dial(port));
        stream
            .write_all(handshake(port, origin).as_bytes())
            .unwrap();
        assert_eq!(web::answer(&mut stream).unwrap().status, status);
    }
    let stream = Manner::default().shake_hands(dial(port));
    let mut ann = Client::over(Lines::new(Socket::over(stream, port, TEXT)));
    ann.send("NICK ann\r\nUSER ann 0 * :Ann\r\nWHOIS ann\r\n");
    ann.expect(" 671 ann ann ");
}

#[test]
fn who_asks_for_pages_counts_by_address_until_they_leave() {
    let mut config = config();
    config.connections.exempt = Vec::new();
    config.connections.per_ip = Some(2);
    config.connections.new_per_minute = None;
    let server = Server::start(config);
    let mut first = dial(server.port());
    first
        .write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    assert_eq!(web::answer(&mut first).unwrap().status, 200);
    let mut second = join_as(server.port(), "ann", TEXT);
    let turned_away = |server: &Server| {
        let mut third = server.connect();
        third
            .hello("eve")
            .starts_with("ERROR :Too many connections")
    };
    assert!(turned_away(&server));
    drop(first);
    let until = Instant::now() + Duration::from_secs(20);
    while turned_away(&server) {
        assert!(Instant::now() < until, "the place is not given back");
        second.sync();
    }
}

#[test]
fn when_the_server_stops_requests_are_over_and_websockets_are_told() {
    let mut server = start();
    let mut idle = dial(server.port());
    idle.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        .unwrap();
    assert_eq!(web::answer(&mut idle).unwrap().status, 200);
    let mut socket = Socket::open(server.port(), TEXT);
    socket.say("PING x");
    socket.frame().unwrap();
    server.ask_to_stop();
    assert_eq!(socket.closing(), 1001);
    assert_eq!(idle.read(&mut [0; 10]).unwrap(), 0);
    drop((idle, socket));
    server.join().unwrap();
}

#[test]
fn garbage_behind_a_method_harms_nobody() {
    let server = start();
    let mut ann = server.join_as("ann");
    for junk in [
        &b"GET \r\n\r\n"[..],
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\n: x\r\n\r\n",
        b"GET \xff\xfe HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: \xff\r\n\r\n",
        b"POST /\0 HTTP/1.1\r\n\r\n",
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    ] {
        let mut stream = dial(server.port());
        stream.write_all(junk).unwrap();
        stream.shutdown(std::net::Shutdown::Write).unwrap();
        let mut seen = Vec::new();
        let _ = stream.read_to_end(&mut seen);
        assert!(
            !seen.starts_with(b"HTTP/1.1 2"),
            "{}",
            String::from_utf8_lossy(&seen)
        );
    }
    ann.sync();
}
