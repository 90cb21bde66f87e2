//! People who are signed in: kept in the database, listed for the user, ended at any time.

pub(crate) mod list_sessions;
pub(crate) mod revoke_session;
pub(crate) mod seal;
pub(crate) mod session_store;
pub(crate) mod token_store;
