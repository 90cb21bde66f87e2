//! `callboard-documentation`: brings the generated pages of `docs/` up to date, for `./dev docs`.

use std::process::ExitCode;

fn main() -> ExitCode {
    match callboard_documentation::write() {
        Ok(true) => println!("docs/configuration.md was brought up to date"),
        Ok(false) => println!("docs/configuration.md is up to date"),
        Err(error) => {
            eprintln!("docs/configuration.md: {error}");
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}
