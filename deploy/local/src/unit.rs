//! The processes a stack consists of.

use std::fmt;

/// One of the processes that make up Callboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Unit {
    /// The software catalog.
    Catalog,
    /// Lighthouse audits.
    LighthouseAudit,
    /// The proxy to third-party services.
    Proxy,
    /// The public door.
    Gateway,
}

impl Unit {
    /// Every unit, in the order they are started; they stop in the reverse order, so that the door closes first.
    pub const ALL: [Self; 4] = [Self::Catalog, Self::LighthouseAudit, Self::Proxy, Self::Gateway];

    /// The name in configuration, logs and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::LighthouseAudit => "lighthouse-audit",
            Self::Proxy => "proxy",
            Self::Gateway => "gateway",
        }
    }

    /// The file name of the unit's executable.
    pub const fn binary(self) -> &'static str {
        match self {
            Self::Catalog => "callboard-catalog",
            Self::LighthouseAudit => "callboard-lighthouse-audit",
            Self::Proxy => "callboard-proxy",
            Self::Gateway => "callboard-gateway",
        }
    }

    /// The port the unit serves on when the configuration names none: gRPC, or HTTP for the gateway.
    pub(crate) const fn default_port(self) -> u16 {
        match self {
            Self::Catalog => 7101,
            Self::LighthouseAudit => 7102,
            Self::Proxy => 7103,
            Self::Gateway => 7007,
        }
    }

    /// The port of the unit's health and metrics when the configuration names none.
    pub(crate) const fn default_admin_port(self) -> u16 {
        match self {
            Self::Catalog => 7201,
            Self::LighthouseAudit => 7202,
            Self::Proxy => 7203,
            Self::Gateway => 7207,
        }
    }

    /// The configuration key of the address the unit listens on.
    pub(crate) fn listen_key(self) -> String {
        match self {
            Self::Gateway => "backend.listen".to_owned(),
            unit => format!("backend.services.{}.listen", unit.name()),
        }
    }

    /// The configuration key of the address of the unit's health and metrics.
    pub(crate) fn admin_listen_key(self) -> String {
        format!("backend.services.{}.adminListen", self.name())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}
