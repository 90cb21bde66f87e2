//! The way out to third-party services, which alone holds the secrets for them.
//!
//! This release has the unit's frame: the contract (`proto/callboard/proxy/v1`), the tables, and `GetStatus`. The other RPCs answer
//! `UNIMPLEMENTED`.
//!
//! To add an RPC: a file in `server` named after it, and its line in `server/mod.rs`. Its SQL goes into `store`.

pub mod server;
pub mod store;

use callboard_service_kit::config::Config;

/// The unit's name in configuration, logs and tokens.
pub const UNIT: &str = "proxy";

/// How many endpoints the configuration names: those of `proxy.endpoints`, or, in the older spelling, the keys of `proxy` that are
/// paths.
pub fn configured_endpoints(config: &Config) -> u32 {
    const ENDPOINTS: &str = "proxy.endpoints";
    let count = if config.has(ENDPOINTS) {
        config.keys(ENDPOINTS).len()
    } else {
        config.keys("proxy").iter().filter(|key| key.starts_with('/')).count()
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_counted_in_both_spellings() {
        let count = |yaml: &str| configured_endpoints(&Config::from_yaml(yaml).unwrap());
        assert_eq!(
            count("proxy: { endpoints: { /a: http://a.invalid, /b: { target: http://b.invalid } } }"),
            2
        );
        assert_eq!(count("proxy: { /a: http://a.invalid, skipInvalidProxies: true }"), 1);
        assert_eq!(count("app: {}"), 0);
    }
}
