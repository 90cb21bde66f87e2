//! `lighthouse.targets`: what may be audited.

use callboard_service_kit::config::{Config, ConfigError};

use crate::guard::AddressPolicy;

/// - `allow` (every public host): hosts that may be audited: `example.com`, `*.example.com`, each with or without a port.
/// - `deny` (none): hosts that are never reached.
/// - `allowPrivate` (none): hosts, addresses and networks that may be reached although they are private: `localhost:3000`,
///   `10.0.0.0/8`.
pub(super) fn load(config: &Config) -> Result<AddressPolicy, ConfigError> {
    let list = |key: &str| config.get_or::<Vec<String>>(&format!("lighthouse.targets.{key}"), Vec::new());
    AddressPolicy::new(&list("allow")?, &list("deny")?, &list("allowPrivate")?)
        .map_err(|error| config.invalid("lighthouse.targets", error.to_string()))
}
