//! Browsers and the operator: they are marked in the list, and told when another process takes over.

use crate::irc::Client;
use crate::process::Home;
use crate::upgrade::upgrade;
use crate::web::{Lines, Socket, TEXT, get, join_as};
use serde_json::Value;

#[test]
fn who_is_here_with_a_browser_is_marked_and_found() {
    let home = Home::new();
    let served = home.serve(&[]);
    let _ann = join_as(served.port, "ann", TEXT);
    let _bob = served.client("bob");
    let ran = home.run(&["admin", "list"]);
    let line = |name: &str| ran.out.lines().find(|line| line.starts_with(name));
    assert!(
        line("ann").is_some_and(|line| line.contains(" (web) ")),
        "{ran:?}"
    );
    assert!(
        line("bob").is_some_and(|line| !line.contains("(web)")),
        "{ran:?}"
    );
    let list = home.run(&["admin", "--json", "list", "--web"]).json();
    let rows = list.get("data").and_then(Value::as_array).expect("rows");
    assert_eq!(rows.len(), 1, "{list}");
    assert_eq!(list.pointer("/data/0/name"), Some(&Value::from("ann")));
    assert_eq!(list.pointer("/data/0/web"), Some(&Value::Bool(true)));
    let shown = home.run(&["admin", "show", "user", "ann"]);
    assert!(shown.out.contains(" (web) "), "{shown:?}");
}

#[test]
fn a_browser_is_told_that_another_process_takes_over_which_then_serves_it() {
    let home = Home::new();
    let directory = home.path().join("data").display().to_string();
    let served = home.serve(&["--data", &directory]);
    let mut socket = Socket::open(served.port, TEXT);
    for line in ["NICK ann", "USER ann 0 * :Ann", "JOIN #x"] {
        socket.say(line);
    }
    let mut bob = served.client("bob");
    bob.send("JOIN #x\r\nPING joined");
    bob.until("joined");
    let heir = upgrade(&home, served.port);
    assert_eq!(socket.closing(), 1012);
    assert_eq!(get(served.port, "/").status, 200);
    let mut ann = Client::over(Lines::new(Socket::open(served.port, TEXT)));
    ann.send("NICK cid\r\nUSER cid 0 * :Cid\r\nJOIN #x\r\nPRIVMSG #x :back\r\n");
    bob.until("PRIVMSG #x :back");
    drop(heir);
}
