use std::{collections::BTreeMap, net::SocketAddr, sync::Arc, time::Duration};

use tokio::net::lookup_host;

use super::endpoint::Endpoints;

/// The names a unit is reached under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    names: Vec<(Arc<str>, u16)>,
}

/// Addresses, each with the name it was found under.
pub(super) type Addresses = BTreeMap<SocketAddr, Arc<str>>;

impl Target {
    /// Reads `host:port`, several of them with commas between, each with or without `http://`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let names: Vec<_> = text
            .split(',')
            .map(|name| parse_name(name.trim()))
            .collect::<Option<_>>()?;
        (!names.is_empty()).then_some(Self { names })
    }

    /// All addresses of all names. A name that cannot be resolved costs only its own addresses.
    async fn resolve(&self) -> (Addresses, Vec<String>) {
        let mut addresses = Addresses::new();
        let mut failures = Vec::new();
        for (host, port) in &self.names {
            match lookup_host((&**host, *port)).await {
                Ok(found) => addresses.extend(found.map(|address| (address, host.clone()))),
                Err(error) => failures.push(format!("{host}: {error}")),
            }
        }
        (addresses, failures)
    }
}

fn parse_name(name: &str) -> Option<(Arc<str>, u16)> {
    let name = name.strip_prefix("http://").unwrap_or(name).trim_end_matches('/');
    let (host, port) = name.rsplit_once(':')?;
    let host = host.trim_start_matches('[').trim_end_matches(']');
    if host.is_empty() || host.contains('/') {
        return None;
    }
    Some((host.into(), port.parse().ok()?))
}

/// Keeps the endpoints at what the names resolve to. While nothing resolves, the last known addresses stay: a DNS server that
/// is away is no reason to leave a unit that is there.
pub(super) async fn keep_resolving(unit: String, target: Target, interval: Duration, endpoints: Endpoints) {
    let mut has_failed = false;
    loop {
        let (addresses, failures) = target.resolve().await;
        if !failures.is_empty() && !has_failed {
            tracing::warn!(
                unit,
                failures = failures.join("; "),
                "cannot resolve every address of the unit"
            );
        }
        has_failed = !failures.is_empty();
        if !addresses.is_empty() {
            endpoints.update(&addresses);
        }
        tokio::time::sleep(interval).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_read() {
        let names = |text: &str| Target::parse(text).map(|target| target.names);
        assert_eq!(names("catalog:7101"), Some(vec![("catalog".into(), 7101)]));
        assert_eq!(names("http://catalog:7101/"), Some(vec![("catalog".into(), 7101)]));
        assert_eq!(names("[::1]:1, a:2"), Some(vec![("::1".into(), 1), ("a".into(), 2)]));
        for wrong in ["", "catalog", "catalog:port", ":7101", "a:1,", "https://a:1"] {
            assert_eq!(names(wrong), None, "{wrong}");
        }
    }

    #[tokio::test]
    async fn a_name_that_does_not_resolve_costs_only_itself() {
        let target = Target::parse("127.0.0.1:1,nowhere.invalid:2").unwrap();
        let (addresses, failures) = target.resolve().await;
        assert_eq!(
            addresses.into_keys().collect::<Vec<_>>(),
            ["127.0.0.1:1".parse().unwrap()]
        );
        assert_eq!(failures.len(), 1);
    }
}
