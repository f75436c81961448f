//! The file of the person who talks: `client.yaml`, with saved servers, settings and other names for commands.
//!
//! What is not known there is told and passed over; only a file that would give a secret away is refused.

mod edit;

use crate::config::fault::{Fault, Report};
use crate::config::place::{Place, find};
use crate::config::{file, syntax, value};
use serde_yaml::{Mapping, Value};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What the file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct File {
    pub servers: BTreeMap<String, Saved>,
    /// Settings by their names, as text, and where each stands.
    pub ui: Vec<(String, String)>,
    pub ui_places: Vec<Option<Place>>,
    pub aliases: BTreeMap<String, String>,
}

/// A server with a name of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Saved {
    pub host: String,
    pub port: Option<u16>,
    pub nick: Option<String>,
    pub account: Option<String>,
    pub join: Vec<String>,
    pub to: Option<String>,
    pub tls: Option<bool>,
    pub pin: Option<String>,
    pub ca: Option<PathBuf>,
    pub client_cert: Option<PathBuf>,
    pub password_file: Option<PathBuf>,
    pub password_command: Option<String>,
}

const SECTIONS: [&str; 3] = ["servers", "ui", "alias"];
/// What can stand under the name of a server, with its meaning for the manual.
pub const KEYS: [(&str, &str); 12] = [
    ("host", "where it is; needed"),
    ("port", "its port, 55555 if none is given"),
    ("nick", "your name there"),
    ("account", "the account to log in to"),
    ("join", "rooms to enter"),
    ("to", "where plain lines go from the start"),
    ("tls", "true or false"),
    ("pin", "SHA-256 fingerprint of its certificate"),
    ("ca", "file with the certificates of authorities"),
    ("client_cert", "file with your certificate and key"),
    ("password_file", "file whose first line is the password"),
    (
        "password_command",
        "command whose first line of output is the password",
    ),
];

/// Where the file is, whether or not it exists.
pub fn path() -> Option<PathBuf> {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let config = set("XDG_CONFIG_HOME").map(PathBuf::from);
    let config = config.or_else(|| std::env::home_dir().map(|home| home.join(".config")))?;
    Some(config.join("chat/client.yaml"))
}

/// Says that nobody knows a name, and which may be meant.
pub fn is_unknown(name: &str, known: &[&str]) -> String {
    let far = |own: &&&str| strsim::osa_distance(name, own);
    let near = known.iter().min_by_key(far).filter(|own| far(own) <= 2);
    let hint = near.map_or(String::new(), |near| format!(" (did you mean {near:?}?)"));
    format!("is unknown{hint}")
}

/// Reads the file, if it exists.
pub fn load(path: &Path) -> (File, Report) {
    if !path.exists() {
        return (File::default(), Report::default());
    }
    let (file, mut faults) = match file::content(path) {
        Ok((text, _)) => read(&text),
        Err(fault) => (File::default(), vec![fault]),
    };
    faults.sort_by_key(|fault| {
        fault
            .place
            .map_or((usize::MAX, 0), |place| (place.line, place.column))
    });
    let report = Report {
        file: Some(path.to_owned()),
        faults,
    };
    (file, report)
}

/// Writes a value into the file, which is made if there is none; an empty value takes the key out.
pub fn keep(path: &Path, section: &str, key: &str, value: &str) -> Result<(), String> {
    edit::keep(path, section, key, value)
}

fn read(text: &str) -> (File, Vec<Fault>) {
    let mut reading = Reading {
        text,
        file: File::default(),
        faults: Vec::new(),
    };
    match serde_yaml::from_str::<Value>(text) {
        Ok(Value::Null) => {}
        Ok(Value::Mapping(root)) => reading.root(&root),
        Ok(other) => reading.tell(
            "",
            &format!("must hold keys and values, not {}", value::kind(&other)),
        ),
        Err(error) => reading.faults.push(syntax::fault(text, &error)),
    }
    (reading.file, reading.faults)
}

