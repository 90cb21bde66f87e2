use super::*;

fn hosts(yaml: &str) -> SourceHosts {
    let config = callboard_service_kit::config::Config::from_yaml(yaml).unwrap();
    SourceHosts::new(&SourceHostSettings::from_config(&config).unwrap()).unwrap()
}

fn located(hosts: &SourceHosts, url: &str) -> Option<(String, Option<String>, String)> {
    let url = Url::parse(url).unwrap();
    let address = each!(hosts.of(&url)?, host => host.locate(&url))?;
    Some((address.repository.join("|"), address.reference, address.path))
}

#[test]
fn addresses_are_taken_apart_by_the_rules_of_their_host() {
    let hosts = hosts(
        "integrations:
  github: [{ host: ghe.example.com }]
  gitlab: [{ host: git.example.com, baseUrl: 'https://git.example.com/gitlab' }]
  bitbucketServer: [{ host: bitbucket.example.com }]
  gitea: [{ host: gitea.example.com }]
  awsS3: [{ endpoint: 'https://s3.example.com:9000', s3ForcePathStyle: true }]
",
    );
    let table = [
        (
            "https://github.com/o/r/blob/main/a/b.yaml",
            "o|r",
            Some("main"),
            "a/b.yaml",
        ),
        (
            "https://ghe.example.com/o/r/tree/v1/%C3%BC.yaml",
            "o|r",
            Some("v1"),
            "ü.yaml",
        ),
        (
            "https://gitlab.com/g/s/r/-/blob/main/a.yaml",
            "g/s/r",
            Some("main"),
            "a.yaml",
        ),
        ("https://gitlab.com/g/r/blob/main/a.yaml", "g/r", Some("main"), "a.yaml"),
        (
            "https://git.example.com/gitlab/g/r/-/raw/main/a.yaml",
            "g/r",
            Some("main"),
            "a.yaml",
        ),
        (
            "https://bitbucket.org/w/r/src/master/a.yaml",
            "w|r",
            Some("master"),
            "a.yaml",
        ),
        (
            "https://bitbucket.example.com/projects/P/repos/r/browse/a/b.yaml?at=dev",
            "P|r",
            Some("dev"),
            "a/b.yaml",
        ),
        (
            "https://bitbucket.example.com/users/u/repos/r/raw/a.yaml",
            "~u|r",
            None,
            "a.yaml",
        ),
        (
            "https://gitea.example.com/o/r/src/branch/main/a.yaml",
            "o|r",
            Some("main"),
            "a.yaml",
        ),
        (
            "https://dev.azure.com/o/p/_git/r?path=%2Fd%2Fa.yaml&version=GBmain",
            "o|p|r",
            Some("GBmain"),
            "d/a.yaml",
        ),
        ("https://dev.azure.com/o/_git/r?path=/a.yaml", "o|r|r", None, "a.yaml"),
        (
            "https://b.s3.eu-west-1.amazonaws.com/d/a.yaml",
            "b|eu-west-1",
            None,
            "d/a.yaml",
        ),
        (
            "https://s3.eu-west-1.amazonaws.com/b/d/a.yaml",
            "b|eu-west-1",
            None,
            "d/a.yaml",
        ),
        ("https://a.b.s3.amazonaws.com/a.yaml", "a.b|us-east-1", None, "a.yaml"),
        (
            "https://s3.example.com:9000/b/d/a.yaml",
            "b|us-east-1",
            None,
            "d/a.yaml",
        ),
    ];
    for (url, repository, reference, path) in table {
        let expected = (repository.to_owned(), reference.map(str::to_owned), path.to_owned());
        assert_eq!(located(&hosts, url), Some(expected), "{url}");
    }
    for url in [
        "https://github.com/o/r",
        "https://github.com/o/r/issues/1/a",
        "https://example.com/o/r/blob/main/a.yaml",
        "https://github.com:8443/o/r/blob/main/a.yaml",
        "https://dev.azure.com/o/p/_git/r",
        "https://execute-api.eu-west-1.amazonaws.com/a",
        "ftp://github.com/o/r/blob/main/a.yaml",
    ] {
        assert_eq!(located(&hosts, url), None, "{url}");
    }
}

#[test]
fn a_file_of_a_pattern_has_the_address_of_the_pattern_with_its_own_path() {
    let hosts = hosts("integrations: { bitbucketServer: [{ host: bitbucket.example.com }] }");
    let table = [
        (
            "https://github.com/o/r/blob/main/**/c.yaml",
            "https://github.com/o/r/blob/main/a%20b/c.yaml",
        ),
        (
            "https://gitlab.com/g/s/r/-/blob/main/*/c.yaml",
            "https://gitlab.com/g/s/r/-/blob/main/a%20b/c.yaml",
        ),
        (
            "https://bitbucket.example.com/projects/P/repos/r/browse/*/c.yaml?at=dev",
            "https://bitbucket.example.com/projects/P/repos/r/browse/a%20b/c.yaml?at=dev",
        ),
        (
            "https://dev.azure.com/o/p/_git/r?path=%2F*%2Fc.yaml&version=GBmain",
            "https://dev.azure.com/o/p/_git/r?path=%2Fa+b%2Fc.yaml&version=GBmain",
        ),
        (
            "https://s3.eu-west-1.amazonaws.com/b/*/c.yaml",
            "https://s3.eu-west-1.amazonaws.com/b/a%20b/c.yaml",
        ),
    ];
    for (pattern, expected) in table {
        let pattern = Url::parse(pattern).unwrap();
        assert!(is_pattern(&pattern), "{pattern}");
        let found = each!(hosts.of(&pattern).unwrap(), host => host.sibling(&pattern, "a b/c.yaml"));
        assert_eq!(found.as_str(), expected);
    }
}

#[test]
fn secrets_of_hosts_are_not_shown() {
    let hosts = hosts(
        "integrations:
  github: [{ host: github.com, token: hunter2 }]
  azure: [{ credentials: [{ personalAccessToken: hunter2 }, { clientId: a, clientSecret: hunter2, tenantId: t }] }]
  bitbucketCloud: [{ clientId: a, clientSecret: hunter2 }]
  awsS3: [{ accessKeyId: id, secretAccessKey: hunter2 }]
",
    );
    assert!(!format!("{hosts:?}").contains("hunter2"));
}

#[test]
fn credentials_that_are_half_there_are_refused_with_their_place() {
    for (yaml, expected) in [
        (
            "integrations: { awsS3: [{ accessKeyId: id }] }",
            "integrations.awsS3[0]",
        ),
        (
            "integrations: { bitbucketCloud: [{ appPassword: x }] }",
            "integrations.bitbucketCloud[0]",
        ),
        (
            "integrations: { bitbucketCloud: [{ clientId: x }] }",
            "integrations.bitbucketCloud[0]",
        ),
        (
            "integrations: { azure: [{ credentials: [{ personalAccessToken: x }, { clientId: x, clientSecret: y }] }] }",
            "integrations.azure[0].credentials[1]",
        ),
        (
            "integrations: { awsS3: [{ roleArn: x }] }",
            "integrations.awsS3[0].roleArn",
        ),
        (
            "integrations: { github: [{ host: github.com, apiBaseUrl: api }] }",
            "apiBaseUrl",
        ),
    ] {
        let config = callboard_service_kit::config::Config::from_yaml(yaml).unwrap();
        let error = SourceHostSettings::from_config(&config).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}
