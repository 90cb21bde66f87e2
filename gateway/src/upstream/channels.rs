//! The way to each service behind the gateway.

use callboard_service_kit::{
    config::Config,
    grpc::channel::{BalancedChannel, ChannelError},
};

/// A channel to all replicas of each unit. They connect when they are used.
#[derive(Clone, Debug)]
pub(crate) struct Channels {
    pub(crate) lighthouse_audit: BalancedChannel,
}

impl Channels {
    pub(crate) fn connect(config: &Config) -> Result<Self, ChannelError> {
        Ok(Self {
            lighthouse_audit: BalancedChannel::connect(config, "lighthouse-audit")?,
        })
    }
}
