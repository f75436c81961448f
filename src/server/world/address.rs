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
    pub fn shown_host(&self, ip: Option<IpAddr>, plain: &str) -> String {
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
            is_web: device.peer.is_web,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::server::world::Identity;
    use crate::server::world::event::Now;
    use crate::server::world::secured::{Secured, Version};
    use std::sync::Arc;

    const ID: SessionId = SessionId {
        index: 0,
        generation: 1,
    };

    fn world(config: Config) -> World {
        let mut world = World::new(Arc::new(config), Identity::default(), Now::default());
        let secured = Secured {
            version: Version::Tls13,
            certificate: None,
        };
        let gateway = Peer {
            host: "10.0.0.7".into(),
            address: "10.0.0.7:4000".into(),
            ip: "10.0.0.7".parse().ok(),
            secured: Some(Box::new(secured)),
            via: None,
            is_web: false,
        };
        world.open(ID, gateway, Now::default());
        world
    }

    fn them(host: &str) -> SpokenFor {
        SpokenFor {
            ip: "2001:db8::1".parse().unwrap(),
            port: None,
            host: host.into(),
            gateway: "web".into(),
            is_secure: false,
        }
    }

    #[test]
    fn the_tls_of_a_gateway_is_not_theirs_and_a_host_that_is_none_is_not_shown() {
        let mut config = Config::default();
        config.cloak.enabled = false;
        let mut world = world(config);
        for (host, shown) in [
            ("web.example", "web.example"),
            ("a b", "2001:db8::1"),
            (":x", "2001:db8::1"),
            ("", "2001:db8::1"),
        ] {
            world.speak_for(ID, them(host));
            let peer = &world.session(ID).unwrap().peer;
            assert_eq!((&*peer.host, &*peer.address), (shown, "2001:db8::1"));
            assert!(peer.secured.is_none() && !peer.is_private());
        }
    }

    #[test]
    fn a_cloak_is_made_of_the_key_of_the_configuration() {
        let host = |key: Option<&str>| {
            let mut config = Config::default();
            config.cloak.key = key.map(Into::into);
            let world = world(config);
            world.session(ID).unwrap().peer.host.clone()
        };
        assert_eq!(host(Some("a")), host(Some("a")));
        assert!(host(Some("a")) != host(Some("b")) && host(Some("a")) != host(None));
    }
}
