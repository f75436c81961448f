//! TLS of the client: when it is used, whom it trusts, and what it says when it does not.
//!
//! Off this machine TLS is the rule, and nothing falls back to plain text by itself: only `--no-tls` does, and not
//! where the server once asked for TLS (STS). A certificate counts if an authority signed it for the host, if it is
//! the pinned one, or if the person said so before.

pub mod certificate;
pub mod handshake;
pub mod known;
pub mod means;
pub mod quic;
pub mod refuse;
pub mod rows;
pub mod sts;
pub mod verify;

use crate::client::address::Address;
use crate::client::ending::Ending;
use crate::client::tls::known::KnownHosts;
use crate::client::tls::means::Means;
use crate::client::tls::sts::Policies;
use crate::exit::Exit;
use crate::proto::fingerprint::Fingerprint;
use jiff::Timestamp;
use std::path::PathBuf;

/// When TLS is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Everywhere but on this machine.
    Auto,
    Always,
    /// Never, unless the server asked for it before.
    Never,
}

/// What the command line says about TLS, and what is remembered.
#[derive(Debug)]
pub struct Tls {
    pub wish: Wish,
    pub pin: Option<Fingerprint>,
    pub means: Means,
    pub known: KnownHosts,
    pub policies: Policies,
}

/// How the bytes go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    Plain,
    Tls,
    /// By TLS, because the server promised that nobody will find it otherwise.
    Strict,
}

/// Where the server is, and how it is talked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    pub address: Address,
    pub way: Way,
    /// Why it is not the way that was asked for.
    pub why: Option<String>,
}

impl Tls {
    /// TLS as `wish` says, remembering in files of this directory.
    pub fn new(wish: Wish, pin: Option<Fingerprint>, means: Means, state: Option<PathBuf>) -> Self {
        let file = |name: &str| state.as_ref().map(|directory| directory.join(name));
        Self {
            wish,
            pin,
            means,
            known: KnownHosts::new(file("known_hosts")),
            policies: Policies::new(file("sts")),
        }
    }

    /// The way to `address`.
    pub fn route(&self, address: &Address, now: Timestamp) -> Result<Route, Ending> {
        let is_wished = match self.wish {
            Wish::Auto => !address.is_local(),
            Wish::Always => true,
            Wish::Never => false,
        };
        let mut route = Route {
            address: address.clone(),
            way: if is_wished { Way::Tls } else { Way::Plain },
            why: None,
        };
        if address.is_local() {
            return Ok(route);
        }
        let policy = self.policies.find(&address.host, now);
        let policy = policy.map_err(|words| Ending::new(Exit::Tls, words))?;
        if let Some(policy) = policy {
            route.way = Way::Strict;
            if !is_wished {
                route.address.port = policy.port;
                route.why = Some(format!(
                    "{} asked to be called by TLS alone until {}: --no-tls is not followed, port {} is used.",
                    address.host,
                    policy.until.strftime("%Y-%m-%d"),
                    policy.port
                ));
            }
        }
        Ok(route)
    }
}

impl Route {
    /// The same host by TLS on another port, because it asks for that.
    pub fn upgraded(&self, port: u16) -> Self {
        let mut address = self.address.clone();
        address.port = port;
        Self {
            address,
            way: Way::Strict,
            why: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_wants_tls_alone_gets_it_on_its_port_unless_it_is_this_machine() {
        let home = tempfile::tempdir().unwrap();
        let now: Timestamp = "2026-11-20T08:00:00Z".parse().unwrap();
        let state = || Some(home.path().to_owned());
        let never = Tls::new(Wish::Never, None, Means::default(), state());
        for host in ["chat.example.org", "localhost"] {
            never.policies.note(host, 6697, 60, now).unwrap();
        }
        let far = Address::parse("chat.example.org:6667", None).unwrap();
        let route = never.route(&far, now).unwrap();
        assert_eq!((route.address.port, route.way), (6697, Way::Strict));
        assert!(route.why.is_some_and(|why| why.contains("6697")));
        let auto = Tls::new(Wish::Auto, None, Means::default(), state());
        let route = auto.route(&far, now).unwrap();
        assert_eq!((route.address.port, route.way), (6667, Way::Strict));
        let near = Address::parse("localhost:6667", None).unwrap();
        let route = never.route(&near, now).unwrap();
        assert_eq!((route.address.port, route.way), (6667, Way::Plain));
    }
}
