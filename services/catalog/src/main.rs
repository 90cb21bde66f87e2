//! `callboard-catalog`: the catalog service.

use std::{process::ExitCode, sync::Arc};

use callboard_catalog::{
    UNIT,
    feed::{self, Replica, SharedReplica},
    ingest::{Ingest, stitcher, sweeper, wake::Wake, worker},
    server::CatalogServer,
    settings::Settings,
    store,
};

fn main() -> ExitCode {
    ExitCode::SUCCESS
}
