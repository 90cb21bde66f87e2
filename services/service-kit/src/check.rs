//! `config check`: reads every section that the kit knows, and names all mistakes rather than the first.

use std::{collections::HashSet, process::ExitCode};

use crate::{
    administrators::{Administrators, AdministratorsSection},
    cache::{Cache, settings::CacheSection},
    config::{Config, Section},
    database::{Database, settings::DatabaseSection},
    grpc::{self, GrpcSection, channel::BalancedChannel},
    identity::{CallerTokens, KeysSection},
    lifecycle::{Lifecycle, LifecycleSection},
    telemetry::{self, TelemetrySection},
    unit::{self, addresses::ServiceSection},
};

/// What the kit reads. A unit's own sections are its own affair.
pub const SECTIONS: &[Section] = &[
    Section::part_of::<KeysSection>("backend.auth"),
    Section::of::<CacheSection>("backend.cache"),
    Section::of::<DatabaseSection>("backend.database"),
    Section::of::<GrpcSection>("backend.grpc"),
    Section::of::<LifecycleSection>("backend.lifecycle"),
    Section::of::<ServiceSection>("backend.services.<unit>"),
    Section::of::<TelemetrySection>("backend.telemetry"),
    Section::part_of::<AdministratorsSection>("permission"),
];

/// Every mistake in the sections that a unit reads through the kit, each with its place. Nothing is connected to.
pub fn mistakes(config: &Config, unit: &str) -> Vec<String> {
    let mut mistakes = Vec::new();
    let mut note = |result: Result<(), String>| mistakes.extend(result.err());
    note(CallerTokens::from_config(config, unit).map(drop).map_err(text));
    note(Administrators::from_config(config).map(drop).map_err(text));
    note(Database::check(config, unit).map_err(text));
    note(Cache::check(config).map_err(text));
    note(telemetry::check(config).map_err(text));
    note(Lifecycle::from_config(config).map(drop).map_err(text));
    note(grpc::check(config).map_err(text));
    note(BalancedChannel::check(config, unit).map_err(text));
    note(unit::grpc_listen(config, unit).map(drop).map_err(text));
    note(unit::admin_listen(config, unit).map(drop).map_err(text));
    // Two readers of one section find the same mistake.
    let mut seen = HashSet::new();
    mistakes.retain(|mistake| seen.insert(mistake.clone()));
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
    use crate::config::reference::warn_about_unknown_keys;

    #[test]
    fn all_mistakes_are_named_at_once() {
        let yaml = "
backend:
  auth: {keys: [{secret: c2VjcmV0LXNlY3JldC1zZWNyZXQtb25l}]}
  cache: {store: disk}
  database: {client: mysql, connection: x}
  lifecycle: {drainTimeout: soon}
  services: {catalog: {listen: nowhere, address: '127.0.0.1:1'}}
";
        let mistakes = mistakes(&Config::from_yaml(yaml).unwrap(), "catalog");
        let paths = [
            "backend.database.client",
            "backend.cache.store",
            "backend.lifecycle.drainTimeout",
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
        assert_eq!(warn_about_unknown_keys(&config, SECTIONS), Vec::<String>::new());
    }
}
