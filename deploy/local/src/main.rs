//! The launcher behind `./dev up`, `down`, `status` and `logs`.

use std::process::ExitCode;

use callboard_local::command::CommandLine;
use clap::Parser;

#[tokio::main]
async fn main() -> ExitCode {
    match CommandLine::parse().run().await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
