//! Which addresses an endpoint may connect to.

use std::{net::IpAddr, sync::Arc};

use callboard_service_kit::address::{embedded, is_cloud_metadata, is_public};
use ipnet::IpNet;

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

    /// The public internet and these networks, but never where clouds tell machines their secrets.
    pub fn public_and(networks: Arc<[IpNet]>) -> Self {
        Self {
            public_and: Some(networks),
        }
    }

    /// Whether an address may be connected to.
    pub fn allows(&self, address: IpAddr) -> bool {
        let Some(networks) = &self.public_and else { return true };
        let is_allowed = is_public(address) || networks.iter().any(|network| network.contains(&embedded(address)));
        is_allowed && !is_cloud_metadata(address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn networks_can_be_allowed() {
        let networks = ["10.1.0.0/16", "::1/128", "169.254.0.0/16"].map(|network| network.parse().unwrap());
        let policy = AddressPolicy::public_and(networks.into());
        for allowed in [
            "10.1.2.3",
            "::1",
            "1.1.1.1",
            "169.254.1.1",
            "::ffff:10.1.2.3",
            "64:ff9b::a01:203",
        ] {
            assert!(policy.allows(address(allowed)), "{allowed}");
        }
        for refused in ["10.2.0.1", "127.0.0.1", "169.254.169.254", "168.63.129.16"] {
            assert!(!policy.allows(address(refused)), "{refused}");
        }
        assert!(AddressPolicy::everything().allows(address("127.0.0.1")));
    }
}
