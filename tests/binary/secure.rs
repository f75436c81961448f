//! TLS of the real server: certificates from files, its own, reloading them under load, other people's clients.

use crate::irc;
use crate::over_tls::{Manner, Own};
use crate::process::{DEADLINE, Home, Served};
use crate::terminal::Terminal;
use rustix::process::Signal;
use std::fs;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

/// Reloads under load.
const RELOADS: usize = 100;

struct Site {
    home: Home,
}

impl Site {
    fn new() -> Self {
        Self { home: Home::new() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Gives the server another certificate.
    fn certify(&self, own: &Own) {
        own.write(&self.path("cert.pem"), &self.path("key.pem"));
    }

    /// Writes the configuration: these certificates, and whatever else.
    fn configure(&self, more: &str) {
        let [cert, key, log] = ["cert.pem", "key.pem", "log"].map(|name| self.path(name));
        let (cert, key, log) = (cert.display(), key.display(), log.display());
        let text = format!(
            "server: {{ tls: {{ cert: {cert}, key: {key} }} }}\nflood: {{ enabled: false }}\nlog: {{ target: {log} }}\n{more}"
        );
        fs::write(self.path("chat.yaml"), text).expect("a file of ours");
    }

    fn serve(&self) -> Served {
        self.home
            .serve(&["--config", &self.path("chat.yaml").to_string_lossy()])
    }

    /// How often the log says this.
    fn logged(&self, part: &str) -> usize {
        let log = fs::read_to_string(self.path("log")).unwrap_or_default();
        log.matches(part).count()
    }
}

#[test]
fn certificates_are_reloaded_under_load_and_broken_ones_change_nothing() {
    let site = Site::new();
    let made = [Own::new(&["one.example"]), Own::new(&["two.example"])];
    site.certify(&made[0]);
    site.configure("");
    let served = site.serve();
    let (port, manner) = (served.port, Manner::default());
    let mut hearers: Vec<irc::Client> = vec![
        manner.join_as(port, "ann"),
        manner.join_as(port, "bob"),
        irc::join_as(port, "carl"),
    ];
    let mut speaker = manner.join_as(port, "speaker");
    for client in hearers.iter_mut().chain([&mut speaker]) {
        client.send("JOIN #r\r\n");
        client.sync();
    }
    hearers.iter_mut().for_each(|client| drop(client.sync()));
    let is_over = AtomicBool::new(false);
    let said = std::thread::scope(|scope| {
        let speaking = scope.spawn(|| {
            let mut said = 0;
            while !is_over.load(Ordering::Acquire) {
                speaker.send(&format!("PRIVMSG #r :n{said}.\r\n"));
                speaker.sync();
                said += 1;
            }
            said
        });
        reload_often(&site, &served, &made);
        is_over.store(true, Ordering::Release);
        speaking.join().expect("the speaker was not dropped")
    });
    assert!(said > RELOADS, "{said} lines");
    for client in &mut hearers {
        let heard = client.sync();
        let heard = heard.iter().filter(|line| line.contains("PRIVMSG #r :"));
        for (line, n) in heard.zip(0..) {
            assert!(line.ends_with(&format!(":n{n}.")), "{line} for {n}");
        }
        client.send("LUSERS\r\n");
        client.expect(" 251 ");
    }
}

/// Swaps certificates, breaks them and the configuration, in turn.
fn reload_often(site: &Site, served: &Served, made: &[Own; 2]) {
    let [first, second] = made;
    let (mut refused, mut current, mut other) = (0, first, second);
    for n in 0..RELOADS {
        site.configure("");
        match n % 4 {
            0 => fs::write(site.path("cert.pem"), "no certificate").expect("a file of ours"),
            1 => site.configure("limitz: {}\n"),
            2 => other.write(&site.path("other.pem"), &site.path("key.pem")),
            _ => {
                std::mem::swap(&mut current, &mut other);
                site.certify(current);
            }
        }
        refused += usize::from(n % 4 != 3);
        served.signal(Signal::HUP);
        let begin = Instant::now();
        // Each look at the certificate is a handshake of its own, which takes its time.
        loop {
            let shown = Manner::default().certificate(served.port);
            if n % 4 == 3 && shown == current.cert {
                break;
            }
            if n % 4 != 3 && site.logged("nothing changes") == refused {
                assert!(shown == current.cert, "reload {n}");
                break;
            }
            assert!(begin.elapsed() < DEADLINE, "reload {n}");
        }
        if n % 4 != 3 {
            site.certify(current);
        }
    }
}

#[test]
fn a_key_that_everybody_can_read_is_refused_and_so_is_that_of_another_certificate() {
    let site = Site::new();
    site.certify(&Own::new(&["one.example"]));
    site.configure("");
    let config = site.path("chat.yaml");
    let serve = || {
        site.home
            .run(&["serve", "0", "--config", &config.to_string_lossy()])
    };
    fs::set_permissions(site.path("key.pem"), fs::Permissions::from_mode(0o644)).unwrap();
    let ran = serve();
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(
        ran.err
            .contains("is open to every user of this host; do: chmod 600 "),
        "{ran:?}"
    );
    Own::new(&["two.example"]).write(&site.path("other.pem"), &site.path("key.pem"));
    let path = config.to_string_lossy();
    let checked = site.home.run(&["serve", "--check", "--config", &path]);
    assert_eq!(checked.code, 5, "{checked:?}");
    let ran = serve();
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(
        ran.err.contains("the key belongs to another certificate"),
        "{ran:?}"
    );
    fs::remove_file(site.path("cert.pem")).unwrap();
    let ran = serve();
    assert_eq!(ran.code, 5, "{ran:?}");
    assert!(ran.err.contains("cert.pem cannot be read"), "{ran:?}");
}

#[test]
fn a_server_makes_its_own_certificate_once_and_tells_its_fingerprint() {
    let home = Home::new();
    let data = home.path().join("data");
    let words = ["--tls", "--data", &data.to_string_lossy()];
    let fingerprints = [(); 2].map(|()| {
        let served = home.serve(&words);
        let line = served.greeting.iter().find(|line| line.starts_with("TLS "));
        let line = line.expect("a line about TLS").clone();
        let shown = Manner::default().certificate(served.port);
        let told = chat::proto::fingerprint::Fingerprint::of(&shown).to_string();
        assert!(
            line.contains("own certificate") && line.contains(&told),
            "{line}"
        );
        told
    });
    assert_eq!(fingerprints[0], fingerprints[1]);
    let mode = fs::metadata(data.join("tls/key.pem"))
        .unwrap()
        .permissions();
    assert_eq!(mode.mode() & 0o777, 0o600);
    let served = home.serve(&["--no-tls"]);
    assert!(!served.greeting.iter().any(|line| line.starts_with("TLS ")));
}

#[test]
fn operators_see_who_speaks_tls_and_until_when_the_certificate_counts() {
    let home = Home::new();
    let served = home.serve(&["--tls"]);
    let _ann = Manner::default().join_as(served.port, "ann");
    let _bob = served.client("bob");
    let list = home.run(&["admin", "list", "--json"]).json();
    let tls = |name: &str| {
        let users = list["data"].as_array().expect("users");
        let user = users.iter().find(|user| user["name"] == name);
        user.expect("the user")["tls"].clone()
    };
    assert_eq!((tls("ann"), tls("bob").is_null()), ("1.3".into(), true));
    let status = home.run(&["admin", "status"]);
    assert!(
        status.out.contains("TLS           valid to 20"),
        "{status:?}"
    );
}

/// Runs `openssl s_client` with these words and this input.
fn openssl(port: u16, words: &[&str], input: &str) -> (bool, String) {
    let mut child = Command::new("openssl")
        .args(["s_client", "-connect", &format!("127.0.0.1:{port}")])
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("openssl is installed");
    let mut stdin = child.stdin.take().expect("a pipe");
    let _ = stdin.write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    drop(stdin);
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

#[test]
fn openssl_comes_in_verifies_and_is_refused_with_what_is_too_old() {
    let home = Home::new();
    let data = home.path().join("data");
    let served = home.serve(&["--tls", "--data", &data.to_string_lossy()]);
    let ca = data.join("tls/cert.pem");
    let ca = ca.to_string_lossy();
    let hello = "NICK ann\nUSER ann 0 * :ann\nQUIT :bye\n";
    for version in ["-tls1_2", "-tls1_3"] {
        let words = [
            "-quiet",
            "-CAfile",
            &ca,
            "-verify_return_error",
            "-verify_hostname",
            "localhost",
            version,
        ];
        let (is_done, text) = openssl(served.port, &words, hello);
        assert!(
            is_done && text.contains(" 001 ann ") && text.contains("ERROR :Quit: bye"),
            "{text}"
        );
    }
    for words in [
        ["-tls1", "-cipher", "ALL:@SECLEVEL=0"],
        ["-tls1_1", "-cipher", "ALL:@SECLEVEL=0"],
        ["-tls1_2", "-cipher", "AES128-SHA"],
    ] {
        let (is_done, text) = openssl(served.port, &words, hello);
        assert!(!is_done && text.contains("alert"), "{words:?}: {text}");
    }
}

#[test]
fn irssi_and_weechat_talk_over_tls() {
    let home = Home::new();
    let served = home.serve(&["--tls"]);
    let port = served.port;
    let irssi = Terminal::shell(&home, "irssi", "irssi -n ann");
    irssi.wait_for("Irssi");
    let order = format!("/connect -tls -notls_verify 127.0.0.1 {port}");
    irssi.keys(&[&order, "Enter"]);
    irssi.wait_for("There is no message of the day");
    let orders =
        format!("/server add chat 127.0.0.1/{port} -tls -notls_verify -nicks=wee;/connect chat");
    let weechat = Terminal::shell(&home, "weechat", &format!("weechat -r '{orders}'"));
    weechat.wait_for("Channel #lobby: 2 nicks");
    weechat.keys(&["hello over tls", "Enter"]);
    irssi.keys(&["M-2"]);
    irssi.wait_for("hello over tls");
}
