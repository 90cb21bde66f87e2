//! The published npm client (`tests/clients`) against a Callboard with the example organisation.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};
use callboard_end_to_end::{portal::Setup, recording::tests_folder};
use tokio::process::Command;

#[tokio::test]
async fn the_published_client_works_against_the_example_organisation() -> Result<()> {
    let folder = tests_folder().join("clients");
    let example = folder
        .join("../../deploy/examples/acme/all.yaml")
        .canonicalize()
        .context("the example organisation")?;
    let portal = Setup::new()?.location_at(&example).start().await?;
    // Every kind of thing a test looks for is there once the last file has been read.
    callboard_end_to_end::wait::until("the example organisation", async || Ok(portal.api.total().await? >= 50)).await?;

    if !folder.join("node_modules").is_dir() {
        let install = Command::new("npm")
            .arg("ci")
            .current_dir(&folder)
            .output()
            .await
            .context("npm ci")?;
        ensure!(
            install.status.success(),
            "npm ci: {}",
            String::from_utf8_lossy(&install.stderr)
        );
    }
    let output = Command::new("npm")
        .arg("test")
        .current_dir(&folder)
        .env("CALLBOARD_URL", portal.stack.gateway_url())
        .stdin(Stdio::null())
        .output()
        .await
        .context("npm test")?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    portal.stop().await;
    Ok(())
}
