//! What an audit may reach. Everything its browser opens goes through a proxy of its own, which resolves names itself,
//! judges the addresses and connects to exactly those it has judged: so redirects, sub-resources and names that change their
//! address in the middle of an audit are all covered in one place.

mod policy;
mod proxy;

pub use self::{
    policy::{AddressPolicy, PolicyError, Refusal},
    proxy::Guard,
};
