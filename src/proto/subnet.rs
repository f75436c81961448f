//! Networks: addresses that share their first bits, like `192.0.2.0/24`.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// Addresses that share their first bits; the bits after these are zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Subnet {
    address: IpAddr,
    prefix: u8,
}

impl Subnet {
    /// The network of the first `prefix` bits of an address; an IPv4 address in IPv6 clothes is taken for what
    /// it is.
    pub fn of(address: IpAddr, prefix: u8) -> Self {
        let address = address.to_canonical();
        let prefix = prefix.min(longest(address));
        Self {
            address: masked(address, prefix),
            prefix,
        }
    }

    /// This address alone.
    pub fn only(address: IpAddr) -> Self {
        Self::of(address, u8::MAX)
    }

    /// How many bits its addresses share.
    pub fn prefix(&self) -> u8 {
        self.prefix
    }

    /// Whether it is IPv4's.
    pub fn is_v4(&self) -> bool {
        self.address.is_ipv4()
    }

    /// Whether it begins with an address of this machine.
    pub fn is_loopback(&self) -> bool {
        self.address.is_loopback()
    }

    /// Whether the address is one of its.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.is_v4() && masked(address, self.prefix) == self.address
    }
}

/// Whether one of the networks contains the address.
pub fn any_contains(networks: &[Subnet], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(address))
}

fn longest(address: IpAddr) -> u8 {
    match address {
        IpAddr::V4(_) => 32,
        IpAddr::V6(_) => 128,
    }
}

/// The address with nothing but its first bits.
fn masked(address: IpAddr, prefix: u8) -> IpAddr {
    match address {
        IpAddr::V4(v4) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(prefix)).unwrap_or(0);
            Ipv4Addr::from_bits(v4.to_bits() & mask).into()
        }
        IpAddr::V6(v6) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(prefix)).unwrap_or(0);
            Ipv6Addr::from_bits(v6.to_bits() & mask).into()
        }
    }
}

/// An address alone stands without its prefix.
impl fmt::Display for Subnet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix == longest(self.address) {
            true => write!(f, "{}", self.address),
            false => write!(f, "{}/{}", self.address, self.prefix),
        }
    }
}

/// An address, with or without `/PREFIX`.
impl FromStr for Subnet {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (address, prefix) = match text.split_once('/') {
            Some((address, prefix)) => (address, Some(prefix)),
            None => (text, None),
        };
        let address = address.trim_matches(['[', ']']);
        let address: IpAddr = address.parse().map_err(|_| "is no address")?;
        let prefix = match prefix {
            None => longest(address),
            Some(prefix) => prefix.parse().map_err(|_| "has no prefix after the /")?,
        };
        if prefix > longest(address) {
            return Err("has a longer prefix than an address has bits");
        }
        let is_dressed = address.is_ipv6() && address.to_canonical().is_ipv4();
        Ok(match is_dressed {
            true => Self::of(address, prefix.saturating_sub(96)),
            false => Self::of(address, prefix),
        })
    }
}

impl TryFrom<String> for Subnet {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Subnet> for String {
    fn from(network: Subnet) -> Self {
        network.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net(text: &str) -> Subnet {
        text.parse().unwrap()
    }

    #[test]
    fn networks_are_read_and_written_without_the_bits_that_do_not_count() {
        for (read, written) in [
            ("192.0.2.77/24", "192.0.2.0/24"),
            ("192.0.2.77", "192.0.2.77"),
            ("192.0.2.77/32", "192.0.2.77"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1/64", "2001:db8::/64"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7/120", "192.0.2.0/24"),
            ("0.0.0.0/0", "0.0.0.0/0"),
            ("::/0", "::/0"),
        ] {
            assert_eq!(net(read).to_string(), written, "{read}");
        }
        for wrong in ["", "x", "192.0.2.1/33", "::1/129", "1.2.3.4/", "1.2.3.4/-1"] {
            assert!(wrong.parse::<Subnet>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn networks_contain_their_addresses_only() {
        let ip = |text: &str| text.parse().unwrap();
        assert!(net("192.0.2.0/24").contains(ip("192.0.2.255")));
        assert!(net("192.0.2.0/24").contains(ip("::ffff:192.0.2.1")));
        assert!(!net("192.0.2.0/24").contains(ip("192.0.3.0")));
        assert!(net("0.0.0.0/0").contains(ip("9.9.9.9")) && !net("0.0.0.0/0").contains(ip("::1")));
        assert!(net("2001:db8::/32").contains(ip("2001:db8:ffff::1")));
    }
}
