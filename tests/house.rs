//! The rules of the house, read from the code: who may import whom, what stays pure, what a file looks like.
//! ARCHITECTURE.md draws the same picture for people.

use std::fs;
use std::path::{Path, PathBuf};

/// Who may import whom: a room, and what it may name of ours. The longest fitting room counts.
const ARROWS: &[(&str, &[&str])] = &[
    ("main", &["cmd"]),
    ("lib", &[]),
    ("both", &[]),
    ("exit", &[]),
    ("gauge", &[]),
    ("proto", &["proto"]),
    ("config", &["config", "proto"]),
    ("store", &["store", "gauge", "proto", "config"]),
    ("terminal", &["terminal", "proto"]),
    ("client", &["client", "both", "terminal", "proto", "exit"]),
    ("admin", &["admin", "terminal", "proto", "exit"]),
    ("admin::command", &["admin::command", "exit", "proto"]),
    (
        "server",
        &[
            "server",
            "both",
            "gauge",
            "proto",
            "config",
            "store",
            "admin::command",
            "admin::socket",
        ],
    ),
    (
        "server::hub",
        &[
            "server::hub",
            "server::command",
            "server::world",
            "proto",
            "config",
            "store",
            "admin::command",
        ],
    ),
    (
        "server::command",
        &[
            "server::command",
            "server::world",
            "gauge",
            "proto",
            "config",
            "store::Snapshot",
            "store::gauges",
            "store::query",
            "store::record",
            "admin::command",
            "admin::mistake",
            "admin::print",
        ],
    ),
    (
        "server::world",
        &[
            "server::world",
            "gauge",
            "proto",
            "config",
            "store::Snapshot",
            "store::gauges",
            "store::query",
            "store::record",
            "admin::command",
        ],
    ),
    (
        "cmd",
        &[
            "cmd", "server", "client", "admin", "store", "config", "exit", "proto",
        ],
    ),
];

/// Rooms that are calculated, not lived: no socket, clock, file, random number or waiting in them.
const PURE: &[&str] = &[
    "proto",
    "exit",
    "gauge",
    "admin::command",
    "admin::field",
    "admin::figures",
    "admin::mistake",
    "admin::print",
    "admin::table",
    "server::world",
    "server::command",
    "client::act",
    "client::asked",
    "client::back",
    "client::batches",
    "client::caps",
    "client::complete",
    "client::deed",
    "client::dialog",
    "client::files",
    "client::hear",
    "client::inbox",
    "client::input",
    "client::item",
    "client::login",
    "client::outbox",
    "client::past",
    "client::presence",
    "client::recent",
    "client::room",
    "client::secret",
    "client::server",
    "client::settings",
    "client::split",
    "client::spoken",
    "client::state",
    "client::tick",
    "client::track",
    "client::view",
    "client::when",
    "client::wire",
    "client::wrap",
];

/// What a pure room never names.
const IMPURE: &[&str] = &[
    "async_std",
    "async_io",
    "async_channel",
    "futures_lite",
    "rustix",
    "socket2",
    "std::net::Tcp",
    "std::net::Udp",
    "std::net::ToSocketAddrs",
    "std::fs",
    "std::os",
    "std::env",
    "std::thread",
    "SystemTime::now",
    "Instant::now",
    " rand::",
    "getrandom",
    ".await",
];

