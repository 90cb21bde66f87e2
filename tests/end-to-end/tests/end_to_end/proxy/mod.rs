//! Third parties through the gateway and the proxy.

mod administration;
mod caching;
mod forwarding;
mod robustness;
mod safety;
mod streaming;