struct Reading<'t> {
    text: &'t str,
    file: File,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    fn tell(&mut self, path: &str, wrong: &str) {
        let words = format!("{path} {wrong}");
        let fault = Fault::warning(words.trim_start());
        self.faults.push(fault.at(find(self.text, path)));
    }

    fn unknown(&mut self, path: &str, name: &str, known: &[&str]) {
        self.tell(path, &is_unknown(name, known));
    }

    fn root(&mut self, root: &Mapping) {
        for (key, value) in root {
            let Some(name) = key.as_str() else { continue };
            let section = match value {
                Value::Mapping(section) => section,
                Value::Null if SECTIONS.contains(&name) => continue,
                _ if SECTIONS.contains(&name) => {
                    self.tell(name, "must hold keys and values");
                    continue;
                }
                _ => {
                    self.unknown(name, name, &SECTIONS);
                    continue;
                }
            };
            match name {
                "servers" => self.servers(section),
                "ui" => {
                    self.file.ui = self.texts("ui", section);
                    let names = self.file.ui.iter();
                    let places = names.map(|(name, _)| find(self.text, &format!("ui.{name}")));
                    self.file.ui_places = places.collect();
                }
                "alias" => self.file.aliases = self.texts("alias", section).into_iter().collect(),
                _ => self.unknown(name, name, &SECTIONS),
            }
        }
    }

    fn texts(&mut self, path: &str, section: &Mapping) -> Vec<(String, String)> {
        let mut texts = Vec::new();
        for (key, value) in section {
            let Some(name) = key.as_str() else { continue };
            let text = match value {
                Value::Sequence(words) => {
                    let words: Result<Vec<_>, _> = words.iter().map(value::text).collect();
                    words.map(|words| words.join(","))
                }
                value => value::text(value),
            };
            match text {
                Ok(text) => texts.push((name.to_owned(), text)),
                Err(wrong) => self.tell(&format!("{path}.{name}"), &wrong),
            }
        }
        texts
    }

    fn servers(&mut self, section: &Mapping) {
        for (key, value) in section {
            let Some(name) = key.as_str() else { continue };
            let path = format!("servers.{name}");
            let Value::Mapping(keys) = value else {
                self.tell(
                    &path,
                    "must hold keys and values, like host: chat.example.org",
                );
                continue;
            };
            let saved = self.saved(&path, keys);
            match saved.host.is_empty() {
                true => self.tell(&path, "has no host"),
                false => drop(self.file.servers.insert(name.to_owned(), saved)),
            }
        }
    }

    fn saved(&mut self, path: &str, keys: &Mapping) -> Saved {
        let mut saved = Saved::default();
        for (key, value) in keys {
            let Some(name) = key.as_str() else { continue };
            let path = format!("{path}.{name}");
            match put(&mut saved, name, value) {
                Ok(true) => {}
                Ok(false) if name == "password" => {
                    let wrong = "is not read: use password_file or password_command";
                    self.tell(&path, wrong);
                }
                Ok(false) => self.unknown(&path, name, &KEYS.map(|(key, _)| key)),
                Err(wrong) => self.tell(&path, &wrong),
            }
        }
        saved
    }
}

/// Puts a value in its place; `false` if there is none for this name.
fn put(saved: &mut Saved, name: &str, given: &Value) -> value::Read<bool> {
    let text = || value::text(given).map(Some);
    let path = || value::text(given).map(|path| Some(PathBuf::from(path)));
    match name {
        "host" => saved.host = value::text(given)?,
        "port" => saved.port = u16::try_from(value::whole(given, 1, 65535)?).ok(),
        "nick" => saved.nick = text()?,
        "account" => saved.account = text()?,
        "join" => saved.join = rooms(given)?,
        "to" => saved.to = text()?,
        "tls" => saved.tls = Some(value::truth(given)?),
        "pin" => saved.pin = text()?,
        "ca" => saved.ca = path()?,
        "client_cert" => saved.client_cert = path()?,
        "password_file" => saved.password_file = path()?,
        "password_command" => saved.password_command = text()?,
        _ => return Ok(false),
    }
    Ok(true)
}

fn rooms(given: &Value) -> value::Read<Vec<String>> {
    match given {
        Value::Sequence(rooms) => rooms.iter().map(value::text).collect(),
        one => value::text(one).map(|rooms| rooms.split(',').map(str::to_owned).collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_the_file_is_read() {
        let text = "servers:\n  work: { host: chat.example.org, port: 6697, nick: ann, join: [\"#lobby\", \"#dev\"] }\n\
            ui: { time: always, bell: off, mentions: [a, b] }\nalias: { j: \"/join $1\" }\n";
        let (file, faults) = read(text);
        assert_eq!(faults, []);
        let work = &file.servers["work"];
        assert_eq!(
            (work.host.as_str(), work.port),
            ("chat.example.org", Some(6697))
        );
        assert_eq!(work.join, ["#lobby", "#dev"]);
        let ui: Vec<_> = file.ui.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(ui, ["time=always", "bell=off", "mentions=a,b"]);
        assert_eq!(file.aliases["j"], "/join $1");
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line_and_the_rest_counts() {
        let text = "servers:\n  a:\n    hots: x\n    host: h\n  b: {}\n  c: { host: h, port: 0, password: geheim }\nuii: 1\nalias: []\n";
        let (file, faults) = read(text);
        let told: Vec<_> = faults
            .iter()
            .map(|fault| {
                let line = fault.place.map_or(0, |place| place.line);
                format!("{line} {}", fault.text)
            })
            .collect();
        assert!(
            told[0].starts_with("3 servers.a.hots is unknown (did you mean \"host\"?)"),
            "{told:#?}"
        );
        assert!(
            told.iter()
                .any(|line| line.contains("servers.b has no host")),
            "{told:#?}"
        );
        assert!(
            told.iter()
                .any(|line| line.contains("servers.c.password is not read")),
            "{told:#?}"
        );
        assert!(
            told.iter().all(|line| !line.contains("geheim")),
            "{told:#?}"
        );
        assert!(
            told.iter()
                .any(|line| line.contains("uii is unknown (did you mean \"ui\"?)")),
            "{told:#?}"
        );
        assert_eq!(file.servers.len(), 2);
        for broken in ["[", "a: [", "- x", "\u{0}", "1"] {
            assert_eq!(read(broken).1.len(), 1, "{broken:?}");
        }
    }
}
