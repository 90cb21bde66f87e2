//! Who may look after endpoints: those whom `permission.administrators` names, or `proxy.administrators`; nobody by default.

use callboard_service_kit::{error::ServiceError, identity::Caller};
use tonic::Request;

use super::ProxyServer;

/// The caller, as the log of changes names it, when it may look after endpoints.
pub(super) fn require<T>(server: &ProxyServer, request: &Request<T>) -> Result<String, ServiceError> {
    let caller = Caller::of(request)?;
    if server.administrators.include(caller) {
        Ok(caller.to_string())
    } else {
        Err(ServiceError::not_allowed(
            "Only those whom permission.administrators or proxy.administrators names may look after proxy endpoints",
        ))
    }
}
