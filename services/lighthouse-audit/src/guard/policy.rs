//! Which hosts may be audited, and which addresses may be reached while that is done.

use std::{io, net::IpAddr, time::Duration};

use callboard_service_kit::address::{embedded, is_cloud_metadata, is_public};
use ipnet::IpNet;
use tokio::net::{TcpStream, lookup_host};
use url::Url;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// A rule that makes no sense.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is no host; a host is \"example.com\", \"*.example.com\" or either with a port")]
pub struct PolicyError(String);

/// Something that may not be reached, in one sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Refusal(String);

/// Why there is no connection.
#[derive(Debug, thiserror::Error)]
pub(super) enum ConnectError {
    #[error(transparent)]
    Refused(#[from] Refusal),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// `example.com`, `*.example.com`, each with or without a port.
#[derive(Debug, Clone, PartialEq, Eq)]
struct HostPattern {
    host: String,
    is_suffix: bool,
    port: Option<u16>,
}

impl HostPattern {
    fn parse(text: &str) -> Result<Self, PolicyError> {
        let invalid = || PolicyError(text.to_owned());
        let lower = text.trim().to_ascii_lowercase();
        let (host, port) = match lower.rsplit_once(':') {
            Some((host, port)) if !host.ends_with(':') && (!host.contains(':') || host.ends_with(']')) => {
                (host.to_owned(), Some(port.parse().map_err(|_| invalid())?))
            }
            _ => (lower, None),
        };
        let (is_suffix, host) = match host.strip_prefix("*.") {
            Some(suffix) => (true, suffix.to_owned()),
            None => (false, bare(&host).to_owned()),
        };
        if host.is_empty() || host.contains(['*', '/', '@', ' ']) {
            return Err(invalid());
        }
        Ok(Self { host, is_suffix, port })
    }

    fn matches(&self, host: &str, port: u16) -> bool {
        if self.port.is_some_and(|own| own != port) {
            return false;
        }
        if self.is_suffix {
            return host
                .strip_suffix(&self.host)
                .is_some_and(|rest| rest.ends_with('.') && rest.len() > 1);
        }
        host == self.host
    }
}

/// An IPv6 address without its brackets, a name without its last dot.
fn bare(host: &str) -> &str {
    host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.')
}

/// What `lighthouse.targets` says.
#[derive(Debug, Clone, Default)]
pub struct AddressPolicy {
    /// Not empty: only these may be audited.
    allow: Vec<HostPattern>,
    /// Never reached.
    deny: Vec<HostPattern>,
    /// Reached although their addresses are private.
    private_hosts: Vec<HostPattern>,
    private_networks: Vec<IpNet>,
}

impl AddressPolicy {
    /// The policy of `allow`, `deny` and `allowPrivate`.
    pub fn new(allow: &[String], deny: &[String], allow_private: &[String]) -> Result<Self, PolicyError> {
        let patterns = |texts: &[String]| {
            texts
                .iter()
                .map(|text| HostPattern::parse(text))
                .collect::<Result<Vec<_>, _>>()
        };
        let mut policy = Self {
            allow: patterns(allow)?,
            deny: patterns(deny)?,
            ..Self::default()
        };
        for text in allow_private {
            let network = text.parse::<IpNet>().ok();
            match network.or_else(|| text.parse::<IpAddr>().ok().map(IpNet::from)) {
                Some(network) => policy.private_networks.push(network),
                None => policy.private_hosts.push(HostPattern::parse(text)?),
            }
        }
        Ok(policy)
    }

    /// Judges a URL before anything is resolved: its host by name, and by address where it is one.
    pub fn check_url(&self, url: &Url) -> Result<(), Refusal> {
        let host = url.host_str().unwrap_or_default().to_ascii_lowercase();
        let (host, port) = (bare(&host), url.port_or_known_default().unwrap_or_default());
        self.check_host(host, port, true)?;
        match host.parse() {
            Ok(address) => self.check_address(host, port, address),
            Err(_)
                if is_loopback_name(host) && !self.is_private_host(host, port) && self.private_networks.is_empty() =>
            {
                Err(Refusal(format!("{host} is this machine itself, which is not audited")))
            }
            Err(_) => Ok(()),
        }
    }

    /// Judges a host by its name. `is_page`: it is what is audited, and not merely something that a page loads.
    fn check_host(&self, host: &str, port: u16, is_page: bool) -> Result<(), Refusal> {
        let any = |patterns: &[HostPattern]| patterns.iter().any(|pattern| pattern.matches(host, port));
        if any(&self.deny) {
            return Err(Refusal(format!("{host} is among the hosts that are never audited")));
        }
        if is_page && !self.allow.is_empty() && !any(&self.allow) {
            return Err(Refusal(format!("{host} is not among the hosts that may be audited")));
        }
        Ok(())
    }

    fn check_address(&self, host: &str, port: u16, address: IpAddr) -> Result<(), Refusal> {
        let what = || {
            let address = address.to_string();
            if host == address {
                address
            } else {
                format!("{host} ({address})")
            }
        };
        if is_cloud_metadata(address) {
            return Err(Refusal(format!(
                "{} is a cloud's metadata service, which is never reached",
                what()
            )));
        }
        let plain = embedded(address);
        let is_allowed = is_public(address)
            || self.is_private_host(host, port)
            || self.private_networks.iter().any(|network| network.contains(&plain));
        if is_allowed {
            return Ok(());
        }
        Err(Refusal(format!(
            "{} is a private or local address, which is not audited",
            what()
        )))
    }

    fn is_private_host(&self, host: &str, port: u16) -> bool {
        self.private_hosts.iter().any(|pattern| pattern.matches(host, port))
    }

    /// Connects to a host, to an address that was judged.
    pub(super) async fn connect(&self, host: &str, port: u16, is_page: bool) -> Result<TcpStream, ConnectError> {
        let host = bare(host).to_ascii_lowercase();
        self.check_host(&host, port, is_page)?;
        let mut refusal = None;
        let mut failure = None;
        for address in resolve(&host, port).await? {
            if let Err(error) = self.check_address(&host, port, address.ip()) {
                refusal = Some(error);
                continue;
            }
            match tokio::time::timeout(CONNECT_TIMEOUT, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => failure = Some(error),
                Err(_) => failure = Some(io::ErrorKind::TimedOut.into()),
            }
        }
        match (failure, refusal) {
            (Some(error), _) => Err(error.into()),
            (None, Some(refusal)) => Err(refusal.into()),
            (None, None) => Err(io::Error::other(format!("{host} has no address")).into()),
        }
    }
}

async fn resolve(host: &str, port: u16) -> io::Result<Vec<std::net::SocketAddr>> {
    Ok(lookup_host((host, port)).await?.collect())
}

fn is_loopback_name(host: &str) -> bool {
    host == "localhost" || host.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(allow: &[&str], deny: &[&str], allow_private: &[&str]) -> AddressPolicy {
        let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>();
        AddressPolicy::new(&owned(allow), &owned(deny), &owned(allow_private)).unwrap()
    }

    fn allows(policy: &AddressPolicy, url: &str) -> bool {
        policy.check_url(&Url::parse(url).unwrap()).is_ok()
    }

    #[test]
    fn private_addresses_are_refused_however_they_are_spelt() {
        let policy = policy(&[], &[], &[]);
        for url in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://0177.0.0.1:8080/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost:3000/",
            "http://a.LOCALHOST/",
            "http://169.254.169.254/latest/meta-data",
        ] {
            assert!(!allows(&policy, url), "{url}");
        }
        assert!(allows(&policy, "https://example.com/") && allows(&policy, "http://1.1.1.1/"));
    }

    #[test]
    fn private_ones_can_be_allowed_one_by_one_but_never_metadata() {
        let policy = policy(
            &[],
            &[],
            &["localhost:3000", "10.0.0.0/8", "169.254.0.0/16", "*.corp.example"],
        );
        assert!(allows(&policy, "http://localhost:3000/") && allows(&policy, "http://10.2.3.4/"));
        assert!(!allows(&policy, "http://127.0.0.1:3000/"));
        assert!(!allows(&policy, "http://192.168.0.1/"));
        assert!(!allows(&policy, "http://169.254.169.254/"));
        assert!(
            policy
                .check_address("a.corp.example", 80, "192.168.0.1".parse().unwrap())
                .is_ok()
        );
        assert!(
            policy
                .check_address("corp.example", 80, "192.168.0.1".parse().unwrap())
                .is_err()
        );
        assert!(
            policy
                .check_address("a.corp.example", 80, "169.254.169.254".parse().unwrap())
                .is_err()
        );
    }

    #[test]
    fn hosts_are_allowed_and_denied_by_name() {
        let policy = policy(&["example.com", "*.example.org:8443"], &["bad.example.com"], &[]);
        assert!(allows(&policy, "https://EXAMPLE.com./"));
        assert!(allows(&policy, "https://a.example.org:8443/"));
        for url in [
            "https://a.example.org/",
            "https://example.org:8443/",
            "https://badexample.com/",
            "http://bad.example.com/",
        ] {
            assert!(!allows(&policy, url), "{url}");
        }
        // What a page loads need not be on the list, but may not be denied.
        assert!(policy.check_host("cdn.example.net", 443, false).is_ok());
        assert!(policy.check_host("bad.example.com", 443, false).is_err());
    }

    #[test]
    fn nonsense_is_no_pattern() {
        for text in ["", "*", "a b", "http://a", "a:port", "*.*.b"] {
            assert!(HostPattern::parse(text).is_err(), "{text}");
        }
        assert!(HostPattern::parse("[::1]:80").unwrap().matches("::1", 80));
    }

    #[tokio::test]
    async fn a_name_is_judged_by_what_it_resolves_to() {
        let error = policy(&[], &[], &[]).connect("localhost", 9, false).await.unwrap_err();
        assert!(matches!(error, ConnectError::Refused(_)), "{error}");
    }
}
