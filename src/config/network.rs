//! Networks: an address with the length of its prefix, and who is in it.

use crate::config::Network;
use std::net::IpAddr;

impl Network {
    /// Whether the address, which is canonical, is in it.
    pub fn contains(self, address: IpAddr) -> bool {
        let (a, b, bits): (u128, u128, u8) = match (self.address, address) {
            (IpAddr::V4(a), IpAddr::V4(b)) => (a.to_bits().into(), b.to_bits().into(), 32),
            (IpAddr::V6(a), IpAddr::V6(b)) => (a.to_bits(), b.to_bits(), 128),
            (IpAddr::V4(_), IpAddr::V6(_)) | (IpAddr::V6(_), IpAddr::V4(_)) => return false,
        };
        let free = u32::from(bits.saturating_sub(self.prefix));
        (a ^ b).checked_shr(free).unwrap_or(0) == 0
    }
}

/// Whether one of the networks contains the address.
pub fn any_contains(networks: &[Network], address: IpAddr) -> bool {
    networks.iter().any(|network| network.contains(address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn networks_contain_their_addresses_only() {
        let is_in = |text: &str, prefix, address: &str| {
            let network = Network {
                address: text.parse().unwrap(),
                prefix,
            };
            network.contains(address.parse().unwrap())
        };
        assert!(is_in("127.0.0.0", 8, "127.9.9.9"));
        assert!(!is_in("127.0.0.0", 8, "128.0.0.0"));
        assert!(is_in("0.0.0.0", 0, "9.9.9.9"));
        assert!(is_in("::", 0, "2001:db8::1"));
        assert!(!is_in("::1", 128, "::2"));
        assert!(!is_in("0.0.0.0", 0, "::1"));
    }
}