/// Crates that live in one room, so that they can be exchanged.
const HOMES: &[(&str, &[&str])] = &[
    ("serde_yaml", &["config"]),
    ("argon2", &["config::password"]),
    ("base64ct", &["proto::sasl"]),
    ("hmac", &["proto::scram"]),
    ("pbkdf2", &["proto::scram"]),
    (
        "sha2",
        &[
            "proto::fingerprint",
            "proto::scram",
            "client::transfer",
            "store::blobs",
        ],
    ),
    ("futures_rustls", &["client::tls"]),
    ("rustls_native_certs", &["client::tls"]),
    (
        "quinn",
        &[
            "client::tls",
            "client::transfer",
            "server::tls",
            "server::web::quic",
        ],
    ),
    ("rcgen", &["server::tls"]),
    ("x509_parser", &["client::tls", "server::tls"]),
    ("unicode_security", &["proto::confusable"]),
    ("rustyline", &["terminal"]),
    ("rusqlite", &["store"]),
    ("crc32fast", &["store"]),
    ("sd_notify", &["server::notify"]),
    ("listenfd", &["server::passed"]),
    ("miniz_oxide", &["server::web"]),
    (
        "hyper",
        &["client::transfer", "server::metrics", "server::web"],
    ),
    (
        "http_body_util",
        &["client::transfer", "server::metrics", "server::web"],
    ),
    (
        "smol_hyper",
        &["client::transfer", "server::metrics", "server::web"],
    ),
    ("tungstenite", &["proto::websocket", "server::web"]),
    ("prometheus_client", &["server::metrics"]),
    ("img_parts", &["server::web::files"]),
    ("clap_mangen", &["cmd"]),
    ("clap_complete", &["cmd"]),
    ("ctrlc", &["cmd"]),
    ("async_signal", &["cmd", "terminal", "client", "admin::top"]),
    ("ratatui", &["admin::top"]),
];

/// Perfectly regular tables, which may be long.
const LONG: &[&str] = &[];

const LONGEST: usize = 400;

struct File {
    /// Like `server::world::event`; `mod.rs` is the room itself.
    room: String,
    path: PathBuf,
    text: String,
}

impl File {
    /// Lines of code with their numbers: no comments, and no tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let tests = self
            .text
            .find("#[cfg(test)]\nmod ")
            .unwrap_or(self.text.len());
        self.text[..tests]
            .lines()
            .enumerate()
            .map(|(at, line)| (at + 1, line.split(" // ").next().unwrap_or(line)))
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }

    fn is_in(&self, room: &str) -> bool {
        within(&self.room, room)
    }
}

fn within(name: &str, room: &str) -> bool {
    name.strip_prefix(room)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files_below(directory: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(directory) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        match path.is_dir() {
            true if matches!(name.as_str(), "target" | ".git" | "corpus" | "artifacts") => {}
            true => files_below(&path, found),
            false => found.push(path),
        }
    }
}

fn sources() -> Vec<File> {
    let files = sources_of("src");
    assert!(files.len() > 20, "the source was not found");
    files
}

/// Ours, and the load generator's, whose rooms are its own.
fn all_sources() -> Vec<File> {
    let mut files = sources();
    files.extend(sources_of("benches/load/src"));
    files
}

fn sources_of(directory: &str) -> Vec<File> {
    let source = root().join(directory);
    let mut paths = Vec::new();
    files_below(&source, &mut paths);
    paths.sort();
    let file = |path: PathBuf| {
        let inside = path
            .strip_prefix(&source)
            .expect("below it")
            .with_extension("");
        let mut parts: Vec<_> = inside
            .iter()
            .map(|part| part.to_string_lossy().into_owned())
            .collect();
        if parts.last().is_some_and(|last| last == "mod") {
            parts.pop();
        }
        File {
            room: parts.join("::"),
            text: fs::read_to_string(&path).expect("readable source"),
            path,
        }
    };
    paths.into_iter().map(file).collect()
}

/// Every `crate::…` path that a line names.
fn named(line: &str) -> impl Iterator<Item = &str> {
    line.split("crate::").skip(1).map(|rest| {
        let end = rest
            .find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':')
            .unwrap_or(rest.len());
        rest[..end].trim_end_matches(':')
    })
}

