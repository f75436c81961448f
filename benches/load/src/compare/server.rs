//! The servers that can be started, each in a directory of its own, at a free port, on processors of its own.

use clap::ValueEnum;
use rustix::process::{Pid, Signal, kill_process};
use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

pub const NO_BINARY: &str = "which binary of chat? --chat FILE";

const STARTS_WITHIN: Duration = Duration::from_secs(20);
const ENDS_WITHIN: Duration = Duration::from_secs(20);
/// What a server still does after it listens is not for the account of those who come.
const SETTLES: Duration = Duration::from_millis(500);

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// The least possible server, of this program
    Floor,
    /// InspIRCd, as Debian has it
    Inspircd,
    /// ngIRCd, as Debian has it
    Ngircd,
    /// chat, which stores nothing, as the others
    Chat,
    /// chat, which stores each message before anybody sees it
    ChatFull,
}

impl Kind {
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Inspircd => "inspircd",
            Self::Ngircd => "ngircd",
            Self::Chat => "chat",
            Self::ChatFull => "chat-full",
        }
    }

    /// Registrations at a time: ngIRCd has a backlog of 10, InspIRCd completes them once a second.
    pub fn ramp(self) -> u32 {
        match self {
            Self::Ngircd => 8,
            Self::Inspircd => 1000,
            Self::Floor | Self::Chat | Self::ChatFull => 32,
        }
    }

    fn write_config(self, directory: &Path, port: u16) -> Result<(), String> {
        let (name, text) = match self {
            Self::Floor => return Ok(()),
            Self::Inspircd => ("inspircd.conf", include_str!("../../peers/inspircd.conf")),
            Self::Ngircd => ("ngircd.conf", include_str!("../../peers/ngircd.conf")),
            Self::Chat | Self::ChatFull => ("chat.yaml", include_str!("../../peers/chat.yaml")),
        };
        let store = match self {
            Self::ChatFull => "sqlite",
            Self::Floor | Self::Inspircd | Self::Ngircd | Self::Chat => "memory",
        };
        let text = text
            .replace("@PORT@", &port.to_string())
            .replace("@DIR@", &directory.display().to_string())
            .replace("@STORE@", store);
        let write = |name: &str, text: &str| {
            let path = directory.join(name);
            fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
        };
        write("motd.txt", "hello\n")?;
        write(name, &text)
    }

    fn command(self, chat: Option<&Path>, dir: &Path, port: u16) -> Result<Vec<String>, String> {
        let at = |name: &str| dir.join(name).display().to_string();
        let words = match self {
            Self::Floor => {
                let this = std::env::current_exe().map_err(|error| error.to_string())?;
                vec![
                    this.display().to_string(),
                    "floor".into(),
                    format!("--listen={port}"),
                ]
            }
            Self::Inspircd => vec![
                program("inspircd"),
                "--nofork".into(),
                "--nolog".into(),
                "--nopid".into(),
                "--runasroot".into(),
                "--config".into(),
                at("inspircd.conf"),
            ],
            Self::Ngircd => vec![
                program("ngircd"),
                "-n".into(),
                "-f".into(),
                at("ngircd.conf"),
            ],
            Self::Chat | Self::ChatFull => {
                let chat = chat.ok_or(NO_BINARY)?.display().to_string();
                let (config, data) = (at("chat.yaml"), at("data"));
                let words = [
                    "serve",
                    &port.to_string(),
                    "--config",
                    &config,
                    "--data",
                    &data,
                ];
                [&[chat], &words.map(str::to_owned)[..]].concat()
            }
        };
        Ok(words)
    }
}

/// Debian keeps servers where a user's path does not lead.
fn program(name: &str) -> String {
    let path = format!("/usr/sbin/{name}");
    match Path::new(&path).exists() {
        true => path,
        false => name.to_owned(),
    }
}

/// A server that somebody else has started.
#[derive(Clone, Debug)]
pub struct Other {
    pub name: String,
    port: u16,
    pid: u32,
}

impl Other {
    pub fn options(&self) -> Vec<String> {
        options(self.port, self.pid)
    }
}

