//! What every REST endpoint needs: parameters checked the way upstream checks them, and responses made from bytes.

pub(crate) mod conditional;
pub(crate) mod extended_connect;
mod first_fault;
pub(crate) mod json_body;
pub(crate) mod json_form;
pub(crate) mod normalise_path;
pub(crate) mod path_parameters;
pub(crate) mod query_parameters;
pub(crate) mod respond;
