use serde_json::json;

use super::*;

const COMMIT: &str = "0123456789012345678901234567890123456789";

fn integrations() -> Integrations {
    Integrations::from_config(&json!({
        "github": [{"host": "github.corp.example:8443"}],
        "bitbucketServer": [{"host": "bitbucket.corp.example"}],
        "gitea": [{"host": "gitea.corp.example"}],
        "gerrit": [{"host": "gerrit.corp.example"}],
        "azure": [{"host": "tfs.corp.example"}]
    }))
}

#[test]
fn addresses_resolve_as_existing_installations_expect() {
    let commit_base = format!("https://github.com/o/r/blob/{COMMIT}/c.yaml");
    let commit_tree = format!("https://github.com/o/r/tree/{COMMIT}");
    // The base, and what `./`, `./sub/x.yaml`, `../up.yaml` and `/root.yaml` become.
    for (base, expected) in [
        (
            "https://github.com/o/r/blob/main/a/catalog-info.yaml",
            [
                "https://github.com/o/r/tree/main/a/",
                "https://github.com/o/r/tree/main/a/sub/x.yaml",
                "https://github.com/o/r/tree/main/up.yaml",
                "https://github.com/o/r/tree/main/root.yaml",
            ],
        ),
        (
            commit_base.as_str(),
            [
                &format!("{commit_tree}/"),
                &format!("{commit_tree}/sub/x.yaml"),
                "https://github.com/o/r/tree/up.yaml",
                &format!("{commit_tree}/root.yaml"),
            ],
        ),
        (
            "https://github.corp.example:8443/o/r/blob/main/a/c.yaml",
            [
                "https://github.corp.example:8443/o/r/tree/main/a/",
                "https://github.corp.example:8443/o/r/tree/main/a/sub/x.yaml",
                "https://github.corp.example:8443/o/r/tree/main/up.yaml",
                "https://github.corp.example:8443/o/r/tree/main/root.yaml",
            ],
        ),
        (
            "https://gitlab.com/g/s/r/-/blob/main/x/catalog-info.yaml",
            [
                "https://gitlab.com/g/s/r/-/blob/main/x/",
                "https://gitlab.com/g/s/r/-/blob/main/x/sub/x.yaml",
                "https://gitlab.com/g/s/r/-/blob/main/up.yaml",
                "https://gitlab.com/g/s/r/-/blob/main/root.yaml",
            ],
        ),
        (
            "https://bitbucket.org/ws/r/src/master/a/b.yaml",
            [
                "https://bitbucket.org/ws/r/src/master/a/",
                "https://bitbucket.org/ws/r/src/master/a/sub/x.yaml",
                "https://bitbucket.org/ws/r/src/master/up.yaml",
                "https://bitbucket.org/ws/r/src/master/root.yaml",
            ],
        ),
        (
            "https://bitbucket.corp.example/projects/p/repos/r/browse/a/c.yaml?at=main",
            [
                "https://bitbucket.corp.example/projects/p/repos/r/browse/a/?at=main",
                "https://bitbucket.corp.example/projects/p/repos/r/browse/a/sub/x.yaml?at=main",
                "https://bitbucket.corp.example/projects/p/repos/r/browse/up.yaml?at=main",
                "https://bitbucket.corp.example/projects/p/repos/r/browse/root.yaml?at=main",
            ],
        ),
        (
            "https://dev.azure.com/o/p/_git/r?path=%2Fdir%2Fcatalog-info.yaml&version=GBmain",
            [
                "https://dev.azure.com/o/p/_git/r?path=%2Fdir%2F&version=GBmain",
                "https://dev.azure.com/o/p/_git/r?path=%2Fdir%2Fsub%2Fx.yaml&version=GBmain",
                "https://dev.azure.com/o/p/_git/r?path=%2Fup.yaml&version=GBmain",
                "https://dev.azure.com/o/p/_git/r?path=%2Froot.yaml&version=GBmain",
            ],
        ),
        (
            "https://dev.azure.com/o/p/_git/r",
            [
                "https://dev.azure.com/o/p/_git/r?path=%2F",
                "https://dev.azure.com/o/p/_git/r?path=%2Fsub%2Fx.yaml",
                "https://dev.azure.com/o/p/_git/r?path=%2Fup.yaml",
                "https://dev.azure.com/o/p/_git/r?path=%2Froot.yaml",
            ],
        ),
        (
            "https://gitea.corp.example/o/r/src/branch/main/a/c.yaml",
            [
                "https://gitea.corp.example/o/r/src/branch/main/a/",
                "https://gitea.corp.example/o/r/src/branch/main/a/sub/x.yaml",
                "https://gitea.corp.example/o/r/src/branch/main/up.yaml",
                "https://gitea.corp.example/o/r/src/branch/main/root.yaml",
            ],
        ),
        (
            "https://gerrit.corp.example/gitiles/r/+/refs/heads/master/a/c.yaml",
            [
                "https://gerrit.corp.example/gitiles/r/+/refs/heads/master/a/",
                "https://gerrit.corp.example/gitiles/r/+/refs/heads/master/a/sub/x.yaml",
                "https://gerrit.corp.example/gitiles/r/+/refs/heads/master/up.yaml",
                "https://gerrit.corp.example/gitiles/r/+/refs/heads/master/root.yaml",
            ],
        ),
        (
            "https://example.com/x/y.yaml?q=1",
            [
                "https://example.com/x/?q=1",
                "https://example.com/x/sub/x.yaml?q=1",
                "https://example.com/up.yaml?q=1",
                "https://example.com/x/y.yaml/root.yaml?q=1",
            ],
        ),
    ] {
        for (relative, expected) in ["./", "./sub/x.yaml", "../up.yaml", "/root.yaml"]
            .into_iter()
            .zip(expected)
        {
            assert_eq!(
                integrations().resolve_url(base, relative).unwrap(),
                expected,
                "{base} {relative}"
            );
        }
        assert_eq!(
            integrations().resolve_url(base, "https://abs/x").unwrap(),
            "https://abs/x"
        );
    }
}

