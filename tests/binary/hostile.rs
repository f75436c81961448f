//! A server that means harm: the client stays within its memory, takes no orders, and can be typed in.

use crate::client::alice;
use crate::process::Home;
use crate::terminal::Terminal;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::thread;

/// Most memory that the client may ever have had, in KiB.
const MOST: usize = 100 * 1024;

/// The most memory that the program has had so far, in KiB.
pub(crate) fn memory(terminal: &Terminal) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", terminal.program()));
    let status = status.expect("it runs");
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let number = line
        .and_then(|line| line.split_whitespace().nth(1))
        .expect("a number");
    number.parse().expect("a number")
}

#[test]
fn a_line_without_end_is_not_gathered_for_ever() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let piece = vec![b'x'; 1024 * 1024];
    // It ends long before a GiB: the client hangs up.
    let sent = (0..1024).take_while(|_| fake.try_send(&piece)).count();
    assert!(sent < 1024, "all was taken");
    terminal.wait_for("Connection lost (a line without end came)");
    terminal.wait_for("── back after ");
    assert!(memory(&terminal) < MOST, "{} KiB", memory(&terminal));
}

#[test]
fn a_flood_of_lines_names_and_rooms_stays_within_bounds_and_typing_goes_on() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    for number in 0..10_000 {
        fake.send(format!(":alice!u@h JOIN #room{number}\r\n"));
    }
    for batch in 0..2_000 {
        let names: Vec<String> = (0..500)
            .map(|number| format!("n{batch}x{number}"))
            .collect();
        fake.send(format!(":fake 353 alice = #lobby :{}\r\n", names.join(" ")));
    }
    fake.send(":fake 366 alice #lobby :End\r\n");
    let many: String = (0..1000)
        .map(|number| format!(":bob!u@h PRIVMSG #lobby :flood {number}\r\n"))
        .collect();
    terminal.keys(&["-l", "typed"]);
    for _ in 0..300 {
        fake.send(&many);
    }
    terminal.keys(&["-l", " in the flood"]);
    fake.send(":bob!u@h PRIVMSG #lobby :the end of it\r\nPING there\r\n");
    fake.hear("PONG :there");
    terminal.wait_for("the end of it");
    terminal.wait_for("typed in the flood");
    terminal.keys(&["Enter"]);
    let heard = fake.hear("typed in the flood");
    let said = heard.last().expect("a line");
    assert!(said.ends_with(":typed in the flood"), "{said}");
    assert!(memory(&terminal) < MOST, "{} KiB", memory(&terminal));
}

#[test]
fn answers_that_a_server_does_not_read_are_not_heaped_up() {
    let home = Home::new();
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let server = thread::spawn(move || {
        let (mut client, _) = listener.accept().expect("a client");
        let welcome = ":s 001 alice :Hello\r\n:s 422 alice :No\r\n:s PONG s arrival\r\n\
            :alice!u@h JOIN #lobby\r\n";
        client.write_all(welcome.as_bytes()).expect("it reads");
        let pings = format!("PING :{}\r\n", "x".repeat(400)).repeat(2000);
        // It ends long before a GiB: the client hangs up.
        let sent = (0..1300).take_while(|_| client.write_all(pings.as_bytes()).is_ok());
        sent.count()
    });
    let port = port.to_string();
    let terminal = Terminal::run(&home, &["connect", "127.0.0.1", &port, "--nick", "alice"]);
    terminal.wait_for("Connection lost (the server takes nothing more)");
    assert!(memory(&terminal) < MOST, "{} KiB", memory(&terminal));
    terminal.keys(&["/quit", "Enter"]);
    terminal.wait_for("ended with 0");
    assert!(server.join().expect("no panic") < 1300, "all was taken");
}

#[test]
fn names_that_would_be_orders_elsewhere_are_names_here() {
    let home = Home::new();
    let (fake, terminal) = alice(&home);
    let evil = ["zz%s%n", "zz${HOME}", "zz$(id)", "zz`id`"];
    for name in evil {
        fake.send(format!(":{name}!u@h JOIN #lobby\r\n"));
        fake.send(format!(":{name}!u@h PRIVMSG #lobby :{name} $(id) %s\r\n"));
    }
    fake.send(":fake 332 alice #lobby :%s ${HOME} $(id)\r\n");
    fake.send(":zz`id`!u@h NICK :zz\u{1b}[31m\r\nPING there\r\n");
    fake.hear("PONG :there");
    terminal.wait_for("zz`id` $(id) %s");
    // Unclean names are not completed; the others stand there as they are.
    terminal.keys(&["-l", "/dm zz$("]);
    terminal.keys_until(&["Tab"], "      [#lobby] /dm zz$(id)");
    terminal.keys(&["C-u"]);
    terminal.keys(&["-l", "/dm zz"]);
    terminal.keys(&["Tab", "Tab"]);
    terminal.wait_for("zz%s%n");
    let all = terminal.everything();
    assert!(
        !all.contains("uid=") && !all.contains(home.path().to_str().expect("a path")),
        "{all}"
    );
    assert!(!terminal.title().contains("zz"), "{}", terminal.title());
    fake.send("ERROR :%s ${HOME} $(id) \u{1b}]2;x\u{7}\r\n");
    terminal.wait_for("%s ${HOME} $(id) ␛]2;x␇");
}
