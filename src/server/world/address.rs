//! Where people are: what others see of an address, and connections that somebody opened for another.

use crate::config::password::Password;
use crate::proto::cloak::cloak;
use crate::server::world::World;
use crate::server::world::event::{Peer, SessionId, Via};
use crate::store::record::account::Secret;
use std::net::{IpAddr, SocketAddr};

/// Longest name of a host.
const LONGEST: usize = 63;

/// For whom a gateway wants to speak, while its password is compared.
#[derive(Debug)]
pub struct Claim {
    pub given: Secret,
    /// Passwords that were not tried yet.
    pub left: Vec<Password>,
    pub them: SpokenFor,
}

/// Whom a gateway speaks for.
#[derive(Debug)]
pub struct SpokenFor {
    pub ip: IpAddr,
    /// The port they came from, if it was told.
    pub port: Option<u16>,
    /// The name of their host, as the gateway knows it.
    pub host: String,
    /// What the gateway calls itself.
    pub gateway: Box<str>,
    /// Nobody can read along between them and the gateway.
    pub is_secure: bool,
}

impl World {
    /// What others see of somebody at this address.
    pub(super) fn shown_host(&self, ip: Option<IpAddr>, plain: &str) -> String {
        let cloaked = ip.map(|ip| ip.to_canonical());
        let cloaked = cloaked.filter(|ip| self.config.cloak.enabled && !ip.is_loopback());
        cloaked.map_or_else(|| plain.to_owned(), |ip| cloak(self.cloak_key(), ip))
    }

    fn cloak_key(&self) -> &[u8] {
        match &self.config.cloak.key {
            Some(key) => key.as_bytes(),
            None => &self.identity.decoy.0,
        }
    }

    /// A session turns out to be of somebody else than who opened it.
    pub fn speak_for(&mut self, session: SessionId, them: SpokenFor) {
        let plain = match is_host(&them.host) {
            true => them.host,
            false => in_source(them.ip),
        };
        let host = self.shown_host(Some(them.ip), &plain);
        let Some(device) = self.session_mut(session) else {
            return;
        };
        let via = Via {
            address: std::mem::take(&mut device.peer.address),
            gateway: Some(them.gateway),
            is_secure: them.is_secure,
        };
        let address = match (them.port, them.ip) {
            (Some(port), ip) => SocketAddr::new(ip, port).to_string(),
            (None, ip) => ip.to_string(),
        };
        device.peer = Peer {
            host,
            address,
            ip: Some(them.ip),
            // What was negotiated with the gateway tells nothing of them.
            secured: None,
            via: Some(Box::new(via)),
        };
    }
}

/// An address as a host in `nick!user@host`, where nothing may begin with a colon.
pub fn in_source(ip: IpAddr) -> String {
    let text = ip.to_string();
    match text.starts_with(':') {
        true => format!("0{text}"),
        false => text,
    }
}

/// Whether it can stand as the host in `nick!user@host`.
fn is_host(name: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-:_".contains(c);
    (1..=LONGEST).contains(&name.len()) && !name.starts_with(':') && name.chars().all(fits)
}