/// Reads NAME=PORT,PID.
pub fn other(text: &str) -> Result<Other, String> {
    let parts = || {
        let (name, rest) = text.split_once('=')?;
        let (port, pid) = rest.split_once(',')?;
        Some(Other {
            name: name.to_owned(),
            port: port.parse().ok()?,
            pid: pid.parse().ok()?,
        })
    };
    parts().ok_or_else(|| format!("{text} is not NAME=PORT,PID"))
}

fn options(port: u16, pid: u32) -> Vec<String> {
    vec![format!("--port={port}"), format!("--pid={pid}")]
}

/// A directory with all that a server needs to be started; it goes with this.
pub struct Prepared {
    directory: PathBuf,
    pub port: u16,
    words: Vec<String>,
}

impl Prepared {
    pub fn new(kind: Kind, chat: Option<&Path>, cpus: &str) -> Result<Self, String> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let name = format!("chat-load-{}-{number}", std::process::id());
        let directory = std::env::temp_dir().join(name);
        fs::create_dir_all(&directory)
            .map_err(|error| format!("{}: {error}", directory.display()))?;
        let mut prepared = Self {
            port: free_port()?,
            directory,
            words: ["taskset", "-c", cpus].map(str::to_owned).to_vec(),
        };
        kind.write_config(&prepared.directory, prepared.port)?;
        let command = kind.command(chat, &prepared.directory, prepared.port)?;
        prepared.words.extend(command);
        Ok(prepared)
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }
}

impl Drop for Prepared {
    fn drop(&mut self) {
        // It is in the directory for temporary files anyway.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    Ok(address.port())
}

/// A server that runs; it ends with this.
pub struct Started {
    child: Child,
    prepared: Prepared,
}

impl Started {
    pub fn new(kind: Kind, chat: Option<&Path>, cpus: &str) -> Result<Self, String> {
        let prepared = Prepared::new(kind, chat, cpus)?;
        let log = prepared.directory.join("output");
        let log = || fs::File::create(&log).map_err(|error| error.to_string());
        let child = Command::new("taskset")
            .args(&prepared.words[1..])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log()?)
            .spawn()
            .map_err(|error| format!("taskset: {error}"))?;
        let mut started = Self { child, prepared };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", started.prepared.port)).is_err() {
            let has_ended = !matches!(started.child.try_wait(), Ok(None));
            if has_ended || begun.elapsed() > STARTS_WITHIN {
                let path = started.prepared.directory.join("output");
                let said = fs::read_to_string(path).unwrap_or_default();
                return Err(format!("{} does not start: {}", kind.name(), said.trim()));
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        std::thread::sleep(SETTLES);
        Ok(started)
    }

    pub fn options(&self) -> Vec<String> {
        options(self.prepared.port, self.child.id())
    }
}

impl Drop for Started {
    fn drop(&mut self) {
        // What has ended by itself needs no signal.
        let _ = kill_process(Pid::from_child(&self.child), Signal::TERM);
        let begun = Instant::now();
        while matches!(self.child.try_wait(), Ok(None)) && begun.elapsed() < ENDS_WITHIN {
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_server_is_named_with_port_and_process() {
        let found = other("mine=6667,42").unwrap();
        assert_eq!(found.name, "mine");
        assert_eq!(found.options(), ["--port=6667", "--pid=42"]);
        assert!(other("mine").is_err() && other("mine=6667,x").is_err());
    }

    #[test]
    fn nothing_is_left_to_fill_in() {
        for kind in Kind::value_variants() {
            let chat = Some(Path::new("chat"));
            let prepared = Prepared::new(*kind, chat, "0").unwrap();
            for entry in fs::read_dir(&prepared.directory).unwrap() {
                let text = fs::read_to_string(entry.unwrap().path()).unwrap();
                let left = ["@PORT@", "@DIR@", "@STORE@"];
                assert!(!left.iter().any(|word| text.contains(word)), "{text}");
            }
            let directory = prepared.directory.clone();
            drop(prepared);
            assert!(!directory.exists());
        }
    }
}
