//! `RefreshEntity`: an entity and the Locations above it are due at once.

use callboard_proto::catalog::v1 as proto;
use tonic::Status;

use crate::{
    server::{CatalogServer, condition, errors},
    store::{self, Channel, entity_state, reference},
};

/// How far up the chain of parents it goes.
const MAX_LEVELS: usize = 32;

pub(in crate::server) async fn refresh_entity(
    server: &CatalogServer,
    request: proto::RefreshEntityRequest,
) -> Result<proto::RefreshEntityResponse, Status> {
    let entity_ref = request.entity_ref.to_lowercase();
    condition::require(server, request.condition, Some(&entity_ref))?;
    let mut transaction = server.pool.begin().await.map_err(errors::database)?;
    let mut scheduled = vec![entity_ref.clone()];
    let mut current = entity_ref.clone();
    for level in 0.. {
        if level == MAX_LEVELS {
            return Err(errors::invalid(format!(
                "{entity_ref} has more than {MAX_LEVELS} levels of parents"
            )));
        }
        match reference::get_first_parent(&mut transaction, &current)
            .await
            .map_err(errors::database)?
        {
            None if level == 0 => return Err(errors::not_found(format!("Entity {entity_ref} not found"))),
            None => {
                return Err(errors::not_found(format!(
                    "Entity {entity_ref} has a broken parent reference chain at {current}"
                )));
            }
            Some(None) => break,
            Some(Some(parent)) => {
                if parent.starts_with("location:") {
                    scheduled.push(parent.clone());
                }
                current = parent;
            }
        }
    }
    let found = entity_state::schedule_now(&mut transaction, &scheduled)
        .await
        .map_err(errors::database)?;
    if found < scheduled.len() as u64 {
        return Err(errors::not_found(format!(
            "Failed to schedule {entity_ref} for refresh"
        )));
    }
    store::notify(&mut transaction, Channel::Process)
        .await
        .map_err(errors::database)?;
    transaction.commit().await.map_err(errors::database)?;
    Ok(proto::RefreshEntityResponse {})
}
