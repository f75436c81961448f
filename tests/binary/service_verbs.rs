//! What the operator of a service does with it: looks at its log and configuration, has it examined,
//! reads its configuration again, empties it and stops it.

use crate::process::{DEADLINE, Home, Ran, Served};
use rustix::process::Signal;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// A server with a configuration that can be changed.
struct Site {
    home: Home,
    served: Served,
}

impl Site {
    fn new(yaml: &str) -> Self {
        let home = Home::new();
        write(&home, yaml);
        let file = file(&home);
        let served = home.serve(&["--config", file.to_str().expect("text")]);
        Self { home, served }
    }

    fn admin(&self, words: &[&str]) -> Ran {
        let words = [&["admin"], words].concat();
        self.home.run(&words)
    }
}

fn file(home: &Home) -> PathBuf {
    home.path().join("chat.yaml")
}

fn write(home: &Home, yaml: &str) {
    let next = home.path().join("next.yaml");
    fs::write(&next, yaml).expect("a file of ours");
    fs::set_permissions(&next, fs::Permissions::from_mode(0o600)).expect("a file of ours");
    fs::rename(next, file(home)).expect("a file of ours");
}

#[test]
fn a_reload_tells_what_changed_and_what_waits_for_a_restart() {
    let site = Site::new("server: { motd: [old] }\n");
    let mut ann = site.served.client("ann");
    write(&site.home, "server: { motd: [new], bind: 0.0.0.0 }\n");
    let dry = site.admin(&["reload", "--dry-run"]);
    assert_eq!(dry.code, 0, "{dry:?}");
    assert!(dry.out.contains("server.motd would change\n"), "{dry:?}");
    ann.send("MOTD");
    assert!(ann.until(" 376 ").join("\n").contains(":- old"));

    let diff = site.admin(&["config", "diff", "--json"]).json();
    assert_eq!(diff["data"][0]["key"], "server.motd");
    assert_eq!(diff["data"][0]["file"], serde_json::json!(["new"]));
    assert_eq!(diff["data"][1]["key"], "server.bind");
    assert_eq!(diff["data"][1]["restart"], true);

    let json = site.admin(&["reload", "--json"]).json();
    assert_eq!(json["data"]["applied"], true, "{json}");
    assert_eq!(json["data"]["changed"], serde_json::json!(["server.motd"]));
    assert_eq!(json["data"]["waiting"], serde_json::json!(["server.bind"]));
    ann.send("MOTD");
    assert!(ann.until(" 376 ").join("\n").contains(":- new"));
    let again = site.admin(&["reload"]);
    let waits = "server.bind differs in the file and counts after a restart\n";
    assert_eq!((again.code, again.out.as_str()), (0, waits));
}

#[test]
fn a_reload_of_a_file_with_faults_changes_nothing_and_shows_them_all() {
    let site = Site::new("server: { motd: [old] }\n");
    let mut ann = site.served.client("ann");
    write(
        &site.home,
        "limitz: {}\nserver: { motd: [new] }\nlimits: { nick: many }\n",
    );
    for words in [
        &["reload"][..],
        &["reload", "--dry-run"],
        &["config", "check"],
    ] {
        let ran = site.admin(words);
        assert_eq!(ran.code, 2, "{ran:?}");
        for part in [
            ":1:1  error    unknown key \"limitz\"",
            ":3:11  error    limits.nick must be",
        ] {
            assert!(ran.out.contains(part), "{part}: {}", ran.out);
        }
    }
    let json = site.admin(&["reload", "--json"]).json();
    assert_eq!(json["error"]["code"], "bad_config");
    assert_eq!(json["data"]["errors"], 2);
    assert_eq!(json["data"]["faults"][0]["line"], 1);
    ann.send("MOTD");
    assert!(ann.until(" 376 ").join("\n").contains(":- old"));
    let other = site.home.path().join("other.yaml");
    fs::write(&other, "lobby: \"#hall\"\n").expect("a file");
    let checked = site.admin(&["config", "check", other.to_str().expect("text")]);
    assert_eq!(checked.code, 0, "{checked:?}");
    assert!(checked.out.ends_with("other.yaml: 0 errors, 0 warnings\n"));
}

#[test]
fn the_configuration_is_shown_without_its_secrets() {
    let site = Site::new("server: { password: sesame }\nlimits: { nick: 20 }\n");
    let own = site.admin(&["config", "show"]);
    assert!(own.out.contains("limits.nick: 20\n"), "{own:?}");
    assert!(!own.out.contains("limits.topic"));
    let all = site.admin(&["config", "show", "--effective"]);
    assert!(all.out.contains("limits.topic: 390\n") && all.out.contains("store.window: 2ms\n"));
    for ran in [&own, &all, &site.admin(&["config", "show", "--json"])] {
        assert!(
            ran.out.contains("********") && !ran.out.contains("sesame"),
            "{ran:?}"
        );
    }
}

