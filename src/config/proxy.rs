//! Sections `proxy` and `cloak`: who may tell for whom they speak, and what others see of an address.

use crate::config::password::Password;
use crate::config::value;
use crate::proto::subnet::{Subnet, any_contains};
use serde_yaml::Value;
use std::fmt;
use std::net::IpAddr;

/// Section `proxy`, and `server.proxy_protocol`.
#[derive(Debug, Clone, Default)]
pub struct Proxy {
    pub header: HeaderRule,
    /// Networks of proxies: who connects from there begins with a header.
    pub from: Vec<Subnet>,
    pub webirc: Vec<Gateway>,
}

/// Whether the main port is for proxies alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeaderRule {
    #[default]
    Absent,
    Required,
}

/// One item of `proxy.webirc`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gateway {
    pub password: Password,
    /// Where it connects from.
    pub hosts: Vec<Subnet>,
}

/// Section `cloak`.
#[derive(Clone)]
pub struct Cloak {
    pub enabled: bool,
    /// `None`: one of this server's own.
    pub key: Option<String>,
}

impl Default for Cloak {
    fn default() -> Self {
        Self {
            enabled: true,
            key: None,
        }
    }
}

impl fmt::Debug for Cloak {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut cloak = f.debug_struct("Cloak");
        cloak
            .field("enabled", &self.enabled)
            .finish_non_exhaustive()
    }
}

impl Proxy {
    /// Whether who connects from there is believed to be a proxy. If none is named, this machine is at a port
    /// that is for proxies alone.
    pub fn trusts(&self, address: IpAddr) -> bool {
        match (self.from.as_slice(), self.header) {
            ([], HeaderRule::Absent) => false,
            ([], HeaderRule::Required) => address.is_loopback(),
            (from, _) => any_contains(from, address),
        }
    }
}

impl Gateway {
    /// Whether it may connect from there; `None` is a Unix socket, which counts as this machine.
    pub fn may_be_at(&self, address: Option<IpAddr>) -> bool {
        match address {
            Some(address) => any_contains(&self.hosts, address.to_canonical()),
            None => self.hosts.iter().any(Subnet::is_loopback),
        }
    }
}

/// Reads one gateway; else tells the key of it that is wrong, and how.
pub fn gateway(item: &Value) -> Result<Gateway, (&'static str, String)> {
    let password = match item.get("password") {
        Some(Value::String(text)) => Password::new(text).map_err(str::to_owned),
        Some(_) => Err("must be text; in quotes if it is a number".into()),
        None => Err("is missing: the gateway proves itself with it".into()),
    };
    let hosts = match item.get("hosts") {
        Some(value) => value::networks(value),
        None => Ok(Vec::new()),
    };
    let hosts = hosts.and_then(|hosts| match hosts.is_empty() {
        true => Err("must name at least one network that the gateway connects from".into()),
        false => Ok(hosts),
    });
    Ok(Gateway {
        password: password.map_err(|wrong| ("password", wrong))?,
        hosts: hosts.map_err(|wrong| ("hosts", wrong))?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn networks(text: &str) -> Vec<Subnet> {
        value::networks(&serde_yaml::from_str(text).unwrap()).unwrap()
    }

    #[test]
    fn nobody_is_a_proxy_unless_named_but_this_machine_at_a_port_for_proxies() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let mut proxy = Proxy::default();
        assert!(!proxy.trusts(ip("127.0.0.1")));
        proxy.header = HeaderRule::Required;
        assert!(proxy.trusts(ip("::1")) && !proxy.trusts(ip("10.0.0.1")));
        proxy.from = networks("[10.0.0.0/8]");
        assert!(proxy.trusts(ip("10.0.0.1")) && !proxy.trusts(ip("127.0.0.1")));
    }

    #[test]
    fn a_gateway_has_a_password_and_a_place() {
        let read = |text: &str| gateway(&serde_yaml::from_str(text).unwrap());
        let known = read("{ password: horse, hosts: [10.0.0.7, 127.0.0.1] }").unwrap();
        assert!(known.may_be_at("10.0.0.7".parse().ok()) && known.may_be_at(None));
        assert!(known.may_be_at("::ffff:10.0.0.7".parse().ok()));
        assert!(!known.may_be_at("10.0.0.8".parse().ok()));
        for (text, key) in [
            ("{ hosts: [10.0.0.7] }", "password"),
            ("{ password: 7, hosts: [10.0.0.7] }", "password"),
            ("{ password: horse }", "hosts"),
            ("{ password: horse, hosts: [] }", "hosts"),
            ("{ password: horse, hosts: [gateway.example] }", "hosts"),
        ] {
            assert_eq!(read(text).unwrap_err().0, key, "{text}");
        }
    }
}
