//! Who is asking, and what they may do.

mod auth;
mod external_access;
mod permission;
mod sign_in;
