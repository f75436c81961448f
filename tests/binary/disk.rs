//! Disks that are full, read-only or failing, and a directory that is taken: no false acknowledgement, and
//! recovery by itself. Needs `unshare` to mount a small disk, and `strace` to make one fail; where the
//! machine forbids that, the test says so and is skipped.

use crate::checker::{Line, check, history, tag, talk};
use crate::process::{DEADLINE, Home, Served};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

const ROOM: &str = "#load";
const CONFIG: &str = "flood: {enabled: false}\nconnections: {per_ip: null, new_per_minute: null}\nhistory: {replay_on_join: 0}\n";

/// A server whose data is on a disk of its own, mounted like this.
fn on_a_disk(home: &Home, options: &str) -> Command {
    let config = home.path().join("chat.yaml");
    fs::write(&config, CONFIG).expect("a file");
    let data = home.path().join("disk");
    fs::create_dir_all(&data).expect("a directory");
    let chat = home.chat(&[]);
    let mut command = Command::new("unshare");
    let script = format!(
        "mount -t tmpfs -o {options} none \"$1\" && exec \"$0\" serve 0 --config \"$2\" --data \"$1\""
    );
    command
        .args(["--map-root-user", "--mount", "sh", "-c", &script])
        .arg(chat.get_program())
        .args([&data, &config])
        .env_clear()
        .envs(
            chat.get_envs()
                .filter_map(|(key, value)| Some((key, value?))),
        )
        .env("PATH", "/usr/bin:/bin:/usr/sbin:/sbin")
        .stdin(Stdio::null());
    command
}

/// Whether this machine lets us mount a disk.
fn may_mount() -> bool {
    let tried = Command::new("unshare")
        .args([
            "--map-root-user",
            "--mount",
            "mount",
            "-t",
            "tmpfs",
            "none",
            "/mnt",
        ])
        .stderr(Stdio::null())
        .status();
    let may = tried.is_ok_and(|status| status.success());
    if !may {
        eprintln!("SKIPPED: this machine does not let a test mount a disk");
    }
    may
}

/// The disk as the server sees it.
fn seen_by(served: &Served, home: &Home) -> PathBuf {
    let disk = home.path().join("disk");
    let inside = disk.strip_prefix("/").expect("an absolute path");
    Path::new("/proc")
        .join(served.pid().to_string())
        .join("root")
        .join(inside)
}

/// Says a line until it is answered with its label; the answer.
fn say(line: &mut Line, text: &str) -> String {
    assert!(line.write(&format!("@label=x PRIVMSG {ROOM} :{text}\r\n")));
    loop {
        let heard = line.read().expect("it answers");
        if tag(&heard, "label") == Some("x") {
            return heard;
        }
    }
}

#[test]
fn a_full_disk_refuses_and_a_freed_one_is_used_again() {
    if !may_mount() {
        return;
    }
    let home = Home::new();
    let served = Home::start(on_a_disk(&home, "size=8m"));
    let stop = Arc::<AtomicBool>::default();
    let talking: Vec<_> = (0..10)
        .map(|n| {
            let pause = Duration::from_millis(20);
            talk(served.port, format!("t{n}"), ROOM, pause, Arc::clone(&stop))
        })
        .collect();
    let mut ann = Line::arrive(served.port, "ann", ROOM);
    assert!(say(&mut ann, "ann says first").contains("PRIVMSG"));
    let filler = seen_by(&served, &home).join("filler");
    let mut file = fs::File::create(&filler).expect("a file on the disk");
    while file.write_all(&[0; 4096]).is_ok() {}
    let full = Instant::now();
    while !say(&mut ann, "ann says into the full disk").contains(" STORAGE ") {
        assert!(full.elapsed() < DEADLINE, "the full disk is never told");
    }
    // Reading and the operator go on.
    assert!(!history(served.port, ROOM).is_empty());
    assert_eq!(home.run(&["admin", "list"]).code, 0);
    drop(file);
    fs::remove_file(&filler).expect("it is there");
    let freed = Instant::now();
    while say(&mut ann, "ann says after all").contains(" STORAGE ") {
        if freed.elapsed() > Duration::from_secs(10) {
            served.signal(rustix::process::Signal::KILL);
            panic!("it does not recover: {}", served.end().1);
        }
    }
    stop.store(true, Ordering::Relaxed);
    let accounts: Vec<_> = talking
        .into_iter()
        .map(|talker| talker.join().expect("a talker ends"))
        .collect();
    assert!(accounts.iter().any(|account| !account.refused.is_empty()));
    let kept: Vec<_> = history(served.port, ROOM)
        .into_iter()
        .filter(|(_, nick, _)| nick != "ann")
        .collect();
    check(&accounts, &kept);
}

