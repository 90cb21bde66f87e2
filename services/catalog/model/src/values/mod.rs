//! JSON values whatever they mean: how they are written, compared, checked and kept.

pub mod canonical;
pub mod number;
pub(crate) mod schema;
pub(crate) mod storable;
pub mod text;
