//! Between the contract and the domain.

mod of_proto;
mod to_proto;

pub(super) use self::{
    of_proto::{settings, time},
    to_proto::{duration, endpoint, stored_endpoint, timestamp},
};
