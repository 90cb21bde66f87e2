//! Who a caller is: signing in, the tokens it ends in, and the check of every request.
//!
//! To add a sign-in provider: a file like `guest.rs` with its handlers, and its routes in `router.rs`.

pub(crate) mod authenticate;
pub(crate) mod guest;
pub(crate) mod identity_store;
pub(crate) mod jwks;
pub(crate) mod jwt;
pub(crate) mod providers;
pub(crate) mod signing_keys;
pub(crate) mod static_tokens;
pub(crate) mod user_info;
pub(crate) mod user_tokens;
pub(crate) mod verifier;
