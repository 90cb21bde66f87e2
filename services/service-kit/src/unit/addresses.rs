//! Where each unit listens, and where others find it, unless configuration says otherwise.

use std::{borrow::Cow, fmt, io, net::SocketAddr};

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
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

/// The spellings Backstage has for `backend.listen`.
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

/// `:7007`, `127.0.0.1:7007`, `7007` or `{host, port}`.
impl<'de> Deserialize<'de> for ListenAddress {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let address = match Spelling::deserialize(deserializer) {
            Ok(Spelling::Port(port)) => Some(Self::any_host(port)),
            Ok(Spelling::Text(text)) => Self::parse(&text),
            Ok(Spelling::Parts { host, port }) => match port {
                PortSpelling::Number(port) => Some(port),
                PortSpelling::Text(text) => text.parse().ok(),
            }
            .map(|port| Self {
                host: host.filter(|host| !host.is_empty()),
                port,
            }),
            Err(_) => None,
        };
        address.ok_or_else(|| de::Error::custom("an address to listen on is \":7007\", \"host:7007\" or {host, port}"))
    }
}

impl JsonSchema for ListenAddress {
    fn schema_name() -> Cow<'static, str> {
        "ListenAddress".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_generator: &mut SchemaGenerator) -> Schema {
        json_schema!({ "x-type": "address" })
    }
}

impl ListenAddress {
    /// The address at a key path: `:7007`, `127.0.0.1:7007`, `7007` or `{host, port}`; the default port when absent.
    pub fn from_config(config: &Config, path: &str, default_port: u16) -> Result<Self, ConfigError> {
        config.get_or(path, Self::any_host(default_port))
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

/// Where a unit listens, and where it is found.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ServiceSection {
    /// Where the unit serves gRPC. The gateway serves HTTP at `backend.listen` instead.
    #[schemars(extend("x-default" = "`:7101` catalog, `:7102` lighthouse-audit, `:7103` proxy"))]
    listen: Option<ListenAddress>,
    /// Where the unit serves `/livez`, `/readyz` and `/metrics`.
    #[schemars(extend("x-default" = "`:7201`, `:7202`, `:7203`, gateway `:7207`"))]
    admin_listen: Option<ListenAddress>,
    /// Where the gateway dials the unit: `host:port`, or several with commas. A name with several addresses is balanced over all
    /// of them.
    #[schemars(extend("x-default" = "`127.0.0.1` and the port"))]
    address: Option<String>,
}

fn section(config: &Config, unit: &str) -> Result<ServiceSection, ConfigError> {
    config.get_or(&format!("backend.services.{unit}"), ServiceSection::default())
}

/// Where a unit serves gRPC: `backend.services.<unit>.listen`.
pub fn grpc_listen(config: &Config, unit: &str) -> Result<ListenAddress, ConfigError> {
    let default = || ListenAddress::any_host(default_ports(unit).0);
    Ok(section(config, unit)?.listen.unwrap_or_else(default))
}

/// Where a unit serves `/livez`, `/readyz` and `/metrics`: `backend.services.<unit>.adminListen`.
pub fn admin_listen(config: &Config, unit: &str) -> Result<ListenAddress, ConfigError> {
    let default = || ListenAddress::any_host(default_ports(unit).1);
    Ok(section(config, unit)?.admin_listen.unwrap_or_else(default))
}

/// Where others reach a unit's gRPC: `backend.services.<unit>.address`, by default the unit's port on this machine.
pub fn grpc_address(config: &Config, unit: &str) -> Result<String, ConfigError> {
    let default = || format!("127.0.0.1:{}", default_ports(unit).0);
    Ok(section(config, unit)?.address.unwrap_or_else(default))
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
