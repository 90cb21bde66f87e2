//! The command line that all units have in common.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// The arguments of a unit.
#[derive(Debug, Clone, Parser)]
#[command(name = "callboard", version, about = "A unit of Callboard, the developer portal.")]
pub struct Args {
    /// A configuration file; repeat it to lay files over each other. Default: app-config.yaml, then app-config.local.yaml.
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Vec<PathBuf>,
    /// Check the configuration and exit: the same as `config check`.
    #[arg(long)]
    pub check_config: bool,
    /// Bring the database up to date and exit: the same as `migrate`.
    #[arg(long, conflicts_with = "check_config")]
    pub migrate_only: bool,
    /// What to do; `serve` when nothing is said.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// What a unit can be asked to do.
#[derive(Debug, Clone, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Serve until told to stop (the default).
    Serve,
    /// Bring the database up to date and exit.
    Migrate,
    /// Ask the running unit whether it is ready; exit 0 when it is and 1 when it is not.
    Healthcheck,
    /// Work with the configuration.
    Config {
        /// What to do with it.
        #[command(subcommand)]
        command: ConfigCommand,
    },
}

/// What can be done with a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Subcommand)]
pub enum ConfigCommand {
    /// Load it, report every mistake and exit.
    Check,
}

impl Args {
    /// The arguments of this process; ends it with a usage message when they make no sense.
    pub fn of_process() -> Self {
        Self::parse()
    }

    /// What was asked for, in either of its spellings.
    pub fn command(&self) -> Command {
        if self.check_config {
            return Command::Config {
                command: ConfigCommand::Check,
            };
        }
        if self.migrate_only {
            return Command::Migrate;
        }
        self.command.clone().unwrap_or(Command::Serve)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(arguments: &[&str]) -> Command {
        Args::try_parse_from([&["callboard-catalog"], arguments].concat())
            .unwrap()
            .command()
    }

    #[test]
    fn flags_and_sub_commands_mean_the_same() {
        let check = Command::Config {
            command: ConfigCommand::Check,
        };
        assert_eq!(command(&[]), Command::Serve);
        assert_eq!(command(&["serve"]), Command::Serve);
        assert_eq!(command(&["--migrate-only"]), Command::Migrate);
        assert_eq!(command(&["migrate", "--config", "a.yaml"]), Command::Migrate);
        assert_eq!(command(&["config", "check"]), check);
        assert_eq!(command(&["--check-config"]), check);
        assert_eq!(command(&["healthcheck"]), Command::Healthcheck);
    }

    #[test]
    fn configuration_files_keep_their_order() {
        let args = Args::try_parse_from(["x", "--config", "b.yaml", "serve", "--config", "a.yaml"]).unwrap();
        assert!(!args.config.is_empty());
        let args = Args::try_parse_from(["x", "--config", "b.yaml", "--config", "a.yaml"]).unwrap();
        assert_eq!(args.config, [PathBuf::from("b.yaml"), PathBuf::from("a.yaml")]);
    }
}
