//! The guide for those who talk: its screens are those of the program, but for numbers and times. With
//! `WRITE_GUIDE=1` they are written into the page instead.

use crate::process::{Home, Served};
use crate::terminal::Terminal;
use rustix::process::Signal;
use std::fs;
use std::path::PathBuf;

const MARK: &str = "<!-- screen: ";

fn page() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("docs/client.md")
}

#[test]
fn every_screen_of_the_guide_is_the_programs() {
    let is_written = std::env::var_os("WRITE_GUIDE").is_some();
    let text = fs::read_to_string(page()).expect("the guide");
    let mut scene = Scene::begin();
    let mut whole = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        whole.push_str(line);
        whole.push('\n');
        let Some(name) = line
            .strip_prefix(MARK)
            .and_then(|rest| rest.strip_suffix(" -->"))
        else {
            continue;
        };
        let shown = scene.play(name);
        let mut told = String::new();
        if lines.next_if_eq(&"```text").is_some() {
            for line in lines.by_ref().take_while(|line| *line != "```") {
                told.push_str(line);
                told.push('\n');
            }
        }
        if !is_written {
            assert_eq!(form(&told), form(&shown), "{name} is now:\n{shown}");
        }
        whole.push_str(&format!("```text\n{shown}```\n"));
    }
    if is_written {
        fs::write(page(), whole).expect("the guide");
    }
}

