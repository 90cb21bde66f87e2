//! Addresses of files in source hosts: how one file names another, where a file is edited, and in which folder it is.

use serde_json::Value;
use url::Url;

use crate::error::EntityError;

/// A kind of source host.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// GitHub and GitHub Enterprise.
    GitHub,
    /// GitLab.
    GitLab,
    /// Bitbucket Cloud.
    BitbucketCloud,
    /// Bitbucket Server and Data Center.
    BitbucketServer,
    /// Azure DevOps.
    Azure,
    /// Gitea and Forgejo.
    Gitea,
    /// Gerrit.
    Gerrit,
    /// Harness.
    Harness,
    /// Object stores and others whose addresses are plain paths.
    Plain,
}

/// A kind of source host: its key in the configuration, and the host that is known without any.
const KNOWN: [(&str, Provider, Option<&str>); 13] = [
    ("awsS3", Provider::Plain, Some("amazonaws.com")),
    ("awsCodeCommit", Provider::Plain, Some("console.aws.amazon.com")),
    ("azureBlobStorage", Provider::Plain, Some("blob.core.windows.net")),
    ("googleGcs", Provider::Plain, Some("storage.cloud.google.com")),
    ("azure", Provider::Azure, Some("dev.azure.com")),
    ("bitbucketCloud", Provider::BitbucketCloud, Some("bitbucket.org")),
    ("bitbucketServer", Provider::BitbucketServer, None),
    ("bitbucket", Provider::BitbucketServer, None),
    ("gerrit", Provider::Gerrit, None),
    ("github", Provider::GitHub, Some("github.com")),
    ("gitlab", Provider::GitLab, Some("gitlab.com")),
    ("gitea", Provider::Gitea, None),
    ("harness", Provider::Harness, None),
];

/// The source hosts that this installation knows.
#[derive(Clone, Debug)]
pub struct Integrations {
    hosts: Vec<(String, Provider)>,
}

impl Default for Integrations {
    fn default() -> Self {
        Self::from_config(&Value::Null)
    }
}

impl Integrations {
    /// Reads the `integrations` section of the configuration. What is known without configuration is always there.
    pub fn from_config(section: &Value) -> Self {
        let mut hosts: Vec<(String, Provider)> = Vec::new();
        for (key, provider, default) in KNOWN {
            let entries = match &section[key] {
                Value::Array(entries) => entries.as_slice(),
                Value::Null => &[],
                entry => std::slice::from_ref(entry),
            };
            let configured = entries.iter().filter_map(|entry| entry["host"].as_str());
            for host in configured.chain(default) {
                if !hosts.iter().any(|(known, _)| known == host) {
                    hosts.push((host.to_owned(), provider));
                }
            }
        }
        Self { hosts }
    }

    /// What kind of host an address belongs to; the host has to be equal, its port included.
    pub fn provider(&self, address: &str) -> Option<Provider> {
        let address = Url::parse(address).ok()?;
        let host = address.host_str()?;
        let host = address
            .port()
            .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        self.hosts
            .iter()
            .find(|(known, _)| *known == host)
            .map(|(_, provider)| *provider)
    }

    /// The address of a file as another file names it: absolute, from the root of the repository, or from the folder
    /// of the other file.
    pub fn resolve_url(&self, base: &str, relative: &str) -> Result<String, EntityError> {
        let provider = self.provider(base);
        let resolved = if Url::parse(relative).is_ok() {
            relative.to_owned()
        } else {
            let base = Url::parse(base).map_err(|_| EntityError::type_error(format!("Invalid URL: {base}")))?;
            let resolved = match provider {
                Some(Provider::Azure) => resolve_azure(&base, relative),
                _ => resolve_path(&base, relative),
            };
            let invalid = || EntityError::type_error(format!("Invalid URL: {relative} relative to {base}"));
            String::from(resolved.ok_or_else(invalid)?)
        };
        Ok(match provider {
            Some(Provider::GitHub) => with_github_view(&resolved, "tree"),
            _ => resolved,
        })
    }

    /// Where a file can be edited; none on unknown hosts, and none for a fixed commit.
    pub fn edit_url(&self, address: &str) -> Option<String> {
        let provider = self.provider(address)?;
        if names_commit(address) {
            return None;
        }
        match provider {
            Provider::GitHub => Some(with_github_view(address, "edit")),
            Provider::GitLab => Some(address.replacen("/-/blob/", "/-/edit/", 1)),
            Provider::Gitea => Some(address.replacen("/src/branch/", "/_edit/", 1)),
            Provider::BitbucketCloud => {
                let mut edited = Url::parse(address).ok()?;
                let branch = edited.path_segments()?.nth(3)?.to_owned();
                edited
                    .query_pairs_mut()
                    .append_pair("mode", "edit")
                    .append_pair("at", &branch);
                Some(edited.into())
            }
            Provider::BitbucketServer => {
                let mut edited = Url::parse(address).ok()?;
                edited.set_query(None);
                Some(edited.into())
            }
            // Its editor's address follows from a base address that the catalog has no other use for.
            Provider::Gerrit => None,
            Provider::Azure | Provider::Harness | Provider::Plain => Some(address.to_owned()),
        }
    }