#[test]
fn a_disk_that_may_not_be_written_is_told_at_once() {
    if !may_mount() {
        return;
    }
    let home = Home::new();
    let output = on_a_disk(&home, "ro").output().expect("it starts");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("disk"), "{told}");
}

/// Has the next flush of this process to the disk fail, once.
fn fail_one_write(pid: u32) -> std::io::Result<std::process::Child> {
    Command::new("strace")
        .args(["-f", "-qq", "-o", "/dev/null", "-p", &pid.to_string()])
        .args(["-e", "trace=fsync,fdatasync"])
        .args(["-e", "inject=fsync,fdatasync:error=EIO:when=1"])
        .stderr(Stdio::piped())
        .spawn()
}

#[test]
fn a_write_that_failed_is_never_taken_for_stored() {
    let home = Home::new();
    let data = home.path().join("data");
    let served = home.serve(&["--data", data.to_str().expect("a path")]);
    let mut ann = Line::arrive(served.port, "ann", ROOM);
    assert!(say(&mut ann, "ann says 0").contains("PRIVMSG"));
    let strace = fail_one_write(served.pid());
    let Ok(mut strace) = strace else {
        eprintln!("SKIPPED: there is no strace to make a disk fail");
        return;
    };
    let begin = Instant::now();
    let mut acknowledged = vec!["ann says 0".to_owned()];
    let mut refused = Vec::new();
    let mut number = 0;
    while refused.is_empty() {
        if strace.try_wait().is_ok_and(|ended| ended.is_some()) {
            eprintln!("SKIPPED: this machine does not let a test trace a process");
            return;
        }
        assert!(begin.elapsed() < DEADLINE, "no write ever failed");
        number += 1;
        let text = format!("ann says {number}");
        match say(&mut ann, &text).contains(" STORAGE ") {
            true => refused.push(text),
            false => acknowledged.push(text),
        }
    }
    let _ = strace.kill();
    let _ = strace.wait();
    let begin = Instant::now();
    while say(&mut ann, "ann says last").contains(" STORAGE ") {
        assert!(begin.elapsed() < DEADLINE, "it does not recover");
    }
    let kept: Vec<String> = history(served.port, ROOM)
        .into_iter()
        .map(|(_, _, text)| text)
        .collect();
    for text in &acknowledged {
        assert_eq!(
            kept.iter().filter(|kept| *kept == text).count(),
            1,
            "{text}"
        );
    }
    for text in &refused {
        assert!(
            kept.iter().filter(|kept| *kept == text).count() <= 1,
            "{text}"
        );
    }
}

#[test]
fn a_second_server_in_the_same_directory_is_told_of_the_first() {
    let home = Home::new();
    let data = home.path().join("data");
    let path = data.to_str().expect("a path");
    let first = home.serve(&["--data", path]);
    let second = home.run(&["serve", "0", "--data", path]);
    assert_eq!(second.code, 3, "{second:?}");
    assert!(second.err.contains(&first.pid().to_string()), "{second:?}");
    first.signal(rustix::process::Signal::KILL);
    first.end();
    // The lock of a server that was killed stops nobody.
    home.serve(&["--data", path]);
}
