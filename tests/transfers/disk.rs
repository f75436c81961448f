//! A disk that is full: nothing half is kept, and what was begun goes on when there is room again. Needs `unshare`
//! to mount a small disk; where the machine forbids that, the test says so and is skipped.

use crate::changes::wait_for;
use crate::http::{House, content, get};
use crate::process::Home;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A server whose data is on a small disk of its own; `None`: this machine lets nobody mount one.
fn on_a_small_disk(home: &Home) -> Option<Command> {
    let mut mount = Command::new("unshare");
    mount.args([
        "--map-root-user",
        "--mount",
        "mount",
        "-t",
        "tmpfs",
        "none",
        "/mnt",
    ]);
    let tried = mount.stderr(Stdio::null()).status();
    if !tried.is_ok_and(|status| status.success()) {
        eprintln!("SKIPPED: this machine does not let a test mount a disk");
        return None;
    }
    let config = home.path().join("chat.yaml");
    fs::write(&config, "flood: {enabled: false}\n").expect("it is there");
    let data = home.path().join("data");
    fs::create_dir_all(&data).expect("it is there");
    let chat = home.chat(&[]);
    let mut command = Command::new("unshare");
    let script = "mount -t tmpfs -o size=12m none \"$1\" && exec \"$0\" serve 0 --config \"$2\" --data \"$1\"";
    command
        .args(["--map-root-user", "--mount", "sh", "-c", script])
        .arg(chat.get_program())
        .args([&data, &config])
        .env_clear()
        .envs(
            chat.get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        )
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .stdin(Stdio::null());
    Some(command)
}

/// Files of this part of the data directory, as the server sees them.
fn seen(house: &House, part: &str) -> Vec<PathBuf> {
    let data = house.home.path().join("data/files").join(part);
    let inside = data.strip_prefix("/").expect("it is there");
    let root = Path::new("/proc")
        .join(house.served.pid().to_string())
        .join("root");
    let mut found = Vec::new();
    for entry in fs::read_dir(root.join(inside)).expect("it is there") {
        let path = entry.expect("it is there").path();
        match path.is_dir() {
            true => found.extend(
                fs::read_dir(path)
                    .expect("it is there")
                    .map(|one| one.expect("it is there").path()),
            ),
            false => found.push(path),
        }
    }
    found
}

#[test]
fn a_full_disk_refuses_a_file_and_keeps_nothing_half() {
    let home = Home::new();
    let Some(command) = on_a_small_disk(&home) else {
        return;
    };
    let served = Home::start(command);
    let mut house = House::of(home, served);
    let answer = house.post("/files", "large", &content(16_000_000, 6));
    assert_eq!(answer.status, 507, "{answer:?}");
    assert!(seen(&house, "incoming").is_empty() && seen(&house, "objects").is_empty());
    assert!(house.listed().is_empty());
    // What can go on later waits for room.
    let bytes = content(9_000_000, 7);
    let other = house.share("other", &content(4_000_000, 8));
    let headers = [("Upload-Length", "9000000")];
    let created = house.tus("POST /files/uploads", &headers, &[]);
    let place = created.header("location").unwrap();
    let patch = |house: &House, from: usize| {
        let (offset, length) = (from.to_string(), (bytes.len() - from).to_string());
        let headers = [
            ("Content-Type", "application/offset+octet-stream"),
            ("Upload-Offset", offset.as_str()),
            ("Content-Length", length.as_str()),
        ];
        house.tus(&format!("PATCH {place}"), &headers, &bytes[from..])
    };
    assert_eq!(patch(&house, 0).status, 507);
    house
        .ann
        .send(&format!("FILE DELETE {}", other.split('/').nth(2).unwrap()));
    house.ann.until("FILE DELETED");
    wait_for(&house.changes(), "there is room again", || {
        seen(&house, "objects").is_empty()
    });
    let about = house.tus(&format!("HEAD {place}"), &[], &[]);
    let from = about.header("upload-offset").unwrap().parse().unwrap();
    let done = patch(&house, from);
    assert_eq!(done.status, 204, "{done:?}");
    let got = get(house.port(), done.header("content-location").unwrap());
    assert!(got.body == bytes);
}
