//! The databases of tests: what they are called, and that none stays.

use std::{fs, path::Path};

use sha1::{Digest, Sha1};
use sqlx::{AssertSqlSafe, Connection, PgConnection, Row};

use crate::LaunchError;

/// What the databases of all tests begin with. Where the test runs, its process and a number of its own follow.
const TESTS: &str = "callboard_test_";

/// A prefix for the databases of one stack of this process.
pub(crate) fn test_prefix() -> String {
    format!(
        "{TESTS}{}_{}_{:08x}_",
        place(),
        std::process::id(),
        rand::random::<u32>()
    )
}

/// Tells one running system from another, whose process numbers mean something else.
fn place() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap_or_default();
    let namespace = fs::read_link("/proc/self/ns/pid").unwrap_or_default();
    let digest = Sha1::digest(format!("{boot}{}", namespace.display()));
    hex::encode(&digest[..4])
}

/// Drops every database whose name begins with the prefix.
pub(crate) async fn drop_databases(server_url: &str, prefix: &str) -> Result<(), LaunchError> {
    let mut connection = PgConnection::connect(server_url).await?;
    for (_, quoted) in beginning_with(&mut connection, prefix).await? {
        let statement = format!("DROP DATABASE IF EXISTS {quoted} WITH (FORCE)");
        sqlx::query(AssertSqlSafe(statement)).execute(&mut connection).await?;
    }
    Ok(())
}

/// Drops what tests left behind that failed or were killed before they could: databases of processes that are gone.
pub(crate) async fn sweep(server_url: &str) -> Result<(), LaunchError> {
    let mut connection = PgConnection::connect(server_url).await?;
    let here = format!("{TESTS}{}_", place());
    for (name, quoted) in beginning_with(&mut connection, &here).await? {
        if is_abandoned(&name[here.len()..]) {
            // Without force: where somebody is connected, or another test sweeps at the same time, it is not ours to drop.
            let _ = sqlx::query(AssertSqlSafe(format!("DROP DATABASE IF EXISTS {quoted}")))
                .execute(&mut connection)
                .await;
        }
    }
    Ok(())
}

/// Whether the process whose number the rest of a name begins with is gone.
fn is_abandoned(rest: &str) -> bool {
    rest.split('_')
        .next()
        .and_then(|process| process.parse::<u32>().ok())
        .is_some_and(|process| !Path::new(&format!("/proc/{process}")).exists())
}

/// The names, plain and quoted by the server: a database's name cannot be a parameter.
async fn beginning_with(connection: &mut PgConnection, prefix: &str) -> Result<Vec<(String, String)>, LaunchError> {
    let rows = sqlx::query("SELECT datname, quote_ident(datname) FROM pg_database WHERE starts_with(datname, $1)")
        .bind(prefix)
        .fetch_all(connection)
        .await?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_processes_that_are_gone_leave_something_behind() {
        let own = test_prefix();
        let rest = own.strip_prefix(&format!("{TESTS}{}_", place())).unwrap();
        assert!(!is_abandoned(rest), "{own}");
        assert!(is_abandoned("4294967295_00000000_catalog"));
        assert!(!is_abandoned("catalog"), "no number, so nobody's");
    }

    #[tokio::test]
    async fn a_sweep_drops_databases_of_dead_processes_alone() {
        let server = std::env::var("DATABASE_URL").unwrap();
        let mut connection = PgConnection::connect(&server).await.unwrap();
        let (dead, alive) = (
            format!("{TESTS}{}_4294967295_catalog", place()),
            format!("{}catalog", test_prefix()),
        );
        for name in [&dead, &alive] {
            // Another run may have left the first.
            let _ = sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}")))
                .execute(&mut connection)
                .await;
        }
        sweep(&server).await.unwrap();
        let left = beginning_with(&mut connection, &format!("{TESTS}{}_", place()))
            .await
            .unwrap();
        assert!(!left.iter().any(|(name, _)| *name == dead));
        assert!(left.iter().any(|(name, _)| *name == alive));
        drop_databases(&server, &alive).await.unwrap();
        assert!(beginning_with(&mut connection, &alive).await.unwrap().is_empty());
    }
}
