use std::{collections::BTreeMap, fs};

use serde::Deserialize;

use super::*;

#[derive(Debug, Deserialize, PartialEq)]
#[serde(rename_all = "camelCase")]
struct Pool {
    min: u32,
    max: u32,
    #[serde(default)]
    idle_timeout: Option<ConfigDuration>,
}

#[test]
fn layers_merge_in_order_and_the_environment_wins() {
    let directory = tempfile::tempdir().unwrap();
    fs::write(
        directory.path().join("app-config.yaml"),
        "app: {title: Base, tags: [a, b]}\nbackend: {listen: ':7007', pool: {min: 1, max: 2}}\n",
    )
    .unwrap();
    fs::write(
        directory.path().join("app-config.production.yaml"),
        "app: {tags: [c]}\nbackend: {pool: {max: '${POOL_MAX}'}, listen: '${UNSET}'}\n",
    )
    .unwrap();
    let environment = Environment::from_iter([("POOL_MAX", "9"), ("APP_CONFIG_app_title", "From the environment")]);
    let config = Config::load_with(
        &["app-config.yaml".into(), "app-config.production.yaml".into()],
        directory.path(),
        environment,
    )
    .unwrap();
    assert_eq!(config.require::<String>("app.title").unwrap(), "From the environment");
    assert_eq!(config.require::<Vec<String>>("app.tags").unwrap(), ["c"]);
    assert_eq!(config.require::<String>("backend.listen").unwrap(), ":7007");
    let pool: Pool = config.require("backend.pool").unwrap();
    assert_eq!((pool.min, pool.max), (1, 9));
}

#[test]
fn without_arguments_the_default_files_are_read() {
    let directory = tempfile::tempdir().unwrap();
    let load = || Config::load_with(&[], directory.path(), Environment::default());
    let error = load().unwrap_err().to_string();
    assert!(
        error.contains("app-config.yaml") && error.contains("--config"),
        "{error}"
    );
    fs::write(directory.path().join("app-config.yaml"), "a: 1\nb: 1\n").unwrap();
    assert_eq!(load().unwrap().require::<u8>("b").unwrap(), 1);
    fs::write(directory.path().join("app-config.local.yaml"), "b: 2\n").unwrap();
    assert_eq!(load().unwrap().require::<u8>("b").unwrap(), 2);
}

#[test]
fn wrong_types_name_file_line_and_key_path() {
    let config =
        Config::from_yaml("backend:\n  pools:\n    - {min: 1, max: 2}\n    - min: 1\n      max: many\n").unwrap();
    assert_eq!(
        config.get::<Vec<Pool>>("backend.pools").unwrap_err().to_string(),
        "config.yaml:5:7: backend.pools[1].max: invalid type: string \"many\", expected u32"
    );
    let config = Config::from_yaml("backend:\n  pool:\n    min: 1\n").unwrap();
    assert_eq!(
        config.get::<Pool>("backend.pool").unwrap_err().to_string(),
        "config.yaml:2:3: backend.pool: missing field `max`"
    );
    let config = Config::from_yaml("backend: {pool: {min: 1, max: 2, idleTimeout: soon}}").unwrap();
    let error = config.get::<Pool>("backend.pool").unwrap_err().to_string();
    assert!(
        error.contains("backend.pool.idleTimeout: invalid value: string \"soon\", expected a duration"),
        "{error}"
    );
    assert_eq!(
        config.require::<String>("app.title").unwrap_err().to_string(),
        "app.title is required, but no configuration file or APP_CONFIG_ variable sets it"
    );
}

#[test]
fn text_is_accepted_for_numbers_and_booleans() {
    let config = Config::from_yaml_with(
        "port: '${PORT}'\non: 'yes'\noff: 'off'\nratio: '0.5'\noptional: '7'",
        Environment::from_iter([("PORT", "7007")]),
    )
    .unwrap();
    assert_eq!(config.require::<u16>("port").unwrap(), 7007);
    assert!(config.require::<bool>("on").unwrap());
    assert!(!config.require::<bool>("off").unwrap());
    assert!((config.require::<f64>("ratio").unwrap() - 0.5).abs() < f64::EPSILON);
    assert_eq!(config.require::<Option<u8>>("optional").unwrap(), Some(7));
    assert!(config.require::<u8>("port").is_err());
}

#[test]
fn maps_enums_and_json_are_read() {
    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(rename_all = "lowercase")]
    enum Store {
        Memory,
        Redis,
    }
    let config = Config::from_yaml("store: redis\nbad: disk\nmap: {a: 1, b: 2}\nnothing: null").unwrap();
    assert_eq!(config.require::<Store>("store").unwrap(), Store::Redis);
    let error = config.get::<Store>("bad").unwrap_err().to_string();
    assert!(
        error.starts_with("config.yaml:2:1: bad: unknown variant `disk`, expected"),
        "{error}"
    );
    assert_eq!(config.require::<BTreeMap<String, u8>>("map").unwrap().len(), 2);
    assert_eq!(config.keys("map"), ["a", "b"]);
    assert_eq!(config.json("map").unwrap(), serde_json::json!({"a": 1, "b": 2}));
    assert!(!config.has("nothing") && config.has("map.a"));
    assert_eq!(config.invalid("store", "no").to_string(), "config.yaml:1:1: store: no");
}

#[test]
fn a_file_that_is_no_object_is_refused() {
    let error = Config::from_yaml("- a\n- b\n").unwrap_err().to_string();
    assert_eq!(
        error,
        "config.yaml:1:1: a configuration file is an object, and this is a list"
    );
}
