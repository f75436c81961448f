//! The configuration read again while the server runs, and passwords that take their time.

use crate::process::{Client, DEADLINE, Home, Served};
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::time::Instant;

/// Of "horse", as cheap as can be.
const HASH: &str =
    "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$fk3Q5FTeUgCnZ41WUgsVNZJFjX/jWOx1ddhtVpxc3Hg";

struct Site {
    home: Home,
    served: Served,
}

impl Site {
    /// A server with this configuration.
    fn new(yaml: &str) -> Self {
        let home = Home::new();
        write(&home, yaml);
        let path = home.path().join("chat.yaml");
        let served = home.serve(&["--config", &path.to_string_lossy()]);
        Self { home, served }
    }

    fn operator(&self) -> Client {
        let mut client = self.served.client("boss");
        client.send("OPER root horse");
        client.until(" MODE boss +o");
        client
    }
}

fn write(home: &Home, yaml: &str) {
    let path = home.path().join("chat.yaml");
    let next = home.path().join("next.yaml");
    fs::write(&next, yaml).expect("a file of ours");
    fs::set_permissions(&next, fs::Permissions::from_mode(0o600)).expect("a file of ours");
    fs::rename(next, path).expect("a file of ours");
}

fn opers() -> String {
    format!("opers: [{{ name: root, password: '{HASH}', role: admin }}]\n")
}

#[test]
fn what_follows_a_password_waits_until_it_is_compared() {
    let site = Site::new(&opers());
    let mut client = site.served.client("ann");
    client.send("OPER root wrong\r\nPING one\r\nOPER root horse\r\nPING two\r\nLUSERS");
    let seen = client.until(" 266 ");
    let place = |part: &str| seen.iter().position(|line| line.contains(part)).unwrap();
    let places = [" 464 ", ":one", " 381 ", " +o", ":two", " 252 "].map(place);
    assert!(places.is_sorted(), "{seen:#?}");
}

#[test]
fn an_operator_has_the_file_read_again() {
    let site = Site::new(&format!("{}server: {{ motd: [old] }}\n", opers()));
    let (mut root, mut ann) = (site.operator(), site.served.client("ann"));
    write(
        &site.home,
        &format!(
            "{}server: {{ motd: [new], bind: 0.0.0.0 }}\nlimits: {{ nick: 4 }}\n",
            opers()
        ),
    );
    root.send("REHASH\r\nPING done");
    let said = root.until(":done").join("\n");
    assert!(said.contains(" 382 boss "), "{said}");
    assert!(said.contains("server.motd has changed\n"), "{said}");
    assert!(
        said.contains("server.bind has changed in the file and counts after a restart"),
        "{said}"
    );
    ann.send("MOTD");
    assert!(ann.until(" 376 ").join("\n").contains(":- new"));
    ann.send("NICK longer");
    ann.until(" 432 ");

    write(&site.home, "limitz: {}\nlimits: { nick: many }\n");
    root.send("REHASH\r\nPING done2");
    let said = root.until(":done2").join("\n");
    for part in [
        "unknown key \"limitz\" (did you mean",
        "limits.nick must be",
        "nothing changes",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    ann.send("NICK longer");
    ann.until(" 432 ");

    write(&site.home, "opers: []\n");
    root.send("REHASH");
    root.until(" MODE boss -o");
    root.send("REHASH");
    root.until(" 481 ");
}

#[test]
fn what_operators_do_on_irc_is_logged_without_passwords() {
    let site = Site::new(&opers());
    let mut root = site.operator();
    let mut ann = site.served.client("ann");
    ann.send("OPER root guessed");
    ann.until(" 464 ");
    root.send("KILL ann :rude\r\nREHASH");
    root.until(" 382 ");
    ann.rest();
    drop((root, ann));
    site.served.signal(Signal::TERM);
    let (status, text) = site.served.end();
    assert!(status.success(), "{text}");
    for part in [
        " info  boss!boss@127.0.0.1: OPER root, role admin\n",
        " info  ann!ann@127.0.0.1: OPER refused: ",
        " info  boss!boss@127.0.0.1: KILL ann, reason \"rude\"\n",
        " info  boss!boss@127.0.0.1: REHASH\n",
        " info  Nothing has changed\n",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        !text.contains("horse") && !text.contains("guessed"),
        "{text}"
    );
}

#[test]
fn sighup_has_the_file_read_again() {
    let site = Site::new("server: { motd: [old] }\n");
    let mut ann = site.served.client("ann");
    write(
        &site.home,
        "server: { motd: [new] }\nflood: { enabled: false }\n",
    );
    site.served.signal(Signal::HUP);
    let begin = Instant::now();
    loop {
        ann.send("MOTD");
        if ann.until(" 376 ").join("\n").contains(":- new") {
            break;
        }
        assert!(begin.elapsed() < DEADLINE, "it is not read again");
    }
    site.served.signal(Signal::TERM);
    drop(ann);
    let (status, text) = site.served.end();
    assert!(status.success(), "{text}");
    for part in [
        "SIGHUP",
        "server.motd has changed",
        "flood.enabled has changed",
    ] {
        assert!(text.contains(&format!(" info  {part}")), "{text}");
    }
}