/// What does not differ from one run to the next.
fn form(text: &str) -> String {
    let line = |line: &str| {
        let bare = line.trim_start_matches(|c: char| c.is_ascii_digit() || " :»".contains(c));
        let bare = bare.replace(|c: char| "-:/()".contains(c), " ");
        let word = |word: &str| match word.starts_with(|c: char| c.is_ascii_digit()) {
            true => "N".to_owned(),
            false => word.to_owned(),
        };
        bare.split_whitespace()
            .map(word)
            .collect::<Vec<_>>()
            .join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

/// Two people and their server.
struct Scene {
    alice: Terminal,
    bob: Terminal,
    server: Served,
    port: u16,
    /// Last, because the terminals are ended through files in it.
    home: Home,
}

impl Scene {
    fn begin() -> Self {
        let home = Home::new();
        let server = home.serve(&[]);
        let port = server.port;
        let bob = connect(&home, port, "bob");
        let alice = connect(&home, port, "alice");
        Self {
            home,
            server,
            port,
            alice,
            bob,
        }
    }

    /// Plays a scene; alice's screen at its end.
    fn play(&mut self, name: &str) -> String {
        if name == "script" {
            return self.script();
        }
        if name == "lost" {
            // Who is back first, alice or bob, is left to chance.
            type_in(&self.bob, "/disconnect");
            self.alice.wait_for("bob left");
        }
        if name != "arrival" {
            self.alice.keys(&["C-u"]);
            self.alice.keys(&["clear", "Enter"]);
            self.alice.wait_for_only_line("[#lobby]");
        }
        match name {
            "arrival" => self.alice.wait_for("── #lobby"),
            "talk" => self.talk(),
            "private" => self.private(),
            "broadcast" => self.broadcast(),
            "rooms" => self.rooms(),
            "people" => self.people(),
            "lost" => self.lost(),
            other => panic!("{other}: no such scene"),
        }
        let screen = self.alice.screen();
        let screen = screen.trim_end().trim_start_matches('\n');
        let screen = screen.replace(&self.port.to_string(), "55555");
        format!("{screen}\n")
    }

    fn talk(&self) {
        type_in(&self.bob, "good morning");
        self.alice.wait_for("good morning");
        type_in(&self.alice, "morning, bob");
        self.alice.wait_for("alice │ morning, bob");
        type_in(&self.bob, "alice: the build is green");
        self.alice.wait_for("the build is green");
        type_in(&self.alice, "/me is glad");
        self.alice.wait_for("alice is glad");
        self.alice.wait_for_last_line("      [#lobby]");
    }

    fn private(&self) {
        type_in(&self.alice, "/dm bob lunch at noon?");
        self.alice.wait_for("you → bob │ lunch");
        self.bob.wait_for("alice → you │ lunch");
        type_in(&self.bob, "/r with pleasure");
        self.alice.wait_for("bob → you │ with pleasure");
        type_in(&self.alice, "/r fine");
        self.alice.wait_for("you → bob │ fine");
        type_in(&self.alice, "send bobb and bring carol");
        self.alice.wait_for("No user bobb");
        self.alice.wait_for_last_line("      [#lobby]");
    }

    fn broadcast(&self) {
        type_in(&self.alice, "broadcast the printer is back");
        self.alice.wait_for("you → all");
        type_in(&self.alice, "broadcast user bob,carol lunch is at one");
        self.alice.wait_for("carol is not online");
        self.alice.wait_for_last_line("      [#lobby]");
    }

    fn rooms(&self) {
        type_in(&self.alice, "/join #dev");
        self.alice.wait_for_last_line("      [#dev]");
        type_in(&self.bob, "see you, alice");
        self.alice.wait_for("#lobby bob │ see you");
        self.alice.keys(&["-l", "half a li"]);
        self.alice.wait_for_last_line("   !1 [#dev] half a li");
        self.alice.keys(&["M-a"]);
        self.alice.wait_for_last_line("      [#lobby] half a li");
        self.alice.keys(&["-l", "ne"]);
        self.alice.wait_for(" unread since ");
        self.alice
            .wait_for("bob │ see you, alice\n      [#lobby] half a line");
    }

    fn people(&self) {
        type_in(&self.bob, "/away lunch");
        self.bob.wait_for("marked as away");
        type_in(&self.alice, "whoelse");
        self.alice.wait_for("1 other online");
        type_in(&self.alice, "wholast 60");
        self.alice.wait_for("Seen in the last 60 minutes");
        self.alice.wait_for_last_line("      [#lobby]");
    }

    fn lost(&mut self) {
        self.server.signal(Signal::KILL);
        self.server.wait();
        self.alice.wait_for("Trying again");
        type_in(&self.alice, "this waits");
        self.alice.wait_for("(1 unsent)");
        let port = self.port.to_string();
        self.server = Home::start(self.home.chat(&["serve", &port]));
        self.alice.wait_for("── back after ");
        self.alice.wait_for_last_line("      [#lobby]");
    }

    /// What a shell shows.
    fn script(&self) -> String {
        type_in(&self.bob, "/reconnect");
        self.alice.wait_for("bob joined");
        let port = self.port.to_string();
        let mut shown = String::new();
        for (typed, input, code) in [
            ("printf 'the backup is done\\n'", "the backup is done\n", 0),
            ("printf '/dm bobb hi\\n'", "/dm bobb hi\n", 8),
        ] {
            let ran = self.home.run_with(
                &[
                    "connect",
                    "127.0.0.1",
                    &port,
                    "--nick",
                    "ci",
                    "--quiet",
                    "--history",
                    "0",
                ],
                input,
            );
            assert_eq!(ran.code, code, "{ran:?}");
            let command = "chat connect 127.0.0.1 55555 --nick ci --quiet --history 0; echo $?";
            shown.push_str(&format!(
                "$ {typed} | {command}\n{}{}{code}\n",
                ran.out, ran.err
            ));
        }
        shown
    }
}

fn connect(home: &Home, port: u16, nick: &str) -> Terminal {
    let port = port.to_string();
    let terminal = Terminal::run_as(home, nick, &["connect", "127.0.0.1", &port, "--nick", nick]);
    terminal.wait_for_last_line("      [#lobby]");
    terminal
}

fn type_in(terminal: &Terminal, line: &str) {
    terminal.keys(&["-l", line]);
    terminal.keys(&["Enter"]);
}
