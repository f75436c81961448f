//! Capabilities that the client can use: their names, which of them are offered, and which are on.

use std::collections::{BTreeMap, BTreeSet};

pub const ACCOUNT_REGISTRATION: &str = "draft/account-registration";
pub const BATCH: &str = "batch";
pub const CHATHISTORY: &str = "draft/chathistory";
pub const ECHO_MESSAGE: &str = "echo-message";
/// A batch of our own: a list of files.
pub const FILES: &str = "chat/files";
pub const LABELED_RESPONSE: &str = "labeled-response";
pub const MESSAGE_TAGS: &str = "message-tags";
pub const MULTILINE: &str = "draft/multiline";
pub const READ_MARKER: &str = "draft/read-marker";
pub const REDACTION: &str = "draft/message-redaction";
pub const SASL: &str = "sasl";
pub const SEARCH: &str = "soju.im/search";

/// Asked for where they are offered.
const WANTED: &[&str] = &[
    BATCH,
    "cap-notify",
    ECHO_MESSAGE,
    LABELED_RESPONSE,
    MESSAGE_TAGS,
    "multi-prefix",
    "server-time",
    "standard-replies",
    SASL,
    ACCOUNT_REGISTRATION,
    CHATHISTORY,
    READ_MARKER,
    REDACTION,
    MULTILINE,
    SEARCH,
];

/// Longest value kept of a capability, in bytes.
const LONGEST: usize = 500;

/// What one server offers, and what is on.
#[derive(Debug, Default)]
pub struct Caps {
    offered: BTreeMap<&'static str, String>,
    on: BTreeSet<&'static str>,
}

impl Caps {
    /// Whether a capability is on.
    pub fn has(&self, name: &str) -> bool {
        self.on.contains(name)
    }

    /// What the server says about a capability; nothing, if it does not offer it.
    pub fn value(&self, name: &str) -> Option<&str> {
        self.offered.get(name).map(String::as_str)
    }

    /// A number in the value of a capability, which is a list of `key=number`.
    pub fn number(&self, name: &str, key: &str) -> Option<usize> {
        let mut parts = self.value(name)?.split(',');
        parts.find_map(|part| {
            part.split_once('=')
                .filter(|(own, _)| *own == key)?
                .1
                .parse()
                .ok()
        })
    }

    /// Takes a token of CAP LS or NEW.
    pub fn offer(&mut self, token: &str) {
        let (name, value) = token.split_once('=').unwrap_or((token, ""));
        if let Some(name) = wanted(name).filter(|_| value.len() <= LONGEST) {
            self.offered.insert(name, value.to_owned());
        }
    }

    /// Takes a token of CAP ACK.
    pub fn acknowledge(&mut self, token: &str) {
        let token = token.split('=').next().unwrap_or_default();
        match token.strip_prefix('-') {
            Some(off) => self.on.remove(off),
            None => wanted(token).is_some_and(|name| self.on.insert(name)),
        };
    }

    /// Takes a token of CAP DEL.
    pub fn withdraw(&mut self, token: &str) {
        self.offered.remove(token);
        self.on.remove(token);
    }

    /// What is offered and not on, to be asked for.
    pub fn missing(&self) -> Vec<&'static str> {
        let is_missing =
            |name: &&&str| self.offered.contains_key(**name) && !self.on.contains(**name);
        WANTED.iter().filter(is_missing).copied().collect()
    }
}

fn wanted(name: &str) -> Option<&'static str> {
    WANTED.iter().find(|own| **own == name).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_offered_and_wanted_is_asked_for_and_taken_away_again() {
        let mut caps = Caps::default();
        for token in [
            "batch",
            "unknown=1",
            "draft/multiline=max-bytes=40,max-lines=3",
            "sasl=PLAIN",
        ] {
            caps.offer(token);
        }
        assert_eq!(caps.missing(), ["batch", "sasl", "draft/multiline"]);
        assert_eq!(caps.number(MULTILINE, "max-lines"), Some(3));
        assert_eq!(caps.number(SASL, "max-lines"), None);
        caps.acknowledge("batch");
        caps.acknowledge("sasl");
        caps.acknowledge("-batch");
        assert!(caps.has(SASL) && !caps.has(BATCH));
        caps.withdraw("sasl");
        assert!(!caps.has(SASL) && caps.value(SASL).is_none());
    }
}
