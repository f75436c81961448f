//! Section `server.tls`: with which certificates the doors speak TLS, and whether they do.

use crate::config::{Config, Listener};
use serde_yaml::Value;
use std::path::PathBuf;
use std::time::Duration;

/// Section `server.tls`.
#[derive(Debug, Clone, Default)]
pub struct Tls {
    pub enabled: Enabled,
    /// Certificate of who names no server, or one that no certificate is for.
    pub cert: Option<PathBuf>,
    pub key: Option<PathBuf>,
    /// Further ones, each for the names that it holds.
    pub certificates: Vec<Pair>,
    /// How long clients are to come over TLS only.
    pub sts: Option<Duration>,
}

/// Whether the doors speak TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Enabled {
    /// Where others can come in, and wherever a certificate is given.
    #[default]
    Auto,
    Yes,
    No,
}

/// A certificate with what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub cert: PathBuf,
    pub key: PathBuf,
}

impl Tls {
    /// Every certificate that is given, the one for everybody else first.
    pub fn pairs(&self) -> Vec<Pair> {
        let first = self.cert.clone().zip(self.key.clone());
        let first = first.map(|(cert, key)| Pair { cert, key });
        first.into_iter().chain(self.certificates.clone()).collect()
    }
}

impl Config {
    /// Whether the doors speak TLS.
    pub fn speaks_tls(&self) -> bool {
        let is_far = |door: &Listener| match door {
            Listener::Tcp(address) | Listener::Web(address) => {
                !address.ip().to_canonical().is_loopback()
            }
            Listener::Tls(_) | Listener::WebTls(_) => true,
            Listener::Unix(_) => false,
        };
        match self.server.tls.enabled {
            Enabled::Yes => true,
            Enabled::No => false,
            Enabled::Auto => {
                !self.server.bind.to_canonical().is_loopback()
                    || self.listeners.iter().any(is_far)
                    || !self.server.tls.pairs().is_empty()
            }
        }
    }
}

/// One item of `certificates`.
pub(super) fn pair(item: &Value) -> Result<Pair, &'static str> {
    let path = |key| {
        let text = item.get(key).and_then(Value::as_str);
        text.filter(|text| !text.is_empty()).map(PathBuf::from)
    };
    match (path("cert"), path("key")) {
        (Some(cert), Some(key)) => Ok(Pair { cert, key }),
        _ => Err("must have cert and key, both paths"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::read::read;

    fn speaks(text: &str) -> bool {
        read(text, Config::default()).0.speaks_tls()
    }

    #[test]
    fn tls_is_spoken_where_others_come_in_or_a_certificate_is_given() {
        for (text, expected) in [
            ("{}", false),
            ("server: { bind: 0.0.0.0 }", true),
            ("server: { bind: \"::1\" }", false),
            ("server: { bind: 0.0.0.0, tls: { enabled: false } }", false),
            ("server: { tls: { enabled: true } }", true),
            ("server: { tls: { cert: a, key: b } }", true),
            (
                "server: { tls: { certificates: [{ cert: a, key: b }] } }",
                true,
            ),
            ("listeners: [{ address: 127.0.0.1:1 }]", false),
            ("listeners: [{ address: 127.0.0.1:1, tls: true }]", true),
            ("listeners: [{ unix: a }]", false),
        ] {
            assert_eq!(speaks(text), expected, "{text}");
        }
    }

    #[test]
    fn a_certificate_without_its_key_is_a_fault() {
        for text in [
            "server: { tls: { cert: a } }",
            "server: { tls: { key: a } }",
            "server: { tls: { certificates: [{ cert: a }] } }",
            "server: { tls: { enabled: maybe } }",
            "server: { tls: { enabled: false } }\nlisteners: [{ address: 127.0.0.1:1, tls: true }]",
            "listeners: [{ unix: a, tls: true }]",
        ] {
            assert!(read(text, Config::default()).1.is_fatal(), "{text}");
        }
    }
}
