//! Who calls: signing in, sessions, tokens, and what is asked of every request.

pub(crate) mod authenticate;
pub(crate) mod credentials;
pub(crate) mod discovery;
pub(crate) mod external;
pub(crate) mod http_client;
pub(crate) mod identity_store;
pub(crate) mod providers;
pub(crate) mod sessions;
pub(crate) mod sign_in;
pub(crate) mod tokens;
pub(crate) mod user_cookie;
pub(crate) mod user_info;
