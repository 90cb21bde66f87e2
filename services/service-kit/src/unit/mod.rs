//! The units: where each of them listens, and the recipe by which each of them runs.

pub(crate) mod addresses;
mod recipe;

pub use self::{
    addresses::{ListenAddress, admin_listen, grpc_address, grpc_listen},
    recipe::{Failure, Recipe, UnitParts},
};
