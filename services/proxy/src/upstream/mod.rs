//! The outside connection: finding, dialling and speaking to third parties.

pub mod addresses;
pub mod client;
pub mod dialer;
pub mod failure;
pub mod tls;
