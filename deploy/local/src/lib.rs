//! Starts, watches and stops a whole Callboard on one machine: a Postgres of its own, the catalog, lighthouse-audit, proxy and
//! the gateway. `./dev up` is its command line; end-to-end tests use [`Stack`] to run the same processes on free ports:
//!
//! ```no_run
//! # async fn example() -> Result<(), callboard_local::LaunchError> {
//! use callboard_local::{Stack, StackOptions, Unit};
//!
//! let mut options = StackOptions::for_tests()?;
//! options.overlays.push("catalog:\n  locations: []\n".to_owned());
//! let mut stack = Stack::start(options).await?;
//! println!("{}", stack.gateway_url());
//! stack.kill(Unit::Catalog).await?; // SIGKILL, as a crash would
//! stack.restart(Unit::Catalog).await?; // starts it again and waits until it is ready
//! stack.stop().await;
//! # Ok(())
//! # }
//! ```
//!
//! To add a unit: a variant of [`Unit`] with its name, binary and default ports. Everything else follows from those.

mod addresses;
pub mod command;
mod databases;
mod error;
mod health;
mod options;
mod overlay;
mod postgres;
mod process;
mod progress;
mod secret;
mod stack;
mod state;
mod supervise;
mod unit;

pub use addresses::{Addresses, UnitAddresses};
pub use error::LaunchError;
pub use options::{DatabaseChoice, PortChoice, StackOptions};
pub use progress::Progress;
pub use stack::Stack;
pub use unit::Unit;
