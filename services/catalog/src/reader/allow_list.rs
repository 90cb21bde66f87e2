//! `backend.reading.allow`: the hosts that plain URLs may be read from.

use url::Url;

use crate::settings::AllowedHost;

/// Whether some entry allows the URL. An entry without a port allows only URLs without an explicit one.
pub(super) fn is_allowed(entries: &[AllowedHost], url: &Url) -> bool {
    entries
        .iter()
        .any(|entry| host_matches(&entry.host, url) && path_matches(entry.paths.as_deref(), url.path()))
}

fn host_matches(pattern: &str, url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let (name, ports) = match pattern.rsplit_once(':') {
        Some((name, ports)) if !ports.contains(']') => (name, Some(ports)),
        _ => (pattern, None),
    };
    let name_matches = match name.strip_prefix("*.") {
        Some(suffix) => host
            .to_ascii_lowercase()
            .strip_suffix(&suffix.to_ascii_lowercase())
            .is_some_and(|rest| rest.len() > 1 && rest.ends_with('.')),
        None => host.eq_ignore_ascii_case(name),
    };
    name_matches && port_matches(ports, url)
}

fn port_matches(ports: Option<&str>, url: &Url) -> bool {
    let Some(ports) = ports else {
        return url.port().is_none();
    };
    let Some(port) = url.port_or_known_default() else {
        return false;
    };
    match ports.split_once('-') {
        Some((from, to)) => {
            matches!((from.parse::<u16>(), to.parse::<u16>()), (Ok(from), Ok(to)) if (from..=to).contains(&port))
        }
        None => ports.parse() == Ok(port),
    }
}

fn path_matches(prefixes: Option<&[String]>, path: &str) -> bool {
    let Some(prefixes) = prefixes else { return true };
    prefixes.iter().any(|prefix| {
        let prefix = prefix.strip_suffix('/').unwrap_or(prefix);
        path.strip_prefix(prefix)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_match_hosts_ports_and_path_segments() {
        let entry = |host: &str, paths: Option<&[&str]>| AllowedHost {
            host: host.to_owned(),
            paths: paths.map(|paths| paths.iter().map(|&path| path.to_owned()).collect()),
        };
        let table = [
            (entry("example.com", None), "https://example.com/a", true),
            (entry("example.com", None), "https://EXAMPLE.com/a", true),
            (entry("example.com", None), "https://example.com:8443/a", false),
            (entry("example.com", None), "https://a.example.com/", false),
            (entry("example.com:8443", None), "https://example.com:8443/", true),
            (entry("example.com:443", None), "https://example.com/", true),
            (entry("example.com:8000-9000", None), "http://example.com:8500/", true),
            (entry("example.com:8000-9000", None), "http://example.com:9001/", false),
            (entry("*.example.com", None), "https://a.b.example.com/", true),
            (entry("*.example.com", None), "https://example.com/", false),
            (entry("*.example.com", None), "https://badexample.com/", false),
            (
                entry("example.com", Some(&["/team"])),
                "https://example.com/team/x.yaml",
                true,
            ),
            (
                entry("example.com", Some(&["/team/"])),
                "https://example.com/team/x.yaml",
                true,
            ),
            (
                entry("example.com", Some(&["/team"])),
                "https://example.com/teams/x.yaml",
                false,
            ),
            (entry("127.0.0.1:9000", None), "http://127.0.0.1:9000/a.yaml", true),
        ];
        for (entry, url, expected) in table {
            let parsed = Url::parse(url).unwrap();
            assert_eq!(
                is_allowed(std::slice::from_ref(&entry), &parsed),
                expected,
                "{entry:?} {url}"
            );
        }
    }
}
