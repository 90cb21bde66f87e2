//! Where a request comes from.

use std::net::{IpAddr, SocketAddr};

use http::{Extensions, HeaderMap, HeaderName};

use crate::config::rate_limit::TrustProxy;

const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address at the other end of the connection, in the extensions of every request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PeerAddress(pub(crate) SocketAddr);

/// The client's address, in the extensions of every request: the peer's, or what proxies that are trusted say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct ClientAddress(pub(crate) IpAddr);

impl ClientAddress {
    /// Finds out the address; `None` only where there is no connection.
    pub(crate) fn find(trust: TrustProxy, extensions: &Extensions, headers: &HeaderMap) -> Option<Self> {
        let peer = extensions.get::<PeerAddress>()?.0.ip().to_canonical();
        let hops = match trust {
            TrustProxy::Nobody => return Some(Self(peer)),
            TrustProxy::Hops(hops) => hops,
            TrustProxy::All => usize::MAX,
        };
        // The nearest proxy writes last.
        let forwarded: Vec<&str> = headers
            .get_all(FORWARDED_FOR)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .flat_map(|value| value.split(','))
            .map(str::trim)
            .collect();
        let mut address = peer;
        for text in forwarded.iter().rev().take(hops) {
            match text.parse::<IpAddr>() {
                Ok(told) => address = told.to_canonical(),
                // What is behind nonsense cannot be believed.
                Err(_) => break,
            }
        }
        Some(Self(address))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn believes_as_many_proxies_as_it_is_told() {
        let mut extensions = Extensions::new();
        extensions.insert(PeerAddress("10.0.0.9:1".parse().expect("an address")));
        let mut headers = HeaderMap::new();
        headers.append(FORWARDED_FOR, "1.1.1.1, 2.2.2.2".parse().expect("a value"));
        headers.append(FORWARDED_FOR, "3.3.3.3".parse().expect("a value"));
        for (trust, expected) in [
            (TrustProxy::Nobody, "10.0.0.9"),
            (TrustProxy::Hops(1), "3.3.3.3"),
            (TrustProxy::Hops(2), "2.2.2.2"),
            (TrustProxy::Hops(9), "1.1.1.1"),
            (TrustProxy::All, "1.1.1.1"),
        ] {
            let found = ClientAddress::find(trust, &extensions, &headers);
            assert_eq!(
                found,
                Some(ClientAddress(expected.parse().expect("an address"))),
                "{trust:?}"
            );
        }
        headers.append(FORWARDED_FOR, "nonsense".parse().expect("a value"));
        let found = ClientAddress::find(TrustProxy::All, &extensions, &headers);
        assert_eq!(found, Some(ClientAddress("10.0.0.9".parse().expect("an address"))));
    }
}
