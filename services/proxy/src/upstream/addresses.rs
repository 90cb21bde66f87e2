//! Which addresses an endpoint may connect to.

use std::{net::IpAddr, sync::Arc};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};

/// What is not the public internet: private, loopback, link-local, shared, reserved and multicast networks, and the IPv6 ranges
/// that carry IPv4 addresses inside.
const NOT_PUBLIC_V4: [(u32, u8); 16] = [
    (0x0000_0000, 8),  // this network
    (0x0a00_0000, 8),  // private
    (0x6440_0000, 10), // shared by carriers
    (0x7f00_0000, 8),  // loopback
    (0xa9fe_0000, 16), // link-local, clouds' metadata among it
    (0xac10_0000, 12), // private
    (0xc000_0000, 24), // protocol assignments
    (0xc000_0200, 24), // documentation
    (0xc058_6300, 24), // 6to4 relays
    (0xc0a8_0000, 16), // private
    (0xc612_0000, 15), // benchmarks
    (0xc633_6400, 24), // documentation
    (0xcb00_7100, 24), // documentation
    (0xe000_0000, 4),  // multicast
    (0xf000_0000, 4),  // reserved
    (0xffff_ffff, 32), // broadcast
];
const NOT_PUBLIC_V6: [(u128, u8); 9] = [
    (0, 96),                                         // unspecified, loopback, IPv4-compatible
    (0x0064_ff9b_0001_0000_0000_0000_0000_0000, 48), // translation, local
    (0x0100_0000_0000_0000_0000_0000_0000_0000, 64), // discarded
    (0x2001_0000_0000_0000_0000_0000_0000_0000, 23), // protocol assignments, Teredo among them
    (0x2001_0db8_0000_0000_0000_0000_0000_0000, 32), // documentation
    (0xfc00_0000_0000_0000_0000_0000_0000_0000, 7),  // unique local
    (0xfe80_0000_0000_0000_0000_0000_0000_0000, 10), // link-local
    (0xfec0_0000_0000_0000_0000_0000_0000_0000, 10), // site-local
    (0xff00_0000_0000_0000_0000_0000_0000_0000, 8),  // multicast
];

/// Whether an address is out on the public internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => !NOT_PUBLIC_V4.iter().any(|(network, prefix)| {
            // The table holds valid prefixes only.
            Ipv4Net::new((*network).into(), *prefix).is_ok_and(|network| network.contains(&address))
        }),
        IpAddr::V6(address) => {
            if let Some(inside) = embedded_v4(address) {
                return is_public(IpAddr::V4(inside));
            }
            !NOT_PUBLIC_V6.iter().any(|(network, prefix)| {
                Ipv6Net::new((*network).into(), *prefix).is_ok_and(|network| network.contains(&address))
            })
        }
    }
}

/// The IPv4 address that a mapped, translated (`64:ff9b::/96`) or 6to4 (`2002::/16`) address stands for.
fn embedded_v4(address: std::net::Ipv6Addr) -> Option<std::net::Ipv4Addr> {
    let octets = address.octets();
    let at =
        |start: usize| std::net::Ipv4Addr::new(octets[start], octets[start + 1], octets[start + 2], octets[start + 3]);
    if let Some(mapped) = address.to_ipv4_mapped() {
        return Some(mapped);
    }
    if octets.starts_with(&[0x00, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0]) {
        return Some(at(12));
    }
    octets.starts_with(&[0x20, 0x02]).then(|| at(2))
}

/// Which addresses may be connected to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressPolicy {
    /// `None`: all of them.
    public_and: Option<Arc<[IpNet]>>,
}

impl AddressPolicy {
    /// Every address.
    pub fn everything() -> Self {
        Self { public_and: None }
    }

    /// The public internet and these networks.
    pub fn public_and(networks: Arc<[IpNet]>) -> Self {
        Self {
            public_and: Some(networks),
        }
    }

    /// Whether an address may be connected to.
    pub fn allows(&self, address: IpAddr) -> bool {
        let Some(networks) = &self.public_and else { return true };
        is_public(address) || networks.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn only_the_public_internet_is_public() {
        for public in [
            "1.1.1.1",
            "172.32.0.1",
            "192.0.1.1",
            "2606:4700::1111",
            "::ffff:8.8.8.8",
            "64:ff9b::808:808",
        ] {
            assert!(is_public(address(public)), "{public}");
        }
        for private in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::1",
            "::",
            "fd00::1",
            "fe80::1",
            "::ffff:127.0.0.1",
            "::ffff:a9fe:a9fe",
            "64:ff9b::7f00:1",
            "2002:7f00:1::",
            "::7f00:1",
        ] {
            assert!(!is_public(address(private)), "{private}");
        }
    }

    #[test]
    fn networks_can_be_allowed() {
        let policy = AddressPolicy::public_and(vec!["10.1.0.0/16".parse().unwrap(), "::1/128".parse().unwrap()].into());
        for allowed in ["10.1.2.3", "::1", "1.1.1.1", "::ffff:10.1.2.3"] {
            assert!(policy.allows(address(allowed)), "{allowed}");
        }
        for refused in ["10.2.0.1", "127.0.0.1"] {
            assert!(!policy.allows(address(refused)), "{refused}");
        }
        assert!(AddressPolicy::everything().allows(address("127.0.0.1")));
    }
}