    /// The repository that the address of a file is in: its owner and its name. None where the address does not
    /// show where the repository ends and the file begins.
    pub(crate) fn repository(&self, address: &Url) -> Option<String> {
        if self.provider(address.as_str()) == Some(Provider::Azure) {
            return address
                .query_pairs()
                .any(|(name, _)| name == "path")
                .then(|| address.path().to_owned());
        }
        repository_name(address.path()).map(str::to_owned)
    }

    /// The folder of a file on a known host.
    pub fn source_folder(&self, address: &str) -> Option<String> {
        self.provider(address)?;
        self.resolve_url(address, "./").ok()
    }
}

/// Resolves within the path of the address. The query of the base is kept, because it may name the branch.
fn resolve_path(base: &Url, relative: &str) -> Option<Url> {
    let mut resolved = if relative.starts_with('/') {
        let mut resolved = base.clone();
        resolved.set_path(&format!("{}{relative}", repository_root(base.path())));
        resolved
    } else {
        base.join(relative).ok()?
    };
    resolved.set_query(base.query());
    Some(resolved)
}

/// Azure names the file in the query.
fn resolve_azure(base: &Url, relative: &str) -> Option<Url> {
    let mut pairs: Vec<(String, String)> = base.query_pairs().into_owned().collect();
    let path = pairs
        .iter()
        .find(|(name, _)| name == "path")
        .map_or("/", |(_, path)| path);
    let mut folder = base.clone();
    folder.set_path(path);
    let file = folder.join(relative).ok()?.path().to_owned();
    match pairs.iter_mut().find(|(name, _)| name == "path") {
        Some((_, path)) => *path = file,
        None => pairs.push((String::from("path"), file)),
    }
    let mut resolved = base.clone();
    resolved.query_pairs_mut().clear().extend_pairs(pairs);
    Some(resolved)
}

/// The segments of a path, each with its number and with the place where it ends.
fn segments(path: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    let mut end = 0;
    path.trim_matches('/')
        .split('/')
        .enumerate()
        .map(move |(index, segment)| {
            end += 1 + segment.len();
            (index, segment, end)
        })
}

/// Whether a segment says how a file is shown; the repository is before it, the branch and the file are behind it.
fn is_view((index, segment, _): &(usize, &str, usize)) -> bool {
    *index >= 2 && matches!(*segment, "blob" | "tree" | "raw" | "edit" | "src" | "browse" | "+")
}

/// The part of a path that names the repository.
fn repository_name(path: &str) -> Option<&str> {
    let (_, view, end) = segments(path).find(is_view)?;
    let name = &path[..end - view.len() - 1];
    Some(name.strip_suffix("/-").unwrap_or(name))
}

/// The part of a path that names the repository and the branch. Where none can be made out, it is the whole path.
fn repository_root(path: &str) -> &str {
    let mut segments = segments(path);
    let root_end = match segments.find(is_view) {
        Some((_, "browse", end)) => Some(end),
        Some((_, "+", end)) => segments.nth(2).map(|(_, _, end)| end).or(Some(end)),
        // A branch is one segment; Gitea says first that it is a branch.
        Some((_, "src", end)) => match segments.next() {
            Some((_, "branch" | "tag" | "commit", marker_end)) => {
                segments.next().map(|(_, _, end)| end).or(Some(marker_end))
            }
            Some((_, _, branch_end)) => Some(branch_end),
            None => Some(end),
        },
        Some((_, _, end)) => segments.next().map(|(_, _, end)| end).or(Some(end)),
        None => None,
    };
    root_end.map_or_else(|| path.trim_end_matches('/'), |end| &path[..end])
}

/// The same file in another view of GitHub.
fn with_github_view(address: &str, view: &str) -> String {
    let Some((scheme, rest)) = address.split_once("//") else {
        return address.to_owned();
    };
    let mut parts = rest.splitn(5, '/');
    match (parts.next(), parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(host), Some(owner), Some(repository), Some("blob" | "tree" | "edit"), Some(file)) => {
            format!("{scheme}//{host}/{owner}/{repository}/{view}/{file}")
        }
        _ => address.to_owned(),
    }
}

/// Whether the address holds a commit: a word of forty or more hexadecimal digits.
fn names_commit(address: &str) -> bool {
    address
        .split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
        .any(|word| {
            word.len() >= 40
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
        })
}

#[cfg(test)]
mod tests;