/// Fails with every complaint at once.
fn settle(complaints: Vec<String>) {
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

fn complain(file: &File, line: usize, what: &str) -> String {
    format!("{}:{line}: {what}", file.path.display())
}

#[test]
fn no_arrow_runs_up() {
    let mut complaints = Vec::new();
    for file in sources() {
        let Some((room, allowed)) = ARROWS
            .iter()
            .filter(|(room, _)| file.is_in(room))
            .max_by_key(|(room, _)| room.len())
        else {
            complaints.push(complain(&file, 1, "a room that the drawing does not know"));
            continue;
        };
        for (at, line) in file.code() {
            for name in named(line) {
                let is_own = within(name, &file.room);
                if !is_own && !allowed.iter().any(|other| within(name, other)) {
                    complaints.push(complain(&file, at, &format!("{room} must not know {name}")));
                }
            }
        }
    }
    settle(complaints);
}

#[test]
fn what_is_pure_stays_pure() {
    let mut complaints = Vec::new();
    for file in sources() {
        if !PURE.iter().any(|room| file.is_in(room)) {
            continue;
        }
        for (at, line) in file.code() {
            for word in IMPURE.iter().filter(|word| line.contains(**word)) {
                complaints.push(complain(&file, at, &format!("{word} in a pure room")));
            }
        }
    }
    settle(complaints);
}

#[test]
fn crates_that_may_be_exchanged_stay_at_home() {
    let mut complaints = Vec::new();
    for file in sources() {
        for (at, line) in file.code() {
            for (name, homes) in HOMES {
                let is_used = line.contains(&format!("{name}::"));
                if is_used && !homes.iter().any(|home| file.is_in(home)) {
                    complaints.push(complain(&file, at, &format!("{name} outside {homes:?}")));
                }
            }
        }
    }
    settle(complaints);
}

#[test]
fn imports_name_the_owner() {
    let mut complaints = Vec::new();
    for file in all_sources() {
        for (at, line) in file.code() {
            let line = line.trim();
            let is_import = line.starts_with("use ") || line.starts_with("pub use ");
            if line.starts_with("pub use ") {
                complaints.push(complain(&file, at, "a re-export"));
            }
            if is_import && line.contains("crate::{") {
                complaints.push(complain(&file, at, "a bundle over the whole house"));
            }
            let is_of_tests = file.room.ends_with("::tests") && line == "use super::*;";
            if is_import && line.contains('*') && !is_of_tests {
                complaints.push(complain(&file, at, "a glob"));
            }
        }
    }
    settle(complaints);
}

#[test]
fn nothing_is_unsafe() {
    let mut complaints = Vec::new();
    for file in all_sources() {
        for (at, line) in file.code() {
            let is_unsafe = line
                .split(|c: char| !c.is_alphanumeric() && c != '_')
                .any(|word| word == "unsafe");
            if is_unsafe {
                complaints.push(complain(&file, at, "unsafe"));
            }
        }
    }
    settle(complaints);
}

#[test]
fn each_file_says_what_it_is_for_and_is_not_long() {
    let mut complaints = Vec::new();
    for file in all_sources() {
        let head = file
            .text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .count();
        if !(1..=8).contains(&head) {
            complaints.push(complain(
                &file,
                1,
                &format!("a head of {head} lines, not 1 to 8"),
            ));
        }
        let lines = file.text.lines().count();
        if lines > LONGEST && !LONG.contains(&file.room.as_str()) {
            complaints.push(complain(
                &file,
                lines,
                &format!("more than {LONGEST} lines"),
            ));
        }
    }
    settle(complaints);
}

#[test]
fn no_file_names_the_machine_it_was_written_on() {
    let places = ["work", "root", "home"].map(|name| format!("/{name}/"));
    let mut paths = Vec::new();
    for directory in [
        "src",
        "tests",
        "benches",
        "fuzz",
        "docs",
        "man",
        "completions",
        ".ci",
    ] {
        files_below(&root().join(directory), &mut paths);
    }
    for name in [
        "README.md",
        "ARCHITECTURE.md",
        "CHANGELOG.md",
        "Cargo.toml",
        "test",
    ] {
        paths.push(root().join(name));
    }
    let mut complaints = Vec::new();
    for path in paths {
        let Ok(text) = fs::read_to_string(&path) else {
            continue;
        };
        for place in places.iter().filter(|place| text.contains(place.as_str())) {
            complaints.push(format!("{} names {place}", path.display()));
        }
    }
    settle(complaints);
}
