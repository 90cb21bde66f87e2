//! Where each unit listens, and where others find it, unless configuration says otherwise.

use std::{fmt, io, net::SocketAddr};

use serde::Deserialize;
use tokio::net::{TcpListener, lookup_host};

use crate::config::{Config, ConfigError};

/// A unit's name with its default gRPC and admin ports.
const DEFAULT_PORTS: [(&str, u16, u16); 4] = [
    ("catalog", 7101, 7201),
    ("lighthouse-audit", 7102, 7202),
    ("proxy", 7103, 7203),
    ("gateway", 7007, 7207),
];

fn default_ports(unit: &str) -> (u16, u16) {
    DEFAULT_PORTS
        .iter()
        .find(|(name, ..)| *name == unit)
        .map_or((0, 0), |(_, port, admin)| (*port, *admin))
}

/// A host and a port to listen on. Without a host, every address of the machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListenAddress {
    host: Option<String>,
    port: u16,
}

/// The two spellings Backstage has for `backend.listen`.
#[derive(Deserialize)]
#[serde(untagged)]
enum Spelling {
    Port(u16),
    Text(String),
    Parts { host: Option<String>, port: PortSpelling },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum PortSpelling {
    Number(u16),
    Text(String),
}

impl ListenAddress {
    /// The address at a key path: `:7007`, `127.0.0.1:7007`, `7007` or `{host, port}`; the default port when absent.
    pub fn from_config(config: &Config, path: &str, default_port: u16) -> Result<Self, ConfigError> {
        let address = match config.get::<Spelling>(path) {
            Ok(None) => Some(Self::any_host(default_port)),
            Ok(Some(Spelling::Port(port))) => Some(Self::any_host(port)),
            Ok(Some(Spelling::Text(text))) => Self::parse(&text),
            Ok(Some(Spelling::Parts { host, port })) => match port {
                PortSpelling::Number(port) => Some(port),
                PortSpelling::Text(text) => text.parse().ok(),
            }
            .map(|port| Self {
                host: host.filter(|host| !host.is_empty()),
                port,
            }),
            Err(_) => None,
        };
        address.ok_or_else(|| {
            config.invalid(
                path,
                "an address to listen on is \":7007\", \"host:7007\" or {host, port}",
            )
        })
    }

    /// Every address of the machine at this port. Port 0 lets the system choose.
    pub fn any_host(port: u16) -> Self {
        Self { host: None, port }
    }

    fn parse(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':').unwrap_or(("", text));
        let host = host.trim_start_matches('[').trim_end_matches(']');
        Some(Self {
            host: (!host.is_empty()).then(|| host.to_owned()),
            port: port.parse().ok()?,
        })
    }

    /// Opens the port.
    pub async fn bind(&self) -> io::Result<TcpListener> {
        match &self.host {
            Some(host) => {
                let addresses: Vec<SocketAddr> = lookup_host((host.as_str(), self.port)).await?.collect();
                TcpListener::bind(addresses.as_slice()).await
            }
            // Both families where the machine has IPv6, else IPv4 alone.
            None => match TcpListener::bind(("::", self.port)).await {
                Err(error) if error.kind() != io::ErrorKind::AddrInUse => {
                    TcpListener::bind(("0.0.0.0", self.port)).await
                }
                result => result,
            },
        }
        .map_err(|error| io::Error::new(error.kind(), format!("cannot listen on {self}: {error}")))
    }

    /// The address a program on the same machine connects to.
    pub(crate) fn local(&self) -> (String, u16) {
        let host = match self.host.as_deref() {
            None | Some("0.0.0.0" | "::") => "127.0.0.1",
            Some(host) => host,
        };
        (host.to_owned(), self.port)
    }
}

impl fmt::Display for ListenAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}", self.host.as_deref().unwrap_or("*"), self.port)
    }
}

/// Where a unit serves gRPC: `backend.services.<unit>.listen`.
pub fn grpc_listen(config: &Config, unit: &str) -> Result<ListenAddress, ConfigError> {
    ListenAddress::from_config(
        config,
        &format!("backend.services.{unit}.listen"),
        default_ports(unit).0,
    )
}

/// Where a unit serves `/livez`, `/readyz` and `/metrics`: `backend.services.<unit>.adminListen`.
pub fn admin_listen(config: &Config, unit: &str) -> Result<ListenAddress, ConfigError> {
    ListenAddress::from_config(
        config,
        &format!("backend.services.{unit}.adminListen"),
        default_ports(unit).1,
    )
}

/// Where others reach a unit's gRPC: `backend.services.<unit>.address`, by default the unit's port on this machine.
pub fn grpc_address(config: &Config, unit: &str) -> Result<String, ConfigError> {
    config.get_or(
        &format!("backend.services.{unit}.address"),
        format!("127.0.0.1:{}", default_ports(unit).0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listen(yaml: &str) -> Result<String, String> {
        let config = Config::from_yaml(yaml).unwrap();
        ListenAddress::from_config(&config, "listen", 7007)
            .map(|address| address.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn every_spelling_of_a_listen_address_is_read() {
        assert_eq!(listen("a: 1").unwrap(), "*:7007");
        assert_eq!(listen("listen: ':8080'").unwrap(), "*:8080");
        assert_eq!(listen("listen: 8080").unwrap(), "*:8080");
        assert_eq!(listen("listen: 127.0.0.1:8080").unwrap(), "127.0.0.1:8080");
        assert_eq!(listen("listen: '[::1]:8080'").unwrap(), "::1:8080");
        assert_eq!(
            listen("listen: {host: localhost, port: '8080'}").unwrap(),
            "localhost:8080"
        );
        assert!(
            listen("listen: {host: localhost}")
                .unwrap_err()
                .starts_with("config.yaml:1:1: listen: ")
        );
        assert!(listen("listen: somewhere").is_err());
    }

    #[test]
    fn each_unit_has_its_ports() {
        let config = Config::from_yaml("backend: {services: {proxy: {address: 'proxy:9000'}}}").unwrap();
        assert_eq!(grpc_listen(&config, "catalog").unwrap().to_string(), "*:7101");
        assert_eq!(admin_listen(&config, "gateway").unwrap().to_string(), "*:7207");
        assert_eq!(grpc_address(&config, "lighthouse-audit").unwrap(), "127.0.0.1:7102");
        assert_eq!(grpc_address(&config, "proxy").unwrap(), "proxy:9000");
    }
}