#[test]
fn the_log_is_looked_through_by_level_user_and_address() {
    let site = Site::new("{}");
    let (_ann, _bob) = (site.served.client("ann"), site.served.client("bob"));
    assert_eq!(site.admin(&["kick", "ann", "-r", "rude"]).code, 0);
    assert_eq!(site.admin(&["kick", "bob"]).code, 0);
    let all = site.admin(&["log"]);
    assert!(
        all.out.contains("kick ann") && all.out.contains("kick bob"),
        "{all:?}"
    );
    let anns = site.admin(&["log", "--user", "ann"]);
    assert!(
        anns.out.contains("kick ann") && !anns.out.contains("kick bob"),
        "{anns:?}"
    );
    let one = site.admin(&["log", "-n", "1", "--json"]).json();
    assert_eq!(one["data"].as_array().map(Vec::len), Some(1));
    let errors = site.admin(&["log", "--level", "error"]);
    assert_eq!((errors.code, errors.out.as_str()), (0, ""));
    assert_eq!(site.admin(&["log", "--level", "loud"]).code, 2);
}

#[test]
fn the_doctor_names_each_ailment_with_its_remedy() {
    let site = Site::new("store: { sync: off }\nlog: { target: /dev/full }\n");
    let data = site
        .home
        .path()
        .join(format!(".local/share/chat/{}", site.served.port));
    assert_eq!(site.admin(&["kick", "nobody"]).code, 8);
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("ours");
    let ran = site.admin(&["doctor"]);
    assert_eq!(ran.code, 1, "{ran:?}");
    for part in [
        "lines of the log could not be written",
        "others may read or change ",
        "chmod 700 ",
        "store.sync is not full",
        "set store.sync: full",
    ] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let json = site.admin(&["doctor", "--json"]).json();
    assert_eq!(json["error"]["code"], "ailing");
    let findings = json["data"]["findings"].as_array().expect("a list");
    let is_complete =
        |finding: &serde_json::Value| finding["verdict"] == "ok" || finding["remedy"].is_string();
    assert!(
        findings.len() >= 9 && findings.iter().all(is_complete),
        "{json}"
    );
}

#[test]
fn a_drained_server_sends_everybody_away_in_time_and_lets_nobody_in() {
    let site = Site::new("{}");
    let mut clients: Vec<_> = (0..8)
        .map(|n| site.served.client(&format!("u{n}")))
        .collect();
    let begin = Instant::now();
    let ran = site.admin(&["drain", "--within", "3s", "--message", "Moving house"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(
        ran.out.contains("8 connections close within 3 s"),
        "{ran:?}"
    );
    let mut refused = site.served.dial();
    assert!(
        refused
            .rest()
            .starts_with("ERROR :The server lets nobody in")
    );
    let mut gone = Vec::new();
    for client in &mut clients {
        let last = client.rest();
        assert!(last.contains("NOTICE") && last.contains("Moving house; connections close"));
        assert!(last.contains("ERROR :Moving house"), "{last}");
        gone.push(begin.elapsed());
    }
    assert!(
        gone.iter().max() < Some(&Duration::from_secs(20)),
        "{gone:?}"
    );
    let first = gone.iter().min().copied().unwrap_or_default();
    let last = gone.iter().max().copied().unwrap_or_default();
    assert!(
        last - first > Duration::from_millis(500),
        "all at once: {gone:?}"
    );
    let ran = site.admin(&["undrain"]);
    assert_eq!(
        (ran.code, ran.out.as_str()),
        (0, "People are let in again.\n")
    );
    site.served.client("back");
}

#[test]
fn stop_waits_until_the_server_is_gone_and_keeps_to_its_time() {
    let site = Site::new("server: { shutdown_grace: 1s }\n");
    let stubborn: Vec<_> = (0..3)
        .map(|n| site.served.client(&format!("u{n}")))
        .collect();
    let begin = Instant::now();
    let ran = site.admin(&["stop", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert_eq!(ran.json()["data"]["within_s"], 1);
    assert!(begin.elapsed() < Duration::from_secs(20));
    assert!(
        !site
            .home
            .sockets()
            .join(format!("{}.sock", site.served.port))
            .exists()
    );
    assert!(site.served.end().0.success());
    drop(stubborn);
}

#[test]
fn a_hundred_reloads_under_load_cost_nobody_anything() {
    let site = Site::new("server: { motd: [0] }\nflood: { enabled: false }\n");
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let talkers: Vec<_> = (0..4)
            .map(|n| {
                let (mut client, is_done) = (site.served.client(&format!("u{n}")), &is_done);
                scope.spawn(move || {
                    let mut count = 0;
                    client.send("JOIN #load");
                    while !is_done.load(Ordering::Acquire) {
                        client.send(&format!("PRIVMSG #load :{count}\r\nPING p{count}"));
                        client.until(&format!(":p{count}"));
                        count += 1;
                    }
                    count
                })
            })
            .collect();
        for round in 0..100 {
            match round % 10 {
                9 => write(&site.home, "server: { motd: [broken\n"),
                _ => {
                    let good =
                        format!("server: {{ motd: [{round}] }}\nflood: {{ enabled: false }}\n");
                    write(&site.home, &good);
                }
            }
            site.served.signal(Signal::HUP);
        }
        write(
            &site.home,
            "server: { motd: [last] }\nflood: { enabled: false }\n",
        );
        assert_eq!(site.admin(&["reload"]).code, 0);
        let begin = Instant::now();
        while !site.admin(&["config", "show"]).out.contains("last") {
            assert!(begin.elapsed() < DEADLINE);
        }
        is_done.store(true, Ordering::Release);
        for talker in talkers {
            assert!(talker.join().expect("nobody is dropped") > 0);
        }
    });
    let status = site.admin(&["status", "--json"]).json();
    assert_eq!(status["data"]["panics"], 0);
}
