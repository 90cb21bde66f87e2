//! Where the units of a stack listen.

use std::{
    collections::BTreeMap,
    net::{SocketAddr, TcpListener, ToSocketAddrs},
};

use callboard_service_kit::config::Config;
use serde::Deserialize;

use crate::{LaunchError, Unit};

/// The addresses of one unit, ready to be dialled from this machine.
#[derive(Debug, Clone)]
pub struct UnitAddresses {
    /// gRPC, or HTTP for the gateway.
    pub listen: SocketAddr,
    /// Health and metrics.
    pub admin: SocketAddr,
}

/// The addresses of all units.
#[derive(Debug, Clone)]
pub struct Addresses(BTreeMap<Unit, UnitAddresses>);

/// An address as configured: `host:port`, `:port`, a bare port, or an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Listen {
    Port(u16),
    Text(String),
    Object { host: Option<String>, port: Option<u16> },
}

impl Addresses {
    /// Free ports on loopback.
    pub(crate) fn free(units: &[Unit]) -> Result<Self, LaunchError> {
        let mut search = FreePorts::new();
        let mut addresses = BTreeMap::new();
        for unit in units {
            addresses.insert(
                *unit,
                UnitAddresses {
                    listen: search.next()?,
                    admin: search.next()?,
                },
            );
        }
        Ok(Self(addresses))
    }

    /// Those that the merged configuration names.
    pub(crate) fn configured(config: &Config, units: &[Unit]) -> Result<Self, LaunchError> {
        let mut addresses = BTreeMap::new();
        for unit in units {
            let listen = read(config, &unit.listen_key(), unit.default_port())?;
            let admin = read(config, &unit.admin_listen_key(), unit.default_admin_port())?;
            addresses.insert(*unit, UnitAddresses { listen, admin });
        }
        Ok(Self(addresses))
    }

    /// The addresses of one unit; None when the stack has no such unit.
    pub fn of(&self, unit: Unit) -> Option<&UnitAddresses> {
        self.0.get(&unit)
    }

    /// Every unit's addresses.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (Unit, &UnitAddresses)> {
        self.0.iter().map(|(unit, addresses)| (*unit, addresses))
    }

    /// Refuses to go on when something else listens on one of the addresses.
    pub(crate) fn check_unused(&self) -> Result<(), LaunchError> {
        for (unit, addresses) in self.iter() {
            for (address, key) in [
                (addresses.listen, unit.listen_key()),
                (addresses.admin, unit.admin_listen_key()),
            ] {
                if TcpListener::bind(address).is_err() {
                    return Err(LaunchError::PortInUse {
                        address: address.to_string(),
                        key,
                    });
                }
            }
        }
        Ok(())
    }
}

fn read(config: &Config, key: &str, default_port: u16) -> Result<SocketAddr, LaunchError> {
    let (host, port) = match config.get::<Listen>(key)? {
        None => (None, default_port),
        Some(Listen::Port(port)) => (None, port),
        Some(Listen::Object { host, port }) => (host, port.unwrap_or(default_port)),
        Some(Listen::Text(text)) => split(&text).ok_or_else(|| LaunchError::Setting {
            key: key.to_owned(),
            message: format!("`{text}` is not an address; write `host:port` or `:port`"),
        })?,
    };
    // A unit that listens everywhere is dialled on loopback.
    let host = host
        .filter(|host| !matches!(host.as_str(), "" | "0.0.0.0" | "::" | "*"))
        .unwrap_or_else(|| "127.0.0.1".to_owned());
    (host.as_str(), port)
        .to_socket_addrs()
        .ok()
        .and_then(|addresses| {
            let addresses: Vec<_> = addresses.collect();
            addresses
                .iter()
                .find(|address| address.is_ipv4())
                .or(addresses.first())
                .copied()
        })
        .ok_or_else(|| LaunchError::Setting {
            key: key.to_owned(),
            message: format!("the host `{host}` is not known"),
        })
}

/// Splits `host:port`, `:port`, `[::1]:port` or `port`.
fn split(text: &str) -> Option<(Option<String>, u16)> {
    if let Ok(port) = text.parse() {
        return Some((None, port));
    }
    let (host, port) = text.rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    Some(((!host.is_empty()).then(|| host.to_owned()), port.parse().ok()?))
}

/// One free port on loopback.
pub(crate) fn free_port() -> Result<u16, LaunchError> {
    Ok(FreePorts::new().next()?.port())
}

/// Looks for free ports below the range that the kernel gives to outgoing connections, from a random start, so that stacks that
/// start at the same moment do not meet.
struct FreePorts {
    candidate: u16,
    tried: u16,
}

impl FreePorts {
    const FIRST: u16 = 20_000;
    const COUNT: u16 = 12_000;

    fn new() -> Self {
        Self {
            candidate: Self::FIRST + rand::random::<u16>() % Self::COUNT,
            tried: 0,
        }
    }

    fn next(&mut self) -> Result<SocketAddr, LaunchError> {
        while self.tried < Self::COUNT {
            self.tried += 1;
            self.candidate = Self::FIRST + (self.candidate + 1 - Self::FIRST) % Self::COUNT;
            let address = SocketAddr::from(([127, 0, 0, 1], self.candidate));
            if TcpListener::bind(address).is_ok() {
                return Ok(address);
            }
        }
        Err(LaunchError::Setting {
            key: "ports".to_owned(),
            message: "no free port on loopback".to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_split_in_every_spelling() {
        assert_eq!(split(":7007"), Some((None, 7007)));
        assert_eq!(split("7007"), Some((None, 7007)));
        assert_eq!(split("127.0.0.1:80"), Some((Some("127.0.0.1".to_owned()), 80)));
        assert_eq!(split("[::1]:80"), Some((Some("::1".to_owned()), 80)));
        assert_eq!(split("localhost"), None);
        assert_eq!(split("localhost:http"), None);
    }

    #[test]
    fn configured_ports_win_over_defaults_and_wildcards_are_dialled_on_loopback() {
        let config = Config::from_yaml(
            "backend:\n  listen: ':8080'\n  services:\n    catalog:\n      listen: 0.0.0.0:9101\n      adminListen: {port: 9201}\n",
        )
        .unwrap();
        let addresses = Addresses::configured(&config, &Unit::ALL).unwrap();
        let of = |unit| {
            let found = addresses.of(unit).unwrap();
            (found.listen.to_string(), found.admin.port())
        };
        assert_eq!(of(Unit::Gateway), ("127.0.0.1:8080".to_owned(), 7207));
        assert_eq!(of(Unit::Catalog), ("127.0.0.1:9101".to_owned(), 9201));
        assert_eq!(of(Unit::Proxy), ("127.0.0.1:7103".to_owned(), 7203));
    }

    #[test]
    fn a_port_in_use_is_named_with_its_key() {
        let addresses = Addresses::free(&[Unit::Catalog]).unwrap();
        let taken = TcpListener::bind(addresses.of(Unit::Catalog).unwrap().admin).unwrap();
        let message = addresses.check_unused().unwrap_err().to_string();
        assert!(message.contains(&taken.local_addr().unwrap().to_string()), "{message}");
        assert!(message.contains("backend.services.catalog.adminListen"), "{message}");
    }
}
