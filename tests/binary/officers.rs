//! Operators who are not the server's own user: who is let in, what each role may, and that all of it is recorded;
//! and deeds against connections that are hardly there.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "helpers of tests may panic"
)]

use crate::process::{Home, Ran};
use serde_json::Value;
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

const NOBODY: u32 = 65534;
/// A user that is in no group of ours.
const STRANGER: u32 = 65533;

/// The name of nobody's group; `None` where others cannot be tried, since only root can be somebody else.
fn group() -> Option<String> {
    let table = fs::read_to_string("/etc/group").ok()?;
    let suffix = format!(":{NOBODY}:");
    let row = table.lines().find(|row| row.contains(&suffix))?;
    let name = row.split(':').next()?.to_owned();
    rustix::process::geteuid().is_root().then_some(name)
}

/// A house that others can enter, with the binary in it.
struct Open {
    home: Home,
    tool: PathBuf,
    config: PathBuf,
}

impl Open {
    fn new(admin: &str) -> Self {
        let home = Home::new();
        let tool = home.path().join("chat");
        fs::copy(env!("CARGO_BIN_EXE_chat"), &tool).unwrap();
        for path in [home.path(), &home.path().join("run"), &tool] {
            open(path, 0o755);
        }
        let config = home.path().join("chat.yaml");
        fs::write(&config, format!("admin: {{ {admin} }}\n")).unwrap();
        Self { home, tool, config }
    }

    fn words(&self) -> [String; 4] {
        let data = self.home.path().join("data").display().to_string();
        let config = self.config.display().to_string();
        ["--config".into(), config, "--data".into(), data]
    }

    /// Runs the tool as this user and group.
    fn run_as(&self, (uid, gid): (u32, u32), port: u16, words: &[&str]) -> Ran {
        let socket = self.home.sockets().join(format!("{port}.sock"));
        let mut command = Command::new(&self.tool);
        command.arg("admin").arg("--socket").arg(socket).args(words);
        Ran::of(command.uid(uid).gid(gid).output().expect("it starts"))
    }

    /// What was recorded: who, what, with which outcome.
    fn deeds(&self) -> Vec<(String, String, String)> {
        let audit = self.home.run(&["admin", "--json", "audit"]).json();
        let text = |deed: &Value, key: &str| deed[key].as_str().unwrap_or("?").to_owned();
        let deeds = audit["data"].as_array().expect("a list").iter();
        deeds
            .map(|deed| {
                (
                    text(deed, "user"),
                    text(deed, "command"),
                    text(deed, "result"),
                )
            })
            .collect()
    }
}

