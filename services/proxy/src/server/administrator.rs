//! Who may look after endpoints: those whom `proxy.administrators` names, and nobody by default.

use callboard_service_kit::{
    error::ServiceError,
    identity::{Caller, Principal},
};
use tonic::Request;

use super::ProxyServer;

/// The caller, as the log of changes names it, when it may look after endpoints.
pub(super) fn require<T>(server: &ProxyServer, request: &Request<T>) -> Result<String, ServiceError> {
    let caller = Caller::of(request)?;
    let is_named = |name: &str| {
        server
            .administrators
            .iter()
            .any(|administrator| administrator.eq_ignore_ascii_case(name))
    };
    let may = match &caller.principal {
        Principal::User {
            entity_ref,
            ownership_refs,
        } => is_named(entity_ref) || ownership_refs.iter().any(|group| is_named(group)),
        Principal::Service { .. } => is_named(&caller.to_string()),
        Principal::Anonymous => false,
    };
    if may {
        Ok(caller.to_string())
    } else {
        Err(ServiceError::not_allowed(
            "Only those whom proxy.administrators names may look after proxy endpoints",
        ))
    }
}
