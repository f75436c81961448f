//! Servers that asked to be called by TLS alone (IRCv3 sts): one row each, `HOST PORT UNTIL`.

use crate::client::tls::rows::Rows;
use jiff::{SignedDuration, Timestamp};
use std::path::PathBuf;

/// Longest time for which a server is believed.
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366 * 2);

/// A promise that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// Where TLS was spoken.
    pub port: u16,
    pub until: Timestamp,
}

/// The promises heard so far.
#[derive(Debug, Clone)]
pub struct Policies(Rows);

impl Policies {
    pub fn new(path: Option<PathBuf>) -> Self {
        Self(Rows::new(path))
    }

    /// What `host` promised, if that still holds.
    pub fn find(&self, host: &str, now: Timestamp) -> Result<Option<Policy>, String> {
        let key = key(host);
        for (number, row) in self.0.read()? {
            let mut words = row.split_whitespace();
            if words.next() != Some(key.as_str()) {
                continue;
            }
            let Some(policy) = policy(words) else {
                let place = self.0.place();
                return Err(format!(
                    "{place}:{number}: this row cannot be read. Correct it or take it out."
                ));
            };
            return Ok(Some(policy).filter(|policy| policy.until > now));
        }
        Ok(None)
    }

    /// Notes that `host` wants TLS alone for so many seconds from now on; none take back what it said before.
    pub fn note(&self, host: &str, port: u16, seconds: u64, now: Timestamp) -> Result<(), String> {
        let key = key(host);
        let time = i64::try_from(seconds).map_or(LONGEST, SignedDuration::from_secs);
        let until = now.checked_add(time.min(LONGEST)).unwrap_or(Timestamp::MAX);
        let row = format!("{key} {port} {}", until.strftime("%Y-%m-%dT%H:%M:%SZ"));
        self.0.put(&key, (seconds > 0).then_some(&*row))
    }
}

fn key(host: &str) -> String {
    host.trim_end_matches('.').to_ascii_lowercase()
}

fn policy<'a>(mut words: impl Iterator<Item = &'a str>) -> Option<Policy> {
    Some(Policy {
        port: words.next()?.parse().ok().filter(|port| *port != 0)?,
        until: words.next()?.parse().ok()?,
    })
}

/// What the value of the capability says: the port for TLS, and for how many seconds nothing else is to be used.
pub fn read(value: &str) -> (Option<u16>, Option<u64>) {
    let find = |name: &str| {
        let mut parts = value.split(',').filter_map(|part| part.split_once('='));
        parts.find(|(key, _)| *key == name).map(|(_, value)| value)
    };
    let port = find("port").and_then(|port| port.parse().ok());
    (
        port.filter(|port| *port != 0),
        find("duration").and_then(|time| time.parse().ok()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_holds_for_its_time_and_can_be_taken_back() {
        let home = tempfile::tempdir().unwrap();
        let policies = Policies::new(Some(home.path().join("sts")));
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let later = |seconds| now.checked_add(SignedDuration::from_secs(seconds)).unwrap();
        policies.note("Chat.example.org", 6697, 60, now).unwrap();
        let found = policies.find("chat.example.org.", later(59)).unwrap();
        let (port, until) = (6697, later(60));
        assert_eq!(found, Some(Policy { port, until }));
        assert_eq!(policies.find("chat.example.org", later(60)), Ok(None));
        assert_eq!(policies.find("example.org", now), Ok(None));
        policies.note("chat.example.org", 6697, 0, now).unwrap();
        assert_eq!(policies.find("chat.example.org", now), Ok(None));
        policies.note("h", 1, u64::MAX, now).unwrap();
        assert!(policies.find("h", later(3600)).unwrap().is_some());
        assert_eq!(policies.find("h", later(3 * 366 * 86_400)), Ok(None));
    }

    #[test]
    fn the_capability_is_read_and_what_is_unknown_passes() {
        for (value, port, duration) in [
            ("port=6697", Some(6697), None),
            ("duration=15552000", None, Some(15_552_000)),
            ("unknown,duration=31536000,foo=bar", None, Some(31_536_000)),
            ("duration=0,port=6697", Some(6697), Some(0)),
            ("port=0,duration=-1", None, None),
            ("port=x,duration=", None, None),
            ("", None, None),
        ] {
            assert_eq!(read(value), (port, duration), "{value}");
        }
    }
}
