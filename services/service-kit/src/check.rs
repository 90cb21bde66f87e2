//! `config check`: reads every section that the kit knows, and names all mistakes rather than the first.

use std::process::ExitCode;

use crate::{
    cache::Cache,
    config::Config,
    database::Database,
    grpc::{self, channel::BalancedChannel},
    identity::CallerTokens,
    lifecycle::Lifecycle,
    telemetry, unit,
};

/// The keys below `backend` that the kit reads. A unit's own sections are its own affair.
const KNOWN_KEYS: &[(&str, &[&str])] = &[
    (
        "backend.cache",
        &[
            "store",
            "connection",
            "defaultTtl",
            "timeout",
            "memory.maxBytes",
            "redis.client",
            "valkey.client",
        ],
    ),
    (
        "backend.database",
        &[
            "client",
            "connection",
            "prefix",
            "pluginDivisionMode",
            "ensureExists",
            "skipMigrations",
            "role",
            "statementTimeout",
            "knexConfig",
            "plugin.*.client",
            "plugin.*.connection",
            "plugin.*.ensureExists",
            "plugin.*.skipMigrations",
            "plugin.*.role",
            "plugin.*.statementTimeout",
            "plugin.*.knexConfig",
        ],
    ),
    (
        "backend.grpc",
        &["maxMessageBytes", "connectTimeout", "resolveInterval"],
    ),
    (
        "backend.lifecycle",
        &["serverShutdownDelay", "drainTimeout", "startupRequestPauseTimeout"],
    ),
    ("backend.services", &["*.listen", "*.address", "*.adminListen"]),
    ("backend.telemetry", &["logs.format", "logs.level", "otlp.endpoint"]),
];

/// Warns about keys in the kit's own sections that nothing reads. Call it once, after telemetry has started.
pub fn warn_about_unknown_keys(config: &Config) {
    for (section, known) in KNOWN_KEYS {
        config.warn_about_unknown_keys(section, known);
    }
}

/// Every mistake in the sections that a unit reads through the kit, each with its place. Nothing is connected to.
pub fn mistakes(config: &Config, unit: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut note = |result: Result<(), String>| mistakes.extend(result.err());
    note(CallerTokens::from_config(config, unit).map(drop).map_err(text));
    note(Database::check(config, unit).map_err(text));
    note(Cache::check(config).map_err(text));
    note(telemetry::check(config).map_err(text));
    note(Lifecycle::from_config(config).map(drop).map_err(text));
    note(grpc::max_message_bytes(config).map(drop).map_err(text));
    note(BalancedChannel::check(config, unit).map_err(text));
    note(unit::grpc_listen(config, unit).map(drop).map_err(text));
    note(unit::admin_listen(config, unit).map(drop).map_err(text));
    mistakes
}

/// Prints the outcome of a check for a person and tells how the process shall end.
pub fn report(mistakes: &[String]) -> ExitCode {
    if mistakes.is_empty() {
        println!("the configuration is fine");
        return ExitCode::SUCCESS;
    }
    for mistake in mistakes {
        eprintln!("{mistake}");
    }
    ExitCode::FAILURE
}

#[expect(clippy::needless_pass_by_value, reason = "the signature that map_err wants")]
fn text(error: impl ToString) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_mistakes_are_named_at_once() {
        let yaml = "
backend:
  auth: {keys: [{secret: c2VjcmV0LXNlY3JldC1zZWNyZXQtb25l}]}
  cache: {store: disk}
  database: {client: mysql, connection: x}
  lifecycle: {drainTimeout: soon}
  services: {catalog: {listen: nowhere, address: nowhere}}
";
        let mistakes = mistakes(&Config::from_yaml(yaml).unwrap(), "catalog");
        let paths = [
            "backend.database.client",
            "backend.cache.store",
            "backend.lifecycle.drainTimeout",
            "backend.services.catalog.address",
            "backend.services.catalog.listen",
        ];
        assert_eq!(mistakes.len(), paths.len(), "{mistakes:#?}");
        for (mistake, path) in mistakes.iter().zip(paths) {
            assert!(
                mistake.starts_with("config.yaml:") && mistake.contains(path),
                "{mistake}"
            );
        }
    }

    #[test]
    fn a_good_configuration_has_none_and_no_unknown_keys() {
        let yaml = "
backend:
  auth: {keys: [{secret: c2VjcmV0LXNlY3JldC1zZWNyZXQtb25l}]}
  cache: {store: redis, connection: 'redis://localhost', defaultTtl: 1h, redis: {client: {namespace: a}}}
  database: {client: pg, connection: {host: a}, plugin: {catalog: {knexConfig: {pool: {max: 5}}}}}
";
        let config = Config::from_yaml(yaml).unwrap();
        assert_eq!(mistakes(&config, "catalog"), Vec::<String>::new());
        for (section, known) in KNOWN_KEYS {
            assert_eq!(config.warn_about_unknown_keys(section, known), Vec::<String>::new());
        }
    }
}
