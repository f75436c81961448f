//! Known hosts: which certificate each server showed, and why it was believed.
//!
//! One row per server: `HOST:PORT FINGERPRINT trusted|signed DATE`.

use crate::client::address::Address;
use crate::client::tls::rows::Rows;
use crate::proto::fingerprint::Fingerprint;
use jiff::Timestamp;
use std::path::PathBuf;

/// Why a certificate was believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belief {
    /// The person said so.
    Trusted,
    /// An authority signed it for the host.
    Signed,
}

/// What is known of a server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub fingerprint: Fingerprint,
    pub belief: Belief,
    /// The day on which it was first seen.
    pub since: String,
}

/// The servers met so far.
#[derive(Debug, Clone)]
pub struct KnownHosts(Rows);

impl KnownHosts {
    pub fn new(path: Option<PathBuf>) -> Self {
        Self(Rows::new(path))
    }

    /// Where they are, for sentences.
    pub fn place(&self) -> String {
        self.0.place()
    }

    /// What is known of the server at `address`.
    pub fn find(&self, address: &Address) -> Result<Option<Known>, String> {
        let key = key(address);
        for (number, row) in self.0.read()? {
            let mut words = row.split_whitespace();
            if words.next() != Some(key.as_str()) {
                continue;
            }
            let known = known(words);
            return known.map(Some).ok_or_else(|| {
                let place = self.0.place();
                format!("{place}:{number}: this row cannot be read. Correct it or take it out.")
            });
        }
        Ok(None)
    }

    /// Notes the certificate of the server at `address`.
    pub fn note(
        &self,
        address: &Address,
        fingerprint: Fingerprint,
        belief: Belief,
    ) -> Result<(), String> {
        if belief == Belief::Trusted && self.0.is_nowhere() {
            return Err("Without HOME or XDG_STATE_HOME nothing can be remembered.".to_owned());
        }
        let key = key(address);
        let belief = match belief {
            Belief::Trusted => "trusted",
            Belief::Signed => "signed",
        };
        let day = Timestamp::now().strftime("%Y-%m-%d");
        let row = format!("{key} {fingerprint} {belief} {day}");
        self.0.put(&key, Some(&row))
    }
}

/// How a server is called in the file.
fn key(address: &Address) -> String {
    address.to_string().to_ascii_lowercase()
}

fn known<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<Known> {
    Some(Known {
        fingerprint: Fingerprint::parse(words.next()?)?,
        belief: match words.next()? {
            "trusted" => Belief::Trusted,
            "signed" => Belief::Signed,
            _ => return None,
        },
        since: words.next()?.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> Address {
        Address::parse(text, None).unwrap()
    }

    #[test]
    fn each_port_of_a_host_is_known_by_itself() {
        let home = tempfile::tempdir().unwrap();
        let hosts = KnownHosts::new(Some(home.path().join("known_hosts")));
        let (a, b) = (Fingerprint::of(b"a"), Fingerprint::of(b"b"));
        hosts.note(&address("Host:1"), a, Belief::Trusted).unwrap();
        hosts.note(&address("host:2"), b, Belief::Signed).unwrap();
        let found = hosts.find(&address("hOST:1")).unwrap().unwrap();
        assert_eq!((found.fingerprint, found.belief), (a, Belief::Trusted));
        let found = hosts.find(&address("host:2")).unwrap().unwrap();
        assert_eq!((found.fingerprint, found.belief), (b, Belief::Signed));
        assert_eq!(hosts.find(&address("host:3")), Ok(None));
    }

    #[test]
    fn a_row_that_cannot_be_read_is_told_and_never_taken_for_none() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("known_hosts");
        for row in ["h:1", "h:1 sha256:00 trusted 2026-11-20", "h:1 x y z"] {
            let _ = std::fs::remove_file(&path);
            Rows::new(Some(path.clone())).put("h:1", Some(row)).unwrap();
            let hosts = KnownHosts::new(Some(path.clone()));
            let words = hosts.find(&address("h:1")).unwrap_err();
            assert!(words.contains("known_hosts:1: "), "{words}");
            assert_eq!(hosts.find(&address("h:2")), Ok(None));
        }
    }
}
