//! `client.yaml`: servers with names, settings that stay, and the server used last.

use crate::process::Home;

/// Writes the person's file.
fn write(home: &Home, text: &str) {
    let directory = home.path().join(".config/chat");
    std::fs::create_dir_all(&directory).expect("a directory");
    std::fs::write(directory.join("client.yaml"), text).expect("a file");
}

#[test]
fn a_saved_server_is_called_by_its_name_and_then_by_nothing() {
    let home = Home::new();
    let server = home.serve(&[]);
    let mut bob = server.client("bob");
    let port = server.port;
    write(
        &home,
        &format!("servers:\n  work: {{ host: 127.0.0.1, port: {port}, nick: ann, to: bob }}\n"),
    );
    let ran = home.run_with(&["connect", "work"], "hello by name\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    bob.until("ann!");
    bob.until("hello by name");
    let ran = home.run_with(&["connect"], "hello again\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    bob.until("hello again");
    let ran = home.run_with(&["connect", "work", "--nick", "carol"], "as carol\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    bob.until("carol!");
}

#[test]
fn what_is_wrong_in_the_file_is_told_and_passed_over() {
    let home = Home::new();
    let server = home.serve(&[]);
    write(&home, "ui:\n  bel: off\n  time: sometimes\nalias: 7\n");
    let port = server.port.to_string();
    let ran = home.run_with(&["connect", "127.0.0.1", &port, "--nick", "ann"], "hi\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    for part in [
        "client.yaml:2:3  warning  ui.bel is unknown (did you mean \"bell\"?)",
        "client.yaml:3:3  warning  ui.time is always, minute, seconds or never",
        "client.yaml:4:1",
    ] {
        assert!(ran.err.contains(part), "{part}: {ran:?}");
    }
}

#[test]
fn what_is_set_is_so_the_next_time() {
    let home = Home::new();
    let server = home.serve(&[]);
    let port = server.port.to_string();
    let words = ["connect", "127.0.0.1", &port, "--nick", "ann"];
    let ran = home.run_with(&words, "/set time never\n/alias hey=/say hey $1\n");
    assert_eq!(ran.code, 0, "{ran:?}");
    let ran = home.run_with(&words, "/hey bob\n");
    assert!(ran.out.contains("ann: hey bob\n"), "{ran:?}");
    assert!(
        ran.out.starts_with("ann:") || ran.out.contains("\nann:"),
        "{ran:?}"
    );
}
