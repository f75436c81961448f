//! The admin socket itself: who gets in, what bad bytes get, what is done about other files in its place.

use crate::process::{DEADLINE, Home};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::{UnixListener, UnixStream};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

/// Sends bytes and reads one answer; `Null` if the connection ended.
fn ask(stream: &mut BufReader<UnixStream>, request: &[u8]) -> Value {
    let _ = stream.get_mut().write_all(request);
    let mut answer = String::new();
    let _ = stream.read_line(&mut answer);
    serde_json::from_str(&answer).unwrap_or(Value::Null)
}

fn connect(path: &Path) -> BufReader<UnixStream> {
    let stream = UnixStream::connect(path).expect("it listens");
    stream.set_read_timeout(Some(DEADLINE)).expect("a socket");
    BufReader::new(stream)
}

const LIST: &[u8] = b"{\"v\":1,\"request\":{\"command\":\"list\"}}\n";

#[test]
fn anything_that_is_no_request_is_answered_and_the_server_lives() {
    let home = Home::new();
    let server = home.serve(&[]);
    let path = home.sockets().join(format!("{}.sock", server.port));
    let deep = format!("{}\n", "[".repeat(10_000));
    let cases: [&[u8]; 9] = [
        b"\n",
        b"hello\n",
        b"{}\n",
        b"\xff\x00\x1b\n",
        deep.as_bytes(),
        b"{\"v\":1,\"request\":{\"command\":\"fly\"}}\n",
        b"{\"v\":1,\"request\":{\"command\":\"list\",\"colour\":1}}\n",
        b"{\"v\":1,\"request\":{\"command\":\"kick\",\"names\":7}}\n",
        b"{\"v\":2,\"request\":{\"command\":\"list\"}}\n",
    ];
    let mut stream = connect(&path);
    for case in cases {
        let answer = ask(&mut stream, case);
        assert_eq!(answer["error"]["code"], "bad_request", "{case:?}: {answer}");
        assert_eq!(answer["ok"], json!(false));
    }
    assert_eq!(
        ask(&mut stream, LIST)["data"],
        json!([]),
        "several requests per connection"
    );
    let long = vec![b'x'; (1 << 20) + 5000];
    let mut stream = connect(&path);
    assert_eq!(ask(&mut stream, &long)["error"]["code"], "bad_request");
    assert_eq!(ask(&mut stream, LIST), Value::Null, "and it is closed");
    let mut cut = connect(&path);
    let _ = cut.get_mut().write_all(b"{\"v\":1");
    drop(cut);
    assert_eq!(ask(&mut connect(&path), LIST)["ok"], json!(true));
}

#[test]
fn sixteen_may_be_connected_and_the_next_is_told() {
    let home = Home::new();
    let server = home.serve(&[]);
    let path = home.sockets().join(format!("{}.sock", server.port));
    let mut within: Vec<_> = (0..16).map(|_| connect(&path)).collect();
    for stream in &mut within {
        assert_eq!(ask(stream, LIST)["ok"], json!(true));
    }
    assert_eq!(ask(&mut connect(&path), b"")["error"]["code"], "busy");
}

#[test]
fn a_stale_socket_is_replaced_a_live_one_is_not() {
    let home = Home::new();
    fs::create_dir(home.sockets()).unwrap();
    fs::set_permissions(home.sockets(), fs::Permissions::from_mode(0o700)).unwrap();
    let path = home.sockets().join("own.sock");
    let file = home.path().join("chat.yaml");
    fs::write(
        &file,
        format!("admin: {{ socket: '{}' }}\n", path.display()),
    )
    .unwrap();
    let words = ["--config", file.to_str().unwrap()];

    drop(UnixListener::bind(&path).unwrap());
    let server = home.serve(&words);
    assert_eq!(ask(&mut connect(&path), LIST)["ok"], json!(true));

    let second = home.run(&["serve", "0", words[0], words[1]]);
    assert_eq!(second.code, 3);
    assert!(
        second
            .err
            .contains("another chat server answers on the admin socket"),
        "{}",
        second.err
    );
    assert_eq!(ask(&mut connect(&path), LIST)["ok"], json!(true));
    drop(server);

    fs::remove_file(&path).unwrap();
    fs::write(&path, "precious").unwrap();
    let third = home.run(&["serve", "0", words[0], words[1]]);
    assert_eq!(third.code, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), "precious");
}

#[test]
fn a_directory_in_which_others_can_put_things_is_refused() {
    let home = Home::new();
    let refused = |why: &str| {
        let ran = home.run(&["serve", "0"]);
        assert_eq!(ran.code, 2, "{ran:?}");
        assert!(
            ran.err.contains(why) && ran.err.lines().count() == 1,
            "{}",
            ran.err
        );
    };
    fs::create_dir(home.sockets()).unwrap();
    for mode in [0o777, 0o770, 0o1777] {
        fs::set_permissions(home.sockets(), fs::Permissions::from_mode(mode)).unwrap();
        refused("others may write to");
    }
    fs::remove_dir(home.sockets()).unwrap();
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    symlink(&elsewhere, home.sockets()).unwrap();
    refused("is a link or no directory");
    let file = home.path().join("chat.yaml");
    fs::write(
        &file,
        format!("admin: {{ socket: '/tmp/{}.sock' }}\n", "x".repeat(120)),
    )
    .unwrap();
    let ran = home.run(&["serve", "0", "--config", file.to_str().unwrap()]);
    assert_eq!(ran.code, 2);
    assert!(ran.err.contains("more than 107 bytes"), "{}", ran.err);
}

#[test]
fn without_a_runtime_directory_of_its_own_it_takes_the_temporary_one() {
    let home = Home::new();
    let own = fs::metadata(home.path()).unwrap().uid();
    for other in ["/does/not/exist", "relative"] {
        let mut command = home.chat(&["serve", "0"]);
        command.env("XDG_RUNTIME_DIR", other);
        let server = Home::start(command);
        let path = home.path().join(format!("chat-{own}/{}.sock", server.port));
        assert_eq!(ask(&mut connect(&path), LIST)["ok"], json!(true), "{other}");
        assert_eq!(
            home.run(&["admin", "list"]).code,
            0,
            "the tool finds it there"
        );
    }
}

/// Can only be tried by root; for another user there is nobody else to be.
#[test]
fn another_user_is_stopped_by_the_directory_and_by_the_server() {
    if !rustix::process::geteuid().is_root() {
        return;
    }
    let home = Home::new();
    let server = home.serve(&[]);
    let path = home.sockets().join(format!("{}.sock", server.port));
    let tool = home.path().join("chat");
    fs::copy(env!("CARGO_BIN_EXE_chat"), &tool).unwrap();
    let open =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for directory in [home.path(), &home.path().join("run"), &tool] {
        open(directory, 0o755);
    }
    let as_nobody = || {
        let mut command = Command::new(&tool);
        command
            .args(["admin", "list", "--socket"])
            .arg(&path)
            .uid(65534)
            .gid(65534);
        let output = command.output().unwrap();
        (
            output.status.code(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let (code, said) = as_nobody();
    assert_eq!(code, Some(4));
    assert!(
        said.starts_with("Not allowed: ") && said.contains("uid 65534"),
        "{said}"
    );

    open(&home.sockets(), 0o755);
    open(&path, 0o666);
    let (code, said) = as_nobody();
    assert_eq!(code, Some(4));
    assert_eq!(
        said,
        "Not allowed: you are uid 65534; only uid 0 and root may\n"
    );
}
