//! Load on the proxy: small answers a second, and large bodies, straight from a third party and through gateway and proxy.

pub mod measure;
pub mod third_party;
