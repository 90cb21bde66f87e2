//! Tokens of users, and the verification of every token there is.

pub(crate) mod jwt;
pub(crate) mod signing_keys;
pub(crate) mod user_tokens;
pub(crate) mod verifier;
