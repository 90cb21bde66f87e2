//! The feeds that are being followed at the moment.

use std::{
    collections::HashMap,
    sync::{Arc, Weak},
};

use callboard_proto::catalog::v1::{PermissionCondition, Predicate};
use parking_lot::Mutex;
use prost::Message;

use super::catalog_feed::{CatalogFeed, Scope};
use crate::gateway::Gateway;

/// What makes two feeds the same.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Key {
    predicate: Vec<u8>,
    condition: Vec<u8>,
}

/// All feeds, each as long as somebody listens.
#[derive(Debug, Default)]
pub(crate) struct Feeds {
    by_key: Mutex<HashMap<Key, Weak<CatalogFeed>>>,
}

impl Feeds {
    /// The feed of the entities that match, shared by all who ask for the same and may see the same.
    pub(super) fn catalog(
        &self,
        gateway: &Gateway,
        predicate: Option<Predicate>,
        condition: Option<PermissionCondition>,
    ) -> Arc<CatalogFeed> {
        let key = Key {
            predicate: predicate.as_ref().map(Message::encode_to_vec).unwrap_or_default(),
            condition: condition.as_ref().map(Message::encode_to_vec).unwrap_or_default(),
        };
        let mut by_key = self.by_key.lock();
        if let Some(feed) = by_key.get(&key).and_then(Weak::upgrade) {
            return feed;
        }
        by_key.retain(|_, feed| feed.strong_count() > 0);
        let feed = Arc::new(CatalogFeed::start(gateway, Scope { predicate, condition }));
        by_key.insert(key, Arc::downgrade(&feed));
        feed
    }
}