#[test]
fn files_are_edited_where_their_host_says() {
    for (address, expected) in [
        (
            "https://github.com/o/r/blob/main/a/c.yaml",
            Some("https://github.com/o/r/edit/main/a/c.yaml"),
        ),
        (
            "https://github.com/o/r/raw/main/c.yaml",
            Some("https://github.com/o/r/raw/main/c.yaml"),
        ),
        (&format!("https://github.com/o/r/blob/{COMMIT}/c.yaml"), None),
        (
            "https://gitlab.com/g/s/r/-/blob/main/x/c.yaml",
            Some("https://gitlab.com/g/s/r/-/edit/main/x/c.yaml"),
        ),
        (
            "https://bitbucket.org/ws/r/src/master/c.yaml",
            Some("https://bitbucket.org/ws/r/src/master/c.yaml?mode=edit&at=master"),
        ),
        (
            "https://bitbucket.corp.example/projects/p/repos/r/browse/c.yaml?at=main",
            Some("https://bitbucket.corp.example/projects/p/repos/r/browse/c.yaml"),
        ),
        (
            "https://dev.azure.com/o/p/_git/r?path=%2Fc.yaml",
            Some("https://dev.azure.com/o/p/_git/r?path=%2Fc.yaml"),
        ),
        (
            "https://gitea.corp.example/o/r/src/branch/main/a/c.yaml",
            Some("https://gitea.corp.example/o/r/_edit/main/a/c.yaml"),
        ),
        ("https://example.com/x/y.yaml", None),
        ("https://s3.amazonaws.com/b/c.yaml", None),
        ("https://github.com:444/o/r/blob/main/c.yaml", None),
    ] {
        assert_eq!(integrations().edit_url(address).as_deref(), expected, "{address}");
    }
}

#[test]
fn folders_are_known_on_known_hosts_only() {
    assert_eq!(
        integrations()
            .source_folder("https://bitbucket.org/ws/r/src/master/c.yaml")
            .as_deref(),
        Some("https://bitbucket.org/ws/r/src/master/")
    );
    assert_eq!(integrations().source_folder("https://example.com/x/y.yaml"), None);
    assert_eq!(integrations().source_folder("no address"), None);
}
