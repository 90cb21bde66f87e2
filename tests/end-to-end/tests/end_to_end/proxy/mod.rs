//! Third parties through the gateway and the proxy.

mod administration;
mod caching;
mod egress;
mod forwarding;
mod robustness;
mod safety;
mod strangers;
mod streaming;
mod tracing;
mod web_sockets;
