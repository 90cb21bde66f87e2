//! The documentation says what the code does.

use std::fs;

use callboard_documentation::{configuration_page, configuration_path, root, sections};
use callboard_service_kit::config::{
    Config, Environment,
    reference::{page, warn_about_unknown_keys},
};

#[test]
fn the_page_of_the_configuration_is_up_to_date() {
    let page = fs::read_to_string(configuration_path()).unwrap();
    // Not assert_eq: two whole pages would say little.
    assert!(
        page == configuration_page(&page).unwrap(),
        "docs/configuration.md is out of date: run ./dev docs"
    );
}

#[test]
fn every_key_has_a_meaning_and_is_described_once() {
    let mut keys = Vec::new();
    for section in sections() {
        let text = page(&section);
        for row in text.lines().filter(|line| line.starts_with("| `")) {
            let key = row.split('`').nth(1).unwrap_or_default().to_owned();
            assert!(
                !row.ends_with("| |"),
                "{key} has no meaning: give its field a documentation comment"
            );
            assert!(!keys.contains(&key), "{key} is described twice");
            keys.push(key);
        }
    }
    assert!(keys.len() > 40, "{} keys", keys.len());
}

#[test]
fn the_configuration_that_comes_with_it_has_no_unknown_keys() {
    let files = ["app-config.yaml", "deploy/local/app-config.local-stack.yaml"].map(Into::into);
    let config = Config::load_with(&files, &root(), Environment::default()).unwrap();
    assert_eq!(warn_about_unknown_keys(&config, &sections()), Vec::<String>::new());
}