fn open(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn deed(user: &str, command: &str, result: &str) -> (String, String, String) {
    (user.into(), command.into(), result.into())
}

#[test]
fn the_group_may_look_and_no_more_and_what_it_tries_is_recorded() {
    let Some(group) = group() else { return };
    let house = Open::new(&format!("group: {group}"));
    let words = house.words();
    let server = house.home.serve(&words.each_ref().map(String::as_str));
    let mut bob = server.client("bob");
    let as_nobody = |words: &[&str]| house.run_as((NOBODY, NOBODY), server.port, words);
    let list = as_nobody(&["list"]);
    assert_eq!(list.code, 0, "{list:?}");
    assert!(list.out.contains("bob"), "{list:?}");
    let kick = as_nobody(&["kick", "bob"]);
    assert_eq!((kick.code, kick.out.as_str()), (4, ""));
    let expected = "Not allowed: you are nobody (uid 65534); role \"viewer\" can list, not kick.\n";
    assert_eq!(kick.err, expected);
    bob.send("PING still-here");
    bob.until("still-here");
    assert_eq!(house.deeds(), [deed("nobody", "kick", "not_allowed")]);
}

#[test]
fn a_role_given_to_the_group_moderates_and_does_not_stop_the_server() {
    let Some(group) = group() else { return };
    let admin = format!("group: {group}, roles: {{ '@{group}': moderator }}");
    let house = Open::new(&admin);
    let words = house.words();
    let server = house.home.serve(&words.each_ref().map(String::as_str));
    let mut bob = server.client("bob");
    let as_nobody = |words: &[&str]| house.run_as((NOBODY, NOBODY), server.port, words);
    let kick = as_nobody(&["kick", "bob"]);
    assert_eq!(kick.code, 0, "{kick:?}");
    assert!(bob.rest().contains("ERROR"));
    for words in [
        &["stop", "--now", "--yes"][..],
        &["log"],
        &["config", "show"],
    ] {
        let ran = as_nobody(words);
        assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{words:?}");
        assert!(
            ran.err.contains("role \"moderator\" can kick, not "),
            "{ran:?}"
        );
    }
    let expected = [
        deed("nobody", "kick", "done"),
        deed("nobody", "stop", "not_allowed"),
        deed("nobody", "log", "not_allowed"),
        deed("nobody", "config show", "not_allowed"),
    ];
    assert_eq!(house.deeds(), expected);
}

#[test]
fn who_is_in_no_group_of_ours_is_stopped_and_recorded_if_the_files_let_them_through() {
    let Some(group) = group() else { return };
    let house = Open::new(&format!("group: {group}"));
    let words = house.words();
    let server = house.home.serve(&words.each_ref().map(String::as_str));
    let as_stranger = || house.run_as((STRANGER, STRANGER), server.port, &["list"]);
    let ran = as_stranger();
    assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{ran:?}");
    assert_eq!(house.deeds(), [], "the files stopped them");
    open(&house.home.sockets(), 0o755);
    open(
        &house.home.sockets().join(format!("{}.sock", server.port)),
        0o666,
    );
    let ran = as_stranger();
    assert_eq!((ran.code, ran.out.as_str()), (4, ""), "{ran:?}");
    assert!(ran.err.contains("you are uid 65533"), "{ran:?}");
    let deeds = house.deeds();
    assert_eq!(deeds.len(), 1, "{deeds:?}");
    assert_eq!(
        deeds[0],
        deed("uid 65533", &deeds[0].1.clone(), "not_allowed")
    );
}

#[test]
fn a_connection_without_a_name_is_ended_by_its_id_and_the_id_means_nobody_else_after() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut unnamed = server.dial();
    unnamed.send("PING early");
    unnamed.until("early");
    let kicked = home.run(&["admin", "kick", "#0.1"]);
    assert_eq!(kicked.code, 0, "{kicked:?}");
    unnamed.rest();
    let mut next = server.client("next");
    let id = home.run(&["admin", "--json", "list"]).json()["data"][0]["id"].clone();
    assert_ne!(id, "0.1", "its place is taken, its id is not");
    let again = home.run(&["admin", "kick", "#0.1"]);
    assert_eq!((again.code, again.out.as_str()), (8, ""), "{again:?}");
    next.send("PING here");
    next.until("here");
}

#[test]
fn the_words_of_a_deed_are_one_escaped_line_wherever_they_go() {
    let home = Home::new();
    let data = home.path().join("data");
    let server = home.serve(&["--data", data.to_str().unwrap()]);
    let mut one = server.client("one");
    let mut two = server.client("two");
    let reason = format!("a \"b\"\r\nQUIT :x\u{1b}[2J\u{202e}{}", "y".repeat(10_000));
    for words in [
        &["ban", "two", "--kick", "--yes", "-r", &reason][..],
        &["broadcast", "hi\r\nQUIT\u{1b}]0;x\u{7}"],
        &["kick", "one", "-r", &reason],
    ] {
        let ran = home.run(&[&["admin"], words].concat());
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(!ran.out.contains(['\u{1b}', '\r']), "{ran:?}");
    }
    let heard = [one.rest(), two.rest()].concat();
    for line in heard.lines() {
        assert!(!line.starts_with("QUIT") && line.len() < 600, "{line}");
        assert!(
            !line.contains(['\u{1b}', '\u{7}', '\r', '\u{202e}']),
            "{line:?}"
        );
    }
    let record = fs::read_to_string(data.join("audit.log")).unwrap();
    assert_eq!(record.lines().count(), 6, "{record}");
    assert!(!record.contains(['\u{1b}', '\r', '\u{202e}']), "{record}");
    for line in record.lines() {
        serde_json::from_str::<Value>(line).expect("JSON");
    }
    for shown in [home.run(&["admin", "audit"]), home.run(&["admin", "log"])] {
        assert_eq!(shown.code, 0);
        assert!(
            !shown.out.contains(['\u{1b}', '\r', '\u{202e}']),
            "{shown:?}"
        );
    }
}
